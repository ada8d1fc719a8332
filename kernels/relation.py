"""What a step reads: the one relation, solved for the space of the result, as tables to look things up in.

Every operation that reads windows is described here in the same terms. Its *data* is what is read (x, or the upstream
gradient), its *weights* what the data is multiplied with (w; the upstream gradient, when the weights' own gradient is
asked for; nothing, when pooling), its *result* is y. Along each axis a `Reads` says which data cell a result cell
meets at each place of its window; `feeds` says the same of the planes.

So one gather and one scatter serve every operation: the slices of a volume feed as channels do, zero insertion is a
gather whose data is stretched, and the gradient of the weights is one whose weights are the upstream gradient.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from kernels.adaptive import AdaptiveAxis
from kernels.axis import ZERO, Axis, Cells, read_only
from kernels.cached import cached_property

Reduction = Literal["sum", "max", "mean", "power"]
Feeds = tuple[tuple[tuple[int, int], ...], ...]

NOTHING = -1
"""In `taps`: no data cell lies at this place. In `feeds`: no weight plane."""


@dataclass(frozen=True, eq=False)
class Reads:
    """One axis of a relation.

    taps (results, places) gives the data cell, as it is drawn, that lies at a place of the window, or −1 for none;
    source (drawn,) the data cell whose value a drawn cell shows, or −1 for a zero that padding or stretching put there.
    `margin` is how many drawn cells lie (before, after) the data. With `turned`, place p holds weight places − 1 − p.
    counts (results,) is what a mean divides by along this axis.
    """

    taps: Cells
    source: Cells
    size: int
    margin: tuple[int, int] = (0, 0)
    turned: bool = False
    counts: Cells | None = None

    @property
    def places(self) -> int:
        return int(self.taps.shape[1])

    @property
    def results(self) -> int:
        return int(self.taps.shape[0])

    @property
    def drawn(self) -> int:
        return len(self.source)

    @cached_property
    def read_counts(self) -> Cells:
        """For each data cell, how many pairs of a result and a place read it, or a copy of it; shape (size,).

        >>> window_reads(Axis(3, 2, padding=(1, 0), padding_mode="replicate")).read_counts
        array([3, 2, 1])
        """
        met = self.source[self.taps[self.taps != NOTHING]]
        return read_only(np.bincount(met[met != ZERO], minlength=self.size))

    @cached_property
    def met(self) -> NDArray[np.bool_]:
        """The drawn cells that a result reads just there; shape (drawn,)."""
        met = np.zeros(self.drawn, bool)
        met[self.taps[self.taps != NOTHING]] = True
        return read_only(met)

    @property
    def inside(self) -> slice:
        """The drawn cells between the margins."""
        before, after = (max(side, 0) for side in self.margin)
        return slice(before, self.drawn - after)

    @cached_property
    def reached(self) -> NDArray[np.bool_]:
        """Of the cells between the margins those that a result reads, there or in a copy."""
        source = self.source[self.inside]
        return read_only(np.where(source == ZERO, self.met[self.inside], self.read_counts[source] > 0))


LINE = Reads(np.zeros((1, 1), np.intp), np.zeros(1, np.intp), 1, counts=np.ones(1, np.intp))
"""The rows of a line of cells: there is one."""


@lru_cache(256)
def unread_cells(rows: Reads, cols: Reads) -> NDArray[np.bool_]:
    """The drawn cells of a plane that nothing reads, shape (rows, cols). Of a data cell, a copy in the padding will do.

    >>> unread_cells(LINE, window_reads(Axis(7, 3, stride=3, padding=(0, 1)))).nonzero()[1]
    array([6, 7])
    """
    unread = ~np.logical_and.outer(rows.met, cols.met)
    unread[rows.inside, cols.inside] = ~np.logical_and.outer(rows.reached, cols.reached)
    return read_only(unread)


@dataclass(frozen=True, eq=False)
class Relation:
    """What every result reads: an axis of cells for each axis of space, and the planes.

    feeds[result plane] holds a pair (data plane, weight plane) for each plane that is summed over.
    `power` is the exponent of a power average.
    """

    reads: tuple[Reads, ...]
    feeds: Feeds
    reduction: Reduction = "sum"
    power: int = 1
    repeats: bool = False
    """Whether one plane of weights joins several pairs, and is drawn at each."""
    divisor: int | None = None
    """What a mean divides by whatever its window, or None where the axes' counts say it."""

    @property
    def sides(self) -> tuple[Reads, Reads]:
        """The two axes of a picture: a line of cells is a picture with one row."""
        rows, cols = [LINE, *self.reads][-2:]
        return rows, cols


