"""Lanes: a few answers are computed at one time, in threads, and the others wait for their turn.

Threads of one Python take turns, so that more of them would end nothing sooner; they would only stand between the small
scenes and the processor, and five hundred pages at once would cost twice as much for going to and fro between forty.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from anyio import CapacityLimiter, fail_after
from anyio.lowlevel import RunVar
from starlette.concurrency import run_in_threadpool

from app.address.refusal import Refusal
from app.text import refusals as words

HEAVY_WIDTH, PAGES_WIDTH = 2, 4
PATIENCE = 20.0
"""Seconds that a scene waits for its turn; then its reader is asked to come again."""

Asked = ParamSpec("Asked")
Made = TypeVar("Made")


class Lane:
    def __init__(self, name: str, width: int) -> None:
        self.width = width
        self.limiters: RunVar[CapacityLimiter] = RunVar(name)
        self.running = 0
        self.waiting = 0

    @property
    def limiter(self) -> CapacityLimiter:
        """The one of this event loop."""
        found = self.limiters.get(None)
        if found is None:
            found = CapacityLimiter(self.width)
            self.limiters.set(found)
        return found

    async def call(
        self, patience: float, make: Callable[Asked, Made], *given: Asked.args, **named: Asked.kwargs
    ) -> Made:
        """What a function returns, called in a thread when it is its turn."""
        limiter, whose = self.limiter, object()
        await self.turn(limiter, whose, patience)
        self.running += 1
        try:
            return await run_in_threadpool(make, *given, **named)
        finally:
            self.running -= 1
            limiter.release_on_behalf_of(whose)

    async def turn(self, limiter: CapacityLimiter, whose: object, patience: float) -> None:
        self.waiting += 1
        try:
            with fail_after(patience):
                await limiter.acquire_on_behalf_of(whose)
        except TimeoutError:
            raise Refusal(words.CROWDED, type="busy") from None
        finally:
            self.waiting -= 1


HEAVY = Lane("heavy scenes", HEAVY_WIDTH)
"""What takes long, in this process."""
PAGES = Lane("pages", PAGES_WIDTH)
"""What takes as long as a page does: some milliseconds."""


async def apart(make: Callable[Asked, Made], *given: Asked.args, **named: Asked.kwargs) -> Made:
    """What is asked for, made beside the small scenes. Raises Refusal where too much is to be made already."""
    return await HEAVY.call(PATIENCE, make, *given, **named)


async def further(make: Callable[Asked, Made], *given: Asked.args, **named: Asked.kwargs) -> Made:
    """The next part of what has begun already: it waits as long as it must."""
    return await HEAVY.call(float("inf"), make, *given, **named)


async def in_turn(make: Callable[Asked, Made], *given: Asked.args, **named: Asked.kwargs) -> Made:
    """A page, or the reading of what it is asked for."""
    return await PAGES.call(float("inf"), make, *given, **named)
