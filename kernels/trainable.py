"""A stack of layers as something that learns: its weights, its answers to a batch, and the gradient of its loss.

Weights are kept by the place of their layer in the stack, `1.w` and `1.b`, in PyTorch's shapes. A batch is taken a few
digits at a time: what one layer hands to the next then stays in the processor's cache.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from math import prod, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kernels import batched
from kernels.batched import Array
from kernels.cached import cached_property
from kernels.graph import INPUT, Measured
from kernels.layers import Counts
from kernels.mnist import SIDE
from kernels.stack import Stack, shapes

CLASSES = 10
KINDS = frozenset(
    {
        "conv",
        "linear",
        "maxpool",
        "avgpool",
        "globalpool",
        "flatten",
        "relu",
        "tanh",
        "sigmoid",
        "dropout",
        "concat",
        "add",
    }
)
"""What can learn here. A softmax stands in the loss, and batch norm would mix the digits of a batch."""
TOGETHER = 32
"""Digits that are computed at once."""

Weights = Mapping[str, Array]
Masks = Mapping[str, Array]
"""What a dropout multiplies by, by its place: (*shape, N)."""
Labels = NDArray[np.integer[Any]]


@dataclass(frozen=True)
class Network:
    """A stack, measured on digits of 28×28 cells."""

    layers: tuple[Measured, ...]

    @cached_property
    def weighted(self) -> tuple[Measured, ...]:
        """The layers that have weights."""
        return tuple(layer for layer in self.layers if layer.weights)

    @cached_property
    def dropouts(self) -> tuple[Measured, ...]:
        return tuple(layer for layer in self.layers if layer.layer.kind == "dropout")

    @property
    def parameters(self) -> int:
        return sum(layer.parameters for layer in self.layers)

    @property
    def multiplications(self) -> int:
        """Of one digit, forward."""
        return sum(layer.multiplications for layer in self.layers)

    @property
    def numbers(self) -> int:
        """How many numbers one digit occupies while its gradient is computed: every output, every unfolded window."""
        unfolded = (
            prod(layer.shape[1:]) * prod(layer.inputs[0][:1]) * prod(window.kernel for window in layer.windows)
            for layer in self.layers
            if layer.layer.kind == "conv"
        )
        return 2 * sum(unfolded) + 2 * sum(layer.units for layer in self.layers)


def network_of(stack: Stack) -> Network:
    """The stack measured on a digit; raises `Misfit` where a layer does not fit.

    >>> from kernels.layers import StackLayer
    >>> network_of((StackLayer("flatten"), StackLayer("linear", channels=10))).parameters
    7850
    """
    return Network(shapes(stack, (1, SIDE, SIDE)))


def can_learn(layer: Measured) -> bool:
    """Whether a layer is one of those above in the shape that is learned with here: maps of two axes, or lists."""
    first, kind = layer.inputs[0], layer.layer.kind
    if kind in ("conv", "maxpool", "avgpool", "globalpool"):
        return len(first) == 3 and len(layer.windows) == 2 and not layer.layer.ceil_mode and not layer.layer.shared
    if kind == "linear":
        return len(first) == 1 and not layer.layer.shared
    if kind == "flatten":
        return layer.shape == (prod(first),)
    if kind in ("add", "concat"):
        sizes = {shape[1:] if kind == "concat" else shape for shape in layer.inputs}
        return len(sizes) == 1 and layer.layer.axis == 0
    return kind in KINDS


def initial(network: Network, scale: float, random: np.random.Generator) -> dict[str, Array]:
    """Weights and biases uniform in ± scale/√n, n the number of inputs of a unit: at scale 1 as PyTorch's layers."""
    made: dict[str, Array] = {}
    for layer in network.weighted:
        shape = weight_shape(layer)
        bound = scale / sqrt(prod(shape[1:]))
        for kind, size in (("w", shape), ("b", shape[:1] if layer.layer.bias else ())):
            if size:
                made[f"{layer.place}.{kind}"] = ((2 * random.random(size) - 1) * bound).astype(np.float32)
    return made


def weight_shape(layer: Measured) -> Counts:
    """PyTorch's: (filters, channels of a group, rows, columns), of a linear layer (outputs, inputs)."""
    if layer.layer.kind == "linear":
        return layer.shape[0], layer.inputs[0][0]
    return layer.shape[0], layer.inputs[0][0] // layer.layer.groups, *(window.kernel for window in layer.windows)


def as_batch(images: NDArray[Any]) -> Array:
    """Digits (N, 28, 28) as the first layer reads them: (1, 28, 28, N)."""
    return np.ascontiguousarray(np.moveaxis(images, 0, -1)[np.newaxis], np.float32)


