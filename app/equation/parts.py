"""Parts that all equations share: an element of a grid, the first of many, and tallies."""

from collections.abc import Sequence

from app.equation.conventions import Conventions
from app.equation.facts import Column, Stamp, Tally
from app.equation.nodes import (
    BECOMES,
    COMMA,
    DOTS,
    EQUALS,
    Count,
    Element,
    Labelled,
    Node,
    Number,
    Row,
    Series,
    Sign,
    Sum,
    Words,
)

FEW = 3
"""How many are written, at most, of what is too long to write out."""
Part = Node | str | int
"""What a row is written with: a sign is a text, a whole number itself."""


def element(
    grid: str, index: Sequence[int], conventions: Conventions, role: str = "", mark: str | None = None
) -> Element:
    return Element(grid, listed([Count(i + conventions.first_index) for i in index]), role, mark)


def row(*parts: Part) -> Row:
    """Parts from left to right."""
    return Row(tuple(Sign(p) if isinstance(p, str) else Count(p) if isinstance(p, int) else p for p in parts))


def listed(items: Sequence[Node]) -> Row:
    """Items with commas between them."""
    return Row(tuple(part for item in items for part in (COMMA, item))[1:])


def shortened(parts: Sequence[Node], conventions: Conventions, said: str) -> tuple[Node, ...]:
    """All of them where there is room, or the first few and how many there are."""
    if len(parts) <= max(conventions.most, 1):
        return tuple(parts)
    return (*parts[: min(conventions.most, FEW)], Words(said.format(count=len(parts))))


def tallied(line: Node, facts: Stamp | Column, conventions: Conventions, *, adds: bool = True) -> Series:
    """The line, and after it what the first overlaps add up to."""
    shown = facts["tallies"][: conventions.most // 3]
    more = [DOTS] if 0 < len(shown) < facts["overlaps"] else []
    return Series((line, *(tally(each, conventions, adds) for each in shown), *more))


def tally(facts: Tally, conventions: Conventions, adds: bool) -> Labelled:
    """y[index]: 2 + 3 = 5, or what is replaced by what."""
    before, after = Number(facts["before"], "output"), Number(facts["after"], "output", result=True)
    sides = (Sum((before, Number(facts["added"], "product"))), EQUALS) if adds else (before, BECOMES)
    return Labelled(element(conventions.result, facts["index"], conventions, "output"), Row((*sides, after)))
