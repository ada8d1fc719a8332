"""A stack as text, readable and writable by hand: `conv(3,64,padding=1);relu;maxpool(2)`.

    stack   = layer ; layer ; …                  one after the other
    layer   = kind | kind(values, name=value, …) first the kernel, then optionally the channels; then PyTorch's keywords
    branch  = branch(stack|stack|…)              paths side by side, joined along the channels
    residual = residual(stack) | residual(stack|stack|…)   paths added; an empty or missing second path is the identity

A value for each axis is written `3x5`. Spaces do not count.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from typing import Any, NoReturn

from app.address.phrases import is_count, shown
from app.address.refusal import Refusal
from app.pages.receptive_field import words
from kernels.stack import KINDS, POOLS, Branch, Counts, Item, Pairs, Residual, Stack, StackLayer, nodes

MAX_TEXT = 8_000
MAX_LAYERS = 320
MAX_DEPTH = 4
MAX_AXES = 3
TOKEN = re.compile(r"\s*([A-Za-z_][A-Za-z_0-9]*|[0-9][0-9xX:.]*|.)\s*", re.DOTALL)
BREAKS = re.compile(r"(?<=[|;,])|(?<=branch\()|(?<=residual\()")

BOUNDS = {
    "kernel": (1, 64),
    "stride": (1, 64),
    "dilation": (1, 64),
    "output_padding": (0, 63),
    "padding": (0, 256),
    "groups": (1, 65_536),
    "channels": (1, 65_536),
}
PLACES = {
    "conv": ("kernel", "channels"),
    "convtranspose": ("kernel", "channels"),
    "maxpool": ("kernel",),
    "avgpool": ("kernel",),
    "adaptivepool": ("kernel",),
    "upsample": ("kernel",),
    "linear": ("channels",),
}
"""What the values without a name mean; the first must be there."""
KEYWORDS = {
    "conv": ("stride", "padding", "dilation", "groups", "bias"),
    "convtranspose": ("stride", "padding", "dilation", "output_padding", "groups", "bias"),
    "maxpool": ("stride", "padding", "dilation", "ceil_mode"),
    "avgpool": ("stride", "padding", "ceil_mode"),
    "linear": ("bias",),
}
PER_AXIS = frozenset({"kernel", "stride", "dilation", "output_padding"})
FLAGS = frozenset({"bias", "ceil_mode"})
EXAMPLES = {"linear": "linear(10)", "upsample": "upsample(2)", "adaptivepool": "adaptivepool(7)"}


def read_stack(text: str) -> Stack:
    """The stack that this text means; a Refusal at `layers` where it means none."""
    try:
        if len(text) > MAX_TEXT:
            refuse(words.STACK_TOO_LONG, value=len(text), most=MAX_TEXT)
        if not text.strip():
            refuse(words.NO_LAYERS, example=words.EXAMPLE)
        reader = Reader(text)
        stack = reader.stack(0)
        reader.end()
        count = len(nodes(stack))
        if count > MAX_LAYERS:
            refuse(words.TOO_MANY_LAYERS, value=count, most=MAX_LAYERS)
        return stack
    except Refusal as refusal:
        raise refusal.at("layers") from None


def refuse(sentence: str, **numbers: object) -> NoReturn:
    raise Refusal(sentence.format(**numbers), type="layers")


@dataclass(frozen=True)
class Token:
    text: str
    start: int


class Reader:
    """Reads a stack from left to right, one token at a time."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.next = 0

    @cached_property
    def tokens(self) -> list[Token]:
        return [Token(match[1], match.start(1)) for match in TOKEN.finditer(self.text.strip())]

    @property
    def token(self) -> str:
        return self.tokens[self.next].text if self.next < len(self.tokens) else ""

    def take(self) -> str:
        taken = self.token
        self.next += 1
        return taken

    def takes(self, mark: str) -> bool:
        """Whether this mark comes next; it is then taken."""
        if self.token != mark:
            return False
        self.next += 1
        return True

    def expect(self, mark: str) -> None:
        if not self.takes(mark):
            refuse(words.EXPECTED_MARK, before=self.before, mark=mark, found=self.found)

    @property
    def before(self) -> str:
        """What has been read, its end."""
        stop = self.tokens[self.next].start if self.next < len(self.tokens) else len(self.text)
        read = self.text.strip()[:stop].strip()
        return read if len(read) <= 24 else f"…{read[-23:]}"

    @property
    def found(self) -> str:
        return words.QUOTED.format(text=shown(self.token)) if self.token else words.END

    def end(self) -> None:
        if self.token:
            refuse(words.EXPECTED_MARK, before=self.before, mark=";", found=self.found)

    def stack(self, depth: int) -> Stack:
        """Layers with semicolons between them; one behind the last may stay."""
        items = [self.item(depth)]
        while self.takes(";") and self.token not in ("", "|", ")"):
            items.append(self.item(depth))
        return tuple(items)

    def item(self, depth: int) -> Item:
        name = self.token
        if not name[:1].isalpha():
            sentence = words.EXPECTED_LAYER if self.next else words.EXPECTED_FIRST
            refuse(sentence, before=self.before, found=self.found)
        self.next += 1
        kind = name.lower()
        if kind in ("branch", "residual"):
            return self.paths(kind, depth + 1)
        if kind not in KINDS:
            close = get_close_matches(kind, (*KINDS, "branch", "residual"), 1)
            hint = words.DID_YOU_MEAN.format(name=close[0]) if close else ""
            kinds = ", ".join((*KINDS, "branch", "residual"))
            refuse(words.UNKNOWN_LAYER, name=shown(name), hint=hint, kinds=kinds)
        return make_layer(kind, self.arguments())

    def paths(self, kind: str, depth: int) -> Item:
        if depth > MAX_DEPTH:
            refuse(words.TOO_DEEP, most=MAX_DEPTH)
        self.expect("(")
        paths = [self.path(depth)]
        while self.takes("|"):
            paths.append(self.path(depth))
        self.expect(")")
        if kind == "residual":
            if not any(paths):
                refuse(words.IDENTITY_ONLY)
            return Residual(tuple(paths) if len(paths) > 1 else (paths[0], ()))
        if not all(paths):
            refuse(words.EMPTY_PATH)
        if len(paths) < 2:
            refuse(words.ONE_PATH)
        return Branch(tuple(paths))

    def path(self, depth: int) -> Stack:
        return () if self.token in ("|", ")") else self.stack(depth)

    def arguments(self) -> list[tuple[str, str]]:
        """(name, value) of what stands in the brackets; a value without a name has the name ""."""
        if not self.takes("("):
            return []
        found: list[tuple[str, str]] = []
        while not self.takes(")"):
            if found:
                self.expect("," if self.token else ")")
            found.append(self.argument())
        return found

    def argument(self) -> tuple[str, str]:
        name = self.word()
        return (name.lower(), self.word()) if self.takes("=") else ("", name)

    def word(self) -> str:
        """A name or a number, with a sign where somebody writes one."""
        sign = "-" if self.takes("-") else ""
        if not (self.token[:1].isalnum() and self.token.isascii()):
            refuse(words.EXPECTED_VALUE, before=self.before, found=self.found)
        return sign + self.take()


