"""Memory that threads have used and freed goes back to the machine: glibc alone would keep it for the next crowd."""

import asyncio
import ctypes
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.concurrency import run_in_threadpool

OFTEN = 10.0
"""Seconds between two times."""


@asynccontextmanager
async def given_back() -> AsyncIterator[None]:
    """Give back what is free, now and then, for as long as the context lasts."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is None:  # not glibc
        yield
        return
    task = asyncio.create_task(now_and_then(trim))
    yield
    task.cancel()


async def now_and_then(trim: "ctypes._NamedFuncPointer") -> None:
    while True:
        await asyncio.sleep(OFTEN)
        gc.collect()
        await run_in_threadpool(trim, 0)
