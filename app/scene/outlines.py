"""Outlines: of a grid its shape, but none of its numbers, which is what decides whether a scene exists.

A layer resolved from outlines refuses what it would refuse with the grids themselves, and is resolved in a fraction of
the time. The text of an outline is one that this program has written, so that it need not be checked: counting its
separators is enough.
"""

import re
from functools import lru_cache
from math import prod
from typing import Annotated, Any, NamedTuple, NoReturn, get_args

from pydantic import BaseModel

from app.address.parameters import read_raw_grid, reader
from app.address.phrases import at_least, read_sizes, times
from app.address.refusal import Refusal
from app.grids.payloads import LAYOUTS
from app.grids.pictures import LEADING, Kind, shape_of_name
from app.text import grids as words

SIGNED = re.compile(r"-[\d.]|f32:")
"""What only a text has in which there may be a negative number; no picture with a name has any."""
ORDINARY = 1e30
"""No number behind an outline is larger, so that no sum of a scene can leave float64."""


class Unread(Exception):
    """What was asked of an outline takes numbers to answer."""


class Outline(NamedTuple):
    """A grid without its numbers, as a text has it or in its final shape."""

    shape: tuple[int, ...]
    edited: tuple[int, ...] = ()
    """The smallest shape in which its edits have their places, where its own is smaller."""
    is_signed: bool = True
    """Whether there may be a negative number in it."""

    @property
    def size(self) -> int:
        return prod(self.shape)

    @property
    def largest(self) -> float:
        return ORDINARY

    @property
    def values(self) -> NoReturn:
        raise Unread

    @property
    def text(self) -> NoReturn:
        raise Unread

    def filling(self, shape: tuple[int, ...]) -> "Outline":
        """The outline in its final shape. Raises Refusal where an edit has no place in it."""
        if any(least > size for least, size in zip(self.edited, shape, strict=False)):
            raise Refusal(words.CANNOT_FILL.format(given=times(self.edited), wanted=times(shape)))
        return Outline(shape, is_signed=self.is_signed)


@lru_cache(4096)
def outline(kind: Kind, text: str, spatial: int) -> Outline:
    """The outline of a grid of this kind, from a text that we have written."""
    leading = LEADING[kind]
    spatial = spatial if leading else 1  # a bias is a line of numbers
    base, *edits = text.split("!")
    filters = base.split("~~")
    channels = filters[0].split("~")
    shape = list(at_least(leading + spatial, part_shape(channels[0], kind, spatial)))
    if leading:
        shape[0] *= len(filters)
        shape[leading - 1] *= len(channels)
    is_signed = kind == "weights" or SIGNED.search(text) is not None
    return Outline(tuple(shape), edited_shape(edits, shape), is_signed)


def part_shape(text: str, kind: Kind, spatial: int) -> tuple[int, ...]:
    """What stands between `~` or `~~`: a name, bytes or values."""
    name, _, sizes = text.partition(":")
    if name in LAYOUTS:
        return read_sizes(sizes.partition(":")[0], "")
    if text[:1].isalpha():
        return shape_of_name(text, kind, spatial)
    first_slice = text.partition(";;")[0]
    first_row = first_slice.partition(";")[0]
    shape = (text.count(";;") + 1, first_slice.count(";") + 1, first_row.count(",") + 1)
    return shape[-spatial:]


def edited_shape(edits: list[str], shape: list[int]) -> tuple[int, ...]:
    """The smallest shape that holds these edits, or nothing where `shape` does."""
    least = [1] * len(shape)
    for edit in edits:
        places = list(map(int, edit.partition(":")[0].split(".")))
        for axis, place in enumerate(places, start=len(shape) - len(places)):
            least[axis] = max(least[axis], place + 1)
    return tuple(least) if any(most > size for most, size in zip(least, shape, strict=True)) else ()


def keep_outline(raw: object, *, name: str) -> str | list[Any] | Outline:
    return raw if isinstance(raw, Outline) else read_raw_grid(raw, name=name)


RawGrid = Annotated[str | list[Any] | Outline | None, reader(keep_outline)]
"""Only the program itself, looking for neighbours of a scene, hands in outlines."""


def grid_names(model: type[BaseModel]) -> list[str]:
    """The parameters of a model that are grids."""
    return [name for name, field in model.model_fields.items() if field.annotation == get_args(RawGrid)[0]]
