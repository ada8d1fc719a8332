"""LeNet-5 as it runs: each layer computed from the one before by the kernels of this package, with trained weights.

It is the network of LeCun, Bottou, Bengio and Haffner (1998) as it is built today, with ReLU, max pooling and all maps
connected: 61,706 parameters. Beside it stands a fully connected network of about as many, 62,020. How they were trained
and how well they do is in tests/train/train_lenet.py and in weights/lenet5.json.

Every layer here is a convolution or a pooling. A fully connected layer is a convolution whose kernel is as large as the
map, so its inputs are laid out as a map: 120 numbers as 10×12. Sums are taken in the fixed order of `trace`, and what
a layer hands on is rounded to a float32: a scene can carry that in its address, and then computes the same sums.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kernels.activation import relu
from kernels.axis import Axis
from kernels.pooling import max_pool
from kernels.trace import pad

Array = NDArray[np.float64]
Shape = tuple[int, int, int]

WEIGHTS = Path(__file__).parent / "weights" / "lenet5.npz"
SIDE = 28
"""Cells along each side of a digit, before C1 pads it to 32."""


@dataclass(frozen=True)
class LeNetLayer:
    """One layer: what it reads, and what it does with it. A pooling has neither weights nor bias."""

    name: str
    reads: Shape
    """The numbers before it, laid out as (channels, rows, columns)."""
    kernel_size: tuple[int, int]
    stride: int = 1
    padding: int = 0
    w: Array | None = None
    b: Array | None = None
    rectified: bool = False
    """Whether a ReLU follows."""
    gain: Array | None = None
    """What each activation is multiplied by; under dropout 0 where a unit is struck out, else 1/(1 − p)."""

    @property
    def axes(self) -> tuple[Axis, Axis]:
        rows, cols = (
            Axis(size, kernel, self.stride, padding=(self.padding, self.padding))
            for size, kernel in zip(self.reads[1:], self.kernel_size, strict=True)
        )
        return rows, cols

    @property
    def writes(self) -> Shape:
        """The shape of y."""
        rows, cols = (axis.output_size for axis in self.axes)
        return (self.reads[0] if self.w is None else len(self.w), rows, cols)


@dataclass(frozen=True)
class Outcome:
    """What a layer computed: y from x, and the activation a, which the next layer reads."""

    layer: LeNetLayer
    x: Array
    y: Array
    a: Array


def run(layers: tuple[LeNetLayer, ...], x: Array) -> Iterator[Outcome]:
    """Each layer's outcome as soon as it is computed; x has shape (28, 28), from 0 (paper) to 1 (ink).

    >>> *_, output = run(lenet5(), np.zeros((28, 28)))
    >>> output.layer.name, output.y.shape
    ('output', (10, 1, 1))
    """
    a = as_float32(x)
    for layer in layers:
        x = a.reshape(layer.reads)
        y = max_pool(x, axes=layer.axes) if layer.w is None else convolved(layer, x)
        a = relu(y) if layer.rectified else y
        a = as_float32(a if layer.gain is None else a * layer.gain)
        yield Outcome(layer, x, y, a)


def convolved(layer: LeNetLayer, x: Array) -> Array:
    """Every filter in every place, summed in the order of `trace`, so with its bits; a window is read for all at once.

    Within a channel over the places of the window, then over the channels, then the bias.
    """
    assert layer.w is not None
    assert layer.b is not None
    padded, (_, rows, cols) = pad(x, layer.axes), layer.writes
    if (rows, cols) == (1, 1):
        products = (padded * layer.w).reshape(*layer.w.shape[:2], -1)
        channel_sums = in_order(products, axis=2)[:, :, np.newaxis, np.newaxis]
    else:
        channel_sums = np.zeros((*layer.w.shape[:2], rows, cols))
        for row, col in np.ndindex(layer.kernel_size):
            window = padded[:, row : row + rows, col : col + cols]
            channel_sums += window * layer.w[:, :, row, col, np.newaxis, np.newaxis]
    return in_order(channel_sums, axis=1) + layer.b[:, np.newaxis, np.newaxis]


def in_order(terms: Array, axis: int) -> Array:
    """((terms[0] + terms[1]) + terms[2]) + … along an axis, whatever the processor, and never −0.0."""
    total: Array = np.add.accumulate(terms, axis).take(-1, axis) + 0.0
    return total


def dropout(units: int, p: float, seed: int) -> Array:
    """What dropout multiplies each unit by, shape (units,): 0 with probability p, else 1/(1 − p) (Srivastava, 2014).

    The mean stays what it was, so that nothing is to be changed once training ends. The dice are PCG64.

    >>> dropout(5, 0.5, seed=1)
    array([2., 2., 0., 2., 0.])
    """
    dice = np.random.Generator(np.random.PCG64(seed)).random(units)
    return np.where(dice < p, 0.0, 1 / (1 - p))


def as_float32(values: Array) -> Array:
    """The values as a float32 holds them, still counted in float64."""
    return values.astype(np.float32).astype(np.float64)


@cache
def lenet5() -> tuple[LeNetLayer, ...]:
    """The layers of LeNet-5, by their names in the paper."""
    return (
        weighted("lenet5", "c1", (1, SIDE, SIDE), (5, 5), padding=2, rectified=True),
        LeNetLayer("s2", (6, 28, 28), (2, 2), stride=2),
        weighted("lenet5", "c3", (6, 14, 14), (5, 5), rectified=True),
        LeNetLayer("s4", (16, 10, 10), (2, 2), stride=2),
        weighted("lenet5", "c5", (16, 5, 5), (5, 5), rectified=True),
        weighted("lenet5", "f6", (1, 10, 12), (10, 12), rectified=True),
        weighted("lenet5", "output", (1, 7, 12), (7, 12)),
    )


@cache
def dense() -> tuple[LeNetLayer, ...]:
    """The layers of the fully connected network: every unit reads every pixel."""
    return (
        weighted("dense", "hidden", (1, SIDE, SIDE), (SIDE, SIDE), rectified=True),
        weighted("dense", "output", (1, 6, 13), (6, 13)),
    )


def weighted(
    network: str, name: str, reads: Shape, kernel_size: tuple[int, int], padding: int = 0, rectified: bool = False
) -> LeNetLayer:
    """A layer with its weights, those of a fully connected one laid out as its input is."""
    w, b = (stored()[f"{network}.{name}.{kind}"] for kind in "wb")
    return LeNetLayer(
        name, reads, kernel_size, padding=padding, w=w.reshape(len(w), reads[0], *kernel_size), b=b, rectified=rectified
    )


@cache
def stored() -> dict[str, Array]:
    """The shipped weights by name. Each is a float16, so that the file is small."""
    with np.load(WEIGHTS) as file:
        return {name: values.astype(np.float64) for name, values in file.items()}


def parameters(layers: tuple[LeNetLayer, ...]) -> int:
    """How many weights and biases there are.

    >>> parameters(lenet5()), parameters(dense())
    (61706, 62020)
    """
    return sum(grid.size for layer in layers for grid in (layer.w, layer.b) if grid is not None)
