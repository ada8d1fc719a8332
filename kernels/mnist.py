"""Ten thousand handwritten digits: 8,500 to learn from, 1,500 held out. Source and licence: digits/NOTICE.md."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).parent / "digits" / "mnist.npz"
TRAINING, HELD_OUT = 8_500, 1_500
SIDE = 28
"""Cells along each side of a digit."""


@dataclass(frozen=True)
class Digits:
    """Pictures (count, 28, 28) from 0 (paper) to 255 (ink), and what each one shows, (count,)."""

    images: NDArray[np.uint8]
    labels: NDArray[np.uint8]


@cache
def training() -> Digits:
    """Those to learn from, well mixed."""
    return read("training")


@cache
def held_out() -> Digits:
    """Those that no network here has learned from: 150 of each."""
    return read("held_out")


def read(part: str) -> Digits:
    with np.load(FILE) as file:
        return Digits(file[f"{part}_images"], file[f"{part}_labels"])
