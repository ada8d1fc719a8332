"""The graph of an ONNX file: each node as a layer, measured as it is put down.

ONNX counts the batch as an axis; here it is left out, as long as it comes first. Where an export has moved it (inside
attention it stands second), shapes are kept whole, and an axis of size 1 does no harm to any sum.
"""

from collections import Counter
from typing import Any

from app.address.phrases import shown
from app.address.refusal import Refusal
from app.pages.networks import words
from app.pages.networks.onnx.constants import Constant, tensor_of
from app.pages.networks.onnx.environment import Environment
from app.pages.networks.onnx.reader import follow
from app.pages.networks.onnx.refusing import refuse
from app.pages.networks.source import Source
from app.pages.networks.torch_graph import Growing, Map
from kernels.layers import UNKNOWN, Shape
from kernels.stack import as_stack

EXTERNAL = 1
"""TensorProto.EXTERNAL: the numbers lie in another file."""


def read_graph(model: Any, asked: Shape | None) -> Source:
    """The network of a file, on the input that is asked for, or its own."""
    proto = model.graph
    refuse_external(proto)
    constants = {tensor.name: tensor_of(tensor, is_learned=True) for tensor in proto.initializer}
    given = [value for value in proto.input if value.name not in constants]
    if not given:
        refuse(words.ONNX_NO_INPUT)
    picture = next((value for value in given if len(sizes(value)) >= 3), given[0])
    for value in given:
        if value is not picture:
            # Weights that were exported as inputs, with export_params=False.
            constants[value.name] = Constant(tuple(size or 0 for size in sizes(value)), None, value.name)
    shape = asked or own_shape(picture, proto, constants)
    environment = Environment(
        graph=Growing(shape),
        constants=constants,
        maps={picture.name: Map(-1, shape)},
        full={picture.name: (1, *shape)},
        batch=(*sizes(picture), None)[0] or 1,
        uses=Counter(name for node in proto.node for name in node.input),
    )
    follow(environment, proto.node)
    nodes = environment.graph.nodes
    if not any(node.layer.kind != UNKNOWN for node in nodes):
        refuse(words.ONNX_NOTHING)
    found = words.FOUND_ONNX.format(nodes=len(proto.node), producer=shown(model.producer_name or words.AN_EXPORT))
    notes = (words.ONNX_FOLDED,) if environment.folds_batch_norms else ()
    return Source(found, as_stack(nodes), shape, notes)


def refuse_external(proto: Any) -> None:
    """A file whose weights lie in another is not whole, and no other file is opened."""
    outside = next((tensor for tensor in proto.initializer if tensor.data_location == EXTERNAL), None)
    if outside is not None:
        refuse(words.ONNX_EXTERNAL, name=shown(outside.name))


def sizes(value: Any) -> tuple[int | None, ...]:
    """The shape of a map, None where it is left open."""
    return tuple(
        dim.dim_value if dim.HasField("dim_value") and dim.dim_value > 0 else None
        for dim in value.type.tensor_type.shape.dim
    )


def own_shape(picture: Any, proto: Any, constants: dict[str, Constant]) -> Shape:
    """The input that a file names, without its batch; sizes that it leaves open must be asked for."""
    dims = sizes(picture)[1:] if len(sizes(picture)) > 1 else sizes(picture)
    if not dims:
        raise Refusal(words.ONNX_NO_SHAPE, type="input", loc=("input",))
    channels, *sides = dims
    if channels is None:
        channels = first_channels(proto, constants)
    if channels is None or None in sides:
        names = [dim.dim_param or "?" for dim in picture.type.tensor_type.shape.dim]
        example = "x".join(str(size or default) for size, default in zip(dims, (channels or 3, 224, 224), strict=False))
        sentence = words.ONNX_SYMBOLIC.format(shape=" × ".join(map(shown, names)), example=example)
        raise Refusal(sentence, type="input", loc=("input",))
    return (channels, *(side for side in sides if side is not None))


def first_channels(proto: Any, constants: dict[str, Constant]) -> int | None:
    """What the first convolution expects."""
    for node in proto.node:
        if node.op_type == "Conv" and len(node.input) > 1 and node.input[1] in constants:
            dims = constants[node.input[1]].shape
            groups = next((each.i for each in node.attribute if each.name == "group"), 1)
            return dims[1] * groups if len(dims) > 1 else None
    return None
