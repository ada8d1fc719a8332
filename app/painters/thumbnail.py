"""A scene in the space of a stamp: its first input, its first output, and where the window goes."""

from app.painters.palette import PAGE
from app.painters.svg import CELL, RIM, drawing
from app.scene import Scene
from app.views import gather
from app.views.plane import Plane, as_rows


def thumbnail(scene: Scene) -> str:
    """Two small planes without numbers; static/js/thumbnails.js moves the window while one is pointed at."""
    step = scene.rest % len(scene.y[0].ravel())
    filter, _ = gather.place(scene, step)
    rows, cols = as_rows(scene.layer.axes)
    source = small(gather.input_plane(scene, gather.group_of(scene, filter)[0]), gather.window(scene, step))
    target = small(gather.output_plane(scene, filter), [step])
    facts = f'data-strides="{rows.stride},{cols.stride}" data-outputs="{rows.output_size},{cols.output_size}"'
    return f'<span class="picture" {facts} data-rest="{step}">{source}<span class="arrow">→</span>{target}</span>'


def small(plane: Plane, cells: list[int]) -> str:
    texts = [""] * (plane.rows * plane.cols)
    size = max(plane.rows, plane.cols)
    return (
        f'<svg class="{plane.space}" viewBox="-{RIM} -{RIM} {plane.cols * CELL + 2 * RIM} {plane.rows * CELL + 2 * RIM}"'
        f' width="{round(130 * plane.cols / size)}" aria-hidden="true">'
        f"{drawing(plane, PAGE, window=cells, texts=texts)}</svg>"
    )
