"""What the two networks make of a drawing, layer by layer."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import repeat
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from app.address.numbers import spell_number
from app.address.query import spell_address
from app.pages.lenet.drawing import INK, Drawing
from kernels.lenet import LeNetLayer, Outcome, dense, lenet5, run
from kernels.softmax import softmax

Array = NDArray[np.float64]

NETWORKS: Mapping[str, Callable[[], tuple[LeNetLayer, ...]]] = {"lenet5": lenet5, "dense": dense}
"""In the order in which they are sent."""


@dataclass(frozen=True)
class Reading:
    """One layer's outcome in one network; `kept` is how much of it is as before the digit moved."""

    network: str
    outcome: Outcome
    kept: float | None

    @property
    def name(self) -> str:
        return self.outcome.layer.name

    @property
    def most(self) -> float:
        """The largest activation, which gets the full colour."""
        return float(self.outcome.a.max())


@dataclass(frozen=True)
class Verdict:
    """What a network says in the end. Of an empty sheet it says nothing: `digit` is None."""

    network: str
    scores: Array
    """Of each digit, before softmax."""
    probabilities: Array
    digit: int | None

    @property
    def scores_address(self) -> str:
        """The scores on their way to a loss, the digit that is read taken for the truth."""
        fields = {"scores": ",".join(map(spell_number, self.scores.tolist())), "target": str(self.digit or 0)}
        return f"/softmax?{spell_address(fields)}"


def read(drawing: Drawing) -> Iterator[Reading | Verdict]:
    """Each layer as soon as it is computed, and each network's verdict behind its last layer."""
    for network, layers in NETWORKS.items():
        before = run(layers(), drawing.still.pixels / INK) if drawing.is_moved else repeat(None)
        for outcome, still in zip(run(layers(), drawing.pixels / INK), before, strict=False):
            yield Reading(network, outcome, None if still is None else likeness(outcome.a, still.a))
        probabilities = softmax(outcome.y.ravel())
        digit = int(probabilities.argmax()) if drawing.pixels.any() else None
        yield Verdict(network, outcome.y.ravel(), probabilities, digit)


def likeness(a: Array, b: Array) -> float:
    """The cosine of the angle between two layers' activations, from 0 to 1 where none is negative; 1 for two zeros."""
    lengths = sqrt(total(a * a)) * sqrt(total(b * b))
    return round(total(a * b) / lengths, 3) if lengths else float(not a.any() and not b.any())


def total(values: Array) -> float:
    """The sum, added up one after the other, whatever the processor."""
    return float(np.add.accumulate(values.ravel())[-1])
