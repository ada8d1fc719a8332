"""Layers for the tests: drawn ones, and the plainest way to compute them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from hypothesis import strategies as st

from kernels.axis import Axis
from kernels.convolution import convolve
from kernels.relation import convolution_feeds, transposed_feeds
from kernels.scatter import products, scatter, scatter_map_along, sends_of, stamp_targets, window_targets
from kernels.trace import trace, transposed_trace
from kernels.transposed import conv_transpose, transposed_axis

MODES = ("zeros", "reflect", "replicate", "circular")


class Scattered:
    """A layer of one or two axes, step by step from its input: `targets_along` and `feeds` say where its numbers go."""

    @property
    def scatter_map(self):
        sides = [self.targets_along(axis) for axis in self.axes]
        return scatter_map_along(sides, sends_of(self.feeds, len(self.x)), self.y_shape[0])

    @property
    def added(self):
        kernels = self.w.reshape(len(self.w) * self.w.shape[1], -1)
        return products(flat(self.x), kernels[:, ::-1] if self.scatter_map.cols.turned else kernels)

    def scatter(self, start=0, stop=None, planes=None):
        return scatter(self.added, self.scatter_map, start, stop, planes)

    def finished(self):
        """The result without the rim, the bias added."""
        y = within(self.scatter(start=self.x.size).before, self.scatter_map).reshape(self.y_shape)
        return y if self.b is None else y + self.b.reshape(-1, *(1 for _ in self.axes))


def flat(planes):
    return planes.reshape(len(planes), -1)


def within(picture, scatter_map):
    """A picture of result planes without the rim."""
    top, right, bottom, left = scatter_map.margin
    rows, cols = scatter_map.shape
    return picture.reshape(-1, rows, cols)[:, top : rows - bottom, left : cols - right]


@dataclass(frozen=True)
class Convolution(Scattered):
    x: np.ndarray
    w: np.ndarray
    b: np.ndarray | None
    axes: tuple[Axis, ...]
    groups: int
    targets_along = staticmethod(window_targets)

    @property
    def feeds(self):
        return convolution_feeds(len(self.w), self.w.shape[1], self.groups)

    @property
    def y_shape(self):
        return (len(self.w), *(axis.output_size for axis in self.axes))

    def convolve(self):
        return convolve(self.x, self.w, self.b, axes=self.axes, groups=self.groups)

    def trace(self, start=0, stop=None):
        return trace(self.x, self.w, self.b, axes=self.axes, groups=self.groups, start=start, stop=stop)


@st.composite
def axis_of(draw, mode="zeros", flip=False, most=8):
    """Any legal axis: the window fits, and the padding is what PyTorch allows in that mode."""
    size = draw(st.integers(1, most))
    widest = {"reflect": size - 1, "circular": size}.get(mode, 3)
    padding = draw(st.tuples(*[st.integers(0, min(3, widest))] * 2))
    kernel = draw(st.integers(1, min(4, size + sum(padding))))
    dilations = range(1, 5 if kernel == 1 else min(4, (size + sum(padding) - 1) // (kernel - 1)) + 1)
    return Axis(size, kernel, draw(st.integers(1, 4)), draw(st.sampled_from(dilations)), padding, mode, flip)


@st.composite
def any_axis(draw):
    return draw(axis_of(draw(st.sampled_from(MODES)), draw(st.booleans()), most=12))


@st.composite
def layers(draw, modes=MODES, ranks=3):
    """Any legal layer of one to three axes of space, with values of every size and many zeros."""
    mode, flip, rank = draw(st.sampled_from(modes)), draw(st.booleans()), draw(st.integers(1, ranks))
    axes = tuple(draw(axis_of(mode, flip, most=5 if rank == 3 else 8)) for _ in range(rank))
    groups, group_channels, group_filters = (draw(st.integers(1, 3)) for _ in range(3))
    numbers = np.random.default_rng(draw(st.integers(0, 2**32)))
    x = numbers.normal(size=(groups * group_channels, *(axis.input_size for axis in axes)))
    w = numbers.normal(size=(groups * group_filters, group_channels, *(axis.kernel_size for axis in axes)))
    b = numbers.normal(size=len(w)) if draw(st.booleans()) else None
    x[numbers.random(x.shape) < 0.3] = -0.0
    return Convolution(x, w, b, axes, groups)


def relation(axis: Axis, out: int, tap: int) -> int | None:
    """The input cell in which an output cell and a tap meet, or None for a zero: the formula itself, no table."""
    place = axis.kernel_size - 1 - tap if axis.flip else tap
    cell, last = out * axis.stride - axis.padding[0] + place * axis.dilation, axis.input_size - 1
    if 0 <= cell <= last:
        return cell
    return {
        "zeros": None,
        "reflect": -cell if cell < 0 else 2 * last - cell,
        "replicate": 0 if cell < 0 else last,
        "circular": cell % axis.input_size,
    }[axis.padding_mode]


def plain_steps(layer: Convolution) -> Iterator[float]:
    """Every number of y by plain Python, added up in the order that `trace` promises."""
    group_filters, group_channels = len(layer.w) // layer.groups, layer.w.shape[1]
    for filter, *out in product(*map(range, layer.y_shape)):
        y = 0.0
        for channel in range(group_channels):
            plane = layer.x[filter // group_filters * group_channels + channel]
            y += plain_channel_sum(plane, layer.w[filter, channel], out, layer.axes)
        yield y if layer.b is None else y + float(layer.b[filter])


def plain_channel_sum(plane, weights, out, axes) -> float:
    total = 0.0
    for place in product(*(range(axis.kernel_size) for axis in axes)):
        tap = tuple(axis.kernel_size - 1 - at if axis.flip else at for at, axis in zip(place, axes, strict=True))
        cells = tuple(relation(*meeting) for meeting in zip(axes, out, tap, strict=True))
        total += (0.0 if None in cells else float(plane[cells])) * float(weights[tap])
    return total


@dataclass(frozen=True)
class Transposed(Scattered):
    x: np.ndarray
    w: np.ndarray
    b: np.ndarray | None
    axes: tuple[Axis, ...]
    groups: int
    targets_along = staticmethod(stamp_targets)

    @property
    def feeds(self):
        return transposed_feeds(len(self.w), self.w.shape[1], self.groups)

    @property
    def y_shape(self):
        return (self.groups * self.w.shape[1], *(axis.input_size for axis in self.axes))

    def whole(self):
        return conv_transpose(self.x, self.w, self.b, axes=self.axes, groups=self.groups)

    def gather(self, start=0, stop=None):
        return transposed_trace(self.x, self.w, self.b, axes=self.axes, groups=self.groups, start=start, stop=stop)


@st.composite
def transposed_axis_of(draw, flip, most):
    """Any legal axis of a transposed convolution whose output has a cell."""
    size, kernel, stride, dilation = (draw(st.integers(1, limit)) for limit in (most, 4, 4, 3))
    output_padding = draw(st.integers(0, max(stride, dilation) - 1))
    most = (size - 1) * stride + dilation * (kernel - 1) + output_padding
    padding = draw(st.integers(0, min(4, most // 2)))
    axis = transposed_axis(
        size, kernel, stride=stride, padding=padding, output_padding=output_padding, dilation=dilation
    )
    return replace(axis, flip=flip)


@st.composite
def transposed_layers(draw, ranks=3):
    """Any legal transposed layer of one to three axes of space."""
    flip, rank = draw(st.booleans()), draw(st.integers(1, ranks))
    axes = tuple(draw(transposed_axis_of(flip, most=3 if rank == 3 else 5)) for _ in range(rank))
    groups, group_channels, group_filters = (draw(st.integers(1, most)) for most in (3, 2, 2))
    numbers = np.random.default_rng(draw(st.integers(0, 2**32)))
    x = numbers.normal(size=(groups * group_channels, *(axis.output_size for axis in axes)))
    w = numbers.normal(size=(len(x), group_filters, *(axis.kernel_size for axis in axes)))
    b = numbers.normal(size=groups * group_filters) if draw(st.booleans()) else None
    x[numbers.random(x.shape) < 0.3] = -0.0
    return Transposed(x, w, b, axes, groups)


def cut(data, stop):
    """The steps [0, stop) in drawn ranges, one after the other."""
    cuts = sorted(data.draw(st.lists(st.integers(0, stop), max_size=4)))
    return list(zip([0, *cuts], [*cuts, stop], strict=True))
