"""What a checkpoint shows: filters, maps of one digit, how sure it is, and what it takes for what."""

from collections import Counter
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from app.grids.pictures import digits
from app.pages.train.filters import MOST_FILTERS, slices
from app.pages.train.task import Task
from kernels.batched import Array
from kernels.graph import Measured
from kernels.mnist import held_out
from kernels.trainable import CLASSES, Network, Pass, as_batch
from kernels.training import INK, Checkpoint

ON_WALL = 300
"""Held-out digits that the wall shows, the first ones; all 1,500 are counted."""
ACTIVATIONS = frozenset({"relu", "tanh", "sigmoid"})


@dataclass(frozen=True)
class Maps:
    """What a layer makes of the digit: (maps, rows, cols), behind its activation."""

    place: str
    values: Array


@dataclass(frozen=True)
class Confusion:
    """How often one digit was taken for another, either way."""

    a: int
    b: int
    count: int


@dataclass(frozen=True)
class Showing:
    step: int
    filters: Array
    """Of the chosen layer: (filters, channels, rows, cols)."""
    maps: tuple[Maps, ...]
    probabilities: Array
    """(10,)"""
    table: NDArray[np.intp]
    """(true digit, read digit): how often, of the held-out digits."""
    wrong: dict[int, tuple[int, int]]
    """Of the digits on the wall, those that are read wrongly: which, what it is, and what it is read as."""
    gradients: dict[str, float]
    halves: tuple[float, float]
    """The share that is known of the first half of the held-out digits, and of the other."""

    @property
    def known(self) -> int:
        return int(np.trace(self.table))

    @property
    def held_out(self) -> float:
        return self.known / int(self.table.sum())

    @property
    def worst(self) -> Confusion | None:
        """The two digits that are confused most; None where all are known."""
        both = np.triu(self.table + self.table.T, 1)
        a, b = np.unravel_index(int(both.argmax()), both.shape)
        return Confusion(int(a), int(b), int(both[a, b])) if both[a, b] else None


def showing(task: Task, point: Checkpoint) -> Showing:
    forward = answer(task, point)
    network, scores = task.network, forward.scores[:, 0].astype(np.float64)
    powers = np.exp(scores - scores.max())
    labels = held_out().labels
    table = np.bincount(labels.astype(int) * CLASSES + point.answers, minlength=CLASSES**2).reshape(CLASSES, CLASSES)
    wall = np.flatnonzero(point.answers[:ON_WALL] != labels[:ON_WALL])
    return Showing(
        step=point.step,
        filters=slices(task.pictured, point),
        maps=tuple(
            Maps(layer.place, forward.outputs[index][:MOST_FILTERS, ..., 0]) for index, layer in mapped(network)
        ),
        probabilities=(powers / powers.sum()).astype(np.float32),
        table=table,
        wrong={int(index): (int(labels[index]), int(point.answers[index])) for index in wall},
        gradients=point.gradients,
        halves=halves(point),
    )


def halves(point: Checkpoint) -> tuple[float, float]:
    """One half to choose by and one to report: what a validation set and a test set are for."""
    first, second = np.split(point.answers == held_out().labels, 2)
    return float(first.mean()), float(second.mean())


def answer(task: Task, point: Checkpoint) -> Pass:
    """The chosen digit, through the network as it was then."""
    weights = {name: values.astype(np.float32) for name, values in point.weights.items()}
    with np.errstate(all="ignore"):
        return Pass(task.network, weights, as_batch(sample(task.parameters.sample)[np.newaxis]))


@cache
def sample(digit: int) -> Array:
    """A shipped digit from 0 to 1; it is among those that are held out."""
    shades: Array = (digits()[digit] / INK).astype(np.float32)
    return shades


def mapped(network: Network) -> list[tuple[int, Measured]]:
    """Whose maps are shown: of the first and of the last convolution that has maps, behind its activation."""
    convolutions = (index for index, layer in enumerate(network.layers) if layer.layer.kind == "conv")
    found = [index for index in convolutions if network.layers[index].shape[1] > 1]
    chosen = dict.fromkeys([*found[:1], *found[-1:]])
    return [(shown_at(network, index), network.layers[index]) for index in chosen]


def shown_at(network: Network, index: int) -> int:
    after = network.layers[index + 1 : index + 2]
    is_activated = bool(after) and after[0].layer.kind in ACTIVATIONS and after[0].node.sources == (index,)
    return index + is_activated


def most_confused(table: NDArray[np.intp], count: int) -> list[tuple[int, int, int]]:
    """The most frequent mistakes, as (true digit, read digit, how often)."""
    mistakes = Counter(
        {(true, read): int(table[true, read]) for true in range(CLASSES) for read in range(CLASSES) if true != read}
    )
    return [(true, read, often) for (true, read), often in mistakes.most_common(count) if often]
