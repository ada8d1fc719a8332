"""A convolution told step by step: one step for each number of y, filter by filter, each in reading order.

This way shares nothing with `convolution` but the `Axis`, so that each checks the other. And it is exact: every sum is
taken in one fixed order, by elementwise × and + alone, so that its bytes are the same on every machine and however the
steps are cut into ranges. (A matrix product, or a sum over an axis, may pair its terms as it likes.)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

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

    y has shape (stop − start,), channel_sums (C/groups, stop − start): what each channel of the group brought to y.
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
    stop = prod(y_shape) if stop is None else stop
    padded, kernels = pad(x, axes), lay(w, axes)
    channel_sums = np.empty((w.shape[1], stop - start))
    y = np.empty(stop - start)
    block = max(1, BLOCK // w[0].size)
    for first in range(start, stop, block):
        filters, *outs = np.unravel_index(np.arange(first, min(first + block, stop)), y_shape)
        channels = filters // (len(w) // groups) * w.shape[1] + np.arange(w.shape[1])[:, np.newaxis]
        products = read_windows(padded, channels, outs, axes) * kernels.take(filters, axis=2)
        here = slice(first - start, first - start + len(filters))
        channel_sums[:, here] = add_up(products)
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


def lay(w: Array, axes: Sequence[Axis]) -> Array:
    """The weights by the place of the window on which they lie, turned if flipped; shape (places, C/groups, O)."""
    turned = np.flip(w, tuple(place for place, axis in enumerate(axes, start=2) if axis.flip))
    return turned.reshape(*w.shape[:2], -1).transpose(2, 1, 0)


def add_up(terms: Array) -> Array:
    """((0.0 + terms[0]) + terms[1]) + …: in this order, and never −0.0."""
    total = np.zeros(terms.shape[1:])
    for term in terms:
        total += term
    return total


def pitches(planes: Array) -> list[int]:
    """How far apart neighbours along each axis of space lie in memory; planes has shape (channels, *space)."""
    return [prod(planes.shape[axis + 1 :]) for axis in range(1, planes.ndim)]


def pad(x: Array, axes: Sequence[Axis]) -> Array:
    """x with its padding, looked up in `Axis.source`: its −1 is the last slice, where a slice of zeros is put."""
    for place, axis in enumerate(axes, start=1):
        if any(axis.padding):
            zeros = np.zeros((*x.shape[:place], 1, *x.shape[place + 1 :]))
            x = np.concatenate((x, zeros), axis=place).take(axis.source, axis=place)
    return x
