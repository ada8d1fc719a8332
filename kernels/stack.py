"""A stack of layers: what may stand in it, and the shape and the cost of each layer for a given input.

A stack is a tuple of items, one after the other. An item is a `StackLayer`, a `Branch` (paths side by side, their
channels joined) or a `Residual` (paths side by side, their maps added; an empty path is the identity). `nodes` lays the
tree out flat, joins included, and everything else goes through that list once, from the input to the last map.
"""

from dataclasses import dataclass, field
from math import prod
from typing import Literal

from kernels.axis import same_padding

Counts = tuple[int, ...]
"""One number for all axes of space, or one for each."""
Pairs = tuple[tuple[int, int], ...]
"""(before, after): one pair for all axes, or one for each."""
Shape = tuple[int, ...]
"""(C, *space), or (N,) behind a flatten, as PyTorch's without the batch axis."""

CONVOLUTIONS = frozenset({"conv", "convtranspose"})
POOLS = frozenset({"maxpool", "avgpool"})
POINTWISE = frozenset({"relu", "sigmoid", "tanh", "softmax", "batchnorm", "dropout", "lrn"})
"""Layers that leave every cell where it is."""
JOINS = frozenset({"concat", "add"})
"""What ends a branch and a residual; `nodes` puts them there, nobody writes them."""
KINDS = (
    *("conv", "convtranspose", "maxpool", "avgpool", "globalpool", "adaptivepool", "upsample", "linear", "flatten"),
    *("relu", "sigmoid", "tanh", "softmax", "batchnorm", "dropout", "lrn"),
)


@dataclass(frozen=True)
class StackLayer:
    """One layer, in PyTorch's words. What a kind has no use for keeps its default.

    `kernel` is also the factor of an `upsample` and the output size of an `adaptivepool`; `channels` is the number of
    output channels, or of a linear layer's outputs, and None keeps as many as come in. `stride` None is 1, and the
    kernel for a pool. `name` is for people, such as "conv1_1"; nothing depends on it.
    """

    kind: str
    kernel: Counts = (1,)
    channels: int | None = None
    stride: Counts | None = None
    padding: Pairs | Literal["same"] = ((0, 0),)
    dilation: Counts = (1,)
    output_padding: Counts = (0,)
    groups: int = 1
    bias: bool = True
    ceil_mode: bool = False
    name: str = field(default="", compare=False)


@dataclass(frozen=True)
class Branch:
    """Paths from one map, whose outputs are joined along the channels: an inception module."""

    paths: "tuple[Stack, ...]"


@dataclass(frozen=True)
class Residual:
    """Paths from one map, whose outputs are added; `()` is the identity, a skip connection."""

    paths: "tuple[Stack, ...]"


Item = StackLayer | Branch | Residual
Stack = tuple[Item, ...]


class Misfit(ValueError):
    """A layer that does not fit what it is given: why in a word, where in the stack, the numbers for a sentence."""

    def __init__(self, reason: str, place: str, **numbers: object) -> None:
        super().__init__(f"{reason} at {place}: {numbers}")
        self.reason = reason
        self.place = place
        self.numbers = numbers


@dataclass(frozen=True)
class Node:
    """A layer in the flat list: from which nodes it reads (−1 is the input), and its place in the tree, as "3.2.1".

    The place of a join is that of its branch, "3"; its second path begins at "3.2.1".
    """

    layer: StackLayer
    sources: tuple[int, ...]
    place: str

    @property
    def is_join(self) -> bool:
        return self.layer.kind in JOINS


INPUT = -1


def nodes(stack: Stack) -> tuple[Node, ...]:
    """The layers of a stack in the order of their work, each branch closed by its join.

    >>> conv = StackLayer("conv", (3,), padding=((1, 1),))
    >>> [(node.place, node.layer.kind, node.sources) for node in nodes((conv, Residual(((conv,), ()))))]
    [('1', 'conv', (-1,)), ('2.1.1', 'conv', (0,)), ('2', 'add', (1, 0))]
    """
    made: list[Node] = []
    lay_out(stack, INPUT, "", made)
    return tuple(made)


def lay_out(stack: Stack, source: int, prefix: str, made: list[Node]) -> int:
    """Append the nodes of a stack that reads from `source`; returns the node of its last map."""
    for number, item in enumerate(stack, 1):
        place = f"{prefix}{number}"
        if isinstance(item, StackLayer):
            made.append(Node(item, (source,), place))
        else:
            ends = tuple(lay_out(path, source, f"{place}.{n}.", made) for n, path in enumerate(item.paths, 1))
            made.append(Node(StackLayer("concat" if isinstance(item, Branch) else "add"), ends, place))
        source = len(made) - 1
    return source


