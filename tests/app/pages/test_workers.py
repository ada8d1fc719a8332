"""What takes long is made in a few processes of its own, which answer, refuse, stop, and end."""

import io
import subprocess
import sys
import time
from collections.abc import Iterator
from threading import Event, Thread

import pytest
from PIL import Image
from starlette.testclient import TestClient

from app.address.refusal import Refusal
from app.main import create_app
from app.pages.exports import moving
from app.pages.exports.job import Job
from app.pages.exports.options import Options
from app.pages.exports.workers import Cancelled, Workers
from app.settings import Limits
from tests.program import ROOT, becomes_true


def job(**raw: str) -> Job:
    return Job("conv2d", raw, Limits(), moving.gif, Options(width=200, seconds=1))


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    made = Workers(most=1)
    yield made
    made.end()


def test_a_job_is_made_elsewhere_and_says_how_far_it_is(workers: Workers) -> None:
    seen = []

    class Watched(dict[str, tuple[int, int]]):
        def update(self, said: dict[str, tuple[int, int]]) -> None:  # type: ignore[override]
            seen.append(said["here"])

    workers.progress = Watched()
    made = workers.make("here", job(), Event())
    assert Image.open(io.BytesIO(made)).size[0] == 200
    assert [done for done, _ in seen] == list(range(seen[0][1]))
    workers.progress = {}


def test_a_process_that_makes_films_loads_neither_pages_nor_slides() -> None:
    loaded = "import app.pages.exports.moving, app.pages.exports.process, sys; print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert not {"fastapi", "jinja2", "pptx", "uvicorn"} & set(said.split())


def test_a_job_is_refused_with_its_own_sentence_and_the_next_one_is_made(workers: Workers) -> None:
    with pytest.raises(Refusal, match="more than"):
        workers.make("wide", Job("conv2d", {}, Limits(), moving.gif, Options(width=4000)), Event())
    assert workers.make("next", job(), Event())


@pytest.mark.slow
def test_a_job_that_nobody_waits_for_ends_and_the_next_one_is_made(workers: Workers) -> None:
    cancelled, found = Event(), []
    long = Job("conv2d", {"x": "digit:7"}, Limits(), moving.gif, Options())

    def make() -> None:
        try:
            workers.make("long", long, cancelled)
        except Cancelled:
            found.append("cancelled")

    thread = Thread(target=make)
    thread.start()
    while "long" not in workers.progress and thread.is_alive():
        time.sleep(0.01)
    assert workers.progress["long"][1] > 100
    cancelled.set()
    thread.join(10)
    assert found == ["cancelled"]
    assert workers.progress == {}
    assert workers.make("next", job(), Event())


def test_a_job_that_takes_too_long_is_ended_with_a_sentence() -> None:
    impatient = Workers(longest=0.0)
    with pytest.raises(Refusal, match="not finished within"):
        impatient.make("long", job(), Event())
    assert impatient.busy == 0
    assert impatient.idle == []


def test_a_process_that_has_waited_for_its_next_job_ends() -> None:
    short = Workers(most=1, linger=0.3)
    short.make("once", job(), Event())
    (worker,) = short.idle
    assert becomes_true(lambda: not worker.child.is_alive)
    assert short.idle == []
    assert short.make("again", job(), Event())
    short.end()


def test_whoever_comes_when_too_many_wait_is_asked_to_come_again() -> None:
    full = Workers(most=0, longest=0.0)
    with pytest.raises(Refusal) as refusal:
        full.make("late", job(), Event())
    assert refusal.value.type == "busy"


@pytest.fixture(scope="module")
def server() -> Iterator[TestClient]:
    with TestClient(create_app()) as client:
        yield client


@pytest.mark.slow
def test_a_film_is_answered_at_its_address_and_the_processes_end_with_the_server() -> None:
    app = create_app()
    with TestClient(app) as client:
        answer = client.get("/conv2d.webp?width=200&seconds=1&stride=2")
        assert answer.headers["content-type"] == "image/webp"
        assert 'filename="conv2d-stride-2.webp"' in answer.headers["content-disposition"]
        (worker,) = app.state.workers.idle
        assert worker.child.is_alive
    assert not worker.child.is_alive


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/conv2d.gif?width=4000", 422, "Use a smaller width."),
        ("/conv2d.gif?seconds=0", 422, "seconds must be at least 0.5, but it is 0."),
        ("/conv2d.gif?x=1&w=1,2", 422, "covers"),
        ("/progress", 422, "of says"),
    ],
)
def test_what_cannot_be_a_film_is_refused_before_it_is_drawn(
    server: TestClient, address: str, status: int, sentence: str
) -> None:
    answer = server.get(address)
    assert answer.status_code == status
    assert sentence in answer.text


def test_without_pyav_there_is_no_mp4_but_a_sentence(server: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moving, "is_there", lambda: False)
    answer = server.get("/conv2d.mp4")
    assert answer.status_code == 501
    assert "PyAV" in answer.json()["detail"][0]["msg"]


def test_who_comes_when_all_are_busy_is_told_when_to_come_again(server: TestClient) -> None:
    busy = server.app.state.workers  # type: ignore[attr-defined]
    busy.waiting = 99
    answer = server.get("/conv2d.gif?x=random:5x5:77")
    busy.waiting = 0
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"


def test_progress_of_what_is_not_being_made_is_unknown(server: TestClient) -> None:
    assert server.get("/progress", params={"of": "/conv2d.gif"}).json() == {"done": None, "total": None}
