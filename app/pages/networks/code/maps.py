"""What code does with maps without a function: adds them, takes parts of them, asks for their shape.

A map's shape is kept without its batch; `batch` says where that axis stands, first unless code has moved it.
"""

import ast
from typing import Any

import numpy as np

from app.address.phrases import shown
from app.pages.networks import words
from app.pages.networks.code.plain import whole_slice
from app.pages.networks.code.text import refuse
from app.pages.networks.code.values import Weight
from app.pages.networks.torch_functions import NotRead, as_map, matmul
from app.pages.networks.torch_graph import BATCH, Constant, Growing, Map, Opaque
from kernels.layers import Shape, StackLayer

MOST_AXES = 8
JOINS = {ast.Add: "add", ast.Sub: "add", ast.Mult: "mul", ast.Div: "mul", ast.MatMult: "matmul"}


def shape_of(source: Map, line: int) -> tuple[Any, ...]:
    """The shape as code sees it, the batch among the sizes."""
    if source.shape is None:
        refuse(words.CODE_SHAPE, line=line)
    return (*source.shape[: source.batch], BATCH, *source.shape[source.batch :])


def sizes_of(layer: StackLayer) -> dict[str, Any]:
    """What code may ask a layer for."""
    return {
        **dict.fromkeys(("in_features", "in_channels", "num_features", "embed_dim"), layer.expects),
        **dict.fromkeys(("out_features", "out_channels"), layer.channels),
        "normalized_shape": layer.sizes or None,
        "kernel_size": layer.kernel or None,
        "stride": layer.stride,
        "padding": layer.padding if layer.padding == "same" else tuple(before for before, _ in layer.padding),
        "dilation": layer.dilation,
        "groups": layer.groups,
    }


def arithmetic(graph: Growing | None, operator: type, left: Any, right: Any, line: int) -> Any:
    """Maps added, multiplied, or changed by a number; without a map, numbers that are given or learned."""
    if graph is None:
        return between_numbers(left, right, line)
    if operator not in JOINS and operator is not ast.Pow:
        refuse(words.CODE_DYNAMIC, line=line, text=operator.__name__)
    if isinstance(left, int | float) or isinstance(right, int | float) or operator is ast.Pow:
        source = left if isinstance(left, Map) else right
        return graph.add(StackLayer("scale" if operator is not ast.Pow else "pow"), [source], line)
    if operator is ast.MatMult and isinstance(left, Map):
        return matmul(graph, line, left, right)
    maps = [as_map(graph, each, line) for each in (left, right)]
    if None in maps:
        refuse(words.CODE_DYNAMIC, line=line, text=shown(str(right if maps[0] else left)))
    return graph.add(StackLayer(JOINS[operator]), [each for each in maps if each is not None], line)


def between_numbers(left: Any, right: Any, line: int) -> Constant | Opaque:
    """A tensor of numbers with a number, or with another tensor."""
    both = [each for each in (left, right) if isinstance(each, Constant)]
    if not both or isinstance(left, Weight) or isinstance(right, Weight):
        return Opaque(words.CODE_A_VALUE, line)
    try:
        shape = np.broadcast_shapes(*(each.shape for each in both))
    except ValueError:
        return Opaque(words.CODE_A_VALUE, line)
    learned = next((each for each in both if each.is_learned), both[0])
    return learned.seen_as(shape)


def part_of(graph: Growing | None, source: Map | Constant, keys: list[Any], node: ast.Subscript) -> Any:
    """A part of a map: x[:, 0], x[:, :16], x[..., None]; or of numbers that are given or learned."""
    try:
        if isinstance(source, Constant):
            return source.seen_as(shape_behind(source.shape, whole(keys, len(source.shape))))
        assert graph is not None
        if source.shape is None:
            return graph.behind_unknown([source], node.lineno)
        return cut(graph, source, whole(keys, len(source.shape) + 1), node.lineno)
    except NotRead:
        refuse(words.CODE_DYNAMIC, line=node.lineno, text=shown(ast.unparse(node)))


def whole(keys: list[Any], rank: int) -> list[Any]:
    """The keys of all axes, those that an ellipsis stands for among them."""
    named = sum(key is not None and key is not ... for key in keys)
    if named > rank or keys.count(...) > 1:
        raise NotRead
    at = keys.index(...) if ... in keys else len(keys)
    return [*keys[:at], *[slice(None)] * (rank - named), *keys[at + 1 :]]


def shape_behind(shape: Shape, keys: list[Any]) -> Shape:
    """The shape of a part of a tensor."""
    left, made = iter(shape), []
    for key in keys:
        if key is None:
            made.append(1)
            continue
        size = next(left)
        if isinstance(key, slice) and whole_slice(key):
            made.append(len(range(*key.indices(size))))
        elif type(key) is not int:
            raise NotRead
    return tuple(made)


def cut(graph: Growing, source: Map, keys: list[Any], line: int) -> Map:
    """One axis after the other; what is taken of the batch must be all of it."""
    axis, batch = 0, source.batch
    for key in keys:
        shape = source.shape
        assert shape is not None
        place = axis - (axis > batch)
        if key is None:
            batch += axis <= batch
            place = axis - (axis > batch)
            source = viewed(graph, source, (*shape[:place], 1, *shape[place:]), line)
        elif axis == batch:
            if not (isinstance(key, slice) and whole_slice(key) and key == slice(None)):
                raise NotRead
        elif isinstance(key, slice) and whole_slice(key):
            bounds = key.indices(shape[place])
            if bounds != (0, shape[place], 1):
                source = graph.add(StackLayer("slice", axis=place, sizes=bounds), [source.first()], line)
        elif type(key) is int and -shape[place] <= key < shape[place]:
            start = key % shape[place]
            source = graph.add(StackLayer("slice", axis=place, sizes=(start, start + 1, 1)), [source.first()], line)
            batch -= axis < batch
            source = viewed(graph, source, (*shape[:place], *shape[place + 1 :]) or (1,), line)
            axis -= 1
        else:
            raise NotRead
        axis += 1
    return source.with_batch(batch)


def viewed(graph: Growing, source: Map, shape: Shape, line: int) -> Map:
    """The same numbers in another shape."""
    if len(shape) > MOST_AXES:
        raise NotRead
    return graph.add(StackLayer("reshape", sizes=shape), [source.first()], line)
