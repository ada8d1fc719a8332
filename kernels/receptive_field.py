"""What each unit of a stack sees of the input, along one axis: theory, on a line without ends.

A field is computed as if the input had no end, which is how papers count it: VGG-16's last pool sees 212 cells, also
where some of them are padding. Each layer reads, for its unit `out`, some cells of the map before it; the field of a
unit is what its cells see together. Where every layer is a convolution or a pool, all fields are equally large and lie
one stride apart, and this is the arithmetic of Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional
Neural Networks" (Distill, 2019). Behind a transposed layer they differ from unit to unit, so each is kept. A `linear`
is a convolution as large as the map. Path counts and heat maps, in contrast, respect the borders.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from kernels.cached import cached_property
from kernels.graph import INPUT, Measured
from kernels.layers import ADAPTIVE_POOLS, Counts

Cells = NDArray[np.int64]

NOTHING = np.iinfo(np.int64).min
"""In a table of cells: none, where the stride of a transposed layer does not divide."""
FAR = 2**62
"""Where a field starts that sees nothing, and −FAR where it stops."""
MOST_CELLS = 32_768
"""A field that extends further beyond the border belongs to no unit, …"""
MOST_READS = 20_000_000
"""… and more reads than these would take too long."""


class FieldTooLarge(ValueError):
    """A stack whose fields reach further than can be followed, and in which layer, from the last one down."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


@dataclass(frozen=True)
class Field:
    """What the units of one map see along one axis of the input.

    `starts` and `stops` are the first and the last cell that each unit sees, FAR and −FAR where it sees none. `stride`
    is how far the fields of neighbours lie apart, and `centre` is where the first one's middle lies, both by the
    layers' own formulas; None behind a branch whose paths disagree about it.
    """

    starts: Cells
    stops: Cells
    stride: Fraction | None
    centre: Fraction | None
    disagreement: tuple[tuple[Fraction | None, Fraction | None], ...] = ()
    """At a join whose paths do not look at the same place: the stride and the centre of each."""

    @cached_property
    def sizes(self) -> Cells:
        """How many cells each unit's field spans, shape (units,).

        >>> Field(np.array([0, FAR]), np.array([2, -FAR]), None, None).sizes
        array([3, 0])
        """
        sizes: Cells = np.maximum(self.stops - self.starts + 1, 0)
        return sizes

    @property
    def size(self) -> int:
        """The receptive field: the largest of all units."""
        return int(self.sizes.max())

    @property
    def varies(self) -> bool:
        """Whether some units see more than others."""
        return bool(self.sizes.min() != self.sizes.max())

    @property
    def padding(self) -> int:
        """The effective padding: how many cells before the input the first field starts."""
        seeing = self.starts[self.sizes > 0]
        return -int(seeing[0]) if len(seeing) else 0


NO_FIELD = Field(np.array([FAR]), np.array([-FAR]), None, None)
"""Of a map whose cells no longer lie along the axes of the input."""


def fields(measured: Sequence[Measured], input_size: int, axis: int) -> tuple[Field, ...]:
    """The field of each node along one axis of an input that has `input_size` cells there.

    >>> from kernels.layers import StackLayer
    >>> from kernels.stack import shapes
    >>> stack = (StackLayer("conv", (3,)), StackLayer("maxpool", (2,)), StackLayer("conv", (3,), padding=((1, 1),)))
    >>> [(f.size, str(f.stride), f.padding) for f in fields(shapes(stack, (1, 12)), 12, 0)]
    [(3, '1', 0), (4, '2', 0), (8, '2', 2)]
    """
    needed = needed_ranges(measured, input_size, axis)
    first, last = needed[INPUT]
    line = np.arange(first, last + 1)
    known = {INPUT: Field(line, line, Fraction(1), Fraction(0))}
    for index, layer in enumerate(measured):
        if layer.is_placed:
            known[index] = field_of(layer, axis, needed, known, index)
    return tuple(
        cut(known[index], needed[index][0], layer.spatial[axis]) if layer.is_placed else NO_FIELD
        for index, layer in enumerate(measured)
    )


