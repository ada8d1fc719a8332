"""Keras's layers, as its code calls them. https://keras.io/api/layers/

Keras puts channels last, and its layers find out for themselves what they are given, so some things are only decided
when a layer meets its map: `settled`.
"""

import re
from dataclasses import replace
from typing import Any

from app.address.phrases import shown
from app.address.refusal import Refusal
from app.pages.networks import words
from app.pages.networks.same_padding import same_padding
from app.pages.networks.torch_layers import POINTWISE_NAMES, Values
from kernels.layers import Shape, StackLayer

RANKED = re.compile(
    r"(Conv|DepthwiseConv|SeparableConv|MaxPooling|MaxPool|AveragePooling|AvgPool|GlobalAveragePooling"
    r"|GlobalMaxPooling|ZeroPadding|UpSampling|Cropping|SpatialDropout)([123])D(Transpose)?"
)
PLAIN = frozenset(
    {"Dense", "Reshape", "BatchNormalization", "LayerNormalization", "Activation", "Rescaling", "Normalization"}
)
QUIET = {
    "Rescaling": "scale",
    "Normalization": "scale",
    "SpatialDropout": "dropout",
    **dict.fromkeys(("RandomFlip", "RandomRotation", "RandomZoom", "RandomCrop", "GaussianNoise"), "identity"),
}
JOINS = {
    **dict.fromkeys(("add", "subtract", "average", "maximum", "minimum"), "add"),
    **dict.fromkeys(("concatenate", "concat"), "concat"),
    "multiply": "mul",
}
INPUTS = frozenset({"Input", "InputLayer"})
NAMES = {
    "Conv": ("filters", "kernel_size", "strides", "padding"),
    "SeparableConv": ("filters", "kernel_size", "strides", "padding"),
    "DepthwiseConv": ("kernel_size", "strides", "padding"),
    "MaxPooling": ("pool_size", "strides", "padding"),
    "AveragePooling": ("pool_size", "strides", "padding"),
    "UpSampling": ("size",),
    "ZeroPadding": ("padding",),
    "Dense": ("units", "activation"),
    "Activation": ("activation",),
    "Reshape": ("target_shape",),
    "Input": ("shape",),
    "InputLayer": ("input_shape",),
}
SHORT = {"MaxPool": "MaxPooling", "AvgPool": "AveragePooling"}


def is_keras(name: str) -> bool:
    """Whether a class is Keras's, and not also one of torch.nn."""
    return bool(RANKED.fullmatch(name)) or name in PLAIN or name in INPUTS or name in QUIET


def keras_layers(name: str, given: list[Any], named: Values) -> list[StackLayer]:
    """The layers that a call makes: a Conv2D with an activation is two."""
    ranked = RANKED.fullmatch(name)
    base, rank = (SHORT.get(ranked[1], ranked[1]), int(ranked[2])) if ranked else (name, 0)
    values = {**dict(zip(NAMES.get(base, ()), given, strict=False)), **named}
    if base in QUIET:
        return [StackLayer(QUIET[base], called=name)]
    if base in INPUTS:
        return []
    if base == "Activation":
        return activation(values.get("activation"))
    made = one(name, base, rank, values)
    return [*made, *activation(values.get("activation"))]


def one(name: str, base: str, rank: int, values: dict[str, Any]) -> list[StackLayer]:
    bias = values.get("use_bias", True) is not False
    if base == "Reshape":
        return [reshaped(name, values.get("target_shape"))]
    if base == "Dense":
        return [StackLayer("linear", channels=count(name, "units", values), bias=bias, called=name)]
    if base == "BatchNormalization":
        return [StackLayer("batchnorm", affine=values.get("scale", True) is not False, called=name)]
    if base == "LayerNormalization":
        return [StackLayer("layernorm", called=name)]
    if base.startswith("Global"):
        return [
            StackLayer("globalpool" if "Average" in base else "globalmaxpool", called=name),
            *([] if values.get("keepdims") is True else [StackLayer("flatten")]),
        ]
    if base == "UpSampling":
        return [StackLayer("upsample", sides(name, "size", values, rank, 2), called=name)]
    if base == "ZeroPadding":
        return [StackLayer("pad", padding=pads(name, values.get("padding", 1), rank), called=name)]
    is_pool = "Pooling" in base
    kernel = sides(name, "pool_size" if is_pool else "kernel_size", values, rank, 2 if is_pool else None)
    settings: dict[str, Any] = {
        "padding": "same" if values.get("padding") == "same" else ((0, 0),),
        "called": name,
    }
    if is_pool:
        stride = sides(name, "strides", values, rank, kernel)
        return [StackLayer("maxpool" if "Max" in base else "avgpool", kernel, stride=stride, **settings)]
    settings |= {
        "stride": sides(name, "strides", values, rank, 1),
        "dilation": sides(name, "dilation_rate", values, rank, 1),
    }
    if base == "DepthwiseConv":
        return [StackLayer("conv", kernel, groups=DEPTHWISE, bias=bias, **settings)]
    filters = count(name, "filters", values)
    if base == "SeparableConv":
        deep = StackLayer("conv", kernel, groups=DEPTHWISE, bias=False, **settings)
        return [deep, StackLayer("conv", (1,) * rank, channels=filters, bias=bias, called=name)]
    kind = "convtranspose" if name.endswith("Transpose") else "conv"
    groups = count(name, "groups", values) if "groups" in values else 1
    return [StackLayer(kind, kernel, channels=filters, groups=groups, bias=bias, **settings)]


