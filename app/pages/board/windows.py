"""Which cells of two grids meet in each number of their convolution, and the sums in words."""

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from app.grids.literals import Array
from app.pages.board.board import Line
from app.text.format import short
from kernels.axis import ZERO, Axis

MOST_TERMS = 6
"""Products that a line writes out."""


class Meeting(NamedTuple):
    """What one output reads: cells of the plane in reading order, and the weight that each of them meets."""

    cells: list[int]
    weights: list[int]


def meetings(axes: Sequence[Axis]) -> list[Meeting]:
    """One for each output, in reading order, for the two axes of a plane. Padding is no cell."""
    rows, cols = (axis.reads for axis in axes)
    width, taps = axes[1].input_size, axes[1].kernel_size
    found = []
    for out_row, out_col in product(range(len(rows)), range(len(cols))):
        pairs = sorted(
            (int(row) * width + int(col), tap_row * taps + tap_col)
            for tap_row, row in enumerate(rows[out_row])
            for tap_col, col in enumerate(cols[out_col])
            if row != ZERO and col != ZERO
        )
        found.append(Meeting([cell for cell, _ in pairs], [weight for _, weight in pairs]))
    return found


def turned(cells: Sequence[int], count: int) -> list[int]:
    """The same cells of a kernel that is drawn turned by 180°."""
    return [count - 1 - cell for cell in cells]


def place(name: str, number: int, cols: int) -> str:
    """y[2, 3]"""
    return f"{name}[{number // cols}, {number % cols}]"


def sum_line(name: str, number: int, x: Array, w: Array, meeting: Meeting, result: Array) -> Line:
    """The result as a sum of products; those that are zero are left out."""
    pairs = [(float(x.flat[cell]), float(w.flat[weight])) for cell, weight in zip(*meeting, strict=True)]
    terms = [(value, weight) for value, weight in pairs if value and weight]
    written: list[tuple[str, str]] = [(place(name, number, result.shape[1]), "output"), (" = ", "")]
    for count, (value, weight) in enumerate(terms[:MOST_TERMS]):
        written += [(" + ", "")] * bool(count)
        written += [(bracketed(value), "input"), ("·", ""), (bracketed(weight), "tap")]
    if len(terms) > MOST_TERMS:
        written.append((f" + … ({len(terms)} products)", ""))
    if terms:
        written.append((" = ", ""))
    return (*written, (short(float(result.flat[number])), "output"))


def bracketed(value: float) -> str:
    """A number as a factor."""
    return f"({short(value)})" if value < 0 else short(value)
