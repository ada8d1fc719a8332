"""The grids of one iteration, drawn: forward from x to the error, backward from the error to the gradient."""

from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from app.address.phrases import times
from app.pages.figure import Figure
from app.pages.learn import words
from app.pages.learn.task import Array, Task
from app.painters.svg import plane_svg
from app.text import page
from app.views.plane import Plane, Space, largest
from kernels.learning import Lesson
from kernels.trace import read_positions

WIDTH = 760
"""Pixels for the cells of the five grids that stand side by side."""
LEAST_CELL, MOST_CELL = 8, 36
LEGIBLE = 20
"""Pixels of a cell from which on its number can be read."""


@dataclass(frozen=True)
class Moment:
    """One iteration and one weight, with all that is drawn of them."""

    task: Task
    lesson: Lesson
    step: int
    weight: tuple[int, int]

    @property
    def seen(self) -> Array:
        """What the weight met at every position, shape of y."""
        cells = [np.array([place]) for place in self.weight]
        return read_positions(self.task.padded[np.newaxis], np.zeros(1, np.intp), cells, self.task.axes).reshape(
            self.task.y_shape
        )

    @property
    def lit(self) -> list[int]:
        """The drawn cells of x that the weight met."""
        rows, cols = (axis.taps[:, place] for axis, place in zip(self.task.axes, self.weight, strict=True))
        cells: list[int] = (rows[:, np.newaxis] * self.task.padded.shape[1] + cols).ravel().tolist()
        return cells

    @property
    def place(self) -> int:
        """The chosen weight as a cell of the kernel."""
        return self.weight[0] * self.task.kernel_size[1] + self.weight[1]

    @property
    def number(self) -> float:
        """The weight itself."""
        return float(self.lesson.w[self.step].ravel()[self.place])

    @property
    def gradient(self) -> float:
        return float(self.lesson.gradient[self.step].ravel()[self.place])

    @property
    def pull(self) -> float:
        """What is taken from the weight, times the learning rate."""
        return float(self.lesson.step[self.step].ravel()[self.place])

    @property
    def next(self) -> float | None:
        """The weight after this step; None after the last."""
        if self.step + 1 >= len(self.lesson.w):
            return None
        return float(self.lesson.w[self.step + 1].ravel()[self.place])

    @property
    def loss(self) -> float:
        return float(self.lesson.loss[self.step])


def drawn(moment: Moment) -> dict[str, Figure]:
    """Every grid by its letter."""
    task, lesson, step = moment.task, moment.lesson, moment.step
    outputs = largest(task.wanted)
    kernel = task.kernel.values[0, 0] if task.kernel else None
    weights = largest(kernel if kernel is not None else lesson.w[min(10, len(lesson.w) - 1)])
    scales = {"x": largest(task.x), "products": largest(lesson.error[0]) * largest(task.x)}
    error = lesson.error[step]
    sheet = Sheet(task)
    made = [
        sheet.draw("x", "input", task.padded, scales["x"], words.INPUT, window=moment.lit, margin=margin(task)),
        sheet.draw("w", "tap", lesson.w[step], weights, words.KERNEL, window=[moment.place]),
        sheet.draw("y", "output", lesson.y[step], outputs, words.OUTPUT),
        sheet.draw("t", "output", task.wanted, outputs, words.WANTED),
        sheet.draw("e", "output", error, outputs, words.ERROR),
        sheet.draw("p", "product", error * moment.seen + 0.0, scales["products"], words.PRODUCTS),
        sheet.draw("g", "tap", lesson.gradient[step], largest(lesson.gradient[0]), words.GRADIENT, [moment.place]),
    ]
    if kernel is not None:
        made.append(sheet.draw("k", "tap", kernel, weights, words.BEHIND))
    return {each.id[0]: each for each in made}


def margin(task: Task) -> tuple[int, int, int, int]:
    (top, bottom), (left, right) = (axis.padding for axis in task.axes)
    return top, right, bottom, left


class Sheet:
    """Draws grids that stand together, their cells as large as all of them have room for."""

    def __init__(self, task: Task) -> None:
        cols = task.padded.shape[1] + 3 * task.y_shape[1]
        self.cell: int = min(max(WIDTH // cols, LEAST_CELL), MOST_CELL)

    @property
    def is_fine(self) -> bool:
        """Whether cells are too small for their numbers: then the grids are pictures."""
        return self.cell < LEGIBLE

    def draw(
        self,
        letter: str,
        space: Space,
        values: Array,
        scale: float,
        title: str,
        window: list[int] | None = None,
        margin: tuple[int, int, int, int] = (0, 0, 0, 0),
    ) -> Figure:
        plane = Plane(f"{letter}.0", space, "", values, scale, margin)
        label = page.PLANE_LABEL.format(what=words.LABELS[letter], rows=plane.rows, cols=plane.cols)
        cell = MOST_CELL if space == "tap" else self.cell
        svg = plane_svg(plane, label=label, width=plane.cols * cell, window=window or ())
        top, right, bottom, left = margin
        sides = (plane.rows - top - bottom, plane.cols - left - right)
        shape = times(sides) if letter in "xwy" else ""
        return Figure(plane.id, Markup(svg), title, space, letter if letter in "xwy" else "", shape)
