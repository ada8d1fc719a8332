"""a ∗ (λ₁b + λ₂c) = λ₁(a ∗ b) + λ₂(a ∗ c): sums and factors may wait, until a ReLU stands on each convolution."""

from typing import Annotated

from app.address.numbers import spell_number
from app.address.parameters import read_number, reader
from app.address.refusal import Refusal
from app.grids.literals import Array
from app.layout.tree import Column, Row
from app.pages.board.board import Board, Line, Moment, leaves, sheet
from app.pages.board.fields import Flag, GridField
from app.pages.board.windows import bracketed, place, sum_line
from app.pages.laws import words
from app.pages.laws.task import Law, LawParameters, Sides, Task, check_fits, rectified
from app.text.format import short

FARTHEST = 3.0
"""How large a factor may be."""
SHARE = 0.1

Factor = Annotated[float, reader(read_number, example="1.5", least=-FARTHEST, most=FARTHEST)]


class Linear(LawParameters):
    a: GridField = None
    b: GridField = None
    c: GridField = None
    lambda1: Factor = 1.0
    lambda2: Factor = 1.0
    relu: Flag = False

    def scalars(self) -> dict[str, str]:
        return {
            "lambda1": spell_number(self.lambda1),
            "lambda2": spell_number(self.lambda2),
            "relu": str(self.relu).lower(),
        }


def mixed(task: Task) -> Array:
    """λ₁b + λ₂c"""
    p = task.parameters
    mix: Array = p.lambda1 * task.plane("b") + p.lambda2 * task.plane("c") + 0.0
    return mix


def single(task: Task, kernel: str) -> Array:
    """a ∗ b, or a ∗ c, with the ReLU if there is one."""
    result = task.combine(task.plane("a"), task.plane(kernel))
    return rectified(result) if task.parameters.relu else result


def sides(task: Task) -> Sides:
    a, b, c = (task.plane(name) for name in "abc")
    if b.shape != c.shape:
        raise Refusal(words.OTHER_KERNEL, loc=("c",))
    check_fits(task, "a", a, "b", b, "b")
    left, p = task.combine(a, mixed(task)), task.parameters
    right = p.lambda1 * single(task, "b") + p.lambda2 * single(task, "c") + 0.0
    return Sides(rectified(left) if p.relu else left, right)


def board(task: Task) -> Board:
    a, mix, p = task.plane("a"), mixed(task), task.parameters
    left, right = task.sides
    assert right is not None
    factors = (f"{short(p.lambda1)} ·", f"{'−' if p.lambda2 < 0 else '+'} {short(abs(p.lambda2))} ·")
    names = [f"a {task.symbol} b", f"a {task.symbol} c", f"a {task.symbol} mix"]
    if p.relu:
        names = [words.RECTIFIED.format(name=name) for name in names]
    singles = [single(task, "b"), single(task, "c")]
    differing = None if task.differing is None else task.differing > 0
    sheets = [
        sheet("b", "tap", task.plane("b"), "b", grid="b", sign=factors[0]),
        sheet("c", "tap", task.plane("c"), "c", grid="c", sign=factors[1]),
        sheet("m", "tap", mix, words.MIX, sign="="),
        sheet("x", "input", a, "a", grid="a"),
        sheet("y", "output", left, names[2], sign=f"{task.symbol} mix ="),
        sheet("p", "output", singles[0], names[0], sign=factors[0]),
        sheet("q", "output", singles[1], names[1], sign=factors[1]),
        sheet("z", "output", right, words.SUM, sign="=", differing=differing),
    ]
    leaf = leaves(sheets)
    first, second, third = (Row(tuple(leaf[name] for name in names), share=SHARE) for names in ("bcm", "xy", "pqz"))
    return Board(
        sheets=tuple(sheets),
        wide=(
            Column((Row((first, second), share=0.8), third), is_centred=True),
            Row((Column((first, second), is_centred=True), third)),
        ),
        tall=(Column((first, second, third), is_centred=True),),
        moments=moments(task, a, mix, singles, left, right),
        row=left.shape[1],
    )


def moments(task: Task, a: Array, mix: Array, singles: list[Array], left: Array, right: Array) -> tuple[Moment, ...]:
    """One for each output."""
    found = task.meetings(a, mix)
    plain = task.combine(a, mix)
    kernels = {"b": task.plane("b"), "c": task.plane("c"), "m": mix}
    made = []
    for number, meeting in enumerate(found):
        met = sorted(meeting.weights)
        shown = dict.fromkeys("ypqz", number + 1)
        lit = {"x": meeting.cells, **dict.fromkeys(kernels, met), **{name: [number] for name in "ypqz"}}
        line = sum_line("left", number, a, mix, meeting, plain)
        if task.parameters.relu:
            line = (*line, (" → ", ""), (short(float(left.flat[number])), "output"))
        made.append(Moment((line, mix_line(task, number, singles, right)), shown, lit))
    return tuple(made)


def mix_line(task: Task, number: int, singles: list[Array], right: Array) -> Line:
    p = task.parameters
    return (
        (place("right", number, right.shape[1]), "output"),
        (f" = {short(p.lambda1)} · ", ""),
        (bracketed(float(singles[0].flat[number])), "output"),
        (f" + {bracketed(p.lambda2)} · ", ""),
        (bracketed(float(singles[1].flat[number])), "output"),
        (" = ", ""),
        (short(float(right.flat[number])), "output"),
    )


LAW = Law(
    "linear",
    Linear,
    kinds={"a": "input", "b": "weights", "c": "weights"},
    usual={
        "a": "9,9,9,9,9;0,0,0,9,4;0,0,4,9,0;0,0,9,4,0;0,0,9,0,0",
        "b": "sobel-x",
        "c": "sobel-y",
        "lambda1": "1",
        "lambda2": "1",
        "relu": "false",
        "padding": "valid",
        "flip": "true",
    },
    sides=sides,
    board=board,
)
