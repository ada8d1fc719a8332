"""Maps as SVG, in shades of the colour of the map's space, which follows the theme.

A mask for each would be exact to the last shade, but a hundred masks are slow to paint.
"""

from base64 import b64encode
from functools import lru_cache

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from app.painters.picture import GREY, assemble

Array = NDArray[np.float64]

SHADES = 16
"""Steps from clear to the full colour."""
LEVELS = tuple(f"{level / SHADES:.2g}" for level in range(SHADES + 1))
"""How opaque each is."""
SLICES_ACROSS = 3
"""How many slices of a filter stand beside each other."""


def picture(values: Array, most: float, space: str) -> Markup:
    """The cells (rows, columns) from clear, at 0 and below, to the full colour at `most`; blank where that is 0."""
    return assembled(values.shape, coloured(values, most, space))


def signed_picture(values: Array, most: float, space: str) -> Markup:
    """The same, with the colour of negative numbers below 0; what is NaN stays clear."""
    values = np.nan_to_num(values)
    return assembled(values.shape, coloured(values, most, space) + coloured(-values, most, "negative"))


def assembled(shape: tuple[int, ...], layers: str) -> Markup:
    rows, cols = shape
    # Of numbers and of our own words, nothing of a reader's.
    return Markup(f'<svg viewBox="0 0 {cols} {rows}" aria-hidden="true">{layers}</svg>')


def coloured(values: Array, most: float, space: str) -> str:
    """Lines as thick as a cell, from where a row takes on a shade to where it takes on the next."""
    rows, cols = values.shape
    # Cells as they follow each other, a clear one behind each row: so a line ends where the next change is.
    levels = np.zeros(rows * (cols + 1) + 1, np.int8)
    levels[1:].reshape(rows, cols + 1)[:, :-1] = np.rint(shares(values, most) * SHADES)
    changes = (levels[1:] != levels[:-1]).nonzero()[0]
    starts, shades, marks = changes.tolist(), levels[1:][changes].tolist(), line_starts(rows, cols)
    lines: list[list[str]] = [[] for _ in range(SHADES + 1)]
    for start, end, level in zip(starts, starts[1:], shades, strict=False):
        if level:
            lines[level].append(f"{marks[start]}{end - start}")
    paths = "".join(
        f'<path opacity="{LEVELS[level]}" d="{"".join(drawn)}"/>' for level, drawn in enumerate(lines) if drawn
    )
    return f'<g stroke="var(--{space})" shape-rendering="crispEdges" transform="translate(0 .5)">{paths}</g>'


@lru_cache(64)
def line_starts(rows: int, cols: int) -> tuple[str, ...]:
    """What a line that starts in this cell begins with, in reading order, one place more for each row."""
    return tuple(f"M{col} {row}h" for row in range(rows) for col in range(cols + 1))


def shares(values: Array, most: float) -> Array:
    """Of `most`, from 0 to 1."""
    return np.minimum(np.maximum(values / most, 0), 1) if most > 0 else np.zeros(values.shape)


def shades(values: Array, most: float) -> str:
    """The address of a picture in greys, one pixel a cell."""
    pixels = np.rint(shares(values, most) * 255).astype(np.uint8)
    return "data:image/png;base64," + b64encode(assemble(pixels, GREY, [])).decode()


def slices(kernel: Array) -> Array:
    """A filter's slices (channels, rows, columns) as one sheet, three beside each other, with a line between them."""
    channels, rows, cols = kernel.shape
    across = min(channels, SLICES_ACROSS)
    sheet = np.full((-(-channels // across) * (rows + 1) - 1, across * (cols + 1) - 1), np.nan)
    for channel, plane in enumerate(kernel):
        top, left = channel // across * (rows + 1), channel % across * (cols + 1)
        sheet[top : top + rows, left : left + cols] = plane
    return sheet
