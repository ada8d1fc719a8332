"""The maps of a stack that are drawn, where they lie in a picture, and what each reads of the others.

A ReLU moves nothing, so its map is that of the layer before it. Paths of a branch lie side by side in lanes. A stack
with too many levels is folded: only what stands at its top is drawn, and of that only as many as there is room for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.address.phrases import times
from app.pages.receptive_field import words
from app.pages.receptive_field.question import Question
from app.pages.receptive_field.table import spans
from kernels.cached import cached_property
from kernels.effective_field import through
from kernels.graph import INPUT, Measured
from kernels.layers import POINTWISE, POOLS, Counts, StackLayer
from kernels.path_counts import PathCounts, links, seen
from kernels.receptive_field import Field
from kernels.stack import Fork, Stack, Step

STILL = POINTWISE | {"flatten"}
"""Layers that are not drawn: every cell stays where it is."""
MOST_LEVELS = 22
LONG = 12
"""Levels beyond which they are drawn closely, with the two pictures side by side: all is then seen at once."""
MOST_COUNT = 2.0**53
MOST_CELLS = 4_000_000
"""Entries of all tables of reading; beyond them a picture would take too long."""

Mask = NDArray[np.float64]


@dataclass(frozen=True)
class Place:
    """Where a map lies: how many layers above the input, and between which parts of the width (0 to 1)."""

    level: int
    lane: tuple[float, float]


@dataclass(frozen=True)
class Map:
    node: int
    place: str
    name: str
    details: str
    """What distinguishes it from others of its name, such as its stride."""
    spatial: Counts
    level: int
    lane: tuple[float, float]
    lines: tuple[tuple[float, float], ...]
    """For each axis, the middle of the first unit's field and how far the next one lies, in cells of the input."""

    @property
    def size(self) -> str:
        return times(self.spatial)


def lay_out(stack: Stack, *, unfolded: bool) -> dict[str, Place]:
    """The place of each drawn layer by its place in the tree."""
    places: dict[str, Place] = {}
    place_items(stack, 0, (0.0, 1.0), "", places, unfolded)
    return places


def place_items(
    stack: Stack, level: int, lane: tuple[float, float], prefix: str, places: dict[str, Place], unfolded: bool
) -> int:
    """Give the layers of a stack their levels above `level`; returns the highest."""
    for number, item in enumerate(stack, 1):
        place = f"{prefix}{number}"
        if isinstance(item, StackLayer | Step):
            if (item.layer if isinstance(item, Step) else item).kind in STILL:
                continue
        elif unfolded:
            level = place_paths(item, level, lane, place, places)
        level += 1
        places[place] = Place(level, lane)
    return level


def place_paths(item: Fork, level: int, lane: tuple[float, float], place: str, places: dict[str, Place]) -> int:
    """Paths lie side by side, those without a map of their own take no room."""
    drawn = [number for number, path in enumerate(item.paths, 1) if lay_out(path, unfolded=True)]
    left, width = lane[0], (lane[1] - lane[0]) / max(len(drawn), 1)
    tops = [level]
    for at, number in enumerate(drawn):
        own = (left + at * width, left + (at + 1) * width)
        tops.append(place_items(item.paths[number - 1], level, own, f"{place}.{number}.", places, True))
    return max(tops)


def drawn_places(stack: Stack) -> dict[str, Place]:
    """The places of the maps that there is room for."""
    places = lay_out(stack, unfolded=True)
    if height(places) <= MOST_LEVELS:
        return places
    places = lay_out(stack, unfolded=False)
    if len(places) <= MOST_LEVELS:
        return places
    kept = np.unique(np.linspace(0, len(places) - 1, MOST_LEVELS).round().astype(int)).tolist()
    chosen = [place for at, place in enumerate(places) if at in set(kept)]
    return {place: Place(level, (0.0, 1.0)) for level, place in enumerate(chosen, 1)}


def places_of(question: Question) -> dict[str, Place]:
    """The places of the maps that are drawn. The chosen one is among them: it stands in the place of the block that it
    is folded into, since what it sees is not what the whole block sees."""
    places = drawn_places(question.stack)
    chosen = question.place_of(moving(question.measured, question.chosen.node))
    if chosen in places or chosen == question.place_of(INPUT):
        return places
    later = (layer.place for layer in question.measured[question.chosen.node :])
    block = next((place for place in later if place in places), "")
    return {chosen if place == block else place: at for place, at in places.items()}


