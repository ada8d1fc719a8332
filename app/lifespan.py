"""What happens once when the server starts, and once when it stops."""

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from app.http.memory import given_back

COLLECTIONS = (20_000, 20, 50)
"""Python looks for garbage in circles after so many new objects; a page makes some thousands, and no circles."""

TURN = 0.0005
"""Seconds after which a thread that computes a heavy scene lets a small one pass; Python's own 0.005 are felt."""


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """The program itself is no garbage: it is set apart, so that no collection walks through it (6 % of a new page)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTIONS)
    sys.setswitchinterval(TURN)
    with app.state.stop.awaited():
        async with given_back():
            yield
    app.state.training.close()
    app.state.workers.end()
