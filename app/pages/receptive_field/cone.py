"""The stack from the side, along one axis: each map a line of cells, the input below, and the cone of the chosen unit.

A unit stands above the middle of what it sees, so that strides show as distances. static/js/receptive/cone.js lights
other units in what is drawn here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from app.pages.receptive_field import words
from app.pages.receptive_field.maps import Map, Maps, Mask
from app.text.format import short
from kernels.path_counts import PathCounts

MOST_CELL = 38.0
FOOT = 30.0
"""Room under the input, for the bracket that says how far the field reaches."""
GAPS = ((4, 78), (7, 60), (12, 46))
"""Levels, and how far apart they lie; more lie closer."""
LEAST_GAP = 38
LETTER = 8.4
"""How wide a digit of a count is, about; a count is written where it fits into its cell."""
MOST_LATTICE = 420
"""Beyond this number of lines, only those of the chosen unit are drawn."""
MOST_UNITS = 48
"""Of more lit units in one map only the outermost lines are drawn."""


class Measures(NamedTuple):
    """Units of the parts of a cone."""

    labels: float
    """At the left, for the names of the layers."""
    width: float
    least_cell: float
    row: float
    """How high a cell is."""
    gap: float
    """From level to level."""


USUAL, COMPACT = Measures(124, 660, 3.0, 26.0, LEAST_GAP), Measures(140, 384, 0.0, 13.0, 17)
"""Of most stacks, and of long ones."""


@dataclass(frozen=True)
class Line:
    """A map as a line of cells: where the first cell's middle is, how far the next lies, and their size."""

    map: Map
    x: float
    step: float
    width: float
    y: float

    def middle(self, unit: int) -> float:
        return self.x + unit * self.step

    @property
    def units(self) -> int:
        return self.map.spatial[-1]

    def holds(self, text: str) -> bool:
        """Whether a count fits into a cell."""
        return LETTER * (len(text) + 1) <= self.width


@dataclass(frozen=True)
class Cone:
    maps: Maps
    lines: tuple[Line, ...]
    measures: Measures
    width: float
    height: float


def cone(maps: Maps) -> Cone:
    """Every drawn map in its place."""
    measures = measures_of(maps)
    first, last = ends(maps)
    cell = min(max(measures.width / (last - first + 1), measures.least_cell), MOST_CELL)
    across = (last - first + 1) * cell
    drawn = []
    for map_ in maps.maps:
        share = (map_.lane[1] - map_.lane[0]) * (1 if map_.lane == (0.0, 1.0) else 0.94)
        middle, step = map_.lines[-1]
        x = measures.labels + map_.lane[0] * across + (middle - first + 0.5) * cell * share
        width = min(max(abs(step) * cell * share * 0.9, 1.2), MOST_CELL)
        drawn.append(Line(map_, x, step * cell * share, width, (maps.levels - map_.level) * measures.gap + 16))
    height = maps.levels * measures.gap + 16 + measures.row + FOOT
    return Cone(maps, tuple(drawn), measures, measures.labels + across + 8, height)


def measures_of(maps: Maps) -> Measures:
    """The more levels, the closer they lie."""
    if maps.is_long:
        return COMPACT
    return USUAL._replace(gap=next((gap for most, gap in GAPS if maps.levels <= most), LEAST_GAP))


def ends(maps: Maps) -> tuple[float, float]:
    """The first and the last place above which a unit stands, in cells of the input."""
    places = [0.0, maps.question.spatial[-1] - 1.0]
    for map_ in maps.maps:
        middle, step = map_.lines[-1]
        places += [middle, middle + step * (map_.spatial[-1] - 1)]
    return min(places), max(places)


def cone_svg(maps: Maps) -> str:
    """The picture, with the chosen unit's cone lit."""
    made = cone(maps)
    counts = maps.counts(len(maps.question.spatial) - 1)
    moved = maps.moved(len(maps.question.spatial) - 1)
    lattice = rays(made, None)
    parts = [
        f'<svg class="cone{" compact" if maps.is_long else ""}" data-cone data-row="{number(made.measures.row)}"'
        f' role="application" tabindex="0" aria-label="{escape(words.CONE_LABEL)}"'
        f' viewBox="0 0 {number(made.width)} {number(made.height)}" width="{number(made.width)}">',
        f'<path class="lattice" d="{lattice}"/>' if lattice else "",
        f'<path class="rays" data-rays d="{rays(made, counts)}"/>',
        *(
            line_svg(made, index, counts.get(line.map.node), moved.get(line.map.node))
            for index, line in enumerate(made.lines)
        ),
        bracket(made),
        "</svg>",
    ]
    return "".join(parts)


def bracket(made: Cone) -> str:
    """Under the input, from the first to the last cell of the chosen unit's field, padding included."""
    axis = len(made.maps.unit) - 1
    span = made.maps.field(made.maps.node, axis)[made.maps.unit[axis]]
    if span is None:
        return '<g data-bracket><path class="bracket" d=""/><text class="span"></text></g>'
    line = made.lines[0]
    left, right = (line.middle(cell) + by * line.step / 2 for cell, by in zip(span, (-1, 1), strict=True))
    cells = span[1] - span[0] + 1
    text = words.BRACKET_ONE if cells == 1 else words.BRACKET.format(cells=cells)
    middle = (max(left, made.measures.labels) + min(right, made.width)) / 2
    y = line.y + made.measures.row + 5
    return (
        f'<g data-bracket><path class="bracket" d="M{number(left + 1)} {number(y)}v6H{number(right - 1)}v-6"/>'
        f'<text class="span" x="{number(middle)}" y="{number(y + 19)}">{text}</text></g>'
    )


