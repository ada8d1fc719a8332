"""Any linear operation step by step: each number of the data is read once, and added to all results that it affects.

The one relation solved for the result, from the data's side. Along each axis, `AxisTargets` hold the cell of the result
to which each place of the stamp is added, the rim included that is cut off at the end; `sends` holds the planes. This
covers convolutions and transposed convolutions, their gradients, and folding.

Few stamps are added one after the other. Of many, each place is added for all at once, and the places are walked
backwards: of all the stamps that overlap in a cell, the earlier one touches it with the later place; so every cell
takes its stamps in order, and what it holds right after is what it holds right after that stamp. Only elementwise × and
+ are used, in one fixed order: the bytes are the same everywhere, and those of the traces.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod

import numpy as np
from numpy.typing import NDArray

from kernels.axis import Axis, Cells, read_only
from kernels.relation import NOTHING, Feeds

Array = NDArray[np.float64]
Pairs = Sequence[tuple[int, int]]
"""(result plane, plane of weights)."""
Added = Callable[[int, Pairs, int | Cells, int | Cells], Array]
"""(data plane, pairs, place, numbers of that data plane) → what they add at this place, to fill (pairs, numbers); or of
one number what it adds at several places, to fill (pairs, places)."""


@dataclass(frozen=True, eq=False)
class AxisTargets:
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

    def counts(self, stop: int) -> Cells:
        """How many of the first `stop` stamps touch each drawn cell."""
        return counts_of(self, stop)


@lru_cache(2048)
def counts_of(targets: AxisTargets, stop: int) -> Cells:
    """The counts of an axis, which all pages with these axes share."""
    cells = targets.cells[:stop]
    return read_only(np.bincount(cells[cells != NOTHING], minlength=targets.drawn))


LINE = AxisTargets(read_only(np.zeros((1, 1), np.intp)), 1)
"""The rows of a line of cells: there is one."""


@lru_cache(256)
def stamp_targets(axis: Axis) -> AxisTargets:
    """A transposed convolution: data = out, result = in, so the stamps lie where the windows of `axis` lay.

    Where output padding goes beyond the last stamp, there are cells on which nothing lands.

    >>> targets = stamp_targets(Axis(input_size=3, kernel_size=3, stride=2, padding=(1, 1)))
    >>> targets.cells
    array([[0, 1, 2],
           [2, 3, 4]])
    >>> targets.drawn, targets.margin
    (5, (1, 1))
    """
    before, after = axis.padding[0], max(axis.padding[1], 0)
    cells = axis.taps[:, ::-1] if axis.flip else axis.taps
    return AxisTargets(cells, before + axis.input_size + after, (before, after), axis.flip)


@lru_cache(256)
def window_targets(axis: Axis) -> AxisTargets:
    """A convolution: data = in, result = out, and the stamp is the kernel turned.

    With a stride some places fall between the results. The rim is made of the results that a full padding would add.

    >>> targets = window_targets(Axis(input_size=4, kernel_size=3, stride=2, padding=(1, 1)))
    >>> targets.cells
    array([[-1,  0, -1],
           [ 0, -1,  1],
           [-1,  1, -1],
           [ 1, -1,  2]])
    >>> targets.drawn, targets.margin, targets.turned
    (3, (0, 1), True)
    """
    falling = np.arange(axis.kernel_size - 1, -1, -1)
    distance = np.arange(axis.input_size)[:, np.newaxis] + axis.padding[0] - falling * axis.dilation
    out, remainder = np.divmod(distance, axis.stride)
    first = min(-((axis.extent - 1 - axis.padding[0]) // axis.stride), 0)
    last = max((axis.input_size - 1 + axis.padding[0]) // axis.stride, axis.output_size - 1)
    cells = np.where(remainder == 0, out - first, NOTHING)
    return AxisTargets(read_only(cells), last - first + 1, (-first, last + 1 - axis.output_size), not axis.flip)


@dataclass(frozen=True, eq=False)
class ScatterMap:
    """Where each number of the data is added: two axes, a line having one row, and the planes.

    sends[data plane] holds a pair (result plane, weight plane) for each plane that its numbers land on.
    """

    rows: AxisTargets
    cols: AxisTargets
    sends: Feeds
    planes: int
    """How many planes the result has."""

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, cols) of a result plane as it is drawn."""
        return self.rows.drawn, self.cols.drawn

    @property
    def margin(self) -> tuple[int, int, int, int]:
        """Cells above, right of, below and left of the result, which are cut off."""
        (top, bottom), (left, right) = self.rows.margin, self.cols.margin
        return top, right, bottom, left

    @property
    def places(self) -> int:
        return self.rows.places * self.cols.places

    @property
    def size(self) -> int:
        """How many numbers a data plane has."""
        return self.rows.size * self.cols.size

    @property
    def steps(self) -> int:
        return len(self.sends) * self.size

    def cells(self, data: int | Cells, place: int | Cells) -> Cells:
        """On which cell a place of each of these stamps lands, or each of these places of one stamp; or −1."""
        (row, col), (row_place, col_place) = divmod(data, self.cols.size), divmod(place, self.cols.places)
        return self.joined(self.rows.cells[row, row_place], self.cols.cells[col, col_place])

    def stamp(self, data: int) -> list[int]:
        """On which cell each place of one stamp lands, or −1."""
        cells: list[int] = self.cells(data, np.arange(self.places)).tolist()
        return cells

    def joined(self, rows: Cells, cols: Cells) -> Cells:
        """The cells where these rows and columns meet; −1 where one of them is none."""
        cells: Cells = np.where((rows == NOTHING) | (cols == NOTHING), NOTHING, rows * self.cols.drawn + cols)
        return cells

    def counts(self, plane: int, step: int) -> Cells:
        """How many stamps each cell of a result plane holds after a step, shape (rows, cols).

        >>> ScatterMap(LINE, stamp_targets(Axis(5, 3, stride=2)), (((0, 0),),), 1).counts(0, 1)
        array([[1, 1, 2, 1, 1]])
        """
        last, data = divmod(step, self.size)
        row, col = divmod(data, self.cols.size)
        is_sent = [plane in dict(pairs) for pairs in self.sends[: last + 1]]
        whole_row, above, until = self.cols.counts(self.cols.size), self.rows.counts(row), self.rows.counts(row + 1)
        outer = np.multiply.outer
        counts: Cells = sum(is_sent[:-1]) * outer(self.rows.counts(self.rows.size), whole_row)
        if is_sent[-1]:
            counts += outer(above, whole_row) + outer(until - above, self.cols.counts(col + 1))
        return counts


