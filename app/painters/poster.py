"""A picture as one SVG file: complete in itself, with no style, script, font, or anything from elsewhere."""

from collections.abc import Sequence
from html import escape

from app.equation.svg import HEIGHT, centred, svg_lines
from app.layout.layout import Layout
from app.layout.placed import CELL, MARGIN, Placed
from app.painters.marks import marks_svg
from app.painters.palette import Palette
from app.painters.svg import OUTLINE, drawing
from app.text.format import short
from app.views.frame import Frame, cells_of

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"


def paint(layout: Layout, frame: Frame, palette: Palette) -> bytes:
    """The planes in their places, the frame drawn on them, the equation under them."""
    planes, right, bottom = layout.planes, layout.width, layout.bottom
    parts = [draw(placed, layout, frame, palette) for placed in planes]
    if layout.has_links:
        parts.append(links(planes, frame, palette))
    parts.append(labels(planes, frame, palette))
    colours = {**palette, **{role: palette[space] for role, space in layout.spaces.items()}}
    lines = svg_lines(layout.equation, colours)
    formula = centred(lines, right / 2, bottom + 56, palette["ink"])
    foot = bottom + 56 + len(lines) * HEIGHT
    note = " · ".join(layout.notes)
    formula += text(right / 2, foot, note, palette["soft"], 14) if note else ""
    height = foot + (HEIGHT if note else 0) + MARGIN / 2
    size = f'viewBox="0 0 {right:g} {height:g}" width="{right:g}" height="{height:g}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONT}" role="img">'
        f"<title>{escape(layout.title)}</title>"
        f'<rect width="100%" height="100%" fill="{palette["paper"]}"/>{"".join(parts)}{formula}</svg>'
    ).encode()


def draw(placed: Placed, layout: Layout, frame: Frame, palette: Palette) -> str:
    plane = placed.plane
    shown = next((fill["shown"] for fill in frame["fills"] if fill["plane"] == plane.id and "shown" in fill), None)
    inner = drawing(
        plane,
        palette,
        shown=None if layout.is_complete or plane.is_picture else shown,
        window=cells_of(frame["outlines"], plane.id, but="winner"),
        winners=cells_of(frame["outlines"], plane.id, role="winner"),
        texts=layout.letters.get(plane.id),
    )
    scale = placed.cell / CELL
    inner += marks_svg(placed.marks, plane, palette, CELL / placed.cell)
    return f'<g transform="translate({placed.x:g} {placed.y:g}) scale({scale:g})">{inner}</g>{caption(placed, palette)}'


def caption(placed: Placed, palette: Palette) -> str:
    plane = placed.plane
    if not placed.title:
        return ""
    x, y = placed.middle_x, placed.y - placed.above
    colour = palette["soft" if plane.space == "product" else plane.space]
    top, right, bottom, left = plane.margin
    shape = f"{plane.rows - top - bottom} × {plane.cols - left - right}"
    if plane.clearance[0]:
        return text(x, placed.bottom + 24, placed.title, colour, 16, weight=650)
    if plane.space == "product":
        return text(x, placed.y - 12, placed.title, palette["soft"], 13)
    return text(x, y - 28, placed.title, colour, 16, weight=650) + text(x, y - 10, shape, palette["soft"], 13)


def text(x: float, y: float, what: str, colour: str, size: float, weight: int = 400, anchor: str = "middle") -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" fill="{colour}" font-size="{size:g}" font-weight="{weight}"'
        f' text-anchor="{anchor}">{escape(what)}</text>'
    )


def links(planes: Sequence[Placed], frame: Frame, palette: Palette) -> str:
    """Curves from the window to the products, and from there to the output."""
    by_id = {placed.plane.id: placed for placed in planes}
    curves, equation = [], frame["equation"]
    for link in frame["links"]:
        start, end = by_id.get(link["start"]), by_id.get(link["end"])
        if not start or not end or end.x < start.right:
            continue  # what lies under each other needs no curve
        if equation["kind"] != "sum":
            curves.append(to_stamp(start, end, frame, palette))
        elif link["role"] == "window":
            cells = cells_of(frame["outlines"], start.plane.id)
            (_, top), (left, low) = start.corner(cells[0]), start.corner(cells[-1])
            right = left + start.cell
            curves.append(curve(right, top, end.x, end.y, palette["tap"], 1.5))
            curves.append(curve(right, low + start.cell, end.x, end.bottom, palette["tap"], 1.5))
        else:
            _, y = end.corner(cells_of(frame["outlines"], end.plane.id)[0])
            curves.append(curve(start.right, start.middle, end.x, y + end.cell / 2, palette["output"], 2.5))
            curves.append(
                text(start.right + 30, start.middle - 14, REDUCED[equation["reduction"]], palette["output"], 20, 700)
            )
    return "".join(curves)


def to_stamp(start: Placed, end: Placed, frame: Frame, palette: Palette) -> str:
    """From the middle of what is outlined on one plane to the middle of what is outlined on the next."""
    colour = palette[OUTLINE[end.plane.space if start.plane.space == "product" else start.plane.space]]
    return curve(start.right, middle_of(start, frame), end.x, middle_of(end, frame), colour, 1.8)


def middle_of(placed: Placed, frame: Frame) -> float:
    cells = cells_of(frame["outlines"], placed.plane.id)
    if not cells:
        return placed.middle
    return (placed.corner(cells[0])[1] + placed.corner(cells[-1])[1] + placed.cell) / 2


REDUCED = {"sum": "Σ", "max": "max", "mean": "mean", "power": "‖·‖"}
"""What becomes of the products on their way to the output."""


def curve(x1: float, y1: float, x2: float, y2: float, colour: str, width: float) -> str:
    bend = max((x2 - x1) / 2, 10)
    path = f"M{x1:g} {y1:g}C{x1 + bend:g} {y1:g} {x2 - bend:g} {y2:g} {x2:g} {y2:g}"
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-opacity=".7"/>'


def labels(planes: Sequence[Placed], frame: Frame, palette: Palette) -> str:
    by_id = {placed.plane.id: placed for placed in planes}
    return "".join(
        text((part.x + part.right) / 2, part.bottom + 20, f"Σ = {short(label['value'])}", palette["product"], 15, 650)
        for label in frame["labels"]
        if (part := by_id.get(label["plane"]))
    )
