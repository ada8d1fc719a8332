"""A convolution at once: all of y, as fast as NumPy goes.

Sums of products are what a matrix product is made of, so windows are laid out as the columns of a matrix ("im2col":
Chellapilla, Puri and Simard, 2006), and y = weights @ columns. A whole such matrix would hold each input cell once for
every tap; it is made and used up in blocks instead, which stay in a processor's cache.

OpenBLAS may mistake a new processor for an old one. This function then takes up to 1.5 times as long as PyTorch at 3→8
channels; `OPENBLAS_CORETYPE=SkylakeX` cures it, and tests/bench/bench_kernels.py prints which core was chosen. No page
depends on it, since scenes take their numbers from `trace`.
"""

from collections.abc import Sequence
from itertools import product
from typing import Any, TypeVar

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from kernels.axis import Axis

Real = TypeVar("Real", np.float32, np.float64)
Array = NDArray[Any]

BLOCK = 131072
"""How many numbers a block of columns holds: half a megabyte of float32, about what a second-level cache keeps."""

FEW = 4
"""With so few taps from one channel to one filter, adding up shifted planes is sooner done than laying out columns."""

NUMPY_MODES: dict[str, Any] = {"reflect": "reflect", "replicate": "edge", "circular": "wrap"}
"""PyTorch's padding modes, by NumPy's names."""


