"""Shapes: what a drawing of ours consists of once it is read, in units of the whole, each in its own place.

A painter of pictures, pages or slides knows these four, and no operation, no view and no markup.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Anchor = Literal["start", "middle", "end"]
Segment = tuple[str, tuple[float, ...]]
"""M, L and C with their points, Z without."""


class Fill(NamedTuple):
    colour: str
    opacity: float


class Stroke(NamedTuple):
    colour: str
    opacity: float
    width: float
    dashes: tuple[float, ...] = ()
    is_round: bool = False


class Box(NamedTuple):
    """A rectangle with its edges along the axes; with half of its side as radius, a circle."""

    x: float
    y: float
    width: float
    height: float
    radius: float
    fill: Fill | None
    stroke: Stroke | None


class Path(NamedTuple):
    """Lines and curves. What it fills is decided by counting: what lies within a second line is a hole."""

    segments: tuple[Segment, ...]
    fill: Fill | None
    stroke: Stroke | None


class Run(NamedTuple):
    """Letters of one look."""

    text: str
    colour: str
    """Empty for letters that keep their place, and are not seen."""
    size: float
    is_bold: bool
    is_italic: bool


class Words(NamedTuple):
    """A line of text from its base line up; `is_upward` is written from below."""

    x: float
    y: float
    runs: tuple[Run, ...]
    anchor: Anchor
    is_upward: bool
    halo: Stroke | None
    """Around the letters, so that they are read on any ground."""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


class Image(NamedTuple):
    """A PNG, each of whose pixels is a cell; of one that is shown in part, only what lies within the region."""

    x: float
    y: float
    width: float
    height: float
    png: bytes
    region: tuple[Segment, ...] | None


Shape = Box | Path | Words | Image


@dataclass(frozen=True, eq=False)
class Group:
    """Shapes that were read together, such as a row of cells: of a film most are the same object in every frame."""

    shapes: tuple[Shape, ...]


class Drawing(NamedTuple):
    """Shapes from the ground up, on paper of a colour or on none."""

    width: float
    height: float
    paper: str | None
    parts: tuple[Shape | Group, ...]
    title: str

    @property
    def shapes(self) -> list[Shape]:
        """All of them, out of their groups."""
        return [each for part in self.parts for each in (part.shapes if isinstance(part, Group) else [part])]
