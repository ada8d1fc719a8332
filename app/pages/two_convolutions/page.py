"""/networks/two-convolutions: two convolutions in a row are one, until a ReLU stands between them."""

import numpy as np
from starlette.routing import Route

from app.address.query import spell_address
from app.grids.literals import Array, spell
from app.pages.board.board import Board
from app.pages.board.document import describe
from app.pages.board.page import board_page, opened
from app.pages.controls import Choice
from app.pages.requests import page_and_document
from app.pages.two_convolutions import words
from app.pages.two_convolutions.board import board
from app.pages.two_convolutions.task import DEFAULTS, Task, read_task
from app.stream.document import grid
from app.text.encoding import dumps
from app.text.format import short


def routes() -> list[Route]:
    return page_and_document(words.PAGE, opened(read_task, board), page, document)


def page(asked: tuple[Task, Board]) -> str:
    task, made = asked
    return board_page(
        "two_convolutions.html", words, task, made, verdict(task), choices=choices(task), scenes=scenes(task)
    )


def verdict(task: Task) -> str:
    """Whether two layers are one, and what a ReLU makes of that."""
    same = words.EQUAL if np.array_equal(task.twice, task.once) else words.ALIKE
    count = int((task.apart > 0).sum())
    if not count:
        return f"{same} {words.SAME_WITH_RELU}"
    differ = words.DIFFERENT.format(count=count, whole=task.apart.size, most=short(float(task.apart.max())))
    return f"{same} {differ}"


def choices(task: Task) -> list[tuple[str, list[Choice]]]:
    """Pictures and kernels to begin with, each as a link to the same page with one field changed."""
    return [
        (words.READY[field], [task.choice(label, task.address(**{field: text}, step="")) for label, text in options])
        for field, options in words.CHOICES.items()
    ]


def scenes(task: Task) -> list[tuple[str, str]]:
    """Each step as a scene, with what it is called."""
    x, w1, w2 = task.x.text, task.w1.text, task.w2.text
    return [
        (scene(x, w1), words.FIRST),
        (scene(text(task.first), w2), words.TWICE),
        (scene(x, spell(task.composed[np.newaxis, np.newaxis], 2, "weights")), words.ONCE),
        (scene(x, w1, activation="relu"), words.RECTIFIED),
        (scene(text(task.rectified), w2), words.BENT),
    ]


def scene(x: str, w: str, **more: str) -> str:
    return f"/conv2d?{spell_address({'x': x, 'w': w} | more)}"


def text(plane: Array) -> str:
    return spell(plane[np.newaxis], 2, "input")


def document(asked: tuple[Task, Board]) -> bytes:
    """Every grid of the three ways, and the board that the page plays."""
    task, made = asked
    return dumps(
        {
            **{name: grid(task.plane(name)) for name in DEFAULTS},
            **{name: grid(getattr(task, name)) for name in ("first", "twice", "composed", "once", "rectified", "bent")},
            "said": {"verdict": verdict(task)},
            "address": task.address(),
            "fields": task.given,
            "board": describe(made),
        }
    )
