"""Unfolding and folding step by step: each number of y looks up what it copies, or adds up what meets there.

As in `trace`, every sum is taken in one fixed order by elementwise + alone, so that its bytes are the same everywhere.
"""

from collections.abc import Sequence
from math import prod

import numpy as np

from kernels.axis import Axis
from kernels.trace import Array, Trace, extend, pitches


def unfold_trace(x: Array, *, axes: Sequence[Axis], start: int = 0, stop: int | None = None) -> Trace:
    """The steps [start, stop) of `unfold.unfold`: step k looks up y.flat[k], which is one cell of x, or a zero.

    x has shape (C, *inputs), float64; y (C · taps, outputs), and there is an `Axis` for each axis of space. Nothing is
    checked. The formula is that of torch.nn.Unfold.

    >>> unfold_trace(np.array([[1.0, 2.0, 4.0]]), axes=[Axis(3, 2)], start=1).y
    array([2., 2., 4.])
    """
    y_shape = (len(x), *(axis.kernel_size for axis in axes), *(axis.output_size for axis in axes))
    stop = prod(y_shape) if stop is None else stop
    channels, *places = np.unravel_index(np.arange(start, stop), y_shape)
    taps, outs = places[: len(axes)], places[len(axes) :]
    extended = extend(x)
    cells = channels * prod(extended.shape[1:])
    for tap, out, axis, pitch in zip(taps, outs, axes, pitches(extended), strict=True):
        cells = cells + axis.reads[out, tap] % (axis.input_size + 1) * pitch  # −1 becomes the last cell, a zero
    y = extended.take(cells)
    return Trace(start, stop, y, y[np.newaxis])


def fold_trace(columns: Array, *, axes: Sequence[Axis], start: int = 0, stop: int | None = None) -> Trace:
    """The steps [start, stop) of `unfold.fold`: step k adds up all that lands on y.flat[k].

    columns has shape (C · taps, outputs), float64; y (C, *inputs), and there is an `Axis` for each axis of space, with
    padding_mode zeros. Nothing is checked. The sum goes from 0.0 down the rows of the matrix, tap by tap. The formula
    is that of torch.nn.Fold.

    >>> fold_trace(np.array([[1.0, 2.0], [2.0, 4.0]]), axes=[Axis(3, 2)]).y
    array([1., 4., 4.])
    """
    kernel = [axis.kernel_size for axis in axes]
    y_shape = (len(columns) // prod(kernel), *(axis.input_size for axis in axes))
    stop = prod(y_shape) if stop is None else stop
    channels, *ins = np.unravel_index(np.arange(start, stop), y_shape)
    scatter_map = extend(columns.reshape(-1, *(axis.output_size for axis in axes)))
    y = np.zeros(stop - start)
    for row, taps in enumerate(np.ndindex(*kernel)):
        cells = (channels * prod(kernel) + row) * prod(scatter_map.shape[1:])
        for tap, cell, axis, pitch in zip(taps, ins, axes, pitches(scatter_map), strict=True):
            cells = cells + axis.writes[cell, tap] % (axis.output_size + 1) * pitch
        y += scatter_map.take(cells)
    return Trace(start, stop, y, y[np.newaxis])
