"""Digits changed a little each time that they are learned from, so that a network meets more than there are.

Every kind takes its numbers from the same places of the generator, whether the others are asked for or not: two runs
that differ in one kind differ in nothing else.
"""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

KINDS = ("move", "rotate", "scale", "brightness", "noise")
MOST_MOVED = 3.0
"""Cells either way."""
MOST_TURNED = 20.0
"""Degrees either way."""
SCALES = (0.8, 1.2)
BRIGHTNESS = (0.5, 1.2)
NOISE = 0.2
"""The largest that is added to a cell, or taken away."""


def augmented(images: Array, kinds: Collection[str], random: np.random.Generator) -> Array:
    """The digits (N, 28, 28), from 0 to 1, each changed in these ways by its own random amounts.

    >>> digits = np.ones((2, 28, 28), np.float32)
    >>> augmented(digits, ["brightness"], np.random.default_rng(1)).max(axis=(1, 2)) < 1.2
    array([ True,  True])
    """
    amounts = random.random((len(images), 5))
    noise = random.random(images.shape, dtype=np.float32) if "noise" in kinds else None
    if not {"move", "rotate", "scale"}.isdisjoint(kinds):
        images = warped(images, *(between(amounts[:, i], low, high) for i, (low, high) in enumerate(bounds(kinds))))
    if "brightness" in kinds:
        images = np.clip(images * between(amounts[:, 4], *BRIGHTNESS).astype(np.float32)[:, None, None], 0, 1)
    if noise is not None:
        images = np.clip(images + (2 * noise - 1) * np.float32(NOISE), 0, 1)
    return images


def bounds(kinds: Collection[str]) -> list[tuple[float, float]]:
    """How far down, how far right, how many degrees, how large: a kind that is not asked for changes nothing."""
    move = MOST_MOVED if "move" in kinds else 0.0
    turn = MOST_TURNED if "rotate" in kinds else 0.0
    return [(-move, move), (-move, move), (-turn, turn), SCALES if "scale" in kinds else (1.0, 1.0)]


def between(shares: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    return low + (high - low) * shares


def warped(
    images: Array,
    down: NDArray[np.float64],
    right: NDArray[np.float64],
    degrees: NDArray[np.float64],
    scale: NDArray[np.float64],
) -> Array:
    """Each digit scaled and turned about its middle, then moved; between whole cells interpolated, paper beyond."""
    count, rows, cols = images.shape
    middle = (rows - 1) / 2
    cosine, sine = np.cos(np.radians(degrees)) / scale, np.sin(np.radians(degrees)) / scale
    row, col = (axis.ravel() - middle for axis in np.indices((rows, cols)))
    from_row = row - down[:, None]
    from_col = col - right[:, None]
    at_row = np.clip(cosine[:, None] * from_row + sine[:, None] * from_col + middle + 1, 0, rows + 1)
    at_col = np.clip(cosine[:, None] * from_col - sine[:, None] * from_row + middle + 1, 0, cols + 1)
    top, left = np.minimum(at_row.astype(int), rows), np.minimum(at_col.astype(int), cols)
    lower, later = (at_row - top).astype(np.float32), (at_col - left).astype(np.float32)
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1))).reshape(count, -1)
    first = top * (cols + 2) + left

    def shade(step: int) -> Array:
        return np.take_along_axis(padded, first + step, axis=1)

    upper = shade(0) * (1 - later) + shade(1) * later
    under = shade(cols + 2) * (1 - later) + shade(cols + 3) * later
    mixed: Array = (upper * (1 - lower) + under * lower).reshape(images.shape)
    return mixed
