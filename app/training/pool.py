"""The processes that train: a bounded number, one thread of computation each, and a queue before them.

Whoever asks for the same settings watches the same run. A run that nobody watches any more is put away as it stands,
costs nothing, and goes on from there for whoever asks again. What is finished is kept as long as there is memory for
it, and what is put away for as long as there is memory beside that, the least recently used thrown away first. Nothing
is started before the first run is asked for, and a process that has trained stays a while to train the next.
"""

import logging
import pickle
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition, Thread
from time import monotonic
from typing import Any

from app.child import Child
from app.training.run import Clock, Run, State, Watcher
from kernels.training import Settings

MOST_WAITING = 64
PATIENCE = 3.0
"""Seconds for which a run goes on that nobody watches: a page that is loaded again finds it."""
LINGER = 15.0
"""Seconds that a process waits for its next run; then it goes, and its memory with it."""
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")

logger = logging.getLogger(__name__)


class Process:
    """A process that trains, started when it is first needed, and again where it was stopped."""

    def __init__(self) -> None:
        self.child: Child | None = None

    def send(self, settings: Settings, stood: bytes | None) -> None:
        """Begin a run, or go on with one from where it stood."""
        if self.child is None or not self.child.is_alive:
            self.child = Child("app.training.process", **dict.fromkeys(THREADS, "1"))
        self.write((settings, stood))

    def answer(self, goes_on: bool) -> None:
        """After each message: whether the run goes on. If not, and it is not over, its network comes, as bytes."""
        self.write(goes_on)

    def write(self, message: object) -> None:
        assert self.child is not None
        pickle.dump(message, self.child.target)
        self.child.target.flush()

    def receive(self) -> Any:
        assert self.child is not None
        return pickle.load(self.child.source)

    def stop(self) -> None:
        if self.child is not None:
            self.child.close()
        self.child = None


class Pool:
    def __init__(self, processes: int, kept_bytes: int, clock: Clock = monotonic, linger: float = LINGER) -> None:
        self.linger = linger
        self.processes = [Process() for _ in range(processes)]
        self.kept_bytes = kept_bytes
        self.clock = clock
        self.changed = Condition()
        self.waiting: list[Run] = []
        self.running: dict[str, Run] = {}
        self.finished: OrderedDict[str, Run] = OrderedDict()
        self.paused: OrderedDict[str, Run] = OrderedDict()
        self.threads: list[Thread] = []
        self.is_closed = False

    def is_full_for(self, key: str) -> bool:
        """Whether so many runs wait already that another one is not taken."""
        with self.changed:
            self.forget_unwanted()
            is_there = key in self.finished or key in self.running or self.queued(key) is not None
            return not is_there and len(self.waiting) >= MOST_WAITING

    @contextmanager
    def watch(self, key: str, settings: Settings) -> Iterator[tuple[Run, Watcher]]:
        """The run of these settings, for as long as somebody watches it."""
        watcher = Watcher()
        run = self.join(key, settings, watcher)
        try:
            yield run, watcher
        finally:
            with run.lock:
                run.watchers.discard(watcher)
                run.left = self.clock()

    def join(self, key: str, settings: Settings, watcher: Watcher) -> Run:
        with self.changed:
            run = self.finished.get(key) or self.running.get(key) or self.queued(key)
            if run is None:
                run = self.paused.pop(key, None) or Run(key, settings)
                run.state = State.WAITING
                self.waiting.append(run)
                self.start()
            with run.lock:
                run.watchers.add(watcher)
            if key in self.finished:
                self.finished.move_to_end(key)
            self.changed.notify()
            return run

    def known(self, key: str) -> Run | None:
        """The run, finished, under way or put away."""
        with self.changed:
            return self.finished.get(key) or self.running.get(key) or self.paused.get(key) or self.queued(key)

    def queued(self, key: str) -> Run | None:
        return next((run for run in self.waiting if run.key == key), None)

    def place(self, run: Run) -> int:
        """How many runs come before it, itself counted; 0 once it has begun."""
        with self.changed:
            wanted = [each for each in self.waiting if self.is_wanted(each)]
            return wanted.index(run) + 1 if run in wanted else 0

    def is_wanted(self, run: Run) -> bool:
        with run.lock:
            return bool(run.watchers) or self.clock() - run.left < PATIENCE

    def forget_unwanted(self) -> None:
        """Of the runs that wait those that nobody watches; one that has begun before stays put away."""
        unwanted = [each for each in self.waiting if not self.is_wanted(each)]
        for run in unwanted:
            self.waiting.remove(run)
            if run.stood is not None:
                run.state = State.PAUSED
                self.paused[run.key] = run

    def start(self) -> None:
        if not self.threads:
            self.threads = [Thread(target=self.serve, args=[each], daemon=True) for each in self.processes]
            for thread in self.threads:
                thread.start()

    def serve(self, process: Process) -> None:
        """One thread for each process: the next run, and the next."""
        while (run := self.next_run(process)) is not None:
            try:
                self.carry_out(run, process)
            except (OSError, EOFError, pickle.UnpicklingError):
                if not self.is_closed:
                    logger.exception("a training failed")  # of what, its reader knows
                process.stop()
                run.become(State.FAILED)
            with self.changed:
                self.running.pop(run.key, None)
                if run.state is State.ENDED:
                    self.keep(run)
                elif run.state is State.PAUSED:
                    self.put_away(run)
        process.stop()

    def next_run(self, process: Process) -> Run | None:
        with self.changed:
            while True:
                if self.is_closed:
                    return None
                self.forget_unwanted()
                if self.waiting:
                    run = self.waiting.pop(0)
                    self.running[run.key] = run
                    for other in self.waiting:
                        other.wake()  # it has moved up
                    return run
                if not self.changed.wait(self.linger):
                    process.stop()

    def carry_out(self, run: Run, process: Process) -> None:
        process.send(run.settings, run.stood)
        run.become(State.RUNNING)
        while (message := process.receive()) is not None:
            if isinstance(message, bytes):
                run.stood = message
                run.become(State.PAUSED)
                return
            run.take(message)
            process.answer(self.is_wanted(run))
        run.stood = None
        run.become(State.ENDED)

    def put_away(self, run: Run) -> None:
        """Until somebody asks for it again, or already: who came while it was put away waits for it."""
        if self.is_wanted(run):
            run.become(State.WAITING)
            self.waiting.insert(0, run)
        else:
            self.paused[run.key] = run
            self.make_space()

    def keep(self, run: Run) -> None:
        self.finished[run.key] = run
        self.make_space()

    def make_space(self) -> None:
        """Throw away what is too much, first of what is put away, then of what is finished; one finished run stays."""
        held = sum(run.weight for runs in (self.paused, self.finished) for run in runs.values())
        while held > self.kept_bytes and (self.paused or len(self.finished) > 1):
            _, oldest = (self.paused or self.finished).popitem(last=False)
            held -= oldest.weight

    def close(self) -> None:
        """Stop everything, and wait until it has stopped."""
        with self.changed:
            self.is_closed = True
            self.changed.notify_all()
        for process in self.processes:
            if process.child is not None:
                process.child.kill()
        for thread in self.threads:
            thread.join(timeout=5)
