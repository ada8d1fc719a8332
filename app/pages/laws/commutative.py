"""a ∗ b = b ∗ a: either of two grids may slide over the other."""

from app.grids.literals import Array
from app.layout.sheet import Sheet
from app.layout.tree import Column, Row
from app.pages.board.board import Board, Line, Moment, leaves, sheet
from app.pages.board.fields import GridField
from app.pages.board.windows import Meeting, sum_line, turned
from app.pages.laws import words
from app.pages.laws.task import Law, LawParameters, Sides, Task, check_fits

SHARE = 0.1
"""Of the gap, between grids of one side."""


class Commutative(LawParameters):
    a: GridField = None
    b: GridField = None


def sides(task: Task) -> Sides:
    a, b = task.plane("a"), task.plane("b")
    check_fits(task, "a", a, "b", b, "b")
    return Sides(task.combine(a, b), task.combine(b, a) if task.fits(b, a) else None)


def board(task: Task) -> Board:
    a, b = task.plane("a"), task.plane("b")
    left, right = task.sides
    halves = [half(task, "xky", ("a", a), ("b", b), left)]
    if right is not None:
        halves.append(half(task, "uhz", ("b", b), ("a", a), right))
    sheets = [each for half in halves for each in half]
    leaf = leaves(sheets)
    rows = tuple(Row(tuple(leaf[each.plane.id] for each in half), share=SHARE) for half in halves)
    return Board(
        sheets=tuple(sheets),
        wide=(Row(rows), Column(rows, is_centred=True)),
        tall=(Column(rows, is_centred=True),),
        moments=moments(task, a, b, left, right),
        row=left.shape[1],
    )


def half(task: Task, ids: str, plane: tuple[str, Array], kernel: tuple[str, Array], result: Array) -> list[Sheet]:
    """One side: a grid, the other one as its kernel, and what comes out."""
    (x_name, x), (w_name, w) = plane, kernel
    drawn, title = (w[::-1, ::-1], words.TURNED.format(name=w_name)) if task.flip else (w, w_name)
    differing = task.differing
    return [
        sheet(ids[0], "input", x, x_name, grid=x_name),
        sheet(ids[1], "tap", drawn, title, grid=w_name, sign=task.symbol, turned=task.flip),
        sheet(
            ids[2],
            "output",
            result,
            f"{x_name} {task.symbol} {w_name}",
            sign="=",
            differing=None if differing is None else differing > 0,
        ),
    ]


def moments(task: Task, a: Array, b: Array, left: Array, right: Array | None) -> tuple[Moment, ...]:
    """One for each output. Sides of different sizes go on as far along their ways."""
    here = task.meetings(a, b)
    there = [] if right is None else task.meetings(b, a)
    count = max(len(here), len(there))
    made = []
    for step in range(count):
        number = step * len(here) // count
        one = side_moment(task, ("x", "k", "y"), a, b, left, number, here[number])
        if right is not None:
            number = step * len(there) // count
            other = side_moment(task, ("u", "h", "z"), b, a, right, number, there[number])
            one = Moment(one.lines + other.lines, {**one.shown, **other.shown}, {**one.lit, **other.lit})
        made.append(one)
    return tuple(made)


def side_moment(
    task: Task, ids: tuple[str, str, str], x: Array, w: Array, result: Array, number: int, meeting: Meeting
) -> Moment:
    names = {"y": f"(a {task.symbol} b)", "z": f"(b {task.symbol} a)"}
    line: Line = sum_line(names[ids[2]], number, x, w, meeting, result)
    weights = turned(meeting.weights, w.size) if task.flip else meeting.weights
    return Moment(
        lines=(line,),
        shown={ids[2]: number + 1},
        lit={ids[0]: meeting.cells, ids[1]: sorted(weights), ids[2]: [number]},
    )


LAW = Law(
    "commutative",
    Commutative,
    kinds={"a": "input", "b": "input"},
    usual={"a": "1,2,0;0,1,3;2,2,1", "b": "1,2;3,4"},
    sides=sides,
    board=board,
)
