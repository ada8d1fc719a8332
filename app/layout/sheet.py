"""A sheet: a plane with what is written around it, which takes space as well."""

from dataclasses import dataclass
from typing import Literal, NamedTuple
from unicodedata import combining

from app.views.marks import CutOff, Marks, MatrixLegend, OutputPadding, Ruler, TapSamples
from app.views.plane import Plane
from kernels.cached import cached_property

TITLE, SHAPE = 15, 13
"""Units of the letters of a title, and of a shape."""
LETTER, NARROW = 8.6, 7.2
"""Units that a letter of either takes, on average."""
USUAL, SHORT = 30, 130
"""Units of a cell, and of a few words, up to which title and shape stand in one line."""
CAPTION, LINE = 21, 16
"""Units over a plane for one line, and for one more."""
SIDE = 20
"""Units for a title that is written upwards beside a plane."""
RULER, LABELS, BELOW = 22, 46, 22
"""Units for a ruler or the numbers of columns, for what is written beside the rows of a matrix, and for small print."""

SAMPLES = 0.9
"""Cells for the samples of lines under the weights that they share."""

SizeClass = Literal["large", "small", "tiny"]
"""Cells of data and results are compared, so they have one size; those of weights and products have another."""


@dataclass(frozen=True)
class Sheet:
    """A plane with its words."""

    plane: Plane
    title: str
    letter: str = ""
    """What the plane's grid is called in the equation."""
    shape: str = ""
    label: str = ""
    """What it is called to those who cannot see it."""
    marks: Marks = ()
    size: SizeClass = "large"
    side_title: str = ""
    """What is written upwards beside it; a single letter stands upright."""
    frame: Literal["", "red", "green", "blue"] = ""
    """The colour of a picture that it is a part of."""
    channel: int | None = None
    """The channel that it belongs to, where several stand under each other."""
    filter: int | None = None
    """The filter that it belongs to, where one of several is seen at a time."""

    @cached_property
    def extent(self) -> "Extent":
        """What has space above it for lines has its name below."""
        letter = NARROW if self.plane.space == "product" else LETTER
        ruled = any(isinstance(mark, Ruler | MatrixLegend) for mark in self.marks)
        labelled = any(isinstance(mark, MatrixLegend) for mark in self.marks)
        small_print = any(isinstance(mark, CutOff | OutputPadding) for mark in self.marks)
        top, right, bottom, left = self.plane.clearance
        return Extent(
            rows=self.plane.rows + top + bottom + SAMPLES * any(isinstance(mark, TapSamples) for mark in self.marks),
            cols=self.plane.cols + right + left,
            size_class=self.size,
            title=letter * (len(self.title) + written(self.letter)) if self.title and not top else 0,
            shape=NARROW * (len(self.shape) + 1) if self.shape and not top else 0,
            above=RULER * ruled,
            left=LABELS * labelled + SIDE * bool(self.side_title),
            below=BELOW * (small_print or bool(top)),
            clear=(top, left),
        )


def written(name: str) -> int:
    """How many letters a grid's name takes after a title: a bar over one takes none."""
    return 1 + sum(not combining(letter) for letter in name) if name else 0


class Extent(NamedTuple):
    """What a sheet takes: cells, whose size is not decided yet, and units around them."""

    rows: float
    cols: float
    size_class: SizeClass
    title: float
    shape: float
    above: float
    left: float
    below: float
    clear: tuple[float, float]
    """Cells that are kept free above and to the left of its own."""

    @property
    def lines(self) -> int:
        """How many lines its words take: the shape stands beside the title, or under it."""
        if not self.title:
            return 0
        return 2 if self.shape and self.title + self.shape > max(self.cols * USUAL, SHORT) else 1

    @property
    def caption(self) -> float:
        """Units over the cells."""
        return (CAPTION + LINE * (self.lines - 1) if self.lines else 0) + self.above

    def size(self, cell: float) -> tuple[float, float]:
        words = self.title + self.shape if self.lines == 1 else max(self.title, self.shape)
        return max(
            self.cols * cell, self.clear[1] * cell + words
        ) + self.left, self.rows * cell + self.caption + self.below
