"""A board as the templates receive it."""

from dataclasses import dataclass

from markupsafe import Markup

from app.pages.board.board import Board, Moment
from app.pages.board.drawing import draw


@dataclass(frozen=True)
class BoardView:
    source: str
    """Where its scripts find every number and moment."""
    title: str
    drawing: Markup
    moment: Moment
    step: int
    last: int
    is_open: bool
    """Whether the link names the moment that is shown. Without one, all is seen, and a notable one outlined."""
    verdict: str


def view(board: Board, source: str, title: str, *, step: int | None = None, verdict: str = "") -> BoardView:
    """The board at a moment, complete without scripts."""
    count, is_open = len(board.moments), step is not None
    shown = notable(board) if step is None else step
    moment = board.moments[shown]
    drawing = draw(board, moment, title, is_whole=not is_open)
    return BoardView(source, title, drawing, moment, shown, count - 1, is_open, verdict)


def notable(board: Board) -> int:
    """The moment that reads most cells, nearest to the middle."""
    count = len(board.moments)
    read = [sum(map(len, moment.lit.values())) for moment in board.moments]
    return min(range(count), key=lambda step: (-read[step], abs(step - count // 2)))
