"""Sheets in rows, columns and tables: what they take, and where each of them then lies."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from app.layout.box import Spot
from app.layout.sheet import Extent
from kernels.cached import cached_property

STACK = 12
"""Units between planes under each other."""
ROWS = 7
"""Units between the rows of a table."""
TINY = 0.45
"""What is not read now, as a share of what is."""


@dataclass(frozen=True)
class Sizes:
    """What has been decided: the cells of data and results, those of everything else, and the gap."""

    large: float
    small: float
    gap: float

    def cell(self, extent: Extent) -> float:
        return {"large": self.large, "small": self.small, "tiny": TINY * self.large}[extent.size_class]


@dataclass(frozen=True)
class Leaf:
    """A sheet, by its number, with its words or without them."""

    number: int
    extent: Extent
    is_titled: bool = True

    @property
    def bare(self) -> "Leaf":
        return Leaf(self.number, self.extent._replace(title=0, shape=0), is_titled=False)

    def size(self, sizes: Sizes) -> tuple[float, float]:
        return self.extent.size(sizes.cell(self.extent))

    def place(self, x: float, y: float, sizes: Sizes) -> dict[int, Spot]:
        cell = sizes.cell(self.extent)
        top, left = self.extent.clear
        x, y = x + self.extent.left + left * cell, y + self.extent.caption + top * cell
        return {self.number: Spot(x, y, cell, self.is_titled)}


@dataclass(frozen=True)
class Layers:
    """Sheets in one and the same place, of which one is seen at a time."""

    leaves: tuple[Leaf, ...]

    @property
    def bare(self) -> "Layers":
        return Layers(tuple(leaf.bare for leaf in self.leaves))

    def size(self, sizes: Sizes) -> tuple[float, float]:
        return self.leaves[0].size(sizes)

    def place(self, x: float, y: float, sizes: Sizes) -> dict[int, Spot]:
        return {number: spot for leaf in self.leaves for number, spot in leaf.place(x, y, sizes).items()}


@dataclass(frozen=True)
class Space:
    """Room for what is written there."""

    width: float
    height: float = 0.0

    @property
    def bare(self) -> "Space":
        return self

    def size(self, _: Sizes) -> tuple[float, float]:
        return self.width, self.height

    def place(self, _x: float, _y: float, _: Sizes) -> dict[int, Spot]:
        return {}


@dataclass(frozen=True)
class Row:
    """Side by side, the middles of their cells on one line, or all on one ground."""

    parts: tuple["Tree", ...]
    is_grounded: bool = False
    share: float = 1.0
    """Of the gap."""

    def size(self, sizes: Sizes) -> tuple[float, float]:
        gaps = sizes.gap * self.share * (len(self.parts) - 1)
        return sum(part.size(sizes)[0] for part in self.parts) + gaps, self.line(sizes)[1]

    def line(self, sizes: Sizes) -> tuple[float, float]:
        """How far below the top the common line lies, and the height of all."""
        if self.is_grounded:
            height = max(part.size(sizes)[1] for part in self.parts)
            return height, height
        return middle(self.parts, sizes)

    def place(self, x: float, y: float, sizes: Sizes) -> dict[int, Spot]:
        spots: dict[int, Spot] = {}
        line, _ = self.line(sizes)
        for part in self.parts:
            width, height = part.size(sizes)
            spots |= part.place(x, y + line - (height if self.is_grounded else above(part, sizes)), sizes)
            x += width + sizes.gap * self.share
        return spots


@dataclass(frozen=True)
class Column:
    """One under the other: beginning at the same line, or in the middle."""

    parts: tuple["Tree", ...]
    is_centred: bool = False
    gap: float = STACK

    def size(self, sizes: Sizes) -> tuple[float, float]:
        each = [part.size(sizes) for part in self.parts]
        left = max(overhang(part) for part in self.parts)
        width = max(
            width + (0 if self.is_centred else left - overhang(part))
            for part, (width, _) in zip(self.parts, each, strict=True)
        )
        return width, sum(height for _, height in each) + self.gap * (len(each) - 1)

    def place(self, x: float, y: float, sizes: Sizes) -> dict[int, Spot]:
        spots: dict[int, Spot] = {}
        whole, _ = self.size(sizes)
        left = max(overhang(part) for part in self.parts)
        for part in self.parts:
            width, height = part.size(sizes)
            spots |= part.place(x + ((whole - width) / 2 if self.is_centred else left - overhang(part)), y, sizes)
            y += height + self.gap
        return spots


@dataclass(frozen=True)
class Grid:
    """Rows whose parts also stand under each other, each column from one line on."""

    rows: tuple[tuple["Tree", ...], ...]
    share: float = 0.5
    """Of the gap, between columns."""

    @cached_property
    def columns(self) -> Sequence[Sequence["Tree"]]:
        return list(zip(*self.rows, strict=True))

    def sides(self, sizes: Sizes) -> tuple[list[float], list[float]]:
        widths = [max(part.size(sizes)[0] for part in column) for column in self.columns]
        return widths, [middle(row, sizes)[1] for row in self.rows]

    def size(self, sizes: Sizes) -> tuple[float, float]:
        widths, heights = self.sides(sizes)
        return sum(widths) + sizes.gap * self.share * (len(widths) - 1), sum(heights) + ROWS * (len(heights) - 1)

    def place(self, x: float, y: float, sizes: Sizes) -> dict[int, Spot]:
        widths, heights = self.sides(sizes)
        lefts = list(accumulate(widths, lambda at, width: at + width + sizes.gap * self.share, initial=x))
        tops = list(accumulate(heights, lambda at, height: at + height + ROWS, initial=y))
        spots: dict[int, Spot] = {}
        for row, top in zip(self.rows, tops, strict=False):
            line, _ = middle(row, sizes)
            for part, left in zip(row, lefts, strict=False):
                spots |= part.place(left, top + line - above(part, sizes), sizes)
        return spots


Tree = Leaf | Layers | Space | Row | Column | Grid


def head(part: Tree) -> float:
    """What is written over the cells."""
    leaf = part.leaves[0] if isinstance(part, Layers) else part
    return leaf.extent.caption if isinstance(leaf, Leaf) else 0.0


def above(part: Tree, sizes: Sizes) -> float:
    """From the top to the middle of the cells."""
    return (part.size(sizes)[1] + head(part)) / 2


def middle(parts: Sequence[Tree], sizes: Sizes) -> tuple[float, float]:
    """How far below the top the common middle of these parts lies, and the height of all."""
    tops = [above(part, sizes) for part in parts]
    return max(tops), max(tops) + max(part.size(sizes)[1] - top for part, top in zip(parts, tops, strict=True))


def overhang(part: Tree) -> float:
    """What is written to the left of the first cells."""
    return part.extent.left if isinstance(part, Leaf) else 0.0
