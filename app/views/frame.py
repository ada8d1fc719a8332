"""A frame: what one step shows, in five primitives that any painter can show.

Frames hold numbers and cell indices, no text and no colour. The same frames are made in static/js/views/,
and shared fixtures hold the two equal; what lights on a matrix follows from the tables of
common/lighting.py on both sides.
"""

from collections.abc import Sequence
from math import inf
from typing import Any, Literal, NotRequired, TypedDict

from app.equation.facts import Equation

Role = Literal["window", "kernel", "output", "winner"]


class Fill(TypedDict):
    """What a plane shows: new values for its cells, or how many of its cells are to be seen."""

    plane: str
    values: NotRequired[list[float | None]]
    shown: NotRequired[int]
    counts: NotRequired[list[int]]
    """How many stamps each cell holds."""


class Outline(TypedDict):
    """Cells of a plane that this step touches, in reading order of the window."""

    plane: str
    cells: list[int]
    role: Role


class Link(TypedDict):
    """A line from what is outlined on one plane to another plane."""

    start: str
    end: str
    role: Role


class Label(TypedDict):
    """A number written beside a plane."""

    plane: str
    value: float


class Shown(TypedDict):
    """What is seen on planes."""

    fills: list[Fill]
    outlines: list[Outline]
    links: list[Link]
    labels: list[Label]


class Frame(Shown):
    step: int
    equation: Equation


def cells_of(
    outlines: Sequence[Outline], plane: str, *, role: Role | None = None, but: Role | None = None
) -> list[int]:
    """The outlined cells of one plane, of one role or of all but one."""
    wanted = [outline for outline in outlines if role in (None, outline["role"]) and outline["role"] != but]
    return [cell for outline in wanted if outline["plane"] == plane for cell in outline["cells"]]


def whole(value: Any) -> Any:
    """Frames as the fixtures hold them: whole numbers as integers, as JavaScript has only one kind of number.

    What lies around the input of a max pooling is −∞, which JSON lacks: it is written as a word.
    """
    if value == -inf:
        return "-Infinity"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: whole(entry) for key, entry in value.items()}
    return [whole(entry) for entry in value] if isinstance(value, list | tuple) else value
