"""Several channels: the same place in every channel, then a sum. A row for each channel, of one filter at a time.

Of more channels than a box has room for, one is large, and the others are small beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any, Protocol

from app.layout.sheet import Sheet
from app.layout.tree import Column, Grid, Layers, Leaf, Row, Space, Tree
from app.views.view import ChannelColumn, ChannelRow, ChannelTable, Titled

MOST_ROWS = 4
"""Channels that stand under each other in a wide box."""
SUBTOTAL = 74
"""Units for the sum of a channel, beside its products."""


class Naming(Protocol):
    """Makes a sheet of what a view says."""

    def __call__(self, titled: Titled, /, **facts: Any) -> Sheet: ...


class Sheets:
    """The sheets of a drawing, numbered as they come."""

    def __init__(self, name: Naming) -> None:
        self.name = name
        self.all: list[Sheet] = []

    def leaf(self, titled: Titled, **facts: Any) -> Leaf:
        self.all.append(self.name(titled, **facts))
        return Leaf(len(self.all) - 1, self.all[-1].extent)


Part = Leaf | Layers | Space


@dataclass(frozen=True)
class Lane:
    """What stands in the row of a channel: no result of its own where the channels are added."""

    data: Leaf
    slices: Layers | Space | None
    products: Leaf
    result: Leaf | None
    is_active: bool

    @property
    def parts(self) -> tuple[Part, ...]:
        sums: tuple[Part, ...] = (self.result,) if self.result else (Space(SUBTOTAL),)
        return (self.data, *([self.slices] if self.slices else []), self.products, *sums)

    @property
    def bare_parts(self) -> tuple[Part, ...]:
        return tuple(part.bare for part in self.parts)

    @property
    def small(self) -> Leaf:
        bare = self.data.bare
        return replace(bare, extent=bare.extent._replace(size_class="tiny"))


def table_trees(table: ChannelTable, sheets: Sheets) -> tuple[list[Tree], list[Tree]]:
    """Ways to lay the table out in a wide box, and in a tall one."""
    if table.heads:
        return (crossing(table, sheets),) * 2
    lanes = [lane(row, table, sheets) for row in table.rows]
    if not table.columns:
        ways = [folded(lanes, columns) for columns in range(1, min(len(lanes), 4) + 1)]
        return ways, ways
    kinds = results(table.columns, sheets)
    ways = [
        Column(kinds),
        Row(kinds, share=0.7),
        *([Row((Column(kinds[:2]), *kinds[2:]), share=0.7)] if kinds[2:] else []),
    ]
    wide: list[Tree] = [
        Row((Grid(tuple(under(lanes))), way)) if len(lanes) <= MOST_ROWS else in_front(lanes, way, is_wide=True)
        for way in ways
    ]
    return wide, [in_front(lanes, way, is_wide=False) for way in ways]


def under(lanes: Sequence[Lane]) -> list[tuple[Tree, ...]]:
    """Rows under each other: titles stand over the first, and the channel beside each."""
    first, *others = lanes
    return [first.parts, *[each.bare_parts for each in others]]


def lane(row: ChannelRow, table: ChannelTable, sheets: Sheets) -> Lane:
    facts = {"channel": row.channel}
    filters = [each.filter for each in table.columns]
    slices = tuple(
        sheets.leaf(titled, filter=filter, **facts)
        for titled, filter in zip(row.slices, filters, strict=True)
        if titled
    )
    return Lane(
        data=sheets.leaf(row.data, side_title=row.data.title, is_whole=True, **facts),
        slices=Layers(slices) if slices else Space(0) if table.columns else None,
        products=sheets.leaf(row.products, **facts),
        result=sheets.leaf(row.result, is_whole=True, **facts) if row.result else None,
        is_active=row.is_active,
    )


def results(columns: Sequence[ChannelColumn], sheets: Sheets) -> tuple[Tree, ...]:
    """Bias, result and activation, each of one filter at a time; a result that is a picture is as large as its data."""
    kinds = zip(*([each.bias, each.result, each.activation] for each in columns), strict=True)
    filters = [each.filter for each in columns]
    return tuple(
        Layers(
            tuple(
                sheets.leaf(titled, filter=filter, size="large" if titled.plane.is_picture else "small")
                for titled, filter in zip(kind, filters, strict=True)
                if titled
            )
        )
        for kind in kinds
        if kind[0]
    )


def in_front(lanes: Sequence[Lane], results: Tree, *, is_wide: bool) -> Tree:
    """The channel that is read large, with its slice, its products and its sum; the others small."""
    front = next((each for each in lanes if each.is_active), lanes[0])
    others = tuple(each.small for each in lanes if each is not front)
    small = tuple(part for part in front.parts[1:] if not (is_wide and isinstance(part, Space)))
    if is_wide:
        return Row(
            (front.data, Column((Row(others, share=0.3), Row(small, share=0.5)), is_centred=True, gap=24), results)
        )
    beside = (Row(others, share=0.5),) if others else ()
    return Column((Row((front.data, results)), Row(small, share=0.6), *beside), is_centred=True, gap=18)


def folded(lanes: Sequence[Lane], columns: int) -> Tree:
    """Channels that do not mix, in so many columns."""
    length = ceil(len(lanes) / columns)
    parts = under(lanes)
    filled = [*parts, *[tuple(Space(0) for _ in parts[0])] * (length * columns - len(parts))]
    return Grid(tuple(tuple(part for row in filled[first::length] for part in row) for first in range(length)))


def crossing(table: ChannelTable, sheets: Sheets) -> list[Tree]:
    """Results where data, at the left, and weights, over the columns, cross."""
    heads = tuple(sheets.leaf(head) for head in table.heads)
    rows: list[tuple[Tree, ...]] = [(Space(0), *heads, Space(0))]
    for number, row in enumerate(table.rows):
        facts = {"channel": row.channel}
        data = sheets.leaf(row.data, side_title=row.data.title, title="", letter="", shape="", **facts)
        results = tuple(
            sheets.leaf(titled, title="", letter="", shape="") if titled else Space(0) for titled in row.slices
        )
        named = {} if number == 0 else {"title": ""}
        rows.append((data, *results, sheets.leaf(row.products, **facts, **named)))
    return [Grid(tuple(rows))]
