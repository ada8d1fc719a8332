"""Marks as SVG: for the page, and for files with a palette of their own.

`unit` is a pixel of the page: letters and ticks have their size whatever the size of the cells.
"""

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from itertools import starmap

from app.equation.letters import letter
from app.layout.box import CELL
from app.painters.palette import Palette
from app.painters.picture import data_url
from app.painters.svg import RIM
from app.views.marks import (
    Blocks,
    Centres,
    Corners,
    Counts,
    CutOff,
    Dots,
    Edge,
    Edges,
    Mark,
    MatrixLegend,
    OutputPadding,
    Ruler,
    Sign,
    TapSamples,
)
from app.views.plane import Plane
from app.views.words import columns as column_words
from app.views.words import scatter as words

LEGEND, LETTERS = 12, 13
"""Pixels of the letters beside a matrix, and beside a result."""
CROWDED, FEW = 22, 10
"""Units of a cell below which, of more than a few columns, every fifth has its number."""
APART = 7
"""Units between two dots of a cell."""
DASHES = ("", "9 5", "2 5", "12 4 2 4", "5 3")
"""Besides its tone, each tap has a dash, so that colour is not the only sign."""
TONES = (1.0, 0.85, 0.7)
WAITING = 0.12
"""The tone of a line to an output that is still to come."""
SIGN = 26
"""Units of a sign between two planes."""


def marks_svg(marks: Sequence[Mark], plane: Plane, palette: Palette, unit: float, shown: int | None = None) -> str:
    """All that is drawn on a plane besides its numbers, of which the first are `shown`, or all."""
    seen = [mark if shown is None else until(mark, plane, shown) for mark in marks]
    return "".join(mark_svg(mark, plane, palette, unit) for mark in seen)


def until(mark: Mark, plane: Plane, shown: int) -> Mark:
    """A mark while cells are still to come: a cell is marked, and reached by lines, once it is there."""
    if isinstance(mark, Corners):
        return replace(mark, cells=tuple(cell for cell in mark.cells if cell[0] * plane.cols + cell[1] < shown))
    return replace(mark, shown=shown) if isinstance(mark, Edges) else mark


def mark_svg(mark: Mark, plane: Plane, palette: Palette, unit: float) -> str:
    match mark:
        case Counts():
            return heat(mark, plane, palette)
        case Centres():
            rings = f'fill="none" stroke="{palette["output"]}" stroke-width="2.5"'
            return f'<g class="centres" {rings}>{"".join(starmap(centre, mark.points))}</g>'
        case Corners():
            return corners(mark, plane, palette)
        case MatrixLegend():
            return matrix_legend(mark, plane, palette, unit)
        case Blocks():
            return blocks(mark, plane, palette)
        case Dots():
            return dots(mark, palette)
        case Ruler():
            return ruler(mark, palette, unit)
        case OutputPadding():
            return output_padding(mark, plane, palette, unit)
        case CutOff():
            at = f'x="0" y="{plane.rows * CELL + 17 * unit:g}" font-size="{LETTERS * unit:g}" fill="{palette["soft"]}"'
            return f'<text class="cut" {at}>{words.CUT_OFF}</text>'
        case Edges():
            lines = "".join(line(edge, mark, plane, palette) for edge in mark.edges)
            return f'<g class="edges" fill="none" stroke-linecap="round">{lines}</g>'
        case TapSamples():
            return tap_samples(plane, palette)
        case Sign():
            return sign(mark, plane, palette)


def sign(mark: Sign, plane: Plane, palette: Palette) -> str:
    """In the middle of the space before the plane, as large as its cells are."""
    x, y = -plane.clearance[3] / 2 * CELL, plane.rows * CELL / 2 + 9
    return (
        f'<text class="sign" x="{x:g}" y="{y:g}" text-anchor="middle"'
        f' font-size="{SIGN}" fill="{palette["soft"]}">{escape(mark.text)}</text>'
    )


def centre(row: float, col: float) -> str:
    """Around the number in the middle of a cell, or between numbers: never over one."""
    x, y = col * CELL, row * CELL
    if row % 1 and col % 1:
        return f'<rect x="{x - 17:g}" y="{y - 17:g}" width="34" height="34" rx="6"/>'
    return f'<circle cx="{x:g}" cy="{y:g}" r="5"/>'


def heat(mark: Counts, plane: Plane, palette: Palette) -> str:
    """A heat map over the plane."""
    most = int(mark.counts.max())
    if plane.is_picture:
        drawn = Plane("", "product", "", mark.counts.astype(float), float(most) or 1.0)
        place = f'x="{mark.left * CELL}" y="{mark.top * CELL}" width="{drawn.cols * CELL}" height="{drawn.rows * CELL}"'
        return f'<image class="heat" {place} image-rendering="pixelated" href="{data_url(drawn)}"/>'
    halo = f'stroke="{palette["paper"]}" stroke-width="3" paint-order="stroke"'
    cells = (
        count((mark.left + col) * CELL, (mark.top + row) * CELL, number, most, halo)
        for row, numbers in enumerate(mark.counts.tolist())
        for col, number in enumerate(numbers)
    )
    return f'<g class="heat" fill="{palette["ink"]}" font-weight="700">{"".join(cells)}</g>'