def needed_ranges(measured: Sequence[Measured], input_size: int, axis: int) -> dict[int, tuple[int, int]]:
    """For each map, the first and the last cell that matters: its own, and those that later layers read beyond."""
    needed = {index: (0, layer.spatial[axis] - 1) for index, layer in enumerate(measured) if layer.is_placed}
    needed[INPUT] = (0, input_size - 1)
    looks = 0
    for index in range(len(measured) - 1, -1, -1):
        layer = measured[index]
        for number, source in placed_sources(layer, needed, index):
            read = cells_read(layer, axis, np.array(needed[index]), number, whole=False)
            known = read[read != NOTHING]
            first, last = needed[source]
            needed[source] = (min(first, int(known.min(initial=first))), max(last, int(known.max(initial=last))))
            looks += (needed[index][1] - needed[index][0] + 1) * read.shape[1]
            if needed[source][1] - needed[source][0] >= MOST_CELLS or looks > MOST_READS:
                raise FieldTooLarge(layer.place)
    return needed


def placed_sources(layer: Measured, placed: Container[int], index: int) -> list[tuple[int, int]]:
    """(its number, the node) of what a node reads whose cells lie along the input's axes: no learned numbers."""
    if index not in placed:
        return []
    return [(number, source) for number, source in enumerate(layer.node.sources) if source in placed]


