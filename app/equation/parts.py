"""Parts that all equations share: an element of a grid, what is too long to write out, and tallies."""

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
    Matrix,
    Node,
    Number,
    Row,
    Sign,
    Sum,
    Tallied,
)

MOST = 7
"""Larger kernels are written with dots after this many rows and columns."""
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


def shortened(parts: Sequence[Node], most: int = MOST) -> tuple[Node, ...]:
    """The first of them, and dots for the others."""
    return (*parts[:most], DOTS) if len(parts) > most else tuple(parts)


def shortened_rows(rows: Sequence[Sequence[Node]]) -> tuple[tuple[Node, ...], ...]:
    shown = tuple(shortened(row) for row in rows[:MOST])
    return (*shown, (DOTS,)) if len(rows) > MOST else shown


def matrix(rows: Sequence[Sequence[Node]]) -> Matrix:
    return Matrix(shortened_rows(rows))


def tallied(line: Node, facts: Stamp | Column, conventions: Conventions, *, adds: bool = True) -> Tallied:
    """The line, and under it what each overlap adds up to."""
    tallies = tuple(tally(each, conventions, adds) for each in facts["tallies"])
    return Tallied(line, tallies, facts["overlaps"] > len(tallies))


def tally(facts: Tally, conventions: Conventions, adds: bool) -> Labelled:
    """y[index]: 2 + 3 = 5, or what is replaced by what."""
    before, after = Number(facts["before"], "output"), Number(facts["after"], "output", result=True)
    sides = (Sum((before, Number(facts["added"], "product"))), EQUALS) if adds else (before, BECOMES)
    return Labelled(element(conventions.result, facts["index"], conventions, "output"), Row((*sides, after)))
