"""torch.nn's layers as layers of a network: what each takes in its brackets, and what it becomes.

https://docs.pytorch.org/docs/stable/nn.html
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Literal, NoReturn

from app.address.phrases import shown
from app.address.refusal import Refusal
from app.pages.networks import words
from kernels.layers import ACTIVATIONS, StackLayer

MOST_NUMBER = 10**9
Values = Mapping[str, Any]

CONV = ("in_channels", "out_channels", "kernel_size", "stride", "padding", "dilation", "groups", "bias", "padding_mode")
TRANSPOSED = (
    *("in_channels", "out_channels", "kernel_size", "stride", "padding", "output_padding", "groups", "bias"),
    *("dilation", "padding_mode"),
)
MAXPOOL = ("kernel_size", "stride", "padding", "dilation", "return_indices", "ceil_mode")
AVGPOOL = ("kernel_size", "stride", "padding", "ceil_mode", "count_include_pad", "divisor_override")
LPPOOL = ("norm_type", "kernel_size", "stride", "ceil_mode")
LINEAR = ("in_features", "out_features", "bias")
BATCHNORM = ("num_features", "eps", "momentum", "affine", "track_running_stats", "bias")
GROUPNORM = ("num_groups", "num_channels", "eps", "affine", "bias")
LAYERNORM = ("normalized_shape", "eps", "elementwise_affine", "bias")
UPSAMPLE = ("size", "scale_factor", "mode", "align_corners", "recompute_scale_factor")
ATTENTION = (
    *("embed_dim", "num_heads", "dropout", "bias", "add_bias_kv", "add_zero_attn", "kdim", "vdim", "batch_first"),
)
IGNORED = frozenset({"device", "dtype", "inplace"})
LINEAR_MODES = frozenset({"linear", "bilinear", "trilinear", "bicubic"})
POINTWISE_NAMES = {
    **{name: name for name in ACTIVATIONS},
    **dict.fromkeys(("softmax2d", "log_softmax"), "softmax"),
    **dict.fromkeys(("swish", "hard_swish", "h_swish"), "silu"),
    "hard_sigmoid": "hardsigmoid",
    "leaky_relu": "leakyrelu",
    "localresponsenorm": "lrn",
    "local_response_norm": "lrn",
    "channelshuffle": "channelshuffle",
    "identity": "identity",
}
DROPOUT = re.compile(r"(Feature)?(Alpha)?Dropout([123]d)?|DropPath|StochasticDepth|DropBlock2?d?", re.IGNORECASE)
RANKED = re.compile(r"(?:Lazy)?(.*?)([123])d")


def torch_layer(name: str, given: list[Any], named: Values) -> StackLayer | None:
    """The layer that a call of torch.nn's class `name` makes; None where nobody here knows it."""
    lower = name.lower()
    if DROPOUT.fullmatch(name):
        return StackLayer("dropout", called=name)
    if lower in POINTWISE_NAMES:
        return StackLayer(POINTWISE_NAMES[lower], called=name)
    ranked = RANKED.fullmatch(name)
    base, rank = (ranked[1], int(ranked[2])) if ranked else (name.removeprefix("Lazy"), 0)
    if base not in KNOWN:
        return None
    names, make = KNOWN[base]
    if name.startswith("Lazy"):
        names = names[1:]
    return make(Call(name, rank, bound(name, names, given, named)))


def bound(name: str, names: tuple[str, ...], given: list[Any], named: Values) -> dict[str, Any]:
    """The values of a call by name, as Python binds them."""
    if len(given) > len(names):
        refuse(words.CODE_SURPLUS, name=name, most=len(names), given=len(given))
    values = dict(zip(names, given, strict=False))
    for keyword, value in named.items():
        if keyword in IGNORED:
            continue
        if keyword not in names:
            refuse(words.CODE_KEYWORD, name=name, keyword=shown(keyword))
        if keyword in values:
            refuse(words.CODE_TWICE, name=name, keyword=keyword)
        values[keyword] = value
    return values


