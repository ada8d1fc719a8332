"""The memory that a graph of layers takes while it is worked through: which maps are kept, and which written over."""

from collections.abc import Sequence
from math import prod

from kernels.graph import INPUT, Measured
from kernels.layers import POINTWISE, VIEWS, Shape


def peak_units(measured: Sequence[Measured], input_shape: Shape) -> int:
    """The most numbers that must be kept at one time while the nodes are worked through in their order.

    A map is kept until its last reader is done. Activations, normalisations and sums may write over what nobody reads
    any more, as a network that is used (not trained) does; layers that only look at numbers otherwise make no copy.

    >>> from kernels.graph import Node, measured_nodes
    >>> from kernels.layers import StackLayer
    >>> conv = StackLayer("conv", (3,), padding=((1, 1),))
    >>> chain = [Node(conv, (INPUT,), "1"), Node(conv, (0,), "2"), Node(StackLayer("relu"), (1,), "3")]
    >>> peak_units(measured_nodes(chain, (1, 10, 10)), (1, 10, 10))
    200
    """
    waiting = {INPUT: 0} | dict.fromkeys(range(len(measured)), 0)
    for layer in measured:
        for source in layer.node.sources:
            waiting[source] += 1
    holder, readers, size = {INPUT: INPUT}, {INPUT: waiting[INPUT]}, {INPUT: prod(input_shape)}
    kept = peak = prod(input_shape)
    for index, layer in enumerate(measured):
        held = [holder[source] for source in layer.node.sources]
        for buffer in held:
            readers[buffer] -= 1
        reused = reusable(layer, held, readers, size)
        if reused is None:
            reused, size[index], readers[index] = index, layer.units, 0
            kept += layer.units
        holder[index] = reused
        readers[reused] += waiting[index]
        peak = max(peak, kept)
        for buffer in {*held, reused}:
            if not readers[buffer]:
                kept -= size.pop(buffer, 0)
    return peak


def reusable(layer: Measured, held: Sequence[int], readers: dict[int, int], size: dict[int, int]) -> int | None:
    """The buffer that a node needs no copy of: what it looks at, or what only it still reads."""
    kind = layer.layer.kind
    if kind in VIEWS and held:
        return held[0]
    if kind not in POINTWISE | {"add", "mul"}:
        return None
    free = (buffer for buffer in held if not readers[buffer] and size.get(buffer) == layer.units)
    return next(free, None)
