"""One layer as text: `conv(3,64,padding=1)`. First its plain values, then PyTorch's keywords; 3x5 for each axis."""

from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, NoReturn

from app.address.phrases import is_count, shown
from app.address.refusal import Refusal
from app.pages.receptive_field import words
from kernels.layers import FURTHER_KINDS, KINDS, POOLS, UNKNOWN, Counts, Pairs, StackLayer

WRITABLE = frozenset({*KINDS, *FURTHER_KINDS})
TREE_WORDS = ("branch", "residual", "gate")
ALIKE = 0.8
"""How much alike an unknown name and a known one are where somebody slipped, though unknown names are taken."""
MAX_AXES = 3
MAX_SIZES = 8

BOUNDS = {
    "kernel": (1, 2_048),
    "stride": (1, 64),
    "dilation": (1, 64),
    "output_padding": (0, 63),
    "padding": (-2_048, 2_048),
    "groups": (1, 65_536),
    "channels": (1, 1_000_000),
    "axis": (-4, 3),
    "sizes": (-1, 1_000_000),
}
WINDOW, LONG_WINDOW = 64, 1_024
"""The most cells that a window has along an axis, where it is drawn, and of a network that is only counted; a kernel
that is a size, such as a resize's, may be more."""
MOST_FILTERS = 65_536
MOST_PADDING = 256
SIZED = frozenset({"resize", "crop", "adaptivepool", "adaptivemaxpool"})
"""Kinds whose kernel is the size that they make."""
PLACES = {
    **dict.fromkeys(("conv", "convtranspose"), ("kernel", "channels")),
    **dict.fromkeys(
        (*POOLS, *SIZED, "upsample", "pixelshuffle", "pixelunshuffle"),
        ("kernel",),
    ),
    "linear": ("channels",),
    "prelu": ("channels",),
    "groupnorm": ("groups",),
    "attention": ("groups",),
    "pad": ("padding",),
    "channelshuffle": ("groups",),
    **dict.fromkeys(("reshape", "unflatten", "permute", "parameter", "slice", "reduce"), ("sizes",)),
}
"""What the values without a name mean; the first must be there."""
KEYWORDS = {
    "conv": ("stride", "padding", "dilation", "groups", "bias", "shared"),
    "convtranspose": ("stride", "padding", "dilation", "output_padding", "groups", "bias", "shared"),
    "maxpool": ("stride", "padding", "dilation", "ceil_mode"),
    "avgpool": ("stride", "padding", "ceil_mode"),
    "lppool": ("stride", "ceil_mode"),
    "linear": ("bias", "axis", "shared"),
    "upsample": ("mode",),
    "resize": ("mode",),
    "batchnorm": ("affine", "bias", "shared"),
    "groupnorm": ("affine", "bias", "shared"),
    "instancenorm": ("affine", "bias", "shared"),
    "layernorm": ("sizes", "affine", "bias", "shared"),
    "prelu": ("shared",),
    "attention": ("bias", "shared"),
    "flatten": ("sizes",),
    "reduce": ("keep",),
    "parameter": ("affine",),
    **dict.fromkeys(("slice", "unflatten", "glu", "concat"), ("axis",)),
}
PER_AXIS = frozenset({"kernel", "stride", "dilation", "output_padding", "sizes"})
FLAGS = frozenset({"bias", "ceil_mode", "affine", "keep", "shared"})
"""Of these, `shared` is a layer whose weights are those of one before it."""
MODES = ("nearest", "linear")
EXAMPLES = {
    "linear": "linear(10)",
    "upsample": "upsample(2)",
    "adaptivepool": "adaptivepool(7)",
    "reshape": "reshape(16x7x7)",
    "permute": "permute(1x2x0)",
    "slice": "slice(0x16)",
    "attention": "attention(8)",
}
OPTIONAL = frozenset({"prelu", "reduce"})
"""Kinds whose first plain value may be left out."""


def refuse(sentence: str, **numbers: object) -> NoReturn:
    raise Refusal(sentence.format(**numbers), type="layers")


def stranger(name: str, is_taken: bool) -> StackLayer:
    """A layer that nobody here knows; refused where it is not taken, or is probably a slip of the pen."""
    kind = name.lower()
    close = get_close_matches(kind, (*WRITABLE, *TREE_WORDS), 1, ALIKE if is_taken else 0.6)
    if is_taken and not close:
        return StackLayer(UNKNOWN, called=shown(name))
    hint = words.DID_YOU_MEAN.format(name=close[0]) if close else ""
    refuse(words.UNKNOWN_LAYER, name=shown(name), hint=hint, kinds=", ".join((*KINDS, *TREE_WORDS)))


def make_layer(kind: str, arguments: list[tuple[str, str]], window: int = WINDOW) -> StackLayer:
    """A layer of this kind from what stands in its brackets; `window` is how large a kernel may be."""
    places, keywords = PLACES.get(kind, ()), KEYWORDS.get(kind, ())
    values: dict[str, Any] = {}
    named = False
    for number, (given, text) in enumerate(arguments):
        name = given
        if not given:
            if named:
                refuse(words.VALUE_AFTER_KEYWORD, kind=kind, text=shown(text))
            if number >= len(places):
                refuse_surplus(kind, places, text)
            name = places[number]
        elif given not in keywords:
            if not keywords:
                refuse(words.TAKES_NOTHING if not places else words.TOO_MANY_VALUES, **surplus(kind, places, given))
            refuse(words.UNKNOWN_KEYWORD, name=shown(given), kind=kind, keywords=", ".join(keywords))
        if name in values:
            refuse(words.REPEATED_KEYWORD, kind=kind, name=name)
        named = named or bool(given)
        values[name] = read_value(kind, name, text, window)
    if places and places[0] not in values and kind not in OPTIONAL:
        example = EXAMPLES.get(kind, f"{kind}(3)")
        refuse(words.LAYER_NEEDS, kind=kind, what=words.WHATS[places[0]], example=example)
    return StackLayer(kind, **values)


