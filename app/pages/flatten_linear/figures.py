"""The small grids of the cards, drawn with their numbers."""

from dataclasses import dataclass

from markupsafe import Markup

from app.address.phrases import times
from app.layout.box import CELL
from app.pages.board.grids import Array
from app.pages.flatten_linear import words
from app.painters.palette import PAGE
from app.painters.svg import RIM, drawing
from app.views.plane import Plane, largest
from app.views.plane import Space as Role

WIDTH = 25
"""Pixels of one cell, at most."""
PIXEL = 7
"""Pixels of one cell of a picture."""


@dataclass(frozen=True)
class Figure:
    """A grid with its name."""

    title: str
    shape: str
    svg: Markup


def figure(title: str, values: Array, role: Role, *, is_picture: bool = False) -> Figure:
    """One plane, shape (rows, columns): with its numbers, or as a picture."""
    plane = Plane(title, role, title, values, largest(values), crowded=is_picture)
    rows, cols = values.shape
    cell = PIXEL if is_picture else WIDTH
    svg = (
        f'<svg class="grid {role}" role="img" aria-label="{words.GRID_LABEL.format(title=title, rows=rows, cols=cols)}"'
        f' viewBox="-{RIM} -{RIM} {cols * CELL + 2 * RIM} {rows * CELL + 2 * RIM}" width="{cols * cell}">'
        f"{drawing(plane, PAGE)}</svg>"
    )
    return Figure(title, times((rows, cols)), Markup(svg))
