"""How long each moment of a board takes: the first ones slowly, then row by row, and the whole in half a minute."""

from app.pages.board.board import Board

FIRST, SLOW, ROW = 2000, 900, 600
"""Milliseconds of the first moment, of the others of its row, and of every later row."""
WHOLE = 30_000
"""What a play takes at most; what has a time of its own keeps it."""


def times(board: Board) -> list[int]:
    usual = [paced(step, board.row) for step in range(len(board.moments))]
    own = sum(moment.time for moment in board.moments)
    worked_out = sum(time for time, moment in zip(usual, board.moments, strict=True) if not moment.time)
    share = min(1.0, max(WHOLE - own, WHOLE // 2) / max(worked_out, 1))
    return [moment.time or round(time * share) for time, moment in zip(usual, board.moments, strict=True)]


def paced(step: int, row: int) -> int:
    if step == 0:
        return FIRST
    return SLOW if step < row else ROW // row