@lru_cache(256)
def window_reads(axis: Axis) -> Reads:
    """The windows of a convolution: result = out, data = in, place by place in reading order.

    >>> window_reads(Axis(4, 2, stride=2, flip=True)).taps
    array([[0, 1],
           [2, 3]])
    """
    taps = axis.taps[:, ::-1] if axis.flip else axis.taps
    return Reads(taps, axis.source, axis.input_size, axis.padding, axis.flip)


@lru_cache(256)
def stretched_reads(axis: Axis) -> Reads:
    """A transposed convolution as a convolution: zeros between the data, a rim around it, the kernel turned.

    `axis` is that of the convolution which is transposed (`transposed.transposed_axis`): result = in, data = out.
    Where the padding reaches further than the kernel, the stretched data is cropped, so that `margin` is negative.

    >>> reads = stretched_reads(Axis(input_size=5, kernel_size=3, stride=2))
    >>> reads.source
    array([-1, -1,  0, -1,  1, -1, -1])
    >>> reads.taps[0], reads.turned
    (array([0, 1, 2]), True)
    """
    span = axis.extent - 1
    before = span - axis.padding[0]
    size = axis.input_size + span
    distance = np.arange(size) - before
    out, remainder = np.divmod(distance, axis.stride)
    source = np.where((remainder == 0) & (out >= 0) & (out < axis.output_size), out, ZERO)
    taps = np.arange(axis.input_size)[:, np.newaxis] + np.arange(axis.kernel_size) * axis.dilation
    inner = (axis.output_size - 1) * axis.stride + 1
    margin = (before, size - before - inner)
    return Reads(read_only(taps), read_only(source), axis.output_size, margin, not axis.flip)


@lru_cache(256)
def position_reads(axis: Axis) -> Reads:
    """The gradient of the weights: result = tap, data = in, and at each place one cell of the upstream gradient.

    >>> position_reads(Axis(4, 2)).taps
    array([[0, 1, 2],
           [1, 2, 3]])
    """
    return Reads(read_only(axis.taps.T.copy()), axis.source, axis.input_size, axis.padding)


@lru_cache(256)
def pool_reads(axis: Axis | AdaptiveAxis, count_include_pad: bool = True) -> Reads:
    """The windows of a pooling: what hangs over the end, or lies past an adaptive window, is no place at all.

    >>> pool_reads(AdaptiveAxis(5, 3)).taps
    array([[ 0,  1, -1],
           [ 1,  2,  3],
           [ 3,  4, -1]])
    """
    if isinstance(axis, AdaptiveAxis):
        counts = (axis.reads != NOTHING).sum(axis=1)
        return Reads(axis.reads, read_only(np.arange(axis.input_size)), axis.input_size, counts=read_only(counts))
    before = axis.padding[0]
    drawn = axis.input_size + 2 * before  # what ceil_mode lets hang over is not padding
    taps = read_only(np.where(axis.taps < drawn, axis.taps, NOTHING))
    counted = taps != NOTHING if count_include_pad else axis.reads != ZERO
    source = read_only(np.where(np.arange(drawn) < len(axis.source), axis.source.take(range(drawn), mode="clip"), ZERO))
    return Reads(taps, source, axis.input_size, (before, before), counts=read_only(counted.sum(axis=1)))


@lru_cache(256)
def convolution_feeds(filters: int, per_group: int, groups: int = 1) -> Feeds:
    """Filter o sums over the channels of its group, each with its own slice of w.

    >>> convolution_feeds(2, 1, groups=2)
    (((0, 0),), ((1, 1),))
    """
    first = [o // (filters // groups) * per_group for o in range(filters)]
    return tuple(tuple((first[o] + i, o * per_group + i) for i in range(per_group)) for o in range(filters))


@lru_cache(256)
def transposed_feeds(channels: int, per_group: int, groups: int = 1) -> Feeds:
    """Filter o sums over the channels of its group; w is (C, O/groups, …), its planes in that order.

    >>> transposed_feeds(2, 1)
    (((0, 0), (1, 1)),)
    """
    members = channels // groups
    return tuple(
        tuple((c, c * per_group + o) for c in range(group * members, (group + 1) * members))
        for group in range(groups)
        for o in range(per_group)
    )


@lru_cache(256)
def weight_feeds(filters: int, per_group: int, groups: int = 1) -> Feeds:
    """The gradient of slice (o, i) of w reads channel i of the group, times the upstream gradient of filter o.

    >>> weight_feeds(2, 1)
    (((0, 0),), ((0, 1),))
    """
    return tuple(((c, o),) for o, group in enumerate(convolution_feeds(filters, per_group, groups)) for c, _ in group)


def plane_feeds(channels: int) -> Feeds:
    """Each channel by itself, without weights.

    >>> plane_feeds(2)
    (((0, -1),), ((1, -1),))
    """
    return tuple(((channel, NOTHING),) for channel in range(channels))
