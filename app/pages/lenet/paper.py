"""What happens to a drawn digit before the networks see it: what makes vision hard, and what augmentation imitates.

Turned and scaled about the middle, then moved, then darker or lighter, then noisy, then covered by a patch of paper.
"""

from math import cos, radians, sin

import numpy as np
from numpy.typing import NDArray

from kernels.lenet import SIDE

Array = NDArray[np.float64]

INK = 255
PATCH = 5
"""Cells along each side of the patch that covers."""


def moved(pixels: Array, down: int, right: int) -> Array:
    """The pixels moved down and right by whole cells; what leaves the picture is lost, and what comes in is paper."""
    rows, cols = pixels.shape
    padded = np.pad(pixels, ((abs(down), abs(down)), (abs(right), abs(right))))
    top, left = abs(down) - down, abs(right) - right
    return padded[top : top + rows, left : left + cols]


def turned(pixels: Array, degrees: int, scale: float = 1.0) -> Array:
    """Turned to the left and scaled about the middle, between whole cells interpolated, rounded to whole shades."""
    cosine, sine = (round(part(radians(degrees)), 12) for part in (cos, sin))  # libraries differ in the last bit
    middle = (SIDE - 1) / 2
    down, right = (np.indices(pixels.shape) - middle) / scale
    rows, cols = right * sine + down * cosine + middle, right * cosine - down * sine + middle
    return np.rint(interpolated(np.pad(pixels, 1), rows + 1, cols + 1))


def interpolated(padded: Array, rows: Array, cols: Array) -> Array:
    """The shade between four cells, each counting by how near it is; beyond the rim, which is paper, there is paper."""
    last = len(padded) - 1
    rows, cols = np.clip(rows, 0, last), np.clip(cols, 0, last)
    top, left = np.minimum(np.floor(rows), last - 1), np.minimum(np.floor(cols), last - 1)
    row, col, lower, later = top.astype(int), left.astype(int), rows - top, cols - left
    upper = padded[row, col] * (1 - later) + padded[row, col + 1] * later
    under = padded[row + 1, col] * (1 - later) + padded[row + 1, col + 1] * later
    between: Array = upper * (1 - lower) + under * lower
    return between


def shaded(pixels: Array, brightness: int) -> Array:
    """Every cell lighter by so many shades, or darker; ink and paper are the ends."""
    return np.clip(pixels - brightness, 0, INK)


def noisy(pixels: Array, most: int, seed: int) -> Array:
    """Each cell changed by a whole number of shades from −most to most, thrown by PCG64."""
    dice = np.random.Generator(np.random.PCG64(seed))
    return np.clip(pixels + dice.integers(-most, most, endpoint=True, size=pixels.shape), 0, INK)
