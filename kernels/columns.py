"""Folding told column by column: each column of the matrix is read once, and lands where its window was.

As in `scatter`, the places are walked backwards: of all the columns that overlap in a cell, the earlier one reaches it
with the later place, so that every cell hears its columns in order. Only elementwise + is used, in one fixed order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kernels.axis import Axis, Cells
from kernels.relation import NOTHING
from kernels.scatter import LINE, Landing, stamp_lands

Array = NDArray[np.float64]


def window_landing(axes: Sequence[Axis], channels: int) -> Landing:
    """Where the places of each window lie on the padded picture: the columns are one plane, which goes to all channels.

    >>> window_landing([Axis(3, 2)], 1).cols.cells
    array([[0, 1],
           [1, 2]])
    """
    rows, cols = [LINE, *map(stamp_lands, axes)][-2:]
    return Landing(rows, cols, (tuple((channel, NOTHING) for channel in range(channels)),), channels)


@dataclass(frozen=True)
class Fallen:
    """What the steps [start, stop) did, one column each.

    `before` is the picture before step start, shape (planes, cells), the rim included that is cut off. Of the cells
    touched, `was` and `after` say what they held before and after each step, shape (stop − start, planes, places).
    """

    start: int
    stop: int
    before: Array
    was: Array
    after: Array


def fold_columns(columns: Array, landing: Landing, start: int = 0, stop: int | None = None) -> Fallen:
    """The steps [start, stop) of a folding: step l lets column l land, plane by plane, place by place.

    columns has shape (planes, places, windows), float64: all channels, or some of them. The time taken is that of the
    steps up to stop. Nothing is checked. The last picture is that of `unfold.fold`, whose sums go tap by tap: their
    last bits may differ.

    >>> fallen = fold_columns(np.array([[[1.0, 2.0], [2.0, 4.0]]]), window_landing([Axis(3, 2)], 1), start=1)
    >>> fallen.before
    array([[1., 2., 0.]])
    >>> fallen.was, fallen.after
    (array([[[2., 0.]]]), array([[[4., 4.]]]))
    """
    planes, places, windows = columns.shape
    stop = windows if stop is None else stop
    picture = np.zeros((planes, landing.rows.drawn * landing.cols.drawn))
    for _, cells, added in laid_down(columns, landing, np.arange(start)):
        picture[:, cells] += added
    before, (was, after) = picture.copy(), np.zeros((2, stop - start, planes, places))
    for place, cells, added in laid_down(columns, landing, np.arange(start, stop)):
        was[:, :, place] = picture[:, cells].T
        picture[:, cells] += added
        after[:, :, place] = picture[:, cells].T
    return Fallen(start, stop, before, was, after)


def laid_down(columns: Array, landing: Landing, data: Cells) -> Iterator[tuple[int, Cells, Array]]:
    """One place of these columns after the other: which, on which cells, and what lands there."""
    for row_place, col_place in landing.falling_places():
        place = row_place * landing.cols.places + col_place
        yield place, landing.cells(data, row_place, col_place), columns[:, place, data]
