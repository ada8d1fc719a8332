"""A network as a directed graph: nodes with shapes, each a layer that reads the maps of nodes before it.

Shapes are PyTorch's without the batch axis. Multiplications are those of convolutions, linear layers, products of
matrices and attention, taps on padding included, as papers count; normalisations, element by element arithmetic,
pooling and upsampling multiply nothing that is learned, and count as other operations.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod
from typing import NamedTuple

from kernels.layers import (
    ACTIVATIONS,
    ADAPTIVE_POOLS,
    CONVOLUTIONS,
    GLOBAL_POOLS,
    JOINS,
    NORMS,
    POINTWISE,
    POOLS,
    UNKNOWN,
    Counts,
    Misfit,
    Shape,
    StackLayer,
)
from kernels.windows import Window, check_groups, output_size, windows_of

INPUT = -1


@dataclass(frozen=True)
class Node:
    """A layer in the flat list: from which nodes it reads (−1 is the input), and its place, as "3" or "3.2.1".

    In a tree of branches the place of a join is that of its branch, "3"; its second path begins at "3.2.1".
    """

    layer: StackLayer
    sources: tuple[int, ...]
    place: str

    @property
    def is_join(self) -> bool:
        return self.layer.kind in JOINS


@dataclass(frozen=True)
class Measured:
    """A node with what it makes of its inputs.

    `spatial` are the sizes along the axes in which fields are measured: `flatten` keeps them, a linear layer has 1
    along each, for it is a convolution whose kernel is as large as the map. `windows` has one for each axis, and is
    empty for layers that leave every cell where it is, for joins, and for linear ones. Where cells no longer lie along
    the axes of the input, behind a permute or an attention, `is_placed` is false, and `spatial` is empty.
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
    other_operations: int = 0
    """One for each number that a normalisation, an activation, a sum or an upsampling makes, and for each that a
    pool reads."""
    is_placed: bool = True

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


def measured_nodes(
    nodes: Sequence[Node], input_shape: Shape, beginning: Sequence[Measured] = ()
) -> tuple[Measured, ...]:
    """Every node measured on an input of shape (C, *space), as PyTorch would; refuses with `Misfit`.

    The first ones may be known already, as `beginning`.

    >>> conv = StackLayer("conv", (3,), padding=((1, 1),))
    >>> graph = (Node(conv, (INPUT,), "1"), Node(StackLayer("add"), (0, INPUT), "2"))
    >>> [(node.shape, node.multiplications) for node in measured_nodes(graph, (4, 8, 8))]
    [((4, 8, 8), 9216), ((4, 8, 8), 0)]
    """
    known = known_nodes(nodes, input_shape, beginning)
    for index, node in enumerate(nodes):
        if index not in known:
            raise Misfit("unknown", node.place, name=node.layer.called)
    return tuple(known.values())


def known_nodes(nodes: Sequence[Node], input_shape: Shape, beginning: Sequence[Measured] = ()) -> dict[int, Measured]:
    """The nodes that can be measured, by their number: what is unknown is left out, and all that reads it."""
    made = {INPUT: input_of(input_shape), **dict(enumerate(beginning))}
    for index, node in enumerate(nodes[len(beginning) :], len(beginning)):
        is_known = node.layer.kind != UNKNOWN or node.layer.sizes
        if is_known and all(source in made for source in node.sources):
            made[index] = measure(node, [made[source] for source in node.sources])
    del made[INPUT]
    return made


@lru_cache(256)
def input_of(shape: Shape) -> Measured:
    """The input as a node that reads nothing."""
    return Measured(Node(StackLayer("identity"), (), ""), (), (), (), shape, shape[1:], 0, 0, 0)


class Made(NamedTuple):
    """What a kind of layer says of itself; a shape without `spatial` lies along the axes of its first input."""

    shape: Shape
    spatial: Counts | None = None
    windows: tuple[Window, ...] = ()
    weights: int = 0
    biases: int = 0
    multiplications: int = 0
    other_operations: int = 0
    is_placed: bool = True