def make_layer(kind: str, arguments: list[tuple[str, str]]) -> StackLayer:
    """A layer of this kind from what stands in its brackets."""
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
        values[name] = read_value(kind, name, text)
    if places and places[0] not in values:
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


def read_value(kind: str, name: str, text: str) -> Any:
    if name in FLAGS:
        return read_flag(kind, name, text)
    if name == "padding":
        return read_padding(kind, text)
    if name in PER_AXIS:
        return read_counts(kind, name, text)
    if not is_count(text.removeprefix("-")):
        refuse(words.NOT_ONE_COUNT, kind=kind, name=name, text=shown(text))
    return bounded(kind, name, int(text))


def read_flag(kind: str, name: str, text: str) -> bool:
    if text.lower() not in ("true", "false"):
        refuse(words.NOT_A_FLAG, kind=kind, name=name, text=shown(text))
    return text.lower() == "true"


def read_counts(kind: str, name: str, text: str) -> Counts:
    entries = text.lower().split("x")
    if not all(is_count(entry.removeprefix("-")) for entry in entries):
        refuse(words.NOT_A_COUNT, kind=kind, name=name, text=shown(text))
    check_axes(kind, name, entries)
    return tuple(bounded(kind, name, int(entry)) for entry in entries)


def read_padding(kind: str, text: str) -> Any:
    if text.lower() == "same" and kind == "conv":
        return "same"
    pairs = [entry.split(":") for entry in text.lower().split("x")]
    if not all(len(pair) <= 2 and all(is_count(side.removeprefix("-")) for side in pair) for pair in pairs):
        refuse(words.NOT_A_PADDING, kind=kind, text=shown(text))
    check_axes(kind, "padding", pairs)
    sides = [tuple(bounded(kind, "padding", int(side)) for side in pair) for pair in pairs]
    return tuple((pair[0], pair[-1]) for pair in sides)


def check_axes(kind: str, name: str, entries: list[Any]) -> None:
    if len(entries) > MAX_AXES:
        refuse(words.TOO_MANY_AXES, kind=kind, name=name, value=len(entries), most=MAX_AXES)


def bounded(kind: str, name: str, value: int) -> int:
    least, most = BOUNDS[name]
    if not least <= value <= most:
        said = value if value >= 0 else f"−{-value}"
        refuse(words.OUT_OF_RANGE, kind=kind, name=name, least=least, most=most, value=said)
    return value


def spell_stack(stack: Stack) -> str:
    """The text that reads back as this stack, the shortest."""
    return ";".join(map(spell_item, stack))


def spell_item(item: Item) -> str:
    if isinstance(item, StackLayer):
        return spell_layer(item)
    paths = item.paths
    if isinstance(item, Residual) and len(paths) == 2 and not paths[1]:
        paths = paths[:1]
    return f"{'branch' if isinstance(item, Branch) else 'residual'}({'|'.join(map(spell_stack, paths))})"


def broken(text: str) -> tuple[str, ...]:
    """The text in parts between which a line may break."""
    return tuple(BREAKS.split(text))


def spell_layer(layer: StackLayer) -> str:
    """`conv(3,64,stride=2)`."""
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
    if name == "padding":
        return value if isinstance(value, str) else spell_pairs(value)
    return spell_counts(value) if isinstance(value, tuple) else str(value)


def spell_counts(values: Iterable[int]) -> str:
    return "x".join(map(str, values))


def spell_pairs(pairs: Pairs) -> str:
    return "x".join(str(before) if before == after else f"{before}:{after}" for before, after in pairs)
