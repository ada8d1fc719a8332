"""Filters as small pictures: amber where a weight is positive, brick red where it is negative, clear at zero."""

from base64 import b64encode

import numpy as np
from markupsafe import Markup

from app.painters.palette import LIGHT
from app.painters.picture import INDEXED, assemble
from kernels.batched import Array

COLOURS = bytes.fromhex(LIGHT["tap"][1:]) * 128 + bytes.fromhex(LIGHT["negative"][1:]) * 128
OPACITIES = bytes(round(shade * 255 / 127) for shade in range(128)) * 2


def signed(values: Array, most: float) -> Markup:
    """The cells (rows, cols), from clear at 0 to their full colour at `most`."""
    shades = np.rint(np.clip(np.abs(values) / (most or 1), 0, 1) * 127).astype(np.uint8)
    pixels = shades + np.where(values < 0, 128, 0).astype(np.uint8)
    source = b64encode(assemble(pixels, INDEXED, [(b"PLTE", COLOURS), (b"tRNS", OPACITIES)])).decode()
    rows, cols = values.shape
    return Markup(  # of numbers alone, nothing of a reader's
        f'<svg viewBox="0 0 {cols} {rows}" aria-hidden="true"><image width="{cols}" height="{rows}" '
        f'image-rendering="pixelated" href="data:image/png;base64,{source}"/></svg>'
    )
