"""Occlusion: what a network answers when a patch of paper covers a part of the digit (Zeiler and Fergus, 2014).

Many pictures go through the layers together. Their sums are taken in the order in which `lenet.run` takes them, so
that each picture gets the same bits as alone.
"""

import numpy as np
from numpy.typing import NDArray

from kernels.activation import relu
from kernels.lenet import LeNetLayer, as_float32
from kernels.softmax import softmax
from kernels.trace import pad

Array = NDArray[np.float64]

BLOCK = 24
"""How many pictures go through together: few enough that their maps stay in a processor's cache."""


def covered(x: Array, row: int, col: int, size: int) -> Array:
    """The picture (rows, columns) with a square of paper on it, its upper left corner at (row, col).

    >>> covered(np.ones((2, 3)), 0, 1, 2)
    array([[1., 0., 0.],
           [1., 0., 0.]])
    """
    hidden = x.copy()
    hidden[row : row + size, col : col + size] = 0
    return hidden


def occlusion(layers: tuple[LeNetLayer, ...], x: Array, size: int) -> Array:
    """The probabilities of all digits wherever a patch of size × size may lie, shape (rows, columns, digits).

    x has shape (28, 28), from 0 (paper) to 1 (ink); place (row, col) is where the patch's upper left corner is.

    >>> from kernels.lenet import dense
    >>> occlusion(dense(), np.zeros((28, 28)), 5).shape
    (24, 24, 10)
    """
    rows, cols = (side - size + 1 for side in x.shape)
    pictures = [covered(x, row, col, size) for row, col in np.ndindex(rows, cols)]
    scores = np.concatenate([answer(layers, pictures[k : k + BLOCK]) for k in range(0, len(pictures), BLOCK)])
    return np.array([softmax(each) for each in scores]).reshape(rows, cols, -1)


def answer(layers: tuple[LeNetLayer, ...], pictures: list[Array]) -> Array:
    """The scores of several pictures, shape (pictures, digits)."""
    a = as_float32(np.stack(pictures))
    for layer in layers:
        x = a.reshape(len(pictures), *layer.reads)
        y = pooled(x) if layer.w is None else convolved(layer, x)
        a = relu(y) if layer.rectified else y
        a = as_float32(a if layer.gain is None else a * layer.gain)
    return y.reshape(len(pictures), -1)


def pooled(x: Array) -> Array:
    """The largest of each two by two; shape (pictures, channels, rows, columns)."""
    return np.maximum(
        np.maximum(x[:, :, ::2, ::2], x[:, :, ::2, 1::2]), np.maximum(x[:, :, 1::2, ::2], x[:, :, 1::2, 1::2])
    )


def convolved(layer: LeNetLayer, x: Array) -> Array:
    """Within a channel over the places of the window, then over the channels, then the bias: as `trace` does."""
    assert layer.w is not None
    assert layer.b is not None
    pictures, channels = x.shape[:2]
    filters, rows, cols = layer.writes
    padded = pad(x.reshape(-1, *layer.reads[1:]), layer.axes)
    padded = padded.reshape(pictures, channels, 1, *padded.shape[1:])
    y = np.zeros((pictures, filters, rows, cols))
    for channel in range(channels):
        total = np.zeros_like(y)
        for row, col in np.ndindex(layer.kernel_size):
            window = padded[:, channel, :, row : row + rows, col : col + cols]
            total += window * layer.w[:, channel, row, col, np.newaxis, np.newaxis]
        y += total
    return y + layer.b[:, np.newaxis, np.newaxis]
