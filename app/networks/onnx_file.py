"""An uploaded .onnx file as a stack: its nodes as layers, forks that meet again as branches and residuals.

The weights are sifted out of the bytes before the package `onnx` sees them; it then reads what is left, and infers
shapes. Nothing is run, no other file is opened, and nothing is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import prod
from typing import Any, NoReturn, TypeGuard

from app.networks.onnx_graph import END, Dims, Graph, Node
from app.networks.sieve import Broken, TooMuch, without_weights
from app.refusal import Refusal
from app.shapes import shown
from app.words import networks as words
from kernels.stack import Branch, Item, Layer, Residual, Shape, Stack

MOST_BYTES = 20_000_000
MOST_NODES = 2_000
MOST_CONSTANT = 64
MOST_DEPTH = 4
USUAL_SIDE, USUAL_CHANNELS = 224, 3

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
IDLE = {"Identity", "Cast", "Squeeze", "Unsqueeze"}
SHAPES = {"Shape", "Size"}
"""What reads a map only for its shape."""


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
    from importlib.util import find_spec

    return find_spec("onnx") is not None


def read_onnx(data: bytes) -> Imported:
    """The stack in a file; a Refusal with a sentence for what cannot be one."""
    try:
        graph = graph_of(parsed(data))
        walker = Walker(graph)
        stack = walker.path(graph.input, END, 0)
    except Refusal as refusal:
        raise refusal.at("file") from None
    if not stack:
        raise Refusal(words.ONNX_NOTHING, type="onnx", loc=("file",))
    return Imported(stack, input_shape(graph), tuple(dict.fromkeys(walker.passed)), walker.weights)


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
    for tensor in model.graph.initializer:
        if not has_data(tensor):
            asked.graph.input.append(onnx.helper.make_tensor_value_info(tensor.name, tensor.data_type, tensor.dims))
    whole = [tensor for tensor in model.graph.initializer if has_data(tensor)]
    del asked.graph.initializer[:]
    asked.graph.initializer.extend(whole)
    try:
        model.graph.value_info.extend(onnx.shape_inference.infer_shapes(asked).graph.value_info)
    except Exception:
        # Shapes are a second opinion here: whatever is wrong with them, the layers can still be read.
        return model
    return model


def has_data(tensor: Any) -> bool:
    return bool(tensor.raw_data or tensor.float_data or tensor.int32_data or tensor.int64_data)


def graph_of(model: Any) -> Graph:
    """The graph in our own words, sorted; every name is text, every size a number."""
    from onnx import helper

    proto = model.graph
    dims: dict[str, Dims] = {tensor.name: tuple(tensor.dims) for tensor in proto.initializer}
    constants = {tensor.name: values(tensor) for tensor in proto.initializer}
    given = [value for value in proto.input if value.name not in dims]
    maps = [value for value in given if len(value.type.tensor_type.shape.dim) >= 3] or given
    if not maps:
        refuse(words.ONNX_NO_INPUT)
    for value in given:
        if value.name != maps[0].name:  # weights that were exported as inputs, as the exporter may
            dims[value.name] = tuple(size or 0 for size in sizes(value))
    fixed = set(dims)
    nodes: list[Node] = []
    for proto_node in in_order(proto.node, {maps[0].name, *fixed, ""}):
        attributes = {each.name: helper.get_attribute_value(each) for each in proto_node.attribute}
        inputs, outputs = tuple(proto_node.input), tuple(proto_node.output)
        data = tuple(dict.fromkeys(name for name in inputs if name and name not in fixed))
        if proto_node.op_type == "Constant" and "value" in attributes:
            constants[outputs[0]] = values(attributes["value"])
            dims[outputs[0]] = tuple(attributes["value"].dims)
        if not data or proto_node.op_type in SHAPES:
            fixed.update(outputs)
        elif outputs:
            nodes.append(Node(len(nodes), proto_node.op_type, inputs, outputs[0], attributes, data))
    shapes = {value.name: sizes(value) for value in (*proto.value_info, *proto.output, maps[0])}
    return Graph(nodes, dims, constants, shapes, maps[0].name, frozenset(value.name for value in proto.output))


def in_order(nodes: Sequence[Any], known: set[str]) -> list[Any]:
    """The nodes as the standard wants them, each behind what it reads; a circle is refused."""
    for node in nodes:
        if not all(name in known for name in node.input):
            refuse(words.ONNX_ORDER, op=shown(node.op_type))
        known.update(node.output)
    return list(nodes)


def sizes(value: Any) -> tuple[int | None, ...]:
    """The shape of a map, None where it is left open."""
    return tuple(
        dim.dim_value if dim.HasField("dim_value") and dim.dim_value > 0 else None
        for dim in value.type.tensor_type.shape.dim
    )


def values(tensor: Any) -> list[float]:
    """The numbers of a small constant; of a larger one, or one whose data do not fit its shape, none."""
    from onnx import numpy_helper

    if not has_data(tensor) or not 0 <= prod(tensor.dims) <= MOST_CONSTANT or len(tensor.dims) > 4:
        return []
    try:
        return [float(value) for value in numpy_helper.to_array(tensor).ravel()]
    except (ValueError, TypeError, KeyError):
        return []


def input_shape(graph: Graph) -> Shape:
    """(C, H, W) of the picture; the usual one where the file leaves it open."""
    known = (*graph.shapes.get(graph.input, ()), None, None, None, None)[1:4]
    channels, *sides = known
    return (channels or first_channels(graph) or USUAL_CHANNELS, *(side or USUAL_SIDE for side in sides))


def first_channels(graph: Graph) -> int:
    """What the first convolution expects."""
    for node in graph.nodes:
        if node.op == "Conv":
            dims = weight(graph, node)
            return dims[1] * int(node.attributes.get("group", 1)) if len(dims) > 1 else 0
    return 0


def weight(graph: Graph, node: Node) -> Dims:
    """The shape of a node's weights, or nothing where they are computed."""
    return graph.dims.get(node.inputs[1], ()) if len(node.inputs) > 1 else ()


