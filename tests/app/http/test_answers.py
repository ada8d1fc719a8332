"""Finished answers: asked again they cost nothing, and they are never another URL's."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message, Receive, Scope, Send

from app.http.answers import KEPT_SHARE, Answer, Answers, Shelf, forget
from app.main import create_app
from app.pages import requests
from app.paths import build_id
from app.settings import Limits, Settings
from tests.app.direct import Direct

STATIC = f"/static/{build_id()}/js/stage.js"
KINDS = {
    "/": "public, no-cache",
    "/conv2d": "public, no-cache",
    "/embed/conv2d": "public, no-cache",
    "/conv2d.json": "public, max-age=300",
    "/conv2d.events": "public, max-age=300",
    "/conv2d.svg": "public, max-age=300",
    STATIC: "max-age=31536000, immutable",
}
LARGE = "/conv2d.events?x=random:1x128x128:1"


class Worked(AssertionError):
    """Raised where work was done that should not have been."""


def no_work(*_: object) -> None:
    raise Worked


@pytest.mark.parametrize(("url", "policy"), KINDS.items())
def test_every_kind_of_answer_says_how_long_it_may_be_kept(url: str, policy: str, ask: Direct) -> None:
    assert ask(url).headers["cache-control"] == policy
    assert ask(url, method="HEAD").headers["cache-control"] == policy


def test_whether_the_server_answers_is_never_kept(ask: Direct) -> None:
    answer = ask("/healthz")
    assert answer.body == b"ok"
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


@pytest.mark.parametrize("url", [*(url for url in KINDS if url != STATIC), LARGE])
@pytest.mark.parametrize("encoding", ["identity", "gzip", "gzip, deflate, br, zstd"])
def test_a_reader_who_has_the_answer_gets_no_second_one(url: str, encoding: str, ask: Direct) -> None:
    headers = {"accept-encoding": encoding}
    tag = ask(url, headers=headers).headers["etag"]
    for known in (tag, f'"other", {tag}'):
        answer = ask(url, headers=headers | {"if-none-match": known})
        assert (answer.status, answer.body) == (304, b"")
        assert answer.headers["etag"] == tag
    assert ask(url, headers=headers | {"if-none-match": '"other"'}).status == 200


def test_what_never_changes_has_no_tag_to_ask_again_by(ask: Direct) -> None:
    assert "etag" not in ask(STATIC).headers


def test_a_304_is_answered_before_any_work(fresh: Direct, ask: Direct, monkeypatch: pytest.MonkeyPatch) -> None:
    tags = {url: ask(url).headers["etag"] for url in KINDS if "conv2d" in url}
    monkeypatch.setattr(requests, "read_view", no_work)
    monkeypatch.setattr(requests, "read_address", no_work)
    for url, tag in tags.items():
        assert fresh(url, headers={"if-none-match": tag}).status == 304
        with pytest.raises(Worked):
            fresh(url)


@pytest.mark.parametrize("url", ["/conv2d", "/conv2d.json", "/conv2d.events", "/conv2d.svg", LARGE])
def test_a_question_asked_again_is_answered_from_memory(
    url: str, fresh: Direct, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = fresh(url)
    monkeypatch.setattr(requests, "read_view", no_work)
    assert fresh(url) == first
    head = fresh(url, method="HEAD")
    assert (head.headers, head.body) == (first.headers, b"")


def test_asking_for_the_head_alone_keeps_no_empty_answer(fresh: Direct) -> None:
    assert fresh("/conv2d.json", method="HEAD").body == b""
    assert fresh("/conv2d.json").json()["steps"] == 25


def test_every_query_compression_and_configuration_has_an_etag_of_its_own(ask: Direct) -> None:
    narrow = Direct(create_app(Settings(limits=Limits(side=64))))
    tags = [
        ask("/conv2d.json").headers["etag"],
        ask("/conv2d.json?stride=2").headers["etag"],
        ask("/conv1d.json").headers["etag"],
        ask("/conv2d.json", headers={"accept-encoding": "gzip"}).headers["etag"],
        ask("/conv2d.json", headers={"accept-encoding": "br"}).headers["etag"],
        narrow("/conv2d.json").headers["etag"],
    ]
    assert len(set(tags)) == len(tags)


def test_copies_on_different_machines_name_an_answer_alike(ask: Direct) -> None:
    other = Direct(create_app(Settings(port=8001, workers=3, training_processes=7, cache_bytes=0, metrics=True)))
    assert other("/conv2d.json").headers["etag"] == ask("/conv2d.json").headers["etag"]


def test_an_answer_that_depends_on_its_encoding_says_so(ask: Direct) -> None:
    for url in KINDS:
        for headers in ({}, {"accept-encoding": "gzip"}, {"if-none-match": ask(url).headers.get("etag", "")}):
            assert "accept-encoding" in ask(url, headers=headers).headers["vary"].lower()


def test_refusals_and_posts_are_not_kept(ask: Direct) -> None:
    for answer in (
        ask("/conv2d.json?stride=0"),
        ask("/nothing"),
        ask.post("/conv2d.json", {}),
        ask("/conv2d.json", method="DELETE"),
    ):
        assert "etag" not in answer.headers


@pytest.mark.parametrize("url", ["/conv2d", "/conv2d.json", "/conv2d.events?x=digit:7", "/embed/conv2d", LARGE, STATIC])
def test_what_is_large_is_compressed_as_the_reader_likes(url: str, ask: Direct) -> None:
    whole = len(ask(url).body)
    for encoding in ("gzip", "br"):
        answer = ask(url, headers={"accept-encoding": encoding})
        assert answer.headers["content-encoding"] == encoding
        assert len(answer.body) < whole / 2


class TestShelf:
    def test_the_least_recently_used_answer_goes_first(self) -> None:
        shelf = Shelf(Answer([], b"ab").weight * KEPT_SHARE)
        for name in range(KEPT_SHARE):
            shelf.keep(b"%d" % name, Answer([], b"ab"))
        assert shelf.get(b"0")
        shelf.keep(b"new", Answer([], b"ab"))
        assert shelf.get(b"0")
        assert shelf.get(b"1") is None
        assert shelf.get(b"new")

    @given(st.lists(st.tuples(st.sampled_from([b"a", b"b", b"c", b"d"]), st.integers(0, 50)), max_size=40))
    def test_a_shelf_never_holds_more_than_it_may(self, answers: list[tuple[bytes, int]]) -> None:
        capacity = 400_000
        shelf = Shelf(capacity)
        for key, size in answers:
            answer = Answer([], bytes(1000 * size))
            shelf.keep(key, answer)
            assert shelf.held == sum(answer.weight for answer in shelf.answers.values()) <= capacity
            assert answer.weight * KEPT_SHARE > capacity or shelf.get(key)

    def test_a_shelf_without_room_keeps_nothing(self) -> None:
        shelf = Shelf(0)
        shelf.keep(b"a", Answer([], b"a"))
        assert shelf.get(b"a") is None


def test_an_answer_that_failed_midway_is_left_without_its_end() -> None:
    """A cache on the way may not use what is incomplete; an end would make it the answer, with its ETag."""
    sent: list[Message] = []

    async def failing(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
        forget(scope)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    scope = {"type": "http", "method": "GET", "path": "/x", "query_string": b"", "headers": []}
    asyncio.run(Answers(failing, "build", Shelf(10**6))(scope, receive, send))
    assert [message.get("more_body") for message in sent] == [None, True]