class Call:
    """The values of a call, each checked as it is read. `rank` is the number of axes that the class names, or 0."""

    def __init__(self, name: str, rank: int, values: Values) -> None:
        self.name, self.rank, self.values = name, rank, values

    def counts(self, key: str, default: Any = None) -> tuple[int, ...]:
        """One whole number for every axis, or one for each."""
        value = self.values.get(key)
        value = default if value is None else value
        if value is None:
            refuse(words.CODE_MISSING, name=self.name, keyword=key)
        entries = tuple(value) if isinstance(value, tuple | list) else (value,)
        whole = all(type(each) is int and abs(each) <= MOST_NUMBER for each in entries)
        if not whole or len(entries) not in (1, self.rank or len(entries)) or not entries:
            refuse(words.CODE_NOT_COUNTS, name=self.name, keyword=key, text=shown(str(value)))
        return entries * self.rank if len(entries) == 1 and self.rank else entries

    def positive(self, key: str, default: Any = None) -> tuple[int, ...]:
        values = self.counts(key, default)
        if min(values) < 1:
            refuse(words.CODE_NOT_COUNTS, name=self.name, keyword=key, text=shown(str(self.values[key])))
        return values

    def count(self, key: str, default: int | None = None) -> int:
        """A whole number from 1 that must be there, or have its default."""
        value = self.values.get(key, default)
        if value is None:
            refuse(words.CODE_MISSING, name=self.name, keyword=key)
        if type(value) is not int or not 1 <= value <= MOST_NUMBER:
            refuse(words.CODE_NOT_COUNTS, name=self.name, keyword=key, text=shown(str(value)))
        return value

    def expected(self, key: str) -> int | None:
        """What the layer is given, where it does not find that out for itself."""
        return None if self.name.startswith("Lazy") else self.count(key)

    def flag(self, key: str, default: bool) -> bool:
        return bool(self.values.get(key, default))

    def padding(self) -> Any:
        value = self.values.get("padding", 0)
        if value == "same":
            return "same"
        return tuple((side, side) for side in (self.counts("padding", 0) if value != "valid" else (0,)))


def conv(call: Call) -> StackLayer:
    is_transposed = "Transpose" in call.name
    return StackLayer(
        "convtranspose" if is_transposed else "conv",
        call.positive("kernel_size"),
        channels=call.count("out_channels"),
        stride=call.positive("stride", 1),
        padding=call.padding(),
        dilation=call.positive("dilation", 1),
        output_padding=call.counts("output_padding", 0) if is_transposed else (0,),
        groups=call.count("groups", 1),
        bias=call.flag("bias", True),
        expects=call.expected("in_channels"),
        called=call.name,
    )


def pool(call: Call) -> StackLayer:
    kind = {"MaxPool": "maxpool", "AvgPool": "avgpool", "LPPool": "lppool"}[call.name[:-2]]
    return StackLayer(
        kind,
        call.positive("kernel_size"),
        stride=call.positive("stride") if call.values.get("stride") is not None else None,
        padding=call.padding(),
        dilation=call.positive("dilation", 1),
        ceil_mode=call.flag("ceil_mode", False),
        called=call.name,
    )


def adaptive(call: Call) -> StackLayer:
    is_max, value = "Max" in call.name, call.values.get("output_size")
    if value is None or (isinstance(value, tuple | list) and None in value):
        refuse(words.CODE_NOT_COUNTS, name=call.name, keyword="output_size", text=str(value))
    size = call.positive("output_size")
    if set(size) == {1}:
        return StackLayer("globalmaxpool" if is_max else "globalpool", called=call.name)
    return StackLayer("adaptivemaxpool" if is_max else "adaptivepool", size, called=call.name)


def linear(call: Call) -> StackLayer:
    return StackLayer(
        "linear",
        channels=call.count("out_features"),
        bias=call.flag("bias", True),
        axis=-1,
        expects=call.expected("in_features"),
        called=call.name,
    )


def normalised(call: Call) -> StackLayer:
    is_instance = "Instance" in call.name
    return StackLayer(
        "instancenorm" if is_instance else "batchnorm",
        affine=call.flag("affine", not is_instance),
        bias=call.flag("bias", True),
        expects=call.expected("num_features"),
        called=call.name,
    )


def group_normalised(call: Call) -> StackLayer:
    return StackLayer(
        "groupnorm",
        groups=call.count("num_groups"),
        affine=call.flag("affine", True),
        expects=call.count("num_channels"),
        called=call.name,
    )


def layer_normalised(call: Call) -> StackLayer:
    is_rms = call.name == "RMSNorm"
    return StackLayer(
        "layernorm",
        sizes=call.positive("normalized_shape"),
        affine=call.flag("elementwise_affine", True),
        bias=call.flag("bias", True) and not is_rms,
        called=call.name,
    )


def upsample(call: Call) -> StackLayer:
    """By a factor, or to a size."""
    mode: Literal["nearest", "linear"] = (
        "linear" if call.values.get("mode") in LINEAR_MODES or "Bilinear" in call.name else "nearest"
    )
    factor = call.values.get("scale_factor")
    if call.values.get("size") is not None:
        return StackLayer("resize", call.positive("size"), mode=mode, called=call.name)
    factors = tuple(factor) if isinstance(factor, tuple | list) else (factor,)
    if not all(isinstance(each, int | float) and each >= 1 and each == int(each) for each in factors):
        refuse(words.CODE_UPSAMPLE)
    return StackLayer("upsample", tuple(int(each) for each in factors), mode=mode, called=call.name)


