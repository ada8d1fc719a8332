"""A linear classifier of digits: a template for each, and its score is the sum of template ⊙ digit.

How the templates were trained is in tests/train/train_linear.py, and how well they do in weights/linear.json.
"""

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kernels.trace import add_up

Array = NDArray[np.float64]

WEIGHTS = Path(__file__).parent / "weights" / "linear.npz"


@cache
def templates() -> Array:
    """The weights of each digit, shape (10, 28, 28)."""
    return stored()["w"]


@cache
def biases() -> Array:
    return stored()["b"]


@cache
def stored() -> dict[str, Array]:
    """The shipped weights by name. Each is a float16, so that the file is small."""
    with np.load(WEIGHTS) as file:
        return {name: values.astype(np.float64) for name, values in file.items()}


def scores(x: Array) -> Array:
    """The score of each digit for a picture x, shape (28, 28), from 0 (paper) to 1 (ink); in one fixed order.

    >>> scores(np.ones((28, 28))).shape
    (10,)
    """
    return add_up((templates() * x).reshape(10, -1).T) + biases()
