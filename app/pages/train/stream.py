"""A run as a stream of server-sent events, as it happens.

    event: run         the settings, the layers, how many steps are asked for
    event: queue       {"place": 3, "nearest": {"title", "address"}}: its place, and what to watch meanwhile
    event: steps       {"start": 1, "loss": […], "accuracy": […], "held_out": […]}
    event: checkpoint  filters, maps, probabilities, the table, the wall of a network after so many steps
    event: end         {"steps": how many there were, "diverged": false}

Few and large, as the stream of a scene. Every `steps` and `checkpoint` has the number of its last step as `id`: a
connection that broke goes on from there (`Last-Event-ID`).
"""

import logging
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator
from typing import Any

import numpy as np
from starlette.concurrency import run_in_threadpool

from app.pages.train import words
from app.pages.train.document import header
from app.pages.train.nearest import nearest
from app.pages.train.showing import Showing, showing
from app.pages.train.task import Task
from app.stream.events import event
from app.text import refusals
from app.training.pool import Pool
from app.training.run import Run, State, Watcher
from kernels.batched import Array
from kernels.training import Checkpoint, Step

PATIENCE = 5.0
"""Seconds after which a watcher looks again, even if nothing has woken it."""
MOMENT = 0.2
"""Seconds after which a run that has not begun is said to wait."""

logger = logging.getLogger(__name__)


class Progress:
    """How much of a run has been sent; what it holds beyond that comes as events."""

    def __init__(self, task: Task, run: Run, after: int = 0) -> None:
        self.task = task
        self.run = run
        self.steps = after
        self.checkpoints = 0
        self.after = after

    def events(self) -> Iterator[bytes]:
        """Each checkpoint behind the steps up to it; the steps after the last one as they are."""
        steps, points = list(self.run.steps), list(self.run.checkpoints)
        for point in points[self.checkpoints :]:
            if point.step > len(steps):
                break
            self.checkpoints += 1
            yield from self.steps_until(steps, point.step)
            if point.step >= self.after:
                yield checkpoint_event(self.task, point)
        yield from self.steps_until(steps, len(steps))

    def steps_until(self, steps: list[Step], last: int) -> Iterator[bytes]:
        if last > self.steps:
            yield steps_event(steps[self.steps : last])
            self.steps = last

    @property
    def ending(self) -> bytes:
        return event("end", {"steps": len(self.run.steps), "diverged": self.run.has_diverged})


def whole(task: Task, run: Run, after: int = 0) -> bytes:
    """All events of a finished run."""
    progress = Progress(task, run, after)
    return b"".join([run_event(task), *progress.events(), progress.ending])


async def stream(task: Task, pool: Pool, run: Run, watcher: Watcher, after: int = 0) -> AsyncIterator[bytes]:
    """The events of a run as they come. One that fails says so in an `error` event."""
    try:
        yield run_event(task)
        async for sent in followed(Progress(task, run, after), pool, watcher):
            yield sent
    except Exception:
        logger.exception("the stream of a training failed")
        yield event("error", {"message": refusals.FAILED})


async def followed(progress: Progress, pool: Pool, watcher: Watcher) -> AsyncIterator[bytes]:
    run, said = progress.run, 0
    await watcher.changed(MOMENT)  # a process that is free takes it at once
    while True:
        state = run.state  # before what it holds is read: what is over has all of it
        if state is State.WAITING and (place := pool.place(run)) != said:
            said = place
            yield event("queue", {"place": place, "nearest": nearest(progress.task, pool)})
        for sent in await run_in_threadpool(list, progress.events()):
            yield sent
        if state is State.FAILED:
            yield event("error", {"message": words.FAILED})
            return
        if state is State.ENDED:
            yield progress.ending
            return
        await watcher.changed(PATIENCE)


def run_event(task: Task) -> bytes:
    return event("run", header(task))


def steps_event(steps: list[Step]) -> bytes:
    columns = {name: [getattr(step, name) for step in steps] for name in ("loss", "accuracy", "held_out")}
    return event("steps", {"start": steps[0].step, **columns}, id=steps[-1].step)


def checkpoint_event(task: Task, point: Checkpoint) -> bytes:
    return event("checkpoint", described(showing(task, point)), id=point.step)


def described(shown: Showing) -> dict[str, Any]:
    """Pictures as bytes, one a cell: filters from −127 to 127 of their largest weight, maps from 0 to 255 of theirs."""
    return {
        "step": shown.step,
        "held_out": shown.held_out,
        "filters": picture(shown.filters, np.int8, 127),
        "maps": [{"place": maps.place, **picture(maps.values, np.uint8, 255)} for maps in shown.maps],
        "probabilities": [round(float(p), 4) for p in shown.probabilities],
        "table": shown.table.ravel().tolist(),
        "wrong": [[index, true, read] for index, (true, read) in shown.wrong.items()],
        "gradients": shown.gradients,
        "halves": shown.halves,
    }


def picture(values: Array, kind: type[np.int8 | np.uint8], shades: int) -> dict[str, Any]:
    """Values as shades of the largest."""
    least = -1 if kind is np.int8 else 0
    most = float(np.abs(np.nan_to_num(values)).max()) or 1.0
    cells = np.rint(np.clip(np.nan_to_num(values) / most, least, 1) * shades).astype(kind)
    return {"shape": list(values.shape), "most": float(f"{most:.4g}"), "cells": b64encode(cells.tobytes()).decode()}
