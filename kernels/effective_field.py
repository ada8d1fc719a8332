"""The effective receptive field: how much each cell of the input truly moves one unit.

It is the gradient of the unit with respect to the input. With uniform weights that is the number of paths; with random
ones it is drawn, and the mean of several draws is taken. Both fall off from the middle, much like a bell: the field
that works is smaller than the field that is possible. After Luo, Li, Urtasun and Zemel, "Understanding the Effective
Receptive Field in Deep Convolutional Neural Networks" (2016).
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kernels.graph import INPUT, Measured
from kernels.layers import CONVOLUTIONS, POOLS, Counts
from kernels.path_counts import PathCounts, path_counts
from kernels.windows import Window

Array = NDArray[np.float64]

LARGE = 2.0**500
GATES = frozenset({"relu"})
"""Layers that let about half of a random map pass."""


def uniform_field(measured: Sequence[Measured], spatial: Counts, node: int, unit: Counts) -> Array:
    """The gradient of a unit where all weights are 1: paths from it to each cell of the input, shape `spatial`.

    A map has one axis or two. Means and sums count alike, and every gate stands open.

    >>> from kernels.layers import StackLayer
    >>> from kernels.stack import shapes
    >>> conv = StackLayer("conv", (3,))
    >>> uniform_field(shapes((conv, conv), (1, 5)), (5,), 1, (0,))
    array([1., 2., 3., 2., 1.])
    """
    gradients = {node: at(measured[node].spatial, unit)}
    for index in range(node, -1, -1):
        if index not in gradients:
            continue
        gradient = gradients.pop(index)
        for number, source in enumerate(measured[index].node.sources):
            paths_along = [path_counts(measured[index], axis, number) for axis in range(len(spatial))]
            add(gradients, source, through(gradient, paths_along))
    return gradients.get(INPUT, np.zeros(spatial))


def at(spatial: Counts, unit: Counts) -> Array:
    """A map of zeros with a 1 at the unit."""
    map_ = np.zeros(spatial)
    map_[unit] = 1
    return map_


def add(gradients: dict[int, Array], source: int, gradient: Array) -> None:
    """Add what one layer brings down; all are made smaller together where they grow past what float64 holds."""
    gradients[source] = gradients[source] + gradient if source in gradients else gradient
    if np.abs(gradients[source]).max() > LARGE:
        for end in gradients:
            gradients[end] = gradients[end] / LARGE


def through(gradient: Array, paths_along: Sequence[PathCounts | None]) -> Array:
    """A gradient brought down through a layer that reads the axes one by one; leading axes are kept."""
    for axis, paths in enumerate(paths_along, gradient.ndim - len(paths_along)):
        if paths is not None:
            gradient = np.moveaxis(np.moveaxis(gradient, axis, -1) @ paths, -1, axis)
    return gradient


def random_field(
    measured: Sequence[Measured], spatial: Counts, node: int, unit: Counts, draws: int, seed: int
) -> Array:
    """The mean of |gradient| of a unit over some draws of random weights, shape `spatial`.

    Each layer has one plane. Weights are even around 0; a ReLU lets each cell pass or not, and a max pool takes one
    cell of each window, by chance. The generator is PCG64.
    """
    generator = np.random.Generator(np.random.PCG64(seed))
    gradients = {node: np.repeat(at(measured[node].spatial, unit)[np.newaxis], draws, axis=0)}
    for index in range(node, -1, -1):
        if index not in gradients:
            continue
        gradient = gradients.pop(index)
        for source, size in zip(measured[index].node.sources, measured[index].spatial_inputs, strict=True):
            add(gradients, source, drawn(measured[index], size, gradient, generator))
    field: Array = np.abs(gradients.get(INPUT, np.zeros((1, *spatial)))).mean(axis=0)
    return field


def drawn(layer: Measured, size: Counts, gradient: Array, generator: np.random.Generator) -> Array:
    """A gradient brought down through one layer with weights drawn for it; shape (draws, *size)."""
    kind, draws = layer.layer.kind, len(gradient)
    if kind in GATES:
        return gradient * generator.integers(0, 2, gradient.shape)
    if kind == "linear":
        return even(generator, (draws, *size), prod(size)) * gradient
    if kind in CONVOLUTIONS:
        kernel = tuple(window.kernel for window in layer.windows)
        weights = even(generator, (draws, *kernel), prod(kernel))
        by_tap = np.moveaxis(weights.reshape(draws, -1), 1, 0).reshape(*kernel, draws, *[1] * len(size))
        brought_down = gathered if kind == "convtranspose" else stamped
        return brought_down(gradient, layer.windows, size, lambda tap: by_tap[tap])
    if kind == "maxpool":
        kernel = tuple(window.kernel for window in layer.windows)
        chosen = generator.integers(0, prod(kernel), gradient.shape)
        return stamped(gradient, layer.windows, size, lambda tap: chosen == np.ravel_multi_index(tap, kernel))
    return through(gradient, [mean_of(path_counts(layer, axis)) for axis in range(len(size))])


def even(generator: np.random.Generator, shape: tuple[int, ...], fan: int) -> Array:
    """Weights between two opposite bounds, such that gradients neither grow nor fade: a variance of 1 / fan."""
    weights: Array = generator.uniform(-1, 1, shape) * np.sqrt(3 / fan)
    return weights


def mean_of(paths: PathCounts | None) -> PathCounts | None:
    """A pool takes the mean of what it reads."""
    return None if paths is None else paths / np.maximum(paths.sum(axis=1, keepdims=True), 1)


Shares = Callable[[tuple[int, ...]], NDArray[Any]]
"""For a tap, what each unit passes down along it."""


def stamped(gradient: Array, windows: Sequence[Window], size: Counts, shares: Shares) -> Array:
    """Every unit stamps its gradient on the cells of its window."""
    full = [max(w.padding[0] + n, (g - 1) * w.stride + w.extent) for w, n, g in zip3(windows, size, gradient.shape[1:])]
    down = np.zeros((len(gradient), *full))
    for tap in product(*(range(window.kernel) for window in windows)):
        down[places(tap, windows, gradient.shape[1:])] += shares(tap) * gradient
    return down[own(windows, size)]


def gathered(gradient: Array, windows: Sequence[Window], size: Counts, shares: Shares) -> Array:
    """Every cell gathers the gradients of where a transposed layer stamps it."""
    shape = gradient.shape[1:]
    full = [max(w.padding[0] + g, (n - 1) * w.stride + w.extent) for w, n, g in zip3(windows, size, shape)]
    padded = np.zeros((len(gradient), *full))
    padded[own(windows, shape)] = gradient
    down = np.zeros((len(gradient), *size))
    for tap in product(*(range(window.kernel) for window in windows)):
        down += shares(tap) * padded[places(tap, windows, size)]
    return down


def zip3(windows: Sequence[Window], sizes: Counts, others: Counts) -> Iterator[tuple[Window, int, int]]:
    return zip(windows, sizes, others, strict=True)


def places(tap: Counts, windows: Sequence[Window], units: Counts) -> tuple[slice, ...]:
    """Where this tap of each unit's window lies in the padded map."""
    starts = [t * window.dilation for t, window in zip(tap, windows, strict=True)]
    steps = [
        slice(start, start + (count - 1) * window.stride + 1, window.stride)
        for start, window, count in zip(starts, windows, units, strict=True)
    ]
    return (slice(None), *steps)


def own(windows: Sequence[Window], size: Counts) -> tuple[slice, ...]:
    """A map's own cells in the padded map."""
    return (slice(None), *(slice(w.padding[0], w.padding[0] + n) for w, n in zip(windows, size, strict=True)))


def work(measured: Sequence[Measured], node: int) -> int:
    """How many multiplications one draw takes, near enough for a bound."""
    return sum(work_of(layer) for layer in measured[: node + 1])


def work_of(layer: Measured) -> int:
    kernel = prod(window.kernel for window in layer.windows) if layer.layer.kind in CONVOLUTIONS | POOLS else 1
    if layer.layer.kind == "convtranspose":
        return prod(layer.spatial_inputs[0]) * kernel
    return prod(layer.spatial) * kernel + prod(layer.spatial_inputs[0])
