"""An uploaded .onnx file as a stack.

The weights are sifted out of the bytes before the package `onnx` sees them; it then reads what is left, and infers
shapes. Nothing is run, no other file is opened, and nothing is kept.
"""

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, NoReturn

from app.address.refusal import Refusal
from app.pages.networks import words
from app.pages.networks.onnx_graph import END
from app.pages.networks.onnx_layers import first_channels
from app.pages.networks.onnx_model import graph_of, has_data
from app.pages.networks.onnx_paths import Walker
from app.pages.networks.strip_weights import Broken, TooMuch, without_weights
from kernels.stack import Shape, Stack

MOST_BYTES = 20_000_000
MOST_NODES = 2_000
USUAL_SIDE, USUAL_CHANNELS = 224, 3
ILL_FORMED = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError)
"""What a file leads to that gives a number where a list belongs, a node no output, and the like."""


@dataclass(frozen=True)
class Imported:
    """What was found in a file."""

    stack: Stack
    input: Shape
    passed: tuple[str, ...]
    weights: int
    """How many the file's own convolutions and linear layers have."""


def is_installed() -> bool:
    """Whether this copy can read ONNX: the package is an optional extra."""
    return find_spec("onnx") is not None


def read_onnx(data: bytes) -> Imported:
    """The stack in a file; a Refusal with a sentence for what cannot be one."""
    try:
        return imported(parsed(data))
    except Refusal as refusal:
        raise refusal.at("file") from None
    except ILL_FORMED:
        raise Refusal(words.ONNX_BROKEN, type="onnx", loc=("file",)) from None


def imported(model: Any) -> Imported:
    graph = graph_of(model)
    walker = Walker(graph)
    stack = walker.path(graph.input, END, 0)
    if not stack:
        refuse(words.ONNX_NOTHING)
    channels, *sides = (*graph.shapes.get(graph.input, ()), None, None, None, None)[1:4]
    shape = (channels or first_channels(graph) or USUAL_CHANNELS, *(side or USUAL_SIDE for side in sides))
    return Imported(stack, shape, tuple(dict.fromkeys(walker.passed)), walker.weights)


def parsed(data: bytes) -> Any:
    """The model without its weights, shapes inferred where that is possible."""
    if not is_installed():
        refuse(words.ONNX_MISSING)
    import onnx
    from google.protobuf.message import DecodeError  # type: ignore[import-untyped]

    if len(data) > MOST_BYTES:
        refuse(words.ONNX_TOO_LARGE, most=MOST_BYTES // 1_000_000)
    try:
        model = onnx.ModelProto.FromString(without_weights(data))
    except TooMuch:
        refuse(words.ONNX_TOO_MUCH)
    except (Broken, DecodeError):
        refuse(words.ONNX_BROKEN)
    if not model.graph.node:
        refuse(words.ONNX_BROKEN)
    if len(model.graph.node) > MOST_NODES:
        refuse(words.ONNX_TOO_MANY, value=len(model.graph.node), most=MOST_NODES)
    return inferred(onnx, model)


def inferred(onnx: Any, model: Any) -> Any:
    """The model with shapes; weights, which have no data any more, stand as inputs for that."""
    asked = onnx.ModelProto()
    asked.CopyFrom(model)
    del asked.graph.initializer[:]
    for tensor in model.graph.initializer:
        if has_data(tensor):
            asked.graph.initializer.append(tensor)
        else:
            asked.graph.input.append(onnx.helper.make_tensor_value_info(tensor.name, tensor.data_type, tensor.dims))
    try:
        model.graph.value_info.extend(onnx.shape_inference.infer_shapes(asked).graph.value_info)
    except Exception:
        # Shapes are a second opinion here: whatever is wrong with them, the layers can still be read.
        return model
    return model


def refuse(sentence: str, **numbers: object) -> NoReturn:
    raise Refusal(sentence.format(**numbers), type="onnx")
