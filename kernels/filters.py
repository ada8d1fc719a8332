"""Kernels with a name, and families of kernels of any size."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import fsum
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from kernels.activation import expm1

Array = NDArray[np.float64]

SMALL_GAUSSIANS = {1: [1], 3: [1, 2, 1], 5: [1, 4, 6, 4, 1], 7: [2, 7, 14, 18, 14, 7, 2]}
"""What OpenCV's getGaussianKernel has a table for, but for a divisor: the sum. (OpenCV 5 has one for 9 as well.)"""


@dataclass(frozen=True)
class Filter:
    """A kernel with a name; `weights` has shape (taps,) or (tap rows, tap columns), `shows` says what it shows."""

    name: str
    title: str
    weights: Array
    shows: str


@cache
def named_filters() -> Mapping[str, Filter]:
    """The kernels of filters.toml by name, in the order of the menus; nobody may write into their weights.

    >>> named_filters()["sobel-x"].weights
    array([[-1.,  0.,  1.],
           [-2.,  0.,  2.],
           [-1.,  0.,  1.]])
    """
    entries = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return MappingProxyType({name: named(name, **entry) for name, entry in entries.items()})


def named(name: str, title: str, weights: list[int] | list[list[int]], shows: str, divisor: int = 1) -> Filter:
    """One entry of filters.toml."""
    array = np.array(weights, np.float64) / divisor
    array.setflags(write=False)
    return Filter(name, title, array, shows)


def box(size: int, axes: int) -> Array:
    """The plain average of size cells along each of these axes; shape (size,) * axes.

    >>> box(2, 2)
    array([[0.25, 0.25],
           [0.25, 0.25]])
    """
    return np.full((size,) * axes, 1 / size**axes)


def gaussian(size: int, axes: int) -> Array:
    """A Gaussian blur as OpenCV makes it when only the size is given; sums to 1, shape (size,) * axes.

    An odd size up to 7 is in OpenCV's table; else it is e^(−distance² / 2·sigma²) over its sum, with the distance from
    the middle and sigma = 0.3·((size − 1)·0.5 − 1) + 0.8, both in cells (cv2.getGaussianKernel).

    >>> gaussian(3, 1)
    array([0.25, 0.5 , 0.25])
    """
    sigma = 0.3 * ((size - 1) * 0.5 - 1) + 0.8
    distance = np.arange(size, dtype=np.float64) - (size - 1) / 2
    bell = SMALL_GAUSSIANS.get(size, 1 + expm1(-distance * distance / (2 * sigma * sigma)))
    return along_axes(np.array(bell) / fsum(bell), axes)


def bilinear(size: int, axes: int) -> Array:
    """The tent that interpolates between neighbours when a transposed convolution enlarges; shape (size,) * axes.

    Its stride is ⌊(size + 1) / 2⌋, and its weights fall off evenly over as many cells from the middle (Long, Shelhamer
    and Darrell, "Fully convolutional networks", 2015).

    >>> bilinear(4, 1)
    array([0.25, 0.75, 0.75, 0.25])
    """
    stride = (size + 1) // 2
    middle = stride - 1 if size % 2 else stride - 0.5
    return along_axes(1 - np.abs(np.arange(size) - middle) / stride, axes)


def along_axes(profile: Array, axes: int) -> Array:
    """The outer product of a profile with itself: a separable kernel; shape (size,) * axes."""
    kernel = profile
    for _ in range(axes - 1):
        kernel = np.multiply.outer(kernel, profile)
    return kernel
