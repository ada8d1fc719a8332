"""A plane as SVG: its cells with their colours and numbers, and what a frame outlines on it.

Presentation attributes only, no style: our own policy forbids it. static/js/paint.js changes what is drawn here.
"""

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from math import isfinite, isnan
from typing import NamedTuple

import numpy as np

from app.layout.box import CELL
from app.painters.palette import PAGE, Palette
from app.painters.picture import data_url
from app.text.format import short
from app.views.plane import Plane

RIM = 3
"""Units around the cells, so that an outline is not cut off."""


def plane_svg(plane: Plane, *, label: str, width: int, window: Sequence[int] = ()) -> str:
    """A plane that stands alone on a page: its drawing, focusable and named."""
    size = f'viewBox="{-RIM} {-RIM} {plane.cols * CELL + 2 * RIM} {plane.rows * CELL + 2 * RIM}" width="{width}"'
    return f"<svg {plane_facts(plane, label)} {size}>{drawing(plane, PAGE, window=window, roles=True)}</svg>"


def plane_facts(plane: Plane, label: str) -> str:
    """What the page's scripts, and those who cannot see it, know of a plane."""
    role = "img" if plane.is_picture else "grid"
    top, right, bottom, left = plane.margin
    named = f' data-grid="{plane.grid}"' if plane.grid not in ("", plane.id[0]) else ""
    margin = f' data-margin="{top},{right},{bottom},{left}"' if any(plane.margin) else ""
    facts = f'data-rows="{plane.rows}" data-cols="{plane.cols}" data-scale="{plane.scale!r}"'
    kinds = (" data-turned" if plane.turned else "") + (" data-picture" if plane.is_picture else "")
    kinds += f' data-tones="{plane.tones}"' if plane.is_picture and plane.tones else ""
    return (
        f'class="plane {plane.space}" data-plane="{plane.id}"{named} {facts}{margin}{kinds}'
        f' role="{role}" tabindex="0" aria-label="{escape(label)}"'
    )


def drawing(
    plane: Plane,
    palette: Palette,
    *,
    shown: int | None = None,
    window: Sequence[int] = (),
    winners: Sequence[int] = (),
    texts: Sequence[str] | None = None,
    ahead: bool = False,
    roles: bool = False,
    glide: tuple[float, float] = (0, 0),
    turn: float = 0,
) -> str:
    """The plane's cells, the veil that dims what the window does not touch, and the outline of what it does, which may
    have some rows and columns to go, as the cells may have some degrees."""
    if plane.is_picture:
        cells = picture(plane, shown) + unread_bands(plane, palette)
    else:
        cells = numbers(plane, palette, shown, texts, roles, ahead=ahead)
    if turn:
        cells = f'<g transform="rotate({turn:g} {plane.cols * CELL / 2:g} {plane.rows * CELL / 2:g})">{cells}</g>'
    outlined = apart(overlay(plane, palette, window, glide), palette)
    return cells + margin_rim(plane, palette) + outlined + crowns(plane, palette, winners)


def apart(drawn: str, palette: Palette) -> str:
    """In a file, what many frames share stands on a line of its own, so that it is read once."""
    return drawn if palette is PAGE or not drawn else f"\n{drawn}\n"


def numbers(
    plane: Plane, palette: Palette, shown: int | None, texts: Sequence[str] | None, roles: bool, *, ahead: bool = False
) -> str:
    """Every cell as a rectangle with its number, in rows. Each row is moved as one: so that rows compress well.

    Files leave out what is not shown yet or, where it is shown `ahead`, its fill; on the page the style sheet does.
    In a file each row stands on a line of its own.
    """
    end = "" if palette is PAGE else "\n"
    row_role, cell_role = (' role="row"', ' role="gridcell"') if roles else ("", "")
    size = f'width="{plane.cols * CELL}" height="{plane.rows * CELL}"'
    inks = Inks(palette["negative"], palette["ink"], palette["soft"])
    cols, scale, has_margin = plane.cols, plane.scale, plane.has_margin
    parts = [
        f'<rect {size} fill="{palette["paper"]}"/>{unread_cells(plane, palette)}'
        f'<g class="cells" fill="{palette[plane.space]}" stroke="{palette["line"]}">{end}'
    ]
    for row, values in enumerate(plane.values.tolist()):
        parts.append(f'<g{row_role} transform="translate(0 {row * CELL})">')
        for col, value in enumerate(values):
            index = row * cols + col
            unseen = shown is not None and index >= shown
            if unseen and palette is not PAGE and not ahead:
                parts.append(empty_cell(col))
                continue
            text, shade, sign = face(value, scale)
            if unseen and ahead and palette is not PAGE:
                shade, sign, unseen = 0, "", False
            text = texts[index] if texts else text
            padding = has_margin and plane.is_margin(row, col)
            parts.append(cell(col, text, shade, sign, padding, unseen, inks, cell_role))
        parts.append(f"</g>{end}")
    return "".join([*parts, "</g>"])


