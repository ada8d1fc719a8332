"""A column of a matrix as a tree: y[:, l] = vec(its windows) = its numbers, or the way back."""

from app.equation.conventions import Conventions
from app.equation.facts import Column
from app.equation.nodes import BECOMES, EQUALS, Count, Element, Group, Lines, Name, Node, Number, Row, Sign, Transposed
from app.equation.parts import listed, matrix, shortened, tallied

MOST_WINDOWS, MOST_NUMBERS = 3, 9
"""Windows of one column, and numbers of it, that are written out."""


def column(facts: Column, conventions: Conventions) -> Node:
    """A column that is copied from its windows, or one that is added to them: then with the sums that it meets."""
    is_copy = facts["grid"] == "y"
    role, other = ("output", "input") if is_copy else ("input", "product")
    name = Element(facts["grid"], listed([Sign(":"), Count(facts["index"][0] + conventions.first_index)]), role)
    shown = [Number(value, role, result=conventions.in_lines) for value in facts["numbers"]]
    numbers = Transposed(Group(listed(shortened(shown, MOST_NUMBERS))))
    if conventions.in_lines:
        sides: tuple[Node, ...] = (numbers,)
    elif is_copy:
        sides = (Name("vec"), windows(facts, other), EQUALS, numbers)
    else:
        sides = (numbers, BECOMES, windows(facts, other))
    line = Row((name, EQUALS, *sides))
    return Lines((line,)) if is_copy else tallied(line, facts, conventions)


def windows(facts: Column, role: str) -> Node:
    """One matrix for each channel."""
    planes, rows, cols = facts["shape"]
    numbers = [Number(value, role) for value in facts["numbers"]]
    lines = [numbers[first : first + cols] for first in range(0, len(numbers), cols)]
    each = [matrix(lines[plane * rows : (plane + 1) * rows]) for plane in range(planes)]
    return each[0] if planes == 1 else Group(listed(shortened(each, MOST_WINDOWS)))
