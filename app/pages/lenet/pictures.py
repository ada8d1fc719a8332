"""Maps as SVG: one pixel a cell, as a mask over the colour of the map's space, which follows the theme."""

from base64 import b64encode

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from app.painters.picture import GREY, assemble

Array = NDArray[np.float64]


def picture(id: str, values: Array, most: float, space: str) -> Markup:
    """The cells (rows, columns) from clear, at 0 and below, to the full colour at `most`."""
    rows, cols = values.shape
    size = f'x="0" y="0" width="{cols}" height="{rows}"'
    return Markup(  # of numbers and of our own words, nothing of a reader's
        f'<svg viewBox="0 0 {cols} {rows}" aria-hidden="true"><mask id="{id}" maskUnits="userSpaceOnUse" {size}>'
        f'<image {size} image-rendering="pixelated" href="{shades(values, most)}"/></mask>'
        f'<rect {size} fill="var(--{space})" mask="url(#{id})"/></svg>'
    )


def shades(values: Array, most: float) -> str:
    pixels = np.rint(np.clip(values / (most or 1), 0, 1) * 255).astype(np.uint8)
    return "data:image/png;base64," + b64encode(assemble(pixels, GREY, [])).decode()
