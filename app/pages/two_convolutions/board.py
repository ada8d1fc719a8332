"""The board of three ways from a picture to a result; every moment is the same place of all three."""

import numpy as np

from app.grids.literals import Array
from app.layout.tree import Column, Row
from app.pages.board.board import Board, Line, Moment, leaves, sheet
from app.pages.board.windows import Meeting, meetings, sum_line
from app.pages.two_convolutions import words
from app.pages.two_convolutions.task import Task
from app.text.format import short
from kernels.collapse import plane_axes

SHARE = 0.1
"""Of the gap, between the grids of one way."""


def board(task: Task) -> Board:
    x, w1, w2 = (task.plane(name) for name in ("x", "w1", "w2"))
    sheets = [
        sheet("x", "input", x, "x", grid="x"),
        sheet("k", "tap", w1, "w₁", grid="w1", sign="⋆"),
        sheet("p", "output", task.first, words.FIRST, sign="="),
        sheet("h", "tap", w2, "w₂", grid="w2", sign="⋆"),
        sheet("y", "output", task.twice, words.TWICE, sign="=", scale=task.scale),
        sheet("m", "tap", task.composed, words.COMPOSED, sign="x ⋆"),
        sheet("z", "output", task.once, words.ONCE, sign="=", scale=task.scale),
        sheet("r", "output", task.rectified, words.RECTIFIED),
        sheet("u", "output", task.bent, words.BENT, sign="⋆ w₂ =", scale=task.scale, differing=task.apart > 0),
    ]
    leaf = leaves(sheets)

    def row(*names: str) -> Row:
        return Row(tuple(leaf[name] for name in names), share=SHARE)

    whole, once, bent = row(*"xkphy"), row("m", "z"), row("r", "u")
    return Board(
        sheets=tuple(sheets),
        wide=(
            Column((whole, Row((once, bent))), is_centred=True),
            Column((row("x", "k"), row(*"phy"), Row((once, bent))), is_centred=True),
        ),
        tall=(
            Column((row("x", "k"), row("p", "h"), row("y"), once, bent), is_centred=True),
            Column((row("x", "k"), row(*"phy"), once, bent), is_centred=True),
            Column((row("x", "k"), row("p", "h"), row("y"), Row((once, bent))), is_centred=True),
        ),
        moments=moments(task),
        row=task.twice.shape[1],
        notable=notable(task.apart),
    )


def moments(task: Task) -> tuple[Moment, ...]:
    """One for each place of the results: what is read there on each way."""
    x, w2 = task.plane("x"), task.plane("w2")
    through = meetings(plane_axes(task.first.shape, w2.shape, is_full=False, flip=False))
    at_once = meetings(plane_axes(x.shape, task.composed.shape, is_full=False, flip=False))
    return tuple(
        Moment(
            lines=lines(task, number, here),
            shown=dict.fromkeys("yzu", number + 1),
            lit={
                "x": there.cells,
                "m": there.weights,
                **dict.fromkeys("pr", here.cells),
                "h": here.weights,
                **{name: [number] for name in "yzu"},
            },
        )
        for number, (here, there) in enumerate(zip(through, at_once, strict=True))
    )


def lines(task: Task, number: int, here: Meeting) -> tuple[Line, ...]:
    """The sums of one place, without and with a ReLU between."""
    w2 = task.plane("w2")
    at_once = short(float(task.once.flat[number]))
    return (
        (
            (words.AFTER.format(name=words.TWICE), ""),
            *sum_line("y", number, task.first, w2, here, task.twice),
            (words.AT_ONCE, ""),
            (at_once, "output"),
        ),
        ((words.AFTER.format(name=words.BENT), ""), *sum_line("y", number, task.rectified, w2, here, task.bent)),
    )


def notable(apart: Array) -> int | None:
    """Of the places that the ReLU changes, the one nearest to the middle."""
    changed = np.flatnonzero(apart)
    return int(min(changed, key=lambda number: abs(int(number) - apart.size // 2))) if len(changed) else None
