"""The page around a board that has an address of its own."""

from collections.abc import Callable
from types import ModuleType
from typing import Any, TypeVar

from app.address.query import Raw
from app.pages.board.asked import Asked
from app.pages.board.board import Board
from app.pages.board.view import check_step, view
from app.pages.templates import render
from app.settings import Limits

Task = TypeVar("Task", bound=Asked)


def opened(read: Callable[[Raw], Task], board: Callable[[Task], Board]) -> Callable[[Raw, Limits], tuple[Task, Board]]:
    """How raw values become a task and its board, at a moment that is there."""

    def read_both(raw: Raw, _: Limits) -> tuple[Task, Board]:
        task = read(raw)
        made = board(task)
        check_step(made, task.step)
        return task, made

    return read_both


def board_page(
    template: str, said: ModuleType, task: Asked, board: Board, verdict: str, *, board_title: str = "", **more: Any
) -> str:
    """A template that extends board_page.html; `said` has its TITLE and the labels of its FIELDS, `more` is its own."""
    source, board_title = task.address(".json", step=""), board_title or said.TITLE
    return render(
        template,
        title=said.TITLE,
        said=said,
        task=task,
        here=task.PATH,
        board=view(board, source, board_title, step=task.step, verdict=verdict),
        fields=task.fields(said.FIELDS),
        **more,
    )
