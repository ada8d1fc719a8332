"""What is under way when a copy stops: what has not begun is asked for again, what has is left without its end."""

import asyncio

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from app.http.stop import Stop, Stopping


def answer(request: Request) -> Response:
    return PlainTextResponse("later", 503)


def asked(has_begun: bool, grace: float, is_stopped: bool = True) -> list[Message]:
    """What a reader gets of an answer that never ends."""
    sent: list[Message] = []

    async def endless(scope: Scope, receive: Receive, send: Send) -> None:
        if has_begun:
            await send({"type": "http.response.start", "status": 200, "headers": []})
        await asyncio.sleep(60)

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    async def test() -> None:
        stop = Stop(grace)
        task = asyncio.create_task(Stopping(endless, stop, answer)({"type": "http", "method": "GET"}, receive, send))
        await asyncio.sleep(0)
        if is_stopped:
            stop.begin()
        else:
            task.cancel()
        await task

    asyncio.run(test())
    return sent


def test_an_answer_that_has_not_begun_is_to_be_asked_for_again() -> None:
    assert [message.get("status") for message in asked(has_begun=False, grace=0)] == [503, None]


def test_a_stream_is_left_without_its_end() -> None:
    assert [message["type"] for message in asked(has_begun=True, grace=0)] == ["http.response.start"]


def test_whoever_else_breaks_an_answer_off_is_not_us() -> None:
    with pytest.raises(asyncio.CancelledError):
        asked(has_begun=False, grace=60, is_stopped=False)
