"""A tree as a line of text, each part painted as its role and its weight ask; plain, where nobody paints."""

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from app.equation import nodes
from app.equation.nodes import Atom, Element, Group, Node, Number
from app.text.format import MINUS, grouped, short

Paint = Callable[[str, str, bool], str]
"""A text, its role, and whether it is a result."""

NEXT = ",\N{EM SPACE}"
"""Between an equation and the next one on its line: spaces that no writer of markup collapses."""


def plain(text: str, role: str, is_result: bool) -> str:
    return text


def text(node: Node, paint: Paint = plain) -> str:
    def joined(nodes: tuple[Node, ...], sign: str = "") -> str:
        return sign.join(text(each, paint) for each in nodes)

    def added(term: Node) -> str:
        if isinstance(term, Number) and term.value < 0:
            return f" {MINUS} " + text(replace(term, value=-term.value), paint)
        return " + " + text(term, paint)

    match node:
        case Number(value, role, result):
            return paint(short(value), role, result)
        case nodes.Count(value):
            return str(value)
        case nodes.Amount(value, role, result):
            return paint(grouped(value), role, result)
        case nodes.Name(name, role):
            return paint(name, role, False)
        case nodes.Sign(sign):
            return f" {sign} " if sign in "+=→·+−∗⋆≤<≈" else sign + " " * (sign == ",")
        case nodes.Words(words):
            return words
        case nodes.Subscript(base, below):
            return f"{text(base, paint)}_{text(enclosed(below), paint)}"
        case nodes.Over(sign, below, above):
            limit = f", …, {text(above, paint)}" if above else ""
            return f"{text(sign, paint)}[{text(below, paint)}{limit}] "
        case nodes.Stack(each):
            return joined(each, ", ")
        case Element(grid, index, _, mark):
            return f"{grid}{mark or ''}[{text(index, paint)}]"
        case nodes.Row(parts):
            return joined(parts)
        case nodes.Sum(terms):
            return text(terms[0], paint) + "".join(map(added, terms[1:]))
        case nodes.Product(factors):
            return joined(factors, "·")
        case Group(content):
            return f"({text(content, paint)})"
        case nodes.Power(base, exponent):
            return f"{text(base, paint)}^{exponent}"
        case nodes.Transposed(content):
            return f"{text(content, paint)}ᵀ"
        case nodes.Fraction(nodes.Count(top), nodes.Count(bottom)):
            return f"{top}/{bottom}"
        case nodes.Fraction(top, bottom):
            return f"{text(enclosed(top), paint)} / {text(enclosed(bottom), paint)}"
        case nodes.Root(content, degree):
            root = text(content, paint)
            return f"({root})^(1/{degree})" if degree else f"√({root})"
        case nodes.Labelled(label, content):
            return f"{text(label, paint)}: {text(content, paint)}"
        case nodes.Series(each):
            return joined(each, NEXT)
    assert_never(node)


def enclosed(node: Node) -> Node:
    return node if isinstance(node, Atom) else Group(node)
