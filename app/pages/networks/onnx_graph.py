"""The graph of an ONNX file: each node as a layer, measured as it is put down. https://onnx.ai/onnx/operators/

ONNX counts the batch as an axis; here it is left out, as long as it comes first. Where an export has moved it (inside
attention it stands second), shapes are kept whole, and an axis of size 1 does no harm to any sum.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from math import prod
from typing import Any, Literal, NoReturn

import numpy as np

from app.address.phrases import shown
from app.address.refusal import Refusal
from app.pages.networks import words
from app.pages.networks.onnx_constants import Constant, axes_of, folded, tensor_of
from app.pages.networks.source import Source
from app.pages.networks.torch_graph import Growing, Map
from kernels.layers import UNKNOWN, Shape, StackLayer
from kernels.stack import as_stack

MOST_EDGES, MOST_PIECES = 10_000, 256
EXTERNAL = 1
"""TensorProto.EXTERNAL: the numbers lie in another file."""
QUIET = {
    **{name: name.lower() for name in ("Relu", "Sigmoid", "Tanh", "Softmax", "Elu", "Selu", "Celu", "Gelu", "Mish")},
    **{name: name.lower() for name in ("Softplus", "Softsign", "HardSwish", "HardSigmoid", "LogSoftmax", "LeakyRelu")},
    **{name: name.lower() for name in ("Exp", "Log", "Sqrt", "Abs", "Neg", "Erf", "Reciprocal", "Dropout", "LRN")},
    **dict.fromkeys(("Swish", "SiLU"), "silu"),
    **dict.fromkeys(("Floor", "Ceil", "Round", "Sign", "Sin", "Cos", "Not", "IsNaN"), "scale"),
    "ThresholdedRelu": "threshold",
    "Shrink": "hardshrink",
    "MeanVarianceNormalization": "instancenorm",
}
ALIASES = frozenset({"Identity", "Cast", "CastLike"})
"""What hands on the same numbers."""
FOLDED = re.compile(r"onnx::Conv_\d+")
"""What a traced export calls the weights of a convolution into which it has folded a batch norm."""
NORMED = re.compile(r"getitem(_\d+)?")
"""What the newer export calls what such a convolution makes: the first output of its batch norm."""
PARAMETER = re.compile(r"[A-Za-z_]\w*(\.\w+)*")
"""What PyTorch calls a parameter; what an export computes has other marks in its name."""
COMPUTED = re.compile(r"val_\d+|scalar\w*|_?const\w*", re.IGNORECASE)
"""What the newer export calls numbers that it has computed; a single one is no weight."""


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
    reader = Reader(shape, picture, constants)
    reader.read(proto.node)
    if not any(node.layer.kind != UNKNOWN for node in reader.graph.nodes):
        refuse(words.ONNX_NOTHING)
    found = words.FOUND_ONNX.format(nodes=len(proto.node), producer=shown(model.producer_name or words.AN_EXPORT))
    return Source(found, as_stack(reader.graph.nodes), shape, tuple(reader.notes()))


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


class Operation:
    """One node of the file with what it reads."""

    def __init__(self, reader: "Reader", node: Any, attributes: dict[str, Any]) -> None:
        self.reader = reader
        self.op: str = node.op_type
        self.names: list[str] = list(node.input)
        self.outputs: list[str] = list(node.output)
        self.attributes = attributes
        self.path: str = node.name

    def constant(self, number: int) -> Constant | None:
        return self.reader.constants.get(self.names[number]) if number < len(self.names) else None

    def numbers(self, number: int) -> tuple[int, ...]:
        """The whole numbers of a constant input; none where they are not known."""
        constant = self.constant(number)
        if constant is None or constant.values is None:
            return ()
        return tuple(int(value) for value in constant.values.ravel())

    def has(self, number: int) -> bool:
        return number < len(self.names) and bool(self.names[number])

    def counts(self, name: str) -> tuple[int, ...]:
        """A list of whole numbers among the attributes, or nothing."""
        return tuple(int(each) for each in self.attributes.get(name, ()))

    def map(self, number: int = 0) -> Map:
        return self.reader.maps[self.names[number]]

    def full(self, number: int = 0) -> tuple[int, ...]:
        """The shape of a map as the file has it, the batch with it."""
        found = self.reader.full.get(self.names[number])
        if found is None:
            raise NotKnown
        return found

    @property
    def called(self) -> str:
        """What the source calls the layer: layer1.0.conv2."""
        for name in self.names[1:]:
            constant = self.reader.constants.get(name)
            if constant is not None and constant.learned and "::" not in constant.learned:
                owner, dot, _ = constant.learned.rpartition(".")
                return owner if dot else ""
        return path_of(self.path) if self.path.startswith("/") else ""


class NotKnown(Exception):
    """An operation, or a use of one, that cannot be followed."""


def path_of(name: str) -> str:
    """The module of a node such as /layer1/layer1.0/conv2/Conv, as PyTorch names it."""
    found: list[str] = []
    for piece in name.strip("/").split("/")[:-1]:
        if found and piece.startswith(f"{found[-1]}."):
            found.pop()
        found.append(piece)
    return ".".join(found)


class Reader:
    """Goes through the nodes in their order, and puts down a layer for each that works on maps."""

    def __init__(self, shape: Shape, picture: Any, constants: dict[str, Constant]) -> None:
        self.graph = Growing(shape)
        self.constants = constants
        self.maps: dict[str, Map] = {picture.name: Map(-1, shape)}
        self.full: dict[str, tuple[int, ...] | None] = {picture.name: (1, *shape)}
        declared = sizes(picture)
        self.batch = declared[0] if declared and declared[0] else 1
        self.sequences: dict[str, list[Made]] = {}
        """Maps that a file keeps in a list, as a traced chunk does."""
        self.used: set[str] = set()
        self.folds = False
        self.uses: Counter[str] = Counter()

    def read(self, nodes: Any) -> None:
        edges = 0
        self.uses = Counter(name for node in nodes for name in node.input)
        for node in nodes:
            edges += len(node.input)
            if edges > MOST_EDGES:
                refuse(words.ONNX_TOO_MUCH)
            if not node.output and node.op_type:
                refuse(words.ONNX_BROKEN)
            known = (self.maps, self.constants, self.sequences)
            if not all(not name or any(name in each for each in known) for name in node.input):
                refuse(words.ONNX_ORDER, op=shown(node.op_type))
            self.node(node, attributes_of(node))

    def node(self, node: Any, attributes: dict[str, Any]) -> None:
        """One node: numbers that are known, or a layer."""
        op = Operation(self, node, attributes)
        reads_map = any(name in self.maps or name in self.sequences for name in op.names)
        if op.op in ("Constant", "ConstantOfShape") or not reads_map:
            self.keep_constant(op)
            return
        if op.op in ("Shape", "Size"):
            self.keep_shape(op)
            return
        if op.op == "SplitToSequence":
            self.keep_sequence(op)
            return
        if op.op in ALIASES or (op.op == "Dropout" and not attributes):
            self.alias(op)
            return
        try:
            made = self.layer(op)
        except NotKnown:
            self.unknown(op)
            return
        outputs = made if isinstance(made, list) else [made]
        for name, (map_, full) in zip(op.outputs, outputs, strict=False):
            self.maps[name], self.full[name] = map_, full
        for name in op.outputs[len(outputs) :]:
            self.constants[name] = Constant(())

    def keep_constant(self, op: Operation) -> None:
        made: Constant | None
        value = op.attributes.get("value")
        if op.op == "Constant" and hasattr(value, "dims"):
            made = tensor_of(value, is_learned=False)
        elif op.op == "Constant":
            plain = next((op.attributes[name] for name in PLAIN_VALUES if name in op.attributes), None)
            made = None if plain is None else Constant(np.shape(plain), np.asarray(plain))
        else:
            inputs = [op.constant(number) if op.has(number) else None for number in range(len(op.names))]
            try:
                made = folded(op.op, inputs, op.attributes)
            except (ValueError, TypeError, IndexError):
                made = None
        for name in op.outputs:
            self.constants[name] = renamed(made, name) if made else Constant(())

    def keep_sequence(self, op: Operation) -> None:
        try:
            self.sequences[op.outputs[0]] = split_in_sequence(self, op)
        except NotKnown:
            self.unknown(op)

    def keep_shape(self, op: Operation) -> None:
        full = self.full.get(op.names[0])
        start, stop = op.attributes.get("start", 0), op.attributes.get("end")
        values = None if full is None else np.asarray(full[start:stop], dtype=np.int64)
        if values is not None and op.op == "Size":
            values = np.asarray(prod(full or ()))
        self.constants[op.outputs[0]] = Constant(() if values is None else values.shape, values)

    def alias(self, op: Operation) -> None:
        name, output = op.names[0], op.outputs[0]
        if name in self.maps:
            self.maps[output], self.full[output] = self.maps[name], self.full.get(name)
        else:  # numbers, in the type of a map
            self.constants[output] = self.constants[name]

    def unknown(self, op: Operation) -> None:
        """An operation that nobody here knows: what is behind it cannot be followed."""
        sources = [self.maps[name] for name in op.names if name in self.maps]
        layer = StackLayer(UNKNOWN, called=shown(op.op or "?"))
        made = self.graph.add(layer, sources, name=op.called)
        for output in op.outputs:
            self.maps[output], self.full[output] = made, None

    def layer(self, op: Operation) -> Any:
        """(the map, its whole shape) of an operation, or a list of these."""
        if op.op not in OPERATIONS and op.op not in QUIET:
            raise NotKnown
        if any(name in self.maps and self.full.get(name) is None for name in op.names):
            return self.behind_unknown(op)
        if op.op in QUIET:
            return self.put(StackLayer(QUIET[op.op], called=op.op), op, [op.map()], op.full())
        return OPERATIONS[op.op](self, op)

    def behind_unknown(self, op: Operation) -> Any:
        """A layer on a map whose shape nobody knows: it is named, and what it learns may be counted."""
        sources = [self.maps[name] for name in op.names if name in self.maps]
        return self.graph.add(StackLayer("identity", called=op.op), sources, name=op.called), None

    def put(
        self, layer: StackLayer, op: Operation, sources: Sequence[Map], full: tuple[int, ...]
    ) -> tuple[Map, tuple[int, ...]]:
        """A layer, whose map has this shape with its batch."""
        return self.graph.add(layer, sources, name=op.called), full

    def batched(self, op: Operation, number: int = 0) -> tuple[int, ...]:
        """The shape of a map whose first axis is the batch."""
        full = op.full(number)
        if len(full) < 2 or full[0] != 1:
            raise NotKnown
        return full

    def over_space(self, layer: StackLayer, op: Operation) -> tuple[Map, tuple[int, ...]]:
        """A layer that makes a map with a batch of a map with one."""
        self.batched(op)
        made = self.graph.add(layer, [op.map()], name=op.called)
        assert made.shape is not None
        return made, (1, *made.shape)

    def learns(self, op: Operation, number: int) -> bool:
        """Whether an input of a normalisation is learned: ones that an export has computed are not.

        Two normalisations whose numbers are one tensor have not shared them: exports store equal tensors once.
        """
        constant = op.constant(number)
        if constant is None or not constant.learned:
            return False
        is_all_ones = constant.values is not None and bool((constant.values == 1).all())
        return not (is_all_ones and COMPUTED.fullmatch(constant.learned))

    def is_shared(self, op: Operation, number: int = 1) -> bool:
        """Whether the weights of a layer were those of one before it."""
        constant = op.constant(number)
        if constant is None or not constant.learned:
            return False
        was_used = constant.learned in self.used
        self.used.add(constant.learned)
        return was_used

    def notes(self) -> list[str]:
        return [words.ONNX_FOLDED] if self.folds else []


def renamed(constant: Constant, name: str) -> Constant:
    """A copy of a learned tensor under the name of another parameter is that one: exports store equal ones once."""
    is_parameter = bool(constant.learned) and PARAMETER.fullmatch(name)
    return replace(constant, learned=name) if is_parameter else constant


PLAIN_VALUES = ("value_ints", "value_int", "value_floats", "value_float")


def attributes_of(node: Any) -> dict[str, Any]:
    from onnx import helper

    return {each.name: helper.get_attribute_value(each) for each in node.attribute}


def refuse(sentence: str, **numbers: object) -> NoReturn:
    raise Refusal(sentence.format(**numbers), type="onnx")


Made = tuple[Map, tuple[int, ...]]


def convolution(reader: Reader, op: Operation) -> Made:
    weight, groups = op.constant(1), int(op.attributes.get("group", 1))
    if weight is None or len(weight.shape) not in (3, 4, 5) or min(weight.shape) < 1 or groups < 1:
        raise NotKnown
    dims = weight.shape
    settings = window(op, dims[2:], reader.batched(op)[2:])
    is_transposed = op.op == "ConvTranspose"
    folds = FOLDED.fullmatch(weight.learned) or NORMED.fullmatch(op.outputs[0])
    reader.folds = reader.folds or bool(folds)
    layer = StackLayer(
        "convtranspose" if is_transposed else "conv",
        dims[2:],
        channels=dims[1] * groups if is_transposed else dims[0],
        groups=groups,
        bias=is_bias(op),
        output_padding=(op.counts("output_padding") or (0,)) if is_transposed else (0,),
        expects=dims[0] if is_transposed else dims[1] * groups,
        shared=reader.is_shared(op),
        called=op.op,
        **settings,
    )
    return reader.over_space(layer, op)


def is_bias(op: Operation) -> bool:
    """Whether a convolution adds learned numbers: zeros that an export has computed are none."""
    constant = op.constant(2)
    return op.has(2) and (constant is None or bool(constant.learned))


def window(op: Operation, kernel: tuple[int, ...], sides: tuple[int, ...]) -> dict[str, Any]:
    """Stride, dilation and padding; in ONNX all sides before come first, then all sides after."""
    axes = len(kernel)
    stride = op.counts("strides") or (1,) * axes
    dilation = op.counts("dilations") or (1,) * axes
    pads = op.counts("pads") or (0,) * 2 * axes
    if not len(stride) == len(dilation) == axes or len(pads) != 2 * axes:
        refuse(words.ONNX_SETTINGS, op=op.op)
    padding = tuple(zip(pads[:axes], pads[axes:], strict=True))
    automatic = op.attributes.get("auto_pad", b"NOTSET")
    if automatic in (b"SAME_UPPER", b"SAME_LOWER"):
        upper = automatic == b"SAME_UPPER"
        padding = tuple(same(*axis, upper=upper) for axis in zip(sides, kernel, stride, dilation, strict=True))
    return {"stride": stride, "dilation": dilation, "padding": padding}


def same(size: int, kernel: int, stride: int, dilation: int, *, upper: bool) -> tuple[int, int]:
    """TensorFlow's padding: as many windows as strides fit into the map, the odd cell after (or before).

    >>> same(8, 3, 2, 1, upper=True)
    (0, 1)
    """
    whole = max((-(-size // stride) - 1) * stride + dilation * (kernel - 1) + 1 - size, 0)
    less, more = whole // 2, whole - whole // 2
    return (less, more) if upper else (more, less)


def pool(reader: Reader, op: Operation) -> Made:
    kernel = op.counts("kernel_shape")
    if not kernel:
        raise NotKnown
    settings = window(op, kernel, reader.batched(op)[2:])
    kind = {"MaxPool": "maxpool", "AveragePool": "avgpool", "LpPool": "lppool"}[op.op]
    ceil_mode = bool(op.attributes.get("ceil_mode", 0))
    return reader.over_space(StackLayer(kind, kernel, ceil_mode=ceil_mode, **settings), op)


def global_pool(reader: Reader, op: Operation) -> Made:
    return reader.over_space(StackLayer("globalmaxpool" if "Max" in op.op else "globalpool"), op)


def gemm(reader: Reader, op: Operation) -> Made:
    """alpha · A · B + beta · C; B are the weights."""
    weight = op.constant(1)
    if weight is None or len(weight.shape) != 2 or min(weight.shape) < 1:
        raise NotKnown
    outputs, inputs = weight.shape if op.attributes.get("transB", 0) else weight.shape[::-1]
    return linear(reader, op, inputs, outputs, has_bias=op.has(2))


def linear(reader: Reader, op: Operation, inputs: int, outputs: int, *, has_bias: bool) -> Made:
    layer = StackLayer(
        "linear",
        channels=outputs,
        bias=has_bias,
        axis=-1,
        expects=inputs,
        shared=reader.is_shared(op),
        called=op.op,
    )
    return reader.put(layer, op, [op.map()], (*op.full()[:-1], outputs))


def matmul(reader: Reader, op: Operation) -> Made:
    """Maps times weights are a linear layer; maps times maps a product of matrices."""
    weight = op.constant(1)
    if weight is not None and op.names[0] in reader.maps:
        if len(weight.shape) != 2 or min(weight.shape) < 1:
            raise NotKnown
        return linear(reader, op, *weight.shape, has_bias=False)
    if op.constant(0) is not None:
        raise NotKnown
    one, other = op.full(0), op.full(1)
    if len(one) < 2 or len(other) < 2:
        raise NotKnown
    full = (*np.broadcast_shapes(one[:-2], other[:-2]), one[-2], other[-1])
    return reader.put(StackLayer("matmul"), op, [op.map(0), op.map(1)], full)


def arithmetic(reader: Reader, op: Operation) -> Made:
    """Maps added or multiplied; with learned numbers, with given ones, or with a single number."""
    kind = "add" if op.op in ("Add", "Sub", "Sum") else "mul"
    numbers = [number for number in range(len(op.names)) if op.names[number] not in reader.maps]
    maps = [op.map(number) for number in range(len(op.names)) if op.names[number] in reader.maps]
    full = np.broadcast_shapes(
        *(op.full(n) if n not in numbers else constant_shape(op, n) for n in range(len(op.names)))
    )
    if not numbers:
        return reader.put(StackLayer(kind), op, maps, full) if len(maps) > 1 else (maps[0], full)
    (number, *others) = numbers
    constant = op.constant(number)
    if others or constant is None:
        raise NotKnown
    if prod(constant.shape) == 1 and (not constant.learned or COMPUTED.fullmatch(constant.learned)):
        return reader.put(StackLayer("scale"), op, maps, full)
    if op.op == "Add" and becomes_bias(reader, op, number, constant):
        return maps[0], full
    shape = constant.shape[1:] if len(constant.shape) == len(full) and full[0] == 1 else constant.shape
    is_new = bool(constant.learned) and constant.learned not in reader.used
    reader.used.add(constant.learned)
    parameter = StackLayer("parameter", sizes=shape or (1,), affine=is_new, called=shown(constant.learned))
    source = reader.graph.add(parameter, [], name=constant.learned if is_new and "::" not in constant.learned else "")
    return reader.put(StackLayer(kind), op, [*maps, source], full)


def constant_shape(op: Operation, number: int) -> tuple[int, ...]:
    constant = op.constant(number)
    return () if constant is None else constant.shape


def becomes_bias(reader: Reader, op: Operation, number: int, constant: Constant) -> bool:
    """Whether numbers that are added are the bias of the linear layer before: a MatMul with its Add."""
    map_name = op.names[1 - number]
    node = reader.maps[map_name].node
    if node < 0 or reader.uses[map_name] != 1 or not constant.learned:
        return False
    layer = reader.graph.nodes[node].layer
    if layer.kind != "linear" or layer.bias or constant.shape != (layer.channels,):
        return False
    reader.graph.give_bias(node)
    return True


def power(reader: Reader, op: Operation) -> Made:
    return reader.put(StackLayer("pow"), op, [op.map()], op.full())


def clip(reader: Reader, op: Operation) -> Made:
    bounds = [op.attributes.get("min"), op.attributes.get("max")]
    bounds = [*op.numbers(1)[:1], *op.numbers(2)[:1]] if len(op.names) > 2 else bounds
    return reader.put(StackLayer("relu6" if bounds in ([0, 6], [0.0, 6.0]) else "clip"), op, [op.map()], op.full())


def prelu(reader: Reader, op: Operation) -> Made:
    slope = op.constant(1)
    count = prod(slope.shape) if slope is not None else 1
    layer = StackLayer("prelu", channels=max(count, 1), shared=reader.is_shared(op))
    return reader.put(layer, op, [op.map()], op.full())


def batch_norm(reader: Reader, op: Operation) -> Made:
    layer = StackLayer("batchnorm", affine=reader.learns(op, 1))
    return reader.put(layer, op, [op.map()], op.full())


def instance_norm(reader: Reader, op: Operation) -> Made:
    layer = StackLayer("instancenorm", affine=reader.learns(op, 1))
    return reader.put(layer, op, [op.map()], op.full())


def group_norm(reader: Reader, op: Operation) -> Made:
    groups = int(op.attributes.get("num_groups", 1))
    layer = StackLayer("groupnorm", groups=groups, affine=reader.learns(op, 1))
    return reader.put(layer, op, [op.map()], op.full())


def layer_norm(reader: Reader, op: Operation) -> Made:
    scale = op.constant(1)
    if scale is None or not scale.shape:
        raise NotKnown
    affine, has_bias = reader.learns(op, 1), op.has(2) and op.op == "LayerNormalization"
    layer = StackLayer("layernorm", sizes=scale.shape, affine=affine, bias=has_bias)
    return reader.put(layer, op, [op.map()], op.full())


def rearranged(reader: Reader, op: Operation, full: tuple[int, ...]) -> Made:
    """The same numbers in another shape, whole or without the batch that comes first."""
    shape = full[1:] if len(full) > 1 and full[0] == 1 else full
    before = op.map().shape
    if shape == before:
        return op.map(), full
    layer = StackLayer("flatten") if len(shape) == 1 else StackLayer("reshape", sizes=shape)
    return reader.put(layer, op, [op.map()], full)


def flatten(reader: Reader, op: Operation) -> Made:
    full, axis = op.full(), int(op.attributes.get("axis", 1))
    axis %= len(full) + 1
    return rearranged(reader, op, (prod(full[:axis]), prod(full[axis:])))


def reshape(reader: Reader, op: Operation) -> Made:
    full = op.full()
    wanted = list(op.counts("shape") or op.numbers(1))
    if not wanted:
        raise NotKnown
    if not op.attributes.get("allowzero", 0):
        wanted = [full[n] if size == 0 and n < len(full) else size for n, size in enumerate(wanted)]
    if wanted[0] == reader.batch:
        wanted[0] = 1
    known = prod(size for size in wanted if size != -1)
    if wanted.count(-1) > 1 or known < 1 or prod(full) % known:
        raise NotKnown
    made = tuple(prod(full) // known if size == -1 else size for size in wanted)
    if prod(made) != prod(full):
        raise Refusal(words.ONNX_RESHAPE.format(wanted=made, given=full), type="onnx", loc=("input",))
    return rearranged(reader, op, made)


def transpose(reader: Reader, op: Operation) -> Made:
    full = op.full()
    order = op.counts("perm") or tuple(range(len(full)))[::-1]
    made = tuple(full[axis] for axis in order)
    if full[0] == 1 and order[0] == 0:
        moved = tuple(axis - 1 for axis in order[1:])
        return reader.put(StackLayer("permute", sizes=moved), op, [op.map()], made)
    return rearranged(reader, op, made)


def squeeze(reader: Reader, op: Operation) -> Made:
    full = op.full()
    given = axes_of([None, op.numbers(1) or None], op.attributes)
    axes = {axis % len(full) for axis in given} or {axis for axis, size in enumerate(full) if size == 1}
    return rearranged(reader, op, tuple(size for axis, size in enumerate(full) if axis not in axes))


def unsqueeze(reader: Reader, op: Operation) -> Made:
    axes = axes_of([None, op.numbers(1) or None], op.attributes)
    rank = len(op.full()) + len(axes)
    places, left = {axis % rank for axis in axes}, iter(op.full())
    return rearranged(reader, op, tuple(1 if axis in places else next(left) for axis in range(rank)))


def expand(reader: Reader, op: Operation) -> Made:
    """A map as it is, or with each of its cells spread over space."""
    full, wanted = op.full(), op.numbers(1)
    if not wanted:
        raise NotKnown
    made = np.broadcast_shapes(full, wanted)
    if prod(made) == prod(full):
        return rearranged(reader, op, made)
    if len(made) != len(full) or len(full) < 3 or made[:2] != full[:2]:
        raise NotKnown
    return reader.over_space(StackLayer("resize", made[2:]), op)


def random(reader: Reader, op: Operation) -> Made:
    """Noise of a map's shape: numbers that are given."""
    full = reader.batched(op)
    return reader.graph.add(StackLayer("parameter", sizes=full[1:], affine=False), []), full


