"""A convolution of volumes, drawn as slices: along its depth it joins slices as channels are joined."""

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.operations.common.grids import Resolved
from app.operations.convolution.layer import ConvolutionParameters, resolve_convolution
from app.scene.layer import Layer
from app.scene.legality import check_amount
from app.scene.operation import Operation
from app.settings import Limits
from kernels.axis import ZERO, Axis
from kernels.cached import cached_property
from kernels.relation import Feeds, Relation, convolution_feeds, window_reads
from kernels.trace import Trace, trace


def resolve_volume(operation: Operation, parameters: ConvolutionParameters, limits: Limits) -> Layer:
    """The layer of a convolution, its depth unrolled into planes: slice after slice, channel after channel."""
    layer = resolve_convolution(operation, parameters, limits)
    depth, *flat = (axis for axis in layer.windows)
    x, w, b = layer.grids.values()
    assert x is not None
    assert w is not None
    volume = Volume(depth, tuple(flat), x, w, b, layer.groups)
    layer = replace(
        layer,
        relation=Relation(tuple(map(window_reads, flat)), volume.feeds, repeats=True),
        sources=volume.sources,
        compute=partial(trace_of, volume),
    )
    check_amount(layer, limits)  # every slice of a window has a sum of its own
    return layer


class Volume:
    """One convolution of volumes as many of slices: x (C, D, H, W), w (O, C/groups, kD, kH, kW)."""

    def __init__(
        self, depth: Axis, flat: tuple[Axis, ...], x: Resolved, w: Resolved, b: Resolved | None, groups: int
    ) -> None:
        self.depth, self.flat = window_reads(depth), flat
        self.x, self.w, self.b, self.groups = x, w, b, groups

    @cached_property
    def sources(self) -> tuple[int, ...]:
        """For each slice as it is drawn, padded ones among them, the slice of x that it shows, or −1 for zeros."""
        slices = self.depth.source.tolist()
        size = self.depth.size
        return tuple(ZERO if s == ZERO else c * size + s for c in range(self.x.shape[0]) for s in slices)

    @cached_property
    def feeds(self) -> Feeds:
        """Slice z of filter o sums over the channels of its group, and in each over the slices under its kernel."""
        depth, taps, drawn = self.depth, self.depth.places, self.depth.drawn
        order = range(taps)[::-1] if depth.turned else range(taps)
        return tuple(
            tuple(
                (channel * drawn + cell, plane * taps + tap)
                for channel, plane in group
                for cell, tap in zip(cells, order, strict=True)
            )
            for group in convolution_feeds(self.w.shape[0], self.w.shape[1], self.groups)
            for cells in depth.taps.tolist()
        )

    def slices(self, result: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """What a result's slice reads, (planes, H, W), and with which weights, (1, planes, kH, kW)."""
        planes = self.x.values.reshape(-1, *self.x.shape[2:])
        weights = self.w.values.reshape(-1, *self.w.shape[3:])
        read = [self.sources[data] for data, _ in self.feeds[result]]
        zero = np.zeros(planes.shape[1:])
        return (
            np.stack([zero if source == ZERO else planes[source] for source in read]),
            weights[[weight for _, weight in self.feeds[result]]][np.newaxis],
        )


def trace_of(volume: Volume, start: int, stop: int) -> Trace:
    """The steps [start, stop): each slice of the result is a convolution of slices."""
    parts: list[Trace] = []
    area = int(np.prod([axis.output_size for axis in volume.flat]))
    for result in range(start // area, -(-stop // area)):
        first, last = max(start - result * area, 0), min(stop - result * area, area)
        x, w = volume.slices(result)
        filter = result // volume.depth.results
        bias: Any = None if volume.b is None else volume.b.values[filter : filter + 1]
        parts.append(trace(x, w, bias, axes=volume.flat, start=first, stop=last))
    y = np.concatenate([part.y for part in parts]) if parts else np.empty(0)
    sums = np.concatenate([part.channel_sums for part in parts], axis=1) if parts else np.empty((0, 0))
    return Trace(start, stop, y, sums)
