"""A scene in the space of a stamp: its first input, its first output, and where the window goes."""

from app.painters.palette import PAGE
from app.painters.svg import CELL, RIM, drawing
from app.scene import Scene
from app.views import gather
from app.views.plane import Plane, as_rows

SIDE = 124
"""The longest side, in pixels."""


def thumbnail(scene: Scene) -> str:
    """Two small planes without numbers; static/js/thumbnails.js moves the window while one is pointed at."""
    step = scene.rest % len(scene.y[0].ravel())
    filter, _ = gather.place(scene, step)
    rows, cols = as_rows(scene.layer.axes)
    source = gather.input_plane(scene, gather.group_of(scene, filter)[0])
    target = gather.output_plane(scene, filter)
    cell = SIDE / max(source.rows, source.cols, target.rows, target.cols)
    drawn = small(source, gather.window(scene, step), cell), small(target, [step], cell)
    facts = f'data-strides="{rows.stride},{cols.stride}" data-outputs="{rows.output_size},{cols.output_size}"'
    return f'<span class="picture" {facts} data-rest="{step}">{drawn[0]}<span class="arrow">→</span>{drawn[1]}</span>'


def small(plane: Plane, cells: list[int], size: float) -> str:
    texts = [""] * (plane.rows * plane.cols)
    width, height = (count * CELL + 2 * RIM for count in (plane.cols, plane.rows))
    return (
        f'<svg class="{plane.space}" viewBox="-{RIM} -{RIM} {width} {height}"'
        f' width="{round(plane.cols * size)}" aria-hidden="true">'
        f"{drawing(plane, PAGE, window=cells, texts=texts)}</svg>"
    )
