"""The small grids of the demonstrations: read from an address, drawn with their numbers."""

from dataclasses import dataclass

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from app.address.phrases import times
from app.address.refusal import Refusal
from app.grids.literals import Grid, Space, read_grid, resolve
from app.layout.box import CELL
from app.pages.networks import words
from app.painters.palette import PAGE
from app.painters.svg import RIM, drawing
from app.views.plane import Plane, largest
from app.views.plane import Space as Role

Array = NDArray[np.float64]
WIDTH = 25
"""Pixels of one cell, at most."""


@dataclass(frozen=True)
class Figure:
    """A grid with its name, and the scene that makes it."""

    title: str
    shape: str
    svg: Markup
    address: str = ""


def read(text: str, name: str, leading: int, most: tuple[int, ...], kind: str) -> Grid:
    """The grid of a field, at most so large along each axis."""
    space = Space(2, leading, kind, int(np.prod(most)))  # type: ignore[arg-type]
    try:
        grid = read_grid(text, space)
        if any(given > bound for given, bound in zip(grid.values.shape, most, strict=True)):
            given, bound = times(grid.values.shape), times(most)
            raise Refusal(words.GRID_TOO_LARGE.format(name=name, given=given, most=bound), type="too_large")
        return resolve(grid, grid.values.shape, space)
    except Refusal as refusal:
        raise refusal.at(name) from None


def figure(title: str, values: Array, role: Role, *, address: str = "", scale: float | None = None) -> Figure:
    """One plane, shape (rows, columns)."""
    plane = Plane(title, role, title, values, scale or largest(values))
    rows, cols = values.shape
    svg = (
        f'<svg class="grid {role}" role="img" aria-label="{words.GRID_LABEL.format(title=title, rows=rows, cols=cols)}"'
        f' viewBox="-{RIM} -{RIM} {cols * CELL + 2 * RIM} {rows * CELL + 2 * RIM}" width="{cols * WIDTH}">'
        f"{drawing(plane, PAGE)}</svg>"
    )
    return Figure(title, times((rows, cols)), Markup(svg), address)
