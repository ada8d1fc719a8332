"""Where the nodes of a graph stand: in layers, each result behind what it reads, with few crossings.

Layers go along one direction (to the right on a wide screen, down on a tall one), places across it. Both drawings come
from the same `Plan`: sizes are asked for, and positions are given back, in `along` and `across`.

It is Sugiyama's way (1981): assign layers; have an edge that passes layers by take a place in each of them; order each
layer by the middle of its neighbours, forth and back; then move everything as near to its neighbours as the gaps allow.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from kernels.computation.expressions import Assignment, inputs_of

SWEEPS = 12


@dataclass(frozen=True)
class Size:
    """What a node takes: along the flow (its box, and the stub behind it with its numbers), and across it."""

    along: float
    across: float


@dataclass(frozen=True)
class Place:
    """Where a node begins along the flow, and its middle across it."""

    along: float
    across: float


@dataclass(frozen=True)
class Plan:
    """Every node's place, the points where each edge bends, and the size of the whole."""

    places: Mapping[str, Place]
    bends: Mapping[tuple[str, str], tuple[tuple[float, float, float], ...]]
    """Of each edge the layers that it passes by: where they begin and end along the flow, and its place across it."""
    along: float
    across: float


@dataclass
class Grid:
    """The layers, each with its nodes in order; a `Bend` stands for an edge that passes a layer by."""

    layers: list[list[str]]
    before: dict[str, list[str]] = field(default_factory=dict)
    behind: dict[str, list[str]] = field(default_factory=dict)
    bends: dict[tuple[str, str], list[str]] = field(default_factory=dict)


def plan(assignments: Sequence[Assignment], sizes: Mapping[str, Size], gap: float, pitch: float) -> Plan:
    """The places of all nodes that `sizes` has. `gap` is what lies between two layers, `pitch` what a bend takes."""
    grid = ordered(tuple(assignments), frozenset(sizes))
    across = spread(grid, sizes, pitch)
    along, ends, at = {}, {}, 0.0
    for layer in grid.layers:
        width = max((sizes[name].along for name in layer if name in sizes), default=0.0)
        for name in layer:
            along[name], ends[name] = at, at + width
        at += width + gap
    first = min(across[name] - halved(sizes, name, pitch) for layer in grid.layers for name in layer)
    last = max(across[name] + halved(sizes, name, pitch) for layer in grid.layers for name in layer)
    places = {name: Place(along[name], across[name] - first) for layer in grid.layers for name in layer}
    return Plan(
        places={name: places[name] for name in sizes},
        bends={
            edge: tuple((along[bend], ends[bend], places[bend].across) for bend in bends)
            for edge, bends in grid.bends.items()
        },
        along=max(ends.values()),
        across=last - first,
    )


def halved(sizes: Mapping[str, Size], name: str, pitch: float) -> float:
    return (sizes[name].across if name in sizes else pitch) / 2


def layers_of(assignments: Sequence[Assignment], names: Collection[str]) -> dict[str, int]:
    """A result stands behind all that it reads; what reads nothing, as n = 3, just before its first reader."""
    made = {assignment.name: inputs_of(assignment.expression) for assignment in assignments}
    found: dict[str, int] = {}
    for name, inputs in made.items():
        found[name] = 1 + max(found.get(each, 0) for each in inputs) if inputs else 0
    for name in names:
        if not made.get(name):
            found[name] = min((found[reader] for reader, inputs in made.items() if name in inputs), default=1) - 1
    return found


@lru_cache(256)
def ordered(assignments: tuple[Assignment, ...], names: frozenset[str]) -> Grid:
    """The layers with few crossings, which are the same whatever the values, and not changed any more."""
    grid = layered(assignments, names)
    order(grid)
    return grid


def layered(assignments: Sequence[Assignment], names: Collection[str]) -> Grid:
    """Each node in its layer, in the order in which the text reads them, with the bends of long edges."""
    layer_of = layers_of(assignments, names)
    grid = Grid([[] for _ in range(max(layer_of.values()) + 1)])
    for name in reading_order(assignments):
        if name in names:
            grid.layers[layer_of[name]].append(name)
    for assignment in assignments:
        for source in inputs_of(assignment.expression):
            connect(grid, source, assignment.name, layer_of)
    return grid


