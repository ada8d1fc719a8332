"""A convolution step by step: one step for each number of y, filter by filter, each in reading order.

The relation may be solved for any of its three spaces, and here each has its trace: `trace` for out (convolution),
`transposed_trace` for in (transposed convolution, the gradient of the input), `weight_trace` for tap (the gradient of
the weights).

This way shares nothing with `convolution` but the `Axis`, so that each checks the other. And it is exact: every sum is
taken in one fixed order, by elementwise × and + alone, so that its bytes are the same on every machine and however the
steps are cut into ranges. (A matrix product, or a sum over an axis, may pair its terms as it likes.) So a scene takes
its numbers from here, and `convolution` checks them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kernels.axis import Axis

Array = NDArray[np.float64]
Cells = NDArray[np.intp]

BLOCK = 65536
"""How many products are held at once: few enough to stay in a processor's cache."""


@dataclass(frozen=True)
class Trace:
    """What the steps [start, stop) computed; step k is y.flat[k].

    y has shape (stop − start,), channel_sums (channels that are added up, stop − start): what each of them brought.
    argmax, of max pooling alone, is where in the plane of x the winner stands.
    """

    start: int
    stop: int
    y: Array
    channel_sums: Array
    argmax: Cells | None = None

    def part(self, start: int, stop: int) -> "Trace":
        """Some of these steps, as if only they had been computed."""
        steps = slice(start - self.start, stop - self.start)
        argmax = None if self.argmax is None else self.argmax[steps]
        return Trace(start, stop, self.y[steps], self.channel_sums[:, steps], argmax)


def trace(
    x: Array,
    w: Array,
    b: Array | None = None,
    *,
    axes: Sequence[Axis],
    groups: int = 1,
    start: int = 0,
    stop: int | None = None,
) -> Trace:
    """The steps [start, stop) of a convolution: each is Σ x[channel, in]·w[filter, channel, tap] + b[filter].

    x has shape (C, *inputs), w (O, C/groups, *taps), b (O,) or is None, all float64; there is an `Axis` for each axis
    of space. The time taken is that of the steps asked for, and of padding x. Nothing is checked: `axes` must fit x
    and w, and 0 ≤ start ≤ stop ≤ y.size. The formula is that of torch.nn.Conv2d.

    The order of summation is fixed: within a channel from 0.0 over the window's places in reading order, then over the
    channels, then the bias. A flipped kernel changes which weight lies at a place, not the order of the places.

    >>> steps = trace(np.array([[1.0, 2.0, 4.0]]), np.array([[[1.0, 10.0]]]), axes=[Axis(3, 2)], start=1)
    >>> steps.y
    array([42.])
    """
    y_shape = (len(w), *(axis.output_size for axis in axes))
    padded, kernels = pad(x, axes), lay(w, axes)

    def products(filters: Cells, outs: Sequence[Cells]) -> Array:
        channels = filters // (len(w) // groups) * w.shape[1] + np.arange(w.shape[1])[:, np.newaxis]
        return read_windows(padded, channels, outs, axes) * kernels.take(filters, axis=2)

    return trace_products(products, kernels.shape[:2], b, y_shape, start, stop)


def transposed_trace(
    x: Array,
    w: Array,
    b: Array | None = None,
    *,
    axes: Sequence[Axis],
    groups: int = 1,
    start: int = 0,
    stop: int | None = None,
) -> Trace:
    """The steps [start, stop) of a transposed convolution: Σ x[channel, out]·w[channel, filter, tap] + b[filter].

    Shapes, axes and formula are those of `transposed.conv_transpose`, all float64; nothing is checked. Each step
    gathers, channel by channel, the stamps that reach its cell, from 0.0 in the reading order of x, then adds the
    channels, then the bias: the order in which `stamps` lets them fall, so that both give the same bytes.

    >>> axis = Axis(input_size=5, kernel_size=3, stride=2)
    >>> transposed_trace(np.array([[1.0, 2.0]]), np.array([[[1.0, 10.0, 100.0]]]), axes=[axis], start=2, stop=4).y
    array([102.,  20.])
    """
    y_shape = (groups * w.shape[1], *(axis.input_size for axis in axes))
    channels = len(x) // groups
    extended, kernels = extend(x), lay_transposed(w, axes, groups)

    def products(filters: Cells, ins: Sequence[Cells]) -> Array:
        planes = filters // w.shape[1] * channels + np.arange(channels)[:, np.newaxis]
        return read_stamps(extended, planes, ins, axes) * kernels.take(filters, axis=2)

    return trace_products(products, kernels.shape[:2], b, y_shape, start, stop)