@dataclass
class Walker:
    """Goes from the input to the end and writes down the layers."""

    graph: Graph
    passed: list[str] = field(default_factory=list)
    weights: int = 0
    is_flat: bool = False

    def path(self, name: str, stop: int, depth: int) -> Stack:
        """The layers from this map up to, and without, the node `stop`."""
        items: list[Item] = []
        while True:
            readers = self.graph.readers.get(name, [])
            if len(readers) == 1 and len(readers[0].data) == 1 and not self.ends(name):
                node = readers[0]
                if node.index == stop:
                    return tuple(items)
                items = self.followed(items, node)
                name = node.output
                continue
            meeting = END if not readers else self.graph.meeting(readers)
            if meeting == END or (meeting == stop and len(readers) == 1):
                return (*items, *self.longest(readers, depth)) if meeting == END and readers else tuple(items)
            items += self.fork(readers, meeting, depth)
            if meeting == stop:
                return tuple(items)
            name = self.graph.nodes[meeting].output

    def ends(self, name: str) -> bool:
        """Whether this map is an answer and is read on as well."""
        return name in self.graph.outputs and len(self.graph.readers.get(name, [])) > 1

    def followed(self, items: list[Item], node: Node) -> list[Item]:
        """The items with what this node adds to them."""
        if node.op == "Add" and items and isinstance(items[-1], Layer) and self.adds_bias(items[-1], node):
            return [*items[:-1], replace(items[-1], bias=True)]
        return [*items, *self.layer(node)]

    def adds_bias(self, layer: Layer, node: Node) -> bool:
        """Whether a constant is added for each output of a layer that has no bias: a MatMul with its Add."""
        constant = next((name for name in node.inputs if name in self.graph.dims), None)
        wanted = layer.kind in ("linear", "conv", "convtranspose") and not layer.bias
        return wanted and constant is not None and prod(self.graph.dims[constant]) == layer.channels

    def fork(self, readers: Sequence[Node], meeting: int, depth: int) -> list[Item]:
        """The paths from here to where they meet, as one item."""
        if depth >= MOST_DEPTH:
            refuse(words.ONNX_TOO_DEEP, most=MOST_DEPTH)
        flat, passed, paths = self.is_flat, len(self.passed), []
        for reader in readers:
            self.is_flat = flat
            paths.append(() if reader.index == meeting else self.along(reader, meeting, depth + 1))
        join = self.graph.nodes[meeting]
        if len(paths) < 2:
            refuse(words.ONNX_TANGLED, op=shown(join.op))
        if join.op == "Concat" and all(paths):
            return [Branch(tuple(paths))]
        if join.op in ("Add", "Sum") and any(paths):
            return [Residual(tuple(sorted(paths, key=lambda path: not path)))]
        # A gate or a quotient, such as in squeeze-and-excitation: the shortest path goes on, the others are named.
        shortest = min(paths, key=len)
        dropped = [item.kind for path in paths if path is not shortest for item in path if is_weighty(item)]
        self.passed[passed:] = [shown(join.op), *dropped]
        return list(shortest)

    def along(self, node: Node, stop: int, depth: int) -> Stack:
        """A path that begins with this node."""
        if len(node.data) > 1:
            refuse(words.ONNX_TANGLED, op=shown(node.op))
        first = self.followed([], node)
        return (*first, *self.path(node.output, stop, depth))

    def longest(self, readers: Sequence[Node], depth: int) -> Stack:
        """Of ways that never meet again, as to an auxiliary classifier, the one with most layers."""
        if depth >= MOST_DEPTH:
            refuse(words.ONNX_TOO_DEEP, most=MOST_DEPTH)
        flat, ways = self.is_flat, []
        for reader in readers:
            self.is_flat = flat
            ways.append(self.along(reader, END, depth + 1))
        if len(ways) > 1:
            self.passed.append(words.ONNX_OTHER_OUTPUT)
        return max(ways, key=len)

    def layer(self, node: Node) -> list[Item]:
        """A node as layers of a stack: one, none, or a name among those passed over."""
        made = self.made(node)
        if made is None:
            self.passed.append(shown(node.op or "?"))
            return []
        return made

    def made(self, node: Node) -> list[Item] | None:
        attributes = node.attributes
        if node.op in QUIET:
            return [Layer(QUIET[node.op])]
        if node.op in IDLE:
            return []
        if node.op in ("Flatten", "Reshape"):
            return self.flattened(node)
        if node.op in ("Conv", "ConvTranspose"):
            return self.convolution(node)
        if node.op in ("MaxPool", "AveragePool"):
            kernel = counts(attributes.get("kernel_shape"))
            kind = "maxpool" if node.op == "MaxPool" else "avgpool"
            ceil = bool(attributes.get("ceil_mode", 0))
            return [Layer(kind, kernel, ceil_mode=ceil, **self.settings(node, kernel))] if kernel else None
        if node.op in ("GlobalAveragePool", "GlobalMaxPool"):
            return [Layer("globalpool")]
        if node.op == "ReduceMean":
            return self.mean(node)
        if node.op in ("Gemm", "MatMul"):
            return self.linear(node)
        return self.upsampled(node) if node.op in ("Resize", "Upsample") else None

    def flattened(self, node: Node) -> list[Item] | None:
        """A list of numbers from a map; what reshapes in another way is not known."""
        shape = self.graph.shapes.get(node.output, ())
        if node.op == "Reshape" and len(shape) not in (0, 2):
            return None
        if self.is_flat:
            return []
        self.is_flat = True
        return [Layer("flatten")]

    def convolution(self, node: Node) -> list[Item] | None:
        dims, groups = weight(self.graph, node), int(node.attributes.get("group", 1))
        if len(dims) not in (3, 4, 5) or not all(size > 0 for size in dims) or groups < 1:
            return None
        is_conv = node.op == "Conv"
        self.weights += prod(dims)
        channels, kernel = (dims[0] if is_conv else dims[1] * groups), dims[2:]
        bias = len(node.inputs) > 2 and bool(node.inputs[2])
        further = {} if is_conv else {"output_padding": counts(node.attributes.get("output_padding")) or (0,)}
        settings = {**self.settings(node, kernel), **further}
        return [Layer("conv" if is_conv else "convtranspose", kernel, channels, groups=groups, bias=bias, **settings)]

    def settings(self, node: Node, kernel: Dims) -> dict[str, Any]:
        """Stride, dilation and padding; in ONNX all sides before come first, then all sides after."""
        axes = len(kernel)
        stride = counts(node.attributes.get("strides")) or (1,) * axes
        dilation = counts(node.attributes.get("dilations")) or (1,) * axes
        pads = counts(node.attributes.get("pads")) or (0,) * 2 * axes
        if not len(stride) == len(dilation) == axes or len(pads) != 2 * axes:
            refuse(words.ONNX_SETTINGS, op=node.op)
        padding = tuple(zip(pads[:axes], pads[axes:], strict=True))
        automatic = node.attributes.get("auto_pad", b"NOTSET")
        if automatic in (b"SAME_UPPER", b"SAME_LOWER"):
            padding = self.same(node, kernel, stride, dilation, upper=automatic == b"SAME_UPPER")
        made = {"stride": stride, "padding": padding}
        return made if node.op == "AveragePool" else {**made, "dilation": dilation}

    def same(self, node: Node, kernel: Dims, stride: Dims, dilation: Dims, *, upper: bool) -> Any:
        """TensorFlow's padding: as many windows as strides fit into the map, the odd cell after (or before)."""
        sides = self.graph.shapes.get(node.data[0], ())[2:]
        pairs = []
        for axis, (k, s, d) in enumerate(zip(kernel, stride, dilation, strict=True)):
            size = (sides[axis] if axis < len(sides) else None) or s
            whole = max((-(-size // s) - 1) * s + d * (k - 1) + 1 - size, 0)
            pairs.append((whole // 2, whole - whole // 2) if upper else (whole - whole // 2, whole // 2))
        return tuple(pairs)

    def mean(self, node: Node) -> list[Item] | None:
        """A mean over all of the map is global pooling."""
        constant = self.graph.constants.get(node.inputs[1], ()) if len(node.inputs) > 1 else ()
        axes = counts(node.attributes.get("axes")) or tuple(map(int, constant))
        if sorted(axis % 4 for axis in axes) != [2, 3]:
            return None
        if node.attributes.get("keepdims", 1):
            return [Layer("globalpool")]
        self.is_flat = True
        return [Layer("globalpool"), Layer("flatten")]

    def linear(self, node: Node) -> list[Item] | None:
        dims = weight(self.graph, node)
        if len(dims) != 2 or dims[0] < 1 or dims[1] < 1:
            return None
        self.weights += prod(dims)
        outputs = dims[0] if node.attributes.get("transB", 0) else dims[1]
        return [Layer("linear", channels=outputs, bias=node.op == "Gemm" and len(node.inputs) > 2)]

    def upsampled(self, node: Node) -> list[Item] | None:
        """Enlarging by a whole factor, which stands among the constants."""
        for name in reversed(node.inputs[1:]):
            factors = self.graph.constants.get(name, ())
            if len(factors) == 4 and all(factor >= 1 and factor.is_integer() for factor in factors):
                return [Layer("upsample", tuple(int(factor) for factor in factors[2:]))]
        return None


def is_weighty(item: Item) -> TypeGuard[Layer]:
    return isinstance(item, Layer) and item.channels is not None


def counts(value: Any) -> Dims:
    """A list of whole numbers, or nothing."""
    return tuple(int(each) for each in value) if isinstance(value, list | tuple) and value else ()


def refuse(sentence: str, **numbers: object) -> NoReturn:
    raise Refusal(sentence.format(**numbers), type="onnx")
