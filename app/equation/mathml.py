"""A tree as MathML, coloured by the classes of its roles. static/js/equation/mathml.js writes the same."""

from dataclasses import replace
from html import escape
from math import isnan
from typing import assert_never

from app.equation import nodes
from app.equation.nodes import DOTS, Atom, Element, Group, Node, Number
from app.text.format import MINUS, short

COMMA = "<mo>,</mo>"


def mathml(node: Node) -> str:
    match node:
        case Number(value, role, result):
            result_class = " asked" if isnan(value) else " result"
            return number(short(value), role + result_class * result)
        case nodes.Count(value):
            return f"<mn>{value}</mn>"
        case nodes.Name(name, role):
            return grid_name(name, role)
        case nodes.Sign(sign):
            return f"<mo>{escape(sign)}</mo>"
        case Element():
            return element(node)
        case nodes.Row(parts):
            return "".join(map(mathml, parts))
        case nodes.Sum(terms):
            return mathml(terms[0]) + "".join(map(added, terms[1:]))
        case nodes.Product(factors):
            return f"<mrow{classed('zero' * node.is_zero)}>{joined(factors, '<mo>·</mo>')}</mrow>"
        case nodes.Table(rows, sign):
            return table(rows, sign)
        case nodes.Matrix(rows):
            lines = "".join(f"<mtr>{''.join(f'<mtd>{mathml(cell)}</mtd>' for cell in row)}</mtr>" for row in rows)
            return parenthesised(f'<mtable class="matrix cols-{width(rows)}">{lines}</mtable>')
        case Group(content):
            return parenthesised(mathml(content))
        case nodes.Power(base, exponent):
            return f"<msup>{boxed(base)}<mn>{exponent}</mn></msup>"
        case nodes.Transposed(content):
            return f'<msup>{mathml(content)}<mi mathvariant="normal">T</mi></msup>'
        case nodes.Fraction(top, bottom):
            return f"<mfrac>{boxed(top)}{boxed(bottom)}</mfrac>"
        case nodes.Root(content, degree, factor):
            scale = f"{mathml(factor)}<mo>·</mo>" if factor else ""
            return f"<mroot><mrow>{scale}<mo>(</mo>{mathml(content)}<mo>)</mo></mrow><mn>{degree}</mn></mroot>"
        case nodes.Labelled(label, content):
            return f"{mathml(label)}<mo>:</mo>{mathml(content)}"
        case nodes.Lines(lines):
            return "".join(map(block, lines))
        case nodes.Tallied(line, tallies, more):
            written = "".join(f"<math><mrow>{mathml(tally)}</mrow></math>" for tally in tallies)
            return f'{block(line)}<div class="tallies">{written}{"<span>…</span>" * more}</div>'
        case nodes.Compared(each):
            return "".join(f"<div>{mathml(lines)}</div>" for lines in each)
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


def table(rows: tuple[tuple[Node, ...], ...], sign: str) -> str:
    """A line begins with its plus; a comma ends the line before."""
    start, end = ("", COMMA) if sign == "," else (f'<mo form="infix">{sign}</mo>', "")
    lines = f"{end}</mtd></mtr><mtr><mtd>{start}".join(joined(row, f"<mo>{sign}</mo>") for row in rows)
    return f'<mtable class="cols-{width(rows)}"><mtr><mtd>{lines}</mtd></mtr></mtable>'


def width(rows: tuple[tuple[Node, ...], ...]) -> int:
    """How many columns are written out."""
    return sum(cell != DOTS for cell in rows[0])


def joined(nodes: tuple[Node, ...], sign: str) -> str:
    return sign.join(map(mathml, nodes))


def parenthesised(markup: str) -> str:
    return f"<mrow><mo>(</mo>{markup}<mo>)</mo></mrow>"


def boxed(node: Node) -> str:
    """Markup of one element, as the parts of a fraction have to be."""
    markup = mathml(node)
    return markup if isinstance(node, Atom) else f"<mrow>{markup}</mrow>"


def block(line: Node) -> str:
    return f'<math display="block"><mrow>{mathml(line)}</mrow></math>'