class Pass:
    """One way forward through the network, which remembers what the way back needs."""

    def __init__(self, network: Network, weights: Weights, x: Array, masks: Masks | None = None) -> None:
        self.network = network
        self.masks = masks or {}
        self.outputs: list[Array] = []
        self.backs: list[Any] = []
        for layer in network.layers:
            inputs = [x if source == INPUT else self.outputs[source] for source in layer.node.sources]
            y, back = self.layer(layer, weights, inputs)
            self.outputs.append(y)
            self.backs.append(back)

    def layer(self, layer: Measured, weights: Weights, inputs: list[Array]) -> tuple[Array, Any]:
        x, kind = inputs[0], layer.layer.kind
        if layer.weights:
            w, b = weights[f"{layer.place}.w"], weights.get(f"{layer.place}.b")
            needs_x = layer.node.sources != (INPUT,)
            if kind == "linear":
                return batched.linear(x, w, b, needs_x=needs_x)
            return batched.convolution(x, w, b, layer.windows, groups=layer.layer.groups, needs_x=needs_x)
        if kind == "dropout":
            return batched.dropout(x, self.masks.get(layer.place))
        if kind == "flatten":
            return x.reshape(-1, x.shape[-1]), partial(np.reshape, shape=x.shape)
        if kind == "add":
            return sum(inputs[1:], inputs[0]), lambda grad_y: [grad_y] * len(inputs)
        if kind == "concat":
            borders = np.cumsum([len(each) for each in inputs])[:-1]
            return np.concatenate(inputs), lambda grad_y: np.split(grad_y, borders)
        if kind == "maxpool":
            return batched.max_pool(x, layer.windows)
        if kind in ("avgpool", "globalpool"):
            return batched.avg_pool(x, layer.windows)
        return {"relu": batched.relu, "tanh": batched.tanh, "sigmoid": batched.sigmoid}[kind](x)

    @property
    def scores(self) -> Array:
        """(classes, N)"""
        return self.outputs[-1]

    def gradients(self, of_scores: Array) -> tuple[dict[str, Array], list[Array | None]]:
        """The gradient of each weight by its name, and of each layer's output, from that of the scores."""
        by_weight: dict[str, Array] = {}
        by_output: list[Array | None] = [None] * len(self.outputs)
        by_output[-1] = of_scores
        for index in range(len(self.outputs) - 1, -1, -1):
            layer, grad_y = self.network.layers[index], by_output[index]
            if grad_y is None:
                continue
            back = self.backs[index](grad_y)
            if layer.weights:
                grad_x, by_weight[f"{layer.place}.w"], grad_b = back
                if grad_b is not None:
                    by_weight[f"{layer.place}.b"] = grad_b
                shares = [grad_x]
            else:
                shares = back if layer.node.is_join else [back]
            for source, share in zip(layer.node.sources, shares, strict=True):
                if source != INPUT and share is not None:
                    already = by_output[source]
                    by_output[source] = share if already is None else already + share
        return by_weight, by_output


@dataclass(frozen=True)
class Outcome:
    """What a batch came to: the mean loss, the share of digits that were known, the gradient of the mean loss."""

    loss: float
    accuracy: float
    gradients: dict[str, Array]


def learn_from(network: Network, weights: Weights, x: Array, labels: Labels, masks: Masks | None = None) -> Outcome:
    """The mean −ln p over a batch x (1, 28, 28, N) with its labels (N,), and its gradient.

    Exponentials that leave float32 give a loss that is no number; nobody is warned.
    """
    total, known, summed = 0.0, 0, dict[str, Array]()
    with np.errstate(all="ignore"):
        for part in parts(len(labels)):
            chosen = {place: np.ascontiguousarray(mask[..., part]) for place, mask in (masks or {}).items()}
            forward = Pass(network, weights, np.ascontiguousarray(x[..., part]), chosen)
            losses, of_scores = batched.cross_entropy(forward.scores, labels[part])
            total += float(losses.sum(dtype=np.float64))
            known += int((forward.scores.argmax(axis=0) == labels[part]).sum())
            for name, gradient in forward.gradients(of_scores / np.float32(len(labels)))[0].items():
                summed[name] = summed[name] + gradient if name in summed else gradient
    return Outcome(total / len(labels), known / len(labels), {name: summed[name] for name in weights})


def answers(network: Network, weights: Weights, images: NDArray[Any]) -> NDArray[np.uint8]:
    """Which digit the network reads in each of the images (N, 28, 28), from 0 to 1."""
    read = np.empty(len(images), np.uint8)
    with np.errstate(all="ignore"):
        for part in parts(len(images)):
            read[part] = Pass(network, weights, as_batch(images[part])).scores.argmax(axis=0)
    return read


def parts(count: int) -> Iterator[slice]:
    for start in range(0, count, TOGETHER):
        yield slice(start, min(count, start + TOGETHER))
