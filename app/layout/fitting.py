"""Which of several ways to lay out sheets fills a box best: that with the largest cells for data and results."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise, product
from typing import NamedTuple

from app.layout.box import Box, Spot
from app.layout.sheet import Extent
from app.layout.tree import Column, Grid, Leaf, Row, Sizes, Tree

READABLE = (34.0, 26.0, 0.0)
"""Units of a cell that weights and products have where those of the data are smaller, if there is space for it."""
ENOUGH = 44.0
"""Units of a cell beyond which more is no gain."""
LEAST = 0.5
"""Units of the smallest cell."""
SMALL = 0.3
"""What the size of weights and products counts, besides that of data and results."""
STEPS = 9
"""Halvings in which the largest cell is found."""
CROWDED, SHRUNK = 11.0, (1.0, 1.25, 1.6)
"""Units of a cell below which words take too much of the box, and by how much all may then be drawn smaller."""
MOST = 4
"""Groups that are tried in all arrangements."""
APART, NEARLY = 8, 0.98
"""To how many units it is found how far apart planes may stand, and what their cells must keep of their size."""
LINES = 20
"""Units between rows of planes."""


class Group(NamedTuple):
    """Sheets that stand together."""

    extents: tuple[Extent, ...]
    is_grounded: bool = False
    is_paired: bool = False


class Fitted(NamedTuple):
    """Where every sheet stands, and how large the whole is."""

    spots: Mapping[int, Spot]
    """By the numbers of the sheets. One that is missing is not seen here."""
    width: float
    height: float
    cell: float
    """Of data and results."""


@lru_cache(512)
def fit_groups(groups: tuple[Group, ...], box: Box) -> Fitted:
    """Groups in reading order: all ways to break them into rows, or columns, are tried. Most have been before.

    Where words leave hardly any space for cells, they fit a larger box, and all of it is drawn smaller.
    """
    found: list[tuple[float, Fitted]] = []
    for by in SHRUNK:
        fitted = best(arrangements(groups), box._replace(width=by * box.width, height=by * box.height))
        found.append((fitted.cell / by, fitted))
        if fitted.cell >= CROWDED:
            break
    return max(found, key=lambda each: each[0])[1]


def filling(fit: Callable[[Box], Fitted], box: Box) -> Fitted:
    """The same cells as large, and as far apart as the box is wide."""
    fitted = fit(box)
    least, low, high = NEARLY * fitted.cell, box.gap, box.width / 2
    while high - low > APART:
        gap = (low + high) / 2
        wider = fit(box._replace(gap=gap))
        if wider.width <= box.width and wider.cell >= least:
            fitted, low = wider, gap
        else:
            high = gap
    return fitted


@lru_cache(512)
def fit_ends(groups: tuple[Group, ...], box: Box) -> Fitted:
    """The first and the last sheet side by side, data and result; what stands between them is not seen."""
    extents = [extent for group in groups for extent in group.extents]
    last = len(extents) - 1
    return best([Row((Leaf(0, extents[0]), Leaf(last, extents[last])))], box)


@lru_cache(512)
def fit_trees(trees: tuple[Tree, ...], box: Box) -> Fitted:
    return best(trees, box)


def best(trees: Iterable[Tree], box: Box) -> Fitted:
    """The tree whose cells can be largest; the first is the usual one. Most are out of the running after one look."""
    found: tuple[float, Tree, Sizes] | None = None
    habit = box.habit
    for tree in trees:
        for readable in READABLE:
            if found and not fits(tree, sizes_worth(found[0] - habit, readable, box), box):
                continue
            sizes = largest(tree, readable, box)
            if sizes and (not found or value(sizes) + habit > found[0]):
                found = value(sizes) + habit, tree, sizes
        habit = 0.0
    assert found is not None
    _, tree, sizes = found
    return Fitted(tree.place(0, 0, sizes), *tree.size(sizes), sizes.large)


def largest(tree: Tree, readable: float, box: Box) -> Sizes | None:
    """The largest cells with which a tree fits into its box; None where not even the smallest would."""
    low, high = LEAST, box.largest
    if readable and not fits(tree, sizes_of(low, readable, box), box):
        return None
    for _ in range(STEPS):
        cell = (low + high) / 2
        low, high = (cell, high) if fits(tree, sizes_of(cell, readable, box), box) else (low, cell)
    return sizes_of(low, readable, box)


def fits(tree: Tree, sizes: Sizes, box: Box) -> bool:
    width, height = tree.size(sizes)
    return width <= box.width and height <= box.height


def value(sizes: Sizes) -> float:
    return worth(sizes.large) + SMALL * worth(sizes.small)


def sizes_worth(least: float, readable: float, box: Box) -> Sizes:
    """The smallest cells that are worth as much."""
    low, high = LEAST, box.largest
    for _ in range(STEPS):
        cell = (low + high) / 2
        low, high = (low, cell) if value(sizes_of(cell, readable, box)) > least else (cell, high)
    return sizes_of(high, readable, box)


def sizes_of(cell: float, readable: float, box: Box) -> Sizes:
    return Sizes(cell, max(cell, min(readable, box.largest)), box.gap)


def worth(cell: float) -> float:
    return min(cell, ENOUGH) + 0.2 * max(cell - ENOUGH, 0)


def arrangements(groups: tuple[Group, ...]) -> Iterator[Tree]:
    """Each group as a row or as a column, and the groups in rows and columns of any length.

    The usual one comes first: columns side by side or, of single rows, lines under each other.
    """
    if len(groups) > MOST:
        yield from paired(groups)
        return
    is_flat = all(extent.rows == 1 for group in groups for extent in group.extents)
    many = [len(group.extents) > 1 and not group.is_grounded and not group.is_paired for group in groups]
    for is_column in product(*([True, False] if several else [True] for several in many)):
        parts = numbered(groups, is_column)
        for breaks in product([is_flat, not is_flat], repeat=len(parts) - 1):
            if any(
                cut and left.is_grounded and right.is_grounded
                for cut, (left, right) in zip(breaks, pairwise(groups), strict=True)
            ):
                continue
            lines = broken(parts, breaks)
            grounded = [any(groups[i].is_grounded for i in line) for line in lines_of(len(parts), breaks)]
            yield stacked([joined(Row(tuple(line), g), line) for line, g in zip(lines, grounded, strict=True)])
            if 1 < len(lines) < len(parts):
                yield Row(tuple(joined(Column(tuple(line)), line) for line in lines))
        if len(parts) == 3:  # data and result side by side, what stands between them under both
            yield stacked([Row((parts[0], parts[2])), parts[1]])


def paired(groups: tuple[Group, ...]) -> Iterator[Tree]:
    """The first, and beside or under it pairs of the others."""
    for is_row, is_column in product([True, False], repeat=2):
        first, *others = numbered(groups, [is_row, *[is_column] * (len(groups) - 1)])
        pairs = list(zip(others[::2], others[1::2], strict=False))
        yield Row((first, Grid(tuple(pairs)))) if is_row else stacked([first, *map(Row, pairs)])
        yield stacked([first, Row(tuple(map(Column, pairs)))])


def numbered(groups: tuple[Group, ...], is_column: Iterable[bool]) -> list[Tree]:
    parts: list[Tree] = []
    number = 0
    for group, stands in zip(groups, is_column, strict=True):
        leaves = tuple(Leaf(number + i, extent) for i, extent in enumerate(group.extents))
        number += len(leaves)
        if group.is_paired:
            parts.append(Grid(tuple(zip(leaves[::2], leaves[1::2], strict=True))))
        else:
            parts.append(
                leaves[0] if len(leaves) == 1 else Column(leaves) if stands else Row(leaves, group.is_grounded, 0.6)
            )
    return parts


def broken(parts: list[Tree], breaks: tuple[bool, ...]) -> list[list[Tree]]:
    return [[parts[i] for i in line] for line in lines_of(len(parts), breaks)]


def lines_of(count: int, breaks: tuple[bool, ...]) -> list[list[int]]:
    """The numbers 0 to count − 1, with a new line after each break."""
    lines: list[list[int]] = [[0]]
    for number, is_broken in enumerate(breaks, start=1):
        if is_broken:
            lines.append([number])
        else:
            lines[-1].append(number)
    return lines


def stacked(lines: list[Tree]) -> Tree:
    return lines[0] if len(lines) == 1 else Column(tuple(lines), is_centred=True, gap=LINES)


def joined(tree: Tree, line: list[Tree]) -> Tree:
    return line[0] if len(line) == 1 else tree
