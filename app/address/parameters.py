"""How one parameter is written: text from an address, or JSON from a body, becomes a checked value.

Each `read_…` takes what came in and returns the value or raises `PydanticCustomError` with a sentence;
each type below is that reader as a pydantic type. `spell_…` is the way back, for the canonical link.
"""

import math
import re
import reprlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NoReturn

from pydantic import PlainValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from app.address.phrases import shown as shown_text
from app.text import refusals as words

MAX_DIGITS = 9
"""Whole numbers longer than this are no stride of anyone's; refusing them early bounds the arithmetic."""

PLAIN_NUMBER = re.compile(r"-?\d{1,9}(\.\d{0,20})?(e-?\d{1,3})?", re.ASCII)

Counts = tuple[int, ...]
"""One number for all axes, or one for each."""
PaddingWord = Literal["same", "valid", "full"]
Pairs = tuple[tuple[int, int], ...]
"""(before, after): one pair for all axes, or one for each."""
Padding = PaddingWord | Pairs


def refuse(sentence: str, *, kind: str = "value_error", **numbers: object) -> NoReturn:
    """Raise the sentence with its numbers filled in."""
    said = {name: spoken(value) for name, value in numbers.items()}
    raise PydanticCustomError(kind, "{sentence}", {"sentence": sentence.format(**said)})


def spoken(value: object) -> object:
    """A number as sentences write it: −0.1, with a real minus, and 1 rather than 1.0."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return value
    size = f"{abs(value):.15g}" if isinstance(value, float) else str(abs(value))
    return f"−{size}" if value < 0 else size


def shown(raw: object) -> str:
    """What came in, short enough to repeat in a sentence."""
    return shown_text(raw if isinstance(raw, str) else reprlib.repr(raw))


def read_count(raw: object, *, name: str, example: str = "2") -> int:
    """One whole number. `1_0`, `+1`, `1.0` and digits of other scripts are refused."""
    if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) < 10**MAX_DIGITS:
        return raw
    if isinstance(raw, str):
        text = raw.strip()
        digits = text.removeprefix("-")
        if digits.isascii() and digits.isdigit() and len(digits) <= MAX_DIGITS:
            return int(text)
    refuse(words.NOT_A_COUNT, name=name, example=example, text=shown(raw))


def split_axes(raw: object) -> list[Any]:
    """The entries of a per-axis value: `2`, `2,1`, `2x1` or a list."""
    if isinstance(raw, str):
        return raw.replace("x", ",").split(",")
    return list(raw) if isinstance(raw, list | tuple) else [raw]


def check_axes(entries: Sequence[object], raw: object, name: str) -> None:
    if not 1 <= len(entries) <= 3:
        refuse(words.AXES, name=name, axes="axes", text=shown(raw), count=len(entries))


def read_counts(raw: object, *, name: str, least: int) -> Counts:
    """A whole number for each axis, none below `least`."""
    entries = split_axes(raw)
    check_axes(entries, raw, name)
    values = tuple(read_count(entry, name=name) for entry in entries)
    for value in values:
        if value < least:
            zero = {"stride": words.STRIDE_ZERO, "dilation": words.DILATION_ZERO}.get(name) if value == 0 else None
            refuse(zero or words.TOO_SMALL, kind="greater_than_equal", name=name, least=least, value=value)
    return values


def read_padding(raw: object) -> Padding:
    """A word, a number, one number for each axis, or pairs before:after."""
    if isinstance(raw, str) and raw.strip().lower() in ("same", "valid", "full"):
        return raw.strip().lower()  # type: ignore[return-value]
    entries = split_axes(raw)
    check_axes(entries, raw, "padding")
    try:
        return tuple(read_pair(entry) for entry in entries)
    except PydanticCustomError as error:
        if error.type == "greater_than_equal":
            raise
        refuse(words.PADDING_FORM, text=shown(raw))


def read_pair(entry: object) -> tuple[int, int]:
    sides = entry.split(":") if isinstance(entry, str) else entry if isinstance(entry, list | tuple) else [entry]
    values = [read_count(side, name="padding") for side in sides]
    for value in values:
        if value < 0:
            refuse(words.TOO_SMALL, kind="greater_than_equal", name="padding", least=0, value=value)
    if len(values) == 1:
        return values[0], values[0]
    if len(values) != 2:
        refuse(words.PADDING_FORM, text=shown(entry))
    return values[0], values[1]


def lowered(raw: object) -> str:
    """A word or a number as lower-case text; nothing else is one."""
    return str(raw).strip().lower() if isinstance(raw, str | int) else ""


def read_flag(raw: object, *, name: str) -> bool:
    """true or false, as JSON and as addresses write it; `1`, `0` and a checkbox's `on` are taken too."""
    if isinstance(raw, bool):
        return raw
    text = lowered(raw)
    if text in ("true", "1", "on"):
        return True
    if text in ("false", "0", "off"):
        return False
    refuse(words.NOT_A_FLAG, name=name, text=shown(raw))


