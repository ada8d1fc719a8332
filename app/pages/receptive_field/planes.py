"""The stack in space: each map an oblique plane, the input at the left, on each the patch that the chosen unit sees.

A plane is drawn in its own cells and slanted by one matrix. static/js/receptive/planes.js lights other units.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from math import sqrt

import numpy as np

from app.pages.receptive_field import words
from app.pages.receptive_field.cone import number
from app.pages.receptive_field.maps import Map, Maps, Mask
from kernels.graph import INPUT

HIGH, COMPACT_HIGH = 190.0, 140.0
"""How high the largest map is drawn."""
LEAST = 20.0
SLANT = 0.42
"""How wide a plane is drawn, of its height, …"""
STEEP = 0.71
"""… and how far its edges rise for each step to the right."""
LANE = 0.62
"""How much of HIGH a lane takes, where several lie one below the other."""
MARGIN = 32.0
GAPS, COMPACT_GAPS = (14.0, 110.0), (3.0, 110.0)
"""The least and the most between two levels."""
SIDE_BY_SIDE, ALONE = 440.0, 860.0
"""How wide the picture is beside the cone, and below it."""
GRID = 32
"""Maps up to this many cells a side show them."""
LABELS = 40.0
LETTER = 7.6
"""How wide a letter of a name is, about."""
LARGE_LETTER = 9.2
"""… and on a phone, where names are larger."""


@dataclass(frozen=True)
class Plane:
    map: Map
    x: float
    y: float
    high: float
    wide: float

    @property
    def rows(self) -> int:
        return self.map.spatial[0]

    @property
    def cols(self) -> int:
        return self.map.spatial[1]

    @property
    def matrix(self) -> tuple[float, float, float, float, float, float]:
        """From (column, row) to the picture: columns run to the right and up, rows run down."""
        return (self.wide / self.cols, -STEEP * self.wide / self.cols, 0, self.high / self.rows, self.x, self.y)

    def at(self, col: float, row: float) -> tuple[float, float]:
        a, b, c, d, e, f = self.matrix
        return a * col + c * row + e, b * col + d * row + f


def planes(maps: Maps, across: float) -> tuple[Plane, ...]:
    """Every drawn map in its place: levels from left to right, lanes from top to bottom, middles on one line."""
    most = max(max(map_.spatial) for map_ in maps.maps)
    tallest = COMPACT_HIGH if maps.is_long else HIGH
    sizes = {map_.node: size_of(map_, most, tallest) for map_ in maps.maps}
    lefts, widths = columns(maps, {node: wide for node, (_, wide) in sizes.items()}, across)
    spread = tallest * max(1.0, LANE * max(lanes(maps, level) for level in range(len(lefts))))
    made = []
    for map_ in maps.maps:
        high, wide = sizes[map_.node]
        x = lefts[map_.level] + (widths[map_.level] - wide) / 2
        middle = spread * (map_.lane[0] + map_.lane[1]) / 2
        made.append(Plane(map_, x, middle - (high - STEEP * wide) / 2, high, wide))
    return tuple(made)


def columns(maps: Maps, wide: Mapping[int, float], across: float) -> tuple[list[float], list[float]]:
    """Where each level begins, and how wide it is, for a picture about so wide."""
    levels = range(maps.levels + 1)
    least, largest = COMPACT_GAPS if maps.is_long else GAPS
    widths = [max((wide[map_.node] for map_ in maps.maps if map_.level == level), default=0.0) for level in levels]
    gap = min(max((across - MARGIN - sum(widths)) / max(len(levels) - 1, 1), least), largest)
    return [MARGIN / 4 + sum(widths[:level]) + gap * level for level in levels], widths


def lanes(maps: Maps, level: int) -> int:
    return sum(map_.level == level for map_ in maps.maps)


def size_of(map_: Map, most: int, tallest: float) -> tuple[float, float]:
    """Height and width in the picture: by the root, or a map of 7 beside one of 224 would be a dot."""
    share = 1.0 if map_.lane == (0.0, 1.0) else max(map_.lane[1] - map_.lane[0], 0.34)
    rows, cols = map_.spatial
    high, wide = tallest * share * sqrt(rows / most), tallest * share * SLANT * sqrt(cols / most)
    return max(high, LEAST), max(wide, LEAST * SLANT)


def planes_svg(maps: Maps, *, side_by_side: bool) -> str:
    """The picture, with the chosen unit's patch lit on each plane before its own."""
    made = planes(maps, SIDE_BY_SIDE if side_by_side else ALONE)
    right = max(plane.x + max(plane.wide, LARGE_LETTER * len(plane.map.name)) for plane in made) + 4
    bottom = max(plane.y + plane.high for plane in made) + LABELS
    top = min(plane.y - STEEP * plane.wide for plane in made) - 6
    by_node = {plane.map.node: plane for plane in made}
    parts = [
        f'<svg class="planes" data-planes role="img" aria-label="{escape(words.PLANES_LABEL)}"'
        f' viewBox="0 {number(top)} {number(right)} {number(bottom - top)}" width="{number(right)}">'
    ]
    named = readable(made)
    parts += [plane_svg(maps, plane, number_, named=number_ in named) for number_, plane in enumerate(made)]
    parts.append('<g class="beams" data-beams>')
    for node, sources in maps.links[0].items():
        for source in sources:
            if node in maps.masks and source in maps.masks:
                parts.append(
                    f'<path d="{beams(by_node[node], by_node[source], maps.masks[node], maps.masks[source])}"/>'
                )
    return "".join([*parts, "</g></svg>"])


