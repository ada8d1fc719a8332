"""Which cells a unit truly sees, and along how many paths: practice, on maps that end where they end.

Along one axis, what a layer reads is a matrix of counts: paths[out, in] is how many of its taps lead from `out` to
`in`. Padding is a zero that leads nowhere. Matrices of layers that follow one another multiply, and those of paths side
by side add, so that the row of a unit, taken down to the input, holds its path counts: 1 3 6 7 6 3 1.
"""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from kernels.graph import INPUT, Measured
from kernels.receptive_field import NOTHING, cells_read, is_spread

PathCounts = NDArray[np.float64]
"""Shape (units out, cells in). Counts are whole, and exact up to 2⁵³."""
MOST = 1e300
"""More paths than this are as many."""


def path_counts(layer: Measured, axis: int, source: int = 0) -> PathCounts | None:
    """What a layer reads of one of its sources along one axis; None where each cell reads just its own.

    >>> from kernels.layers import StackLayer
    >>> from kernels.stack import shapes
    >>> (layer,) = shapes((StackLayer("conv", (3,), padding=((1, 1),)),), (1, 3))
    >>> path_counts(layer, 0)
    array([[1., 1., 0.],
           [1., 1., 1.],
           [0., 1., 1.]])
    """
    if not layer.windows and layer.layer.kind != "linear" and not is_spread(layer, axis, source):
        return None
    units, cells = layer.spatial[axis], layer.spatial_inputs[source][axis]
    read = cells_read(layer, axis, np.arange(units), source)
    out, tap = np.nonzero((read != NOTHING) & (read >= 0) & (read < cells))
    paths = np.zeros((units, cells))
    paths[out, read[out, tap]] = 1  # taps of one layer never meet in a cell
    return paths


def chained(later: PathCounts | None, earlier: PathCounts | None) -> PathCounts | None:
    """Both, one after the other.

    >>> chained(np.array([[1.0, 2.0]]), np.array([[1.0, 1.0, 0.0], [0.0, 1.0, 1.0]]))
    array([[1., 3., 2.]])
    """
    if later is None or earlier is None:
        return earlier if later is None else later
    return np.minimum(later @ earlier, MOST)


def links(measured: Sequence[Measured], axis: int, shown: Collection[int]) -> dict[int, dict[int, PathCounts | None]]:
    """For each shown node, what it reads of each shown node before it, or of the input, through those that are not.

    >>> from kernels.layers import StackLayer
    >>> from kernels.stack import shapes
    >>> conv = StackLayer("conv", (3,))
    >>> links(shapes((conv, StackLayer("relu"), conv), (1, 5)), 0, [2])[2][INPUT]
    array([[1., 2., 3., 2., 1.]])
    """
    known: dict[int, dict[int, PathCounts | None]] = {}
    for index, layer in enumerate(measured):
        found: dict[int, PathCounts | None] = {}
        for number, source in enumerate(layer.node.sources):
            own = path_counts(layer, axis, number)
            ends = {source: None} if source == INPUT or source in shown else known[source]
            for end, paths in ends.items():
                through = chained(own, paths)
                found[end] = added(found[end], through, layer.spatial[axis]) if end in found else through
        known[index] = found
    return {index: known[index] for index in known if index in shown}


def added(one: PathCounts | None, other: PathCounts | None, size: int) -> PathCounts:
    """The counts of paths side by side."""
    same = np.eye(size)
    return (same if one is None else one) + (same if other is None else other)


Counts = dict[int, NDArray[np.float64]]
"""For each node, how many paths lead from the chosen unit to each of its cells."""


def seen(linked: dict[int, dict[int, PathCounts | None]], node: int, unit: int, size: int) -> Counts:
    """How many paths lead from a unit down to each cell of every map before it; `size` is that of its own map.

    >>> from kernels.layers import StackLayer
    >>> from kernels.stack import shapes
    >>> conv = StackLayer("conv", (3,))
    >>> linked = links(shapes((conv, conv, conv), (1, 9)), 0, range(3))
    >>> seen(linked, 2, 1, 3)[INPUT]
    array([0., 1., 3., 6., 7., 6., 3., 1., 0.])
    """
    counts: Counts = {node: np.eye(size)[unit]}
    for index in sorted((index for index in linked if index <= node), reverse=True):
        if index not in counts:
            continue
        for source, paths in linked[index].items():
            down = counts[index] if paths is None else counts[index] @ paths
            counts[source] = np.minimum(counts[source] + down if source in counts else down, MOST)
    return counts
