"""What is written beside a matrix whose columns are windows: tap and channel of a row, window of a column."""

from app.painters.svg import CELL
from app.views.plane import Plane
from app.words import columns as words

TEXT = 12
"""Pixels of the letters, whatever the size of the cells."""
LEAST, NARROW, FEW = 15, 22, 10
"""Pixels of a cell below which nothing is written beside it; and where, of more than a few columns, every fifth has
its number."""


def legend(plane: Plane, channels: int, tap_cols: int, unit: float, cell: float, first: int) -> str:
    """The taps beside the rows, and the windows over the columns; `unit` is a pixel."""
    rows = plane.rows // channels
    if plane.is_picture or cell < LEAST:
        return ""
    taps = "".join(
        f'<text x="{-6 * unit:g}" y="{middle(row, unit)}" text-anchor="end">'
        f"{row % rows // tap_cols + first},{row % tap_cols + first}</text>"
        for row in range(plane.rows)
    )
    every = 5 if cell < NARROW and plane.cols > FEW else 1
    windows = "".join(
        f'<text x="{col * CELL + CELL // 2}" y="{-6 * unit:g}" text-anchor="middle">{col + first}</text>'
        for col in range(0, plane.cols, every)
    )
    named = names(rows, channels, unit, first) if channels > 1 else ""
    size = f'font-size="{TEXT * unit:g}"'
    taps = f'<g class="taps-of" fill="var(--tap)">{taps}</g>'
    return f'<g class="legend" fill="var(--soft)" {size}>{taps}<g>{windows}</g>{named}</g>'


def groups(plane: Plane, channels: int) -> str:
    """A line between one channel's rows and the next one's."""
    rows = plane.rows // channels
    lines = "".join(f"M0 {channel * rows * CELL}H{plane.cols * CELL}" for channel in range(1, channels))
    colour = 'fill="none" stroke="var(--ink)" stroke-width="2.5" vector-effect="non-scaling-stroke"'
    return f'<path class="groups" d="{lines}" {colour}/>' if lines else ""


def middle(row: int, unit: float) -> str:
    """The line on which letters stand that are centred on a row."""
    return f"{row * CELL + CELL / 2 + TEXT * unit * 0.36:g}"


def names(rows: int, channels: int, unit: float, first: int) -> str:
    """The channel of each block of rows, written upwards beside it."""
    x = -34 * unit
    return "".join(
        f'<text class="group" transform="translate({x:g} {(channel + 0.5) * rows * CELL:g}) rotate(-90)"'
        f' font-weight="650" text-anchor="middle">{words.CHANNEL.format(index=channel + first)}</text>'
        for channel in range(channels)
    )
