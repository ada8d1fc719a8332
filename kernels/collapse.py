"""Layers that are one layer: two convolutions in a row, and a linear layer on a flattened map.

Both hold because the layers are linear, and end where a nonlinearity stands between.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kernels.axis import Axis, full_padding
from kernels.convolution import convolve

Array = NDArray[np.float64]


def plane_axes(sides: Sequence[int], kernel: Sequence[int], *, is_full: bool, flip: bool) -> tuple[Axis, ...]:
    """How the windows of a kernel lie on a plane: with the padding in which every overlap counts, or with none."""
    return tuple(
        Axis(size, taps, padding=full_padding(taps, 1) if is_full else (0, 0), flip=flip)
        for size, taps in zip(sides, kernel, strict=True)
    )


def combine(x: Array, w: Array, *, is_full: bool, flip: bool) -> Array:
    """One plane under one kernel, both of shape (rows, columns); with both settings, the convolution of mathematics.

    >>> combine(np.array([[1.0, 2.0]]), np.array([[1.0, 10.0]]), is_full=True, flip=True)
    array([[ 1., 12., 20.]])
    """
    axes = plane_axes(x.shape, w.shape, is_full=is_full, flip=flip)
    weights = np.ascontiguousarray(w[np.newaxis, np.newaxis])
    return np.asarray(convolve(np.ascontiguousarray(x[np.newaxis]), weights, axes=axes)[0])


def correlate(x: Array, w: Array) -> Array:
    """One plane seen through one kernel, as networks compute it; shapes (H, W), (kH, kW) → (H − kH + 1, W − kW + 1).

    >>> correlate(np.array([[1.0, 2.0, 4.0]]), np.array([[1.0, 10.0]]))
    array([[21., 42.]])
    """
    return combine(x, w, is_full=False, flip=False)


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
    return combine(first, second, is_full=True, flip=True)


def linear(x: Array, w: Array) -> Array:
    """A linear layer on a list of numbers, shapes (N,), (O, N) → (O,), summed in reading order."""
    return np.array([sum(weight * value for weight, value in zip(row, x, strict=True)) for row in w])
