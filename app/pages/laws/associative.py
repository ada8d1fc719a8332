"""(x ∗ w₁) ∗ w₂ = x ∗ (w₁ ∗ w₂): two convolutions, one after the other, are one."""

from app.layout.tree import Column, Row
from app.pages.board.board import Board, Moment, leaves, sheet
from app.pages.board.fields import GridField
from app.pages.board.windows import sum_line
from app.pages.laws.task import Law, LawParameters, Sides, Task, check_fits

SHARE = 0.1


class Associative(LawParameters):
    x: GridField = None
    w1: GridField = None
    w2: GridField = None


def sides(task: Task) -> Sides:
    x, w1, w2 = (task.plane(name) for name in ("x", "w1", "w2"))
    check_fits(task, "x", x, "w₁", w1, "w1")
    first = task.combine(x, w1)
    check_fits(task, f"x {task.symbol} w₁", first, "w₂", w2, "w2")
    left = task.combine(first, w2)
    if not task.fits(w1, w2):
        return Sides(left, None)
    one = task.combine(w1, w2)
    return Sides(left, task.combine(x, one) if task.fits(x, one) else None)


def board(task: Task) -> Board:
    x, w1, w2 = (task.plane(name) for name in ("x", "w1", "w2"))
    left, right = task.sides
    first, sign = task.combine(x, w1), task.symbol
    sheets = [
        sheet("x", "input", x, "x", grid="x"),
        sheet("k", "tap", w1, "w₁", grid="w1", sign=sign),
        sheet("p", "output", first, f"x {sign} w₁", sign="="),
        sheet("h", "tap", w2, "w₂", grid="w2", sign=sign),
        sheet("y", "output", left, f"(x {sign} w₁) {sign} w₂", sign="="),
    ]
    if right is not None:
        differing = None if task.differing is None else task.differing > 0
        one = f"w₁ {sign} w₂"
        sheets += [
            sheet("m", "tap", task.combine(w1, w2), one, sign=f"x {sign}"),
            sheet("z", "output", right, f"x {sign} ({one})", sign="=", differing=differing),
        ]
    leaf = leaves(sheets)
    whole = Row(tuple(leaf[name] for name in "xkphy"), share=SHARE)
    parts = [Row(tuple(leaf[name] for name in names), share=SHARE) for names in ("xk", "ph", "y")]
    second = () if right is None else (Row((leaf["m"], leaf["z"]), share=SHARE),)
    return Board(
        sheets=tuple(sheets),
        wide=(
            Column((whole, *second), is_centred=True),
            Row((whole, *second)),
            Row(
                (Column((Row(tuple(leaf[name] for name in "xkp"), share=SHARE), *second)), Row((leaf["h"], leaf["y"])))
            ),
        ),
        tall=(Column((*parts, *second), is_centred=True),),
        moments=moments(task),
        row=left.shape[1],
    )


def moments(task: Task) -> tuple[Moment, ...]:
    """One for each output. Sides of different sizes go on as far along their ways."""
    x, w1, w2 = (task.plane(name) for name in ("x", "w1", "w2"))
    left, right = task.sides
    first = task.combine(x, w1)
    here = task.meetings(first, w2)
    one = None if right is None else task.combine(w1, w2)
    there = [] if one is None else task.meetings(x, one)
    count = max(len(here), len(there))
    made = []
    for step in range(count):
        number = step * len(here) // count
        lines = [sum_line("left", number, first, w2, here[number], left)]
        lit = {"p": here[number].cells, "h": sorted(here[number].weights), "y": [number]}
        shown = {"y": number + 1}
        if one is not None and right is not None:
            number = step * len(there) // count
            lines.append(sum_line("right", number, x, one, there[number], right))
            lit |= {"x": there[number].cells, "m": sorted(there[number].weights), "z": [number]}
            shown["z"] = number + 1
        made.append(Moment(tuple(lines), shown, lit))
    return tuple(made)


LAW = Law(
    "associative",
    Associative,
    kinds={"x": "input", "w1": "weights", "w2": "weights"},
    usual={"x": "1,2,0;0,1,3;2,2,1", "w1": "1,2;3,4", "w2": "1,-1;0,2"},
    sides=sides,
    board=board,
)