def readable(made: tuple[Plane, ...]) -> set[int]:
    """The planes whose names do not run into one another; the input and the last always have theirs."""
    named = {0, len(made) - 1}
    for index, plane in enumerate(made):
        if not any(collide(plane, made[other]) for other in named - {index}):
            named.add(index)
    return named


def collide(one: Plane, other: Plane) -> bool:
    """Whether the names under two planes would overlap."""
    first, second = sorted((one, other), key=lambda plane: plane.x)
    return second.x < first.x + LETTER * len(first.map.name) + 6 and abs(foot(one) - foot(other)) < LABELS


def foot(plane: Plane) -> float:
    return plane.y + plane.high


def plane_svg(maps: Maps, plane: Plane, index: int, *, named: bool) -> str:
    is_chosen = plane.map.node == maps.node
    mask = maps.masks.get(plane.map.node)
    kind = "chosen" if is_chosen else "seen"
    moved = "" if mask is not None else runs_of_moved(maps, plane)
    matrix = " ".join(f"{value:.4f}" for value in plane.matrix)
    x, y = plane.at(0, plane.rows)
    nested = nested_squares(maps) if plane.map.node == INPUT else ""
    name = (
        f'<text class="name" x="{number(x)}" y="{number(y + 15)}">{escape(plane.map.name)}</text>'
        f'<text class="size" x="{number(x)}" y="{number(y + 30)}">{plane.map.size}</text>'
    )
    patch = runs(mask) if mask is not None else ""
    return (
        f'<g class="plane-of" data-plane="{index}" data-rows="{plane.rows}"'
        f' data-cols="{plane.cols}" data-matrix="{matrix}"><g transform="matrix({matrix})">'
        f'<rect class="sheet" width="{plane.cols}" height="{plane.rows}"/>{grid(plane)}'
        f'<path class="moved" data-moved d="{moved}"/>'
        f'<path class="lit {kind}" data-lit d="{patch}"/>{nested}</g>{name if named else ""}</g>'
    )


def runs_of_moved(maps: Maps, plane: Plane) -> str:
    moved = [maps.moved(axis).get(plane.map.node) for axis in range(2)]
    if moved[0] is None or moved[1] is None:
        return ""
    return runs(moved[0][:, None] * moved[1][None, :])


def grid(plane: Plane) -> str:
    """The lines between cells, where there are few enough."""
    if max(plane.map.spatial) > GRID:
        return ""
    across = "".join(f"M0 {row}h{plane.cols}" for row in range(1, plane.rows))
    down = "".join(f"M{col} 0v{plane.rows}" for col in range(1, plane.cols))
    return f'<path class="grid" d="{across}{down}"/>'


def runs(mask: Mask) -> str:
    """The lit cells as rectangles, as few as a row by row look finds."""
    drawn: list[tuple[int, int, int, int]] = []
    open_: dict[tuple[int, int], int] = {}
    changes = (mask[1:] != mask[:-1]).any(axis=1)
    for row in [0, *(np.flatnonzero(changes) + 1).tolist(), len(mask)]:
        spans = spans_of(mask[row]) if row < len(mask) else []
        for span in [span for span in open_ if span not in spans]:
            drawn.append((open_.pop(span), row, *span))
        for span in spans:
            open_.setdefault(span, row)
    return "".join(
        f"M{left} {top}h{right - left}v{bottom - top}h-{right - left}z" for top, bottom, left, right in drawn
    )


def spans_of(row: Mask) -> list[tuple[int, int]]:
    """Where a row is lit: from, to."""
    edges = np.flatnonzero(np.diff(row > 0, prepend=False, append=False)).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def box(mask: Mask) -> tuple[int, int, int, int]:
    """The first and the one after the last lit row and column."""
    rows, cols = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return 0, 0, 0, 0
    return int(rows[0]), int(rows[-1]) + 1, int(cols[0]), int(cols[-1]) + 1


def beams(upper: Plane, lower: Plane, upper_mask: Mask, lower_mask: Mask) -> str:
    """Four lines from the corners of a patch to those of what it sees."""
    if not upper_mask.any() or not lower_mask.any():
        return ""
    top, bottom, left, right = box(upper_mask)
    low_top, low_bottom, low_left, low_right = box(lower_mask)
    corners = [(left, top, low_left, low_top), (right, top, low_right, low_top)]
    corners += [(left, bottom, low_left, low_bottom), (right, bottom, low_right, low_bottom)]
    drawn = ""
    for col, row, low_col, low_row in corners:
        (x, y), (low_x, low_y) = upper.at(col, row), lower.at(low_col, low_row)
        drawn += f"M{number(x)} {number(y)}L{number(low_x)} {number(low_y)}"
    return drawn


def nested_squares(maps: Maps) -> str:
    """On the input, what the middle unit of each layer's patch sees: square in square."""
    drawn = []
    for node, mask in sorted(maps.masks.items()):
        if node in (INPUT, maps.node) or maps.by_node[node].lane != (0.0, 1.0):
            continue
        top, bottom, left, right = box(mask)
        fields = maps.question.fields[node]
        row, col = (top + bottom - 1) // 2, (left + right - 1) // 2
        sides = []
        for field, unit, size in zip(fields, (row, col), maps.question.spatial, strict=True):
            sides.append((max(int(field.starts[unit]), 0), min(int(field.stops[unit]), size - 1)))
        (first, last), (start, stop) = sides
        if first <= last and start <= stop:
            drawn.append(f"M{start} {first}h{stop - start + 1}v{last - first + 1}h-{stop - start + 1}z")
    return f'<path class="nested" data-nested d="{"".join(drawn)}"/>'
