"""Processes that make what takes long: a few, started when they are needed, and gone when the server is.

Each is sent one job at a time over a pipe, and reports its progress. A job that nobody waits for any more, or that
takes longer than a reader would wait, is ended with its process; the next job starts another one.
"""

import pickle
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread, Timer
from time import monotonic
from typing import Any

from app.address.refusal import Refusal
from app.child import Child
from app.pages.exports import words
from app.pages.exports.job import Job, Progress

PROCESSES = 2
WAITING = 8
"""Jobs that wait for a process; more are asked to come again."""
LONGEST = 20.0
"""Seconds from the request to the file."""
OFTEN = 0.2
"""Seconds between two looks at whether anybody still waits."""
LINGER = 15.0
"""Seconds that a process waits for its next job; then it goes, and its memory with it."""
FRUGAL = {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "1000000"}
"""For glibc: a picture that is done with goes back to the machine. 40 MB of a large film do."""
BUSY = "busy"
ENDED = "ended"
"""What is heard of a process that says nothing any more."""


class Cancelled(Exception):
    """Nobody waits for the job any more."""


class Worker:
    """One process, and what it says."""

    def __init__(self) -> None:
        self.child = Child("app.pages.exports.process", **FRUGAL)
        self.said: SimpleQueue[tuple[str, Any]] = SimpleQueue()
        self.listener = Thread(target=self.listen, daemon=True)
        self.listener.start()
        self.idle_since = 0.0

    def listen(self) -> None:
        with suppress(EOFError, pickle.UnpicklingError):
            while True:
                self.said.put(pickle.load(self.child.source))
        self.said.put((ENDED, None))

    def end(self) -> None:
        self.child.kill()
        self.listener.join()
        self.child.close()

    def make(self, job: Job, progress: Progress, is_over: Callable[[], bool]) -> bytes:
        """The file. Raises Refusal; or Cancelled or EOFError, after which the worker is of no more use."""
        pickle.dump(job, self.child.target)
        self.child.target.flush()
        while True:
            try:
                kind, said = self.said.get(timeout=OFTEN)
            except Empty:
                kind, said = "", None
            if is_over():
                raise Cancelled
            if kind == "progress":
                progress(*said)
            elif kind == "made":
                made: bytes = said
                return made
            elif kind == ENDED:
                raise EOFError
            elif kind:
                raise said


class Workers:
    """The processes of one server."""

    def __init__(self, most: int = PROCESSES, longest: float = LONGEST, linger: float = LINGER) -> None:
        self.most = most
        self.longest = longest
        self.linger = linger
        self.idle: list[Worker] = []
        self.at_work: set[Worker] = set()
        self.waiting = 0
        self.lock = Lock()
        self.freed = Event()
        self.progress: dict[str, tuple[int, int]] = {}
        """For the address of each job that is being made, how much of it is done."""

    @property
    def busy(self) -> int:
        return len(self.at_work)

    def make(self, address: str, job: Job, cancelled: Event) -> bytes:
        """The file, once a process is free for it. Raises Refusal where too many wait, or it takes too long."""
        start = monotonic()

        def is_over() -> bool:
            return cancelled.is_set() or monotonic() - start > self.longest

        worker = self.take(is_over)
        try:
            made = worker.make(job, lambda done, total: self.progress.update({address: (done, total)}), is_over)
        except (Cancelled, EOFError, BrokenPipeError) as error:
            worker.end()
            self.give(worker, is_idle=False)
            if cancelled.is_set():
                raise Cancelled from None
            raise Refusal(words.TOO_LONG.format(most=round(self.longest)), type=BUSY) from error
        except BaseException:
            self.give(worker)
            raise
        finally:
            self.progress.pop(address, None)
        self.give(worker)
        return made

    def take(self, is_over: Callable[[], bool]) -> Worker:
        with self.lock:
            if self.waiting >= WAITING:
                raise Refusal(words.BUSY, type=BUSY)
            self.waiting += 1
        try:
            while True:
                with self.lock:
                    if self.busy < self.most:
                        worker = self.living() or Worker()
                        self.at_work.add(worker)
                        return worker
                    self.freed.clear()
                self.freed.wait(OFTEN)
                if is_over():
                    raise Refusal(words.BUSY, type=BUSY)
        finally:
            with self.lock:
                self.waiting -= 1

    def living(self) -> Worker | None:
        """A worker that waits for a job."""
        while self.idle:
            worker = self.idle.pop()
            if worker.child.is_alive:
                return worker
            worker.end()
        return None

    def give(self, worker: Worker, is_idle: bool = True) -> None:
        with self.lock:
            self.at_work.remove(worker)
            if is_idle:
                worker.idle_since = monotonic()
                self.idle.append(worker)
            self.freed.set()
        if is_idle:
            timer = Timer(self.linger, self.end_idle)
            timer.daemon = True
            timer.start()

    def end_idle(self) -> None:
        """End those that have waited for long enough."""
        with self.lock:
            old = [worker for worker in self.idle if monotonic() - worker.idle_since >= self.linger]
            self.idle = [worker for worker in self.idle if worker not in old]
        for worker in old:
            worker.end()

    def end(self) -> None:
        """End all: those that wait for a job, and those at work, whose closed pipes end the wait for them."""
        with self.lock:
            idle, self.idle = self.idle, []
            at_work = list(self.at_work)
        for worker in idle:
            worker.end()
        for worker in at_work:
            worker.child.kill()
