"""A board as the templates receive it."""

from dataclasses import dataclass

from markupsafe import Markup

from app.address.refusal import Refusal
from app.pages.board.board import Board, Moment
from app.pages.board.drawing import draw
from app.text.refusals import STEP_RANGE


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
    """The moment at which it opens: of those that read most cells, the one nearest to the middle."""
    if board.notable is not None:
        return board.notable
    count = len(board.moments)
    read = [sum(map(len, moment.lit.values())) for moment in board.moments]
    return min(range(count), key=lambda step: (-read[step], abs(step - count // 2)))


def check_step(board: Board, step: int | None) -> None:
    """The moment that a link opens at must be there."""
    count = len(board.moments)
    if step is not None and step >= count:
        sentence = STEP_RANGE.format(name="step", most=count - 1, steps=count, value=step)
        raise Refusal(sentence, type="less_than_equal", loc=("step",))
