"""What a reader may lay over the input: how often each cell is read, and where the windows have their centres."""

import numpy as np

from app.painters.picture import data_url
from app.painters.svg import CELL
from app.scene import Scene
from app.views.plane import Plane, as_rows
from kernels.axis import Axis

MOST_DOTS = 1600
"""More outputs than these would only blacken the picture."""


def read_counts(scene: Scene, plane: Plane) -> str:
    """How often each input cell is read, as a heat map over the plane."""
    rows, cols = (axis.read_counts for axis in as_rows(scene.layer.axes))
    counts = np.outer(rows, cols)
    top, _, _, left = plane.margin
    if plane.is_picture:
        heat = Plane("", "product", "", counts.astype(float), float(counts.max()) or 1.0)
        place = f'x="{left * CELL}" y="{top * CELL}" width="{heat.cols * CELL}" height="{heat.rows * CELL}"'
        return f'<image class="heat" {place} image-rendering="pixelated" href="{data_url(heat)}"/>'
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


def centres(scene: Scene) -> str:
    """Every output as a ring around the centre of its window on the input."""
    rows, cols = as_rows(scene.layer.axes)
    if rows.output_size * cols.output_size > MOST_DOTS:
        return ""
    dots = [
        f'<circle cx="{centre(cols, out_col)}" cy="{centre(rows, out_row)}" r="13"/>'
        for out_row in range(rows.output_size)
        for out_col in range(cols.output_size)
    ]
    return f'<g class="centres">{"".join(dots)}</g>'


def centre(axis: Axis, out: int) -> str:
    return f"{(out * axis.stride + axis.extent / 2) * CELL:g}"
