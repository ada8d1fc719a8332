"""What a reader may lay over the data: how often each cell is read, and where the windows have their centres."""

import numpy as np

from app.painters.picture import data_url
from app.painters.svg import CELL
from app.views.plane import Plane
from kernels.axis import Cells
from kernels.relation import NOTHING, Reads

MOST_DOTS = 1600
"""More outputs than these would only blacken the picture."""


def read_counts(reads: tuple[Reads, Reads], plane: Plane) -> str:
    """How often each data cell is read, as a heat map over the plane."""
    rows, cols = (along.read_counts for along in reads)
    top, _, _, left = plane.margin
    return heat(np.outer(rows, cols), plane, top, left)


def heat(counts: Cells, plane: Plane, top: int = 0, left: int = 0) -> str:
    """A count on each cell, the first one so many cells from the corner, as a heat map over the plane."""
    if plane.is_picture:
        drawn = Plane("", "product", "", counts.astype(float), float(counts.max()) or 1.0)
        place = f'x="{left * CELL}" y="{top * CELL}" width="{drawn.cols * CELL}" height="{drawn.rows * CELL}"'
        return f'<image class="heat" {place} image-rendering="pixelated" href="{data_url(drawn)}"/>'
    cells = (
        read_count(left + col, top + row, int(count), int(counts.max())) for (row, col), count in np.ndenumerate(counts)
    )
    return f'<g class="heat">{"".join(cells)}</g>'


def read_count(col: int, row: int, count: int, most: int) -> str:
    x, y = col * CELL, row * CELL
    return (
        f'<rect x="{x}" y="{y}" width="{CELL}" height="{CELL}" fill-opacity="{count / max(most, 1) * 0.3:.2f}"/>'
        f'<text x="{x + CELL - 4}" y="{y + 11}" text-anchor="end">{count}</text>'
    )


def centres(reads: tuple[Reads, Reads]) -> str:
    """Every output as a ring around the centre of its window on the data."""
    rows, cols = reads
    if rows.results * cols.results > MOST_DOTS:
        return ""
    dots = [
        f'<circle cx="{centre(cols, out_col)}" cy="{centre(rows, out_row)}" r="13"/>'
        for out_row in range(rows.results)
        for out_col in range(cols.results)
    ]
    return f'<g class="centres">{"".join(dots)}</g>'


def centre(reads: Reads, out: int) -> str:
    cells = reads.taps[out][reads.taps[out] != NOTHING]
    return f"{(int(cells.min()) + int(cells.max()) + 1) / 2 * CELL:g}"
