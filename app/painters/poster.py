"""A picture as one SVG file: complete in itself, with no style, script, font, or anything from elsewhere."""

from html import escape

from app.equation.svg import svg_line
from app.layout.layout import Layout
from app.painters.drawing import drawn, text
from app.painters.palette import Palette
from app.views.frame import Frame

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"
MARGIN = 40
"""Units around the whole."""
LINE = 30
"""Units from one line to the next."""


def paint(layout: Layout, frame: Frame, palette: Palette) -> bytes:
    """The drawing, and its equation under it."""
    width, bottom = max(layout.wide.width, 560) + 2 * MARGIN, layout.wide.height + MARGIN
    left = (width - layout.wide.width) / 2
    colours = {**palette, **{role: palette[space] for role, space in layout.spaces.items()}}
    place = {"x": width / 2, "y": bottom + 50, "width": width - 2 * MARGIN}
    formula = svg_line(frame["equation"], layout.conventions, colours, **place)
    foot = bottom + 50 + LINE
    note = " · ".join(layout.notes)
    formula += text(width / 2, foot, note, palette["soft"], 14, anchor="middle") if note else ""
    height = foot + (LINE if note else 0)
    size = f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONT}" role="img">'
        f"<title>{escape(layout.title)}</title>"
        f'<rect width="100%" height="100%" fill="{palette["paper"]}"/>'
        f'<g transform="translate({left:g} {MARGIN})">{drawn(layout, frame, palette)}</g>{formula}</svg>'
    ).encode()
