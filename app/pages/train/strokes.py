"""The two signs that the page of new signs opens with, drawn as a pen draws them."""

from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kernels.augmentation import between, warped
from kernels.batched import Array
from kernels.mnist import SIDE

EXAMPLES = 5
CORE, RIM = 0.7, 1.6
"""Cells from the middle of a stroke that are all ink, and on which nothing falls: those of static/js/live/brush.js."""
TRIANGLE = ((14, 6), (6, 21), (22, 21), (14, 6))
ZIGZAG = ((7, 8), (21, 8), (7, 20), (21, 20))


def drawn(corners: tuple[tuple[int, int], ...]) -> Array:
    """A line from corner to corner, (column, row) in cells, as ink from 0 to 1."""
    rows, cols = np.indices((SIDE, SIDE)) + 0.5
    away = np.min([distance(rows, cols, *ends) for ends in pairwise(corners)], axis=0)
    ink: Array = np.clip((RIM - away) / (RIM - CORE), 0, 1).astype(np.float32)
    return ink


def distance(
    rows: NDArray[np.float64], cols: NDArray[np.float64], start: tuple[int, int], stop: tuple[int, int]
) -> NDArray[np.float64]:
    """From every cell's middle to the nearest point of a straight stroke."""
    right, down = stop[0] - start[0], stop[1] - start[1]
    along = np.clip(((cols - start[0]) * right + (rows - start[1]) * down) / (right**2 + down**2), 0, 1)
    found: NDArray[np.float64] = np.hypot(cols - start[0] - along * right, rows - start[1] - along * down)
    return found


DRAWINGS = (drawn(TRIANGLE), drawn(ZIGZAG))


@cache
def examples(sign: int) -> Array:
    """Five drawings of a sign, none quite like the other: (5, 28, 28)."""
    down, right, turn, size = np.random.default_rng(3 + sign).random((4, EXAMPLES))
    moved = between(down, -1.5, 1.5), between(right, -1.5, 1.5), between(turn, -9, 9), between(size, 0.9, 1.1)
    return warped(np.repeat(DRAWINGS[sign][np.newaxis], EXAMPLES, axis=0), *moved).astype(np.float32)
