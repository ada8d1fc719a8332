"""A column of a matrix as a tree: y[:, l] = its numbers."""

from app.equation.conventions import Conventions
from app.equation.facts import Column
from app.equation.nodes import EQUALS, Count, Element, Group, Node, Number, Row, Sign, Transposed
from app.equation.parts import listed, shortened, tallied
from app.text.page import NUMBERS


def column(facts: Column, conventions: Conventions) -> Node:
    """A column that is copied from its windows, or one that is added to them: then with the sums that it meets."""
    role = "output" if facts["grid"] == "y" else "input"
    index = listed([Sign(":"), Count(facts["index"][0] + conventions.first_index)])
    numbers = shortened([Number(value, role) for value in facts["numbers"]], conventions, NUMBERS)
    line = Row((Element(facts["grid"], index, role), EQUALS, Transposed(Group(listed(numbers)))))
    return tallied(line, facts, conventions)