def join_of(name: str, named: Values) -> StackLayer | None:
    """Add, Concatenate and their like, as classes or as functions: layers.add([x, y])."""
    kind = JOINS.get(name.lower())
    if kind is None:
        return None
    axis = named.get("axis", -1)
    return StackLayer(kind, axis=axis if kind == "concat" and type(axis) is int else 0, called=name)


def channel_axis(layer: StackLayer, shape: Shape) -> StackLayer:
    """A join on maps of this shape, whose axis Keras counts with the channels last, and the batch among them."""
    if layer.kind != "concat":
        return layer
    axis = layer.axis % (len(shape) + 1)
    return replace(layer, axis=0 if axis == len(shape) else axis)


def reshaped(name: str, sizes: Any) -> StackLayer:
    """The same numbers in another shape, of which Keras puts the channels last."""
    if not isinstance(sizes, tuple | list) or not sizes or not all(type(size) is int for size in sizes):
        sentence = words.CODE_NOT_COUNTS.format(name=name, keyword="target_shape", text=shown(str(sizes)))
        raise Refusal(sentence, type="code")
    return StackLayer("reshape", sizes=channels_first(tuple(sizes)), called=name)


DEPTHWISE = 0
"""As many groups as there are channels, which only the map says."""


def settled(layer: StackLayer, shape: Shape) -> StackLayer:
    """A layer of Keras on a map of this shape: its groups, its padding, and what Dense means on a map."""
    if layer.kind == "linear" and len(shape) > 1:
        return StackLayer(
            "conv", (1,) * (len(shape) - 1), channels=layer.channels, bias=layer.bias, called=layer.called
        )
    if layer.groups == DEPTHWISE:
        layer = replace(layer, groups=shape[0], channels=shape[0])
    if layer.padding != "same" or len(shape) != len(layer.kernel) + 1:
        return layer
    stride = layer.stride or (1,) * len(layer.kernel)
    dilation = layer.dilation * len(layer.kernel) if len(layer.dilation) == 1 else layer.dilation
    if layer.kind == "convtranspose":
        spare = [max(kernel - step, 0) for kernel, step in zip(layer.kernel, stride, strict=True)]
        return replace(layer, padding=tuple((each // 2, each - each // 2) for each in spare))
    sized = zip(shape[1:], layer.kernel, stride, dilation, strict=True)
    return replace(layer, padding=tuple(same_padding(*each, upper=True) for each in sized))


def activation(name: Any) -> list[StackLayer]:
    if name in (None, "linear"):
        return []
    kind = POINTWISE_NAMES.get(str(name).lower().rsplit(".", 1)[-1], "")
    return [StackLayer(kind or "scale", called=shown(str(name)))]


def input_of(name: str, given: list[Any], named: Values) -> Shape | None:
    """The shape that a layer says that it is given, channels first."""
    value = named.get("input_shape", named.get("shape", named.get("batch_input_shape")))
    if value is None and name in INPUTS and given:
        value = given[0]
    if isinstance(value, tuple | list) and value and value[0] is None:
        value = value[1:]
    if type(named.get("input_dim")) is int:
        return (named["input_dim"],)
    if not isinstance(value, tuple | list) or not value or not all(type(size) is int and size > 0 for size in value):
        return None
    return channels_first(tuple(value))


def channels_first(shape: Shape) -> Shape:
    return (shape[-1], *shape[:-1])


def count(name: str, key: str, values: dict[str, Any]) -> int:
    value = values.get(key)
    if value is None:
        raise Refusal(words.CODE_MISSING.format(name=name, keyword=key), type="code")
    if type(value) is not int or not 1 <= value <= 10**6:
        sentence = words.CODE_NOT_COUNTS.format(name=name, keyword=key, text=shown(str(value)))
        raise Refusal(sentence, type="code")
    return value


def sides(name: str, key: str, values: dict[str, Any], rank: int, default: Any) -> tuple[int, ...]:
    value = values.get(key)
    value = default if value is None else value
    if value is None:
        raise Refusal(words.CODE_MISSING.format(name=name, keyword=key), type="code")
    entries = tuple(value) if isinstance(value, tuple | list) else (value,) * rank
    if len(entries) != rank or not all(type(each) is int and 1 <= each <= 10_000 for each in entries):
        sentence = words.CODE_NOT_COUNTS.format(name=name, keyword=key, text=shown(str(value)))
        raise Refusal(sentence, type="code")
    return entries


def pads(name: str, value: Any, rank: int) -> tuple[tuple[int, int], ...]:
    """1, (1, 2) for each axis, or ((before, after), …)."""
    entries = tuple(value) if isinstance(value, tuple | list) else (value,) * rank
    pairs = tuple(tuple(each) if isinstance(each, tuple | list) else (each, each) for each in entries)
    if len(pairs) != rank or not all(len(pair) == 2 and all(type(side) is int for side in pair) for pair in pairs):
        sentence = words.CODE_NOT_COUNTS.format(name=name, keyword="padding", text=shown(str(value)))
        raise Refusal(sentence, type="code")
    return tuple((int(before), int(after)) for before, after in pairs)
