"""Layers that are one layer: two convolutions in a row, and a linear layer on a flattened map.

Both hold because the layers are linear, and end where a nonlinearity stands between.
"""

import numpy as np
from numpy.typing import NDArray

from kernels.axis import Axis
from kernels.convolution import convolve

Array = NDArray[np.float64]


def correlate(x: Array, w: Array) -> Array:
    """One plane seen through one kernel, as networks compute it; shapes (H, W), (kH, kW) → (H − kH + 1, W − kW + 1).

    >>> correlate(np.array([[1.0, 2.0, 4.0]]), np.array([[1.0, 10.0]]))
    array([[21., 42.]])
    """
    return np.asarray(apply(x[np.newaxis], w[np.newaxis, np.newaxis])[0])


def apply(x: Array, w: Array) -> Array:
    """A convolution layer without bias, at stride 1; shapes (C, H, W), (O, C, kH, kW) → (O, H − kH + 1, W − kW + 1)."""
    axes = [Axis(size, kernel) for size, kernel in zip(x.shape[1:], w.shape[2:], strict=True)]
    return convolve(np.ascontiguousarray(x), np.ascontiguousarray(w), axes=axes)


def composed(first: Array, second: Array) -> Array:
    """The kernel that does what `first` and then `second` do: their true convolution, w[a + b] = Σ first[a]·second[b].

    Shapes (kH, kW), (lH, lW) → (kH + lH − 1, kW + lW − 1). The second kernel is turned and slid over the first with
    full padding: the associative law of convolution.

    >>> composed(np.array([[1.0, -1.0]]), np.array([[1.0, 1.0]]))
    array([[ 1.,  0., -1.]])
    """
    axes = [
        Axis(size, kernel, padding=(kernel - 1, kernel - 1), flip=True)
        for size, kernel in zip(first.shape, second.shape, strict=True)
    ]
    w = np.ascontiguousarray(second[np.newaxis, np.newaxis])
    return np.asarray(convolve(np.ascontiguousarray(first[np.newaxis]), w, axes=axes)[0])


def linear(x: Array, w: Array) -> Array:
    """A linear layer on a list of numbers, shapes (N,), (O, N) → (O,), summed in reading order."""
    return np.array([sum(weight * value for weight, value in zip(row, x, strict=True)) for row in w])
