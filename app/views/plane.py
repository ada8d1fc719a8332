"""A plane: one channel as a grid of cells, with the padding drawn around it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from app.scene.scene import Scene

Space = Literal["input", "tap", "product", "output"]
Tones = Literal["", "photograph", "grey"]
"""How a picture is painted: in its space's colour, from black at 0 to white at 255, or about a mid-grey that is 0."""
WHITE = 255
NUMBERED_SIDE = 32
"""Planes up to this many cells a side carry numbers; larger ones are pictures, whose numbers a loupe shows."""
NUMBERED_CELLS = 2000
"""… unless their padding makes them many more."""
PHOTOGRAPH_SIDE = 16
"""A photograph carries numbers up to this many cells a side only: beyond, it is looked at."""
RESULT_SIDE = 8
"""… and so are its results, unless they have no more than this."""


@dataclass(frozen=True)
class Plane:
    """One channel as rows × cols cells, numbered in reading order."""

    id: str
    space: Space
    grid: str
    values: NDArray[np.float64]
    """Shape (rows, cols), padding included."""
    scale: float
    """The magnitude that has the full colour."""
    margin: tuple[int, int, int, int] = (0, 0, 0, 0)
    """Padding cells above, right of, below and left of the data."""
    turned: bool = False
    """A kernel drawn turned by 180°: cell 0 holds its last weight."""
    crowded: bool = False
    """Drawn among more cells than can hold numbers: a picture, as all the others."""
    clearance: tuple[float, float, float, float] = (0, 0, 0, 0)
    """Cells that are kept free above, right of, below and left of its own."""
    unread: NDArray[np.bool_] | None = None
    """Which cells nothing reads, shape (rows, cols); None where that is not asked."""
    asked_tones: Tones = ""
    numbered_side: int = NUMBERED_SIDE
    """How many cells a side it may have and still carry numbers."""
    spread: tuple[int, int] = (1, 1)
    """The data lie this many rows and columns apart; the cells between are zeros, drawn as padding is."""

    @property
    def rows(self) -> int:
        return int(self.values.shape[0])

    @property
    def cols(self) -> int:
        return int(self.values.shape[1])

    @cached_property
    def is_picture(self) -> bool:
        top, right, bottom, left = self.margin
        sides = (self.rows - top - bottom, self.cols - left - right)
        return self.crowded or is_picture(sides, self.rows * self.cols, self.numbered_side)

    @property
    def tones(self) -> Tones:
        return "photograph" if self.is_photograph else self.asked_tones

    @cached_property
    def is_photograph(self) -> bool:
        """Data as a camera gives them: whole, 0 to 255, and using that range."""
        values = self.values
        return bool(self.space == "input" and self.scale > 64 and fits_photograph(values)) and np.array_equal(
            values, np.floor(values)
        )

    @property
    def has_unread(self) -> bool:
        return self.unread is not None and bool(self.unread.any())

    @property
    def has_margin(self) -> bool:
        """Whether any cell is drawn as padding is."""
        return any(self.margin) or self.spread != (1, 1)

    def is_margin(self, row: int, col: int) -> bool:
        top, right, bottom, left = self.margin
        is_between = (row - top) % self.spread[0] or (col - left) % self.spread[1]
        return bool(is_between) or not (top <= row < self.rows - bottom and left <= col < self.cols - right)


def tones_of(results: NDArray[np.float64], asked: str) -> Tones:
    """How results are painted that are asked for in grey: as photographs are, where they stay within their range."""
    if asked != "grey":
        return ""
    return "photograph" if fits_photograph(results) else "grey"


def fits_photograph(values: NDArray[np.float64]) -> bool:
    return bool(values.min() >= 0 and values.max() <= WHITE)


def numbered_side(scene: Scene) -> int:
    """How many cells a side the data and the results of a scene may have and still carry numbers."""
    if not scene.shows_photograph:
        return NUMBERED_SIDE
    return RESULT_SIDE if max(scene.data.shape[1:]) > PHOTOGRAPH_SIDE else PHOTOGRAPH_SIDE


def is_picture(sides: tuple[int, ...], drawn: int, numbered_side: int = NUMBERED_SIDE) -> bool:
    """Whether a plane of these sides, with this number of cells drawn, padding included, is too large for numbers."""
    return max(sides) > numbered_side or drawn > NUMBERED_CELLS


def numbered(sides: tuple[int, ...], drawn: int, numbered_side: int = NUMBERED_SIDE) -> int:
    """How many cells with numbers a plane has; a picture has none."""
    return 0 if is_picture(sides, drawn, numbered_side) else drawn


def as_plane(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """A line as a picture with one row."""
    return values[np.newaxis] if values.ndim == 1 else values


def largest(values: NDArray[np.float64] | None) -> float:
    """The magnitude that a colour scale ends at; 1 where all is zero."""
    return (float(np.abs(values).max()) or 1.0) if values is not None and values.size else 1.0