def refuse_surplus(kind: str, places: tuple[str, ...], text: str) -> NoReturn:
    refuse(words.TOO_MANY_VALUES if places else words.TAKES_NOTHING, **surplus(kind, places, text))


def surplus(kind: str, places: tuple[str, ...], text: str) -> dict[str, str]:
    return {"kind": kind, "text": shown(text), "takes": words.VALUES.get(places, "")}


def canonical(layer: StackLayer) -> StackLayer:
    """The same layer in its shortest words: what equals a default is the default."""
    stride = layer.stride
    if stride is not None and set(stride) == ({1} if layer.kind not in POOLS else set(layer.kernel)):
        alike = layer.kind not in POOLS or len(set(layer.kernel)) == 1 or stride == layer.kernel
        stride = None if alike else stride
    return replace(
        layer,
        kernel=short(layer.kernel),
        stride=None if stride is None else short(stride),
        padding=layer.padding if layer.padding == "same" else short(layer.padding),
        dilation=short(layer.dilation),
        output_padding=short(layer.output_padding),
    )


def short(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """One value where all are alike."""
    return values[:1] if len(set(values)) == 1 else values


def read_value(kind: str, name: str, text: str, window: int) -> Any:
    if name in FLAGS:
        return read_flag(kind, name, text)
    if name == "mode":
        if text.lower() not in MODES:
            refuse(words.NOT_A_MODE, kind=kind, text=shown(text))
        return text.lower()
    if name == "padding":
        return read_padding(kind, text)
    if name in PER_AXIS:
        return read_counts(kind, name, text, window)
    if not is_count(text.removeprefix("-")):
        refuse(words.NOT_ONE_COUNT, kind=kind, name=name, text=shown(text))
    return bounded(kind, name, int(text))


def read_flag(kind: str, name: str, text: str) -> bool:
    if text.lower() not in ("true", "false"):
        refuse(words.NOT_A_FLAG, kind=kind, name=name, text=shown(text))
    return text.lower() == "true"


def read_counts(kind: str, name: str, text: str, window: int) -> Counts:
    entries = text.lower().split("x")
    if not all(is_count(entry.removeprefix("-")) for entry in entries):
        refuse(words.NOT_A_COUNT, kind=kind, name=name, text=shown(text))
    check_axes(kind, name, entries, MAX_SIZES if name == "sizes" else MAX_AXES)
    return tuple(bounded(kind, name, int(entry), window) for entry in entries)


def read_padding(kind: str, text: str) -> Any:
    if text.lower() == "same" and kind == "conv":
        return "same"
    pairs = [entry.split(":") for entry in text.lower().split("x")]
    if not all(len(pair) <= 2 and all(is_count(side.removeprefix("-")) for side in pair) for pair in pairs):
        refuse(words.NOT_A_PADDING, kind=kind, text=shown(text))
    check_axes(kind, "padding", pairs, MAX_AXES + (kind == "pad"))
    sides = [tuple(bounded(kind, "padding", int(side)) for side in pair) for pair in pairs]
    return tuple((pair[0], pair[-1]) for pair in sides)


def check_axes(kind: str, name: str, entries: list[Any], most: int) -> None:
    if len(entries) > most:
        refuse(words.TOO_MANY_AXES, kind=kind, name=name, value=len(entries), most=most)


def bounds(kind: str, name: str, window: int = WINDOW) -> tuple[int, int]:
    """The least and the most that a value may be."""
    least, most = BOUNDS[name]
    if name == "kernel" and kind not in SIZED:
        return least, window
    if name == "padding" and kind != "pad":
        return 0, MOST_PADDING
    return (least, MOST_FILTERS) if name == "channels" and kind != "linear" else (least, most)


def bounded(kind: str, name: str, value: int, window: int = WINDOW) -> int:
    least, most = bounds(kind, name, window)
    if not least <= value <= most:
        said = value if value >= 0 else f"−{-value}"
        refuse(words.OUT_OF_RANGE, kind=kind, name=name, least=least, most=most, value=said)
    return value


def spell_layer(layer: StackLayer) -> str:
    """`conv(3,64,stride=2)`."""
    return layer.called if layer.kind == UNKNOWN else spell_known(layer)


@lru_cache(1000)  # A page spells the same few layers in the address of each stack around its own.
def spell_known(layer: StackLayer) -> str:
    plain = canonical(layer)
    values = [spell_value(name, getattr(plain, name)) for name in PLACES.get(plain.kind, ())]
    default = StackLayer(plain.kind)
    named = [
        f"{name}={spell_value(name, getattr(plain, name))}"
        for name in KEYWORDS.get(plain.kind, ())
        if getattr(plain, name) != getattr(default, name)
    ]
    inside = ",".join([*(value for value in values if value), *named])
    return f"{plain.kind}({inside})" if inside else plain.kind


def spell_value(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name in FLAGS:
        return "true" if value else "false"
    if name == "padding" or isinstance(value, str):
        return value if isinstance(value, str) else spell_pairs(value)
    return spell_counts(value) if isinstance(value, tuple) else str(value)


def spell_counts(values: Iterable[int]) -> str:
    return "x".join(map(str, values))


def spell_pairs(pairs: Pairs) -> str:
    return "x".join(str(before) if before == after else f"{before}:{after}" for before, after in pairs)
