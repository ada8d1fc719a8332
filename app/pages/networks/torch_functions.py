"""Functions of torch and torch.nn.functional, and methods of tensors, as layers of a graph."""

import re
from collections.abc import Callable
from math import prod
from typing import Any, Literal

from app.pages.networks.torch_graph import Batch, Constant, Growing, Map
from app.pages.networks.torch_layers import LINEAR_MODES, POINTWISE_NAMES, padding_pairs
from kernels.layers import StackLayer


class NotRead(Exception):
    """A use of a function that cannot be followed."""


Function = Callable[..., Any]
EINSUM = re.compile(r"([a-zA-Z]+),([a-zA-Z]+)->([a-zA-Z]+)")
MOST_PIECES = 64
"""Maps into which one is split."""


def as_map(graph: Growing, value: Any, line: int) -> Map | None:
    """A value as a map; learned or given numbers become a node that reads nothing."""
    if isinstance(value, Map):
        return value
    return graph.parameter(value, line) if isinstance(value, Constant) else None


def several(graph: Growing, line: int, values: Any) -> list[Map]:
    maps = [as_map(graph, value, line) for value in values]
    if None in maps or not maps:
        raise NotRead
    return [each for each in maps if each is not None]


def shape_of(source: Map) -> tuple[int, ...]:
    if source.shape is None:
        raise NotRead
    return source.shape


def axis_without_batch(axis: Any, source: Map) -> int:
    """torch's number of an axis, the batch left out, which is no axis to work along."""
    rank = len(shape_of(source)) + 1
    if type(axis) is not int or not -rank <= axis < rank or axis % rank == source.batch:
        raise NotRead
    return axis % rank - (axis % rank > source.batch)


def pointwise(kind: str) -> Function:
    def apply(graph: Growing, line: int, source: Map, *given: Any, **named: Any) -> Map:
        return graph.add(StackLayer(kind), [source], line)

    return apply


def unchanged(graph: Growing, line: int, source: Map, *given: Any, **named: Any) -> Map:
    return source


def cat(graph: Growing, line: int, tensors: Any, dim: int = 0, axis: int | None = None) -> Map:
    maps = several(graph, line, tensors)
    along = axis_without_batch(dim if axis is None else axis, maps[0])
    return graph.add(StackLayer("concat", axis=along), maps, line)


def stack(graph: Growing, line: int, tensors: Any, dim: int = 0) -> Map:
    """Maps joined along an axis that is new, before the batch, too."""
    maps = [unsqueeze(graph, line, each, dim) for each in several(graph, line, tensors)]
    axis = axis_without_batch(dim, maps[0])
    made = graph.add(StackLayer("concat", axis=axis), [each.first() for each in maps], line)
    return made.with_batch(maps[0].batch)


def join(kind: str) -> Function:
    def apply(graph: Growing, line: int, source: Any, other: Any, **named: Any) -> Map:
        if isinstance(other, int | float) or isinstance(source, int | float):
            return graph.add(StackLayer("scale"), [source if isinstance(source, Map) else other], line)
        return graph.add(StackLayer(kind), several(graph, line, [source, other]), line)

    return apply


def flatten(graph: Growing, line: int, source: Map, start_dim: int = 0, end_dim: int = -1) -> Map:
    first, last = axis_without_batch(start_dim, source), axis_without_batch(end_dim, source)
    sizes = () if first == 0 and last == len(shape_of(source)) - 1 else (first, last)
    return graph.add(StackLayer("flatten", sizes=sizes), [source], line)