def reading_order(assignments: Sequence[Assignment]) -> list[str]:
    found: dict[str, None] = {}
    for assignment in assignments:
        found |= dict.fromkeys(inputs_of(assignment.expression))
        found[assignment.name] = None
    return list(found)


def connect(grid: Grid, source: str, target: str, layer_of: Mapping[str, int]) -> None:
    way = [source]
    for layer in range(layer_of[source] + 1, layer_of[target]):
        bend = f"{source}→{target}@{layer}"
        grid.layers[layer].append(bend)
        way.append(bend)
    grid.bends[source, target] = way[1:]
    for near, far in zip(way, [*way[1:], target], strict=True):
        grid.behind.setdefault(near, []).append(far)
        grid.before.setdefault(far, []).append(near)


def order(grid: Grid) -> None:
    """Sort each layer by the middle of its neighbours, forth and back; the order with the fewest crossings stays."""
    best, fewest = [list(layer) for layer in grid.layers], crossings(grid)
    for sweep in range(SWEEPS):
        forth = sweep % 2 == 0
        neighbours = grid.before if forth else grid.behind
        for layer in grid.layers if forth else reversed(grid.layers):
            place = {name: at for each in grid.layers for at, name in enumerate(each)}
            own = dict(place)
            layer.sort(key=lambda name: mean([place[each] for each in neighbours.get(name, ())], own[name]))
        count = crossings(grid)
        if count < fewest:
            best, fewest = [list(layer) for layer in grid.layers], count
    grid.layers = best


def mean(values: Sequence[float], usual: float) -> float:
    return sum(values) / len(values) if values else usual


def crossings(grid: Grid) -> int:
    """How many pairs of edges cross."""
    count = 0
    for layer, following in zip(grid.layers, grid.layers[1:], strict=False):
        place = {name: at for at, name in enumerate(following)}
        ends = [sorted(place[far] for far in grid.behind.get(name, ()) if far in place) for name in layer]
        for at, upper in enumerate(ends):
            count += sum(far > near for lower in ends[at + 1 :] for near in lower for far in upper)
    return count


def spread(grid: Grid, sizes: Mapping[str, Size], pitch: float) -> dict[str, float]:
    """Where each node lies across the flow: as near to the middle of its neighbours as the gaps in its layer allow."""
    across: dict[str, float] = {}
    for layer in grid.layers:
        at = 0.0
        for name in layer:
            half = halved(sizes, name, pitch)
            across[name] = at + half
            at += 2 * half
        for name in layer:
            across[name] -= at / 2
    for sweep in range(SWEEPS):
        forth = sweep % 2 == 0
        for layer in grid.layers if forth else reversed(grid.layers):
            near = grid.before if forth else grid.behind
            wanted = [mean([across[each] for each in near.get(name, ())], across[name]) for name in layer]
            halves = [halved(sizes, name, pitch) for name in layer]
            across |= dict(zip(layer, apart(wanted, halves), strict=True))
    return across


def apart(wanted: Sequence[float], halves: Sequence[float]) -> list[float]:
    """The places nearest to those wanted, in this order, none nearer to the next than both halves.

    Less the offset that the gaps alone ask for, the places only may not fall: what falls is put together at its mean
    (pool adjacent violators).

    >>> apart([0.0, 0.0], [5.0, 5.0])
    [-5.0, 5.0]
    """
    offsets = [0.0]
    for above, below in pairwise(halves):
        offsets.append(offsets[-1] + above + below)
    blocks: list[list[float]] = []  # [sum, count]
    for want, offset in zip(wanted, offsets, strict=True):
        blocks.append([want - offset, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            total, count = blocks.pop()
            blocks[-1][0] += total
            blocks[-1][1] += count
    level = [total / count for total, count in blocks for _ in range(int(count))]
    return [each + offset for each, offset in zip(level, offsets, strict=True)]
