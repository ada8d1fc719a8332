"""Stands in for kernels/filters.py until it lands."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, reduce

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Filter:
    name: str
    title: str
    weights: Array
    shows: str


@cache
def named_filters() -> Mapping[str, Filter]:
    g = np.outer([1, 2, 1], [1, 2, 1]) / 16
    table = {
        "identity": [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
        "box": np.ones((3, 3)) / 9,
        "gaussian": g,
        "sharpen": [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
        "edge": [[0, -1, 0], [-1, 4, -1], [0, -1, 0]],
        "sobel-x": [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
        "sobel-y": [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
        "x": [[1, 0, 1], [0, 1, 0], [1, 0, 1]],
        "difference": [1, 0, -1],
        "smooth": [0.25, 0.5, 0.25],
    }
    return {n: Filter(n, n, np.array(w, dtype=np.float64), n) for n, w in table.items()}


def _outer(line: Array, axes: int) -> Array:
    return reduce(np.multiply.outer, [line] * axes)


def box(size: int, axes: int) -> Array:
    return np.full((size,) * axes, 1 / size**axes)


def gaussian(size: int, axes: int) -> Array:
    if size == 3:
        return _outer(np.array([0.25, 0.5, 0.25]), axes)
    sigma = 0.3 * ((size - 1) * 0.5 - 1) + 0.8
    line = np.exp(-((np.arange(size) - (size - 1) / 2) ** 2) / (2 * sigma**2))
    return _outer(line / line.sum(), axes)


def bilinear(size: int, axes: int) -> Array:
    factor = (size + 1) // 2
    centre = factor - 1 if size % 2 else factor - 0.5
    return _outer(1 - np.abs(np.arange(size) - centre) / factor, axes)
