"""/laws: what holds for convolutions as for numbers, with both sides side by side under one playhead."""

from typing import Any

from starlette.routing import Route

from app.address.query import Raw
from app.pages.board.document import describe
from app.pages.board.view import view
from app.pages.controls import Choice, Field
from app.pages.laws import linear, shift, words
from app.pages.laws.laws import LAWS, holds, verdict
from app.pages.laws.task import PATH, Task, defaults, read_task
from app.pages.requests import page_and_document
from app.pages.templates import render
from app.settings import Limits
from app.stream.document import grid
from app.text.encoding import dumps

FIELDS = tuple(dict.fromkeys(name for law in LAWS.values() for name in law.parameters.model_fields))
"""Of all laws."""


def routes() -> list[Route]:
    return page_and_document(PATH, read, page, document)


def read(raw: Raw, _: Limits) -> Task:
    return read_task(raw, LAWS)


def page(task: Task) -> str:
    source, title = task.address(".json", step=""), words.LAWS[task.law.name][1]
    return render(
        "laws.html",
        title=words.TITLE,
        said=words,
        task=task,
        here=PATH,
        board=view(task.board, source, title, step=task.parameters.step, verdict=verdict(task)),
        tabs=[Choice(short, address_of(name), name == task.law.name) for name, (short, _) in words.LAWS.items()],
        settings=settings(task),
        fields=fields(task),
        sliders=sliders(task),
        arrows=arrows(task),
        holds=holds(task),
    )


def address_of(law: str) -> str:
    """A law with its usual numbers."""
    return PATH if law == "commutative" else f"{PATH}?law={law}"


def settings(task: Task) -> list[list[Choice]]:
    """Padding and turn, each as links to the same numbers."""
    return [
        [Choice(label, task.address(**{name: value}, step=""), value == now) for value, label in labels.items()]
        for name, labels, now in (
            ("flip", words.FLIPS, str(task.flip).lower()),
            ("padding", words.PADDINGS, task.parameters.padding),
        )
    ]


def fields(task: Task) -> list[Field]:
    """The grids and numbers as the address writes them, their defaults behind them."""
    usual, own = defaults(task.law), task.spelled
    names = [name for name in words.FIELDS if name in usual and name not in ("lambda1", "lambda2")]
    return [Field(name, words.FIELDS[name], own.get(name, ""), usual[name]) for name in names]


def sliders(task: Task) -> list[Field]:
    """The factors of a sum."""
    if task.law is not linear.LAW:
        return []
    scalars = task.parameters.scalars()
    return [Field(name, words.FIELDS[name], scalars[name], "") for name in ("lambda1", "lambda2")]


def arrows(task: Task) -> list[Choice]:
    """Links that move the input by one more cell."""
    if task.law is not shift.LAW:
        return []
    rows, cols = task.parameters.shift
    found = []
    for label, (down, right) in words.ARROWS:
        to = rows + down, cols + right
        is_near = max(map(abs, to)) <= shift.FARTHEST
        found.append(Choice(label, task.address(shift=f"{to[0]},{to[1]}", step="") if is_near else None))
    return found


def document(task: Task) -> bytes:
    """Both sides, whether they are one, and the board that the page plays."""
    left, right = task.sides
    described: dict[str, Any] = {
        "law": task.law.name,
        "parameters": {
            "padding": task.parameters.padding,
            "flip": task.flip,
            **{name: getattr(task.parameters, name) for name in task.parameters.scalars()},
        },
        **{name: grid(task.plane(name)) for name in task.grids},
        "left": grid(left),
        "right": grid(right),
        "equal": task.is_equal,
        "differ": None if task.differing is None else int((task.differing > 0).sum()),
        "said": {"verdict": verdict(task)},
        "address": task.address(),
        "fields": {name: task.spelled.get(name, "") for name in defaults(task.law) if name != "law"},
        "board": describe(task.board),
    }
    return dumps(described)