def convolve(
    x: NDArray[Real],
    w: NDArray[Real],
    b: NDArray[Real] | None = None,
    *,
    axes: Sequence[Axis],
    groups: int = 1,
    out: NDArray[Real] | None = None,
) -> NDArray[Real]:
    """y[filter, out] = Σ x[channel, in]·w[filter, channel, tap] + b[filter], over the channels and taps `out` reads.

    x has shape (C, *inputs), w (O, C/groups, *taps), b (O,) or is None, and y (O, *outputs), all of one type, float32
    or float64. There is an `Axis` for each axis of space, with one padding_mode in all of them. Nothing is checked:
    `axes` must fit x and w, and `groups` divide C and O. With `out`, y is written there, wherever its cells lie. The
    formula is that of torch.nn.Conv2d.

    >>> convolve(np.array([[1.0, 2.0, 4.0]]), np.array([[[1.0, 10.0]]]), axes=[Axis(3, 2)])
    array([[21., 42.]])
    """
    if len(axes) == 1:  # a picture one row high, so that its windows, too, make one long product
        row = Axis(input_size=1, kernel_size=1)
        out = None if out is None else out[:, np.newaxis]
        return convolve(x[:, np.newaxis], w[:, :, np.newaxis], b, axes=[row, *axes], groups=groups, out=out)[:, 0]
    x, w = pad(x, axes), turn(w, axes)
    y = np.empty((len(w), *(axis.output_size for axis in axes)), x.dtype) if out is None else out
    write = add_up_planes if w[0].size <= FEW and len(w) == groups else correlate
    members = [len(grid) // groups for grid in (x, w, y)]
    for group in range(groups):
        group_x, group_w, group_y = (
            grid[group * size : (group + 1) * size] for grid, size in zip((x, w, y), members, strict=True)
        )
        write(group_x, group_w, group_y, axes)
    if b is not None:
        y += b.reshape(-1, *(1 for _ in axes))
    return y


def add_up_planes(x: Array, w: Array, y: Array, axes: Sequence[Axis]) -> None:
    """Write y of one filter as a sum of planes, one for each tap: what the tap sees, times its weight; x is padded."""
    windows, weights = windows_of(x, axes), w[0]
    first, *others = product(*map(range, weights.shape))
    total = y[0] if y.flags.c_contiguous or not others else np.empty(y.shape[1:], y.dtype)
    np.multiply(windows[first], weights[first], out=total)
    for tap in others:
        total += windows[tap] * weights[tap]
    y[0] = total


def correlate(x: Array, w: Array, y: Array, axes: Sequence[Axis]) -> None:
    """Write y of one group, block by block of its rows; x is padded, and w lies as it does in the window.

    Only windows one row high are copied, as columns. Those of neighbouring rows follow each other in memory, so that
    the rows that a kernel covers are, without another copy, the columns of one output row; the next row shares most.
    """
    if not y.flags.c_contiguous:
        whole = np.empty(y.shape, y.dtype)
        correlate(x, w, whole, axes)
        y[...] = whole
        return
    rows, *others = axes
    lines = windows_of(x, others).swapaxes(0, 1)
    weights = np.ascontiguousarray(w.swapaxes(1, 2)).reshape(len(w), -1)  # of a turned one BLAS would know nothing
    out_rows = y.reshape(*y.shape[:2], -1).swapaxes(0, 1)

    block = min(len(out_rows), max(1, (BLOCK // lines[0].size - rows.extent) // rows.stride))
    columns = np.empty(((block - 1) * rows.stride + rows.extent, *lines.shape[1:]), x.dtype)
    flat = columns.reshape(len(columns), -1, out_rows.shape[2])
    windows = windows_of(flat.transpose(1, 2, 0), [rows]).transpose(3, 2, 0, 1)
    for first in range(0, len(out_rows), block):
        out = out_rows[first : first + block]
        read = lines[first * rows.stride :][: len(columns)]
        columns[: len(read)] = read
        # With dilated rows, which lie apart in memory, it is reshape that copies.
        np.matmul(weights, windows[: len(out)].reshape(len(out), -1, out.shape[2]), out=out)


def windows_of(x: Array, axes: Sequence[Axis]) -> Array:
    """A view of every window along the last axes of x, nothing copied; shape (*others, *taps, *outputs).

    It is the relation in bytes: the next tap lies `dilation` cells of x further, the next output cell `stride` cells.
    """
    others = x.ndim - len(axes)
    pitches = x.strides[others:]
    outputs = [(size - axis.extent) // axis.stride + 1 for size, axis in zip(x.shape[others:], axes, strict=True)]
    shape = (*x.shape[:others], *(axis.kernel_size for axis in axes), *outputs)
    tap_steps = [axis.dilation * pitch for axis, pitch in zip(axes, pitches, strict=True)]
    output_steps = [axis.stride * pitch for axis, pitch in zip(axes, pitches, strict=True)]
    return as_strided(x, shape, (*x.strides[:others], *tap_steps, *output_steps))


def turn(w: Array, axes: Sequence[Axis]) -> Array:
    """The weights as they lie in the window: turned round along the axes that flip."""
    turns = [slice(None, None, -1 if axis.flip else 1) for axis in axes]
    return w[(slice(None), slice(None), *turns)]


def pad(x: Array, axes: Sequence[Axis]) -> Array:
    """x with its padding, made by NumPy rather than from `Axis.source`, so that the trace checks that too."""
    if not any(any(axis.padding) for axis in axes):
        return x
    mode = axes[-1].padding_mode
    if mode in NUMPY_MODES:
        return np.pad(x, [(0, 0), *(axis.padding for axis in axes)], NUMPY_MODES[mode])
    padded = np.zeros((len(x), *(axis.padded_size for axis in axes)), x.dtype)
    inside, kept = zip(*map(overlap, axes), strict=True)
    padded[(slice(None), *inside)] = x[(slice(None), *kept)]
    return padded


def unpad(padded: Array, axes: Sequence[Axis]) -> Array:
    """x from its padded self: the rim cut off, and zeros where negative padding had left some of x out."""
    x = np.zeros((len(padded), *(axis.input_size for axis in axes)), padded.dtype)
    inside, kept = zip(*map(overlap, axes), strict=True)
    x[(slice(None), *kept)] = padded[(slice(None), *inside)]
    return x


def overlap(axis: Axis) -> tuple[slice, slice]:
    """The cells that x and its padded self share, as a slice of either; negative padding leaves some of x out."""
    before, size = axis.padding[0], axis.padded_size
    first, end = (min(max(cell, 0), size) for cell in (before, before + axis.input_size))
    return slice(first, end), slice(first - before, end - before)
