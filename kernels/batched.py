"""The layers of a network on many digits at once, forward and backward, in float32: what training needs.

Each layer is a function that returns its output and a `back`: handed the gradient of the loss with respect to the
output, it returns the gradients of what went in. A batch stands on the last axis, maps are (C, H, W, N) and lists are
(F, N): the N numbers that are treated alike lie side by side, and a matrix product or a slice takes them all.

Nothing here promises the same last bits on every machine, as `trace` does: a matrix product adds up as it likes.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from kernels.windows import Window

Array = NDArray[np.float32]
Back = Callable[[Array], Array]
WeightsBack = Callable[[Array], tuple[Array | None, Array, Array | None]]
"""From the gradient of y to those of x (None where nobody asks for it), w and b."""


def convolution(
    x: Array, w: Array, b: Array | None, windows: Sequence[Window], *, groups: int = 1, needs_x: bool = True
) -> tuple[Array, WeightsBack]:
    """x (C, H, W, N), w (O, C/groups, kH, kW), b (O,) → y (O, rows, cols, N), as torch.nn.functional.conv2d.

    >>> x, w = np.ones((1, 3, 3, 2), np.float32), np.ones((1, 1, 3, 3), np.float32)
    >>> y, back = convolution(x, w, None, [Window(3, 1, (0, 0), 1, 0)] * 2)
    >>> y.ravel(), back(y)[1].ravel()[:2]
    (array([9., 9.], dtype=float32), array([18., 18.], dtype=float32))
    """
    padded = pad(x, windows)
    columns = unfold(padded, windows)
    taps, (rows, cols, count) = len(columns) // groups * w.shape[2] * w.shape[3], columns.shape[3:]
    matrix = columns.reshape(groups, taps, rows * cols * count)
    weights = w.reshape(groups, len(w) // groups, taps)
    y = weights @ matrix
    y = y.reshape(len(w), rows * cols * count)
    if b is not None:
        y += b[:, np.newaxis]

    def back(grad_y: Array) -> tuple[Array | None, Array, Array | None]:
        flat = grad_y.reshape(groups, len(w) // groups, rows * cols * count)
        grad_w = (flat @ matrix.transpose(0, 2, 1)).reshape(w.shape)
        grad_b = None if b is None else flat.sum(axis=2).ravel()
        if not needs_x:
            return None, grad_w, grad_b
        grad_columns = (weights.transpose(0, 2, 1) @ flat).reshape(columns.shape)
        return crop(fold(grad_columns, padded.shape, windows), windows), grad_w, grad_b

    return y.reshape(len(w), rows, cols, count), back


def unfold(padded: Array, windows: Sequence[Window]) -> Array:
    """What each tap meets at each place: (C, H, W, N) → (C, kH, kW, rows, cols, N), a copy."""
    (down, right), (channels, _, _, count) = windows, padded.shape
    rows, cols = sizes(padded.shape, windows)
    of_channel, of_row, of_col, of_digit = padded.strides
    shape = (channels, down.kernel, right.kernel, rows, cols, count)
    taps = (of_row * down.dilation, of_col * right.dilation)
    strides = (of_channel, *taps, of_row * down.stride, of_col * right.stride, of_digit)
    return np.ascontiguousarray(as_strided(padded, shape, strides))


def fold(columns: Array, shape: tuple[int, ...], windows: Sequence[Window]) -> Array:
    """The way back: every tap's share is added where it came from."""
    folded = np.zeros(shape, np.float32)
    for (tap_row, tap_col), cells in taps_of(shape, windows):
        folded[cells] += columns[:, tap_row, tap_col]
    return folded


def taps_of(shape: tuple[int, ...], windows: Sequence[Window]) -> Iterator[tuple[tuple[int, int], Any]]:
    """Each tap with the padded cells that it meets, window after window, in reading order."""
    (down, right), (rows, cols) = windows, sizes(shape, windows)
    for tap_row in range(down.kernel):
        for tap_col in range(right.kernel):
            yield (
                (tap_row, tap_col),
                (slice(None), met(down, tap_row, rows), met(right, tap_col, cols)),
            )


def met(window: Window, tap: int, outputs: int) -> slice:
    """in = out · stride + tap · dilation, in padded cells, for all outputs."""
    first = tap * window.dilation
    return slice(first, first + (outputs - 1) * window.stride + 1, window.stride)