def flatten(call: Call) -> StackLayer:
    first, last = call.values.get("start_dim", 1), call.values.get("end_dim", -1)
    if type(first) is not int or type(last) is not int or first == 0:
        refuse(words.CODE_FLATTEN)
    sizes = (without_batch(first), without_batch(last))
    return StackLayer("flatten", sizes=() if sizes == (0, -1) else sizes, called=call.name)


def without_batch(axis: int) -> int:
    """PyTorch's number of an axis, its batch left out; what is counted from the end stays."""
    return axis - 1 if axis > 0 else axis


def unflatten(call: Call) -> StackLayer:
    sizes = call.values.get("unflattened_size")
    if not isinstance(sizes, tuple | list) or not all(type(size) is int for size in sizes):
        refuse(words.CODE_NOT_COUNTS, name=call.name, keyword="unflattened_size", text=shown(str(sizes)))
    axis = call.values.get("dim", 1)
    return StackLayer("unflatten", sizes=tuple(sizes), axis=without_batch(axis), called=call.name)


def shuffled(call: Call) -> StackLayer:
    is_back = call.name == "PixelUnshuffle"
    factor = call.count("downscale_factor" if is_back else "upscale_factor")
    return StackLayer("pixelunshuffle" if is_back else "pixelshuffle", (factor,), called=call.name)


def padded(call: Call) -> StackLayer:
    """ZeroPad2d(1) or (left, right, top, bottom): the last axis first."""
    value = call.values.get("padding")
    sides = [value] * (2 * call.rank) if type(value) is int else value
    if not isinstance(sides, tuple | list) or not all(type(side) is int for side in sides) or len(sides) % 2:
        refuse(words.CODE_NOT_COUNTS, name=call.name, keyword="padding", text=shown(str(value)))
    return StackLayer("pad", padding=padding_pairs(sides, call.rank), called=call.name)


def padding_pairs(sides: tuple[int, ...] | list[int], rank: int) -> tuple[tuple[int, int], ...]:
    """torch's list of sides, the last axis first, as a pair for each axis."""
    pairs = [(sides[at], sides[at + 1]) for at in range(0, len(sides), 2)][::-1]
    return (((0, 0),) * (rank - len(pairs)) + tuple(pairs)) if len(pairs) < rank else tuple(pairs)


def prelu(call: Call) -> StackLayer:
    return StackLayer("prelu", channels=call.count("num_parameters", 1), called=call.name)


def attention(call: Call) -> StackLayer:
    if call.values.get("kdim") or call.values.get("vdim") or call.values.get("add_bias_kv"):
        refuse(words.CODE_ATTENTION)
    return StackLayer(
        "attention",
        groups=call.count("num_heads"),
        bias=call.flag("bias", True),
        expects=call.count("embed_dim"),
        called=call.name,
    )


def halved(call: Call) -> StackLayer:
    return StackLayer("glu", axis=without_batch(call.values.get("dim", -1)), called=call.name)


Maker = tuple[tuple[str, ...], Callable[[Call], StackLayer]]
PADS = ("ZeroPad", "ReflectionPad", "ReplicationPad", "CircularPad", "ConstantPad")
KNOWN: dict[str, Maker] = {
    "Conv": (CONV, conv),
    "ConvTranspose": (TRANSPOSED, conv),
    "MaxPool": (MAXPOOL, pool),
    "AvgPool": (AVGPOOL, pool),
    "LPPool": (LPPOOL, pool),
    "AdaptiveAvgPool": (("output_size",), adaptive),
    "AdaptiveMaxPool": (("output_size", "return_indices"), adaptive),
    "Linear": (LINEAR, linear),
    "BatchNorm": (BATCHNORM, normalised),
    "SyncBatchNorm": (BATCHNORM, normalised),
    "InstanceNorm": (BATCHNORM, normalised),
    "GroupNorm": (GROUPNORM, group_normalised),
    "LayerNorm": (LAYERNORM, layer_normalised),
    "RMSNorm": (LAYERNORM, layer_normalised),
    "Upsample": (UPSAMPLE, upsample),
    "UpsamplingNearest": (("size", "scale_factor"), upsample),
    "UpsamplingBilinear": (("size", "scale_factor"), upsample),
    "Flatten": (("start_dim", "end_dim"), flatten),
    "Unflatten": (("dim", "unflattened_size"), unflatten),
    "PixelShuffle": (("upscale_factor",), shuffled),
    "PixelUnshuffle": (("downscale_factor",), shuffled),
    "PReLU": (("num_parameters", "init"), prelu),
    "GLU": (("dim",), halved),
    "MultiheadAttention": (ATTENTION, attention),
    **dict.fromkeys(PADS, (("padding", "value"), padded)),
}


def refuse(sentence: str, **numbers: object) -> NoReturn:
    raise Refusal(sentence.format(**numbers), type="code")
