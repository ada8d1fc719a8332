"""The lesson as a stream of server-sent events, each sent as soon as it is computed.

    event: lesson       the grids, padded x and the tables of what a weight meets, how many iterations are asked for
    event: iterations   {"start": 0, "w": [[flat], …], "y": …, "error": …, "gradient": …, "loss": […]}
    event: end          {"steps": how many there are, "next": null, or where the next page starts}

Few and large, as the stream of a scene, and paged as that is.
"""

import logging
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import islice
from typing import Any

import numpy as np
from starlette.concurrency import run_in_threadpool

from app.pages.learn.document import grids_of, header
from app.pages.learn.task import Task
from app.stream.events import event
from app.text import refusals
from app.text.encoding import encode
from kernels.learning import State, descend

FIRST_BATCH = 8
"""The first batch is small, so that something moves at once."""
BATCH = 64

logger = logging.getLogger(__name__)


async def stream(task: Task, page: range, failed: Callable[[], None]) -> AsyncIterator[bytes]:
    """The events one by one; a stream that fails midway says so in an `error` event, and calls `failed`."""
    try:
        if page.start == 0:
            yield event("lesson", lesson_header(task))
        states = islice(descent(task), page.start, page.stop)
        start = page.start
        while batch := await run_in_threadpool(taken, states, FIRST_BATCH if start == 0 else BATCH):
            yield event("iterations", iterations(task, start, batch), id=start + len(batch))
            start += len(batch)
        yield event("end", ending(task, start, page))
    except Exception:
        logger.exception("the stream of a lesson failed")
        failed()
        yield event("error", {"message": refusals.FAILED})


def descent(task: Task) -> Iterator[State]:
    return descend(
        task.x,
        task.wanted,
        task.begin[1],
        axes=task.axes,
        descent=task.descent,
        iterations=task.parameters.iterations,
    )


def taken(states: Iterator[State], count: int) -> list[State]:
    return list(islice(states, count))


def lesson_header(task: Task) -> dict[str, Any]:
    rows, cols = task.axes
    return {
        **header(task),
        "padded": {"shape": task.padded.shape, "values": encode(task.padded.ravel())},
        "taps": [encode(rows.taps), encode(cols.taps)],
        "y": {"shape": task.y_shape},
        "steps": task.parameters.iterations + 1,
    }


def iterations(task: Task, start: int, states: list[State]) -> dict[str, Any]:
    grids = {name: encode(np.array([getattr(state, name).ravel() for state in states])) for name in grids_of(task)}
    return {"start": start, **grids, "loss": encode(np.array([state.loss for state in states]))}


def ending(task: Task, reached: int, page: range) -> dict[str, Any]:
    """How many iterations there are as far as it is known: one that diverges has fewer than were asked for."""
    asked = task.parameters.iterations + 1
    is_over = reached < page.stop or reached >= asked
    return {"steps": reached if is_over else asked, "next": None if is_over else reached}