def scatter_map_along(sides: Sequence[AxisTargets], sends: Feeds, planes: int) -> ScatterMap:
    """The scatter map of one or two axes."""
    rows, cols = [LINE, *sides][-2:]
    return ScatterMap(rows, cols, sends, planes)


def column_map(axes: Sequence[Axis], channels: int) -> ScatterMap:
    """The scatter map of columns of windows: they are one plane of data, which goes to all channels, without weights.

    >>> column_map([Axis(3, 2)], 1).cols.cells
    array([[0, 1],
           [1, 2]])
    """
    return scatter_map_along(
        [stamp_targets(axis) for axis in axes], (tuple((plane, NOTHING) for plane in range(channels)),), channels
    )


def sends_of(feeds: Feeds, channels: int) -> Feeds:
    """From what each result plane reads, where each data plane goes.

    >>> sends_of((((0, 0), (1, 1)), ((0, 2), (1, 3))), 2)
    (((0, 0), (1, 2)), ((0, 1), (1, 3)))
    """
    pairs = [(channel, (result, weight)) for result, feed in enumerate(feeds) for channel, weight in feed]
    return tuple(tuple(pair for channel, pair in pairs if channel == wanted) for wanted in range(channels))


def products(values: Array, weights: Array) -> Added:
    """Each number times the weight at its place: values (C, data cells), weights (planes, places) as they land."""

    def added(channel: int, pairs: Pairs, place: int | Cells, data: int | Cells) -> Array:
        stamped: Array = np.multiply.outer(weights[[weight for _, weight in pairs]][:, place], values[channel, data])
        return stamped

    return added


def shares(values: Array) -> Added:
    """Each number as it is, at every place: values has shape (C, data cells)."""

    def added(channel: int, pairs: Pairs, place: int | Cells, data: int | Cells) -> Array:
        return np.asarray(values[channel, data])

    return added


def entries(columns: Array) -> Added:
    """Columns whose entries come place by place: columns has shape (planes, places, windows)."""

    def added(channel: int, pairs: Pairs, place: int | Cells, data: int | Cells) -> Array:
        return columns[[plane for plane, _ in pairs]][:, place, data]

    return added


@dataclass(frozen=True)
class ScatterTrace:
    """What the steps [start, stop) did to some result planes.

    `before` is the picture before step start, shape (planes, cells), the rim included and no bias. Of the cells
    touched, `was` and `after` say what they held before and after each step, shape (stop − start, planes that a step
    lands on, places): of the planes asked for those that it lands on, in order. 0 stands where a place lands nowhere.
    """

    start: int
    stop: int
    before: Array
    was: Array
    after: Array


