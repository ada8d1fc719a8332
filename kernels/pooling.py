"""Pooling at once: each window of a channel becomes one number, its largest or its mean.

Windows lie as in a convolution, on the same `Axis`; only the reduction differs. A window is a box, so that its largest
value or its sum is taken along one axis after the other: k + k looks for each cell of y instead of k · k. At stride 2,
the most usual one, NumPy is quicker at the largest of all windows than at that of every second (`slide_along`).
"""

import sys
from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kernels.adaptive import AdaptiveAxis
from kernels.axis import ZERO, Axis
from kernels.convolution import Real

Array = NDArray[Any]
Cells = NDArray[np.intp]

BLOCK = 262144
"""How many numbers of x are pooled along one axis before the next: a megabyte of float32, a core's cache."""


def pooling_axis(
    input_size: int,
    kernel_size: int,
    *,
    stride: int | None = None,
    padding: int = 0,
    dilation: int = 1,
    ceil_mode: bool = False,
) -> Axis:
    """The axis of a pooling, as torch.nn.MaxPool2d names its parameters; sizes in cells.

    The stride is kernel_size by default. With `ceil_mode`, a last window may hang over the end, if it begins before
    the padding after the input does; the axis then has so much more padding there. It must hold that 2·padding ≤
    extent, and that output_size is at least 1.

    >>> pooling_axis(6, 3, stride=2).output_size, pooling_axis(6, 3, stride=2, ceil_mode=True).padding
    (2, (0, 1))
    """
    axis = Axis(input_size, kernel_size, stride or kernel_size, dilation, (padding, padding))
    begins = axis.output_size * axis.stride - padding  # where one more window would
    if not ceil_mode or axis.is_exact or begins >= input_size:
        return axis
    over = begins + axis.extent - input_size
    return Axis(input_size, kernel_size, axis.stride, dilation, (padding, over))


def in_padding(axes: Sequence[Axis]) -> NDArray[np.bool_]:
    """Which windows read no cell of the input, so that they have no largest value and no mean; shape (*outputs,).

    >>> in_padding([Axis(input_size=1, kernel_size=2, dilation=2, padding=(1, 1))])
    array([ True])
    """
    inside = np.ones((), bool)
    for axis in axes:
        inside = np.logical_and.outer(inside, (axis.reads != ZERO).any(axis=1))
    return ~inside


def max_pool(x: NDArray[Real], *, axes: Sequence[Axis]) -> NDArray[Real]:
    """y[channel, out] = the largest x[channel, in] that `out` reads; −∞ where it reads none (see `in_padding`).

    x has shape (C, *inputs) and y (C, *outputs), of one type, float32 or float64; there is an `Axis` for each axis of
    space. Nothing is checked. The formula is that of torch.nn.MaxPool2d.

    >>> max_pool(np.array([[1.0, 3.0, 2.0, 0.0]]), axes=[Axis(4, 2, 2)])
    array([[3., 2.]])
    """
    return pool(x, axes, np.maximum, -np.inf)


def sum_pool(x: NDArray[Real], *, axes: Sequence[Axis]) -> NDArray[Real]:
    """y[channel, out] = Σ x[channel, in] over the cells that `out` reads; shapes and types as in `max_pool`.

    >>> sum_pool(np.array([[1.0, 3.0, 2.0, 0.0]]), axes=[Axis(4, 2, 2)])
    array([[4., 2.]])
    """
    return pool(x, axes, np.add, 0.0)


