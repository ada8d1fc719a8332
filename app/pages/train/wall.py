"""The held-out digits side by side as one picture, and which of them are not read rightly."""

from collections.abc import Collection
from functools import cache

import numpy as np

from app.pages.train.showing import ON_WALL
from app.painters.picture import GREY, assemble
from kernels.mnist import SIDE, held_out

COLUMNS = 30
ROWS = ON_WALL // COLUMNS


@cache
def wall_picture() -> bytes:
    """A PNG of 30 × 10 digits, ink white: it serves as a mask."""
    digits = held_out().images[:ON_WALL].reshape(ROWS, COLUMNS, SIDE, SIDE)
    return assemble(np.ascontiguousarray(digits.swapaxes(1, 2)).reshape(ROWS * SIDE, COLUMNS * SIDE), GREY, [])


def tiles(wrong: Collection[int]) -> str:
    """The places of these digits as one path, a unit each."""
    return "".join(f"M{index % COLUMNS} {index // COLUMNS}h1v1h-1z" for index in sorted(wrong))
