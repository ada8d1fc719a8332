"""One run: what has come of it so far, and who watches it."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from threading import Lock

from kernels.training import Checkpoint, Settings, Step

EACH_STEP = 100
"""Bytes of memory, near enough."""


class State(Enum):
    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"
    FAILED = "failed"


@dataclass
class Run:
    """Filled by a thread of the pool; its lists only grow, so whoever reads them needs no lock."""

    key: str
    """The canonical address of its settings."""
    settings: Settings
    state: State = State.WAITING
    steps: list[Step] = field(default_factory=list)
    checkpoints: list[Checkpoint] = field(default_factory=list)
    watchers: set["Watcher"] = field(default_factory=set)
    left: float = 0.0
    """When the last watcher left."""
    stood: bytes | None = None
    """The network as it stood when nobody watched any more, for the process that goes on with it."""
    lock: Lock = field(default_factory=Lock)

    @property
    def is_over(self) -> bool:
        return self.state in (State.ENDED, State.FAILED)

    @property
    def has_diverged(self) -> bool:
        return bool(self.steps) and self.steps[-1].loss is None

    @property
    def weight(self) -> int:
        """Bytes of memory, near enough."""
        weights = sum(grid.nbytes for point in self.checkpoints for grid in point.weights.values())
        answers = sum(point.answers.nbytes for point in self.checkpoints)
        return EACH_STEP * len(self.steps) + weights + answers + len(self.stood or b"")

    def take(self, events: list[Step | Checkpoint]) -> None:
        for event in events:
            if isinstance(event, Step):
                self.steps.append(event)
            else:
                self.checkpoints.append(event)
        self.wake()

    def become(self, state: State) -> None:
        self.state = state
        self.wake()

    def wake(self) -> None:
        with self.lock:
            watchers = list(self.watchers)
        for watcher in watchers:
            watcher.wake()


class Watcher:
    """Somebody who waits for a run in an event loop, woken from any thread."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.event = asyncio.Event()

    def wake(self) -> None:
        with suppress(RuntimeError):  # the loop has ended, and with it the one who waited
            self.loop.call_soon_threadsafe(self.event.set)

    async def changed(self, seconds: float) -> None:
        """Until something has changed, or this time has passed."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.event.wait(), seconds)
        self.event.clear()


Clock = Callable[[], float]
