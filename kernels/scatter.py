"""Any of the linear operations told stamp by stamp: each number of the data is read once, and lands where it is felt.

The one relation solved for the result, from the data's side. Along each axis a `Lands` says on which cell of the result
each place of the stamp lands, the rim included that is cut off at the end; `sends` says the same of the planes. It
holds for a convolution as well as for a transposed one, and for gradients.

As in `stamps`, which does a transposed convolution alone, the places are walked backwards: of all the stamps that
overlap in a cell, the earlier one reaches it with the later place, so that every cell hears its stamps in order.
Only elementwise × and + are used, in one fixed order: the bytes are the same everywhere, and those of the traces.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from kernels.axis import Axis, Cells, read_only
from kernels.relation import NOTHING, Feeds

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Lands:
    """One axis: cells (data, places) gives the drawn cell of the result on which a place of a stamp lands, or −1.

    Of the `drawn` cells, `margin` are (before, after) the result: what lands on them is cut off. With `turned`, place p
    holds weight places − 1 − p. The places of a stamp are in the order of the cells on which they land.
    """

    cells: Cells
    drawn: int
    margin: tuple[int, int] = (0, 0)
    turned: bool = False

    @property
    def size(self) -> int:
        """How many numbers of the data there are."""
        return int(self.cells.shape[0])

    @property
    def places(self) -> int:
        return int(self.cells.shape[1])


LINE = Lands(read_only(np.zeros((1, 1), np.intp)), 1)
"""The rows of a line of cells: there is one."""


@lru_cache(256)
def stamp_lands(axis: Axis) -> Lands:
    """A transposed convolution: data = out, result = in, so the stamps lie where the windows of `axis` lay.

    Where output padding goes beyond the last stamp, there are cells on which nothing lands.

    >>> lands = stamp_lands(Axis(input_size=3, kernel_size=3, stride=2, padding=(1, 1)))
    >>> lands.cells
    array([[0, 1, 2],
           [2, 3, 4]])
    >>> lands.drawn, lands.margin
    (5, (1, 1))
    """
    before, after = axis.padding[0], max(axis.padding[1], 0)
    cells = axis.taps[:, ::-1] if axis.flip else axis.taps
    return Lands(cells, before + axis.input_size + after, (before, after), axis.flip)


@lru_cache(256)
def window_lands(axis: Axis) -> Lands:
    """A convolution: data = in, result = out, and the stamp is the kernel turned.

    With a stride some places fall between the results. The rim is made of the results that a full padding would add.

    >>> lands = window_lands(Axis(input_size=4, kernel_size=3, stride=2, padding=(1, 1)))
    >>> lands.cells
    array([[-1,  0, -1],
           [ 0, -1,  1],
           [-1,  1, -1],
           [ 1, -1,  2]])
    >>> lands.drawn, lands.margin, lands.turned
    (3, (0, 1), True)
    """
    falling = np.arange(axis.kernel_size - 1, -1, -1)
    distance = np.arange(axis.input_size)[:, np.newaxis] + axis.padding[0] - falling * axis.dilation
    out, rest = np.divmod(distance, axis.stride)
    first = min(-((axis.extent - 1 - axis.padding[0]) // axis.stride), 0)
    last = max((axis.input_size - 1 + axis.padding[0]) // axis.stride, axis.output_size - 1)
    cells = np.where(rest == 0, out - first, NOTHING)
    return Lands(read_only(cells), last - first + 1, (-first, last + 1 - axis.output_size), not axis.flip)


@dataclass(frozen=True, eq=False)
class Landing:
    """Where everything lands: two axes, a line having one row, and the planes.

    sends[data plane] holds a pair (result plane, weight plane) for each plane that its numbers land on.
    """

    rows: Lands
    cols: Lands
    sends: Feeds
    planes: int
    """How many planes the result has."""

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, cols) of a result plane as it is drawn."""
        return self.rows.drawn, self.cols.drawn

    @property
    def places(self) -> int:
        return self.rows.places * self.cols.places

    def cells(self, data: Cells, row_place: int, col_place: int) -> Cells:
        """On which cell a place of each of these stamps lands, or −1."""
        row, col = np.divmod(data, self.cols.size)
        rows, cols = self.rows.cells[row, row_place], self.cols.cells[col, col_place]
        landed: Cells = np.where((rows == NOTHING) | (cols == NOTHING), NOTHING, rows * self.cols.drawn + cols)
        return landed

    def falling_places(self) -> Iterator[tuple[int, int]]:
        """The places of a stamp from the last to the first."""
        return product(range(self.rows.places - 1, -1, -1), range(self.cols.places - 1, -1, -1))


