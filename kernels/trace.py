"""A convolution told step by step: one step for each number of y, filter by filter, each in reading order.

This way shares nothing with `convolution`, so that each checks the other. It is also exact in another sense: every sum
is taken in one fixed order, with elementwise × and + only, so that its bytes are the same on every machine and
however the steps are cut into ranges. (A matrix product, or a sum over an axis, may pair its terms as it likes.)
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray

from kernels.axis import Axis

Array = NDArray[np.float64]
Cells = NDArray[np.intp]

BLOCK = 8192
"""How many sums are carried at once: few enough to stay in a processor's cache."""


@dataclass(frozen=True)
class Trace:
    """What the steps [start, stop) computed; step k is y.flat[k].

    y has shape (stop − start,), channel_sums (channels of a group, stop − start): what each channel brought to y.
    """

    start: int
    stop: int
    y: Array
    channel_sums: Array


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
    """The steps [start, stop) of a convolution, each number by itself: Σ x[channel, in]·w[filter, channel, tap] + b[filter].

    x has shape (C, *inputs), w (O, C/groups, *taps), b (O,) or is None; all float64, with one `Axis` for each axis of space.
    The order of summation is fixed: within a channel from 0 over the window's places as they are read, then the
    channels, then the bias. A flipped kernel changes which weight lies at a place, not the order of places.
    The formula is that of torch.nn.Conv2d. It takes time for the steps asked for, and for padding x.

    >>> steps = trace(np.array([[1.0, 2.0, 4.0]]), np.array([[[1.0, 10.0]]]), axes=[Axis(3, 2)], start=1)
    >>> steps.y
    array([42.])
    """
    y_shape = (len(w), *(axis.output_size for axis in axes))
    stop = prod(y_shape) if stop is None else stop
    padded = pad(x, axes)
    y = np.empty(stop - start)
    channel_sums = np.empty((w.shape[1], stop - start))
    block = max(1, BLOCK // w.shape[1])
    for first in range(start, stop, block):
        steps = np.arange(first, min(first + block, stop))
        here = slice(first - start, first - start + len(steps))
        filters, *outs = np.unravel_index(steps, y_shape)
        channel_sums[:, here] = sum_channels(padded, w, filters, outs, axes, groups)
        y[here] = add_up(channel_sums[:, here], None if b is None else b[filters])
    return Trace(start, stop, y, channel_sums)


def sum_channels(
    padded: Array, w: Array, filters: Cells, outs: Sequence[Cells], axes: Sequence[Axis], groups: int
) -> Array:
    """For each channel of a group and each step, the sum over the window; shape (channels of a group, steps).

    It looks numbers up by their place in reading order: the window's first cell, plus how far a tap lies from it.
    """
    channels = np.arange(w.shape[1])[:, np.newaxis]
    first_channel = filters // (len(w) // groups) * w.shape[1]
    origins = sum(out * axis.stride * pitch for out, axis, pitch in zip(outs, axes, pitches(padded), strict=True))
    cells = (first_channel + channels) * prod(padded.shape[1:]) + origins
    weights = (filters * w.shape[1] + channels) * prod(w.shape[2:])
    sums = np.zeros(cells.shape)
    for cell, weight in places(padded, w, axes):
        sums += padded.take(cells + cell) * w.take(weights + weight)
    # Sums that start from 0.0 are never −0.0, and neither is what is added to them.
    return sums


def places(padded: Array, w: Array, axes: Sequence[Axis]) -> Iterator[tuple[int, int]]:
    """The window's places as they are read: how far the cell lies from the window's first, and the weight from its own first."""
    for place in product(*(range(axis.kernel_size) for axis in axes)):
        tap = [axis.kernel_size - 1 - at if axis.flip else at for at, axis in zip(place, axes, strict=True)]
        cell = sum(at * axis.dilation * pitch for at, axis, pitch in zip(place, axes, pitches(padded), strict=True))
        weight = sum(at * pitch for at, pitch in zip(tap, pitches(w[0]), strict=True))
        yield cell, weight


def pitches(planes: Array) -> list[int]:
    """How far apart neighbours along each axis of space lie in reading order; planes has shape (channels, *space)."""
    return [prod(planes.shape[axis + 1 :]) for axis in range(1, planes.ndim)]


def add_up(channel_sums: Array, b: Array | None) -> Array:
    """((s_0 + s_1) + …) + b, in this order."""
    y = channel_sums[0].copy()
    for channel_sum in channel_sums[1:]:
        y += channel_sum
    return y if b is None else y + b


def pad(x: Array, axes: Sequence[Axis]) -> Array:
    """x with its padding, looked up in `Axis.source`: its −1 is the last slice, where a slice of zeros is put."""
    for place, axis in enumerate(axes, start=1):
        if any(axis.padding):
            zeros = np.zeros((*x.shape[:place], 1, *x.shape[place + 1 :]))
            x = np.concatenate((x, zeros), axis=place).take(axis.source, axis=place)
    return x
