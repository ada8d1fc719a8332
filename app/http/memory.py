"""Memory that threads have used and freed goes back to the machine: glibc alone would keep it for the next crowd."""

import asyncio
import ctypes
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from starlette.concurrency import run_in_threadpool

OFTEN = 10.0
"""Seconds between two times."""
ARENA_MAX, MMAP_THRESHOLD = -8, -3
"""What glibc's mallopt calls them."""
ARENAS = 1
"""The heap that all threads share. Left alone, each has its own, which keeps what was freed between what is in use."""
APART = 1_000_000
"""Bytes of a block that is had from the machine, and goes back to it once it is freed, whatever lies beside it."""


@asynccontextmanager
async def given_back() -> AsyncIterator[None]:
    """Give back what is free, now and then, for as long as the context lasts."""
    glibc = ctypes.CDLL(None)
    if not hasattr(glibc, "malloc_trim"):  # another C library
        yield
        return
    glibc.mallopt(ARENA_MAX, ARENAS)
    glibc.mallopt(MMAP_THRESHOLD, APART)
    task = asyncio.create_task(now_and_then(lambda: glibc.malloc_trim(0)))
    yield
    task.cancel()


async def now_and_then(trim: Callable[[], int]) -> None:
    while True:
        await asyncio.sleep(OFTEN)
        gc.collect()
        await run_in_threadpool(trim)
