"""A tree as MathML, coloured by the classes of its roles.

static/js/equation/mathml.js writes the same of what a step computed; formulas with letters are written here alone.
"""

from dataclasses import replace
from html import escape
from math import isnan
from typing import assert_never

from markupsafe import Markup

from app.equation import nodes
from app.equation.nodes import Atom, Element, Group, Node, Number
from app.text.format import MINUS, grouped, short

NEXT = '<mo>,</mo><mspace width="1em"/>'
"""Between an equation and the next one on its line."""


def mathml(node: Node) -> str:
    match node:
        case Number(value, role, result):
            result_class = " asked" if isnan(value) else " result"
            return number(short(value), role + result_class * result)
        case nodes.Count(value):
            return number(str(value).replace("-", MINUS), "")
        case nodes.Amount(value, role, result):
            return number(grouped(value), role + " result" * result)
        case nodes.Name(name, role):
            return grid_name(name, role)
        case nodes.Sign(sign):
            return f"<mo>{escape(sign)}</mo>"
        case nodes.Words(words):
            return f"<mtext>{escape(words)}</mtext>"
        case Element():
            return element(node)
        case nodes.Subscript(base, below):
            return f"<msub>{boxed(base)}{boxed(below)}</msub>"
        case nodes.Over(sign, below, above):
            limits, end = ("munderover", boxed(above)) if above else ("munder", "")
            return f"<{limits}>{mathml(sign)}{boxed(below)}{end}</{limits}>"
        case nodes.Stack(each):
            return f"<mtable>{''.join(f'<mtr><mtd>{mathml(line)}</mtd></mtr>' for line in each)}</mtable>"
        case nodes.Row(parts):
            return "".join(map(mathml, parts))
        case nodes.Sum(terms):
            return mathml(terms[0]) + "".join(map(added, terms[1:]))
        case nodes.Product(factors):
            return f"<mrow{classed('zero' * node.is_zero)}>{joined(factors, '<mo>·</mo>')}</mrow>"
        case Group(content):
            return f"<mrow><mo>(</mo>{mathml(content)}<mo>)</mo></mrow>"
        case nodes.Power(Element(grid, index, role, None), exponent):
            return f"<msubsup>{grid_name(grid, role)}<mrow>{mathml(index)}</mrow><mn>{exponent}</mn></msubsup>"
        case nodes.Power(base, exponent):
            return f"<msup>{boxed(base)}<mn>{exponent}</mn></msup>"
        case nodes.Transposed(content):
            return f'<msup>{mathml(content)}<mi mathvariant="normal">T</mi></msup>'
        case nodes.Fraction(top, bottom):
            return f"<mfrac>{boxed(top)}{boxed(bottom)}</mfrac>"
        case nodes.Root(content, None):
            return f"<msqrt>{mathml(content)}</msqrt>"
        case nodes.Root(content, degree):
            return f"<mroot>{boxed(content)}<mn>{degree}</mn></mroot>"
        case nodes.Labelled(label, content):
            return f"{mathml(label)}<mo>:</mo>{mathml(content)}"
        case nodes.Series(each):
            return joined(each, NEXT)
    assert_never(node)


def classed(names: str) -> str:
    return f' class="{names}"' if names else ""


def grid_name(name: str, role: str = "") -> str:
    """A letter with a bar over it is no single character, and has to be asked to slant."""
    bar = "bar" if name.endswith("\N{COMBINING MACRON}") else ""
    return f"<mi{classed(f'{role} {bar}'.strip())}>{escape(name)}</mi>"


def number(text: str, names: str) -> str:
    """Digits, and before them a minus sign that is no operator between two terms."""
    if text.startswith(MINUS):
        return f'<mrow{classed(names)}><mo form="prefix">{MINUS}</mo><mn>{text[1:]}</mn></mrow>'
    return f"<mn{classed(names)}>{text}</mn>"


def element(node: Element) -> str:
    index = f"{grid_name(node.grid, node.role)}<mrow>{mathml(node.index)}</mrow>"
    return f"<msub>{index}</msub>" if node.mark is None else f"<msubsup>{index}<mo>{node.mark}</mo></msubsup>"


def added(term: Node) -> str:
    """A further summand."""
    if isinstance(term, Number) and term.value < 0:
        return f"<mo>{MINUS}</mo>{mathml(replace(term, value=-term.value))}"
    return f"<mo>+</mo>{mathml(term)}"


def joined(nodes: tuple[Node, ...], sign: str) -> str:
    return sign.join(map(mathml, nodes))


def boxed(node: Node) -> str:
    """Markup of one element, as the parts of a fraction have to be."""
    markup = mathml(node)
    return markup if isinstance(node, Atom) else f"<mrow>{markup}</mrow>"


def math(node: Node, **attributes: str) -> Markup:
    """A whole formula, with what its element says of it."""
    written = "".join(f' {name.replace("_", "-")}="{escape(value)}"' for name, value in attributes.items() if value)
    return Markup(f"<math{written}><mrow>{mathml(node)}</mrow></math>")
