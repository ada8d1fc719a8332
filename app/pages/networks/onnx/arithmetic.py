"""ONNX's operations on numbers: linear layers, products of matrices, sums and products of maps, activations."""

from math import prod

import numpy as np

from app.address.phrases import shown
from app.pages.networks.onnx.constants import Constant
from app.pages.networks.onnx.environment import Made
from app.pages.networks.onnx.operation import COMPUTED, NotKnown, Operation
from app.pages.networks.torch_graph import Map
from kernels.layers import StackLayer

POINTWISE = {
    **{name: name.lower() for name in ("Relu", "Sigmoid", "Tanh", "Softmax", "Elu", "Selu", "Celu", "Gelu", "Mish")},
    **{name: name.lower() for name in ("Softplus", "Softsign", "HardSwish", "HardSigmoid", "LogSoftmax", "LeakyRelu")},
    **{name: name.lower() for name in ("Exp", "Log", "Sqrt", "Abs", "Neg", "Erf", "Reciprocal", "Dropout", "LRN")},
    **dict.fromkeys(("Swish", "SiLU"), "silu"),
    **dict.fromkeys(("Floor", "Ceil", "Round", "Sign", "Sin", "Cos", "Not", "IsNaN"), "scale"),
    "ThresholdedRelu": "threshold",
    "Shrink": "hardshrink",
    "MeanVarianceNormalization": "instancenorm",
}
"""Operations that keep the shape and learn nothing, by the kind of layer that they are."""


def pointwise(op: Operation) -> Made:
    return op.put(StackLayer(POINTWISE[op.op], called=op.op), op.full())


def gemm(op: Operation) -> Made:
    """alpha · A · B + beta · C; B are the weights."""
    weight = op.constant(1)
    if weight is None or len(weight.shape) != 2 or min(weight.shape) < 1:
        raise NotKnown
    outputs, inputs = weight.shape if op.integer("transB", 0) else weight.shape[::-1]
    return linear(op, inputs, outputs, has_bias=op.has(2))


def matmul(op: Operation) -> Made:
    """Maps times weights are a linear layer; maps times maps a product of matrices."""
    weight = op.constant(1)
    if weight is not None and op.is_map(0):
        if len(weight.shape) != 2 or min(weight.shape) < 1:
            raise NotKnown
        return linear(op, *weight.shape, has_bias=False)
    if op.constant(0) is not None:
        raise NotKnown
    one, other = op.full(0), op.full(1)
    if len(one) < 2 or len(other) < 2:
        raise NotKnown
    full = (*np.broadcast_shapes(one[:-2], other[:-2]), one[-2], other[-1])
    return op.add(StackLayer("matmul"), [op.map(0), op.map(1)]), full


def linear(op: Operation, inputs: int, outputs: int, *, has_bias: bool) -> Made:
    shared = op.shares_weights()
    layer = StackLayer("linear", channels=outputs, bias=has_bias, axis=-1, expects=inputs, shared=shared, called=op.op)
    return op.put(layer, (*op.full()[:-1], outputs))


def arithmetic(op: Operation) -> Made:
    """Maps added or multiplied; with learned numbers, with given ones, or with a single number."""
    kind = "add" if op.op in ("Add", "Sub", "Sum") else "mul"
    indices = range(len(op.names))
    full = np.broadcast_shapes(*(op.shape_of(index) for index in indices))
    maps = op.maps
    others = [index for index in indices if not op.is_map(index)]
    if not others:
        return (op.add(StackLayer(kind), maps) if len(maps) > 1 else maps[0]), full
    constant = op.constant(others[0])
    if len(others) > 1 or constant is None:
        raise NotKnown
    if prod(constant.shape) == 1 and (not constant.learned or COMPUTED.fullmatch(constant.learned)):
        return op.add(StackLayer("scale"), maps), full
    if op.op == "Add" and becomes_bias(op, op.names[1 - others[0]], constant):
        return maps[0], full
    return op.add(StackLayer(kind), [*maps, parameter(op, constant, full)]), full


def becomes_bias(op: Operation, map_name: str, constant: Constant) -> bool:
    """Whether numbers that are added are the bias of the linear layer before: a MatMul with its Add."""
    environment = op.environment
    node = environment.maps[map_name].node
    if node < 0 or environment.uses[map_name] != 1 or not constant.learned:
        return False
    layer = environment.graph.nodes[node].layer
    if layer.kind != "linear" or layer.bias or constant.shape != (layer.channels,):
        return False
    environment.graph.give_bias(node)
    return True


def parameter(op: Operation, constant: Constant, full: tuple[int, ...]) -> Map:
    """Numbers of the file as a node that reads nothing, without the batch where they have one."""
    shape = constant.shape[1:] if len(constant.shape) == len(full) and full[0] == 1 else constant.shape
    is_new = op.environment.claim(constant)
    layer = StackLayer("parameter", sizes=shape or (1,), affine=is_new, called=shown(constant.learned))
    name = constant.learned if is_new and "::" not in constant.learned else ""
    return op.environment.graph.add(layer, [], name=name)


def random(op: Operation) -> Made:
    """Noise of a map's shape: numbers that are given."""
    full = op.batched()
    return op.environment.graph.add(StackLayer("parameter", sizes=full[1:], affine=False), []), full


def power(op: Operation) -> Made:
    return op.put(StackLayer("pow"), op.full())


def clip(op: Operation) -> Made:
    bounds = [op.attributes.get("min"), op.attributes.get("max")]
    if len(op.names) > 2:  # since version 11 the bounds are inputs
        bounds = [*op.integers(1)[:1], *op.integers(2)[:1]]
    return op.put(StackLayer("relu6" if bounds == [0, 6] else "clip"), op.full())


def prelu(op: Operation) -> Made:
    slope = op.constant(1)
    count = prod(slope.shape) if slope is not None else 1
    return op.put(StackLayer("prelu", channels=max(count, 1), shared=op.shares_weights()), op.full())
