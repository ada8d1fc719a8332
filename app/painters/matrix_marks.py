"""What is written beside a matrix whose columns are windows: tap and channel of a row, window of a column."""

from app.painters.svg import CELL
from app.views.plane import Plane
from app.words import columns as words

TEXT = 12
"""Pixels of the letters, whatever the size of the cells."""
LEAST, NARROW = 15, 22
"""Pixels of a cell below which nothing is written beside it; and where only every fifth column has its number."""


def legend(plane: Plane, channels: int, tap_cols: int, unit: float, cell: float, first: int) -> str:
    """The taps beside the rows, the windows over the columns, and a line between channels; `unit` is a pixel."""
    rows = plane.rows // channels
    lines = "".join(f"M0 {channel * rows * CELL}H{plane.cols * CELL}" for channel in range(1, channels))
    groups = f'<path class="groups" d="{lines}"/>' if lines else ""
    if plane.is_picture or cell < LEAST:
        return groups
    taps = "".join(
        f'<text x="{-6 * unit:g}" y="{middle(row, unit)}" text-anchor="end">'
        f"{row % rows // tap_cols + first},{row % tap_cols + first}</text>"
        for row in range(plane.rows)
    )
    every = 5 if cell < NARROW else 1
    windows = "".join(
        f'<text x="{col * CELL + CELL // 2}" y="{-6 * unit:g}" text-anchor="middle">{col + first}</text>'
        for col in range(0, plane.cols, every)
    )
    named = names(rows, channels, unit, first) if channels > 1 else ""
    size = f'font-size="{TEXT * unit:g}"'
    return f'{groups}<g class="legend" {size}><g class="taps-of">{taps}</g><g>{windows}</g>{named}</g>'


def middle(row: int, unit: float) -> str:
    """The line on which letters stand that are centred on a row."""
    return f"{row * CELL + CELL / 2 + TEXT * unit * 0.36:g}"


def names(rows: int, channels: int, unit: float, first: int) -> str:
    """The channel of each block of rows, written upwards beside it."""
    x = -34 * unit
    return "".join(
        f'<text class="group" transform="translate({x:g} {(channel + 0.5) * rows * CELL:g}) rotate(-90)"'
        f' text-anchor="middle">{words.CHANNEL.format(index=channel + first)}</text>'
        for channel in range(channels)
    )
