"""A mark in the corner of every cell that differs from another."""

import numpy as np
from numpy.typing import NDArray

from app.painters.svg import CELL
from app.views.plane import Plane


def differences(apart: NDArray[np.float64], plane: Plane) -> str:
    """A mark on each cell that is not zero, shape (rows, cols) of the plane; each names its cell, to appear with it."""
    if plane.is_picture:
        return ""
    marks = "".join(
        f'<path data-cell="{row * plane.cols + col}" d="M{(col + 1) * CELL} {row * CELL}v11l-11-11z"/>'
        for row, col in np.argwhere(apart).tolist()
    )
    return f'<g class="differences" fill="var(--ink)">{marks}</g>' if marks else ""
