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
    return f'<path class="pips" d="{"".join(dots)}"/>'


def dot(row: int, col: int, place: int, count: int) -> str:
    x = col * CELL + CELL / 2 + (place - (count - 1) / 2) * APART
    return f"M{x:g} {row * CELL + 35}h0"


def ruler(lands: tuple[Lands, Lands], unit: float) -> str:
    """A tick above each stamp's first column, and beside each one's first row, with the stride between two of them."""
    rows, cols = lands
    return f'<g class="ruler" font-size="{TEXT * unit:g}">{across(cols, unit)}{down(rows, unit)}</g>'


def across(lands: Lands, unit: float) -> str:
    origins = [int(cell) * CELL for cell in lands.cells[:, 0]]
    ticks = "".join(f"M{x} {-5 * unit:g}v{-6 * unit:g}" for x in origins)
    if len(origins) < 2:
        return f'<path d="{ticks}"/>' if lands.drawn > 1 else ""
    x, end = origins[0], origins[1]
    label = words.RULER.format(stride=(end - x) // CELL)
    return f'<path d="{ticks}M{x} {-8 * unit:g}H{end}"/><text x="{x}" y="{-15 * unit:g}">{label}</text>'


def down(lands: Lands, unit: float) -> str:
    origins = [int(cell) * CELL for cell in lands.cells[:, 0]]
    if lands.drawn == 1:
        return ""
    ticks = "".join(f"M{-5 * unit:g} {y}h{-6 * unit:g}" for y in origins)
    return f'<path d="{ticks}{f"M{-8 * unit:g} {origins[0]}V{origins[1]}" if len(origins) > 1 else ""}"/>'


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
    text = f'x="{x + width}" y="{plane.rows * CELL + 17 * unit:g}" text-anchor="end" font-size="{TEXT * unit:g}"'
    return f'<g class="extra"><path d="{line}"/><text {text}>{words.OUTPUT_PADDING}</text></g>'


def cut_off(plane: Plane, unit: float) -> str:
    """What the dashed rim means."""
    text = f'x="0" y="{plane.rows * CELL + 17 * unit:g}" font-size="{TEXT * unit:g}"'
    return f'<text class="cut" {text}>{words.CUT_OFF}</text>'
