"""How a copy stops: what is under way may end within a few seconds, and what is left then is broken off in good order.

uvicorn alone would wait as long, cancel what is left, and log a traceback for each. A reader whose answer has not begun
is asked to come again; a stream is left without its end, so that its reader goes on from there at another copy.
"""

import asyncio
import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

GRACE = 3.0
"""Seconds that what is under way is given; after five, uvicorn would lose its patience."""
SIGNALS = (signal.SIGTERM, signal.SIGINT)
BROKEN_OFF = "ASGI callable returned without completing response"
"""What uvicorn logs of a stream without its end."""


class Stop:
    """The requests under way, and whether they are to end."""

    def __init__(self, grace: float = GRACE) -> None:
        self.grace = grace
        self.tasks: set[asyncio.Task[object]] = set()
        self.is_over = False

    @contextmanager
    def awaited(self) -> Iterator[None]:
        """Handle the signals that uvicorn handles: it announces them only when all requests have ended."""
        loop = asyncio.get_running_loop()
        handlers = {number: signal.getsignal(number) for number in SIGNALS}
        if current_thread() is not main_thread():  # a test's; only the main thread receives signals
            yield
            return

        def received(number: int, frame: FrameType | None) -> None:
            loop.call_soon_threadsafe(self.begin)
            handler = handlers[signal.Signals(number)]
            if callable(handler):
                handler(number, frame)

        for number in SIGNALS:
            signal.signal(number, received)
        try:
            yield
        finally:
            for number, handler in handlers.items():
                signal.signal(number, handler)

    def begin(self) -> None:
        asyncio.get_running_loop().call_later(self.grace, self.end)

    def end(self) -> None:
        self.is_over = True
        logging.getLogger("uvicorn.error").addFilter(lambda record: BROKEN_OFF not in record.getMessage())
        for task in self.tasks:
            task.cancel()


class Stopping:
    """The middleware that knows what is under way."""

    def __init__(self, app: ASGIApp, stop: Stop, answer: Callable[[Request], Response]) -> None:
        self.app = app
        self.stop = stop
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        task = asyncio.current_task()
        if scope["type"] != "http" or task is None:
            return await self.app(scope, receive, send)
        has_begun = False

        async def send_noted(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        self.stop.tasks.add(task)
        try:
            await self.app(scope, receive, send_noted)
        except asyncio.CancelledError:
            if not self.stop.is_over:
                raise
            if not has_begun:
                await self.answer(Request(scope))(scope, receive, send)
        finally:
            self.stop.tasks.discard(task)
