"""Stacks of layers along one axis: drawn by hypothesis, and computed in a way of their own.

The way here knows nothing of fields: it runs each layer forwards on numbers, with random positive weights, and the
gradient is what comes out when each cell of the input is a 1 in turn.
"""

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from kernels.layers import Misfit, StackLayer
from kernels.stack import Branch, Item, Residual, Stack, shapes

Array = NDArray[np.float64]

MOST_STRIDE = 64
"""The product of all strides of a drawn stack, so that pictures stay small."""


def run(stack: Stack, x: Array, weights: np.random.Generator) -> Array:
    """The stack on a batch of lines, shape (batch, cells)."""
    for item in stack:
        x = run_layer(item, x, weights) if isinstance(item, StackLayer) else joined(item.paths, x, weights)
    return x


def joined(paths: Sequence[Stack], x: Array, weights: np.random.Generator) -> Array:
    """Channels do not matter to who sees what, so that joining and adding are both a sum."""
    outputs = [run(path, x, weights) for path in paths]
    return np.sum(outputs, axis=0)


def run_layer(layer: StackLayer, x: Array, weights: np.random.Generator) -> Array:
    if layer.kind == "upsample":
        return x.repeat(layer.kernel[0], axis=1)
    if layer.kind == "globalpool":
        return x.mean(axis=1, keepdims=True)
    if layer.kind == "adaptivepool":
        cells, units = x.shape[1], layer.kernel[0]
        edges = [(cells * unit // units, -(-cells * (unit + 1) // units)) for unit in range(units)]
        return np.stack([x[:, start:stop].mean(axis=1) for start, stop in edges], axis=1)
    if layer.kind not in ("conv", "convtranspose", "maxpool", "avgpool"):
        return x
    w = weights.uniform(0.5, 1.5, layer.kernel[0])
    return scattered(layer, x, w) if layer.kind == "convtranspose" else windowed(layer, x, w)


def windowed(layer: StackLayer, x: Array, w: Array) -> Array:
    """Window after window, until one no longer fits."""
    before, after = pads(layer, len(w))
    stride = (layer.stride or (layer.kernel if "pool" in layer.kind else (1,)))[0]
    spread = np.zeros(layer.dilation[0] * (len(w) - 1) + 1)
    spread[:: layer.dilation[0]] = w
    hanging = stride if layer.ceil_mode else 0
    padded = np.pad(x, ((0, 0), (before, after + hanging)))
    outputs, start = [], 0
    while start + len(spread) <= padded.shape[1]:
        over = start + len(spread) - (x.shape[1] + before + after)
        if over > 0 and (over >= stride or start >= x.shape[1] + before):
            break
        outputs.append(padded[:, start : start + len(spread)] @ spread)
        start += stride
    return np.stack(outputs, axis=1)


def pads(layer: StackLayer, kernel: int) -> tuple[int, int]:
    if layer.padding == "same":
        total = layer.dilation[0] * (kernel - 1)
        return total // 2, total - total // 2
    return layer.padding[0]


def scattered(layer: StackLayer, x: Array, w: Array) -> Array:
    """Every cell stamps the kernel; the padding is cut off."""
    stride, (before, after) = (layer.stride or (1,))[0], pads(layer, len(w))
    extent = layer.dilation[0] * (len(w) - 1) + 1
    full = np.zeros((len(x), (x.shape[1] - 1) * stride + extent + layer.output_padding[0]))
    for cell in range(x.shape[1]):
        for tap, weight in enumerate(w):
            full[:, cell * stride + tap * layer.dilation[0]] += x[:, cell] * weight
    return full[:, before : full.shape[1] - after]


def gradient(stack: Stack, size: int, seed: int) -> Array:
    """How each unit of the last map changes with each cell of the input, shape (units, cells)."""
    return run(stack, np.eye(size), np.random.default_rng(seed)).T


def strides(stack: Stack) -> int:
    """A number of cells by which the input can be shifted so that each map shifts by whole units."""
    product = 1
    for item in stack:
        if isinstance(item, StackLayer):
            window = item.stride or (item.kernel if "pool" in item.kind else (1,))
            product *= window[0] if item.kind not in ("convtranspose", "upsample") else 1
        else:
            product *= int(np.lcm.reduce([strides(path) for path in item.paths]))
    return product


@st.composite
def layers(draw: st.DrawFn, *, kinds: Sequence[str]) -> StackLayer:
    """One layer of one of these kinds."""
    kind = draw(st.sampled_from(kinds))
    kernel = draw(st.integers(1, 5))
    stride = draw(st.integers(1, 3))
    dilation = draw(st.sampled_from([1, 1, 2, 3]))
    sides = st.integers(0, kernel // 2) if "pool" in kind else st.integers(0, 4)
    padding = ((draw(sides), draw(sides)),)
    if kind == "conv":
        return StackLayer("conv", (kernel,), stride=(stride,), dilation=(dilation,), padding=padding)
    if kind in ("maxpool", "avgpool"):
        dilation = dilation if kind == "maxpool" else 1
        hangs = draw(st.booleans())
        return StackLayer(kind, (kernel,), stride=(stride,), dilation=(dilation,), padding=padding, ceil_mode=hangs)
    if kind == "convtranspose":
        further = draw(st.integers(0, max(stride, dilation) - 1))
        return StackLayer(
            kind, (kernel,), stride=(stride,), dilation=(dilation,), padding=padding, output_padding=(further,)
        )
    if kind == "upsample":
        return StackLayer(kind, (draw(st.integers(1, 3)),))
    return StackLayer(kind)


@st.composite
def branches(draw: st.DrawFn) -> Item:
    """Two or three paths of one output size: the same strides, and padding that makes up for each kernel."""
    steps = draw(st.lists(st.sampled_from([1, 1, 2, 3]), min_size=1, max_size=2))
    paths = [tuple(draw(keeping(stride)) for stride in steps) for _ in range(draw(st.integers(2, 3)))]
    if draw(st.booleans()):
        return Branch(tuple(paths))
    skip = () if set(steps) == {1} else paths.pop()
    return Residual((*paths[:1], skip))


@st.composite
def keeping(draw: st.DrawFn, stride: int) -> StackLayer:
    """A layer whose windows reach as far after as before, give or take the padding's odd cell."""
    kernel, dilation = draw(st.integers(1, 5)), draw(st.integers(1, 2))
    total = dilation * (kernel - 1)
    return StackLayer(
        "conv", (kernel,), stride=(stride,), dilation=(dilation,), padding=((total // 2, total - total // 2),)
    )


@st.composite
def stacks(draw: st.DrawFn) -> tuple[Stack, int]:
    """A stack, and the size of a line that it can be given."""
    kinds = ("conv", "conv", "maxpool", "avgpool", "convtranspose", "upsample", "relu")
    items = st.one_of(layers(kinds=kinds), layers(kinds=kinds), branches())
    stack = tuple(draw(st.lists(items, min_size=1, max_size=5)))
    while strides(stack) > MOST_STRIDE:
        stack = stack[:-1]
    size = draw(st.integers(1, 24))
    while not fits(stack, size):
        size += 7
    return stack, size


def fits(stack: Stack, size: int) -> bool:
    """Whether PyTorch would take it."""
    try:
        shapes(stack, (1, size))
    except Misfit as misfit:
        if misfit.reason not in ("kernel", "empty"):  # a larger input mends no other
            raise
        return False
    return True
