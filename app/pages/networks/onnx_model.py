"""ONNX's protocol buffers in our own words: nodes, shapes of weights, small constants."""

from collections.abc import Iterator
from math import prod
from typing import Any

from app.address.phrases import shown
from app.address.refusal import Refusal
from app.pages.networks import words
from app.pages.networks.onnx_graph import Dims, Graph, Node

MOST_CONSTANT = 64
MOST_EDGES = 10_000
SHAPES = {"Shape", "Size"}
"""What reads a map only for its shape."""


def graph_of(model: Any) -> Graph:
    """The graph of a model; weights, constants and what is computed from shapes alone are no maps."""
    proto = model.graph
    dims: dict[str, Dims] = {tensor.name: tuple(tensor.dims) for tensor in proto.initializer}
    constants = {tensor.name: values(tensor) for tensor in proto.initializer}
    picture, *others = inputs_of(proto, dims)
    dims |= {value.name: tuple(size or 0 for size in sizes(value)) for value in others}
    fixed, edges = {*dims, ""}, 0
    nodes: list[Node] = []
    for node in in_order(proto.node, {picture.name, *fixed}):
        attributes = attributes_of(node)
        constant: Any = attributes.get("value")
        if node.op_type == "Constant" and hasattr(constant, "dims"):
            constants[node.output[0]], dims[node.output[0]] = values(constant), tuple(constant.dims)
        data = tuple(dict.fromkeys(name for name in node.input if name not in fixed))
        edges += len(data)
        if not data or node.op_type in SHAPES:
            fixed.update(node.output)
        elif node.output and edges <= MOST_EDGES:
            nodes.append(Node(len(nodes), node.op_type, tuple(node.input), node.output[0], attributes, data))
        else:
            raise Refusal(words.ONNX_BROKEN if edges <= MOST_EDGES else words.ONNX_TOO_MUCH, type="onnx")
    shapes = {value.name: sizes(value) for value in (*proto.value_info, *proto.output, picture)}
    return Graph(nodes, dims, constants, shapes, picture.name, frozenset(value.name for value in proto.output))


def inputs_of(proto: Any, dims: dict[str, Dims]) -> list[Any]:
    """What the file calls inputs, the picture first; the others are weights that were exported as inputs."""
    given = [value for value in proto.input if value.name not in dims]
    if not given:
        raise Refusal(words.ONNX_NO_INPUT, type="onnx")
    picture = next((value for value in given if len(sizes(value)) >= 3), given[0])
    return [picture, *(value for value in given if value is not picture)]


def in_order(nodes: Any, known: set[str]) -> Iterator[Any]:
    """The nodes, in the order that the standard wants: each behind what it reads."""
    for node in nodes:
        if not known.issuperset(node.input):
            raise Refusal(words.ONNX_ORDER.format(op=shown(node.op_type)), type="onnx")
        known.update(node.output)
        yield node


def attributes_of(node: Any) -> dict[str, Any]:
    from onnx import helper

    return {each.name: helper.get_attribute_value(each) for each in node.attribute}


def sizes(value: Any) -> tuple[int | None, ...]:
    """The shape of a map, None where it is left open."""
    return tuple(
        dim.dim_value if dim.HasField("dim_value") and dim.dim_value > 0 else None
        for dim in value.type.tensor_type.shape.dim
    )


def has_data(tensor: Any) -> bool:
    return bool(tensor.raw_data or tensor.float_data or tensor.int32_data or tensor.int64_data)


def values(tensor: Any) -> list[float]:
    """The numbers of a small constant; of a larger one, or one whose data do not fit its shape, none."""
    from onnx import numpy_helper

    if not has_data(tensor) or len(tensor.dims) > 4 or not 0 <= prod(tensor.dims) <= MOST_CONSTANT:
        return []
    try:
        return [float(value) for value in numpy_helper.to_array(tensor).ravel()]
    except (ValueError, TypeError, KeyError):
        return []
