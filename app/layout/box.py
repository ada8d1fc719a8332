"""Boxes that a stage has for its drawing, and places in them, in units: pixels of a laptop or a phone, whose drawings
grow and shrink with their boxes."""

from typing import NamedTuple

CELL = 40
"""Units of a cell in the drawing of a plane, before it has its place."""


class Box(NamedTuple):
    width: float
    height: float
    gap: float
    """Units between planes side by side."""
    largest: float
    """Units of a cell at most."""
    habit: float
    """How much larger cells must come out for groups to leave their one row: most changes then keep the arrangement."""
    least: tuple[float, float]
    """What a drawing has at least, so that a few cells do not become a wall."""


WIDE = Box(980, 392, 58, 60, 6, (620, 250))
"""The stage of a laptop."""
FRAMED = Box(1060, 440, 58, 400, 6, (0, 0))
"""A frame on a slide, or a whole wall: even a few cells fill it."""
PAIRED = Box(1060, 205, 58, 400, 6, (0, 0))
"""One of two in a frame, the other under it."""
TALL = Box(362, 410, 20, 44, 0, (300, 300))
"""The stage of a phone."""


class Spot(NamedTuple):
    """Where the upper left corner of a plane's first cell lies, how large a cell is, whether words stand over it."""

    x: float
    y: float
    cell: float
    is_titled: bool = True
