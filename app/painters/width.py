"""How wide planes are drawn on the page."""

from app.scene import Scene
from app.views import gather
from app.views.plane import Plane, as_rows

WIDE = 850
"""Pixels that the stage has from side to side."""
TALL = 420


def width(plane: Plane, scene: Scene, arrangement: gather.Arrangement) -> int:
    """How wide a plane is drawn, in pixels, before the layout narrows it."""
    if plane.space in ("tap", "product"):
        full, most = (44, 200) if arrangement.is_single else (30, 130)
        return round(min(plane.cols * full, most * plane.cols / max(plane.cols, plane.rows))) + 4
    return round(plane.cols * (cell_of_single(scene) if arrangement.is_single else cell_of_table(scene, plane))) + 4


def cell_of_single(scene: Scene) -> float:
    """One size for the cells of input and output, so that their grids can be compared by eye."""
    rows, cols = as_rows(scene.layer.axes)
    if scene.operation.spatial == 1:
        return min(44, WIDE / max(cols.padded_size, cols.output_size))
    beside = WIDE - 150 - min(cols.kernel_size * 44, 200)
    return min(44, beside / (cols.padded_size + cols.output_size), TALL / max(rows.padded_size, rows.output_size))


def cell_of_table(scene: Scene, plane: Plane) -> float:
    """Small enough for all channels to be seen at once; lines are low, and have their width to fit."""
    if plane.rows == 1:
        return min(30, (280 if plane.space == "input" else 170) / plane.cols)
    return min(30, (150 if scene.x.shape[0] < 3 else 122) / max(plane.cols, plane.rows))