def measure(node: Node, sources: Sequence[Measured]) -> Measured:
    """One node on the maps of these."""
    inputs = tuple(source.shape for source in sources)
    check_inputs(node, inputs)
    maker = MAKERS.get(node.layer.kind, same_shape)
    made = maker(node, inputs) if not node.is_join else joined(node, sources)
    is_placed = made.is_placed and all(source.is_placed for source in sources if source.layer.kind != "parameter")
    spatial = made.shape[1:] if made.spatial is None else made.spatial
    if made.shape and not made.windows and node.layer.kind in POINTWISE | {"flatten"}:
        spatial = sources[0].spatial
    if node.layer.kind == "linear" and len(inputs[0]) == 1:
        spatial = (1,) * len(sources[0].spatial)
    return Measured(
        node=node,
        inputs=inputs,
        spatial_inputs=tuple(source.spatial for source in sources),
        windows=made.windows,
        shape=made.shape,
        spatial=spatial if is_placed else (),
        weights=0 if node.layer.shared else made.weights,
        biases=0 if node.layer.shared else made.biases,
        multiplications=made.multiplications,
        other_operations=made.other_operations,
        is_placed=is_placed,
    )


def check_inputs(node: Node, inputs: Sequence[Shape]) -> None:
    """Refuse a layer that says that it is given other channels, or other numbers, than it is."""
    layer = node.layer
    if layer.expects is None or not inputs:
        return
    given = inputs[0][-1] if layer.kind in ("linear", "attention") else inputs[0][0]
    if given != layer.expects:
        raise Misfit("expects", node.place, expected=layer.expects, given=given, input=inputs[0])


# Each kind


def same_shape(node: Node, inputs: Sequence[Shape]) -> Made:
    """Activations, normalisations, dropout: every cell stays where it is."""
    shape, kind = inputs[0], node.layer.kind
    weights, biases = learned_by_norm(node, shape)
    if kind == UNKNOWN:
        return Made(node.layer.sizes, is_placed=False)
    works = kind in ACTIVATIONS | NORMS | {"prelu", "layerscale"}
    return Made(shape, weights=weights, biases=biases, other_operations=prod(shape) if works else 0)


def learned_by_norm(node: Node, shape: Shape) -> tuple[int, int]:
    """The weights and biases of a normalisation, the slopes of a PReLU, a factor for each channel."""
    layer = node.layer
    if layer.kind == "prelu":
        return layer.channels or 1, 0
    if layer.kind == "layerscale":
        return shape[0], 0
    if layer.kind not in NORMS - {"lrn"}:
        return 0, 0
    count = shape[0]
    if layer.kind == "layernorm" and layer.sizes:
        if shape[-len(layer.sizes) :] != layer.sizes:
            raise Misfit("norm_shape", node.place, expected=layer.sizes, shape=shape)
        count = prod(layer.sizes)
    if layer.kind == "groupnorm":
        check_groups(node, count, count)
    return (count, count if layer.bias else 0) if layer.affine else (0, 0)


def convolution(node: Node, inputs: Sequence[Shape]) -> Made:
    """Every window multiplies, and every stamp of a transposed layer."""
    layer, shape = node.layer, inputs[0]
    windows = windows_of(node, shape, shape[1:])
    spatial = tuple(output_size(node, window, size) for window, size in zip(windows, shape[1:], strict=True))
    filters = layer.channels or shape[0]
    check_groups(node, shape[0], filters)
    weights = shape[0] * filters // layer.groups * prod(window.kernel for window in windows)
    values, of_each = (prod(shape), shape[0]) if layer.kind == "convtranspose" else (filters * prod(spatial), filters)
    return Made(
        (filters, *spatial),
        spatial,
        windows,
        weights=weights,
        biases=filters if layer.bias else 0,
        multiplications=weights // of_each * values,
    )


