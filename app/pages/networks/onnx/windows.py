"""ONNX's operations over space: convolution, pooling, padding, resizing, and depth to space."""

import re
from typing import Any, Literal

from app.pages.networks import words
from app.pages.networks.onnx.environment import Made
from app.pages.networks.onnx.operation import NotKnown, Operation
from app.pages.networks.onnx.refusing import refuse
from app.pages.networks.same_padding import same_padding
from kernels.layers import StackLayer

FOLDED = re.compile(r"onnx::Conv_\d+")
"""What a traced export calls the weights of a convolution into which it has folded a batch norm."""
NORMED = re.compile(r"getitem(_\d+)?")
"""What the newer export calls what such a convolution makes: the first output of its batch norm."""
POOLS = {"MaxPool": "maxpool", "AveragePool": "avgpool", "LpPool": "lppool"}
MOST_ENLARGED = 64
"""Times that a map is enlarged as an upsampling; beyond, as a resize."""


def convolution(op: Operation) -> Made:
    """The weights are (O, C/groups, …), those of a transposed convolution (C, O/groups, …)."""
    weight, groups = op.constant(1), op.integer("group", 1)
    if weight is None or len(weight.shape) not in (3, 4, 5) or min(weight.shape) < 1 or groups < 1:
        raise NotKnown
    first, second, *kernel = weight.shape
    settings = window(op, tuple(kernel), op.batched()[2:])
    if FOLDED.fullmatch(weight.learned) or NORMED.fullmatch(op.outputs[0]):
        op.environment.folds_batch_norms = True
    is_transposed = op.op == "ConvTranspose"
    channels, expects = (second * groups, first) if is_transposed else (first, second * groups)
    layer = StackLayer(
        "convtranspose" if is_transposed else "conv",
        tuple(kernel),
        channels=channels,
        groups=groups,
        bias=has_bias(op),
        output_padding=(op.counts("output_padding") or (0,)) if is_transposed else (0,),
        expects=expects,
        shared=op.shares_weights(),
        called=op.op,
        **settings,
    )
    return op.over_space(layer)


def has_bias(op: Operation) -> bool:
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
        padding = tuple(same_padding(*axis, upper=upper) for axis in zip(sides, kernel, stride, dilation, strict=True))
    return {"stride": stride, "dilation": dilation, "padding": padding}


def pool(op: Operation) -> Made:
    kernel = op.counts("kernel_shape")
    if not kernel:
        raise NotKnown
    settings = window(op, kernel, op.batched()[2:])
    return op.over_space(StackLayer(POOLS[op.op], kernel, ceil_mode=bool(op.integer("ceil_mode", 0)), **settings))


def global_pool(op: Operation) -> Made:
    return op.over_space(StackLayer("globalmaxpool" if "Max" in op.op else "globalpool"))


def pad(op: Operation) -> Made:
    full = op.batched()
    pads, axes = op.counts("pads") or op.integers(1), op.integers(3)
    if axes:
        spread = [0] * 2 * len(full)
        for index, axis in enumerate(axes):
            spread[axis % len(full)] = pads[index]
            spread[axis % len(full) + len(full)] = pads[index + len(axes)]
        pads = tuple(spread)
    if len(pads) != 2 * len(full) or pads[0] or pads[len(full)]:
        raise NotKnown
    pairs = tuple(zip(pads[1 : len(full)], pads[len(full) + 1 :], strict=True))
    return op.over_space(StackLayer("pad", padding=pairs if any(pairs[0]) else pairs[1:]))


def resize(op: Operation) -> Made:
    """Enlarging by a whole factor, or to a size."""
    sides = op.batched()[2:]
    mode: Literal["nearest", "linear"] = "nearest" if op.attributes.get("mode", b"nearest") == b"nearest" else "linear"
    factors, made = scales(op), op.integers(3)
    if factors[:2] == [1.0, 1.0]:
        if all(factor == int(factor) and 1 <= factor <= MOST_ENLARGED for factor in factors[2:]):
            whole = tuple(int(factor) for factor in factors[2:])
            return op.over_space(StackLayer("upsample", whole, mode=mode))
        made = tuple(max(int(side * factor), 1) for side, factor in zip(sides, factors[2:], strict=True))
    elif not made or len(made) not in (len(sides), len(sides) + 2):
        raise NotKnown
    made = made[-len(sides) :]
    if all(new % old == 0 for new, old in zip(made, sides, strict=True)):
        whole = tuple(new // old for new, old in zip(made, sides, strict=True))
        return op.over_space(StackLayer("upsample", whole, mode=mode))
    return op.over_space(StackLayer("resize", made, mode=mode))


def scales(op: Operation) -> list[float]:
    """By how much each axis is enlarged; in older files an attribute, or the second input."""
    if "scales" in op.attributes:
        return [float(value) for value in op.attributes["scales"]]
    for index in (2, 1):
        constant = op.constant(index)
        if constant is not None and constant.values is not None and constant.values.size == len(op.full()):
            return [float(value) for value in constant.values.ravel()]
    return []


def depth_to_space(op: Operation) -> Made:
    kind = "pixelshuffle" if op.op == "DepthToSpace" else "pixelunshuffle"
    return op.over_space(StackLayer(kind, (op.integer("blocksize", 1),)))