def sends_of(feeds: Feeds, channels: int) -> Feeds:
    """From what each result plane reads, where each data plane goes.

    >>> sends_of((((0, 0), (1, 1)), ((0, 2), (1, 3))), 2)
    (((0, 0), (1, 2)), ((0, 1), (1, 3)))
    """
    pairs = [(channel, (result, weight)) for result, feed in enumerate(feeds) for channel, weight in feed]
    return tuple(tuple(pair for channel, pair in pairs if channel == wanted) for wanted in range(channels))


@dataclass(frozen=True)
class Landed:
    """What the steps [start, stop) did.

    `before` is the picture before step start, shape (planes told, cells), the rim included and no bias. Of the cells
    touched, `was` and `after` say what they held before and after each step, shape (stop − start, planes that a step
    lands on, places): of the planes told those that it lands on, in order. 0 stands where a place lands nowhere.
    """

    start: int
    stop: int
    before: Array
    was: Array
    after: Array


def scatter(
    values: Array,
    weights: Array,
    landing: Landing,
    start: int = 0,
    stop: int | None = None,
    told: Sequence[int] | None = None,
) -> Landed:
    """The steps [start, stop): step k lets values.flat[k] land, times the weights, on the result planes of `told`.

    values has shape (C, data cells), weights (planes, places) with the places as the stamp has them. The time taken is
    that of the steps up to stop, on the planes asked for. Nothing is checked.

    >>> landing = Landing(LINE, stamp_lands(Axis(5, 3, stride=2)), (((0, 0),),), 1)
    >>> landed = scatter(np.array([[1.0, 2.0]]), np.array([[1.0, 10.0, 100.0]]), landing, start=1)
    >>> landed.before
    array([[  1.,  10., 100.,   0.,   0.]])
    >>> landed.was, landed.after
    (array([[[100.,   0.,   0.]]]), array([[[102.,  20., 200.]]]))
    """
    area, stop = values.shape[1], values.size if stop is None else stop
    rows = {plane: row for row, plane in enumerate(range(landing.planes) if told is None else told)}
    sends = [[(rows[plane], weight) for plane, weight in pairs if plane in rows] for pairs in landing.sends]
    picture = np.zeros((len(rows), landing.rows.drawn * landing.cols.drawn + 1))  # the last cell is for nowhere
    before = picture
    was, after = np.zeros((2, stop - start, max(map(len, sends)), landing.places))
    for channel, own in enumerate(values[: -(-stop // area)]):
        planes, kernels = [row for row, _ in sends[channel]], [weight for _, weight in sends[channel]]
        first, last = (min(max(step - channel * area, 0), area) for step in (start, stop))
        so_far = np.zeros((len(planes), picture.shape[1]))
        for _, cells, added in laid_down(own, weights[kernels], landing, np.arange(first)):
            so_far[:, cells] += added
        if channel * area <= start <= (channel + 1) * area:
            before = picture.copy()
            before[planes] += so_far
        here = slice(channel * area + first - start, channel * area + last - start), slice(len(planes))
        for place, cells, added in laid_down(own, weights[kernels], landing, np.arange(first, last)):
            settled = picture[planes][:, cells]
            was[here][:, :, place] = np.where(cells == NOTHING, 0.0, settled + so_far[:, cells]).T
            so_far[:, cells] += added
            after[here][:, :, place] = np.where(cells == NOTHING, 0.0, settled + so_far[:, cells]).T
        picture[planes] += so_far
    return Landed(start, stop, before[:, :-1], was, after)


def laid_down(values: Array, weights: Array, landing: Landing, data: Cells) -> Iterator[tuple[int, Cells, Array]]:
    """One place of all these stamps after the other: which, on which cells, and what lands there."""
    for row_place, col_place in landing.falling_places() if data.size and len(weights) else ():
        place = row_place * landing.cols.places + col_place
        yield place, landing.cells(data, row_place, col_place), np.multiply.outer(weights[:, place], values[data])


def land(values: Array, cells: Cells, area: int, *, adds: bool, start: int = 0, stop: int | None = None) -> Landed:
    """The steps [start, stop) where an index says the cell: values.flat[k] is added to it, or takes its place.

    values and cells have shape (C, data cells), and each channel has a plane of `area` cells.

    >>> land(np.array([[5.0, 7.0]]), np.array([[1, 1]]), 3, adds=True).after.ravel()
    array([ 5., 12.])
    """
    stop = values.size if stop is None else stop
    planes = np.arange(len(values))[:, np.newaxis] * area
    flat, given = (cells + planes).ravel(), values.ravel() + 0.0  # no −0.0
    picture = np.zeros(len(values) * area)
    if adds:
        np.add.at(picture, flat[:start], given[:start])
    else:
        picture[flat[:start]] = given[:start]
    before = picture.reshape(len(values), area).copy()
    was, after = np.zeros((2, stop - start, 1, 1))
    for step in range(start, stop):
        was[step - start] = picture[flat[step]]
        picture[flat[step]] = given[step] + (picture[flat[step]] if adds else 0.0)
        after[step - start] = picture[flat[step]]
    return Landed(start, stop, before, was, after)
