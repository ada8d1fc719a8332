"""ONNX's normalisations, whose scale and shift may be learned."""

from app.pages.networks.onnx.environment import Made
from app.pages.networks.onnx.operation import NotKnown, Operation
from kernels.layers import StackLayer


def batch_norm(op: Operation) -> Made:
    return op.put(StackLayer("batchnorm", affine=op.learns(1)), op.full())


def instance_norm(op: Operation) -> Made:
    return op.put(StackLayer("instancenorm", affine=op.learns(1)), op.full())


def group_norm(op: Operation) -> Made:
    return op.put(StackLayer("groupnorm", groups=op.integer("num_groups", 1), affine=op.learns(1)), op.full())


def layer_norm(op: Operation) -> Made:
    scale = op.constant(1)
    if scale is None or not scale.shape:
        raise NotKnown
    has_bias = op.has(2) and op.op == "LayerNormalization"
    return op.put(StackLayer("layernorm", sizes=scale.shape, affine=op.learns(1), bias=has_bias), op.full())
