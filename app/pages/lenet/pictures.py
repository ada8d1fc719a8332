"""Maps as SVG: one pixel a cell, as a mask over the colour of the map's space, which follows the theme."""

from base64 import b64encode

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from app.painters.picture import GREY, assemble

Array = NDArray[np.float64]

SLICES_ACROSS = 3
"""How many slices of a filter stand beside each other."""


def picture(id: str, values: Array, most: float, space: str) -> Markup:
    """The cells (rows, columns) from clear, at 0 and below, to the full colour at `most`; blank where that is 0."""
    return assembled(values.shape, coloured(id, values, most, space))


def signed_picture(id: str, values: Array, most: float, space: str) -> Markup:
    """The same, with the colour of negative numbers below 0; what is NaN stays clear."""
    values = np.nan_to_num(values)
    return assembled(
        values.shape, coloured(id, values, most, space) + coloured(f"{id}-negative", -values, most, "negative")
    )


def assembled(shape: tuple[int, ...], layers: str) -> Markup:
    rows, cols = shape
    # Of numbers and of our own words, nothing of a reader's.
    return Markup(f'<svg viewBox="0 0 {cols} {rows}" aria-hidden="true">{layers}</svg>')


def coloured(id: str, values: Array, most: float, space: str) -> str:
    rows, cols = values.shape
    size = f'x="0" y="0" width="{cols}" height="{rows}"'
    return (
        f'<mask id="{id}" maskUnits="userSpaceOnUse" {size}>'
        f'<image {size} image-rendering="pixelated" href="{shades(values, most)}"/></mask>'
        f'<rect {size} fill="var(--{space})" mask="url(#{id})"/>'
    )


def shades(values: Array, most: float) -> str:
    shares = np.clip(values / most, 0, 1) if most > 0 else np.zeros(values.shape)
    pixels = np.rint(shares * 255).astype(np.uint8)
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
