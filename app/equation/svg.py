"""An equation as one centred line of coloured SVG text, for pictures that leave the page."""

from collections.abc import Mapping
from dataclasses import replace
from html import escape

from app.equation.conventions import Conventions
from app.equation.facts import Equation
from app.equation.maker import equation_tree
from app.equation.text import text

SIZE, SMALLEST = 18, 12
"""Of the letters, in units."""
LETTER = 0.6
"""How wide one is in a wide font, as a share of its size."""
ROOM = (9, 5, 2, 1, 0)
"""Terms that are written out, if with more of them the line were too long."""


def svg_line(
    facts: Equation,
    conventions: Conventions,
    colours: Mapping[str, str],
    *,
    x: float,
    y: float,
    width: float,
    is_pending: bool = False,
) -> str:
    """The line centred on x: smaller where it has to be, and with fewer terms where that is not enough.

    A result that is pending has its place, but is not seen."""

    def paint(what: str, role: str, is_result: bool) -> str:
        if not role:
            return what
        hidden = ' visibility="hidden"' if is_result and is_pending else ""
        return f'<tspan fill="{colours[role]}" font-weight="{700 if is_result else 400}"{hidden}>{escape(what)}</tspan>'

    for most in ROOM:
        tree = equation_tree(facts, replace(conventions, most=most))
        size = min(SIZE, width / (LETTER * len(text(tree))))
        if size >= SMALLEST:
            break
    place = f'x="{x:g}" y="{y:g}" fill="{colours["ink"]}" font-size="{size:.3g}" text-anchor="middle"'
    return f"<text {place}>{text(tree, paint)}</text>"
