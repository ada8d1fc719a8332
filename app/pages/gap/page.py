"""/gap: a global average beside a fully connected head, both on one map, and GoogLeNet's figures."""

from starlette.routing import Route

from app.address.phrases import times
from app.pages.board.board import Board
from app.pages.board.document import describe
from app.pages.board.page import board_page, opened
from app.pages.gap import words
from app.pages.gap.board import board
from app.pages.gap.figures import answers, figures
from app.pages.gap.task import DEFAULTS, PATH, Task, read_task
from app.pages.requests import page_and_document
from app.stream.document import grid
from app.text.encoding import dumps


def routes() -> list[Route]:
    return page_and_document(PATH, opened(read_task, board), page, document)


def page(asked: tuple[Task, Board]) -> str:
    task, made = asked
    choices = [task.choice(label, read_task(fields).address()) for label, fields in words.CHOICES]
    return board_page("gap.html", words, task, made, verdict(task), choices=choices, figures=answers())


def verdict(task: Task) -> str:
    """How many parameters either head has."""
    shape = task.x.values.shape
    return words.VERDICT.format(
        numbers=task.x.values.size,
        classes=task.classes,
        dense=task.parameters_of_dense,
        map=times(shape),
        channels=shape[0],
        linear=task.parameters_behind_average,
    )


def document(asked: tuple[Task, Board]) -> bytes:
    """Both heads with their parameters, GoogLeNet's figures, and the board that the page plays."""
    task, made = asked
    return dumps(
        {
            **{name: grid(getattr(task, name).values) for name in DEFAULTS},
            "fully_connected": {"parameters": task.parameters_of_dense, "y": grid(task.dense)},
            "average": {
                "parameters": 0,
                "means": grid(task.means),
                "parameters_behind": task.parameters_behind_average,
                "y": grid(task.averaged),
            },
            "googlenet": figures(),
            "said": {"verdict": verdict(task)},
            "address": task.address(),
            "fields": task.given,
            "board": describe(made),
        }
    )