def cells_read(layer: Measured, axis: int, cells: Cells, source: int = 0, *, whole: bool = True) -> Cells:
    """The cells of its source that a layer's `cells` read, on a line without ends; shape (cells, taps).

    NOTHING stands where a tap meets no cell. Without `whole`, a transposed layer's places are rounded outwards instead,
    which bounds what any cell near may read.
    """
    kind = layer.layer.kind
    if kind == "linear":
        return cells[:, np.newaxis] + np.arange(layer.spatial_inputs[0][axis])
    if is_spread(layer, axis, source):
        return np.zeros_like(cells)[:, np.newaxis]
    if not layer.windows:
        return cells[:, np.newaxis]
    window = layer.windows[axis]
    if kind in ("upsample", "resize"):
        return interpolated(layer, axis, cells)
    if kind == "pixelshuffle":
        return (cells // window.kernel)[:, np.newaxis]
    if kind in ADAPTIVE_POOLS:
        return adaptive_reads(cells, layer.spatial_inputs[0][axis], layer.spatial[axis])
    taps = np.arange(window.kernel) * window.dilation
    if kind != "convtranspose":
        places: Cells = cells[:, np.newaxis] * window.stride - window.padding[0] + taps
        return places
    places, remainder = np.divmod(cells[:, np.newaxis] + window.padding[0] - taps, window.stride)
    if whole:
        return np.where(remainder == 0, places, NOTHING)
    return np.concatenate([places, places + 1], axis=1)


def is_spread(layer: Measured, axis: int, source: int) -> bool:
    """Whether one cell of this source serves every cell of a join along the axis, as the factors of a gate do."""
    return layer.node.is_join and layer.spatial_inputs[source][axis] == 1 < layer.spatial[axis]


def interpolated(layer: Measured, axis: int, cells: Cells) -> Cells:
    """The nearest cell of an enlarged map, or the two between which a unit lies (align_corners=False)."""
    size, wanted = layer.spatial_inputs[0][axis], layer.spatial[axis]
    if layer.layer.mode == "nearest":
        return (cells * size // wanted)[:, np.newaxis]
    # The middle of unit c lies at (c + ½) · size / wanted − ½, counted in cells.
    before = ((2 * cells + 1) * size - wanted) // (2 * wanted)
    is_whole = ((2 * cells + 1) * size - wanted) % (2 * wanted) == 0
    return np.stack([before, np.where(is_whole, before, before + 1)], axis=1)


def adaptive_reads(cells: Cells, input_size: int, output_size: int) -> Cells:
    """The windows of torch.nn.AdaptiveAvgPool: from ⌊out · in / n⌋ to ⌈(out + 1) · in / n⌉."""
    starts = cells * input_size // output_size
    stops = -(-(cells + 1) * input_size // output_size)
    places = starts[:, np.newaxis] + np.arange((stops - starts).max(initial=0))
    return np.where(places < stops[:, np.newaxis], places, NOTHING)


def field_of(
    layer: Measured, axis: int, needed: dict[int, tuple[int, int]], known: dict[int, Field], index: int
) -> Field:
    """The field of a node from those of its sources."""
    cells = np.arange(needed[index][0], needed[index][1] + 1)
    starts, stops = np.full(len(cells), FAR), np.full(len(cells), -FAR)
    sources = placed_sources(layer, needed, index)
    for number, source in sources:
        read = cells_read(layer, axis, cells, number)
        found = read != NOTHING
        place = np.where(found, read - needed[source][0], 0)
        starts = np.minimum(starts, np.where(found, known[source].starts[place], FAR).min(axis=1, initial=FAR))
        stops = np.maximum(stops, np.where(found, known[source].stops[place], -FAR).max(axis=1, initial=-FAR))
    in_step = [known[source] for number, source in sources if not is_spread(layer, axis, number)]
    stride, centre, disagreement = aligned(layer, axis, in_step or [known[source] for _, source in sources])
    return Field(starts, stops, stride, centre, disagreement)


Line = tuple[Fraction | None, Fraction | None]
"""Stride and centre: the middle of the field of unit u is centre + u · stride."""


def aligned(
    layer: Measured, axis: int, sources: Sequence[Field]
) -> tuple[Fraction | None, Fraction | None, tuple[Line, ...]]:
    """Stride and centre of a node, and those of its sources where they disagree."""
    lines = [(source.stride, source.centre) for source in sources]
    single = layer.spatial[axis] == 1  # one unit has no neighbour, and looks at what it looks at
    if len(set(lines)) == 1 or (single and layer.node.is_join):
        stride, centre = lines[0]
        if stride is None:
            return None, None, ()
        scale, shift = step(layer, axis)
        return stride * scale, None if centre is None else centre + stride * shift, ()
    strides = {stride for stride, _ in lines}
    return (strides.pop() if len(strides) == 1 else None), None, tuple(lines)


def step(layer: Measured, axis: int) -> tuple[Fraction, Fraction]:
    """How far apart the windows of neighbours lie, and where the middle of the first lies, in cells of the source."""
    one, kind = Fraction(1), layer.layer.kind
    if kind == "linear":
        return one, Fraction(layer.spatial_inputs[0][axis] - 1, 2)
    if not layer.windows:
        return one, Fraction(0)
    window = layer.windows[axis]
    if kind in ("upsample", "pixelshuffle"):
        return one / window.kernel, Fraction(1 - window.kernel, 2 * window.kernel)
    if kind == "resize" or kind in ADAPTIVE_POOLS:
        scale = Fraction(layer.spatial_inputs[0][axis], layer.spatial[axis])
        return scale, (scale - 1) / 2
    middle = Fraction(window.extent - 1, 2) - window.padding[0]
    if kind == "convtranspose":
        return one / window.stride, -middle / window.stride
    return one * window.stride, middle


def cut(field: Field, first: int, size: int) -> Field:
    """The field of a map's own units, without those beyond its ends."""
    own = slice(-first, size - first)
    return Field(field.starts[own], field.stops[own], field.stride, field.centre, field.disagreement)


def receptive_field(measured: Sequence[Measured], spatial: Counts) -> tuple[tuple[Field, ...], ...]:
    """The fields of each node, one for each axis of an input with these sizes."""
    if not measured:
        return ()
    if len(spatial) > 1 and all(is_alike(layer, spatial) for layer in measured):
        return tuple((field,) * len(spatial) for field in fields(measured, spatial[0], 0))
    return tuple(zip(*(fields(measured, size, axis) for axis, size in enumerate(spatial)), strict=True))


def is_alike(layer: Measured, input_sizes: Counts) -> bool:
    """Whether a layer does the same along every axis of a square input."""
    lines = (input_sizes, layer.spatial, layer.windows, *layer.spatial_inputs)
    return all(line.count(line[0]) == len(line) for line in lines if line)