def concat(reader: Reader, op: Operation) -> Made:
    """Maps side by side; learned numbers among them, such as a class token, become a node."""
    shapes = [op.full(n) if op.names[n] in reader.maps else constant_shape(op, n) for n in range(len(op.names))]
    if any(not shape or shape[0] != 1 for shape in shapes):
        raise NotKnown
    axis = int(op.attributes.get("axis", 0)) % len(shapes[0])
    if axis == 0:
        raise NotKnown
    maps = []
    for number, name in enumerate(op.names):
        if name in reader.maps:
            maps.append(op.map(number))
        else:
            constant = op.constant(number)
            assert constant is not None
            affine = bool(constant.learned) and constant.learned not in reader.used
            reader.used.add(constant.learned)
            maps.append(reader.graph.add(StackLayer("parameter", sizes=constant.shape[1:], affine=affine), []))
    full = list(shapes[0])
    full[axis] = sum(shape[axis] for shape in shapes)
    return reader.put(StackLayer("concat", axis=axis - 1), op, maps, tuple(full))


def slice_(reader: Reader, op: Operation) -> Made:
    full = reader.batched(op)
    if "starts" in op.attributes:
        starts, stops = op.counts("starts"), op.counts("ends")
        axes, steps = op.counts("axes") or tuple(range(len(starts))), (1,) * len(starts)
    else:
        starts, stops = op.numbers(1), op.numbers(2)
        axes = op.numbers(3) if op.has(3) else tuple(range(len(starts)))
        steps = op.numbers(4) if op.has(4) else (1,) * len(starts)
    if not starts or not len(starts) == len(stops) == len(axes) == len(steps):
        raise NotKnown
    made = op.map()
    for start, stop, axis, step in zip(starts, stops, axes, steps, strict=True):
        axis %= len(full)
        cut = slice(start, stop, step).indices(full[axis])
        if cut == (0, full[axis], 1):
            continue
        if axis == 0 or step < 1:
            raise NotKnown
        made, full = cut_along(reader, op, made, full, axis, cut)
    return made, full