def rays(made: Cone, counts: Mapping[int, Mask] | None) -> str:
    """Lines from each unit down to the cells that it reads; with counts, only from units that the chosen one sees."""
    lines = {line.map.node: line for line in made.lines}
    drawn: list[str] = []
    for node, sources in made.maps.links[-1].items():
        if counts is not None and node not in counts:
            continue
        lit = range(lines[node].units) if counts is None else np.flatnonzero(counts[node]).tolist()
        for source, table in sources.items():
            drawn += rays_between(lines[node], lines[source], table, lit, made.measures.row)
            if counts is None and len(drawn) > MOST_LATTICE:
                return ""
    return "".join(drawn)


def rays_between(upper: Line, lower: Line, table: PathCounts | None, units: Sequence[int], row: float) -> list[str]:
    """From each unit to each cell that it reads; of too many, the outermost alone."""
    read = {unit: [unit] if table is None else np.flatnonzero(table[unit]).tolist() for unit in units}
    if len(read) > MOST_UNITS:
        cells = [(unit, cell) for unit, found in read.items() for cell in found[:1] + found[-1:]]
        pairs = [min(cells, key=itemgetter(1)), max(cells, key=itemgetter(1))] if cells else []
    else:
        pairs = [(unit, cell) for unit, found in read.items() for cell in found]
    return [ray(upper, unit, lower, cell, row) for unit, cell in pairs]


def ray(upper: Line, unit: int, lower: Line, cell: int, row: float) -> str:
    start = f"M{number(upper.middle(unit))} {number(upper.y + row)}"
    return f"{start}L{number(lower.middle(cell))} {number(lower.y)}"


def line_svg(made: Cone, number_: int, counts: Mask | None, moved: Mask | None) -> str:
    """One map: its cells, those lit, and its name."""
    line = made.lines[number_]
    is_chosen = line.map.node == made.maps.node
    lit = ""
    if counts is not None:
        lit = "".join(lit_cells(line, counts, is_chosen, made.measures.row))
    elif moved is not None:
        lit = "".join(cell_svg(line, unit, "moved", 1, made.measures.row) for unit in np.flatnonzero(moved).tolist())
    return (
        f'<g class="line" data-line="{number_}" data-x="{number(line.x)}" data-step="{line.step:.4f}"'
        f' data-width="{number(line.width)}" data-y="{number(line.y)}" data-units="{line.units}">'
        f'{label(line, made)}<path class="cells" d="{cells_path(line, made.measures.row)}"/>'
        f'<g class="lit" data-lit>{lit}</g></g>'
    )


def label(line: Line, made: Cone) -> str:
    """At the left of a map that has the whole width, in one line where many lie close; above one in a lane."""
    name, details = escape(line.map.name), escape(line.map.details)
    if line.map.lane != (0.0, 1.0):
        x = line.x - line.width / 2
        return f'<text class="name" x="{number(x)}" y="{number(line.y - 4)}">{name}</text>'
    if made.maps.is_long:
        size = f'<tspan class="size" dx="6">{line.units}</tspan>'
        return f'<text class="name" x="0" y="{number(line.y + 11)}">{name}{size}</text>'
    second = f"{line.units}" + (f" · {details}" if details else "")
    return (
        f'<text class="name" x="0" y="{number(line.y + 11)}">{name}</text>'
        f'<text class="size" x="0" y="{number(line.y + 25)}">{second}</text>'
    )


def cells_path(line: Line, row: float) -> str:
    return "".join(
        f"M{number(line.middle(unit) - line.width / 2)} {number(line.y)}h{number(line.width)}v{number(row)}"
        f"h-{number(line.width)}z"
        for unit in range(line.units)
    )


def lit_cells(line: Line, counts: Mask, is_chosen: bool, row: float) -> Iterator[str]:
    """The cells that the chosen unit sees, the more paths the darker, each with its count."""
    most = counts.max()
    for unit in np.flatnonzero(counts).tolist():
        yield cell_svg(line, unit, "chosen" if is_chosen else "seen", float(counts[unit] / most), row)
        text = short(float(counts[unit]))
        if line.holds(text) and not is_chosen:
            place = f'x="{number(line.middle(unit))}" y="{number(line.y + row / 2 + 4.5)}"'
            yield f'<text class="count" {place}>{text}</text>'


def cell_svg(line: Line, unit: int, kind: str, share: float, row: float) -> str:
    opacity = f' fill-opacity="{0.22 + 0.55 * share:.3f}"' if kind == "seen" else ""
    x = number(line.middle(unit) - line.width / 2)
    return f'<rect class="{kind}" x="{x}" y="{number(line.y)}" width="{number(line.width)}" height="{row:g}"{opacity}/>'


def number(value: float) -> str:
    """Two decimals are finer than any screen."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