def reshape(graph: Growing, line: int, source: Map, *sizes: Any, **named: Any) -> Map:
    """view(batch, −1), view(−1, 16 · 5 · 5), reshape(batch, 8, 8): the first size is the batch's."""
    entries = sizes[0] if len(sizes) == 1 and isinstance(sizes[0], tuple | list) else sizes
    if len(entries) < 2 or not (isinstance(entries[0], Batch) or entries[0] in (-1, 1)):
        raise NotRead
    wanted = tuple(entries[1:])
    if not all(type(size) is int for size in wanted):
        raise NotRead
    if len(wanted) == 1:
        made = graph.add(StackLayer("flatten"), [source], line)
        if wanted[0] not in (-1, *(made.shape or ())):
            return graph.add(StackLayer("reshape", sizes=wanted), [source], line)  # a misfit, with its numbers
        return made
    return graph.add(StackLayer("reshape", sizes=wanted), [source], line)


def permute(graph: Growing, line: int, source: Map, *order: Any, **named: Any) -> Map:
    entries = named.get("dims", order[0] if len(order) == 1 and isinstance(order[0], tuple | list) else order)
    rank = len(shape_of(source)) + 1
    axes = [axis % rank for axis in entries if type(axis) is int]
    if sorted(axes) != list(range(rank)):
        raise NotRead
    batch = axes.index(source.batch)
    moved = tuple(axis - (axis > source.batch) for axis in axes if axis != source.batch)
    if moved != tuple(range(len(moved))):
        source = graph.add(StackLayer("permute", sizes=moved), [source.first()], line)
    return source.with_batch(batch)


def transpose(graph: Growing, line: int, source: Map, dim0: int = 1, dim1: int = 2) -> Map:
    rank = len(shape_of(source)) + 1
    order = list(range(rank))
    order[dim0 % rank], order[dim1 % rank] = order[dim1 % rank], order[dim0 % rank]
    return permute(graph, line, source, order)


def unbind(graph: Growing, line: int, source: Map, dim: int = 0) -> tuple[Map, ...]:
    """The entries along an axis, which is gone."""
    axis, shape = axis_without_batch(dim, source), shape_of(source)
    if shape[axis] > MOST_PIECES:
        raise NotRead
    left = (*shape[:axis], *shape[axis + 1 :]) or (1,)
    made = pieces(graph, line, source.first(), [1] * shape[axis], axis)
    batch = source.batch - (dim % (len(shape) + 1) < source.batch)
    return tuple(graph.add(StackLayer("reshape", sizes=left), [each], line).with_batch(batch) for each in made)


def unsqueeze(graph: Growing, line: int, source: Map, dim: int) -> Map:
    shape = list(shape_of(source))
    rank = len(shape) + 2
    if type(dim) is not int or not -rank <= dim < rank:
        raise NotRead
    axis, is_before = dim % rank, dim % rank <= source.batch
    shape.insert(axis if is_before else axis - 1, 1)
    made = graph.add(StackLayer("reshape", sizes=tuple(shape)), [source.first()], line)
    return made.with_batch(source.batch + is_before)


def squeeze(graph: Growing, line: int, source: Map, *dims: Any) -> Map:
    shape = shape_of(source)
    entries = dims[0] if dims and isinstance(dims[0], tuple | list) else dims
    axes = {axis_without_batch(axis, source) for axis in entries} if entries else set(range(len(shape)))
    left = tuple(size for axis, size in enumerate(shape) if axis not in axes or size != 1)
    if left == shape:
        return source
    kind = StackLayer("flatten") if len(left) == 1 else StackLayer("reshape", sizes=left or (1,))
    return graph.add(kind, [source], line)


def reduce(graph: Growing, line: int, source: Map, dim: Any = None, keepdim: bool = False, **named: Any) -> Map:
    if dim is None:
        raise NotRead
    shape = shape_of(source)
    dims = dim if isinstance(dim, tuple | list) else (dim,)
    axes = tuple(sorted(axis_without_batch(axis, source) for axis in dims))
    if source.batch:
        made = graph.add(StackLayer("reduce", sizes=axes, keep=bool(keepdim)), [source.first()], line)
        return made.with_batch(source.batch - (0 if keepdim else sum(axis < source.batch for axis in axes)))
    if axes == tuple(range(1, len(shape))):
        pooled = graph.add(StackLayer("globalpool"), [source], line)
        return pooled if keepdim else graph.add(StackLayer("flatten"), [pooled], line)
    return graph.add(StackLayer("reduce", sizes=axes, keep=bool(keepdim)), [source], line)


