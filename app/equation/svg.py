"""A tree as centred lines of coloured SVG text, for pictures that leave the page."""

from collections.abc import Mapping
from html import escape

from app.equation.nodes import Node
from app.equation.text import text

HEIGHT = 30
"""Units from one line to the next."""


def svg_lines(tree: Node, colours: Mapping[str, str]) -> list[str]:
    """Each line as spans of text, in the colours of their roles."""

    def paint(what: str, role: str, is_result: bool) -> str:
        if not role:
            return what
        return f'<tspan fill="{colours[role]}" font-weight="{700 if is_result else 400}">{escape(what)}</tspan>'

    return text(tree, paint).split("\n")


def centred(lines: list[str], x: float, y: float, colour: str) -> str:
    """The lines one under the other, centred on x."""
    return "".join(
        f'<text x="{x:g}" y="{y + i * HEIGHT:g}" fill="{colour}" font-size="18" text-anchor="middle">{line}</text>'
        for i, line in enumerate(lines)
    )
