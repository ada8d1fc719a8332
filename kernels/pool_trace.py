"""Pooling step by step: one step for each number of y, channel by channel, each in reading order.

It shares nothing with the whole answer but the axes, so that each checks the other, and is exact as `trace` is: values
are compared or added in the reading order of the window, by elementwise operations alone, whatever the range of steps.
Every function takes an `Axis` or an `AdaptiveAxis` for each axis of space: only their tables are asked.
"""

from collections.abc import Iterator, Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

from kernels.adaptive import AdaptiveAxis
from kernels.axis import ZERO, Axis
from kernels.trace import Trace, add_up, pitches

Array = NDArray[np.float64]
Cells = NDArray[np.intp]
Axes = Sequence[Axis | AdaptiveAxis]

BLOCK = 65536
"""How many cells are looked at at once, as in `trace`."""


def max_pool_trace(x: Array, *, axes: Axes, start: int = 0, stop: int | None = None) -> Trace:
    """The steps [start, stop) of a max pooling, plain or adaptive, as `pooling.max_pool` and `pooling.argmax` say.

    x has shape (C, *inputs), float64. The window is read in reading order, and a later value wins only if it is
    larger, which is how torch.nn.MaxPool2d breaks ties. A window that reads nothing gives −∞ and 0.

    >>> steps = max_pool_trace(np.array([[1.0, 3.0, 3.0, 0.0]]), axes=[Axis(4, 3)])
    >>> steps.y, steps.argmax
    (array([3., 3.]), array([1, 1]))
    """
    stop = step_count(x, axes) if stop is None else stop
    y, winners = np.full(stop - start, -np.inf), np.zeros(stop - start, np.intp)
    for here, steps in blocks(x, axes, start, stop):
        largest, winner = y[here], winners[here]
        for seen, cells in zip(*windows_of(x, axes, steps, -np.inf), strict=True):
            larger = seen > largest
            largest[larger], winner[larger] = seen[larger], cells[larger]
    y += 0.0  # as no result is a −0.0
    return Trace(start, stop, y, y[np.newaxis], winners)


def avg_pool_trace(
    x: Array,
    *,
    axes: Axes,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
    start: int = 0,
    stop: int | None = None,
) -> Trace:
    """The steps [start, stop) of an average pooling, plain or adaptive: the sum in reading order, then one division.

    x has shape (C, *inputs), float64; the divisors are those of `pooling.avg_pool`.

    >>> avg_pool_trace(np.array([[1.0, 3.0, 5.0]]), axes=[Axis(3, 2)], start=1).y
    array([4.])
    """
    stop = step_count(x, axes) if stop is None else stop
    y = np.empty(stop - start)
    for here, steps in blocks(x, axes, start, stop):
        seen, _ = windows_of(x, axes, steps, 0.0)
        divisor = divisor_override or np.maximum(counts(axes, steps, count_include_pad), 1)
        y[here] = add_up(seen) / divisor + 0.0  # as no result is a −0.0
    return Trace(start, stop, y, y[np.newaxis])


def lp_pool_trace(x: Array, norm_type: int, *, axes: Axes, start: int = 0, stop: int | None = None) -> Trace:
    """The steps [start, stop) of a power-average pooling, as `pooling.lp_pool` says, for a whole norm_type.

    x has shape (C, *inputs), float64. Powers are repeated products, as np.power differs between machines.

    >>> lp_pool_trace(np.array([[3.0, 4.0, 0.0, 1.0]]), 2, axes=[Axis(4, 2, 2)]).y
    array([5., 1.])
    """
    stop = step_count(x, axes) if stop is None else stop
    y = np.empty(stop - start)
    for here, steps in blocks(x, axes, start, stop):
        seen, _ = windows_of(x, axes, steps, 0.0)
        y[here] = root(add_up(power(seen, norm_type)) * len(seen) / counts(axes, steps, True), norm_type)
    return Trace(start, stop, y, y[np.newaxis])


def step_count(x: Array, axes: Axes) -> int:
    """How many numbers y has."""
    return len(x) * prod(axis.output_size for axis in axes)


def blocks(x: Array, axes: Axes, start: int, stop: int) -> Iterator[tuple[slice, tuple[Cells, ...]]]:
    """Some steps at a time: where they are among those asked for; their channels and output cells, an array each."""
    y_shape = (len(x), *(axis.output_size for axis in axes))
    size = max(1, BLOCK // prod(axis.reads.shape[1] for axis in axes))
    for first in range(start, stop, size):
        last = min(first + size, stop)
        yield slice(first - start, last - start), np.unravel_index(np.arange(first, last), y_shape)


def windows_of(x: Array, axes: Axes, steps: tuple[Cells, ...], nothing: float) -> tuple[Array, Cells]:
    """What each step reads, `nothing` in the padding, and where in its plane; both of shape (places, steps)."""
    channels, *outs = steps
    cells, is_inside = np.zeros((1, len(channels)), np.intp), np.ones((1, len(channels)), bool)
    for out, axis, pitch in zip(outs, axes, pitches(x), strict=True):
        along = axis.reads[out].T
        cells = (cells[:, np.newaxis] + along * pitch).reshape(-1, len(out))
        is_inside = (is_inside[:, np.newaxis] & (along != ZERO)).reshape(-1, len(out))
    # What lies outside reads some cell or other, and then `nothing` instead.
    return np.where(is_inside, x.take(channels * x[0].size + cells, mode="clip"), nothing), cells


def counts(axes: Axes, steps: tuple[Cells, ...], count_include_pad: bool) -> Cells:
    """How many cells each step's window has, those in the padding included or not, those hanging over never."""
    total = np.ones(len(steps[0]), np.intp)
    for out, axis in zip(steps[1:], axes, strict=True):
        if count_include_pad and isinstance(axis, Axis):
            counted = axis.taps < axis.input_size + 2 * axis.padding[0]
        else:
            counted = axis.reads != ZERO
        total = total * counted.sum(axis=1)[out]
    return total


def power(x: Array, exponent: int) -> Array:
    """x · x · …, `exponent` factors."""
    result = x
    for _ in range(exponent - 1):
        result = result * x
    return result


def root(x: Array, degree: int) -> Array:
    """The root of x ≥ 0, of any shape, by Newton's method; NaN for x < 0 and a degree above 1.

    It starts above the root, at a power of two, and falls until rounding stops it: +, −, ×, ÷ alone, and as np.sqrt is
    fixed to the last bit by IEEE 754, so is this.

    >>> root(np.array([0.0, 27.0, 1000.0]), 3)
    array([ 0.,  3., 10.])
    """
    if degree == 1:
        return x
    if degree == 2:
        return np.sqrt(x)
    positive = np.where(x > 0, x, 1.0)
    guess = np.ldexp(1.0, -(-np.frexp(positive)[1] // degree))
    while True:
        better = guess - (guess - positive / power(guess, degree - 1)) / degree
        if not (better < guess).any():
            return np.where(x < 0, np.nan, np.where(x > 0, guess, 0.0))
        guess = np.minimum(guess, better)
