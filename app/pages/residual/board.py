"""The board of a residual block: F's grids cell by cell, then both ways meet, then the gradient comes back."""

from app.layout.tree import Column, Row, Space
from app.pages.board.board import Board, Flight, Line, Moment, Way, leaves, sheet
from app.pages.board.windows import meetings, place, sum_line
from app.pages.residual import words
from app.pages.residual.task import Task, axes_of
from app.text.format import short

APART, APART_TALL, ROOM = 40, 16, 1
"""Units between forward and backward, and below both, for the arrow that goes round F."""
LONG = 2600
"""Milliseconds of a moment that matters most."""
BACKWARD_PLANES = ("u", "q", "h", "e")


def board(task: Task) -> Board:
    back = task.backward
    scale = max(float(abs(task.y).max()), 1.0)
    gradients = max(float(abs(back.total).max()), 1.0)
    sheets = [
        sheet("x", "input", task.plane("x"), "x", grid="x"),
        sheet("k", "tap", task.plane("w1"), "w₁", grid="w1", sign="⋆"),
        sheet("r", "output", task.rectified, words.RELU),
        sheet("m", "tap", task.plane("w2"), "w₂", grid="w2", sign=factor(task)),
        sheet("f", "output", task.f, words.F, scale=scale),
        sheet("y", "output", task.y, words.RESIDUAL, sign="⊕", scale=scale),
        sheet("p", "output", task.f, words.PLAIN, scale=scale),
        sheet("h", "input", back.total, words.GRADIENT, scale=gradients),
        sheet("q", "input", back.through, words.THROUGH, sign="⊕", scale=gradients),
        sheet("u", "output", back.upstream, words.UPSTREAM),
        sheet("e", "input", back.through, words.PLAIN_GRADIENT, scale=gradients),
    ]
    leaf = leaves(sheets)

    def row(*names: str, share: float = 0.2) -> Row:
        return Row(tuple(leaf[name] for name in names), share=share)

    forward, backward = row("x", "k", "r", "m", "f", "y"), row("h", "q", "u", share=1)
    room = Space(1, ROOM)
    return Board(
        sheets=tuple(sheets),
        wide=(
            Row(
                (
                    Column((forward, backward, room), is_centred=True, gap=APART),
                    Column((leaf["p"], leaf["e"], room), is_centred=True, gap=APART),
                )
            ),
        ),
        tall=(Column((row("x", "r", share=3), row("y", "f", share=3), row("h", "q", share=2)), gap=APART_TALL),),
        moments=moments(task),
        row=task.y.shape[1],
        ways=(
            Way("k", "r"),
            Way("m", "f"),
            Way("x", "y", is_around=True),
            Way("x", "r", box="tall"),
            Way("r", "f", box="tall"),
            Way("f", "y", box="tall"),
            Way("u", "q"),
            Way("q", "h"),
            Way("u", "h", is_around=True),
        ),
        notable=2 * task.y.size + task.cell,
    )


def factor(task: Task) -> str:
    """What stands between the rectified grid and w₂."""
    return f"⋆ {short(task.g)} ·"


def moments(task: Task) -> tuple[Moment, ...]:
    return (*first_layer(task), *second_layer(task), *meeting(task), *backward(task))


def hidden(*names: str) -> dict[str, int]:
    """Planes of which nothing is to be seen yet."""
    return dict.fromkeys(names, 0)


def first_layer(task: Task) -> list[Moment]:
    """ReLU(x ⋆ w₁), cell by cell."""
    x, w = task.plane("x"), task.plane("w1")
    made = []
    for number, met in enumerate(meetings(axes_of(x, w))):
        line = sum_line("(x ⋆ w₁)", number, x, w, met, task.first)
        after: Line = ((words.RECTIFIED, ""), (short(float(task.rectified.flat[number])), "output"))
        lit = {"x": met.cells, "k": sorted(met.weights), "r": [number]}
        made.append(Moment(((*line, *after),), {**hidden("f", "y", "p", *BACKWARD_PLANES), "r": number + 1}, lit))
    return made


def second_layer(task: Task) -> list[Moment]:
    """F, cell by cell."""
    r, w = task.rectified, task.g * task.plane("w2")
    made = []
    for number, met in enumerate(meetings(axes_of(r, w))):
        lit = {"r": met.cells, "m": sorted(met.weights), "f": [number]}
        line = sum_line("F", number, r, w, met, task.f)
        made.append(Moment((line,), {**hidden("y", "p", *BACKWARD_PLANES), "f": number + 1}, lit))
    return made


def meeting(task: Task) -> list[Moment]:
    """Both ways meet at ⊕, and beside them the plain chain ends."""
    made = []
    for number in range(task.y.size):
        f, x, y = (short(float(grid.flat[number])) for grid in (task.f, task.plane("x"), task.y))
        at = place("", number, task.y.shape[1])
        made.append(
            Moment(
                lines=(
                    ((words.FORWARD.format(place=at, f=f, x=x), ""), (y, "output")),
                    ((words.PLAIN_FORWARD.format(place=at), ""), (f, "output")),
                ),
                shown={**hidden(*BACKWARD_PLANES), "y": number + 1, "p": number + 1},
                lit={name: [number] for name in "xfyp"},
                flights=(
                    Flight(("f", number), ("y", number), f),
                    Flight(("x", number), ("y", number), x),
                    Flight(("f", number), ("p", number), f),
                ),
                time=LONG if number == task.cell else 0,
            )
        )
    return made


def backward(task: Task) -> list[Moment]:
    """A gradient of 1 comes from above, goes back both ways, and both meet at x."""
    cell, count, back = task.cell, task.y.size, task.backward
    at = place("", cell, task.y.shape[1])
    through, total = (short(float(grid.flat[cell])) for grid in (back.through, back.total))
    touched = [number for number, value in enumerate(back.through.ravel().tolist()) if value]
    return [
        Moment(
            (((words.UP.format(place=at), ""),),),
            {**hidden("q", "h", "e"), "u": count},
            {"y": [cell], "p": [cell], "u": [cell]},
            flights=(Flight(("y", cell), ("u", cell), "1"),),
            time=LONG,
        ),
        Moment(
            (((words.BACK_THROUGH.format(place=at), ""), (through, "input")),),
            {**hidden("h", "e"), "q": count},
            {"u": [cell], "q": touched, "f": [cell]},
            time=LONG,
        ),
        Moment(
            (
                ((words.BACK.format(place=at, through=through, shortcut="1"), ""), (total, "input")),
                ((words.PLAIN_BACK, ""), (through, "input")),
            ),
            {"h": count, "e": count},
            {"q": [cell], "u": [cell], "h": [cell], "e": [cell]},
            flights=(
                Flight(("q", cell), ("h", cell), through),
                Flight(("u", cell), ("h", cell), "1"),
                Flight(("q", cell), ("e", cell), through),
            ),
            time=LONG,
        ),
    ]