def windowed(node: Node, inputs: Sequence[Shape]) -> Made:
    """Pools, upsampling, padding and cropping: layers over space that keep the channels."""
    layer, shape = node.layer, inputs[0]
    if layer.kind == "pad" and len(layer.padding) == len(shape) and layer.padding != "same":
        sizes = tuple(size + before + after for size, (before, after) in zip(shape, layer.padding, strict=True))
        return Made(sizes, is_placed=False)
    windows = windows_of(node, shape, shape[1:])
    spatial = tuple(output_size(node, window, size) for window, size in zip(windows, shape[1:], strict=True))
    made = (shape[0], *spatial)
    return Made(made, spatial, windows, other_operations=operations_over_space(layer.kind, shape, made, windows))


def operations_over_space(kind: str, shape: Shape, made: Shape, windows: Sequence[Window]) -> int:
    """What a pool reads, and what an upsampling makes; zeros that are put around a map are no work."""
    if kind in POOLS | GLOBAL_POOLS:
        return prod(made) * prod(window.kernel for window in windows)
    if kind in ADAPTIVE_POOLS:
        return prod(shape)
    return prod(made) if kind in ("upsample", "resize") else 0


def pixel_shuffled(node: Node, inputs: Sequence[Shape]) -> Made:
    """Channels spread over space, r² for one, or gathered from it."""
    layer, shape = node.layer, inputs[0]
    windows = windows_of(node, shape, shape[1:])
    area = prod(window.kernel for window in windows)
    if layer.kind == "pixelunshuffle":
        spatial = tuple(size // window.kernel for size, window in zip(shape[1:], windows, strict=True))
        fits, channels = all(n % w.kernel == 0 for n, w in zip(shape[1:], windows, strict=True)), shape[0] * area
    else:
        spatial = tuple(output_size(node, window, size) for window, size in zip(windows, shape[1:], strict=True))
        fits, channels = shape[0] % area == 0, shape[0] // area
    if not fits:
        raise Misfit("shuffle", node.place, shape=shape, factor=windows[0].kernel)
    return Made((channels, *spatial), spatial, windows)


def linear(node: Node, inputs: Sequence[Shape]) -> Made:
    """A list of numbers, or the last axis of something longer."""
    layer, shape = node.layer, inputs[0]
    if len(shape) > 1 and layer.axis != -1:
        raise Misfit("not_flat", node.place, shape=shape)
    outputs = layer.channels or shape[-1]
    weights = shape[-1] * outputs
    return Made(
        (*shape[:-1], outputs),
        weights=weights,
        biases=outputs if layer.bias else 0,
        multiplications=weights * prod(shape[:-1]),
        is_placed=len(shape) == 1,
    )


def flattened(node: Node, inputs: Sequence[Shape]) -> Made:
    """One axis from several, or from all."""
    shape = inputs[0]
    if not node.layer.sizes:
        return Made((prod(shape),))
    first, last = (axis_of(node, axis, shape) for axis in node.layer.sizes)
    if first == 0 and last == len(shape) - 1:
        return Made((prod(shape),))
    return Made((*shape[:first], prod(shape[first : last + 1]), *shape[last + 1 :]), is_placed=False)


def reshaped(node: Node, inputs: Sequence[Shape]) -> Made:
    """The same numbers in another shape, of which one side, −1, may be left to be found."""
    shape, wanted = inputs[0], node.layer.sizes
    if node.layer.kind == "unflatten":
        axis = axis_of(node, node.layer.axis, shape)
        wanted = (*shape[:axis], *filled(node, wanted, shape[axis]), *shape[axis + 1 :])
    wanted = filled(node, wanted, prod(shape))
    return Made(wanted, is_placed=wanted == shape)


def filled(node: Node, wanted: Counts, count: int) -> Counts:
    """The sizes with the one that is −1 found."""
    known = prod(size for size in wanted if size != -1)
    if wanted.count(-1) == 1 and known and count % known == 0:
        return tuple(count // known if size == -1 else size for size in wanted)
    if prod(wanted) != count or -1 in wanted:
        raise Misfit("reshape", node.place, count=count, shape=wanted)
    return wanted


def permuted(node: Node, inputs: Sequence[Shape]) -> Made:
    """Axes in another order."""
    shape, order = inputs[0], node.layer.sizes
    if sorted(order) != list(range(len(shape))):
        raise Misfit("permute", node.place, order=order, shape=shape)
    return Made(tuple(shape[axis] for axis in order), is_placed=order == tuple(range(len(shape))))


def sliced(node: Node, inputs: Sequence[Shape]) -> Made:
    """Every so many of the entries along an axis, from a first one to a last."""
    shape = inputs[0]
    axis = axis_of(node, node.layer.axis, shape)
    start, stop, step = slice(*node.layer.sizes[:2], *node.layer.sizes[2:] or (1,)).indices(shape[axis])
    count = len(range(start, stop, step))
    if not count:
        raise Misfit("slice", node.place, start=start, stop=stop, size=shape[axis])
    made = (*shape[:axis], count, *shape[axis + 1 :])
    still = Window(1, 1, (0, 0), 1, 0)
    windows = tuple(Window(1, step, (-start, 0), 1, 0) if number == axis else still for number in range(1, len(shape)))
    return Made(made, made[1:], windows if axis else ())


def halved(node: Node, inputs: Sequence[Shape]) -> Made:
    """A gated linear unit: half of the numbers, each times the sigmoid of one of the other half."""
    shape = inputs[0]
    axis = axis_of(node, node.layer.axis, shape)
    if shape[axis] % 2:
        raise Misfit("shuffle", node.place, shape=shape, factor=2)
    made = (*shape[:axis], shape[axis] // 2, *shape[axis + 1 :])
    return Made(made, other_operations=2 * prod(made), is_placed=axis == 0)


def reduced(node: Node, inputs: Sequence[Shape]) -> Made:
    """A mean, a sum or a maximum along some axes."""
    shape, layer = inputs[0], node.layer
    axes = {axis_of(node, axis, shape) for axis in layer.sizes or range(len(shape))}
    made = tuple(1 if n in axes else size for n, size in enumerate(shape) if layer.keep or n not in axes)
    is_global = axes == set(range(1, len(shape))) and layer.keep
    windows = tuple(Window(size, size, (0, 0), 1, 0) for size in shape[1:]) if is_global else ()
    return Made(made or (1,), windows=windows, other_operations=prod(shape), is_placed=is_global)


def learned(node: Node, inputs: Sequence[Shape]) -> Made:
    """Numbers that are learned and read nothing, such as a position's embedding; or that are given, and constant."""
    return Made(node.layer.sizes, weights=prod(node.layer.sizes) if node.layer.affine else 0, is_placed=False)


def attention(node: Node, inputs: Sequence[Shape]) -> Made:
    """Multi-head attention: four projections, queries times keys, and their softmax times the values.

    Vaswani et al., "Attention is all you need", 2017; torch.nn.MultiheadAttention.
    """
    layer, (queries, *others) = node.layer, inputs
    keys = others[0] if others else queries
    if len(queries) != 2 or len(keys) != 2 or queries[1] != keys[1] or queries[1] % layer.groups:
        raise Misfit("attention", node.place, shape=queries, heads=layer.groups)
    (length, width), lengths = queries, keys[0]
    projections = 2 * length * width**2 + 2 * lengths * width**2
    return Made(
        queries,
        weights=4 * width**2,
        biases=4 * width if layer.bias else 0,
        multiplications=projections + 2 * length * lengths * width,
        other_operations=layer.groups * length * lengths,
        is_placed=False,
    )


def product(node: Node, inputs: Sequence[Shape]) -> Made:
    """A matrix times a matrix: (…, n, k) · (…, k, m)."""
    one, other = inputs
    if len(one) < 2 or len(other) < 2 or one[-1] != other[-2]:
        raise Misfit("matmul", node.place, sizes=[one, other])
    leading = broadcast(node, [one[:-2], other[:-2]])
    made = (*leading, one[-2], other[-1])
    return Made(made, multiplications=prod(made) * one[-1], is_placed=False)


def axis_of(node: Node, axis: int, shape: Shape) -> int:
    if not -len(shape) <= axis < len(shape):
        raise Misfit("no_axis", node.place, axis=axis, shape=shape)
    return axis % len(shape)


def joined(node: Node, sources: Sequence[Measured]) -> Made:
    """Maps joined along an axis, added, or multiplied number by number."""
    shapes = [source.shape for source in sources]
    maps = [source for source in sources if source.layer.kind != "parameter"]
    placed = [source for source in maps if source.is_placed]
    if node.layer.kind == "concat":
        shape = concatenated(node, shapes)
        is_placed = axis_of(node, node.layer.axis, shapes[0]) == 0 and len(placed) == len(sources)
        work = 0
    else:
        shape, is_placed = broadcast(node, shapes), True
        work = (len(shapes) - 1) * prod(shape)
    if is_placed and placed and len(placed) == len(maps) and len(shape) == 1:
        if len({source.spatial for source in placed}) > 1:
            # A map that was flattened, and a list: nothing says what their numbers share.
            raise Misfit("join_lists", node.place)
        return Made(shape, placed[0].spatial, other_operations=work)
    return Made(shape, other_operations=work, is_placed=is_placed)


def concatenated(node: Node, shapes: Sequence[Shape]) -> Shape:
    """The shape of maps joined along an axis; the others must be alike."""
    axis = axis_of(node, node.layer.axis, shapes[0])
    others = [(*shape[:axis], *shape[axis + 1 :]) for shape in shapes]
    if len(set(others)) > 1:
        raise Misfit("join_sizes", node.place, sizes=others)
    return (*shapes[0][:axis], sum(shape[axis] for shape in shapes), *shapes[0][axis + 1 :])


def broadcast(node: Node, shapes: Sequence[Shape]) -> Shape:
    """The shape of a sum of these: where one has a single entry along an axis, it serves all of the others'."""
    rank = max(map(len, shapes))
    aligned = [(1,) * (rank - len(shape)) + tuple(shape) for shape in shapes]
    sizes = [sorted({size for size in along if size != 1}) for along in zip(*aligned, strict=True)]
    if any(len(found) > 1 for found in sizes):
        spaces = [tuple(shape[1:]) for shape in shapes]
        if len(set(spaces)) > 1:
            raise Misfit("join_sizes", node.place, sizes=spaces)
        raise Misfit("join_channels", node.place, channels=[shape[0] for shape in shapes])
    return tuple(found[0] if found else 1 for found in sizes)


MAKERS: dict[str, Callable[[Node, Sequence[Shape]], Made]] = {
    **dict.fromkeys(CONVOLUTIONS, convolution),
    **dict.fromkeys(POOLS | GLOBAL_POOLS | ADAPTIVE_POOLS | {"upsample", "resize", "pad", "crop"}, windowed),
    "pixelshuffle": pixel_shuffled,
    "pixelunshuffle": pixel_shuffled,
    "linear": linear,
    "flatten": flattened,
    "reshape": reshaped,
    "unflatten": reshaped,
    "permute": permuted,
    "slice": sliced,
    "glu": halved,
    "reduce": reduced,
    "parameter": learned,
    "attention": attention,
    "matmul": product,
}


def parameters_alone(layer: StackLayer) -> int | None:
    """What a layer learns, from its own settings, whatever map it may be given; None where they do not say.

    >>> parameters_alone(StackLayer("conv", (3, 3), 64, expects=3)), parameters_alone(StackLayer("conv", (3, 3), 64))
    (1792, None)
    """
    kind, expects = layer.kind, layer.expects
    if kind == UNKNOWN:
        return None
    if kind == "parameter":
        return prod(layer.sizes) if layer.affine else 0
    if kind == "prelu":
        return layer.channels or 1
    if kind == "layernorm" and layer.sizes:
        return (1 + layer.bias) * prod(layer.sizes) if layer.affine else 0
    if kind not in CONVOLUTIONS | NORMS - {"lrn"} | {"linear", "attention"}:
        return 0
    if expects is None:
        return None
    if kind in NORMS:
        return (1 + layer.bias) * expects if layer.affine else 0
    if kind == "attention":
        return 4 * expects**2 + (4 * expects if layer.bias else 0)
    outputs = layer.channels or expects
    taps = prod(layer.kernel) if kind in CONVOLUTIONS else 1
    return expects * outputs // layer.groups * taps + (outputs if layer.bias else 0)
