"""Runs that come with the program, checkpoints and all, so that what everybody watches costs nothing.

index.toml names them; tests/train/train_runs.py writes their files.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.address.query import read_address
from app.pages.train.task import Task, read_task
from app.settings import Limits
from app.training.run import Run, State
from kernels.training import Checkpoint, Step

FOLDER = Path(__file__).parent / "runs"


@dataclass(frozen=True)
class Shipped:
    """A run with its name, why one would watch it, and the run beside which it says most."""

    id: str
    group: str
    title: str
    shows: str
    task: Task
    against: str | None

    @property
    def file(self) -> Path:
        return FOLDER / f"{self.id}.npz"

    @property
    def address(self) -> str:
        return self.task.address(against=self.against)


@cache
def shipped() -> Mapping[str, Shipped]:
    """By the canonical address of the run."""
    entries = tomllib.loads((FOLDER / "index.toml").read_text())["run"]
    tasks = {
        entry["id"]: read_task(read_address(entry["query"].encode()), Limits.model_construct()) for entry in entries
    }
    made = [
        Shipped(
            id=entry["id"],
            group=entry["group"],
            title=entry["title"],
            shows=entry["shows"],
            task=tasks[entry["id"]],
            against=tasks[entry["against"]].key if "against" in entry else None,
        )
        for entry in entries
    ]
    return {each.task.key: each for each in made}


@lru_cache(16)
def shipped_run(key: str) -> Run:
    """A shipped run as the pool would have it."""
    each = shipped()[key]
    with np.load(each.file) as file:
        return unpacked(dict(file), each.task)


def packed(run: Run) -> dict[str, NDArray[Any]]:
    """A run as arrays: one for each kind of number, over all steps or all checkpoints."""
    points = run.checkpoints
    weights = {f"weights/{name}": np.stack([point.weights[name] for point in points]) for name in points[0].weights}
    missing = float("nan")
    return {
        "loss": np.array([missing if step.loss is None else step.loss for step in run.steps]),
        "accuracy": np.array([step.accuracy for step in run.steps], np.float32),
        "held_out": np.array([missing if step.held_out is None else step.held_out for step in run.steps]),
        "marks": np.array([point.step for point in points]),
        "answers": np.stack([point.answers for point in points]),
        "gradients": np.array([[*point.gradients.values()] for point in points], np.float32),
        "places": np.array([*points[0].gradients]),
        **weights,
    }


def unpacked(arrays: Mapping[str, NDArray[Any]], task: Task) -> Run:
    run = Run(task.key, task.settings, State.ENDED)
    columns = (arrays[name].tolist() for name in ("loss", "accuracy", "held_out"))
    run.steps = [
        Step(step, known(loss), accuracy, known(held_out))
        for step, (loss, accuracy, held_out) in enumerate(zip(*columns, strict=True), 1)
    ]
    weights = {name.partition("/")[2]: values for name, values in arrays.items() if name.startswith("weights/")}
    places = arrays["places"].tolist()
    run.checkpoints = [
        Checkpoint(
            step,
            {name: values[index] for name, values in weights.items()},
            arrays["answers"][index],
            dict(zip(places, arrays["gradients"][index].tolist(), strict=True)),
        )
        for index, step in enumerate(arrays["marks"].tolist())
    ]
    return run


def known(value: float) -> float | None:
    return None if np.isnan(value) else value