@lru_cache(16_384)
def face(value: float, scale: float) -> tuple[str, float, str]:
    """What a cell says, how dark it is and how it shows its sign; where nothing lies in the window it says nothing."""
    sign = "" if not value < 0 else "hatched" if isfinite(value) else "coloured"
    return "" if isnan(value) else short(value), opacity(value, scale), sign


class Inks(NamedTuple):
    """The colours of what is written into a cell."""

    negative: str
    number: str
    soft: str


@lru_cache(16_384)
def cell(col: int, text: str, shade: float, sign: str, padding: bool, unseen: bool, inks: Inks, role: str) -> str:
    """One cell: its shade says how large the value is, hatching that it is negative. Most cells have been drawn before:
    there are few numbers, and few columns."""
    classes = [name for name, holds in (("margin", padding), ("unseen", unseen)) if holds]
    named = f' class="{" ".join(classes)}"' if classes else ""
    x = col * CELL
    hue = f' fill="{inks.negative}"' if sign else ""
    dashes = ' stroke-dasharray="3 3"' if padding else ""
    box = f'<rect x="{x}" width="{CELL}" height="{CELL}"{hue} fill-opacity="{shade}"{dashes}/>'
    hatching = hatch(inks.negative, x) if sign == "hatched" else ""
    return f"<g{role}{named}>{box}{hatching}{number(inks.soft if padding else inks.number, x, text)}</g>"


def empty_cell(col: int) -> str:
    return f'<g><rect x="{col * CELL}" width="{CELL}" height="{CELL}" fill-opacity="0"/></g>'


def opacity(value: float, scale: float) -> float:
    """Pale for small values, never so dark that the number on it would be hard to read."""
    return round(0.1 + 0.42 * min(abs(value) / scale, 1), 2) if value and isfinite(value) else 0


def hatch(colour: str, x: int) -> str:
    """Diagonal strokes, so that negative numbers are recognised without colour."""
    strokes = f"M{x} 20l20-20M{x} 40l40-40M{x + 20} 40l20-20"
    return f'<path class="hatch" d="{strokes}" stroke="{colour}" stroke-opacity=".35"/>'


FONT = (18, 18, 18, 16, 14, 12, 10, 8.5)
"""Units of the letters of a number of so many."""


def number(colour: str, x: int, text: str) -> str:
    return (
        f'<text x="{x + CELL // 2}" y="{CELL // 2 + 6}" fill="{colour}" stroke="none" text-anchor="middle"'
        f' font-size="{font_size(text)}">{escape(text)}</text>'
    )


def font_size(text: str) -> float:
    """Eighteen units, fewer for what would not fit into a cell."""
    return FONT[min(len(text), len(FONT) - 1)]


def picture(plane: Plane, shown: int | None) -> str:
    """A large plane as an image; what is not yet shown is clipped away."""
    size = f'width="{plane.cols * CELL}" height="{plane.rows * CELL}"'
    clip = "" if shown is None else f" clip-path=\"path('{shown_region(plane, shown)}')\""
    return (
        f'<rect {size} fill="none" stroke="currentColor" stroke-opacity=".25"/>'
        f'<image class="picture" {size} preserveAspectRatio="none" image-rendering="pixelated"'
        f' href="{data_url(plane)}"{clip}/>'
    )


def unread_cells(plane: Plane, palette: Palette) -> str:
    """Strokes the other way than those of negative numbers, under the numbers, which they leave readable."""
    if plane.unread is None or not plane.has_unread:
        return ""
    corners = ((col * CELL, row * CELL) for row, col in np.argwhere(plane.unread).tolist())
    strokes = "".join(f"M{x} {y + 20}l20 20M{x} {y}l40 40M{x + 20} {y}l20 20" for x, y in corners)
    return (
        f'<path class="unread" d="{strokes}" fill="none" stroke="{palette["soft"]}"'
        ' stroke-opacity=".2" stroke-width="4"/>'
    )


