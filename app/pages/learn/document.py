"""The lesson for programs: every iteration as one JSON document."""

from typing import Any

from app.address.parameters import spell_counts, spell_padding
from app.pages.learn.lesson import lesson_of, verdict
from app.pages.learn.task import Task
from app.stream.document import grid
from app.text.encoding import dumps, encode


def document(task: Task) -> bytes:
    """`iterations` holds struct of arrays: entry k is before the k-th step down, the last one after all of them."""
    lesson = lesson_of(task)
    values = {name: encode(getattr(lesson, name)) for name in (*grids_of(task), "loss")}
    return dumps(
        {
            **header(task),
            "verdict": verdict(task, lesson),
            "diverged": lesson.diverged,
            "iterations": {"count": len(lesson.loss), **values},
        }
    )


def grids_of(task: Task) -> tuple[str, ...]:
    """The grids of an iteration. A plain step is the gradient, and need not be sent twice."""
    return ("w", "y", "error", "gradient", *(() if task.is_plain else ("step",)))


def header(task: Task) -> dict[str, Any]:
    """What all iterations refer to."""
    parameters = task.parameters
    return {
        "parameters": {
            "kernel_size": list(task.kernel_size),
            "stride": spell_counts(parameters.stride),
            "padding": spell_padding(parameters.padding),
            "learning_rate": task.learning_rate,
            "momentum": parameters.momentum,
            "weight_decay": parameters.weight_decay,
            "batch_size": parameters.batch_size,
            "iterations": parameters.iterations,
            "init": task.begin[0],
        },
        "learning_rates": task.rates,
        "x": grid(task.grid.values),
        "wanted": grid(task.wanted),
        "w": grid(task.kernel.values if task.kernel else None),
    }