def scatter(
    added: Added, scatter_map: ScatterMap, start: int = 0, stop: int | None = None, planes: Sequence[int] | None = None
) -> ScatterTrace:
    """The steps [start, stop), one for each number of the data: what it adds to these result planes, all by default.

    The time taken is that of the steps up to stop, on the planes asked for. Nothing is checked. A cell holds what the
    finished data planes brought, added up, plus what this one has brought so far.

    >>> stamps = ScatterMap(LINE, stamp_targets(Axis(5, 3, stride=2)), (((0, 0),),), 1)
    >>> trace = scatter(products(np.array([[1.0, 2.0]]), np.array([[1.0, 10.0, 100.0]])), stamps, start=1)
    >>> trace.before
    array([[  1.,  10., 100.,   0.,   0.]])
    >>> trace.was, trace.after
    (array([[[100.,   0.,   0.]]]), array([[[102.,  20., 200.]]]))
    >>> scatter(entries(np.array([[[1.0, 2.0], [2.0, 4.0]]])), column_map([Axis(3, 2)], 1)).after
    array([[[1., 2.]],
    <BLANKLINE>
           [[4., 4.]]])
    """
    size, stop = scatter_map.size, scatter_map.steps if stop is None else stop
    row_of = {plane: row for row, plane in enumerate(range(scatter_map.planes) if planes is None else planes)}
    sends = [[pair for pair in pairs if pair[0] in row_of] for pairs in scatter_map.sends]
    picture = np.zeros((len(row_of), prod(scatter_map.shape) + 1))  # the last cell is for nowhere
    before = picture
    was, after = np.zeros((2, stop - start, max(map(len, sends)), scatter_map.places))
    for channel, pairs in enumerate(sends[: -(-stop // size)]):
        rows = [row_of[plane] for plane, _ in pairs]
        first, last = (min(max(step - channel * size, 0), size) for step in (start, stop))
        so_far = np.zeros((len(rows), picture.shape[1]))
        for _, cells, values in strokes(added, channel, pairs, scatter_map, np.arange(first)):
            so_far[:, cells] += values
        if channel * size <= start <= (channel + 1) * size:
            before = picture.copy()
            before[rows] += so_far
        here = slice(channel * size + first - start, channel * size + last - start), slice(len(rows))
        was_here, after_here = (part[here].transpose(1, 0, 2) for part in (was, after))
        for where, cells, values in strokes(added, channel, pairs, scatter_map, np.arange(first, last)):
            finished = picture[rows][:, cells]
            was_here[where] = np.where(cells == NOTHING, 0.0, finished + so_far[:, cells])
            so_far[:, cells] += values
            after_here[where] = np.where(cells == NOTHING, 0.0, finished + so_far[:, cells])
        picture[rows] += so_far
    return ScatterTrace(start, stop, before[:, :-1], was, after)


def strokes(
    added: Added, channel: int, pairs: Pairs, scatter_map: ScatterMap, data: Cells
) -> Iterator[tuple[tuple[slice, slice | int, slice | int], Cells, Array]]:
    """What is added at once: one stamp after the other, or the same place of all, from the last place to the first.

    Where it is among (planes, stamps, places), on which cells, and what is added to them.
    """
    if not pairs:
        return
    every, places = slice(None), np.arange(scatter_map.places)
    if len(data) < len(places):
        for stamp, number in enumerate(data.tolist()):
            yield (every, stamp, every), scatter_map.cells(number, places), added(channel, pairs, places, number)
    else:
        for place in places[::-1].tolist():
            yield (every, every, place), scatter_map.cells(data, place), added(channel, pairs, place, data)


def scatter_to(
    values: Array,
    cells: Cells,
    area: int,
    adds: bool,
    start: int = 0,
    stop: int | None = None,
    planes: Sequence[int] | None = None,
) -> ScatterTrace:
    """The steps [start, stop) where an index says the cell: values.flat[k] is added to it, or takes its place.

    values and cells have shape (C, data cells), and each channel has a plane of `area` cells; `planes` are those that
    `before` shows.

    >>> scatter_to(np.array([[5.0, 7.0]]), np.array([[1, 1]]), 3, adds=True).after.ravel()
    array([ 5., 12.])
    """
    stop = values.size if stop is None else stop
    offsets = np.arange(len(values))[:, np.newaxis] * area
    flat, given = (cells + offsets).ravel(), values.ravel() + 0.0  # no −0.0
    picture = np.zeros(len(values) * area)
    if adds:
        np.add.at(picture, flat[:start], given[:start])
    else:
        picture[flat[:start]] = given[:start]
    before = picture.reshape(len(values), area)[slice(None) if planes is None else list(planes)].copy()
    was, after = np.zeros((2, stop - start, 1, 1))
    for step in range(start, stop):
        was[step - start] = picture[flat[step]]
        picture[flat[step]] = given[step] + (picture[flat[step]] if adds else 0.0)
        after[step - start] = picture[flat[step]]
    return ScatterTrace(start, stop, before, was, after)
