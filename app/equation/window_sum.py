"""The sum of a window as a tree: y[index] = its products = the sum. Where channels have sums, these are its terms."""

from dataclasses import replace
from itertools import chain

from app.equation.conventions import Conventions
from app.equation.facts import WindowSum
from app.equation.letters import letter
from app.equation.nodes import Count, Group, Name, Node, Number, Power, Product, Root, Row, Series, Sum
from app.equation.parts import element, listed, row, shortened
from app.text.page import NUMBERS, TERMS

TURNED = "∗"
"""Marks the y of a true convolution, where it is compared with the other."""
MOST_COMPARED = 4
"""Terms that are written out of each of two sums."""
LEAST_NAMED = 9
"""With less room than this, the channels' sums go without their names."""


def window_sum(facts: WindowSum, conventions: Conventions) -> Series:
    """The sum, and after it the one that it is compared with."""
    if "other" not in facts:
        return Series(equations(facts, conventions))
    narrow = replace(conventions, most=min(conventions.most, MOST_COMPARED))
    return Series((*equations(facts, narrow), *equations(facts["other"], narrow)))


def equations(facts: WindowSum, conventions: Conventions) -> tuple[Node, ...]:
    """What y is, and what the activation makes of it; of two that are compared, without room, only this."""
    mark, a, has_room = facts.get("mark"), facts["a"], conventions.most > 0
    left = element(conventions.result, facts["index"], conventions, mark=mark)
    if a is not None and mark is not None and not has_room:
        return (activated(left, a, conventions),)
    right = ledger(facts, conventions) if facts["sums"] else reduced(facts, conventions)
    y = row(left, "=", *((right, "=") if has_room else ()), Number(facts["y"], "output", result=True))
    return (y,) if a is None else (y, activated(Number(facts["y"], "output"), a, conventions))


def activated(y: Node, a: float, conventions: Conventions) -> Row:
    """relu(−3) = 0"""
    return row(Name(str(conventions.activation)), Group(y), "=", Number(a, "output", result=True))


def ledger(facts: WindowSum, conventions: Conventions) -> Node:
    """s[0] + s[1] + b = 2 − 3 + 1: the products of each channel stand on its plane."""
    is_named = conventions.most >= LEAST_NAMED
    sums = [Number(value, "product") for value in facts["sums"]]
    summed = Sum((*shortened(sums, conventions, "…" if is_named else TERMS), *bias(facts)))
    if not is_named:
        return summed
    first = facts["channel"] - facts["place"]
    names = [element("s", [first + place], conventions, "product") for place in range(len(sums))]
    return row(Sum((*shortened(names, conventions, TERMS), *(Name("b", "tap") for _ in bias(facts)))), "=", summed)


def bias(facts: WindowSum) -> list[Number]:
    return [] if facts["bias"] is None else [Number(facts["bias"], "tap")]


def reduced(facts: WindowSum, conventions: Conventions) -> Node:
    """What becomes of the products: their sum, their largest, their mean, or the root of their powers' sum."""
    terms, reduction, power = products(facts, conventions), facts["reduction"], facts["power"]
    if reduction == "max":
        return row(Name("max"), Group(listed(shortened(terms, conventions, NUMBERS))))
    total: Node = Sum((*shortened(terms, conventions, TERMS), *bias(facts)))
    if reduction == "mean":
        return row(Group(total), "/", Count(facts["divisor"] or 1))
    if facts["factor"]:
        total = row(facts["factor"], "/", Count(facts["divisor"] or 1), "·", Group(total))
    return total if power == 1 else Root(total, None if power == 2 else power)


def products(facts: WindowSum, conventions: Conventions) -> list[Node]:
    """The products in the kernel's reading order; where there are no weights, the numbers of the window.

    The letters of a turned kernel count from its end: each weight keeps its own.
    """
    pairs = list(chain.from_iterable(facts["rows"]))

    def term(value: float, weight: float | None, place: int) -> Node:
        x = Number(value, "input")
        if weight is None:
            return powered(x, facts["power"])
        named = letter(len(pairs) - 1 - place if facts.get("mark") == TURNED else place)
        return Product((x, Name(named, "tap") if conventions.letters else Number(weight, "tap")))

    return [term(value, weight, place) for place, (value, weight) in enumerate(pairs)]


def powered(x: Number, power: int) -> Node:
    """x², or (−3)²."""
    if power == 1:
        return x
    return Power(Group(x) if x.value < 0 else x, power)