def moving(measured: Sequence[Measured], node: int) -> int:
    """The node in whose map a unit is: of a ReLU that of the layer before it."""
    while node != INPUT and measured[node].layer.kind in STILL:
        node = measured[node].node.sources[0]
    return node


def linked_question(question: Question) -> Question:
    """What the tables of reading depend on: the stack, and the chosen layer only where it stands for its block."""
    plain = question.with_stack(question.stack)
    chosen = moving(question.measured, question.chosen.node)
    if question.place_of(chosen) not in places_of(question) or places_of(plain) == places_of(question):
        return plain
    return replace(plain, asked=question.middle(chosen))


def height(places: dict[str, Place]) -> int:
    return max((place.level for place in places.values()), default=0)


@dataclass(frozen=True)
class Maps:
    """The drawn maps of a question, and for the chosen unit what it sees and what it moves."""

    question: Question
    maps: tuple[Map, ...]
    """The input first."""
    links: tuple[dict[int, dict[int, PathCounts | None]], ...]
    """For each axis and drawn node, what it reads of the drawn nodes before it."""

    @property
    def levels(self) -> int:
        """How many lie above the input."""
        return max(map_.level for map_ in self.maps)

    @property
    def is_single(self) -> bool:
        """Whether each has the whole width."""
        return all(map_.lane == (0.0, 1.0) for map_ in self.maps)

    @property
    def is_long(self) -> bool:
        return self.levels > LONG and self.is_single

    @cached_property
    def by_node(self) -> dict[int, Map]:
        return {map_.node: map_ for map_ in self.maps}

    @cached_property
    def node(self) -> int:
        """The drawn map in which the chosen unit is: a ReLU's unit is that of the layer before it."""
        return self.shown_for(self.question.chosen.node)

    def shown_for(self, node: int) -> int:
        """The drawn map that stands for a node: its own, the one that a ReLU reads, or the next above it."""
        own = node if node in self.by_node else moving(self.question.measured, node)
        return own if own in self.by_node else min((n for n in self.by_node if n >= own), default=INPUT)

    @property
    def unit(self) -> Counts:
        """The chosen unit in its drawn map."""
        chosen = self.question.chosen
        sizes, own = self.by_node[self.node].spatial, self.question.spatial_of(chosen.node)
        return chosen.unit if own == sizes else tuple(size // 2 for size in sizes)

    def field(self, node: int, axis: int) -> list[list[int] | None]:
        """In theory: for each unit of a drawn map the first and the last cell that it sees along an axis, or null."""
        if node == INPUT:
            return [[cell, cell] for cell in range(self.question.spatial[axis])]
        return spans(self.question.fields[node][axis])

    def counts(self, axis: int) -> dict[int, Mask]:
        """Along one axis, how many paths lead from the chosen unit to each cell of every map before it."""
        size = self.by_node[self.node].spatial[axis]
        return seen(self.links[axis], self.node, self.unit[axis], size)

    @cached_property
    def masks(self) -> dict[int, Mask]:
        """Where the chosen unit looks, on each map before it: 1 or 0."""
        masks: dict[int, Mask] = {self.node: np.zeros(self.by_node[self.node].spatial)}
        masks[self.node][self.unit] = 1
        for node in sorted((node for node in self.by_node if node <= self.node), reverse=True):
            if node in masks and node != INPUT:
                for source in self.links[0][node]:
                    down = through(masks[node], [axis[node][source] for axis in self.links]) > 0
                    masks[source] = np.maximum(masks.get(source, 0), down)
        return masks

    def moved(self, axis: int) -> dict[int, Mask]:
        """Along one axis, which units of every later map the chosen unit moves: 1 or 0."""
        first = np.zeros(self.by_node[self.node].spatial[axis])
        first[self.unit[axis]] = 1
        moved: dict[int, Mask] = {self.node: first}
        for node in sorted(node for node in self.by_node if node > self.node):
            for source, paths in self.links[axis][node].items():
                if source in moved:
                    up = (moved[source] if paths is None else paths @ moved[source]) > 0
                    moved[node] = np.maximum(moved.get(node, 0), up)
        return moved


def maps_of(question: Question) -> Maps | None:
    """The drawn maps; None where there are too many cells to draw."""
    places = places_of(question)
    entries = sum(
        size * max(before)
        for layer in question.measured
        for size, *before in zip(layer.spatial, *layer.spatial_inputs, strict=True)
    )
    if entries > MOST_CELLS:
        return None
    nodes = [index for index, layer in enumerate(question.measured) if layer.place in places]
    shown = {index: places[question.measured[index].place] for index in nodes}
    lines = ((0.0, 1.0),) * len(question.spatial)
    source = Map(INPUT, "0", words.INPUT_NAME, "", question.spatial, 0, (0.0, 1.0), lines)
    folded = {place for place in places if not any(other.startswith(f"{place}.") for other in places)}
    drawn = [drawn_map(question, index, place, folded) for index, place in shown.items()]
    tables = tuple(links(question.measured, axis, shown) for axis in range(len(question.spatial)))
    return Maps(question, (source, *drawn), tables)


def drawn_map(question: Question, index: int, place: Place, folded: set[str]) -> Map:
    """A map where it lies; of paths that are all folded into their join, it is that of the whole block."""
    layer = question.measured[index]
    lines = tuple(line_of(field) for field in question.fields[index])
    name, details = caption(layer)
    if layer.place in folded and layer.layer.kind in words.FOLDED:
        name = words.FOLDED[layer.layer.kind]
    return Map(index, layer.place, name, details, layer.spatial, place.level, place.lane, lines)


def caption(layer: Measured) -> tuple[str, str]:
    """A layer in a few words: `conv 3` and `stride 2`."""
    kind = layer.layer.kind
    if not layer.windows or kind == "globalpool":
        return words.CAPTIONS.get(kind, kind), ""
    kernels = [window.kernel for window in layer.windows]
    kernel = str(kernels[0]) if len(set(kernels)) == 1 else times(kernels)
    window = layer.windows[-1]
    usual = window.kernel if kind in POOLS else 1
    details = [
        words.STRIDE.format(stride=window.stride) if window.stride != usual else "",
        words.DILATION.format(dilation=window.dilation) if window.dilation > 1 else "",
    ]
    return f"{words.CAPTIONS.get(kind, kind)} {kernel}", ", ".join(filter(None, details))


def line_of(field: Field) -> tuple[float, float]:
    """Where the units of a map look: by the layers' formulas, or where those disagree by their fields."""
    if field.stride is not None and field.centre is not None:
        return float(field.centre), float(field.stride)
    middles = ((field.starts + field.stops) / 2)[field.sizes > 0]
    if len(middles) < 2:
        return (float(middles[0]) if len(middles) else 0.0), 1.0
    return float(middles[0]), max(float(middles[-1] - middles[0]) / (len(middles) - 1), 0.01)


def document(maps: Maps) -> dict[str, Any]:
    """The drawn maps for the page's script: their sizes, and what each reads of the others.

    A table has a row for each unit: the first cell that it reads, and how often it reads that and the next ones.
    """
    numbers = {map_.node: number for number, map_ in enumerate(maps.maps)}
    tables: list[list[list[int]]] = []
    found: dict[bytes, int] = {}

    def table(paths: PathCounts | None) -> int | None:
        if paths is None:
            return None
        key = repr(paths.shape).encode() + paths.tobytes()
        if key not in found:
            found[key] = len(tables)
            tables.append([row_of(row) for row in paths])
        return found[key]

    made = [
        {
            "to": numbers[node],
            "from": numbers[source],
            "axes": [table(axis[node][source]) for axis in maps.links],
        }
        for node in maps.links[0]
        for source in maps.links[0][node]
    ]
    return {"maps": [described(maps, map_) for map_ in maps.maps], "links": made, "tables": tables}


def described(maps: Maps, map_: Map) -> dict[str, Any]:
    fields = [maps.field(map_.node, axis) for axis in range(len(map_.spatial))]
    return {"place": map_.place, "name": map_.name, "size": map_.spatial, "fields": fields}


def row_of(counts: Mask) -> list[int]:
    cells = np.flatnonzero(counts)
    if not len(cells):
        return []
    return [int(cells[0]), *map(int, np.minimum(counts[cells[0] : cells[-1] + 1], MOST_COUNT).tolist())]
