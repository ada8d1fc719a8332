"""A frame: what one step shows, in five primitives that any painter can show.

Frames hold numbers and cell indices, no text and no colour. The same frames are made in static/js/views/,
and shared fixtures hold the two equal.
"""

from collections.abc import Sequence
from math import inf
from typing import Any, Literal, NotRequired, TypedDict

from kernels.relation import Reduction

Role = Literal["window", "kernel", "output", "winner"]


class Fill(TypedDict):
    """What a plane shows: new values for its cells, or how many of its cells are to be seen."""

    plane: str
    values: NotRequired[list[float | None]]
    shown: NotRequired[int]
    counts: NotRequired[list[int]]
    """How many stamps each cell holds."""


class Outline(TypedDict):
    """Cells of a plane that this step touches, in reading order of the window."""

    plane: str
    cells: list[int]
    role: Role


class Link(TypedDict):
    """A line from what is outlined on one plane to another plane."""

    start: str
    end: str
    role: Role


class Label(TypedDict):
    """A number written beside a plane."""

    plane: str
    value: float


class Tally(TypedDict):
    """Stamps overlap in y[index]: `before`, and what is added to it."""

    index: list[int]
    before: float
    added: float
    after: float


class Stamp(TypedDict):
    """data[index] times the weights, place by place as they land; and where earlier stamps had been before."""

    grid: str
    divisor: int | None
    """What the number is divided by, where there are no weights."""
    weights: list[list[float]] | None
    products: list[list[float | None]]
    """None for a place that lands nowhere."""
    tallies: list[Tally]
    overlaps: int
    """In how many cells of this plane stamps overlap; `tallies` has the first of them."""
    target: list[int] | None
    """The cell of y that an index names."""
    adds: bool
    """Whether what lands is added, or takes the place of what was there."""


class Column(TypedDict):
    """A column of a matrix, and the windows that it holds: one for each channel, place by place in reading order."""

    grid: str
    """The matrix: y where the windows are copied into it, x where they come out of it."""
    shape: list[int]
    """(channels, rows, cols) of the windows."""
    numbers: list[float]
    tallies: list[Tally]
    overlaps: int
    """In how many cells it meets earlier columns; `tallies` has the first of them."""


class Equation(TypedDict):
    """y[index] = Σ rows of input × weight (of one channel), the channels' sums, the bias, the activation.

    Where no weights are, the rows hold inputs alone, and `reduction` says what becomes of them.
    """

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
    """Written over y, where two results stand beside each other."""
    beside: NotRequired["Equation"]
    """The sum that is told along with this one."""
    stamp: NotRequired[Stamp]
    """In a scatter, what is told instead: the step's own number is `y`, and `index` its place in the data."""
    column: NotRequired[Column]
    """Of windows as columns, what is told instead: `index` is the column's number."""


def equation_of(index: list[int], y: float, *, channel: int = 0, **instead: Any) -> Equation:
    """The equation of a step that sums no window: a stamp, or a column, stands in place of the sum."""
    return {
        "index": index,
        "channel": channel,
        "place": 0,
        "rows": [],
        "sums": [],
        "bias": None,
        "reduction": "sum",
        "power": 1,
        "divisor": None,
        "factor": None,
        "y": y,
        "a": None,
        **instead,  # type: ignore[typeddict-item]
    }


class Frame(TypedDict):
    step: int
    fills: list[Fill]
    outlines: list[Outline]
    links: list[Link]
    labels: list[Label]
    equation: Equation


def cells_of(
    outlines: Sequence[Outline], plane: str, *, role: Role | None = None, but: Role | None = None
) -> list[int]:
    """The outlined cells of one plane, of one role or of all but one."""
    wanted = [outline for outline in outlines if role in (None, outline["role"]) and outline["role"] != but]
    return [cell for outline in wanted if outline["plane"] == plane for cell in outline["cells"]]


def jsonable(frame: Frame) -> dict[str, Any]:
    """The frame as the fixtures hold it: whole numbers as integers, as JavaScript has only one kind of number.

    What lies around the input of a max pooling is −∞, which JSON lacks: it is written as a word.
    """
    return {key: whole(value) for key, value in frame.items()}


def whole(value: Any) -> Any:
    if value == -inf:
        return "-Infinity"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: whole(entry) for key, entry in value.items()}
    return [whole(entry) for entry in value] if isinstance(value, list | tuple) else value
