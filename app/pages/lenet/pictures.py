"""Maps as SVG, in shades of the colour of the map's space, which follows the theme.

A mask for each would be exact to the last shade, but a hundred masks are slow to paint.
"""

from base64 import b64encode

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from app.painters.picture import GREY, assemble

Array = NDArray[np.float64]

SHADES = 16
"""Steps from clear to the full colour."""
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
    levels = np.rint(shares(values, most) * SHADES).astype(np.int64)
    around = np.pad(levels, ((0, 0), (1, 1)))
    rows, starts = np.nonzero(np.diff(around, axis=1))
    # Every row ends in a clear cell, so what follows a start is always the end of its own line.
    ends = np.append(starts, 0)[1:]
    lines: dict[int, list[str]] = {}
    for row, start, end, level in np.stack([rows, starts, ends, around[rows, starts + 1]], axis=1).tolist():
        if level:
            lines.setdefault(level, []).append(f"M{start} {row}h{end - start}")
    paths = "".join(f'<path opacity="{level / SHADES:.2g}" d="{"".join(lines[level])}"/>' for level in sorted(lines))
    return f'<g stroke="var(--{space})" shape-rendering="crispEdges" transform="translate(0 .5)">{paths}</g>'


def shares(values: Array, most: float) -> Array:
    """Of `most`, from 0 to 1."""
    return np.clip(values / most, 0, 1) if most > 0 else np.zeros(values.shape)


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