def norm(
    graph: Growing, line: int, source: Map, p: Any = 2, dim: Any = None, keepdim: bool = False, **named: Any
) -> Map:
    """The length of what stands along an axis."""
    return reduce(graph, line, source, dim, keepdim)


def extreme(
    graph: Growing, line: int, source: Any, other: Any = None, keepdim: bool = False, *, dim: Any = None, **named: Any
) -> Any:
    """torch.max(x, y) of two maps; torch.max(x, dim=1) along an axis, and where each stands, which nothing counts."""
    other = named.get("other", other)
    if isinstance(other, Map | Constant):
        return greater(graph, line, source, other)
    made = reduce(graph, line, source, other if dim is None else dim, keepdim)
    return made, made


def greater(graph: Growing, line: int, source: Any, other: Any) -> Map:
    """The greater, or the smaller, of two numbers at every place."""
    if isinstance(other, int | float):
        return graph.add(StackLayer("clip"), [source], line)
    return graph.add(StackLayer("add", called="maximum"), several(graph, line, [source, other]), line)


def einsum(graph: Growing, line: int, equation: Any, *operands: Any) -> Map:
    """torch.einsum of two maps, as the product of two matrices that it is: "bdn,ben->bde"."""
    parts = EINSUM.fullmatch(str(equation).replace(" ", ""))
    if parts is None or len(operands) != 2:
        raise NotRead
    maps, out = several(graph, line, operands), parts[3]
    letters = [lettered(source, each) for source, each in zip(maps, parts.group(1, 2), strict=True)]
    batch, other_batch = (each[source.batch] for source, each in zip(maps, parts.group(1, 2), strict=True))
    if batch != other_batch or batch not in out or len(set(out)) < len(out):
        raise NotRead
    (one, other), made = letters, out.replace(batch, "")
    both = [each for each in one if each in other]
    common, summed = [each for each in both if each in made], [each for each in both if each not in made]
    rows, cols = [each for each in one if each not in both], [each for each in other if each not in both]
    if sorted([*common, *rows, *cols]) != sorted(made):
        raise NotRead
    sizes = {**one, **other}
    count = {name: prod(sizes[each] for each in group) for name, group in (("r", rows), ("c", cols), ("k", summed))}
    shared = tuple(sizes[each] for each in common)
    left = arranged(graph, line, maps[0], list(one), [*common, *rows, *summed], (*shared, count["r"], count["k"]))
    right = arranged(graph, line, maps[1], list(other), [*common, *summed, *cols], (*shared, count["k"], count["c"]))
    product = graph.add(StackLayer("matmul"), [left, right], line)
    whole = [*common, *rows, *cols]
    spread = graph.add(StackLayer("reshape", sizes=tuple(sizes[each] for each in whole)), [product], line)
    return arranged(graph, line, spread, whole, list(made), None).with_batch(out.index(batch))


def lettered(source: Map, letters: str) -> dict[str, int]:
    """The letters of an einsum with the sizes that they stand for, the batch left out."""
    shape = shape_of(source)
    if len(letters) != len(shape) + 1 or len(set(letters)) < len(letters):
        raise NotRead
    return dict(zip(letters[: source.batch] + letters[source.batch + 1 :], shape, strict=True))


def arranged(
    graph: Growing, line: int, source: Map, letters: list[str], wanted: list[str], sizes: tuple[int, ...] | None
) -> Map:
    """A map with its axes in another order, and some of them taken together."""
    made = source.first()
    if letters != wanted:
        made = graph.add(StackLayer("permute", sizes=tuple(map(letters.index, wanted))), [made], line)
    if sizes is not None and made.shape != sizes:
        made = graph.add(StackLayer("reshape", sizes=sizes), [made], line)
    return made


