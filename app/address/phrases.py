"""Shapes in words: `3x7x7` as a name carries it, 3×7×7 as a sentence says it."""

from collections.abc import Sequence

from app.address.refusal import Refusal
from app.text import grids as words

MAX_DIGITS = 9
"""No size or index that fits a scene is longer; refusing it by its length keeps the arithmetic small."""
SHOWN = 40


def shown(text: str) -> str:
    """What came in, short enough to repeat in a sentence."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def counted(count: int, noun: str) -> str:
    """One row, 2 rows, 16,384 rows."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def times(shape: Sequence[int]) -> str:
    """(3, 7, 7) → 3×7×7"""
    return "×".join(map(str, shape))


def is_count(text: str) -> bool:
    """Whether this is a whole number in plain digits; `int` alone would take `1_0` and the digits of other scripts."""
    return text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS


def read_sizes(text: str, example: str) -> tuple[int, ...]:
    """`3x7x7` → (3, 7, 7), each at least 1."""
    sizes = text.split("x")
    if not all(is_count(size) and int(size) > 0 for size in sizes):
        raise Refusal(words.NOT_A_SIZE.format(text=shown(text), example=example))
    return tuple(map(int, sizes))


def at_least(axes: int, shape: tuple[int, ...]) -> tuple[int, ...]:
    """The shape with leading ones until it has this many axes: missing leading axes are 1."""
    return (1,) * (axes - len(shape)) + shape


def spell_sizes(shape: tuple[int, ...], spatial: int) -> str:
    """The shortest sizes that read back as this shape: leading ones go, the spatial axes stay."""
    while len(shape) > spatial and shape[0] == 1:
        shape = shape[1:]
    return "x".join(map(str, shape))


def check_axes(name: str, shape: tuple[int, ...], most: int) -> None:
    if len(shape) > most:
        raise Refusal(words.TOO_MANY_AXES.format(name=shown(name), given=len(shape), most=most))


def check_count(given: int, most: int) -> None:
    """Refuse to build what would not fit, before building it."""
    if given > most:
        raise Refusal(words.TOO_MANY.format(given=f"{given:,}", most=f"{most:,}"), type="too_large")


def spell_range(sizes: range) -> str:
    """5, or 5 or 6, or 5 to 7."""
    if len(sizes) > 2:
        return f"{sizes[0]} to {sizes[-1]}"
    return " or ".join(map(str, sizes))
