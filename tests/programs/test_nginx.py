"""A real nginx, with the file that we ship, before two copies: it keeps answers, and no copy is missed."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from tests import machine
from tests.program import ROOT, answers, free_port, running_process

pytestmark = [pytest.mark.slow, machine.needs("nginx")]


@dataclass
class Cluster:
    url: str
    copies: list[int]
    """Their processes."""

    def ask(self, address: str, **headers: str) -> tuple[int, str, bytes]:
        """The status, what nginx says of its cache, and the body."""
        with urlopen(Request(self.url + address, headers=headers), timeout=30) as answer:
            return answer.status, answer.headers.get("X-Cache", ""), answer.read()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with ExitStack() as stack:
        copies = [stack.enter_context(running_process()) for _ in "ab"]
        port = free_port()
        written = (ROOT / ".deploy" / "nginx.conf").read_text("utf-8")
        for name, (url, _) in zip("ab", copies, strict=True):
            written = written.replace(f"server {name}:8000", f"server {url.removeprefix('http://')}")
        written = written.replace("listen 80;", f"listen 127.0.0.1:{port};")
        written = written.replace("/var/cache/nginx/answers", str(tmp_path / "answers"))
        (tmp_path / "nginx.conf").write_text(written, "utf-8")
        process = subprocess.Popen(
            [
                shutil.which("nginx") or "nginx",
                *("-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")),
                *("-g", f"daemon off; user root; pid {tmp_path / 'pid'}; error_log {tmp_path / 'errors'};"),
            ]
        )
        stack.callback(process.wait, timeout=30)
        stack.callback(process.terminate)
        url = f"http://127.0.0.1:{port}"
        assert answers(process, f"{url}/healthz")
        yield Cluster(url, [number for _, number in copies])


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
            os.kill(cluster.copies[0], signal.SIGKILL)
        status, _, body = cluster.ask(f"/conv2d.events?x=seven!1.1:{number}")
        return status, body

    with ThreadPoolExecutor(20) as hall:
        got = list(hall.map(ask, range(300)))
    assert {status for status, _ in got} == {200}
    assert all(body.rstrip().endswith(b'"next":null}') for _, body in got)


def test_a_stream_goes_on_at_the_other_copy(cluster: Cluster) -> None:
    _, _, whole = cluster.ask("/conv2d.events?x=random:40x40:1")
    numbers = re.findall(rb"^id: (\d+)", whole, flags=re.MULTILINE)
    os.kill(cluster.copies[1], signal.SIGKILL)
    *_, rest = cluster.ask("/conv2d.events?x=random:40x40:1", **{"Last-Event-ID": numbers[0].decode()})
    assert whole.endswith(rest)
    assert rest.startswith(b"event: steps")
