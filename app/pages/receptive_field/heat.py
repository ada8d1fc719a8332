"""The effective receptive field as pictures: where the gradient of the chosen unit is large."""

from base64 import b64encode
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.pages.receptive_field import words
from app.pages.receptive_field.question import Question
from app.pages.receptive_field.view import Box, field_of
from app.painters.palette import LIGHT
from app.painters.picture import INDEXED, assemble
from kernels.effective_field import random_field, uniform_field, work
from kernels.graph import INPUT

Array = NDArray[np.float64]

DRAWS = 16
MOST_WORK = 60_000_000
"""Multiplications of all draws together; larger stacks are drawn less often."""
MOST_UNIFORM = 1_500_000_000
"""Multiplications of the exact count of paths."""
HALF = 0.5


@dataclass(frozen=True)
class Heat:
    title: str
    note: str
    href: str
    """A PNG with a pixel for each cell of the input, clear where the gradient is 0."""
    half: float
    """The share of the field's cells that, the largest first, make up half of the gradient."""


@dataclass(frozen=True)
class Heats:
    rows: int
    cols: int
    field: Box
    pictures: tuple[Heat, ...]

    @property
    def shown(self) -> Box:
        """The field with a rim around it."""
        rim = max(self.field.wide, self.field.high) * 0.08
        return self.field.around(self.field, rim)


def heats(question: Question) -> Heats | None:
    """Both pictures; None where the unit sees nothing, is a cell of the input, or would take too long."""
    chosen, field = question.chosen, field_of(question)
    if chosen.node == INPUT or field is None or uniform_work(question) > MOST_UNIFORM:
        return None
    rows, cols = (1, *question.spatial)[-2:]
    made = [
        heat(
            words.UNIFORM, words.UNIFORM_NOTE, uniform_field(question.measured, question.spatial, *at(question)), field
        )
    ]
    draws = min(DRAWS, MOST_WORK // max(work(question.measured, chosen.node), 1))
    if draws:
        drawn = random_field(question.measured, question.spatial, *at(question), draws, question.seed)
        made.append(heat(words.RANDOM, words.RANDOM_NOTE.format(draws=draws, seed=question.seed), drawn, field))
    return Heats(rows, cols, field, tuple(made))


def at(question: Question) -> tuple[int, tuple[int, ...]]:
    return question.chosen.node, question.chosen.unit


def uniform_work(question: Question) -> int:
    """Counting paths multiplies each map with the table of each axis."""
    total = 0
    for layer in question.measured[: question.chosen.node + 1]:
        sides = [max(size, before) for size, before in zip(layer.spatial, layer.spatial_inputs[0], strict=True)]
        if layer.windows or layer.layer.kind == "linear":
            total += int(np.prod(sides)) * sum(sides)
    return total


def heat(title: str, note: str, gradient: Array, field: Box) -> Heat:
    largest = gradient.max()
    shares = gradient / largest if largest > 0 else gradient
    return Heat(title, note, png_url(np.atleast_2d(shares)), half_of(gradient, field))


def half_of(gradient: Array, field: Box) -> float:
    """How many of the field's cells hold half of the whole, as a share."""
    ranked = np.sort(gradient, axis=None)[::-1]
    total = ranked.sum()
    if total <= 0:
        return 0.0
    cells = int(np.searchsorted(ranked.cumsum(), HALF * total)) + 1
    return cells / (field.wide * field.high)


def png_url(shares: Array) -> str:
    """Shares from 0 to 1 as the input's blue, from clear to full."""
    shades = np.rint(shares * 255).astype(np.uint8)
    colours = bytes.fromhex(LIGHT["input"][1:]) * 256
    png = assemble(shades, INDEXED, [(b"PLTE", colours), (b"tRNS", bytes(range(256)))])
    return "data:image/png;base64," + b64encode(png).decode()
