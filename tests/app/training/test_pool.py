"""The processes that train: one run for all who ask for it, a queue, and an end where nobody watches."""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from queue import Queue
from typing import Any

import numpy as np
import pytest

from app.training.pool import PATIENCE, Pool, Process
from app.training.run import Run, State
from kernels.training import Checkpoint, Settings, Step
from tests.kernels.trained import PLAIN

SMALL = replace(PLAIN, steps=4, batch=8)


class Scripted:
    """Stands in for a process: what it sends is put into it by the test."""

    def __init__(self) -> None:
        self.asked: list[Settings] = []
        self.stood: list[bytes | None] = []
        self.sent: Queue[Any] = Queue()
        self.stops = 0
        self.child = None

    def send(self, settings: Settings, stood: bytes | None) -> None:
        self.asked.append(settings)
        self.stood.append(stood)

    def answer(self, goes_on: bool) -> None:
        if not goes_on:
            self.sent.put(b"as it stands")

    def receive(self) -> Any:
        return self.sent.get(timeout=30)

    def stop(self) -> None:
        self.stops += 1


class Time:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
def process() -> Scripted:
    return Scripted()


@pytest.fixture
def pool(process: Scripted, clock: Time) -> Iterator[Pool]:
    made = Pool(1, kept_bytes=1_000_000, clock=clock)
    made.processes = [process]  # type: ignore[list-item]
    yield made
    process.sent.put(None)  # what is still under way
    made.close()


def until(holds: Callable[[], bool]) -> None:
    """Wait for another thread."""
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.002)


def step(number: int) -> Step:
    return Step(number, 2.0, 0.5, None)


def checkpoint(number: int, size: int = 10) -> Checkpoint:
    return Checkpoint(number, {"1.w": np.zeros(size, np.float16)}, np.zeros(10, np.uint8), {"1": 0.1})


def in_loop(test: Callable[[], Any]) -> None:
    """Watching needs an event loop."""

    async def run() -> None:
        await test()

    asyncio.run(run())


def test_whoever_asks_for_the_same_watches_the_same_run(pool: Pool, process: Scripted) -> None:
    async def test() -> None:
        with pool.watch("/train?a", SMALL) as (one, _), pool.watch("/train?a", SMALL) as (other, watcher):
            assert one is other
            process.sent.put([step(1)])
            await watcher.changed(30)
            until(lambda: len(one.steps) == 1)
            process.sent.put(None)
            until(lambda: one.state is State.ENDED)
        until(lambda: "/train?a" in pool.finished)
        assert process.asked == [SMALL]
        with pool.watch("/train?a", SMALL) as (kept, _):
            assert kept is one

    in_loop(test)


def test_the_second_of_two_runs_waits_and_is_told_its_place(pool: Pool, process: Scripted) -> None:
    async def test() -> None:
        with pool.watch("/train?a", SMALL) as (first, _):
            until(lambda: first.state is State.RUNNING)
            with pool.watch("/train?b", SMALL) as (second, _), pool.watch("/train?c", SMALL) as (third, _):
                assert (pool.place(first), pool.place(second), pool.place(third)) == (0, 1, 2)
                process.sent.put(None)
                until(lambda: second.state is State.RUNNING)
                assert pool.place(third) == 1
                process.sent.put(None)
                process.sent.put(None)
                until(lambda: third.is_over)

    in_loop(test)


def test_a_run_that_nobody_watches_is_put_away_and_goes_on_from_where_it_stood(
    pool: Pool, process: Scripted, clock: Time
) -> None:
    async def test() -> None:
        with pool.watch("/train?a", SMALL) as (run, _):
            until(lambda: run.state is State.RUNNING)
        process.sent.put([step(1)])
        until(lambda: len(run.steps) == 1)
        assert run.state is State.RUNNING  # who loads a page again finds it
        clock.now += PATIENCE
        process.sent.put([step(2)])
        until(lambda: "/train?a" in pool.paused)
        assert not pool.running
        assert pool.known("/train?a") is run
        with pool.watch("/train?a", SMALL) as (again, _):
            assert again is run
            until(lambda: len(process.stood) == 2)
            assert process.stood == [None, b"as it stands"]
            process.sent.put([step(3)])
            process.sent.put(None)
            until(lambda: again.is_over)
            assert [each.step for each in again.steps] == [1, 2, 3]
            assert again.stood is None

    in_loop(test)


