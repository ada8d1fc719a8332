"""Processes that make what takes long: a few, started when they are needed, and gone when the server is.

Each is sent one job at a time over a pipe, and reports its progress. A job that nobody waits for any more, or that
takes longer than a reader would wait, is ended with its process; the next job starts another one.
"""

import logging
import os
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Event, Lock, Timer
from time import monotonic

from app.address.refusal import Refusal
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
NICE = 5
"""How far workers stand back for those that answer pages."""
BUSY, FAILED = "busy", "failed"

logger = logging.getLogger(__name__)


class Cancelled(Exception):
    """Nobody waits for the job any more."""


class Worker:
    """One process and the pipe to it."""

    def __init__(self) -> None:
        spawn = get_context("spawn")
        self.pipe, other = spawn.Pipe()
        self.process = spawn.Process(target=work, args=(other,), daemon=True, name="convscope export")
        self.process.start()
        self.idle_since = 0.0
        other.close()

    def end(self) -> None:
        self.process.terminate()
        self.process.join()
        self.pipe.close()

    def make(self, job: Job, progress: Progress, is_over: Callable[[], bool]) -> bytes:
        """The file. Raises Refusal, or Cancelled, after which the worker is of no more use."""
        self.pipe.send(job)
        while True:
            has_message = self.pipe.poll(OFTEN)
            if is_over():
                raise Cancelled
            if not has_message:
                continue
            kind, said = self.pipe.recv()
            if kind == "progress":
                progress(*said)
            elif kind == "made":
                made: bytes = said
                return made
            else:
                raise said


def work(pipe: Connection) -> None:
    """What a worker does: one job after the other, until the server has gone."""
    if hasattr(os, "nice"):
        os.nice(NICE)
    with suppress(EOFError, KeyboardInterrupt, BrokenPipeError):
        while True:
            job: Job = pipe.recv()
            try:
                made = job.make(lambda done, total: pipe.send(("progress", (done, total))))
            except Refusal as refusal:
                pipe.send(("refused", refusal))
            except BrokenPipeError:  # the server has gone
                return
            except Exception:
                logger.exception("an export of %s, %s, failed", job.operation, job.write.__qualname__)
                pipe.send(("failed", RuntimeError(words.FAILED)))
            else:
                pipe.send(("made", made))


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
        except (Cancelled, EOFError, BrokenPipeError, ConnectionResetError) as error:
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
            if worker.process.is_alive():
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
            worker.process.terminate()
