"""Edits: `digit:7!3.4:255` is a seven with one pixel changed, and keeps its name.

An edit is text. The browser appends `!row.column:value` to the field of the grid; what that means, and how the address
spells it in the end, is decided here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.address.numbers import read_number, spell_number
from app.address.phrases import counted, is_count, shown, times
from app.address.refusal import Refusal
from app.text import grids as words

Array = NDArray[np.float64]


@dataclass(frozen=True, order=True)
class Edit:
    """One cell's new value. An index without leading axes is that cell in every channel (and every filter)."""

    index: tuple[int, ...]
    value: float

    def __str__(self) -> str:
        return f"!{'.'.join(map(str, self.index))}:{spell_number(self.value)}"


def read_edits(texts: list[str], leading: int, spatial: int, most: int) -> tuple[Edit, ...]:
    """The edits behind a base, in the order written. Whether their cells exist, only `apply` can say."""
    if len(texts) > most:
        raise Refusal(words.TOO_MANY_EDITS.format(given=f"{len(texts):,}", most=f"{most:,}"), type="too_large")
    return tuple(read_edit(text, leading, spatial) for text in texts)


def read_edit(text: str, leading: int, spatial: int) -> Edit:
    place, colon, value = text.partition(":")
    places = place.strip().split(".")
    if not colon or "~" in value or not all(map(is_count, places)):
        raise Refusal(words.NOT_AN_EDIT.format(text=shown(text), example=example(spatial)))
    if not spatial <= len(places) <= leading + spatial:
        wanted = counted(spatial, "place") if not leading else f"{spatial} to {leading + spatial} places"
        given = counted(len(places), "place")
        raise Refusal(words.EDIT_AXES.format(text=shown(text), given=given, wanted=wanted, example=example(spatial)))
    return Edit(tuple(map(int, places)), read_number(value))


def example(spatial: int) -> str:
    return "!" + ".".join("342"[:spatial]) + ":9"


def apply(edits: tuple[Edit, ...], values: Array) -> Array:
    """A copy of the values with the edits made, the last edit of a cell winning."""
    edited = values.copy()
    for edit in edits:
        check_place(edit, values.shape)
        at(edited, edit.index)[...] = edit.value
    return edited


def check_place(edit: Edit, shape: tuple[int, ...]) -> None:
    for place, size in zip(edit.index, shape[-len(edit.index) :], strict=True):
        if place >= size:
            text = str(edit).removeprefix("!")
            raise Refusal(words.EDIT_RANGE.format(text=shown(text), shape=times(shape), place=place, most=size - 1))


def differences(base: Array, edited: Array, spatial: int) -> tuple[Edit, ...]:
    """The fewest edits that make `edited` of `base`, in index order: what any list of edits comes down to."""
    changed = base != edited
    leading = tuple(range(base.ndim - spatial))
    places = [tuple(place) for place in np.argwhere(changed.any(axis=leading)).tolist()]
    cells = [(at(changed, place), at(edited, place), place) for place in places]
    return tuple(sorted(edit for cell in cells for edit in cover(*cell)))


def at(values: NDArray[Any], place: tuple[int, ...]) -> NDArray[Any]:
    """One place in all leading slices: a view, also where no leading axis is left."""
    index: tuple[Any, ...] = (..., *place)
    return np.asarray(values[index])


def cover(changed: NDArray[np.bool_], values: Array, index: tuple[int, ...]) -> Iterator[Edit]:
    """Edits for one place in all its leading slices: a single one where they agree, else one for each that changed."""
    if not changed.any():
        return
    if (values == values.flat[0]).all():
        yield Edit(index, float(values.flat[0]))
    else:
        for i in range(values.shape[-1]):
            yield from cover(changed[..., i], values[..., i], (i, *index))