def count(x: int, y: int, number: int, most: int, halo: str) -> str:
    return (
        f'<rect x="{x}" y="{y}" width="{CELL}" height="{CELL}" fill-opacity="{number / max(most, 1) * 0.3:.2f}"/>'
        f'<text x="{x + CELL - 4}" y="{y + 11}" text-anchor="end" font-size="11" {halo}>{number}</text>'
    )


def corners(mark: Corners, plane: Plane, palette: Palette) -> str:
    if mark.follows:
        each = "".join(
            f'<path data-cell="{row * plane.cols + col}" d="M{(col + 1) * CELL} {row * CELL}v11l-11-11z"/>'
            for row, col in mark.cells
        )
        return f'<g class="differences" fill="{palette["ink"]}">{each}</g>'
    path = "".join(f"M{(col + 1) * CELL} {row * CELL}v12l-12-12z" for row, col in mark.cells)
    drawn = f'<path class="differs" d="{path}" fill="{palette["ink"]}"/>'
    if not (mark.top or mark.left):
        return drawn
    return f'<g transform="translate({mark.left * CELL} {mark.top * CELL})">{drawn}</g>'


# Beside a matrix.


def matrix_legend(mark: MatrixLegend, plane: Plane, palette: Palette, unit: float) -> str:
    rows, first = plane.rows // mark.channels, mark.first_index
    taps = "".join(
        f'<text x="{-6 * unit:g}" y="{row * CELL + CELL / 2 + LEGEND * unit * 0.36:g}" text-anchor="end">'
        f"{row % rows // mark.tap_cols + first},{row % mark.tap_cols + first}</text>"
        for row in range(plane.rows)
    )
    windows = "".join(
        f'<text x="{col * CELL + CELL // 2}" y="{-6 * unit:g}" text-anchor="middle">{col + first}</text>'
        for col in range(0, plane.cols, 5 if CELL / unit < CROWDED and plane.cols > FEW else 1)
    )
    named = channels(mark, rows, unit) if mark.channels > 1 else ""
    size = f'font-size="{LEGEND * unit:g}"'
    taps = f'<g class="taps-of" fill="{palette["tap"]}">{taps}</g>'
    return f'<g class="legend" fill="{palette["soft"]}" {size}>{taps}<g>{windows}</g>{named}</g>'


def channels(mark: MatrixLegend, rows: int, unit: float) -> str:
    """The channel of each block of rows, written upwards beside it."""
    x, first = -34 * unit, mark.first_index
    return "".join(
        f'<text class="group" transform="translate({x:g} {(channel + 0.5) * rows * CELL:g}) rotate(-90)"'
        f' font-weight="650" text-anchor="middle">{column_words.CHANNEL.format(index=channel + first)}</text>'
        for channel in range(mark.channels)
    )


def blocks(mark: Blocks, plane: Plane, palette: Palette) -> str:
    rows = plane.rows // mark.channels
    lines = "".join(f"M0 {channel * rows * CELL}H{plane.cols * CELL}" for channel in range(1, mark.channels))
    colour = f'fill="none" stroke="{palette["ink"]}" stroke-width="2.5" vector-effect="non-scaling-stroke"'
    return f'<path class="groups" d="{lines}" {colour}/>'


# On what is stamped.


def dots(mark: Dots, palette: Palette) -> str:
    path = "".join(
        f"M{col * CELL + CELL / 2 + (place - (stamps - 1) / 2) * APART:g} {row * CELL + 35}h0"
        for row, col, stamps in mark.cells
        for place in range(stamps)
    )
    strokes = f'fill="none" stroke="{palette["tap"]}" stroke-width="5" stroke-linecap="round"'
    return f'<path class="pips" d="{path}" {strokes}/>'


def ruler(mark: Ruler, palette: Palette, unit: float) -> str:
    line = f'fill="none" stroke="{palette["ink"]}" stroke-width="1.5" vector-effect="non-scaling-stroke"'
    written = stride(mark.cols, palette, unit)
    return f'<g class="ruler">{written}<path d="{across(mark.cols, unit)}{down(mark.rows, unit)}" {line}/></g>'


def stride(cols: tuple[int, ...], palette: Palette, unit: float) -> str:
    """The stride, where there are two stamps to measure."""
    if len(cols) < 2:
        return ""
    text = words.RULER.format(stride=cols[1] - cols[0])
    at = f'x="{cols[0] * CELL}" y="{-15 * unit:g}" font-size="{LETTERS * unit:g}" fill="{palette["soft"]}"'
    return f"<text {at}>{text}</text>"