def test_a_run_that_waits_and_that_nobody_watches_is_never_begun(pool: Pool, process: Scripted, clock: Time) -> None:
    async def test() -> None:
        with pool.watch("/train?a", SMALL) as (first, _):
            until(lambda: first.state is State.RUNNING)
            with pool.watch("/train?b", SMALL):
                pass
            clock.now += PATIENCE
            with pool.watch("/train?c", replace(SMALL, seed=3)) as (third, _):
                assert pool.place(third) == 1
                process.sent.put(None)
                until(lambda: third.state is State.RUNNING)
                process.sent.put(None)
                until(lambda: third.is_over and first.is_over)
        assert [settings.seed for settings in process.asked] == [1, 3]

    in_loop(test)


def test_a_pool_takes_no_more_than_it_can_keep_waiting(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.training.pool.MOST_WAITING", 1)

    async def test() -> None:
        with pool.watch("/train?a", SMALL) as (first, _):
            until(lambda: first.state is State.RUNNING)
            assert not pool.is_full_for("/train?b")
            with pool.watch("/train?b", SMALL):
                assert pool.is_full_for("/train?c")
                assert not pool.is_full_for("/train?a")
                assert not pool.is_full_for("/train?b")

    in_loop(test)


def test_finished_runs_are_kept_as_far_as_there_is_memory(pool: Pool) -> None:
    for name in "abc":
        run = Run(name, SMALL, State.ENDED, checkpoints=[checkpoint(0, size=200_000)])
        pool.keep(run)
    assert [*pool.finished] == ["b", "c"]


def test_what_is_put_away_is_thrown_away_before_what_is_finished(pool: Pool) -> None:
    pool.keep(Run("finished", SMALL, State.ENDED, checkpoints=[checkpoint(0, size=200_000)]))
    for name in "ab":
        pool.put_away(Run(name, SMALL, State.PAUSED, stood=bytes(400_000)))
    assert ([*pool.finished], [*pool.paused]) == (["finished"], ["b"])


def test_what_goes_wrong_in_a_process_is_said_and_the_next_run_goes_on(pool: Pool, process: Scripted) -> None:
    def receive() -> Any:
        process.receive = original  # type: ignore[method-assign]
        raise EOFError

    original, process.receive = process.receive, receive  # type: ignore[method-assign]

    async def test() -> None:
        with pool.watch("/train?a", SMALL) as (run, _):
            until(lambda: run.state is State.FAILED)
        with pool.watch("/train?b", SMALL) as (other, _):
            process.sent.put(None)
            until(lambda: other.state is State.ENDED)

    in_loop(test)


def test_a_process_that_has_waited_for_its_next_run_ends(process: Scripted) -> None:
    pool = Pool(1, kept_bytes=1_000_000, linger=0.01)
    pool.processes = [process]  # type: ignore[list-item]

    async def test() -> None:
        with pool.watch("/train?a", SMALL):
            process.sent.put(None)
            until(lambda: process.stops > 0)

    in_loop(test)
    pool.close()


def trained(settings: Settings, goes_on: bool) -> tuple[Run, int]:
    """A whole run of a real process, and how often it was put away."""
    process, run, put_away = Process(), Run("/train?a", settings), 0
    while not run.is_over:
        process.send(settings, run.stood)
        while isinstance(message := process.receive(), list):
            run.take(message)
            process.answer(goes_on)
        run.stood = message
        put_away += message is not None
        run.state = State.PAUSED if message else State.ENDED
    process.stop()
    return run, put_away


def test_a_real_process_goes_on_to_the_bit_where_a_run_stood() -> None:
    settings = replace(PLAIN, dropout=0.25, momentum=0.9, augment=("move", "noise"), steps=25)
    whole, never = trained(settings, goes_on=True)
    pieces, often = trained(settings, goes_on=False)
    assert (never, often > 0) == (0, True)
    assert pieces.steps == whole.steps
    for one, other in zip(pieces.checkpoints, whole.checkpoints, strict=True):
        assert (one.step, one.gradients) == (other.step, other.gradients)
        np.testing.assert_array_equal(one.answers, other.answers)
        for name, values in other.weights.items():
            np.testing.assert_array_equal(one.weights[name], values)


def test_a_real_process_trains_and_ends_with_the_pool() -> None:
    pool = Pool(1, kept_bytes=1_000_000)

    async def test() -> None:
        with pool.watch("/train?a", SMALL) as (run, watcher):
            while not run.is_over:
                await watcher.changed(30)
            assert run.state is State.ENDED
            assert [each.step for each in run.steps] == [1, 2, 3, 4]
            assert run.checkpoints[-1].step == 4

    asyncio.run(test())
    child = pool.processes[0].child
    assert child is not None
    pool.close()
    until(lambda: pool.processes[0].child is None)
    assert not child.is_alive
