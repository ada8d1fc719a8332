"""What the two networks make of a drawing, layer by layer."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from app.address.numbers import spell_number
from app.address.query import spell_address
from app.pages.lenet.drawing import Drawing
from app.pages.lenet.paper import INK
from kernels.lenet import Outcome, run
from kernels.softmax import softmax

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Reading:
    """One layer's outcome in one network; `kept` is how much of it is as it was before anything was changed."""

    network: str
    outcome: Outcome
    kept: float | None
    is_blank: bool
    """Whether the paper is empty, so that nothing is to be shown of what the biases make of it."""

    @property
    def name(self) -> str:
        return self.outcome.layer.name

    @property
    def shown(self) -> Array:
        """What its pictures show: y, and under dropout what is handed on of it."""
        gain = self.outcome.layer.gain
        return self.outcome.y if gain is None else self.outcome.y * gain

    @property
    def most(self) -> float:
        """The largest activation, which gets the full colour; 0 where there is none to show."""
        return 0.0 if self.is_blank else max(0.0, float(self.outcome.a.max()))


@dataclass(frozen=True)
class Verdict:
    """What a network says in the end. Of an empty sheet it says nothing: `digit` is None."""

    network: str
    scores: Array
    """Of each digit, before softmax."""
    probabilities: Array
    digit: int | None
    before: int | None
    """What it says without the patch that covers; the same where there is none."""

    @property
    def scores_address(self) -> str:
        """The scores on their way to a loss, the digit that is read taken for the truth."""
        fields = {"scores": ",".join(map(spell_number, self.scores.tolist())), "target": str(self.digit or 0)}
        return f"/softmax?{spell_address(fields)}"


def read(drawing: Drawing) -> Iterator[Reading | Verdict]:
    """Each layer as soon as it is computed, and each network's verdict behind its last layer."""
    is_blank, still = not drawing.pixels.any(), drawing.still
    for network, layers in drawing.networks.items():
        untouched = run(still.networks[network], still.pixels / INK) if drawing.is_changed else repeat(None)
        for outcome, earlier in zip(run(layers, drawing.pixels / INK), untouched, strict=False):
            kept = None if earlier is None or is_blank else likeness(outcome.a, earlier.a)
            yield Reading(network, outcome, kept, is_blank)
        scores = outcome.y.ravel()
        digit = None if is_blank else int(scores.argmax())
        before = digit if drawing.cover is None else uncovered(drawing, network)
        yield Verdict(network, scores, softmax(scores), digit, before)


def uncovered(drawing: Drawing, network: str) -> int | None:
    """What a network says of the drawing without the patch."""
    *_, output = run(drawing.networks[network], drawing.uncovered / INK)
    return int(output.y.ravel().argmax()) if drawing.uncovered.any() else None


def likeness(a: Array, b: Array) -> float:
    """The cosine of the angle between two layers' activations, from 0 to 1 where none is negative; 1 for two zeros."""
    lengths = sqrt(total(a * a)) * sqrt(total(b * b))
    return round(total(a * b) / lengths, 3) if lengths else float(not a.any() and not b.any())


def total(values: Array) -> float:
    """The sum, added up one after the other, whatever the processor."""
    return float(np.add.accumulate(values.ravel())[-1])
