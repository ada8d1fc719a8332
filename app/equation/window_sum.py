"""The sum of a window as a tree: y[index] = the products in the kernel's rows = the sum."""

from app.equation import nodes
from app.equation.conventions import Conventions
from app.equation.facts import WindowSum
from app.equation.letters import letter
from app.equation.nodes import EQUALS, Count, Fraction, Group, Lines, Name, Node, Number, Product, Row, Sign, Sum, Table
from app.equation.parts import element, shortened, shortened_rows

TURNED = "∗"
"""Marks the y of a true convolution, where it is compared with the other."""


def window_sum(facts: WindowSum, conventions: Conventions) -> Node:
    """The sum, and the one that it is compared with."""
    if "mark" not in facts:
        return lines(facts, conventions)
    each = (facts, facts["other"]) if "other" in facts else (facts,)
    return nodes.Compared(tuple(lines(compared, conventions) for compared in each))


def lines(facts: WindowSum, conventions: Conventions) -> Lines:
    """The products of one channel, the channels' sums under it, and what the activation makes of y."""
    left = element(conventions.result, facts["index"], conventions, mark=facts.get("mark"))
    y = Number(facts["y"], "output", result=True)
    bias = [] if facts["bias"] is None else [Number(facts["bias"], "tap")]
    products = reduced(facts, conventions)
    if facts["sums"]:
        channel = element("s", [facts["channel"]], conventions)
        own = Number(facts["sums"][facts["place"]], "product", result=True)
        sums = shortened([Number(value, "product") for value in facts["sums"]])
        written = [Row((channel, EQUALS, products, EQUALS, own)), Row((left, EQUALS, Sum((*sums, *bias)), EQUALS, y))]
    else:
        written = [Row((left, EQUALS, Sum((products, *bias)), EQUALS, y))]
    if facts["a"] is not None:
        argument = Number(facts["y"], "" if conventions.in_lines else "output")
        activated = Number(facts["a"], "output", result=True)
        call = (Name(str(conventions.activation)), Sign("("), argument, Sign(")"))
        written.append(Row((*call, EQUALS, activated)))
    return Lines(tuple(written))


def reduced(facts: WindowSum, conventions: Conventions) -> Node:
    """What becomes of the products: their sum, their largest, their mean, or the root of their powers' sum."""
    products, factor, divisor = table(facts, conventions), facts["factor"], Count(facts["divisor"] or 1)
    match facts["reduction"]:
        case "max":
            return Row((Name("max"), Group(products)))
        case "mean":
            return Fraction(products, divisor)
        case "power":
            scaled = (*((Fraction(Count(factor), divisor), nodes.TIMES) if factor else ()), Group(products))
            # In a line of text the root is written behind the sum, and so is what scales it.
            return nodes.Root(Row(scaled[::-1] if conventions.in_lines else scaled), facts["power"])
        case "sum":
            return products


def table(facts: WindowSum, conventions: Conventions) -> Table:
    """The products, laid out as the kernel is.

    The letters of a turned kernel count from its end: each weight keeps its own.
    """
    rows = facts["rows"]
    cols, places = len(rows[0]), sum(map(len, rows))

    def term(value: float, weight: float | None, place: int) -> Node:
        x = Number(value, "input")
        if weight is None:
            return x if facts["power"] == 1 else nodes.Power(x, facts["power"])
        named = letter(places - 1 - place if facts.get("mark") == TURNED else place)
        return Product((x, Name(named, "tap") if conventions.letters else Number(weight, "tap")))

    terms = [[term(x, w, r * cols + c) for c, (x, w) in enumerate(row)] for r, row in enumerate(rows)]
    return Table(shortened_rows(terms), "," if facts["reduction"] == "max" else "+")