def read_choice(raw: object, *, name: str, choices: Iterable[str]) -> str:
    text = lowered(raw)
    choices = tuple(choices)
    if text in choices:
        return text
    refuse(words.NOT_A_CHOICE, kind="literal_error", name=name, choices=", ".join(choices), text=shown(raw))


def read_number(raw: object, *, name: str, example: str, least: float, most: float) -> float:
    """A finite number within bounds, such as a speed."""
    value = decimal(raw)
    if not math.isfinite(value):
        refuse(words.NOT_A_NUMBER_TEXT, name=name, example=example, text=shown(raw))
    if value < least:
        refuse(words.TOO_SMALL, kind="greater_than_equal", name=name, least=least, value=value)
    if value > most:
        refuse(words.TOO_LARGE, kind="less_than_equal", name=name, most=most, value=value)
    return value


def decimal(raw: object) -> float:
    """The number that this plain text or JSON number means, or NaN."""
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return float(raw) if abs(raw) < 10**MAX_DIGITS else math.nan
    plain = isinstance(raw, str) and PLAIN_NUMBER.fullmatch(raw.strip())
    return float(plain.group()) if plain else math.nan


def reader(read: Callable[..., Any], **settings: Any) -> PlainValidator:
    """A reader as a pydantic validator; the field's own name goes into its sentences."""

    def validate(raw: object, info: ValidationInfo) -> Any:
        return read(raw, name=info.field_name, **settings)

    return PlainValidator(validate, json_schema_input_type=str)


def read_raw_grid(raw: object, *, name: str) -> str | list[Any]:
    """Text or nested lists, to be read later, when it is known how many axes it has."""
    if isinstance(raw, str | list):
        return raw
    refuse(words.NOT_A_GRID, name=name, text=shown(raw))


@dataclass(frozen=True)
class Label:
    """What the panel calls a parameter that its own operations alone have; part of the parameter's type."""

    text: str


Stride = Annotated[Counts, reader(read_counts, least=1)]
Dilation = Annotated[Counts, reader(read_counts, least=1)]
PaddingField = Annotated[Padding, PlainValidator(read_padding, json_schema_input_type=str)]
Flag = Annotated[bool, reader(read_flag)]


def spell_counts(values: Counts) -> str:
    """The shortest text that reads back as these values."""
    return str(values[0]) if len(set(values)) == 1 else ",".join(map(str, values))


def spell_pair(pair: tuple[int, int]) -> str:
    return str(pair[0]) if pair[0] == pair[1] else f"{pair[0]}:{pair[1]}"


def spell_padding(padding: Padding) -> str:
    if isinstance(padding, str):
        return padding
    return spell_pair(padding[0]) if len(set(padding)) == 1 else ",".join(map(spell_pair, padding))


def spell_number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)
