"""How the parts of a network hang together, for its picture: repeated blocks, lanes, shortcuts, skips, towers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.pages.networks.describing import QUIET
from app.pages.networks.sections import Section
from kernels.cached import cached_property
from kernels.graph import INPUT
from kernels.layers import REARRANGING, Shape
from kernels.network import Counted, Network, Totals, total

MOST_ARCS = 60
"""Arcs between columns; more would be a tangle."""
TWO = 2
LEAST_SKIPS = 3
"""From so many joins of maps from the way down on, a network is drawn as a U."""


@dataclass(frozen=True)
class Group:
    """One section, or several alike that follow one another."""

    sections: tuple[Section, ...]

    @property
    def first(self) -> Section:
        return self.sections[0]

    @property
    def count(self) -> int:
        return len(self.sections)

    @property
    def shape(self) -> Shape:
        """Of the map behind the last."""
        return self.sections[-1].shape

    @cached_property
    def totals(self) -> Totals:
        return total(layer for section in self.sections for layer in section.layers)

    @property
    def name(self) -> str:
        """What they are called together: dense1 of dense1-1 to dense1-6."""
        if self.count == 1:
            return self.first.name
        base = self.first.name.rstrip("0123456789").rstrip("-._ ")
        return base or self.first.name


@dataclass(frozen=True)
class Wiring:
    """The groups of a network and the arcs between them, from column to column; the input is column −1."""

    groups: tuple[Group, ...]
    arcs: tuple[tuple[int, int], ...]
    is_u: bool
    towers: Mapping[int, bool]
    """The columns whose maps are two halves that see nothing of each other, and whether their layer reads both."""


def wiring(network: Network, sections: Sequence[Section], folds: bool = True) -> Wiring:
    """The groups of these sections, repeated ones folded, and what of one is read by others than the next."""
    groups = folded(sections) if folds else [Group((section,)) for section in sections]
    column = {
        layer.place: number
        for number, group in enumerate(groups)
        for section in group.sections
        for layer in section.layers
    }
    crossing: Counter[tuple[int, int]] = Counter()
    for layer in network.layers:
        own = column.get(layer.place)
        for source in layer.measured.node.sources:
            start = -1 if source == INPUT else column.get(network.nodes[source].place)
            if start is not None and own is not None and own - start > 1:
                crossing[start, own] += 1
    arcs = tuple(sorted(crossing))
    drawn = arcs if len(arcs) <= MOST_ARCS else ()
    return Wiring(tuple(groups), drawn, goes_down_and_up(groups, arcs), towers_of(groups))


def towers_of(groups: Sequence[Group]) -> dict[int, bool]:
    """AlexNet's two towers: from the first map to the last before the lists, where some layers have two groups.

    A layer of one group among them reads the maps of both.
    """
    layers = [layer for group in groups for section in group.sections for layer in section.layers]
    if not any(layer.layer.groups == TWO and layer.kind == "conv" for layer in layers):
        return {}
    found: dict[int, bool] = {}
    for number, group in enumerate(groups):
        if len(group.shape) == 1 or max(group.shape[1:]) == 1:
            break
        convolutions = [layer for section in group.sections for layer in section.layers if layer.kind == "conv"]
        found[number] = bool(found) and any(layer.layer.groups == 1 for layer in convolutions)
    return found


def folded(sections: Sequence[Section]) -> list[Group]:
    """Sections that follow one another and are alike: the same layers with the same settings."""
    groups: list[list[Section]] = []
    for section in sections:
        if groups and has_work(section) and signature(groups[-1][-1]) == signature(section):
            groups[-1].append(section)
        else:
            groups.append([section])
    return [Group(tuple(group)) for group in groups]


def has_work(section: Section) -> bool:
    """Whether a section is a block, of several layers that multiply: single layers stand for themselves."""
    return sum(layer.multiplications > 0 for layer in section.layers) > 1


def signature(section: Section) -> tuple[object, ...]:
    """What makes two sections alike; where they stand, and what they are called, does not."""
    return tuple((layer.layer, len(layer.measured.inputs)) for layer in section.layers)


def goes_down_and_up(groups: Sequence[Group], arcs: Sequence[tuple[int, int]]) -> bool:
    """Whether maps from the way down are joined to those of their size on the way up, as in a U-Net."""
    sides = [max(group.shape[1:], default=1) for group in groups]
    lowest = sides.index(min(sides))
    return sum(start < lowest < stop for start, stop in arcs) >= LEAST_SKIPS and sides[-1] > 2 * sides[lowest]


@dataclass(frozen=True)
class Inside:
    """What a block looks like: paths side by side before its map, or shortcuts over it."""

    lanes: tuple[tuple[Counted, ...], ...] = ()
    """The layers of each path that ends in a join, from left to right; one that is empty is the map itself."""
    shortcuts: tuple[tuple[str, bool], ...] = ()
    """For each sum or product inside: its kind, and whether a layer stands on the shortcut."""


def inside(network: Network, section: Section) -> Inside:
    """The paths of a block, found by going back from its joins."""
    by_node = {network.number_at[layer.place]: layer for layer in section.layers}
    readers = network.readers
    joins = [layer for layer in section.layers if layer.kind == "concat" and len(layer.measured.inputs) > 1]
    lanes: tuple[tuple[Counted, ...], ...] = ()
    if joins:
        ends = joins[-1].measured.node.sources
        lanes = tuple(walked(end, by_node, readers) for end in ends)
        lanes = lanes if any(lanes) else ()
    sums = [layer for layer in section.layers if layer.kind in ("add", "mul") and len(layer.measured.inputs) > 1]
    shortcuts = tuple(
        (layer.kind, min(len(walked(end, by_node, readers)) for end in layer.measured.node.sources) > 0)
        for layer in sums
        if any(source in by_node for source in layer.measured.node.sources)
    )
    return Inside(lanes, shortcuts)


def walked(end: int, by_node: Mapping[int, Counted], readers: Counter[int]) -> tuple[Counted, ...]:
    """The layers of weight on the way back from a node, as long as only one reads and only one is read."""
    found: list[Counted] = []
    while end in by_node and readers[end] == 1:
        layer = by_node[end]
        if layer.kind not in QUIET | REARRANGING:
            found.append(layer)
        if len(layer.measured.node.sources) != 1:
            break
        (end,) = layer.measured.node.sources
    return tuple(reversed(found))
