"""Requests as they end: what an operator's log and measurements are made of.

A request is named by its method and path alone: never by its query, which holds what a reader has drawn or typed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Literal

from starlette.types import ASGIApp, Message, Receive, Scope, Send

ABANDONED = 499
"""What is written where a reader leaves before the answer begins; nginx writes the same."""


@dataclass(frozen=True)
class Ended:
    """One request and what came of it."""

    method: str
    path: str
    status: int
    milliseconds: float
    bytes: int
    """Of the body, as it was sent."""


Observer = Callable[[Ended], None]
Streams = Callable[[Literal[1, -1]], None]
"""Is called with 1 when a stream begins, and with −1 when it ends."""


class Watched:
    """The outermost middleware, which changes nothing: it reports every request to its observers once it has ended."""

    def __init__(self, app: ASGIApp, observers: Sequence[Observer], streams: Streams = lambda change: None) -> None:
        self.app = app
        self.observers = observers
        self.streams = streams

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        start = perf_counter()
        status, sent, is_stream = ABANDONED, 0, False

        async def send_counted(message: Message) -> None:
            nonlocal status, sent, is_stream
            if message["type"] == "http.response.start":
                status = message["status"]
                is_stream = (b"content-type", b"text/event-stream") in (
                    (name, value.partition(b";")[0]) for name, value in message["headers"]
                )
                if is_stream:
                    self.streams(1)
            else:
                sent += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, send_counted)
        finally:
            if is_stream:
                self.streams(-1)
            ended = Ended(scope["method"], scope["path"], status, (perf_counter() - start) * 1000, sent)
            for observer in self.observers:
                observer(ended)