def sizes(shape: tuple[int, ...], windows: Sequence[Window]) -> tuple[int, int]:
    """How many windows fit along each axis of the padded map."""
    rows, cols = ((size - window.extent) // window.stride + 1 for size, window in zip(shape[1:3], windows, strict=True))
    return rows, cols


def pad(x: Array, windows: Sequence[Window], value: float = 0.0) -> Array:
    (top, bottom), (left, right) = (window.padding for window in windows)
    if not (top or bottom or left or right):
        return x
    channels, rows, cols, count = x.shape
    padded = np.full((channels, rows + top + bottom, cols + left + right, count), value, np.float32)
    padded[:, top : top + rows, left : left + cols] = x
    return padded


def crop(padded: Array, windows: Sequence[Window]) -> Array:
    (top, bottom), (left, right) = (window.padding for window in windows)
    return padded[:, top : padded.shape[1] - bottom, left : padded.shape[2] - right]


def max_pool(x: Array, windows: Sequence[Window]) -> tuple[Array, Back]:
    """The largest of each window; backward, the first of several that are equal takes all, as in PyTorch."""
    padded = pad(x, windows, -np.inf)
    met_cells = [cells for _, cells in taps_of(padded.shape, windows)]
    y = padded[met_cells[0]].copy()
    for cells in met_cells[1:]:
        np.maximum(y, padded[cells], out=y)

    def back(grad_y: Array) -> Array:
        grad_x = np.zeros(padded.shape, np.float32)
        open_ = np.ones(y.shape, bool)
        for cells in met_cells:
            wins = open_ & (padded[cells] == y)
            open_ &= ~wins
            grad_x[cells] += grad_y * wins
        return crop(grad_x, windows)

    return y, back


def avg_pool(x: Array, windows: Sequence[Window]) -> tuple[Array, Back]:
    """The mean of each window, padding counted, as PyTorch's default."""
    padded = pad(x, windows)
    met_cells = [cells for _, cells in taps_of(padded.shape, windows)]
    share = np.float32(1 / len(met_cells))
    y = padded[met_cells[0]] * share
    for cells in met_cells[1:]:
        y += padded[cells] * share

    def back(grad_y: Array) -> Array:
        grad_x = np.zeros(padded.shape, np.float32)
        for cells in met_cells:
            grad_x[cells] += grad_y * share
        return crop(grad_x, windows)

    return y, back


def linear(x: Array, w: Array, b: Array | None, *, needs_x: bool = True) -> tuple[Array, WeightsBack]:
    """x (F, N), w (O, F), b (O,) → (O, N), as torch.nn.functional.linear."""
    y = w @ x
    if b is not None:
        y += b[:, np.newaxis]

    def back(grad_y: Array) -> tuple[Array | None, Array, Array | None]:
        return w.T @ grad_y if needs_x else None, grad_y @ x.T, None if b is None else grad_y.sum(axis=1)

    return y, back


def relu(x: Array) -> tuple[Array, Back]:
    y = np.maximum(x, 0)
    return y, lambda grad_y: grad_y * (y > 0)


def tanh(x: Array) -> tuple[Array, Back]:
    y = np.tanh(x)
    return y, lambda grad_y: grad_y * (1 - y * y)


def sigmoid(x: Array) -> tuple[Array, Back]:
    y = (1 / (1 + np.exp(-np.clip(x, -80, 80)))).astype(np.float32, copy=False)
    return y, lambda grad_y: grad_y * y * (1 - y)


def dropout(x: Array, mask: Array | None) -> tuple[Array, Back]:
    """Times the mask: 0 for what is left out, 1/(1 − p) for what stays; without a mask, once learning is over, x."""
    if mask is None:
        return x, lambda grad_y: grad_y
    scale = mask
    return x * scale, lambda grad_y: grad_y * scale


def cross_entropy(scores: Array, labels: NDArray[np.integer[Any]]) -> tuple[Array, Array]:
    """scores (classes, N), labels (N,) → each digit's −ln p, and its gradient, softmax − truth, both per digit.

    >>> losses, gradient = cross_entropy(np.zeros((2, 1), np.float32), np.array([1]))
    >>> losses.round(3), gradient.ravel()
    (array([0.693], dtype=float32), array([ 0.5, -0.5], dtype=float32))
    """
    shifted = scores - scores.max(axis=0)
    powers = np.exp(shifted)
    total = powers.sum(axis=0)
    digits = np.arange(len(labels))
    gradient = powers / total
    gradient[labels, digits] -= 1
    return np.log(total) - shifted[labels, digits], gradient
