"""A scene in the space of a stamp: its first input, its first output, and where the window goes."""

from app.layout.box import CELL
from app.painters.palette import PAGE
from app.painters.svg import RIM, drawing
from app.scene.scene import Scene
from app.views.frame import Frame, cells_of
from app.views.plane import Plane
from app.views.view import View, start_step
from kernels.axis import Axis

SIDE = 124
"""The longest side, in pixels."""


def thumbnail(view: View) -> str:
    """Two small planes without numbers; static/js/thumbnails.js moves the window while one is pointed at."""
    frame = view.frame(start_step(view))
    planes = {titled.plane.id: titled.plane for place in view.places(frame) for titled in place.planes}
    source, target = (next(plane for name, plane in planes.items() if name.startswith(grid)) for grid in ("x.", "y."))
    cell = SIDE / max(source.rows, source.cols, target.rows, target.cols)
    drawn = [small(plane, cells_of(frame["outlines"], plane.id, but="winner"), cell) for plane in (source, target)]
    return f'<span class="picture"{moves(view.scene, frame)}>{drawn[0]}<span class="arrow">→</span>{drawn[1]}</span>'


def moves(scene: Scene, frame: Frame) -> str:
    """How far the window goes with each step, for the scenes whose window goes evenly."""
    axes = scene.layer.windows
    if scene.view != "gather" or not axes or scene.layer.data != "x":
        return ""
    rows, cols = (Axis(1, 1), axes[0]) if len(axes) == 1 else axes[-2:]
    start = frame["step"] % (rows.output_size * cols.output_size)
    return (
        f' data-strides="{rows.stride},{cols.stride}" data-outputs="{rows.output_size},{cols.output_size}"'
        f' data-rest="{start}"'
    )


def small(plane: Plane, cells: list[int], size: float) -> str:
    texts = [""] * (plane.rows * plane.cols)
    width, height = (count * CELL + 2 * RIM for count in (plane.cols, plane.rows))
    return (
        f'<svg class="{plane.space}" viewBox="-{RIM} -{RIM} {width} {height}"'
        f' width="{round(plane.cols * size)}" aria-hidden="true">'
        f"{drawing(plane, PAGE, window=cells, texts=texts)}</svg>"
    )
