"""The stream: few and large events, that join to the whole, go on after a break, and fail with a word."""

import gzip
import logging
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.request import Request, urlopen

import numpy as np
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from app.address.query import read_address
from app.operations import OPERATIONS
from app.scene.scene import Scene
from app.settings import Limits
from app.stream import events
from app.views.table import read_view, view_of
from app.views.view import View
from tests.app import drawn
from tests.app.direct import Direct
from tests.program import running

LARGE = "/conv2d.events?x=random:1x128x128:1&w=random:2x1x3x3:1"
"""31,752 steps in several batches, sent while they are computed."""
PHOTOGRAPH = "/conv2d.events?x=random:1x64x64:1"


@dataclass(frozen=True)
class Event:
    name: str
    id: str | None
    data: Any


def parse(body: bytes) -> list[Event]:
    """Server-sent events as the standard reads them; a stream that breaks off in an event fails."""
    assert body.endswith(b"\n\n")
    return [parse_one(block) for block in body.decode().removesuffix("\n\n").split("\n\n")]


def parse_one(block: str) -> Event:
    fields = dict(line.split(": ", 1) for line in block.split("\n"))
    assert set(fields) <= {"event", "id", "data"}
    return Event(fields["event"], fields.get("id"), orjson.loads(fields["data"]))


def joined(batches: list[Event], name: str = "y") -> np.ndarray[Any, Any]:
    return np.concatenate([np.array(batch.data[name], dtype=float) for batch in batches], axis=-1)


def steps_of(found: list[Event]) -> list[Event]:
    return [event for event in found if event.name == "steps"]


def streamed(scene: Scene, start: int | None = None, stop: int | None = None) -> list[Event]:
    view = view_of(scene)
    return parse(events.whole(view, events.page_of(view, start, stop)))


@pytest.mark.parametrize("url", ["/conv2d.events", "/conv1d.events", "/conv2d.events?x=digit:7", LARGE])
def test_a_stream_is_a_scene_then_steps_then_the_end(url: str, ask: Direct) -> None:
    answer = ask(url)
    assert answer.headers["content-type"].startswith("text/event-stream")
    first, *batches, last = parse(answer.body)
    assert first.name == "scene"
    assert {batch.name for batch in batches} == {"steps"}
    assert last == Event("end", None, {"steps": first.data["steps"], "next": None})
    assert len(joined(batches)) == first.data["steps"] == np.prod(first.data["y"]["shape"])


def test_every_batch_starts_where_the_one_before_sends_its_reader(ask: Direct) -> None:
    batches = steps_of(parse(ask(LARGE).body))
    assert batches[0].data["start"] == 0
    for one, other in pairwise(batches):
        assert one.id == str(other.data["start"]) == str(one.data["start"] + len(one.data["y"]))


def test_the_first_batch_of_a_large_scene_is_small_so_that_something_moves_at_once(ask: Direct) -> None:
    first, *others = steps_of(parse(ask(LARGE).body))
    assert len(first.data["y"]) <= 64
    assert max(len(batch.data["y"]) for batch in others) >= 2000
    assert len(others) < 16, "few and large"


@settings(max_examples=100, deadline=None)
@given(drawn.scenes())
def test_the_stream_tells_what_the_json_tells(scene: Scene) -> None:
    found = streamed(scene)
    batches = steps_of(found)
    assert joined(batches).tolist() == scene.y.ravel().tolist()
    activated = scene.activate(scene.y)
    assert ("a" in batches[0].data) == (activated is not None)
    if activated is not None:
        assert joined(batches, "a").tolist() == activated.ravel().tolist()


@settings(max_examples=100, deadline=None)
@given(drawn.scenes())
def test_the_sums_of_the_channels_and_the_bias_add_up_to_y(scene: Scene) -> None:
    batches = steps_of(streamed(scene))
    has_sums = "channel_sums" in batches[0].data
    assert has_sums == (scene.w.shape[1] > 1 or scene.b is not None)
    if has_sums:
        sums = joined(batches, "channel_sums")
        assert sums.shape == (scene.w.shape[1], scene.layer.outputs)
        bias = 0 if scene.b is None else np.repeat(scene.b, scene.layer.outputs // len(scene.b))
        assert_allclose(sums.sum(axis=0) + bias, joined(batches), rtol=1e-12, atol=1e-12)


@settings(max_examples=100, deadline=None)
@given(drawn.scenes(), st.data())
def test_pages_join_to_the_whole(scene: Scene, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, scene.layer.outputs), max_size=4)))
    places = [0, *cuts, scene.layer.outputs]
    pages = [streamed(scene, start, stop) for start, stop in pairwise(places)]
    whole = joined(steps_of(streamed(scene)))
    parts = [joined(steps_of(page)) for page in pages if steps_of(page)]
    assert np.concatenate(parts).tolist() == whole.tolist()
    for (start, stop), page in zip(pairwise(places), pages, strict=True):
        assert (page[0].name == "scene") == (start == 0)
        assert page[-1].data["next"] == (stop if stop < scene.layer.outputs else None)


