"""Numbers as the pixels of an image: clipped as they are, about a mid-grey that is zero, or in signed colours.

    clip        y                        grey        128 + y / 2
    signed      white for zero, green for 255 and red for −255, and beyond

The same shade means the same number in every picture, so that results can be compared.
"""

from io import BytesIO
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.pages.pictures.recipe import Recipe
from app.pages.pictures.result import Planes
from app.painters.palette import LIGHT
from app.painters.picture import assemble_quickly

Bytes = NDArray[np.uint8]

WHITE = 255
MID_GREY = 128
PREVIEW_SIDE = 256
PREVIEW_BYTES = 21_000
"""As base64 they are 28,000, which leaves something for the words around them."""
QUALITIES = (80, 60, 40, 25, 10)


class Range(NamedTuple):
    """The least and the largest number, how many lie beyond what can be shown, and of how many."""

    least: float
    most: float
    beyond: int
    total: int

    def joined(self, other: "Range") -> "Range":
        least, most = min(self.least, other.least), max(self.most, other.most)
        return Range(least, most, self.beyond + other.beyond, self.total + other.total)


def range_of(y: Planes, recipe: Recipe) -> Range:
    beyond = sum(map(count_beyond, tiles(y, recipe), recipe.shows))
    return Range(float(y.min()), float(y.max()), beyond, y.size)


def count_beyond(y: Planes, show: str) -> int:
    """How many numbers an image cannot show as they are."""
    return int(np.count_nonzero(y < (0 if show == "clip" else -WHITE)) + np.count_nonzero(y > WHITE))


def tiles(y: Planes, recipe: Recipe) -> list[Planes]:
    """What each kernel has made."""
    return np.split(y, recipe.tiles)


def image(y: Planes, recipe: Recipe) -> Bytes:
    """The result as pixels, (rows, columns) or (rows, columns, 3); several kernels' stand side by side."""
    return np.ascontiguousarray(np.hstack(list(map(painted, tiles(y, recipe), recipe.shows))))


def painted(y: Planes, show: str) -> Bytes:
    """One plane as (rows, columns) of grey or (rows, columns, 3) of signed colours; three as (rows, columns, 3)."""
    if show == "signed" and len(y) == 1:
        return signed(y[0])
    shades = shades_of(y, show)
    return shades[0] if len(y) == 1 else shades.transpose(1, 2, 0)


def shades_of(y: Planes, show: str) -> Bytes:
    moved: Planes = y if show == "clip" else y * np.float32(0.5) + np.float32(MID_GREY)
    shades: Bytes = np.rint(moved).clip(0, WHITE).astype(np.uint8)
    return shades


def signed(y: NDArray[np.float32]) -> Bytes:
    """From white, for zero, to the full colour of an output or of a negative number."""
    share = np.minimum(np.abs(y) / WHITE, 1)[..., np.newaxis]
    output, negative = (np.array(list(bytes.fromhex(LIGHT[name][1:])), np.float32) for name in ("output", "negative"))
    hue = np.where((y < 0)[..., np.newaxis], negative, output)
    colours: Bytes = np.rint(WHITE + (hue - WHITE) * share).astype(np.uint8)
    return colours


def preview(pixels: Bytes) -> tuple[str, bytes]:
    """(media type, bytes), at most PREVIEW_BYTES: without loss where that is enough, else with little."""
    exact = assemble_quickly(pixels)
    if len(exact) <= PREVIEW_BYTES:
        return "image/png", exact
    for quality in QUALITIES:
        written = BytesIO()
        Image.fromarray(pixels).save(written, "JPEG", quality=quality)
        if written.tell() <= PREVIEW_BYTES:
            break
    return "image/jpeg", written.getvalue()