def cut_along(
    reader: Reader, op: Operation, source: Map, full: tuple[int, ...], axis: int, cut: tuple[int, int, int]
) -> Made:
    if not len(range(*cut)):
        raise NotKnown
    layer = StackLayer("slice", axis=axis - 1, sizes=cut)
    return reader.put(layer, op, [source], (*full[:axis], len(range(*cut)), *full[axis + 1 :]))


def split(reader: Reader, op: Operation) -> list[Made]:
    full, axis = reader.batched(op), int(op.attributes.get("axis", 0))
    axis %= len(full)
    count = len(op.outputs)
    each = -(-full[axis] // count)
    pieces = op.counts("split") or op.numbers(1) or (each,) * (count - 1) + (full[axis] - each * (count - 1),)
    return pieces_along(reader, op, full, axis, pieces)


def split_in_sequence(reader: Reader, op: Operation) -> list[Made]:
    """Pieces of one size, or of those that are listed, in a list from which each is taken by its number."""
    full, sizes = reader.batched(op), op.constant(1)
    axis = int(op.attributes.get("axis", 0)) % len(full)
    pieces = op.numbers(1)
    if sizes is not None and not sizes.shape and pieces and pieces[0] > 0:
        whole, left = divmod(full[axis], pieces[0])
        pieces = (pieces[0],) * min(whole, MOST_PIECES) + ((left,) if left else ())
    return pieces_along(reader, op, full, axis, pieces)


def from_sequence(reader: Reader, op: Operation) -> Made:
    pieces, (place, *_) = reader.sequences.get(op.names[0], []), op.numbers(1) or (0,)
    if not -len(pieces) <= place < len(pieces):
        raise NotKnown
    return pieces[place]


def pieces_along(
    reader: Reader, op: Operation, full: tuple[int, ...], axis: int, pieces: tuple[int, ...]
) -> list[Made]:
    """A map cut along an axis into pieces of these sizes."""
    if axis == 0 or sum(pieces) != full[axis] or len(pieces) > MOST_PIECES or min(pieces) < 1:
        raise NotKnown
    start, made = 0, []
    for size in pieces:
        made.append(cut_along(reader, op, op.map(), full, axis, (start, start + size, 1)))
        start += size
    return made


def gather(reader: Reader, op: Operation) -> Made:
    """One entry along an axis; q, k and v are often taken apart so."""
    full, index = op.full(), op.constant(1)
    axis = int(op.attributes.get("axis", 0)) % len(full)
    if index is None or index.values is None or index.values.size != 1:
        raise NotKnown
    at = int(index.values.ravel()[0]) % full[axis]
    without = (*full[:axis], *index.shape[: len(index.shape)], *full[axis + 1 :])
    shape = op.map().shape
    if full[0] == 1 and shape == full[1:]:
        if axis == 0:
            return rearranged(reader, op, without)
        made, whole = cut_along(reader, op, op.map(), full, axis, (at, at + 1, 1))
    else:
        layer = StackLayer("slice", axis=axis, sizes=(at, at + 1, 1))
        made, whole = reader.graph.add(layer, [op.map()]), (*full[:axis], 1, *full[axis + 1 :])
    if without == whole:
        return made, whole
    shape = without[1:] if len(without) > 1 and without[0] == 1 else without
    layer = StackLayer("flatten") if len(shape) == 1 else StackLayer("reshape", sizes=shape)
    return (made if made.shape == shape else reader.graph.add(layer, [made])), without


def reduce(reader: Reader, op: Operation) -> Made:
    full = reader.batched(op)
    axes = tuple(sorted(axis % len(full) for axis in op.counts("axes") or op.numbers(1)))
    keeps = bool(op.attributes.get("keepdims", 1))
    if not axes or 0 in axes:
        raise NotKnown
    made = tuple(1 if n in axes else size for n, size in enumerate(full) if keeps or n not in axes)
    if axes == tuple(range(2, len(full))) and op.op in ("ReduceMean", "ReduceMax"):
        kind = "globalpool" if op.op == "ReduceMean" else "globalmaxpool"
        pooled = reader.graph.add(StackLayer(kind), [op.map()], name=op.called)
        return (pooled if keeps else reader.graph.add(StackLayer("flatten"), [pooled])), made
    layer = StackLayer("reduce", sizes=tuple(axis - 1 for axis in axes), keep=keeps)
    return reader.put(layer, op, [op.map()], made)


def resize(reader: Reader, op: Operation) -> Made:
    """Enlarging by a whole factor, or to a size, which stand among the constants."""
    full = reader.batched(op)
    sides = full[2:]
    mode: Literal["nearest", "linear"] = "nearest" if op.attributes.get("mode", b"nearest") == b"nearest" else "linear"
    sizes_, scales = (op.numbers(3) if op.has(3) else ()), None
    for number in (2, 1):
        constant = op.constant(number) if op.has(number) else None
        if constant is not None and constant.values is not None and constant.values.size == len(full):
            scales = [float(value) for value in constant.values.ravel()]
            break
    if "scales" in op.attributes:
        scales = [float(value) for value in op.attributes["scales"]]
    if scales and scales[:2] == [1.0, 1.0]:
        if all(scale == int(scale) and 1 <= scale <= 64 for scale in scales[2:]):
            factor = tuple(int(scale) for scale in scales[2:])
            return reader.over_space(StackLayer("upsample", factor, mode=mode), op)
        made = tuple(max(int(side * scale), 1) for side, scale in zip(sides, scales[2:], strict=True))
    elif len(sizes_) == len(full) or (sizes_ and len(sizes_) == len(sides)):
        made = tuple(sizes_[-len(sides) :])
    else:
        raise NotKnown
    if all(new % old == 0 for new, old in zip(made, sides, strict=True)):
        factor = tuple(new // old for new, old in zip(made, sides, strict=True))
        return reader.over_space(StackLayer("upsample", factor, mode=mode), op)
    return reader.over_space(StackLayer("resize", made, mode=mode), op)


def pad(reader: Reader, op: Operation) -> Made:
    full = reader.batched(op)
    pads = op.counts("pads") or op.numbers(1)
    if op.has(3) and op.numbers(3):
        spread = [0] * 2 * len(full)
        for at, axis in enumerate(op.numbers(3)):
            spread[axis % len(full)], spread[axis % len(full) + len(full)] = pads[at], pads[at + len(op.numbers(3))]
        pads = tuple(spread)
    if len(pads) != 2 * len(full) or pads[0] or pads[len(full)]:
        raise NotKnown
    pairs = tuple(zip(pads[1 : len(full)], pads[len(full) + 1 :], strict=True))
    return reader.over_space(StackLayer("pad", padding=pairs if any(pairs[0]) else pairs[1:]), op)


def shuffled(reader: Reader, op: Operation) -> Made:
    kind = "pixelshuffle" if op.op == "DepthToSpace" else "pixelunshuffle"
    return reader.over_space(StackLayer(kind, (int(op.attributes.get("blocksize", 1)),)), op)


OPERATIONS: dict[str, Callable[[Reader, Operation], Any]] = {
    "Conv": convolution,
    "ConvTranspose": convolution,
    **dict.fromkeys(("MaxPool", "AveragePool", "LpPool"), pool),
    **dict.fromkeys(("GlobalAveragePool", "GlobalMaxPool"), global_pool),
    "Gemm": gemm,
    "MatMul": matmul,
    **dict.fromkeys(("Add", "Sub", "Sum", "Mul", "Div", "Max", "Min"), arithmetic),
    "Pow": power,
    "Clip": clip,
    "PRelu": prelu,
    "BatchNormalization": batch_norm,
    "InstanceNormalization": instance_norm,
    "GroupNormalization": group_norm,
    "LayerNormalization": layer_norm,
    "RMSNormalization": layer_norm,
    "Flatten": flatten,
    "Reshape": reshape,
    "Transpose": transpose,
    "Squeeze": squeeze,
    "Unsqueeze": unsqueeze,
    "Expand": expand,
    **dict.fromkeys(("RandomNormalLike", "RandomUniformLike"), random),
    "Concat": concat,
    "Slice": slice_,
    "Split": split,
    "SequenceAt": from_sequence,
    "Gather": gather,
    **dict.fromkeys(("ReduceMean", "ReduceMax", "ReduceSum", "ReduceL2"), reduce),
    "Resize": resize,
    "Upsample": resize,
    "Pad": pad,
    "DepthToSpace": shuffled,
    "SpaceToDepth": shuffled,
}
