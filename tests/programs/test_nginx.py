"""A real nginx, with the file that we ship, before two copies: it keeps answers, and no copy is missed."""

import json
import os
import re
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import IncompleteRead
from pathlib import Path
from threading import Event
from urllib.error import HTTPError

import pytest

from tests import machine
from tests.cluster import Cluster
from tests.cluster import cluster as started

pytestmark = [pytest.mark.slow, machine.needs("nginx")]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with started(tmp_path) as made:
        yield made


def test_a_scene_that_is_asked_for_again_comes_from_the_cache(cluster: Cluster) -> None:
    for address in ("/conv2d.json?stride=2", "/conv2d.events", "/conv2d.svg", "/max_pool2d.json"):
        first, second = cluster.ask(address), cluster.ask(address)
        assert (first[1], second[1]) == ("MISS", "HIT")
        assert first[2] == second[2]


def test_compressed_and_plain_answers_are_kept_apart(cluster: Cluster) -> None:
    plain = cluster.ask("/conv2d.json")
    packed = cluster.ask("/conv2d.json", **{"Accept-Encoding": "gzip"})
    assert plain[2][:1] == b"{"
    assert packed[2][:2] == b"\x1f\x8b"
    assert cluster.ask("/conv2d.json") == (200, "HIT", plain[2])


def test_nothing_is_lost_when_a_copy_is_killed_under_load(cluster: Cluster) -> None:
    def ask(number: int) -> tuple[int, bytes]:
        if number == 100:
            os.kill(cluster.copies[0].process, signal.SIGKILL)
        address = f"/conv2d.events?x=seven!1.1:{number}"
        try:
            status, _, body = cluster.ask(address)
        except IncompleteRead:  # once headers have been sent on, nginx cannot ask elsewhere: the page asks again
            status, _, body = cluster.ask(address)
        return status, body

    with ThreadPoolExecutor(20) as hall:
        got = list(hall.map(ask, range(300)))
    assert {status for status, _ in got} == {200}
    assert all(body.rstrip().endswith(b'"next":null}') for _, body in got)


def test_a_stream_goes_on_at_the_other_copy(cluster: Cluster) -> None:
    _, _, whole = cluster.ask("/conv2d.events?x=random:40x40:1")
    numbers = re.findall(rb"^id: (\d+)", whole, flags=re.MULTILINE)
    os.kill(cluster.copies[1].process, signal.SIGKILL)
    *_, rest = cluster.ask("/conv2d.events?x=random:40x40:1", **{"Last-Event-ID": numbers[0].decode()})
    assert whole.endswith(rest)
    assert rest.startswith(b"event: steps")


def test_five_hundred_at_once_lose_nothing(cluster: Cluster) -> None:
    kinds = ("/conv2d.events?x=seven!1.1:{}", "/conv2d.json?x=digit:7!1.1:{}", "/max_pool2d.svg", "/conv2d", "/")
    with ThreadPoolExecutor(500) as hall:
        got = list(hall.map(lambda number: cluster.ask(kinds[number % len(kinds)].format(number)), range(500)))
    assert {status for status, *_ in got} == {200}
    assert all(body for *_, body in got)


def test_a_rolling_restart_under_load_loses_nothing(cluster: Cluster) -> None:
    is_over = Event()

    def ask(reader: int) -> list[int]:
        got = []
        for number in range(10**6):
            if is_over.is_set():
                break
            if number % 4:
                status, _, body = cluster.ask(f"/conv2d.events?x=seven!1.{reader}:{number}")
                got.append(status if body.rstrip().endswith(b'"next":null}') else 0)
            else:
                got.append(cluster.ask("/conv2d.json", b'{"stride": %d}' % (1 + number % 3))[0])
        return got

    with ThreadPoolExecutor(10) as hall:
        readers = [hall.submit(ask, reader) for reader in range(5)]
        try:
            for copy in cluster.copies:
                copy.stop()
                copy.start()
        finally:
            is_over.set()
        got = [status for reader in readers for status in reader.result()]
    assert len(got) > 50
    assert set(got) == {200}


def test_who_asks_for_too_much_is_told_when_to_come_again(tmp_path: Path) -> None:
    with started(tmp_path, "limit_req_zone", "limit_req zone", "limit_conn_zone", "limit_conn work") as cluster:

        def ask(number: int) -> HTTPError | None:
            try:
                cluster.ask(f"/conv2d.json?x=seven!1.1:{number % 50}")
            except HTTPError as refused:
                return refused
            return None

        with ThreadPoolExecutor(20) as readers:
            got = list(readers.map(ask, range(2000)))
        refused = [each for each in got if each]
        assert len(refused) < len(got) - 400
        assert {(each.code, each.headers["Retry-After"]) for each in refused} == {(429, "5")}
        assert "try again in five seconds" in json.load(refused[0])["detail"][0]["msg"]


def refused(cluster: Cluster, address: str, data: bytes | None = None, **headers: str) -> HTTPError:
    with pytest.raises(HTTPError) as answer:
        cluster.ask(address, data, **headers)
    return answer.value


def test_where_no_copy_answers_people_and_programs_are_told_when_to_come_again(cluster: Cluster) -> None:
    for copy in cluster.copies:
        os.kill(copy.process, signal.SIGKILL)
    page, data = refused(cluster, "/conv2d?stride=3"), refused(cluster, "/conv2d.json?stride=3")
    assert {(each.code, each.headers["Retry-After"]) for each in (page, data)} == {(503, "5")}
    assert b"<p>ConvScope is not there at the moment. Please try again in five seconds.</p>" in page.read()
    assert "try again in five seconds" in json.load(data)["detail"][0]["msg"]


def test_files_go_through_as_far_as_the_copies_read_them(cluster: Cluster) -> None:
    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    field = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.onnx"\r\n\r\n'
    weights = refused(cluster, "/networks/own.json", field + b"w" * 30_000_000 + b"\r\n--b--\r\n", **kind)
    assert (weights.code, json.load(weights)["detail"][0]["type"]) == (422, "onnx")
    picture = refused(cluster, "/pictures.json", b"p" * 12_000_001)
    assert "larger than 12 MB" in json.load(picture)["detail"][0]["msg"]
    larger = refused(cluster, "/pictures.json", b"p" * 14_000_000)
    assert (larger.code, json.load(larger)["detail"][0]["type"]) == (413, "body_too_long")
