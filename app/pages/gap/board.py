"""The board of two heads on one map: number by number a line fills on the left, and a mean on the right."""

import numpy as np

from app.layout.sheet import Sheet
from app.layout.tree import Column, Row
from app.pages.board.board import Board, Line, Moment, Way, leaves, sheet
from app.pages.board.windows import bracketed, place
from app.pages.gap import words
from app.pages.gap.task import Task
from app.text.format import short

SHARE, HEADS = 0.12, 0.9
"""Of the gap, between the grids of a head, and between the two heads."""
LONG = 3000
"""Milliseconds of the moment at which both heads answer."""


def board(task: Task) -> Board:
    x = task.x.values
    channels = len(x)
    maps = [sheet(f"x.{n}", "input", plane, words.CHANNEL.format(n=n), grid="x") for n, plane in enumerate(x)]
    heads = [
        sheet("f", "input", x.reshape(channels, -1), words.LINE),
        sheet("r", "tap", task.w.values[0].reshape(channels, -1), words.LINE_WEIGHTS, sign="·"),
        sheet("y", "output", task.dense[:, np.newaxis], words.LINE_SUMS, sign="="),
        sheet("p", "input", task.means[:, np.newaxis], words.MEANS),
        sheet("s", "tap", task.v.values[0].reshape(channels, 1), words.MEAN_WEIGHTS, sign="·"),
        sheet("z", "output", task.averaged[:, np.newaxis], words.MEAN_SUMS, sign="="),
    ]
    sheets = [*maps, *heads]
    leaf = leaves(sheets)

    def row(*names: str, share: float = SHARE) -> Row:
        return Row(tuple(leaf[name] for name in names), share=share)

    entering = row(*(each.plane.id for each in maps), share=0.5)
    last = maps[-1].plane.id
    return Board(
        sheets=tuple(sheets),
        wide=(
            Column((entering, Row((row("f", "r", "y"), row("p", "s", "z")), share=HEADS)), is_centred=True, gap=36),
            Column((entering, row("f", "r", "y"), row("p", "s", "z")), is_centred=True, gap=24),
        ),
        tall=(
            Column((entering, row("f", "p", share=1), row("r", "s", share=1), row("y", "z", share=2)), is_centred=True),
        ),
        moments=moments(task, maps),
        row=x.shape[2],
        ways=(Way("x.0", "f", box="wide"), Way(last, "p", box="wide")),
    )


def moments(task: Task, maps: list[Sheet]) -> tuple[Moment, ...]:
    """One for each number of the map: it joins the line, and the mean of its channel. Then both heads answer."""
    x, w = task.x.values, task.w.values[0]
    channels, area = len(x), x[0].size
    made = []
    for number in range(x.size):
        channel, cell = divmod(number, area)
        made.append(
            Moment(
                lines=(number_line(task, channel, cell, float(w.flat[number])),),
                shown={"f": number + 1, "p": channel + (cell == area - 1), "y": 0, "z": 0},
                lit={f"x.{channel}": [cell], "f": [number], "r": [number], "p": [channel], "s": [channel]},
            )
        )
    answers = list(range(task.classes))
    answered = Moment(
        lines=tuple(answer_line(task, n) for n in answers),
        shown={"y": task.classes, "z": task.classes},
        lit={"y": answers, "z": answers, "p": list(range(channels))},
        time=LONG,
    )
    return (*made, answered)


def number_line(task: Task, channel: int, cell: int, weight: float) -> Line:
    """What becomes of one number on either side."""
    plane = task.x.values[channel]
    value = short(float(plane.flat[cell]))
    at = place(words.CHANNEL.format(n=channel), cell, plane.shape[1])
    said = words.AS_NUMBER.format(
        value=value, weight=bracketed(weight), count=plane.size, mean=short(float(task.means[channel]))
    )
    return ((f"{at} = ", "input"), (value, "input"), (": ", ""), (said, ""))


def answer_line(task: Task, number: int) -> Line:
    return (
        (words.SUMS.format(n=number), ""),
        (words.SUM_LEFT, ""),
        (short(float(task.dense[number])), "output"),
        (words.SUM_RIGHT, ""),
        (short(float(task.averaged[number])), "output"),
    )
