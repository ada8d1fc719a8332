"""Marks: what a view draws on a plane besides its numbers. Cells, counts and lines in units of cells, which any painter
can show; no colour, no pixel and no markup."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.views.plane import Plane
from kernels.axis import Cells
from kernels.relation import NOTHING, Reads
from kernels.scatter import AxisTargets

MOST_CENTRES = 1600
"""More outputs than these would only blacken the picture."""
MOST_DOTS = 4
"""More stamps in a cell than these would be a smear; then no cell has any."""
LOW, HIGH, STEEP = 3.0, 7.5, 0.36
"""Cells between the rows of connections: a share of their width, within bounds."""


@dataclass(frozen=True)
class Counts:
    """A count on each cell, with the first cell's distance from the corner: how often it is read, or stamped."""

    counts: Cells
    top: int = 0
    left: int = 0


@dataclass(frozen=True)
class Centres:
    """A ring around the centre of each window, as (row, column) of its middle."""

    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Corners:
    """Something in the corner of every cell that differs from another, as (row, column) from `top` and `left`."""

    cells: tuple[tuple[int, int], ...]
    follows: bool = True
    """Whether each comes with its cell, when a step writes that."""
    top: int = 0
    left: int = 0


@dataclass(frozen=True)
class MatrixLegend:
    """Tap and channel beside the rows of a matrix whose columns are windows, and the window over its columns."""

    channels: int
    tap_cols: int
    first_index: int


@dataclass(frozen=True)
class Blocks:
    """A line between one channel's rows and the next one's."""

    channels: int


@dataclass(frozen=True)
class Dots:
    """A dot for each stamp in the cells where stamps overlap, as (row, column, stamps)."""

    cells: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class Ruler:
    """A tick above each stamp's first column and beside each one's first row, with the stride between two of them."""

    rows: tuple[int, ...]
    cols: tuple[int, ...]


@dataclass(frozen=True)
class OutputPadding:
    """The rows and columns at the far end that output padding gives back."""

    rows: int
    cols: int


@dataclass(frozen=True)
class CutOff:
    """What the dashed rim means: it does not belong to the result."""


@dataclass(frozen=True)
class Edge:
    """From a drawn input to an output; `tap` is the place of the weight that it shares, or −1 for one of its own."""

    number: int
    """The same in every way to connect."""
    input: int
    output: int
    tap: int


@dataclass(frozen=True)
class Edges:
    """Connections as lines in the space above a row of outputs."""

    edges: tuple[Edge, ...]
    lit: frozenset[int]
    """The numbers of those that this step uses."""
    shown: int | None = None
    """How many outputs have come, in reading order; None for all."""


@dataclass(frozen=True)
class TapSamples:
    """Under each weight its letter, and how its lines look."""


@dataclass(frozen=True)
class Sign:
    """What stands between this plane and the one before it, such as =."""

    text: str


Mark = (
    Counts
    | Centres
    | Corners
    | MatrixLegend
    | Blocks
    | Dots
    | Ruler
    | OutputPadding
    | CutOff
    | Edges
    | TapSamples
    | Sign
)
Marks = tuple[Mark, ...]


def read_counts(reads: tuple[Reads, Reads], plane: Plane) -> Marks:
    """How often each data cell is read."""
    rows, cols = (along.read_counts for along in reads)
    top, _, _, left = plane.margin
    return (Counts(np.outer(rows, cols), top, left),)


def centres(reads: tuple[Reads, Reads]) -> Marks:
    """Every output as the centre of its window on the data."""
    rows, cols = reads
    if rows.results * cols.results > MOST_CENTRES:
        return ()
    across = [centre(cols, out) for out in range(cols.results)]
    return (Centres(tuple((centre(rows, out), col) for out in range(rows.results) for col in across)),)


def centre(reads: Reads, out: int) -> float:
    cells = reads.taps[out][reads.taps[out] != NOTHING]
    return (int(cells.min()) + int(cells.max()) + 1) / 2


def differences(apart: NDArray[np.float64], plane: Plane) -> Marks:
    """A mark on each cell that is not zero, shape (rows, cols) of the plane."""
    return corners(apart) if not plane.is_picture else ()


def corners(apart: NDArray[Any], *, follows: bool = True) -> tuple[Corners, ...]:
    """A mark on each cell that is not zero."""
    cells = tuple((int(row), int(col)) for row, col in np.argwhere(apart))
    return (Corners(cells, follows),) if cells else ()


def matrix_legend(plane: Plane, channels: int, tap_cols: int, first_index: int) -> Marks:
    """What is written beside a matrix."""
    return () if plane.is_picture else (MatrixLegend(channels, tap_cols, first_index),)


def blocks(channels: int) -> Marks:
    return (Blocks(channels),) if channels > 1 else ()


def dots(counts: Cells, most: int, plane: Plane, is_cut: bool) -> Marks:
    """How many stamps met in a cell, shape (rows, cols); not in the rim once it is cut off."""
    if plane.is_picture or not 1 < most <= MOST_DOTS:
        return ()
    met = [(row, col, int(count)) for (row, col), count in np.ndenumerate(counts) if count > 1]
    return (Dots(tuple(cell for cell in met if not (is_cut and plane.is_margin(cell[0], cell[1])))),)


def ruler(targets: tuple[AxisTargets, AxisTargets]) -> Marks:
    """Where stamps begin; a line of cells has no rows to measure."""
    rows, cols = (tuple(along.cells[:, 0].tolist()) for along in targets)
    return (Ruler(() if targets[0].drawn == 1 else rows, cols),)


def output_padding(plane: Plane, extra: tuple[int, int]) -> Marks:
    rows, cols = extra if plane.rows > 1 else (0, extra[1])
    return (OutputPadding(rows, cols),) if rows or cols else ()


def cut_off(margin: Sequence[int]) -> Marks:
    return (CutOff(),) if any(margin) else ()


def with_space_for_edges(outputs: Plane, inputs: int) -> Plane:
    """The row of outputs with space for the lines above it, centred under so many inputs."""
    side = (inputs - outputs.cols) / 2
    return replace(outputs, clearance=(min(max(LOW, STEEP * inputs), HIGH), side, 0, side))
