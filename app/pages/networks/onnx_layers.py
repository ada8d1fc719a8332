"""One ONNX node as layers of a stack. https://onnx.ai/onnx/operators/ says what its attributes mean."""

from collections.abc import Callable
from typing import Any

from app.address.refusal import Refusal
from app.pages.networks import words
from app.pages.networks.onnx_graph import Dims, Graph, Node
from kernels.stack import StackLayer

Layers = list[StackLayer]
QUIET = {
    "Relu": "relu",
    "Sigmoid": "sigmoid",
    "Tanh": "tanh",
    "Softmax": "softmax",
    "LogSoftmax": "softmax",
    "Dropout": "dropout",
    "BatchNormalization": "batchnorm",
    "LRN": "lrn",
}
IDLE = frozenset({"Identity", "Cast", "Squeeze", "Unsqueeze"})
"""What changes no number; Squeeze stands between a global pool and a linear layer, whose flatten it stands for."""


def layers_of(graph: Graph, node: Node) -> Layers | None:
    """What a node does as layers, none if it does nothing; None where it is not known."""
    if node.op in QUIET:
        return [StackLayer(QUIET[node.op])]
    if node.op in IDLE:
        return squeezed(graph, node)
    return KNOWN[node.op](graph, node) if node.op in KNOWN else None


def convolution(graph: Graph, node: Node) -> Layers | None:
    dims, groups = graph.weight(node), int(node.attributes.get("group", 1))
    if len(dims) not in (3, 4, 5) or min(dims) < 1 or groups < 1:
        return None
    bias = len(node.inputs) > 2 and bool(node.inputs[2])
    settings = window(graph, node, dims[2:])
    if node.op == "Conv":
        return [StackLayer("conv", dims[2:], dims[0], groups=groups, bias=bias, **settings)]
    further = counts(node, "output_padding") or (0,)
    return [
        StackLayer(
            "convtranspose", dims[2:], dims[1] * groups, groups=groups, bias=bias, output_padding=further, **settings
        )
    ]


def pool(graph: Graph, node: Node) -> Layers | None:
    kernel = counts(node, "kernel_shape")
    if not kernel:
        return None
    settings = window(graph, node, kernel)
    if node.op == "AveragePool":
        del settings["dilation"]
    kind = "maxpool" if node.op == "MaxPool" else "avgpool"
    return [StackLayer(kind, kernel, ceil_mode=bool(node.attributes.get("ceil_mode", 0)), **settings)]


def window(graph: Graph, node: Node, kernel: Dims) -> dict[str, Any]:
    """Stride, dilation and padding; in ONNX all sides before come first, then all sides after."""
    axes = len(kernel)
    stride = counts(node, "strides") or (1,) * axes
    dilation = counts(node, "dilations") or (1,) * axes
    pads = counts(node, "pads") or (0,) * 2 * axes
    if not len(stride) == len(dilation) == axes or len(pads) != 2 * axes:
        raise Refusal(words.ONNX_SETTINGS.format(op=node.op), type="onnx")
    padding = tuple(zip(pads[:axes], pads[axes:], strict=True))
    automatic = node.attributes.get("auto_pad", b"NOTSET")
    if automatic in (b"SAME_UPPER", b"SAME_LOWER"):
        sides = (*graph.shapes.get(node.data[0], ())[2:], None, None, None)
        asked = zip(sides, kernel, stride, dilation, strict=False)
        padding = tuple(same(*axis, upper=automatic == b"SAME_UPPER") for axis in asked)
    return {"stride": stride, "dilation": dilation, "padding": padding}


def same(size: int | None, kernel: int, stride: int, dilation: int, *, upper: bool) -> tuple[int, int]:
    """TensorFlow's padding: as many windows as strides fit into the map, the odd cell after (or before).

    >>> same(8, 3, 2, 1, upper=True)
    (0, 1)
    """
    cells = size or stride
    whole = max((-(-cells // stride) - 1) * stride + dilation * (kernel - 1) + 1 - cells, 0)
    less, more = whole // 2, whole - whole // 2
    return (less, more) if upper else (more, less)


def linear(graph: Graph, node: Node) -> Layers | None:
    dims = graph.weight(node)
    if len(dims) != 2 or min(dims) < 1:
        return None
    outputs = dims[0] if node.attributes.get("transB", 0) else dims[1]
    return [StackLayer("linear", channels=outputs, bias=node.op == "Gemm" and len(node.inputs) > 2)]


def flatten(graph: Graph, node: Node) -> Layers | None:
    """A list of numbers from a map; what reshapes in another way is not known."""
    shape = graph.shapes.get(node.output, ())
    return [StackLayer("flatten")] if node.op == "Flatten" or len(shape) in (0, 2) else None


def squeezed(graph: Graph, node: Node) -> Layers:
    """A Squeeze from a map to a list is a flatten."""
    is_flatten = node.op == "Squeeze" and len(graph.shapes.get(node.output, ())) == 2
    return [StackLayer("flatten")] if is_flatten else []


def mean(graph: Graph, node: Node) -> Layers | None:
    """A mean over all of the map is global pooling."""
    constant = graph.constants.get(node.inputs[1], ()) if len(node.inputs) > 1 else ()
    axes = counts(node, "axes") or tuple(map(int, constant))
    if sorted(axis % 4 for axis in axes) != [2, 3]:
        return None
    pooled = [StackLayer("globalpool")]
    return pooled if node.attributes.get("keepdims", 1) else [*pooled, StackLayer("flatten")]


def upsample(graph: Graph, node: Node) -> Layers | None:
    """Enlarging by a whole factor, which stands among the constants."""
    for name in reversed(node.inputs[1:]):
        factors = graph.constants.get(name, ())
        if len(factors) == 4 and all(factor >= 1 and factor == int(factor) for factor in factors):
            return [StackLayer("upsample", tuple(int(factor) for factor in factors[2:]))]
    return None


def global_pool(graph: Graph, node: Node) -> Layers:
    return [StackLayer("globalpool")]


KNOWN: dict[str, Callable[[Graph, Node], Layers | None]] = {
    "Conv": convolution,
    "ConvTranspose": convolution,
    "MaxPool": pool,
    "AveragePool": pool,
    "GlobalAveragePool": global_pool,
    "GlobalMaxPool": global_pool,
    "ReduceMean": mean,
    "Gemm": linear,
    "MatMul": linear,
    "Flatten": flatten,
    "Reshape": flatten,
    "Resize": upsample,
    "Upsample": upsample,
}


def counts(node: Node, name: str) -> Dims:
    """A list of whole numbers among the attributes, or nothing."""
    return tuple(int(each) for each in node.attributes.get(name, ()))


def first_channels(graph: Graph) -> int:
    """What the first convolution expects; 0 where there is none."""
    first = next((node for node in graph.nodes if node.op == "Conv"), None)
    dims = graph.weight(first) if first else ()
    return dims[1] * int(first.attributes.get("group", 1)) if first and len(dims) > 1 else 0
