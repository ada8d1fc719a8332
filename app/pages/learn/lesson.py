"""The descent of a task, and what it came to."""

from dataclasses import dataclass

import numpy as np

from app.address.phrases import counted
from app.pages.learn import words
from app.pages.learn.fields import RATE_NAMES
from app.pages.learn.task import Array, Task
from app.text.format import short
from app.views.plane import largest
from kernels.learning import Descent, Lesson, learn

SOLVED = 1e-3
"""A share of the first loss below which the output is as good as right."""
FOUND, NEAR = 0.01, 0.1
"""Shares of the kernel's largest weight within which every weight must agree for it to be found, or nearly so."""


def lesson_of(task: Task, descent: Descent | None = None) -> Lesson:
    """All iterations, as the task goes down its slope or in another way."""
    return learn(
        task.x,
        task.wanted,
        task.begin[1],
        axes=task.axes,
        descent=descent or task.descent,
        iterations=task.parameters.iterations,
    )


def other_losses(task: Task) -> dict[str, Lesson]:
    """For comparison what the other rates come to, or beside a step with a will of its own the plain one."""
    if not task.is_plain:
        return {"smooth": lesson_of(task, Descent(task.learning_rate))}
    others = [name for name in RATE_NAMES if task.rates[name] != task.learning_rate]
    return {name: lesson_of(task, Descent(task.rates[name])) for name in others}


def verdict(task: Task, lesson: Lesson) -> str:
    """In a sentence: whether the kernel was found, and if not, why."""
    last = len(lesson.loss) - 1
    said = {"steps": counted(last, "iteration"), "first": short(lesson.loss[0]), "last": short(lesson.loss[-1])}
    if lesson.loss[-1] > lesson.loss[0]:
        bound = short(float(f"{2 * task.rates['right']:.2g}"))
        return (words.DIVERGED if lesson.diverged else words.GREW).format(**said, bound=bound)
    if lesson.loss[0] == 0:
        return words.BLANK if task.own and not task.wanted.any() else words.NOTHING_TO_LEARN
    if not task.padded.any():
        return words.NO_SLOPE
    miss = None if task.kernel is None else worst(task.kernel.values[0, 0], lesson)
    if miss and miss.share <= FOUND:
        return words.FOUND.format(**said, percent=round(100 * FOUND))
    if lesson.loss[-1] > SOLVED * lesson.loss[0]:
        is_slow = task.learning_rate < task.rates["right"] / 5
        return (words.TOO_SLOW if is_slow else words.NOT_YET).format(**said)
    if miss is None:
        return words.SOLVED.format(**said)
    farthest = words.FARTHEST.format(place=miss.place, weight=short(miss.weight), right=short(miss.right))
    return (words.NEARLY if miss.share <= NEAR else words.ANOTHER).format(**said, farthest=farthest)


@dataclass(frozen=True)
class Miss:
    """A weight after the last iteration, and what it would be in the kernel that is behind the wanted output."""

    place: str
    weight: float
    right: float
    share: float
    """How far it is off, as a share of the kernel's largest weight."""


def worst(kernel: Array, lesson: Lesson) -> Miss:
    """The weight that is farthest off; the first of several."""
    off = np.abs(lesson.w[-1] - kernel)
    place = np.unravel_index(int(off.argmax()), off.shape)
    share = float(off[place]) / largest(kernel)
    return Miss(", ".join(map(str, place)), float(lesson.w[-1][place]), float(kernel[place]), share)