@settings(max_examples=60, deadline=None)
@given(drawn.scenes())
def test_operands_are_looked_up_in_the_grids_and_tables_of_the_header(scene: Scene) -> None:
    """A reader that knows only the stream can check every y: Σ x[source[taps]] · w + b."""
    found = streamed(scene)
    header = found[0].data
    x, w = (np.reshape(header["grids"][name]["values"], header["grids"][name]["shape"]) for name in ("x", "w"))
    bias = np.array(header["grids"]["b"]["values"] if header["grids"]["b"] else [0.0] * len(w))
    assert header["roles"] == {"data": "x", "weights": "w"}
    assert header["reduction"]["name"] == "sum"
    turned = [place for place, axis in enumerate(header["axes"], start=1) if axis.get("turned")]
    slices = np.flip(w.reshape(-1, *w.shape[2:]), turned)
    y = np.zeros(header["y"]["shape"])
    for filter, *outs in np.ndindex(*y.shape):
        cells = [np.array(axis["source"])[axis["taps"][out]] for axis, out in zip(header["axes"], outs, strict=True)]
        planes, weights = zip(*header["feeds"][filter], strict=True)
        window = x[np.ix_(planes, *cells)]
        for place, axis_cells in enumerate(cells, start=1):
            np.moveaxis(window, place, 0)[axis_cells < 0] = 0
        y[(filter, *outs)] = (window * slices[list(weights)]).sum() + bias[filter]
    assert_allclose(y.ravel(), joined(steps_of(found)), rtol=1e-9, atol=1e-9)


def test_a_broken_connection_goes_on_after_its_last_event(ask: Direct) -> None:
    whole = steps_of(parse(ask(LARGE).body))
    for batch in whole[:-1]:
        first, *_ = resumed = parse(ask(LARGE, headers={"last-event-id": str(batch.id)}).body)
        assert first.name == "steps"
        assert first.data["start"] == int(str(batch.id))
        rest = joined(whole)[int(str(batch.id)) :]
        assert joined(steps_of(resumed)).tolist() == rest.tolist()


def test_a_connection_that_broke_at_the_very_end_only_hears_of_the_end(ask: Direct) -> None:
    assert [event.name for event in parse(ask("/conv2d.events", headers={"last-event-id": "25"}).body)] == ["end"]


def test_a_break_within_a_page_does_not_read_past_its_stop(ask: Direct) -> None:
    resumed = parse(ask("/conv2d.events?start=5&stop=20", headers={"last-event-id": "10"}).body)
    assert steps_of(resumed)[0].data["start"] == 10
    assert resumed[-1].data == {"steps": 25, "next": 20}


@pytest.mark.parametrize("id", ["", "x", "-1", "٣", "1_0", "9" * 5000, "26", "999999999"])
def test_a_last_event_id_that_is_none_of_ours_is_no_failure_of_ours(id: str, ask: Direct) -> None:
    assert ask("/conv2d.events", headers={"last-event-id": id} if id.isascii() else {}).status in (200, 422)


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ("start=26", "start", "start must be from 0 to 25"),
        ("start=5&stop=4", "start", "start (5) must not be after stop (4)"),
        ("start=-1", "start", "start must be at least 0"),
        ("stop=-1", "stop", "stop must be at least 0"),
        ("start=1_0", "start", "whole number"),
        ("stop=all", "stop", "“all”"),
        ("start=1&start=2", "start", "given 2 times"),
    ],
)
def test_a_page_outside_the_scene_is_refused(query: str, field: str, sentence: str, ask: Direct) -> None:
    detail = ask(f"/conv2d.events?{query}").json()["detail"][0]
    assert detail["loc"] == ["query", field]
    assert sentence in detail["msg"]


def test_a_stop_past_the_end_means_the_end(ask: Direct) -> None:
    assert ask("/conv2d.events?stop=99").body == ask("/conv2d.events").body


STAMPS = "/avg_pool2d_input.events?x=random:16x128x128:1&kernel_size=8&stride=1"
"""234,256 steps that would tell 30 million numbers."""


@pytest.mark.parametrize("url", [STAMPS, "/conv2d.events?x=random:2x128x128:1&w=random:2x2x15x15:1&view=scatter"])
def test_an_answer_of_too_many_numbers_ends_early_and_says_where_to_go_on(url: str, ask: Direct) -> None:
    first, *batches, end = parse(ask(url).body)
    count = sum(np.size(batch.data["after"]) + np.size(batch.data["was"]) for batch in batches)
    assert count <= Limits().numbers
    assert end.data["next"] == int(str(batches[-1].id)) < first.data["steps"]
    start = end.data["next"]
    page = parse(ask(f"{url}&start={start}&stop={start + 5}").body)
    assert [event.name for event in page] == ["steps", "end"]
    assert page[0].data["start"] == start


