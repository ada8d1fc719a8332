"""A stamp as a tree: x[index] · w = its number times the kernel = the stamp."""

from app.equation.conventions import Conventions
from app.equation.facts import Stamp
from app.equation.letters import letter
from app.equation.nodes import BECOMES, EQUALS, TIMES, Count, Fraction, Lines, Name, Node, Number, Row
from app.equation.parts import element, matrix, tallied


def stamp(facts: Stamp, conventions: Conventions) -> Node:
    """What the number becomes, and under it the sums where that meets earlier stamps."""
    line = product(facts, conventions) if facts["weights"] else share(facts, conventions)
    if conventions.in_lines and conventions.is_complete:
        return Lines((line,))
    return tallied(line, facts, conventions, adds=facts["adds"])


def number(facts: Stamp, conventions: Conventions) -> tuple[Node, Node]:
    """The number that is read: its name and its value."""
    value = Number(facts["y"], "input", result=conventions.in_lines)
    return element(facts["grid"], facts["index"], conventions, "input"), value


def product(facts: Stamp, conventions: Conventions) -> Row:
    """x[index] · w = 5 · (the kernel) = (the stamp)"""
    name, value = number(facts, conventions)
    if conventions.in_lines:
        return Row((name, TIMES, Name("w"), EQUALS, value, TIMES, Name("w", "tap")))
    stamped = [[TIMES if p is None else Number(p, "product") for p in row] for row in facts["products"]]
    result = () if conventions.letters else (EQUALS, matrix(stamped))
    return Row((name, TIMES, Name("w", "tap"), EQUALS, value, TIMES, matrix(taps(facts, conventions)), *result))


def taps(facts: Stamp, conventions: Conventions) -> list[list[Node]]:
    weights = facts["weights"] or []
    if not conventions.letters:
        return [[Number(weight, "tap") for weight in row] for row in weights]
    return [[Name(letter(r * len(row) + c), "tap") for c in range(len(row))] for r, row in enumerate(weights)]


def share(facts: Stamp, conventions: Conventions) -> Row:
    """x[index] · 1/4 = 8 · 1/4 = 2, or x[index] = 8 → its place in y"""
    name, value = number(facts, conventions)
    if facts["divisor"] is None:
        return Row(
            (name, EQUALS, value, BECOMES, element(conventions.result, facts["target"] or [], conventions, "output"))
        )
    divisor = Count(facts["divisor"])
    if conventions.in_lines:
        return Row((Fraction(name, divisor), EQUALS, Fraction(value, divisor)))
    part = (TIMES, Fraction(Count(1), divisor), EQUALS)
    result = next(p for p in facts["products"][0] if p is not None)
    return Row((name, *part, value, *part, Number(result, "product", result=True)))
