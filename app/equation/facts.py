"""What a step computed, as numbers: the sum of a window, the stamp of a number, or a column of windows.

The views make these facts in Python and in JavaScript alike; `app/equation/maker.py` makes a tree of them.
"""

from typing import Literal, NotRequired, TypedDict

from kernels.relation import Reduction


class WindowSum(TypedDict):
    """y[index] = Σ rows of input × weight (of one channel), the channels' sums, the bias, the activation.

    Where no weights are, the rows hold inputs alone, and `reduction` says what becomes of them.
    """

    kind: Literal["sum"]
    index: list[int]
    channel: int
    place: int
    """Which of `sums` is this channel's."""
    rows: list[list[tuple[float, float | None]]]
    sums: list[float]
    bias: float | None
    reduction: Reduction
    power: int
    divisor: int | None
    factor: int | None
    y: float
    a: float | None
    mark: NotRequired[str]
    """Written over y, where a view compares two results."""
    other: NotRequired["WindowSum"]
    """The sum that this one is compared with."""


class Tally(TypedDict):
    """Stamps overlap in y[index]: `before`, and what is added to it."""

    index: list[int]
    before: float
    added: float
    after: float


class Stamp(TypedDict):
    """data[index] = y, times the weights, place by place; and what earlier stamps had left where they land."""

    kind: Literal["stamp"]
    index: list[int]
    y: float
    """The number itself."""
    grid: str
    gate: list[float]
    """What came from above and the slope of an activation, where the number is their product; else nothing."""
    divisor: int | None
    """What the number is divided by, where there are no weights."""
    weights: list[list[float]] | None
    products: list[list[float | None]]
    """None for a place outside the result."""
    tallies: list[Tally]
    overlaps: int
    """In how many cells of this plane stamps overlap; `tallies` has the first of them."""
    target: list[int] | None
    """The cell of y that an index names."""
    adds: bool
    """Whether a stamp is added to what was there, or takes its place."""


class Column(TypedDict):
    """Column `index` of a matrix, and the windows that it holds: one for each channel, in reading order."""

    kind: Literal["column"]
    index: list[int]
    y: float
    """The first of its numbers."""
    grid: str
    """The matrix: y where the windows are copied into it, x where they come out of it."""
    shape: list[int]
    """(channels, rows, cols) of the windows."""
    numbers: list[float]
    tallies: list[Tally]
    overlaps: int
    """In how many cells it meets earlier columns; `tallies` has the first of them."""


Equation = WindowSum | Stamp | Column
