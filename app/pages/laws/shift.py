"""S(x) ∗ w = S(x ∗ w): move the input, and the output moves along."""

from typing import Annotated

import numpy as np

from app.address.parameters import reader, refuse, shown
from app.grids.literals import Array
from app.layout.tree import Column, Row
from app.pages.board.board import Board, Moment, leaves, sheet
from app.pages.board.fields import GridField
from app.pages.board.windows import place, sum_line
from app.pages.laws import words
from app.pages.laws.task import Law, LawParameters, Sides, Task, check_fits
from app.text.format import short

FARTHEST = 4
SHARE = 0.1


def read_shift(raw: object, *, name: str) -> tuple[int, int]:
    """Rows down and columns to the right."""
    text = raw if isinstance(raw, str) else ",".join(map(str, raw)) if isinstance(raw, list) else ""
    parts = text.replace("−", "-").split(",")
    if len(parts) != 2 or not all(part.strip().lstrip("-").isdecimal() and len(part) < 4 for part in parts):
        refuse(words.SHIFT_FORM, text=shown(raw))
    rows, cols = map(int, parts)
    if max(abs(rows), abs(cols)) > FARTHEST:
        refuse(words.TOO_FAR, kind="less_than_equal", most=FARTHEST, given=max(rows, cols, key=abs))
    return rows, cols


class Shift(LawParameters):
    x: GridField = None
    w: GridField = None
    shift: Annotated[tuple[int, int], reader(read_shift)] = (1, 1)

    def scalars(self) -> dict[str, str]:
        return {"shift": ",".join(map(str, self.shift))}


def moved(plane: Array, shift: tuple[int, int]) -> Array:
    """The plane moved within its frame: zeros come in, and what leaves it is gone.

    >>> moved(np.array([[1.0, 2.0], [3.0, 4.0]]), (1, 0)).tolist()
    [[0.0, 0.0], [1.0, 2.0]]
    """
    result = np.zeros_like(plane)
    (to_rows, rows), (to_cols, cols) = (kept(size, by) for size, by in zip(plane.shape, shift, strict=True))
    result[to_rows, to_cols] = plane[rows, cols]
    return result


def kept(size: int, by: int) -> tuple[slice, slice]:
    """Where what stays comes to lie, and where it lay."""
    by = max(-size, min(by, size))
    return slice(max(by, 0), size + min(by, 0)), slice(max(-by, 0), size - max(by, 0))


def sides(task: Task) -> Sides:
    x, w, shift = task.plane("x"), task.plane("w"), task.parameters.shift
    check_fits(task, "x", x, "w", w, "w")
    return Sides(task.combine(moved(x, shift), w), moved(task.combine(x, w), shift))


def board(task: Task) -> Board:
    x, w, sign = task.plane("x"), task.plane("w"), task.symbol
    left, right = task.sides
    assert right is not None
    differing = None if task.differing is None else task.differing > 0
    sheets = [
        sheet("x", "input", x, "x", grid="x"),
        sheet("s", "input", moved(x, task.parameters.shift), words.MOVED.format(name="x"), sign="→"),
        sheet("k", "tap", w, "w", grid="w", sign=sign),
        sheet("y", "output", left, f"S(x) {sign} w", sign="="),
        sheet("p", "output", task.combine(x, w), f"x {sign} w", sign=f"x {sign} w ="),
        sheet("z", "output", right, words.MOVED.format(name=f"x {sign} w"), sign="→", differing=differing),
    ]
    leaf = leaves(sheets)
    first = Row(tuple(leaf[name] for name in "xsky"), share=SHARE)
    pairs = [Row(tuple(leaf[name] for name in names), share=SHARE) for names in ("xs", "ky", "pz")]
    return Board(
        sheets=tuple(sheets),
        wide=(Column((first, pairs[2]), is_centred=True), Row((first, pairs[2]))),
        tall=(Column(tuple(pairs), is_centred=True),),
        moments=moments(task, left, right),
        row=left.shape[1],
    )


def moments(task: Task, left: Array, right: Array) -> tuple[Moment, ...]:
    """One for each output; of the moved one also where it came from."""
    x, w, shift = task.plane("x"), task.plane("w"), task.parameters.shift
    moved_x, cols = moved(x, shift), left.shape[1]
    made = []
    for number, meeting in enumerate(task.meetings(x, w)):
        row, col = number // cols - shift[0], number % cols - shift[1]
        is_inside = 0 <= row < left.shape[0] and 0 <= col < cols
        origin = place(f"(x {task.symbol} w)", row * cols + col, cols) if is_inside else words.CAME_IN
        value = (short(float(right.flat[number])), "output")
        made.append(
            Moment(
                (
                    sum_line("left", number, moved_x, w, meeting, left),
                    ((place("right", number, cols), "output"), (f" = {origin} = ", ""), value),
                ),
                shown={"y": number + 1, "z": number + 1},
                lit={
                    "s": meeting.cells,
                    "k": sorted(meeting.weights),
                    "y": [number],
                    "z": [number],
                    "p": [row * cols + col] if is_inside else [],
                },
            )
        )
    return tuple(made)


LAW = Law(
    "shift",
    Shift,
    kinds={"x": "input", "w": "weights"},
    usual={"x": "1,2,0,0,0;3,1,0,0,0;0,0,0,0,0;0,0,0,0,0;0,0,0,0,0", "w": "1,2;3,4", "shift": "1,1"},
    sides=sides,
    board=board,
)
