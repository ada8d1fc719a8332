"""The page around a board that has an address of its own."""

from types import ModuleType
from typing import Any

from app.pages.board.asked import Asked
from app.pages.board.board import Board
from app.pages.board.view import view
from app.pages.controls import Choice
from app.pages.templates import render


def board_page(
    template: str,
    said: ModuleType,
    task: Asked,
    board: Board,
    *,
    step: int | None,
    verdict: str,
    choices: list[Choice],
    **more: Any,
) -> str:
    """A template that extends board_page.html; `said` has its TITLE and the labels of its FIELDS, `more` is its own."""
    return render(
        template,
        title=said.TITLE,
        said=said,
        task=task,
        here=task.PATH,
        board=view(board, task.address(".json", step=""), said.TITLE, step=step, verdict=verdict),
        choices=choices,
        fields=task.fields(said.FIELDS),
        **more,
    )
