"""The facts of a step as a tree."""

from app.equation.column import column
from app.equation.conventions import Conventions
from app.equation.facts import Equation
from app.equation.nodes import Node
from app.equation.stamp import stamp
from app.equation.window_sum import window_sum


def equation_tree(facts: Equation, conventions: Conventions) -> Node:
    match facts["kind"]:
        case "sum":
            return window_sum(facts, conventions)
        case "stamp":
            return stamp(facts, conventions)
        case "column":
            return column(facts, conventions)
