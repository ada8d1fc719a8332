"""The page as one picture: a digit, a template, their product and its sum; under them all ten templates."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from app.pages.lenet.paper import INK
from app.pages.linear import words
from app.pages.linear.page import SIDE, Asked, sum_said
from app.painters.drawing import text
from app.painters.palette import Palette
from app.painters.picture import data_url
from app.painters.poster import MARGIN, Sheet, file
from app.text.format import decimals
from app.views.plane import Plane, Space
from kernels.classifier import templates

LARGE, SMALL = 224, 100
"""Units of a side: of the digit, the template and the product, and of each of the ten."""
SIGN, GAP = 60, 16
"""Units between the large ones, with a sign in the middle, and between the small ones."""
SUM = 430
"""Units of the sum beside the product."""


def poster(asked: Asked, palette: Palette, sheet: Sheet) -> bytes:
    """The file."""
    weights = templates()[asked.chosen]
    large: list[tuple[str, NDArray[np.float64], float, Space]] = [
        (words.PICTURE, asked.drawing.pixels, INK, "input"),
        (words.CHOSEN.format(digit=asked.chosen), weights, magnitude(weights), "tap"),
        (words.PRODUCT, asked.x * weights, magnitude(asked.x * weights), "tap"),
    ]
    parts: list[str] = []
    for place, (caption, values, most, space) in enumerate(large):
        left = MARGIN + place * (LARGE + SIGN)
        parts += square(values, most, space, left, MARGIN, LARGE, palette)
        parts.append(text(left + LARGE / 2, MARGIN + LARGE + 20, caption, palette["soft"], 14, anchor="middle"))
        if place:
            sign = "⊙" if place == 1 else "="
            parts.append(text(left - SIGN / 2, MARGIN + LARGE / 2 + 8, sign, palette["soft"], 24, anchor="middle"))
    left, middle = MARGIN + 3 * LARGE + 2 * SIGN + 30, MARGIN + LARGE / 2
    parts.append(text(left, middle - 10, sum_said(asked), palette["ink"], 16))
    parts.append(text(left, middle + 28, words.READS.format(digit=asked.best), palette["output"], 24, 700))
    parts += row(asked, MARGIN + LARGE + 56, palette)
    width = max(left + SUM, 2 * MARGIN + 10 * (SMALL + GAP) - GAP)
    return file("".join(parts), (width, MARGIN + LARGE + 56 + SMALL + 30 + MARGIN), words.TITLE, palette, sheet)


def row(asked: Asked, top: float, palette: Palette) -> Iterator[str]:
    """All ten templates with their scores."""
    for digit, weights in enumerate(templates()):
        left = MARGIN + digit * (SMALL + GAP)
        colour = palette["output" if digit == asked.best else "ink"]
        yield from square(weights, magnitude(weights), "tap", left, top, SMALL, palette)
        yield text(left, top + SMALL + 20, str(digit), colour, 15, 700)
        yield text(left + 18, top + SMALL + 20, decimals(float(asked.scores[digit]), 2), colour, 14)


def square(
    values: NDArray[np.float64], most: float, space: Space, left: float, top: float, side: float, palette: Palette
) -> Iterator[str]:
    """The cells from clear, at 0, to their full colour, in a thin frame."""
    size = f'x="{left:g}" y="{top:g}" width="{side:g}" height="{side:g}"'
    plane = Plane("", space, "", values.reshape(SIDE, SIDE) / most, 1.0)
    yield f'<image {size} image-rendering="pixelated" href="{data_url(plane)}"/>'
    yield f'<rect {size} fill="none" stroke="{palette["line"]}"/>'


def magnitude(values: NDArray[np.float64]) -> float:
    return float(np.abs(values).max()) or 1.0