def weight_trace(
    x: Array,
    grad_output: Array,
    *,
    axes: Sequence[Axis],
    groups: int = 1,
    start: int = 0,
    stop: int | None = None,
) -> Trace:
    """The steps [start, stop) of the gradient of the weights: Σ grad_output[filter, out]·x[channel, in].

    Shapes, axes and formula are those of `gradients.conv_weight`, all float64; nothing is checked. Step k is weight
    w.flat[k], and sums every position at which its tap lay, from 0.0 in reading order. Only one channel is read, so
    that channel_sums has one row, which is y.

    >>> weight_trace(np.array([[1.0, 2.0, 4.0]]), np.array([[1.0, 10.0]]), axes=[Axis(3, 2)]).y
    array([21., 42.])
    """
    channels = len(x) // groups
    w_shape = (len(grad_output), channels, *(axis.kernel_size for axis in axes))
    stop = prod(w_shape) if stop is None else stop
    padded, gradients = pad(x, axes), grad_output.reshape(len(grad_output), -1)
    y = np.empty(stop - start)
    block = max(1, BLOCK // gradients.shape[1])
    for first in range(start, stop, block):
        filters, members, *taps = np.unravel_index(np.arange(first, min(first + block, stop)), w_shape)
        planes = filters // (len(grad_output) // groups) * channels + members
        products = read_positions(padded, planes, taps, axes) * gradients.take(filters, axis=0)
        # Running sums are taken one after the other, whatever the processor; + 0.0, as no result is a −0.0.
        y[first - start : first - start + len(filters)] = np.add.accumulate(products, axis=1)[:, -1] + 0.0
    return Trace(start, stop, y, y[np.newaxis])


def trace_products(
    products: Callable[[Cells, Sequence[Cells]], Array],
    terms: tuple[int, ...],
    b: Array | None,
    y_shape: tuple[int, ...],
    start: int,
    stop: int | None,
) -> Trace:
    """Add up steps, a block at a time: `products` gives what a cell of y sums, (places, channels, steps)."""
    stop = prod(y_shape) if stop is None else stop
    channel_sums = np.empty((terms[1], stop - start))
    y = np.empty(stop - start)
    block = max(1, BLOCK // prod(terms))
    for first in range(start, stop, block):
        filters, *cells = np.unravel_index(np.arange(first, min(first + block, stop)), y_shape)
        here = slice(first - start, first - start + len(filters))
        channel_sums[:, here] = add_up(products(filters, cells))
        y[here] = add_up(channel_sums[:, here])
        if b is not None:
            y[here] += b[filters]
    return Trace(start, stop, y, channel_sums)


def read_windows(padded: Array, channels: Cells, outs: Sequence[Cells], axes: Sequence[Axis]) -> Array:
    """What each step's window holds, by its place in reading order; shape (places, C/groups, steps).

    The relation, counted in cells of the padded planes as they follow each other in memory.
    """
    cells = channels * prod(padded.shape[1:])
    offsets = np.zeros(1, np.intp)
    for out, axis, pitch in zip(outs, axes, pitches(padded), strict=True):
        cells = cells + out * (axis.stride * pitch)
        offsets = np.add.outer(offsets, np.arange(axis.kernel_size) * (axis.dilation * pitch)).ravel()
    return padded.take(cells + offsets[:, np.newaxis, np.newaxis])


def read_stamps(extended: Array, channels: Cells, ins: Sequence[Cells], axes: Sequence[Axis]) -> Array:
    """What stamps each step's cell, by falling place, or a zero; shape (places, C/groups, steps).

    Of two stamps on one cell, the earlier reaches it with the later place of its kernel: hence falling.
    """
    cells = np.zeros((1, len(ins[0])), np.intp)
    for cell, axis, pitch in zip(ins, axes, pitches(extended), strict=True):
        writes = axis.writes[cell].T if axis.flip else axis.writes[cell, ::-1].T
        along = writes % (axis.output_size + 1)  # −1 becomes the last cell, which `extend` made a zero.
        cells = (cells[:, np.newaxis] + along * pitch).reshape(-1, len(cell))
    return extended.take(cells[:, np.newaxis] + channels * prod(extended.shape[1:]))


def read_positions(padded: Array, channels: Cells, taps: Sequence[Cells], axes: Sequence[Axis]) -> Array:
    """What each step's tap sees at all positions of its window, in reading order; shape (steps, positions)."""
    cells = (channels * prod(padded.shape[1:]))[:, np.newaxis]
    for tap, axis, pitch in zip(taps, axes, pitches(padded), strict=True):
        cells = (cells[:, :, np.newaxis] + axis.taps.T[tap][:, np.newaxis] * pitch).reshape(len(tap), -1)
    return padded.take(cells)


def lay(w: Array, axes: Sequence[Axis]) -> Array:
    """The weights by the place of the window on which they lie, turned if flipped; shape (places, C/groups, O)."""
    turned = np.flip(w, tuple(place for place, axis in enumerate(axes, start=2) if axis.flip))
    return turned.reshape(*w.shape[:2], -1).transpose(2, 1, 0)


def lay_transposed(w: Array, axes: Sequence[Axis], groups: int) -> Array:
    """The weights w (C, O/groups, *taps) by falling place; shape (places, C/groups, O)."""
    turned = np.flip(w, tuple(place for place, axis in enumerate(axes, start=2) if not axis.flip))
    grouped = turned.reshape(groups, len(w) // groups, w.shape[1], -1)
    return grouped.transpose(3, 1, 0, 2).reshape(grouped.shape[3], grouped.shape[1], -1)


def add_up(terms: Array) -> Array:
    """((0.0 + terms[0]) + terms[1]) + …: in this order, and never −0.0."""
    total = np.zeros(terms.shape[1:])
    for term in terms:
        total += term
    return total


def pitches(planes: NDArray[Any]) -> list[int]:
    """How far apart neighbours along each axis of space lie in memory; planes has shape (channels, *space)."""
    return [prod(planes.shape[axis + 1 :]) for axis in range(1, planes.ndim)]


def pad(x: Array, axes: Sequence[Axis]) -> Array:
    """x with its padding, looked up in `Axis.source`: its −1 is the last slice, where a slice of zeros is put."""
    for place, axis in enumerate(axes, start=1):
        if any(axis.padding):
            zeros = np.zeros((*x.shape[:place], 1, *x.shape[place + 1 :]))
            x = np.concatenate((x, zeros), axis=place).take(axis.source, axis=place)
    return x


def extend(x: Array) -> Array:
    """x with one cell more along each axis of space, a zero, for what no stamp reaches."""
    return np.pad(x, [(0, 0), *((0, 1) for _ in x.shape[1:])])
