"""How wide planes are drawn on the page."""

from app.views.common.screen import CELL, TALL, WIDE
from app.views.plane import Plane
from app.views.view import Place

HALF = 700
"""As WIDE, for a stage with another one space it: what stands between its grids is drawn narrower, too."""


def widths(places: tuple[Place, ...], spatial: int, cell: float | None = None) -> dict[str, int]:
    """For each plane, how many pixels wide it is, before the layout narrows it.

    The cells of input and output have one size, so that their grids can be compared by eye: `cell` pixels, if given.
    """
    planes = [titled.plane for place in places for titled in place.planes]
    cell = common_cell(places, spatial) if cell is None else cell
    own = {titled.plane.id: titled.cell for place in places for titled in place.planes if titled.cell}
    return {
        plane.id: round(
            (plane.cols + plane.clearance[1] + plane.clearance[3]) * own[plane.id]
            if plane.id in own
            else small_width(plane)
            if plane.space in ("tap", "product")
            else plane.cols * cell
        )
        + 4
        for plane in planes
    }


def common_cell(places: tuple[Place, ...], spatial: int, wide: float = WIDE) -> float:
    """Pixels of a cell of input and output, where the stage is so wide."""
    planes = [titled.plane for place in places for titled in place.planes]
    large = [plane for plane in planes if plane.space not in ("tap", "product")] or planes
    small = [plane for plane in planes if plane not in large]
    if spatial == 1:
        return min(CELL, wide / max(plane.cols for plane in large))
    space = wide - 150 - (max((min(plane.cols * CELL, 200) for plane in small), default=0))
    first = {plane.space: plane for plane in reversed(large)}.values()  # what stands side by side
    return min(CELL, space / sum(plane.cols for plane in first), TALL / max(plane.rows for plane in large))


def small_width(plane: Plane) -> float:
    return min(plane.cols * CELL, 200 * plane.cols / max(plane.cols, plane.rows))


def table_width(plane: Plane, channels: int) -> int:
    """Small enough for all channels to be seen at once; lines are low, and have their width to fit."""
    if plane.space in ("tap", "product"):
        return round(min(plane.cols * 30, 130 * plane.cols / max(plane.cols, plane.rows))) + 4
    if plane.rows == 1:
        return round(plane.cols * min(30, (230 if plane.id[0] == "x" else 140) / plane.cols)) + 4
    return round(plane.cols * min(30, (150 if channels < 3 else 122) / max(plane.cols, plane.rows))) + 4
