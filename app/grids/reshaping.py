"""The controls that change a grid as a whole: larger or smaller, turned, with more channels or fewer.

Each returns a text. What is made to a size stays what it is, `box:3` → `box:5`; other values are cut or gain zeros.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from app.address.phrases import spell_sizes
from app.grids.pictures import FAMILIES, LEADING, PATTERNS, Kind
from app.grids.spelling import spell

Array = NDArray[np.float64]
Entry = TypeVar("Entry")

FAMILY_OF = {"box": "box", "gaussian": "gaussian", "smooth": "gaussian", **{name: name for name in FAMILIES}}
"""The named kernels that have sisters of other sizes."""
UNCHANGING = {"random", "zeros", "ones", "impulse", "checker"}
"""What one more channel leaves as it is. A ramp would go on counting."""


def resize_kernel(text: str, values: Array, size: Sequence[int], spatial: int, shared: int | None = 1) -> str:
    """The kernel with this spatial size, cut or padded with zeros about its centre."""
    size = tuple(size)
    family = FAMILY_OF.get(text.partition(":")[0]) if is_single(text) else None
    if family:
        return f"{family}:{size[0] if len(set(size)) == 1 else spell_sizes(size, spatial)}"
    return remade(text, size, spatial) or spell(centred(values, size), spatial, "weights", shared)


def resize_input(text: str, values: Array, size: Sequence[int]) -> str:
    """The input with this spatial size, cut or padded with zeros at the bottom and at the right."""
    size = tuple(size)
    return remade(text, size, len(size)) or spell(fitted(values, size, starts=(0,) * len(size)), len(size), "input")


def rotate(values: Array, kind: Kind, shared: int | None = 1) -> str:
    """A quarter turn counter-clockwise in the last two axes; in one dimension, from end to start."""
    spatial = values.ndim - LEADING[kind]
    turned = values[..., ::-1] if spatial == 1 else np.rot90(values, axes=(-2, -1))
    return spell(turned, spatial, kind, shared)


def with_channels(text: str, values: Array, count: int, axis: int, kind: Kind, shared: int | None = 1) -> str:
    """The grid with this many entries along a leading axis: the last one repeated, or the last ones cut.

    `shared` is the axis of weights along which a single plane serves all.
    """
    shape = (*values.shape[:axis], count, *values.shape[axis + 1 :])
    spatial = values.ndim - LEADING[kind]
    if is_single(text) and text.partition(":")[0] in UNCHANGING:
        return with_sizes(text, shape, spatial)
    parts = text.split("~~" if kind == "weights" else "~")
    if axis == 0 != shared and "!" not in text and len(parts) == values.shape[0]:
        return ("~~" if kind == "weights" else "~").join(repeat_last(parts, count))
    return spell(np.take(values, repeat_last(range(values.shape[axis]), count), axis), spatial, kind, shared)


def is_single(text: str) -> bool:
    """Whether this is one name and nothing else: no edits, nothing joined."""
    return text[:1].isalpha() and "~" not in text and "!" not in text


def remade(text: str, size: tuple[int, ...], spatial: int) -> str | None:
    """The same name with another spatial size; None where it is not made to a size."""
    name, _, remainder = text.partition(":")
    if not is_single(text) or (name not in PATTERNS and name != "random"):
        return None
    leading = tuple(map(int, remainder.partition(":")[0].split("x")))[:-spatial]
    return with_sizes(text, (*leading, *size), spatial)


def with_sizes(text: str, shape: tuple[int, ...], spatial: int) -> str:
    name, _, remainder = text.partition(":")
    _, colon, seed = remainder.partition(":")
    return f"{name}:{spell_sizes(shape, spatial)}{colon}{seed}"


def repeat_last(entries: Sequence[Entry], count: int) -> list[Entry]:
    return [entries[min(i, len(entries) - 1)] for i in range(count)]


def centred(values: Array, size: tuple[int, ...]) -> Array:
    """Middle on middle; the middle of an even size is the later of its two."""
    starts = tuple(given // 2 - wanted // 2 for given, wanted in zip(values.shape[-len(size) :], size, strict=True))
    return fitted(values, size, starts)


def fitted(values: Array, size: tuple[int, ...], starts: tuple[int, ...]) -> Array:
    """The window of this size that begins at `starts`, with zeros where it looks beyond the values."""
    leading = values.shape[: values.ndim - len(size)]
    window = np.zeros((*leading, *size))
    read: tuple[Any, ...] = (...,)
    write: tuple[Any, ...] = (...,)
    for start, given, wanted in zip(starts, values.shape[-len(size) :], size, strict=True):
        read += (slice(max(start, 0), min(start + wanted, given)),)
        write += (slice(max(-start, 0), min(given - start, wanted)),)
    window[write] = values[read]
    return window