def pool(kind: str, rank: int) -> Function:
    def apply(
        graph: Growing,
        line: int,
        source: Map,
        kernel_size: Any,
        stride: Any = None,
        padding: Any = 0,
        dilation: Any = 1,
        ceil_mode: bool = False,
        **named: Any,
    ) -> Map:
        if kind == "avgpool" and isinstance(dilation, bool):
            ceil_mode, dilation = dilation, 1  # avg_pool2d has its ceil_mode where max_pool2d has its dilation
        sides = counts(padding, rank)
        layer = StackLayer(
            kind,
            counts(kernel_size, rank),
            stride=None if stride is None else counts(stride, rank),
            padding=tuple((side, side) for side in sides),
            dilation=counts(dilation, rank) if kind == "maxpool" else (1,),
            ceil_mode=bool(ceil_mode),
        )
        return graph.add(layer, [source], line)

    return apply


def counts(value: Any, rank: int) -> tuple[int, ...]:
    values = tuple(value) if isinstance(value, tuple | list) else (value,)
    if not all(type(each) is int for each in values) or len(values) not in (1, rank):
        raise NotRead
    return values * rank if len(values) == 1 else values


def adaptive(kind: str, whole: str, rank: int) -> Function:
    def apply(graph: Growing, line: int, source: Map, output_size: Any, **named: Any) -> Map:
        size = counts(output_size, rank)
        return graph.add(StackLayer(whole) if set(size) == {1} else StackLayer(kind, size), [source], line)

    return apply


def interpolate(
    graph: Growing,
    line: int,
    source: Map,
    size: Any = None,
    scale_factor: Any = None,
    mode: str = "nearest",
    **named: Any,
) -> Map:
    shape = shape_of(source)
    kind: Literal["nearest", "linear"] = "linear" if mode in LINEAR_MODES else "nearest"
    if size is not None:
        values = size[-(len(shape) - 1) :] if isinstance(size, tuple | list) else size
        return graph.add(StackLayer("resize", counts(values, len(shape) - 1), mode=kind), [source], line)
    factors = scale_factor if isinstance(scale_factor, tuple | list) else (scale_factor,) * (len(shape) - 1)
    if not all(isinstance(each, int | float) and 0 < each <= 64 for each in factors):
        raise NotRead
    if all(each == int(each) for each in factors):
        return graph.add(StackLayer("upsample", tuple(int(each) for each in factors), mode=kind), [source], line)
    sizes = tuple(max(int(side * each), 1) for side, each in zip(shape[1:], factors, strict=True))
    return graph.add(StackLayer("resize", sizes, mode=kind), [source], line)


def pad(graph: Growing, line: int, source: Map, pad: Any, *given: Any, **named: Any) -> Map:
    if not isinstance(pad, tuple | list) or len(pad) % 2 or not all(type(side) is int for side in pad):
        raise NotRead
    rank = len(shape_of(source)) - 1
    pairs = padding_pairs(list(pad), rank)
    return graph.add(StackLayer("pad", padding=pairs), [source], line)