def unread_bands(plane: Plane, palette: Palette) -> str:
    """Over a picture, rows and columns that nothing reads are barred: there are too many cells to hatch each."""
    if plane.unread is None or not plane.has_unread:
        return ""
    rows, cols = (np.flatnonzero(plane.unread.all(axis=axis)).tolist() for axis in (1, 0))
    across = "".join(f"M0 {row * CELL + CELL // 2}h{plane.cols * CELL}" for row in rows)
    down = "".join(f"M{col * CELL + CELL // 2} 0v{plane.rows * CELL}" for col in cols)
    bars = f'stroke-opacity=".6" stroke-width="{CELL}" stroke-dasharray="{CELL // 2}"'
    return f'<path class="unread" d="{across}{down}" fill="none" stroke="{palette["soft"]}" {bars}/>'


def shown_region(plane: Plane, shown: int) -> str:
    """The first cells in reading order: whole rows, and the beginning of the next."""
    rows, cols = divmod(shown, plane.cols)
    width, height = plane.cols * CELL, rows * CELL
    return f"M0 0H{width}V{height}H{cols * CELL}V{height + (CELL if cols else 0)}H0Z"


def margin_rim(plane: Plane, palette: Palette) -> str:
    """The border between the data and its padding; a negative padding, which crops, has none."""
    top, right, bottom, left = (max(side, 0) for side in plane.margin)
    if not any((top, right, bottom, left)):
        return ""
    x, y = left * CELL, top * CELL
    width, height = (plane.cols - left - right) * CELL, (plane.rows - top - bottom) * CELL
    return (
        f'<rect class="rim" x="{x}" y="{y}" width="{width}" height="{height}" fill="none"'
        f' stroke="{palette[plane.space]}" stroke-width="2"/>'
    )


OUTLINE = {"input": "tap", "tap": "tap", "product": "product", "output": "output"}
"""The window on the input is outlined in the kernel's colour: it is where the kernel lies."""


def overlay(plane: Plane, palette: Palette, window: Sequence[int], glide: tuple[float, float] = (0, 0)) -> str:
    """A veil with holes where the window looks, and the outline around them."""
    if not window:
        return ""
    veil = palette["paper"] if plane.space == "input" else None
    return window_overlay((plane.rows, plane.cols), tuple(window), palette[OUTLINE[plane.space]], veil, glide)


@lru_cache(1024)
def window_overlay(
    shape: tuple[int, int], window: tuple[int, ...], colour: str, paper: str | None, glide: tuple[float, float]
) -> str:
    """The outline, and where there is paper, the veil. A window has few places, and most have been drawn before."""
    rows, cols = zip(*(divmod(cell, shape[1]) for cell in window), strict=True)
    box = (
        f'<rect x="{min(cols) * CELL}" y="{min(rows) * CELL}" width="{(max(cols) - min(cols) + 1) * CELL}"'
        f' height="{(max(rows) - min(rows) + 1) * CELL}" rx="3" fill="none" stroke="{colour}" stroke-width="4"/>'
    )
    taps = "".join(f"M{col * CELL} {row * CELL}h{CELL}v{CELL}h-{CELL}z" for row, col in zip(rows, cols, strict=True))
    plane = f"M0 0H{shape[1] * CELL}V{shape[0] * CELL}H0Z"
    veil = f'<path class="veil" d="{plane}{taps}" fill="{paper}" fill-opacity=".3" fill-rule="evenodd"/>'
    rims = f'<path class="taps" d="{taps}" fill="none" stroke="{colour}" stroke-width="2"/>'
    outline = (rims if is_dilated(rows, cols) else "") + box
    if any(glide):
        outline = f'<g transform="translate({glide[1] * CELL:g} {glide[0] * CELL:g})">{outline}</g>'
    return f'<g class="overlay">{veil if paper else ""}{outline}</g>'


def crowns(plane: Plane, palette: Palette, winners: Sequence[int]) -> str:
    """A ring around each cell that won its window."""
    return "".join(
        f'<rect class="crown" x="{cell % plane.cols * CELL + 3}" y="{cell // plane.cols * CELL + 3}" width="{CELL - 6}"'
        f' height="{CELL - 6}" rx="17" fill="none" stroke="{palette["output"]}" stroke-width="4"/>'
        for cell in winners
    )


def is_dilated(rows: Sequence[int], cols: Sequence[int]) -> bool:
    """Whether a window skips cells between its taps, which lie in these rows and columns."""
    return len(rows) < (max(rows) - min(rows) + 1) * (max(cols) - min(cols) + 1)
