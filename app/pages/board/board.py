"""What stands on a board, and what it shows at each moment. The server says all of it; static/js/board/ plays it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from app.layout.sheet import Sheet, SizeClass
from app.layout.tree import Leaf, Tree
from app.text import page as words
from app.views.marks import Sign, corners
from app.views.plane import Plane, Space, largest

Array = NDArray[np.float64]
Line = tuple[tuple[str, str], ...]
"""A sentence in parts: (text, role), the role that of a space, or empty."""
SIGN, LETTER = 0.5, 0.42
"""Cells that are kept free before a plane for the sign in front of it, and for each of its letters."""


@dataclass(frozen=True)
class Flight:
    """A number on its way from one cell to another."""

    start: tuple[str, int]
    end: tuple[str, int]
    text: str


@dataclass(frozen=True)
class Moment:
    """What one step of a board shows. Planes that it does not name are seen whole, and nothing is outlined on them."""

    lines: tuple[Line, ...] = ()
    shown: Mapping[str, int] = field(default_factory=dict)
    """For planes by their ids, how many of their cells are to be seen."""
    lit: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """For planes by their ids, the cells that are outlined."""
    flights: tuple[Flight, ...] = ()
    slides: Mapping[str, str] = field(default_factory=dict)
    """Planes that come from the places of others."""
    time: int = 0
    """Milliseconds that it takes, where that is not worked out from its place in the play."""


@dataclass(frozen=True)
class Way:
    """An arrow from one plane to another: across the space between them, or round below what stands there."""

    start: str
    end: str
    is_around: bool = False
    """Round below, where both stand on one line; else it goes straight."""
    box: Literal["wide", "tall", ""] = ""
    """The only arrangement that has it, if one alone has."""


@dataclass(frozen=True)
class Board:
    """Planes with their words, in a wide and in a tall arrangement, and moments to play."""

    sheets: tuple[Sheet, ...]
    wide: tuple[Tree, ...]
    """Arrangements for a wide box, of which the one that fits best is taken."""
    tall: tuple[Tree, ...]
    moments: tuple[Moment, ...]
    row: int = 1
    """How many moments make a row: a long play goes row by row after its first."""
    ways: tuple[Way, ...] = ()
    """Lines between planes, along which the numbers go."""
    notable: int | None = None
    """The moment at which it opens; without one, that which reads most."""


def sheet(
    name: str,
    space: Space,
    values: Array,
    title: str,
    *,
    grid: str = "",
    sign: str = "",
    shape: str = "",
    scale: float | None = None,
    turned: bool = False,
    differing: NDArray[np.bool_] | None = None,
    crowded: bool = False,
    size: SizeClass = "large",
    label: str = "",
) -> Sheet:
    """One plane, shape (rows, cols), with its words. `grid` is the field that holds its numbers, if one does."""
    plane = Plane(name, space, grid, values, scale or largest(values), turned=turned, crowded=crowded)
    if sign:
        plane = replace(plane, clearance=(0, 0, 0, SIGN + LETTER * len(sign)))
    marks = (*((Sign(sign),) if sign else ()), *(() if differing is None else corners(differing, follows=False)))
    said = words.PLANE_LABEL.format(what=label or title, rows=plane.rows, cols=plane.cols)
    return Sheet(plane, title, shape=shape, label=said, marks=marks, size=size)


def leaves(sheets: Sequence[Sheet]) -> dict[str, Leaf]:
    """The sheets by the ids of their planes, as arrangements hold them."""
    return {each.plane.id: Leaf(number, each.extent) for number, each in enumerate(sheets)}
