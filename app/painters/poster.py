"""A picture as one SVG file: complete in itself, with no style, script, font, or anything from elsewhere."""

from html import escape
from typing import NamedTuple

from app.equation.svg import svg_line
from app.layout.layout import Layout
from app.painters.drawing import drawn, text
from app.painters.motion import STILL, Motion
from app.painters.palette import Palette
from app.views.frame import Frame

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"
MARGIN = 40
"""Units around the whole."""
LINE = 30
"""Units from one line to the next."""
ASPECTS = {"auto": None, "16x9": 16 / 9, "4x3": 4 / 3}


class Sheet(NamedTuple):
    """What a picture is drawn on."""

    width: float | None = None
    """Of the whole, in pixels; None for a pixel a unit."""
    aspect: float | None = None
    """Width by height; None for as much as the drawing takes."""
    is_clear: bool = False
    """Whether it is no paper, but whatever lies behind."""


PLAIN = Sheet()


def paint(layout: Layout, frame: Frame, palette: Palette, sheet: Sheet = PLAIN, motion: Motion = STILL) -> bytes:
    """The drawing, and its equation under it."""
    width, bottom = max(layout.wide.width, 560) + 2 * MARGIN, layout.wide.height + MARGIN
    left = (width - layout.wide.width) / 2
    colours = {**palette, **{role: palette[space] for role, space in layout.spaces.items()}}
    place = {"x": width / 2, "y": bottom + 50, "width": width - 2 * MARGIN}
    formula = svg_line(frame["equation"], layout.conventions, colours, is_pending=motion.is_pending, **place)
    foot = bottom + 50 + LINE
    note = " · ".join(layout.notes)
    formula += text(width / 2, foot, note, palette["soft"], 14, anchor="middle") if note else ""
    inner = f'<g transform="translate({left:g} {MARGIN})">{drawn(layout, frame, palette, motion)}</g>{formula}'
    return file(inner, (width, foot + (LINE if note else 0)), layout.title, palette, sheet)


def file(inner: str, size: tuple[float, float], title: str, palette: Palette, sheet: Sheet) -> bytes:
    """The file around a drawing, which stands in the middle where the sheet has another shape."""
    width, height = size
    if sheet.aspect:
        width, height = max(width, height * sheet.aspect), max(height, width / sheet.aspect)
    left, top = (size[0] - width) / 2, (size[1] - height) / 2
    scale = sheet.width / width if sheet.width else 1
    box = f'viewBox="{left:g} {top:g} {width:g} {height:g}" width="{width * scale:g}" height="{height * scale:g}"'
    ground = f'x="{left:g}" y="{top:g}" width="100%" height="100%" fill="{palette["paper"]}"'
    paper = "" if sheet.is_clear else f"<rect {ground}/>"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} font-family="{FONT}" role="img">'
        f"<title>{escape(title)}</title>{paper}{inner}</svg>"
    ).encode()
