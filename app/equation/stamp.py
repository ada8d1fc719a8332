"""A stamp as a tree: x[index] · w = its number · w = the stamp."""

from itertools import chain

from app.equation.conventions import Conventions
from app.equation.facts import Stamp
from app.equation.letters import letter
from app.equation.nodes import Group, Name, Node, Number, Product, Row, Sign
from app.equation.parts import Part, element, listed, row, shortened, tallied
from app.text.page import NUMBERS

NOWHERE = Sign("–")
"""For a place of the stamp that lies outside the result."""


def stamp(facts: Stamp, conventions: Conventions) -> Node:
    """What the number becomes, and after it the sums where that meets earlier stamps."""
    line = product(facts, conventions) if facts["weights"] else share(facts, conventions)
    return tallied(line, facts, conventions, adds=facts["adds"])


def number(facts: Stamp, conventions: Conventions) -> tuple[Node, Number]:
    """The number that is read: its name and its value."""
    return element(facts["grid"], facts["index"], conventions, "input"), Number(facts["y"], "input")


def product(facts: Stamp, conventions: Conventions) -> Row:
    """x[index] · w = 5 · w = (5, 0, −10, 15)"""
    (name, value), weights = number(facts, conventions), Name("w", "tap")
    stamped = shortened(products(facts, value, conventions), conventions, NUMBERS)
    return row(name, "·", weights, "=", *factors(facts, value), "·", weights, "=", Group(listed(stamped)))


def factors(facts: Stamp, value: Number) -> tuple[Part, ...]:
    """The number that is read; what came through an activation is that from above times the slope."""
    if not facts["gate"]:
        return (value,)
    upstream, slope = (Number(factor, "input") for factor in facts["gate"])
    return (upstream, "·", slope)


def products(facts: Stamp, value: Number, conventions: Conventions) -> list[Node]:
    """The stamp in reading order; where weights are letters, it says what is multiplied."""

    def entry(place: int, product: float | None) -> Node:
        if product is None:
            return NOWHERE
        return Product((value, Name(letter(place), "tap"))) if conventions.letters else Number(product, "product")

    return [entry(place, product) for place, product in enumerate(chain.from_iterable(facts["products"]))]


def share(facts: Stamp, conventions: Conventions) -> Row:
    """x[index] / 4 = 8 / 4 = 2, or x[index] = 8 → its place in y"""
    name, value = number(facts, conventions)
    read, divisor = factors(facts, value), facts["divisor"]
    if divisor is None:
        return row(name, "=", *read, "→", element(conventions.result, facts["target"] or [], conventions, "output"))
    part = next(p for p in facts["products"][0] if p is not None)
    return row(name, "/", divisor, "=", *read, "/", divisor, "=", Number(part, "product", result=True))
