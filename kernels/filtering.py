"""One kernel over each plane of a picture, tap by tap, in float32: fast for photographs, and in bands of rows.

Every result is the sum of its products in reading order, so a band has the same bits as those rows of the whole, and a
picture of some results only has the same bits as these.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kernels.axis import ZERO, Axis

Plane = NDArray[np.float32]
"""Shape (planes, rows, columns)."""


def filtered(
    x: Plane, w: NDArray[np.floating], axes: Sequence[Axis], *, start: int = 0, stop: int | None = None, every: int = 1
) -> Plane:
    """y[plane, row, col] = Σ x[plane, in_row, in_col] · w[tap_row, tap_col], the rows [start, stop) of it.

    x has shape (planes, rows, columns), w (tap rows, tap columns), y (planes, output rows, output columns). With
    `every`, only every so many of the rows from `start` on, and of the columns. Nothing is checked: `axes` must fit.

    >>> row, col = Axis(1, 1), Axis(4, 2)
    >>> filtered(np.array([[[1, 2, 4, 8]]], np.float32), np.array([[-1, 1]]), [row, col])
    array([[[1., 2., 4.]]], dtype=float32)
    >>> filtered(np.array([[[1, 2, 4, 8]]], np.float32), np.array([[-1, 1]]), [row, col], every=2)
    array([[[1., 4.]]], dtype=float32)
    """
    rows, cols = axes
    stop = rows.output_size if stop is None else stop
    height, width = len(range(start, stop, every)), len(range(0, cols.output_size, every))
    first = start * rows.stride
    last = first + (height - 1) * rows.stride * every + rows.extent
    padded = taken(taken(x, rows.source[first:last], axis=1), cols.source, axis=2)
    y = np.zeros((len(x), height, width), np.float32)
    product = np.empty_like(y)
    for (tap_row, tap_col), weight in np.ndenumerate(w.astype(np.float32)):
        if weight:
            across = seen(tap_row, rows, every, height)
            along = seen(tap_col, cols, every, width)
            y += np.multiply(padded[:, across, along], weight, out=product)
    return y


def seen(tap: int, axis: Axis, every: int, count: int) -> slice:
    """The padded cells that a tap meets, one for each result."""
    first, apart = tap * axis.dilation, axis.stride * every
    return slice(first, first + (count - 1) * apart + 1, apart)


def taken(x: Plane, source: NDArray[np.intp], axis: int) -> Plane:
    """The cells that padding makes of a picture's along one axis; those that `source` calls ZERO are zeros."""
    if len(source) == x.shape[axis] and source[0] == 0 and source[-1] == len(source) - 1:
        return x
    padded = np.take(x, source, axis=axis)
    if (source == ZERO).any():
        padded[(slice(None),) * axis + (source == ZERO,)] = 0
    return padded


def pooled(x: Plane, size: int, kind: str) -> Plane:
    """The largest (`max`) or the mean (`avg`) of each size × size block; what is left over at the end is dropped.

    >>> pooled(np.arange(8, dtype=np.float32).reshape(1, 2, 4), 2, "avg")
    array([[[2.5, 4.5]]], dtype=float32)
    """
    planes, rows, cols = (len(x), x.shape[1] // size, x.shape[2] // size)
    blocks = x[:, : rows * size, : cols * size].reshape(planes, rows, size, cols, size)
    if kind == "max":
        largest: Plane = blocks.max(axis=(2, 4))
        return largest
    total = np.zeros((planes, rows, cols), np.float32)
    for row in range(size):
        for col in range(size):
            total += blocks[:, :, row, :, col]
    total /= np.float32(size * size)
    return total


def factors(w: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """The column and the row whose outer product is this kernel; None where there are no such.

    >>> factors(np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]]))
    (array([1., 2., 1.]), array([-1.,  0.,  1.]))
    """
    at_row, at_col = np.unravel_index(int(np.abs(w).argmax()), w.shape)
    if not w[at_row, at_col] or 1 in w.shape:
        return None
    row = w[at_row] / np.abs(w[at_row]).min(where=w[at_row] != 0, initial=np.inf)
    column = w[:, at_col] / row[at_col]
    return (column, row) if np.allclose(np.multiply.outer(column, row), w, rtol=1e-9, atol=1e-12) else None
