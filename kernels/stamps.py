"""A transposed convolution told stamp by stamp: each input value, times the kernel, lands on the picture and adds up.

Here the kernel is walked backwards, from its last place to its first. Of all the stamps that overlap in a cell, the
earlier one reaches it with the later place; so, though each place is laid down for all stamps at once, every cell
hears its stamps in order, and what it holds right after is what it holds right after that stamp. As in `trace`, only
elementwise × and + are used, in one fixed order: the bytes are the same everywhere, and those of `transposed_trace`.

The stage is told by `scatter`, which knows every operation that lands; this way knows only one and shares nothing with
it, so that each checks the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kernels.axis import Axis
from kernels.convolution import turn, unpad

Array = NDArray[np.float64]
Index = tuple[Any, ...]


@dataclass(frozen=True)
class Stamps:
    """What the steps [start, stop) did; step k stamps x.flat[k].

    `before` is the picture before step start, shape (O, *padded): all cells that stamps can touch, the rim that
    padding cuts off included, and no bias; before step x.size it is the last picture. `after` says what the cells
    touched hold after each step, shape (stop − start, O/groups, *taps): filter of the group, tap that landed there.
    """

    start: int
    stop: int
    before: Array
    after: Array


def stamps(
    x: Array, w: Array, *, axes: Sequence[Axis], groups: int = 1, start: int = 0, stop: int | None = None
) -> Stamps:
    """The steps [start, stop) of a transposed convolution, one for each value of x, in reading order.

    Shapes, axes and formula are those of `transposed.conv_transpose`, all float64. Tap t of stamp `out` lands on the
    padded cell `axis.taps[out, t]` of each axis. The time taken is that of the steps up to stop, since all of them
    made the picture. Nothing is checked: it must hold that 0 ≤ start ≤ stop ≤ x.size.

    A cell holds what the finished channels brought, added up, plus what this channel has brought so far.

    >>> axis = Axis(input_size=5, kernel_size=3, stride=2)
    >>> told = stamps(np.array([[1.0, 2.0]]), np.array([[[1.0, 10.0, 100.0]]]), axes=[axis], start=1)
    >>> told.before
    array([[  1.,  10., 100.,   0.,   0.]])
    >>> told.after
    array([[[102.,  20., 200.]]])
    """
    stop = x.size if stop is None else stop
    filters, plane = w.shape[1], x[0].size
    picture = np.zeros((groups * filters, *(axis.padded_size for axis in axes)))
    before, after = picture, np.empty((stop - start, *w.shape[1:]))
    by_place = np.moveaxis(turn(w, axes), 1, -1)
    landed = np.moveaxis(turn(after, axes), (0, 1), (-2, -1))
    for channel, values in enumerate(x[: -(-stop // plane)]):
        first_step = channel * plane
        first_filter = channel // (len(x) // groups) * filters
        stamped = picture[first_filter : first_filter + filters]
        first, last = (min(max(step - first_step, 0), plane) for step in (start, stop))
        so_far = add_up_stamps(values, by_place[channel], axes, first)
        if first_step <= start <= first_step + plane:
            before = picture.copy()
            before[first_filter : first_filter + filters] += so_far
        if first < last:
            here = slice(first_step + first - start, first_step + last - start)
            tell_stamps(so_far, stamped, landed[..., here, :], values, by_place[channel], axes, range(first, last))
        stamped += so_far
    return Stamps(start, stop, before, after)


def add_up_stamps(values: Array, w: Array, axes: Sequence[Axis], stop: int) -> Array:
    """What the first `stop` values of one channel bring to each filter; w by place, result (O/groups, *padded)."""
    heard = np.where(np.arange(values.size).reshape(values.shape) < stop, values, 0.0)
    total = np.zeros((w.shape[-1], *(axis.padded_size for axis in axes)))
    for place in falling_places(axes):
        cells = [
            slice(at * axis.dilation, at * axis.dilation + (axis.output_size - 1) * axis.stride + 1, axis.stride)
            for at, axis in zip(place, axes, strict=True)
        ]
        touched: Index = (slice(None), *cells)
        total[touched] += np.multiply.outer(w[place], heard)
    return total


def tell_stamps(
    so_far: Array, settled: Array, landed: Array, values: Array, w: Array, axes: Sequence[Axis], steps: range
) -> None:
    """Stamp some values of one channel onto `so_far`; write what the cells touched hold after each into `landed`."""
    outs = np.unravel_index(np.arange(steps.start, steps.stop), values.shape)
    heard = values.ravel()[steps.start : steps.stop]
    for place in falling_places(axes):
        cells = (out * axis.stride + at * axis.dilation for out, at, axis in zip(outs, place, axes, strict=True))
        touched: Index = (slice(None), *cells)
        so_far[touched] += np.multiply.outer(w[place], heard)
        landed[place] = (settled[touched] + so_far[touched]).T


def falling_places(axes: Sequence[Axis]) -> Iterator[tuple[int, ...]]:
    """The places of the kernel from the last to the first."""
    return product(*(range(axis.kernel_size - 1, -1, -1) for axis in axes))


def finish(picture: Array, b: Array | None = None, *, axes: Sequence[Axis]) -> Array:
    """y from the last picture, shape (O, *padded): the rim cut off, output padding put on, the bias (O,) added.

    >>> finish(np.array([[7.0, 1.0, 2.0, 7.0]]), np.array([0.5]), axes=[Axis(2, 3, padding=(1, 1))])
    array([[1.5, 2.5]])
    """
    y = unpad(picture, axes)
    return y if b is None else y + b.reshape(-1, *(1 for _ in axes))