def pool(x: Array, axes: Sequence[Axis], reduce: np.ufunc, nothing: float) -> Array:
    """Reduce the windows of x along one axis after the other, some channels at a time."""
    sizes = [axis.output_size for axis in axes]
    y = np.empty((len(x), *sizes), x.dtype)
    block = min(len(x), max(1, BLOCK // x[0].size))
    # Made once for all blocks, so that it stays in the cache.
    between = [np.empty((block, *sizes[:place], *x.shape[place + 1 :]), x.dtype) for place in range(1, len(axes))]
    scratch = np.empty(max(block * x[0].size, *(planes.size for planes in between), 0), x.dtype)
    for first in range(0, len(x), block):
        planes = x[first : first + block]
        for place, (axis, reduced) in enumerate(zip(axes, (*between, y[first:]), strict=True), start=1):
            after = reduced[: len(planes)]
            if reduce is np.maximum and axis.stride == 2 and axis.kernel_size > 1:
                slide_along(planes, place, axis, after, scratch[: planes.size])
            else:
                pool_along(planes.swapaxes(place, 1), axis, reduce, nothing, after.swapaxes(place, 1))
            planes = after
    return y


def pool_along(x: Array, axis: Axis, reduce: np.ufunc, nothing: float, y: Array) -> None:
    """Write y, reduced along the second axis of x: no padding is made, each tap sees the windows where it is inside."""
    everywhere, partly = looks(axis)
    if len(everywhere) > 1:
        one, other, *others = everywhere
        reduce(x[:, one], x[:, other], out=y)
    else:
        others = everywhere
        y[...] = nothing
    for ins in others:
        reduce(y, x[:, ins], out=y)
    for outs, ins in partly:
        reduce(y[:, outs], x[:, ins], out=y[:, outs])


@lru_cache(maxsize=1024)
def looks(axis: Axis) -> tuple[list[slice], list[tuple[slice, slice]]]:
    """The input cells that each tap sees: of taps that never leave the input; of others, with the windows they serve.

    So the second list holds pairs (output cells, input cells), and a tap that sees nothing is in neither.
    """
    everywhere, partly = [], []
    for tap in range(axis.kernel_size):
        shift = tap * axis.dilation - axis.padding[0]
        first = max(0, -(shift // axis.stride))
        end = min(axis.output_size, (axis.input_size - 1 - shift) // axis.stride + 1)
        seen = slice(first * axis.stride + shift, (end - 1) * axis.stride + shift + 1, axis.stride)
        if end - first == axis.output_size:
            everywhere.append(seen)
        elif first < end:
            partly.append((slice(first, end), seen))
    return everywhere, partly


def slide_along(x: Array, place: int, axis: Axis, y: Array, scratch: Array) -> None:
    """Write y, the largest along an axis of stride 2: of a window at every cell, of which every second is kept.

    NumPy compares numbers that lie together many at a time, and others one by one, so that twice the work is done in
    less time. All of x is taken as one row for that: windows that go on where another row begins are not kept. Those
    that the border cuts off are looked at on their own. `scratch` has as many numbers as x.
    """
    taps, whole, first, cut = windows(axis)
    if whole.start < whole.stop:
        apart = prod(x.shape[place + 1 :])  # from a cell to the next along the axis
        row, count = x.reshape(-1), x.size - (first + axis.extent - 1) * apart
        largest(scratch[:count], [row[(first + tap) * apart :][:count] for tap in taps])
        keep_every_second(scratch.reshape(x.shape), place, y.swapaxes(place, 1)[:, whole].swapaxes(place, 1))
    for out, ins in cut:
        largest(y.swapaxes(place, 1)[:, out], [x.swapaxes(place, 1)[:, cell] for cell in ins])


def keep_every_second(x: Array, place: int, y: Array) -> None:
    """Write y, every second cell of x along an axis, from the first on, as many as y has.

    Two numbers of 32 bits that lie together are read as one of 64, of which the lower half is kept: NumPy does that for
    many at a time, but steps over numbers one by one.
    """
    if place == x.ndim - 1 and x.itemsize == 4 and x.shape[-1] % 2 == 0 and sys.byteorder == "little":
        np.copyto(y.view(np.uint32), x.view(np.uint64)[..., : y.shape[-1]], casting="unsafe")
    else:
        y.swapaxes(place, 1)[...] = x.swapaxes(place, 1)[:, : 2 * y.shape[place] : 2]


def largest(y: Array, grids: Sequence[Array]) -> None:
    """Write y, the largest of these grids at each place; −∞ where there are none."""
    if len(grids) < 2:
        y[...] = grids[0] if grids else -np.inf
        return
    np.maximum(grids[0], grids[1], out=y)
    for grid in grids[2:]:
        np.maximum(y, grid, out=y)


@lru_cache(maxsize=1024)
def windows(axis: Axis) -> tuple[list[int], slice, int, list[tuple[int, list[int]]]]:
    """How far each tap is from its window's first cell; which windows lie in the input, from which cell; those cut off.

    The last are pairs (output cell, input cells). Taps come in the order of `looks`, as in `pool_along`: of equal
    numbers that differ, 0 and −0, the last one wins. A tap that sees nothing has no window in the input.
    """
    everywhere, partly = looks(axis)
    before, stride = axis.padding[0], axis.stride
    taps = [before + ins.start for ins in everywhere]
    taps += [before + ins.start - outs.start * stride for outs, ins in partly]
    first = min(axis.output_size, -(-before // stride))
    end = max(first, min(axis.output_size, (axis.input_size + before - axis.extent) // stride + 1))
    cut = [
        (out, [cell for tap in taps if 0 <= (cell := out * stride - before + tap) < axis.input_size])
        for out in (*range(first), *range(end, axis.output_size))
    ]
    return taps, slice(first, end), first * stride - before, cut


def argmax(x: NDArray[Real], y: NDArray[Real], *, axes: Sequence[Axis | AdaptiveAxis]) -> Cells:
    """Where each largest value stands, as PyTorch's flat index in the input plane; of equal ones, the first.

    x has shape (C, *inputs), y (C, *outputs) is its max pooling, and so is the result's shape. Nothing is checked; a
    window that reads nothing gets 0. Ties are those of torch.nn.MaxPool2d(return_indices=True).

    >>> x = np.array([[1.0, 3.0, 3.0, 0.0]])
    >>> argmax(x, np.array([[3.0, 3.0]]), axes=[Axis(4, 2, 2)])
    array([[1, 2]])
    """
    extended = np.pad(x, [(0, 0), *((0, 1) for _ in axes)], constant_values=np.nan)  # NaN, where −1 looks, equals none
    winners = np.zeros(y.shape, np.intp)
    # Backwards, so that the first of equal values has the last word.
    for place in product(*(range(axis.reads.shape[1] - 1, -1, -1) for axis in axes)):
        cells: tuple[Cells, ...] = np.ix_(*(axis.reads[:, at] for axis, at in zip(axes, place, strict=True)))
        flat = sum(cell * prod(x.shape[after:]) for after, cell in enumerate(cells, start=2))
        everywhere: tuple[Any, ...] = (slice(None), *cells)
        winners = np.where(extended[everywhere] == y, flat, winners)
    return winners


def avg_pool(
    x: NDArray[Real], *, axes: Sequence[Axis], count_include_pad: bool = True, divisor_override: int | None = None
) -> NDArray[Real]:
    """y[channel, out] = Σ x[channel, in] / divisor over the cells that `out` reads; shapes and types as in `max_pool`.

    The divisor is how many cells the window has, those in the padding included or not, but not those that `ceil_mode`
    lets hang over the end; or it is `divisor_override`. Nothing is checked, dilation must be 1. The formula is that of
    torch.nn.AvgPool2d.

    >>> avg_pool(np.array([[2.0, 4.0]]), axes=[Axis(2, 2, padding=(1, 0))])
    array([[1., 3.]])
    >>> avg_pool(np.array([[2.0, 4.0]]), axes=[Axis(2, 2, padding=(1, 0))], count_include_pad=False)
    array([[2., 3.]])
    """
    return np.divide(sum_pool(x, axes=axes), divisors(axes, count_include_pad, divisor_override), dtype=x.dtype)


def divisors(axes: Sequence[Axis], count_include_pad: bool = True, divisor_override: int | None = None) -> Cells:
    """What each window of an average is divided by, at least 1; shape (*outputs,).

    >>> divisors([Axis(3, 2, 2, padding=(0, 1))]), divisors([Axis(3, 2, 2, padding=(1, 1))])
    (array([2, 1]), array([2, 2]))
    """
    counts = np.ones((), np.intp)
    for axis in axes:
        rim = axis.padding[0] if count_include_pad else 0  # ceil_mode widens only the padding after
        begins = np.arange(axis.output_size) * axis.stride - axis.padding[0]
        inside = np.minimum(begins + axis.extent, axis.input_size + rim) - np.maximum(begins, -rim)
        counts = np.multiply.outer(counts, inside)
    return np.maximum(counts, 1) if divisor_override is None else np.full_like(counts, divisor_override)
