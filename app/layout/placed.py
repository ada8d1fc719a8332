"""A plane in its place on a picture, in units: a full cell has as many as a cell of a plane."""

from dataclasses import dataclass

from app.views.marks import Centres, Counts, Marks, MatrixLegend, Ruler
from app.views.plane import Plane

CELL = 40
"""Units of a full cell."""
MARGIN = 40
GAP = 90
CAPTION = 44
"""Units above a plane for its name and shape."""
LINE = 30
LETTER = 10
"""Units that a letter of a title takes, on average."""
RULER = 26
"""Units for a ruler, or for the numbers of columns, between a plane and its name."""
LABELS = 30
"""Units for what is written beside the rows of a matrix."""


@dataclass(frozen=True)
class Placed:
    """A plane and where it lies on the poster, in units."""

    plane: Plane
    x: float
    y: float
    cell: float
    title: str = ""
    marks: Marks = ()

    @property
    def right(self) -> float:
        return self.x + self.plane.cols * self.cell

    @property
    def breadth(self) -> float:
        """What it takes from side to side, its name included; the small print of products may reach into the gap."""
        name = 0 if self.plane.space == "product" else LETTER * len(self.title)
        return max(self.right - self.x, name)

    @property
    def bottom(self) -> float:
        return self.y + self.plane.rows * self.cell

    @property
    def foot(self) -> float:
        """Where all that belongs to it ends: what has room above it, has its name below."""
        return self.bottom + (CAPTION if self.plane.clearance[0] or self.marks else 0)

    @property
    def middle_x(self) -> float:
        """Where the title is centred."""
        return (self.x + self.right) / 2

    @property
    def middle(self) -> float:
        return (self.y + self.bottom) / 2

    def corner(self, cell: int) -> tuple[float, float]:
        """The upper left corner of a cell."""
        row, col = divmod(cell, self.plane.cols)
        return self.x + col * self.cell, self.y + row * self.cell

    @property
    def above(self) -> int:
        """The height of what is written between it and its name, if there is anything."""
        return RULER if any(isinstance(mark, Ruler | MatrixLegend) for mark in self.marks) else 0

    @property
    def is_labelled(self) -> bool:
        """Whether its rows and columns have their numbers beside them."""
        return any(isinstance(mark, MatrixLegend) for mark in self.marks)


def for_files(marks: Marks) -> Marks:
    """Without what only the style sheet of a page can colour."""
    return tuple(mark for mark in marks if not isinstance(mark, Counts | Centres))
