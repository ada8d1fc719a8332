"""What a scatter draws on its result beside the numbers: overlaps, the ruler of the stride, what is cut off."""

import numpy as np
from numpy.typing import NDArray

from app.painters.svg import CELL
from app.views.plane import Plane
from app.words import scatter as words
from kernels.scatter import Lands

MOST_PIPS = 4
"""More than these would be a smear; then no cell has any."""
APART = 7
TEXT = 13
"""Pixels of the marks' letters, whatever the size of the cells."""


def pips(counts: NDArray[np.intp], most: int, plane: Plane, is_cut: bool) -> str:
    """A dot for each stamp in the cells where stamps overlap; none in the rim once it is cut off."""
    if plane.is_picture or most > MOST_PIPS:
        return ""
    dots = [
        dot(row, col, place, int(count))
        for (row, col), count in np.ndenumerate(counts)
        for place in range(int(count))
        if count > 1 and not (is_cut and plane.is_margin(row, col))
    ]
    strokes = 'fill="none" stroke="var(--tap)" stroke-width="5" stroke-linecap="round"'
    return f'<path class="pips" d="{"".join(dots)}" {strokes}/>'


def dot(row: int, col: int, place: int, count: int) -> str:
    x = col * CELL + CELL / 2 + (place - (count - 1) / 2) * APART
    return f"M{x:g} {row * CELL + 35}h0"


def ruler(lands: tuple[Lands, Lands], unit: float) -> str:
    """A tick above each stamp's first column, and beside each one's first row, with the stride between two of them."""
    rows, cols = lands
    drawn = label(cols, unit) + (f'<path d="{across(cols, unit)}{down(rows, unit)}" {LINE}/>')
    return f'<g class="ruler">{drawn}</g>'


LINE = 'fill="none" stroke="var(--ink)" stroke-width="1.5" vector-effect="non-scaling-stroke"'


def origins(lands: Lands) -> list[int]:
    """Where stamps begin along an axis, in units."""
    return [int(cell) * CELL for cell in lands.cells[:, 0]]


def label(lands: Lands, unit: float) -> str:
    """The stride, where there are two stamps to measure."""
    if lands.size < 2:
        return ""
    first, second = origins(lands)[:2]
    text = words.RULER.format(stride=(second - first) // CELL)
    return f'<text x="{first}" y="{-15 * unit:g}" font-size="{TEXT * unit:g}" fill="var(--soft)">{text}</text>'


def across(lands: Lands, unit: float) -> str:
    ticks = "".join(f"M{x} {-5 * unit:g}v{-6 * unit:g}" for x in origins(lands))
    return ticks + (f"M{origins(lands)[0]} {-8 * unit:g}H{origins(lands)[1]}" if lands.size > 1 else "")


def down(lands: Lands, unit: float) -> str:
    """As `across`, but a line of cells has no rows to measure."""
    if lands.drawn == 1:
        return ""
    ticks = "".join(f"M{-5 * unit:g} {y}h{-6 * unit:g}" for y in origins(lands))
    return ticks + (f"M{-8 * unit:g} {origins(lands)[0]}V{origins(lands)[1]}" if lands.size > 1 else "")


def output_padding(plane: Plane, extra: tuple[int, int], unit: float) -> str:
    """The rows and columns at the far end that output padding gives back."""
    top, right, bottom, left = plane.margin
    rows, cols = extra if plane.rows > 1 else (0, extra[1])
    if not (rows or cols):
        return ""
    x, y = left * CELL, top * CELL
    width, height = (plane.cols - left - right) * CELL, (plane.rows - top - bottom) * CELL
    inner_width, inner_height = width - cols * CELL, height - rows * CELL
    line = f"M{x + width} {y}V{y + height}H{x}v{-rows * CELL}h{inner_width}v{-inner_height}z"
    colour = f'fill="var(--{plane.space})"'
    dotted = f'stroke="var(--{plane.space})" stroke-width="2" stroke-dasharray="2 4" stroke-linecap="round"'
    text = f'x="{x + width}" y="{plane.rows * CELL + 17 * unit:g}" text-anchor="end" font-size="{TEXT * unit:g}"'
    return (
        f'<g class="extra" {colour}><path d="{line}" fill-opacity=".08" {dotted} vector-effect="non-scaling-stroke"/>'
        f"<text {text}>{words.OUTPUT_PADDING}</text></g>"
    )


def cut_off(plane: Plane, unit: float) -> str:
    """What the dashed rim means."""
    text = f'x="0" y="{plane.rows * CELL + 17 * unit:g}" font-size="{TEXT * unit:g}" fill="var(--soft)"'
    return f'<text class="cut" {text}>{words.CUT_OFF}</text>'
