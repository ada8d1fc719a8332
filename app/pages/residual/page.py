"""/residual: a residual block and a plain chain on the same numbers, forward and backward."""

from starlette.routing import Route

from app.pages.board.board import Board
from app.pages.board.document import describe
from app.pages.board.page import board_page, opened
from app.pages.controls import Choice
from app.pages.requests import page_and_document
from app.pages.residual import words
from app.pages.residual.board import board
from app.pages.residual.task import DEFAULTS, PATH, Task, read_task
from app.stream.document import grid
from app.text.encoding import dumps
from app.text.format import short


def routes() -> list[Route]:
    return page_and_document(PATH, opened(read_task, board), page, document)


def page(asked: tuple[Task, Board]) -> str:
    task, made = asked
    choices = [choice(label, fields, task) for label, fields in words.CHOICES]
    return board_page("residual.html", words, task, made, verdict(task), choices=choices)


def choice(label: str, fields: dict[str, str], task: Task) -> Choice:
    """A block to begin with; a change of w₂ alone keeps the reader's own numbers."""
    if set(fields) <= {"g"}:
        address = task.address(g=fields.get("g", DEFAULTS["g"]), step="")
    else:
        address = read_task(fields).address()
    return task.choice(label, address)


def verdict(task: Task) -> str:
    """The followed cell of both, there and back."""
    if not task.g or not task.plane("w2").any():
        return words.NOTHING
    numbers = {
        "f": task.f,
        "x": task.plane("x"),
        "y": task.y,
        "through": task.backward.through,
        "up": task.backward.upstream,
        "total": task.backward.total,
    }
    said = {name: short(float(values.flat[task.cell])) for name, values in numbers.items()}
    return words.VERDICT.format(place=", ".join(map(str, task.parameters.at)), **said)


def document(asked: tuple[Task, Board]) -> bytes:
    """Every grid of both, forward and backward, and the board that the page plays."""
    task, made = asked
    back = task.backward
    return dumps(
        {
            "parameters": {"g": task.g, "at": task.parameters.at},
            **{name: grid(task.plane(name)) for name in ("x", "w1", "w2")},
            "relu": grid(task.rectified),
            "f": grid(task.f),
            "upstream": grid(back.upstream),
            "residual": {"y": grid(task.y), "gradient": grid(back.total)},
            "plain": {"y": grid(task.f), "gradient": grid(back.through)},
            "said": {"verdict": verdict(task)},
            "address": task.address(),
            "fields": task.given,
            "board": describe(made),
        }
    )