@dataclass(frozen=True)
class Window:
    """How a layer lies along one axis of space, everything decided; of a pool over the whole map too."""

    kernel: int
    stride: int
    padding: tuple[int, int]
    dilation: int
    output_padding: int

    @property
    def extent(self) -> int:
        """How many cells it spans, the gaps of a dilated one included."""
        return self.dilation * (self.kernel - 1) + 1


@dataclass(frozen=True)
class Measured:
    """A node with what it makes of its inputs.

    `spatial` are the sizes along the axes in which fields are measured: `flatten` keeps them, a linear layer has 1
    along each, for it is a convolution whose kernel is as large as the map. `windows` has one for each axis, and is
    empty for layers that leave every cell where it is, for joins, and for linear ones.
    """

    node: Node
    inputs: tuple[Shape, ...]
    spatial_inputs: tuple[Counts, ...]
    windows: tuple[Window, ...]
    shape: Shape
    spatial: Counts
    weights: int
    """Learned numbers that multiply."""
    biases: int
    """Learned numbers that are added; a batch norm has one of each for a channel."""
    multiplications: int
    """Of convolutions and linear layers, taps on padding included, as papers count."""

    @property
    def layer(self) -> StackLayer:
        return self.node.layer

    @property
    def place(self) -> str:
        return self.node.place

    @property
    def parameters(self) -> int:
        return self.weights + self.biases

    @property
    def units(self) -> int:
        return prod(self.shape)


def shapes(stack: Stack, input_shape: Shape) -> tuple[Measured, ...]:
    """Each node of the stack measured on an input of shape (C, *space), as PyTorch would; refuses with `Misfit`.

    >>> alexnet = (StackLayer("conv", (11,), 96, stride=(4,)), StackLayer("maxpool", (3,), stride=(2,)))
    >>> [(layer.shape, layer.parameters) for layer in shapes(alexnet, (3, 227, 227))]
    [((96, 55, 55), 34944), ((96, 27, 27), 0)]
    """
    made: list[Measured] = []
    for node in nodes(stack):
        inputs = tuple(made[source].shape if source != INPUT else input_shape for source in node.sources)
        spatial = tuple(made[source].spatial if source != INPUT else input_shape[1:] for source in node.sources)
        made.append(measure(node, inputs, spatial))
    return tuple(made)


def measure(node: Node, inputs: tuple[Shape, ...], spatial_inputs: tuple[Counts, ...]) -> Measured:
    """One node on inputs of these shapes."""
    layer, (channels, *_), spatial = node.layer, inputs[0], spatial_inputs[0]
    windows: tuple[Window, ...] = ()
    weights = biases = multiplications = 0
    if node.is_join:
        shape = joined(node, inputs, spatial_inputs)
    elif layer.kind == "linear":
        shape, spatial = linear_shape(node, inputs[0]), (1,) * len(spatial)
        weights = multiplications = channels * shape[0]
        biases = shape[0] if layer.bias else 0
    elif layer.kind == "flatten":
        shape = (prod(inputs[0]),)
    elif layer.kind in POINTWISE:
        shape = inputs[0]
        weights = biases = channels if layer.kind == "batchnorm" else 0
    else:
        windows = windows_of(node, inputs[0], spatial)
        spatial = tuple(output_size(node, window, size) for window, size in zip(windows, spatial, strict=True))
        shape = (filters(layer, channels), *spatial)
        if layer.kind in CONVOLUTIONS:
            check_groups(node, channels, shape[0])
            weights = channels * shape[0] // layer.groups * prod(window.kernel for window in windows)
            biases = shape[0] if layer.bias else 0
            # Every window multiplies, and every stamp of a transposed layer.
            multiplications = weights // shape[0] * prod(shape)
            if layer.kind == "convtranspose":
                multiplications = weights // channels * prod(inputs[0])
    return Measured(node, inputs, spatial_inputs, windows, shape, spatial, weights, biases, multiplications)


def filters(layer: StackLayer, channels: int) -> int:
    """How many channels come out of a layer over space: pools keep them, and so does a convolution that names none."""
    return layer.channels or channels if layer.kind in CONVOLUTIONS else channels