def across(cols: tuple[int, ...], unit: float) -> str:
    ticks = "".join(f"M{col * CELL} {-5 * unit:g}v{-6 * unit:g}" for col in cols)
    return ticks + (f"M{cols[0] * CELL} {-8 * unit:g}H{cols[1] * CELL}" if len(cols) > 1 else "")


def down(rows: tuple[int, ...], unit: float) -> str:
    ticks = "".join(f"M{-5 * unit:g} {row * CELL}h{-6 * unit:g}" for row in rows)
    return ticks + (f"M{-8 * unit:g} {rows[0] * CELL}V{rows[1] * CELL}" if len(rows) > 1 else "")


def output_padding(mark: OutputPadding, plane: Plane, palette: Palette, unit: float) -> str:
    top, right, bottom, left = plane.margin
    x, y = left * CELL, top * CELL
    width, height = (plane.cols - left - right) * CELL, (plane.rows - top - bottom) * CELL
    inner_width, inner_height = width - mark.cols * CELL, height - mark.rows * CELL
    line = f"M{x + width} {y}V{y + height}H{x}v{-mark.rows * CELL}h{inner_width}v{-inner_height}z"
    colour = palette[plane.space]
    dotted = f'stroke="{colour}" stroke-width="2" stroke-dasharray="2 4" stroke-linecap="round"'
    at = f'x="{x + width}" y="{plane.rows * CELL + 17 * unit:g}" text-anchor="end" font-size="{LETTERS * unit:g}"'
    return (
        f'<g class="extra" fill="{colour}"><path d="{line}" fill-opacity=".08" {dotted}'
        f' vector-effect="non-scaling-stroke"/><text {at}>{words.OUTPUT_PADDING}</text></g>'
    )


# Connections.


def line(edge: Edge, edges: Edges, outputs: Plane, palette: Palette) -> str:
    is_lit = edge.number in edges.lit
    is_waiting = not is_lit and edges.shown is not None and edge.output >= edges.shown
    top, _, _, left = (side * CELL for side in outputs.clearance)
    x1, x2 = (edge.input + 0.5) * CELL - left, (edge.output + 0.5) * CELL
    y1, y2 = -RIM - top, -4.0
    path = f"M{x1:g} {y1:g}L{x2:g} {y2:g}"
    named = "" if edge.tap < 0 else tap_letter((x1 + x2) / 2, (y1 + y2) / 2, edge.tap, palette, is_lit)
    shared = "" if edge.tap < 0 else f' data-tap="{edge.tap}"'
    looks = f'{stroke(edge.tap, palette, is_waiting)} stroke-width="{3 if is_lit else 1.4}"'
    return (
        f'<g class="edge{" lit" if is_lit else ""}" data-edge="{edge.number}"{shared}>'
        f'<path class="hit" d="{path}" stroke-width="14"/><path class="line" d="{path}" {looks}/>{named}</g>'
    )


def stroke(tap: int, palette: Palette, is_waiting: bool = False) -> str:
    """How the lines of a tap look; those with a weight of their own are plain, and those still to come pale."""
    if tap < 0:
        return f'stroke="{palette["soft"]}" stroke-opacity="{WAITING if is_waiting else 0.7:g}"'
    dash = DASHES[tap % len(DASHES)]
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'stroke="{palette["tap"]}" stroke-opacity="{WAITING if is_waiting else TONES[tap % len(TONES)]:g}"{dashed}'


def tap_letter(x: float, y: float, tap: int, palette: Palette, is_lit: bool) -> str:
    """The letter of a tap on its line, on a little paper."""
    hidden = "" if is_lit else ' visibility="hidden"'
    return (
        f'<g class="letter"{hidden}><circle cx="{x:g}" cy="{y:g}" r="10" fill="{palette["paper"]}"/>'
        f'<text x="{x:g}" y="{y + 5:g}" fill="{palette["tap"]}" font-size="15" font-weight="700" text-anchor="middle">'
        f"{letter(tap)}</text></g>"
    )


def tap_samples(kernel: Plane, palette: Palette) -> str:
    parts = []
    for tap in range(kernel.cols):
        x, y = tap * CELL, kernel.rows * CELL
        parts.append(
            f'<path d="M{x + 5} {y + 10}h{CELL - 10}" fill="none" {stroke(tap, palette)} stroke-width="3"/>'
            f'<text x="{x + CELL / 2:g}" y="{y + 30}" fill="{palette["tap"]}" font-size="15" font-weight="700"'
            f' text-anchor="middle">{letter(tap)}</text>'
        )
    return f'<g class="samples">{"".join(parts)}</g>'