def chunk(graph: Growing, line: int, source: Map, chunks: int, dim: int = 0) -> tuple[Map, ...]:
    axis = axis_without_batch(dim, source)
    if type(chunks) is not int or not 1 <= chunks <= MOST_PIECES:
        raise NotRead
    each = -(-shape_of(source)[axis] // chunks)
    return pieces(graph, line, source, [each] * chunks, axis)


def split(graph: Growing, line: int, source: Map, split_size: Any, dim: int = 0) -> tuple[Map, ...]:
    axis = axis_without_batch(dim, source)
    if isinstance(split_size, int):
        if not split_size >= 1 or shape_of(source)[axis] // split_size > MOST_PIECES:
            raise NotRead
        split_size = [split_size] * -(-shape_of(source)[axis] // split_size)
    return pieces(graph, line, source, list(split_size), axis)


def pieces(graph: Growing, line: int, source: Map, sizes: list[Any], axis: int) -> tuple[Map, ...]:
    if not all(type(size) is int and size > 0 for size in sizes):
        raise NotRead
    start, made, whole = 0, [], shape_of(source)[axis]
    for size in sizes:
        stop = min(start + size, whole)
        if start < stop:
            made.append(graph.add(StackLayer("slice", axis=axis, sizes=(start, stop, 1)), [source], line))
        start = stop
    return tuple(made)


def matmul(graph: Growing, line: int, one: Any, other: Any) -> Map:
    """A product of two matrices; with a learned one behind it, x @ w, that is a linear layer."""
    if isinstance(one, Map) and isinstance(other, Constant) and other.learned and len(other.shape) == 2:
        inputs, outputs = weights_of(graph, other, 2)
        return graph.add(StackLayer("linear", channels=outputs, bias=False, axis=-1, expects=inputs), [one], line)
    return graph.add(StackLayer("matmul"), several(graph, line, [one, other]), line)


def shuffled(kind: str) -> Function:
    def apply(graph: Growing, line: int, source: Map, factor: int) -> Map:
        return graph.add(StackLayer(kind, counts(factor, 1)), [source], line)

    return apply


def attention(graph: Growing, line: int, query: Map, key: Map, value: Map, *given: Any, **named: Any) -> Map:
    """softmax(q · kᵀ) · v"""
    turned = transpose(graph, line, key, -2, -1)
    scores = graph.add(StackLayer("softmax"), [matmul(graph, line, query, turned)], line)
    return matmul(graph, line, scores, value)


def expand(graph: Growing, line: int, source: Map, *sizes: Any) -> Map:
    """A map as it is, or with each of its cells spread over space; -1 keeps a size."""
    shape = shape_of(source)
    entries = sizes[0] if len(sizes) == 1 and isinstance(sizes[0], tuple | list) else sizes
    if len(sizes) == 1 and isinstance(sizes[0], Map):  # expand_as
        entries = (-1, *shape_of(sizes[0]))
    if source.batch or len(entries) != len(shape) + 1 or not all(type(size) is int for size in entries[1:]):
        raise NotRead
    wanted = tuple(size if new == -1 else new for size, new in zip(shape, entries[1:], strict=True))
    if wanted == shape:
        return source
    if wanted[0] != shape[0] or len(shape) < 2:
        raise NotRead
    return graph.add(StackLayer("resize", wanted[1:]), [source], line)


def linear(graph: Growing, line: int, source: Map, weight: Any, bias: Any = None) -> Map:
    """F.linear with learned numbers."""
    outputs, inputs = weights_of(graph, weight, 2)
    return graph.add(
        StackLayer("linear", channels=outputs, bias=is_bias(graph, bias), axis=-1, expects=inputs), [source], line
    )


def convolved(rank: int, *, is_transposed: bool = False) -> Function:
    def apply(
        graph: Growing,
        line: int,
        source: Map,
        weight: Any,
        bias: Any = None,
        stride: Any = 1,
        padding: Any = 0,
        dilation: Any = 1,
        groups: int = 1,
    ) -> Map:
        """F.conv2d and its like, with learned numbers."""
        if is_transposed and (dilation, groups) != (1, 1):
            raise NotRead  # output_padding and groups stand there
        out, into, *kernel = weights_of(graph, weight, rank + 2)
        layer = StackLayer(
            "convtranspose" if is_transposed else "conv",
            tuple(kernel),
            channels=into if is_transposed else out,
            stride=counts(stride, rank),
            padding="same" if padding == "same" else tuple((side, side) for side in counts(padding, rank)),
            dilation=counts(dilation, rank),
            groups=groups,
            bias=is_bias(graph, bias),
            expects=out if is_transposed else into * groups,
        )
        return graph.add(layer, [source], line)

    return apply


def layer_norm(
    graph: Growing, line: int, source: Map, shape: Any, weight: Any = None, bias: Any = None, *more: Any
) -> Map:
    sizes = tuple(shape) if isinstance(shape, tuple | list) else (shape,)
    if not all(type(size) is int for size in sizes):
        raise NotRead
    has_weight = weight is not None and bool(weights_of(graph, weight, len(sizes)))
    layer = StackLayer("layernorm", sizes=sizes, affine=has_weight, bias=is_bias(graph, bias))
    return graph.add(layer, [source], line)


def weights_of(graph: Growing, weight: Any, rank: int) -> tuple[int, ...]:
    """The shape of learned numbers that a function multiplies with: they are its weights, and no node of their own."""
    if not isinstance(weight, Constant) or weight.learned is None or len(weight.shape) != rank:
        raise NotRead
    if weight.learned in graph.counted:
        raise NotRead  # the same weights in two functions
    graph.counted.add(weight.learned)
    return weight.shape


def is_bias(graph: Growing, bias: Any) -> bool:
    return bias is not None and bool(weights_of(graph, bias, 1))


ACTIVATION_FUNCTIONS = {name: pointwise(kind) for name, kind in POINTWISE_NAMES.items()}
IN_PLACE = {f"{name}_": function for name, function in ACTIVATION_FUNCTIONS.items()}
COMMON: dict[str, Function] = {
    **ACTIVATION_FUNCTIONS,
    **IN_PLACE,
    "flatten": flatten,
    "reshape": reshape,
    "permute": permute,
    "transpose": transpose,
    "swapaxes": transpose,
    "unsqueeze": unsqueeze,
    "squeeze": squeeze,
    "mean": reduce,
    "sum": reduce,
    **dict.fromkeys(("amax", "amin", "argmax", "argmin", "std", "var", "logsumexp"), reduce),
    **dict.fromkeys(("max", "min"), extreme),
    "norm": norm,
    **dict.fromkeys(("maximum", "minimum"), greater),
    "unbind": unbind,
    "chunk": chunk,
    "split": split,
    "add": join("add"),
    "sub": join("add"),
    "mul": join("mul"),
    "multiply": join("mul"),
    "div": join("mul"),
    "matmul": matmul,
    "bmm": matmul,
    "clamp": pointwise("clip"),
    **dict.fromkeys(("dropout", "dropout1d", "dropout2d", "dropout3d", "alpha_dropout"), pointwise("dropout")),
}
METHODS: dict[str, Function] = {
    **COMMON,
    "view": reshape,
    "expand": expand,
    "expand_as": expand,
    "add_": join("add"),
    "mul_": join("mul"),
    **dict.fromkeys(
        ("contiguous", "detach", "clone", "float", "double", "half", "to", "type", "cuda", "cpu"), unchanged
    ),
    **dict.fromkeys(("requires_grad_", "type_as"), unchanged),
}
FUNCTIONS: dict[str, Function] = {
    **COMMON,
    "cat": cat,
    "concat": cat,
    "concatenate": cat,
    "stack": stack,
    "resize": interpolate,
    "linear": linear,
    "layer_norm": layer_norm,
    **{f"conv{rank}d": convolved(rank) for rank in (1, 2, 3)},
    **{f"conv_transpose{rank}d": convolved(rank, is_transposed=True) for rank in (1, 2, 3)},
    "einsum": einsum,
    "interpolate": interpolate,
    "upsample": interpolate,
    "pad": pad,
    "pixel_shuffle": shuffled("pixelshuffle"),
    "pixel_unshuffle": shuffled("pixelunshuffle"),
    "normalize": pointwise("scale"),
    "channel_shuffle": pointwise("channelshuffle"),
    "scaled_dot_product_attention": attention,
    **{f"max_pool{rank}d": pool("maxpool", rank) for rank in (1, 2, 3)},
    **{f"avg_pool{rank}d": pool("avgpool", rank) for rank in (1, 2, 3)},
    **{f"adaptive_avg_pool{rank}d": adaptive("adaptivepool", "globalpool", rank) for rank in (1, 2, 3)},
    **{f"adaptive_max_pool{rank}d": adaptive("adaptivemaxpool", "globalmaxpool", rank) for rank in (1, 2, 3)},
}
