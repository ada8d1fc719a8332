"""The scene as data for other programs: every cell a line of CSV, or every grid an array of NumPy.

A scene that asks for its results keeps all of them back: here nothing can be answered.
"""

from collections.abc import Iterator
from io import BytesIO, StringIO

import numpy as np
from numpy.typing import NDArray

from app.scene.scene import as_planes
from app.views.view import View

HEADER = "grid,channel,row,column,value"


def table(view: View) -> bytes:
    """A line for each cell of every grid; channels are counted in the order in which a grid holds its planes."""
    flat = view.scene.operation.flat
    written = StringIO()
    written.write(HEADER + "\n")
    for name, values in grids(view):
        for place, value in np.ndenumerate(as_planes(values, min(flat, values.ndim)) if values.ndim else values):
            channel, row, column = lines(place)
            said = "" if np.isnan(value) else f"{int(value)}" if value == int(value) else repr(float(value))
            written.write(f"{name},{channel},{row},{column},{said}\n")
    return written.getvalue().encode()


def lines(place: tuple[int, ...]) -> tuple[int, int, int]:
    """Channel, row and column: what is flat is one row, and what has no cells is one of each channel."""
    channel, *cells = (*place, 0) if len(place) == 1 else place
    row, column = cells if len(cells) == 2 else (0, cells[0])
    return channel, row, column


def arrays(view: View) -> bytes:
    """The grids by their names, in their own shapes."""
    held = BytesIO()
    np.savez_compressed(held, allow_pickle=False, **dict(grids(view)))
    return held.getvalue()


def grids(view: View) -> Iterator[tuple[str, NDArray[np.float64]]]:
    scene = view.scene
    for name in (*scene.layer.grids, *scene.layer.made):
        values = scene.values(name)
        if values is not None:
            yield name, values
    activated = scene.activate(scene.y)
    for name, values in (("y", scene.y), ("a", activated)):
        if values is not None:
            yield name, np.full_like(values, np.nan) if scene.presentation.predict else values
