"""Whose filters are shown: those of one convolution, and of each the slice that reads one channel."""

from collections.abc import Sequence

import numpy as np

from kernels.batched import Array
from kernels.graph import Measured
from kernels.trainable import Network, weight_shape
from kernels.training import Checkpoint

MOST_FILTERS = 16
MOST_CHANNELS = 64


def pictured(network: Network) -> list[Measured]:
    """The layers whose filters can be shown: the convolutions; without one, the first layer that learns."""
    convolutions = [layer for layer in network.layers if layer.layer.kind == "conv"]
    return convolutions or [network.weighted[0]]


def channels(layer: Measured) -> int:
    """How many channels each of its filters reads; the inputs of a linear layer are one picture."""
    return weight_shape(layer)[1] if layer.layer.kind == "conv" else 1


def shown_channels(layer: Measured) -> int:
    return min(channels(layer), MOST_CHANNELS)


def slices(layer: Measured, point: Checkpoint) -> Array:
    """The weights of the first filters as pictures: (filters, channels, rows, cols)."""
    w = point.weights[f"{layer.place}.w"][:MOST_FILTERS].astype(np.float32)
    if layer.layer.kind == "conv":
        return w[:, :MOST_CHANNELS]
    rows, cols = picture_of(layer)
    return w.reshape(len(w), 1, rows, cols)


def slice_size(layer: Measured) -> tuple[int, int]:
    """(rows, cols) of one picture."""
    if layer.layer.kind == "conv":
        rows, cols = (window.kernel for window in layer.windows)
        return rows, cols
    rows, cols = picture_of(layer)
    return rows, cols


def picture_of(layer: Measured) -> Sequence[int]:
    """How the inputs of a linear layer stand in a picture: as the digit does, or in a row."""
    inputs = layer.inputs[0][0]
    side = int(np.sqrt(inputs))
    return (side, side) if side * side == inputs else (1, inputs)
