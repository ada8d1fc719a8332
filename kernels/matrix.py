"""A convolution as a matrix: vec(y) = F vec(x), with zeros where an output does not read an input.

vec lays a grid out in reading order, channel by channel. Every non-zero of F is one weight, at as many places as the
window has positions: F is sparse, and its weights are shared. The transposed convolution is Fᵀ.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from kernels.axis import ZERO, Axis, Cells

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Matrix:
    """A sparse matrix as triples, in the order of its rows: at (rows[k], columns[k]) stands w.flat[taps[k]].

    shape is (y.size, x.size). Where padding copies cells, two taps of a window may read the same one; then both have
    a triple, and the matrix holds their sum.
    """

    shape: tuple[int, int]
    rows: Cells
    columns: Cells
    taps: Cells

    @property
    def transposed(self) -> "Matrix":
        """Fᵀ, in the order of its own rows.

        >>> matrix([Axis(3, 2)]).transposed.rows
        array([0, 1, 1, 2])
        """
        order = np.lexsort((self.rows, self.columns))
        return Matrix(self.shape[::-1], self.columns[order], self.rows[order], self.taps[order])

    def times(self, w: Array, x: Array) -> Array:
        """F vec(x), with these weights; shape (y.size,).

        >>> matrix([Axis(3, 2)]).times(np.array([[[1.0, 10.0]]]), np.array([[1.0, 2.0, 4.0]]))
        array([21., 42.])
        """
        products = w.ravel()[self.taps] * x.ravel()[self.columns]
        return np.bincount(self.rows, products, self.shape[0]).astype(np.float64)

    def dense(self, w: Array) -> Array:
        """F with its zeros, with these weights.

        >>> matrix([Axis(3, 2)]).dense(np.array([[[1.0, 10.0]]]))
        array([[ 1., 10.,  0.],
               [ 0.,  1., 10.]])
        """
        cells = self.rows * self.shape[1] + self.columns
        values = np.bincount(cells, w.ravel()[self.taps], prod(self.shape)).astype(np.float64)
        return values.reshape(self.shape)


def matrix(axes: Sequence[Axis], *, channels: int = 1, filters: int = 1, groups: int = 1) -> Matrix:
    """F of a convolution of x (channels, *inputs) by w (filters, channels/groups, *taps), for any weights.

    There is an `Axis` for each axis of space; nothing is checked: groups must divide channels and filters. F has
    channels · filters / groups blocks, and within one, the row of an output holds its window's taps.

    >>> matrix([Axis(3, 2)])
    Matrix(shape=(2, 3), rows=array([0, 0, 1, 1]), columns=array([0, 1, 1, 2]), taps=array([0, 1, 0, 1]))
    """
    x_shape = (channels, *(axis.input_size for axis in axes))
    w_shape = (filters, channels // groups, *(axis.kernel_size for axis in axes))
    y_shape = (filters, *(axis.output_size for axis in axes))
    meetings = [np.argwhere(axis.reads != ZERO) for axis in axes]  # of an output cell and a tap
    choices = np.indices((*w_shape[:2], *map(len, meetings))).reshape(2 + len(axes), -1)
    filter, member, *met = choices
    outs, taps = zip(*(meeting[at].T for meeting, at in zip(meetings, met, strict=True)), strict=True)
    ins = (axis.reads[out, tap] for axis, out, tap in zip(axes, outs, taps, strict=True))
    channel = filter // (filters // groups) * w_shape[1] + member
    rows = np.ravel_multi_index((filter, *outs), y_shape)
    columns = np.ravel_multi_index((channel, *ins), x_shape)
    weights = np.ravel_multi_index((filter, member, *taps), w_shape)
    order = np.lexsort((weights, rows))
    return Matrix((prod(y_shape), prod(x_shape)), rows[order], columns[order], weights[order])
