"""An uploaded .onnx file as a graph.

The weights are sifted out of the bytes before the package `onnx` sees them; it then reads what is left. Nothing is
run, no other file is opened, and nothing is kept.
"""

from importlib.util import find_spec
from typing import Any

from app.address.refusal import Refusal
from app.pages.networks import words
from app.pages.networks.onnx.graph import read_graph
from app.pages.networks.onnx.refusing import refuse
from app.pages.networks.onnx.strip_weights import Broken, TooMuch, without_weights
from app.pages.networks.source import Source
from kernels.layers import Shape

MOST_BYTES = 600_000_000
"""Of a file that is sent with its weights: VGG-16 has 553 MB. They are passed over as they arrive (forms.py)."""
MOST_NODES = 4_000
ILL_FORMED = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, AssertionError, RecursionError)
"""What a file leads to that gives a number where a list belongs, a node no output, and the like."""


def is_installed() -> bool:
    """Whether this copy can read ONNX: the package is an optional extra."""
    return find_spec("onnx") is not None


def read_onnx(data: bytes, shape: Shape | None = None) -> Source:
    """The network in a file, on its own input unless another is asked for; a Refusal for what cannot be one."""
    try:
        return read_graph(parsed(data), shape)
    except Refusal as refusal:
        raise (refusal if refusal.loc else refusal.at("file")) from None
    except ILL_FORMED:
        raise Refusal(words.ONNX_BROKEN, type="onnx", loc=("file",)) from None


def parsed(data: bytes) -> Any:
    """The model without its weights."""
    if not is_installed():
        refuse(words.ONNX_MISSING)
    import onnx
    from google.protobuf.message import DecodeError  # type: ignore[import-untyped]

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
    return model