@pytest.mark.parametrize(
    "url",
    [
        "/conv2d?x=random:3x9x9:1&w=random:2x3x3x3:1&b=1,2&activation=relu",
        "/conv2d?x=random:3x9x9:1&w=random:2x3x3x3:1&view=scatter&padding=1&b=1,2",
        "/conv2d?x=random:1x40x40:1&view=scatter",
        "/conv2d?view=flip",
        "/conv2d?view=shift",
        "/conv2d?view=matrix",
        "/avg_pool2d_input?x=random:2x9x9:1",
        "/max_unpool2d",
        "/unfold",
        "/fold",
    ],
)
def test_a_view_sends_no_more_numbers_for_a_step_than_it_says(url: str) -> None:
    path, _, query = url[1:].partition("?")
    view = read_view(OPERATIONS[path], read_address(query.encode()), Limits())
    columns = orjson.loads(orjson.dumps(view.batch(0, view.steps - 1)))  # the last step sends y, too
    numbers = sum(np.size(values) for name, values in columns.items() if name not in ("before", "argmax", "other"))
    numbers += sum(np.size(values) for values in columns.get("other", {}).values())
    assert 0 < numbers <= (view.steps - 1) * view.numbers_per_step


@pytest.mark.parametrize("url", ["/conv2d.events?x=digit:7&w=sobel-x", LARGE])
def test_the_same_query_gives_the_same_bytes_twice_and_from_two_applications(
    url: str, ask: Direct, fresh: Direct
) -> None:
    for encoding in ("identity", "gzip", "br"):
        headers = {"accept-encoding": encoding}
        answer = ask(url, headers=headers)
        assert answer.headers.get("content-encoding", "identity") == encoding
        assert answer.body == ask(url, headers=headers).body == fresh(url, headers=headers).body
    assert gzip.decompress(ask(url, headers={"accept-encoding": "gzip"}).body) == ask(url).body


def test_the_trace_of_a_64_by_64_input_is_at_most_90_kb_and_10_kb_compressed(ask: Direct) -> None:
    assert len(ask(PHOTOGRAPH).body) <= 90_000
    for encoding in ("gzip", "br"):
        answer = ask(PHOTOGRAPH, headers={"accept-encoding": encoding})
        assert answer.headers["content-encoding"] == encoding
        assert len(answer.body) <= 10_000, encoding


def test_a_failure_midway_sends_an_error_event_and_is_logged_once(
    fresh: Direct, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(events, "steps", failing_from(2))
    with caplog.at_level(logging.DEBUG):
        found = parse(fresh(LARGE).body)
    assert [event.name for event in found] == ["scene", "steps", "steps", "error"]
    assert found[-1].data["message"]
    assert "out of memory" not in found[-1].data["message"], "what failed is for the log, not for the reader"
    errors = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(errors) == 1
    assert errors[0].exc_info


def test_a_stream_that_failed_is_not_kept_as_the_answer(fresh: Direct, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(events, "steps", failing_from(2))
        assert parse(fresh(LARGE).body)[-1].name == "error"
    assert parse(fresh(LARGE).body)[-1].name == "end"


def failing_from(call: int) -> Any:
    """`steps` as it is, until it is called once too often."""
    computed, calls = events.steps, iter(range(1000))

    def steps(view: View, start: int, stop: int) -> dict[str, Any]:
        if next(calls) >= call:
            raise MemoryError("out of memory")
        return computed(view, start, stop)

    return steps


def test_a_reader_who_leaves_costs_nothing_more_and_is_not_logged(
    fresh: Direct, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    computed, calls = events.steps, []

    def counted(view: View, start: int, stop: int) -> dict[str, Any]:
        calls.append(start)
        return computed(view, start, stop)

    monkeypatch.setattr(events, "steps", counted)
    fresh(LARGE)
    whole = len(calls)
    calls.clear()
    with caplog.at_level(logging.DEBUG):
        sent = fresh.leave(LARGE + "&stride=1,1&speed=2", after=3)
    assert len(calls) < whole - 3
    assert len(sent) <= 5
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING or record.exc_info]


@pytest.mark.slow
def test_servers_with_other_processors_and_threads_give_the_same_bytes() -> None:
    query = "?x=random:3x40x40:1&w=random:4x3x5x5:2&b=1/3,0,1,0.1&activation=tanh&padding=2&padding_mode=reflect"
    urls = [f"/conv2d{extension}{query}" for extension in (".json", ".events", ".svg", "")]
    with (
        running(OPENBLAS_CORETYPE="Haswell", OPENBLAS_NUM_THREADS="1") as one,
        running(OPENBLAS_CORETYPE="Nehalem", OPENBLAS_NUM_THREADS="2", NPY_DISABLE_CPU_FEATURES=NO_VECTORS) as other,
    ):
        for url in urls:
            assert fetched(one + url) == fetched(other + url), url


NO_VECTORS = "AVX2 FMA3 AVX512F"
"""NumPy's own loops for newer processors; it goes without those that are named here and that it has."""


def fetched(url: str) -> bytes:
    with urlopen(Request(url)) as answer:
        body: bytes = answer.read()
        return body