def windows_of(node: Node, shape: Shape, spatial: Counts) -> tuple[Window, ...]:
    """A layer over space with one value for each axis, and everything that its input decides decided."""
    layer, axes = node.layer, len(spatial)
    if len(shape) == 1:
        raise Misfit("flat", node.place, kind=layer.kind, numbers=shape[0])
    if layer.kind == "globalpool":
        return tuple(Window(size, size, (0, 0), 1, 0) for size in spatial)
    kernel = each(node, "kernel", layer.kernel, axes)
    stride = each(node, "stride", layer.stride or (layer.kernel if layer.kind in POOLS else (1,)), axes)
    dilation = each(node, "dilation", layer.dilation, axes)
    further = each(node, "output_padding", layer.output_padding, axes)
    padding = padding_of(node, kernel, stride, dilation)
    return tuple(Window(*values) for values in zip(kernel, stride, padding, dilation, further, strict=True))


def each(node: Node, name: str, values: Counts, axes: int) -> Counts:
    """One value for each axis."""
    if len(values) not in (1, axes):
        raise Misfit("axes", node.place, name=name, given=len(values), axes=axes)
    return values if len(values) == axes else values * axes


def padding_of(node: Node, kernel: Counts, stride: Counts, dilation: Counts) -> Pairs:
    """One pair for each axis; `same` keeps the size at stride 1, an odd cell goes after."""
    padding, axes = node.layer.padding, len(kernel)
    if padding == "same":
        if set(stride) != {1}:
            raise Misfit("same_stride", node.place, stride=max(stride))
        return tuple(same_padding(k, d) for k, d in zip(kernel, dilation, strict=True))
    if len(padding) not in (1, axes):
        raise Misfit("axes", node.place, name="padding", given=len(padding), axes=axes)
    return padding if len(padding) == axes else padding * axes


def check_groups(node: Node, channels: int, filters: int) -> None:
    for name, count in (("channels", channels), ("filters", filters)):
        if count % node.layer.groups:
            raise Misfit("groups", node.place, name=name, count=count, groups=node.layer.groups)


def output_size(node: Node, window: Window, input_size: int) -> int:
    """How many cells a layer makes along one axis: the formulas of torch.nn under "Shape"."""
    layer, (before, after) = node.layer, window.padding
    if layer.kind == "upsample":
        return input_size * window.kernel
    if layer.kind == "adaptivepool":
        return window.kernel
    if layer.kind == "convtranspose":
        return transposed_size(node, window, input_size)
    if layer.kind in POOLS and 2 * max(window.padding) > window.extent:
        raise Misfit("pool_padding", node.place, padding=max(window.padding), covers=window.extent)
    padded = input_size + before + after
    if padded < window.extent:
        raise Misfit("kernel", node.place, covers=window.extent, padded=padded, size=input_size)
    windows, remainder = divmod(padded - window.extent, window.stride)
    # One more window may hang over the end, if it begins before the padding there does.
    hangs_over = layer.ceil_mode and remainder > 0 and (windows + 1) * window.stride - before < input_size
    return windows + 1 + hangs_over


def transposed_size(node: Node, window: Window, input_size: int) -> int:
    if window.output_padding >= max(window.stride, window.dilation):
        numbers = {"given": window.output_padding, "stride": window.stride, "dilation": window.dilation}
        raise Misfit("output_padding", node.place, **numbers)
    size = (input_size - 1) * window.stride + window.extent - sum(window.padding) + window.output_padding
    if size < 1:
        raise Misfit("empty", node.place, size=size, padding=sum(window.padding))
    return size


def linear_shape(node: Node, shape: Shape) -> Shape:
    if len(shape) > 1:
        raise Misfit("not_flat", node.place, shape=shape)
    return (node.layer.channels or shape[0],)


def joined(node: Node, inputs: tuple[Shape, ...], spatial_inputs: tuple[Counts, ...]) -> Shape:
    """The shape of paths joined along their channels, or added."""
    spaces = [shape[1:] for shape in inputs]
    if len(set(spaces)) > 1:
        raise Misfit("join_sizes", node.place, sizes=spaces)
    if len(set(spatial_inputs)) > 1:  # a map that was flattened, and a list: nothing says what their numbers share
        raise Misfit("join_lists", node.place)
    if node.layer.kind == "concat":
        return (sum(shape[0] for shape in inputs), *spaces[0])
    if len({shape[0] for shape in inputs}) > 1:
        raise Misfit("join_channels", node.place, channels=[shape[0] for shape in inputs])
    return inputs[0]
