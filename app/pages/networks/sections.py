"""What a network's table and picture have a row and a column for: its parts, or the layers of its only part."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.pages.networks import words
from app.pages.networks.describing import QUIET, describe, outline, summarize
from kernels.cached import cached_property
from kernels.layers import Shape
from kernels.network import Counted, Network, Totals, total


@dataclass(frozen=True)
class Section:
    """A few layers of a network under one name; its key is what an address calls it."""

    key: str
    name: str
    summary: str
    layers: Sequence[Counted]

    @property
    def shape(self) -> Shape:
        """Of the map behind it."""
        return self.layers[-1].shape

    @cached_property
    def totals(self) -> Totals:
        return total(self.layers)


def sections(network: Network) -> list[Section]:
    """The parts of a network; a lone block is shown path by path."""
    if len(network.parts) > 1 or len([layer for layer in network.layers if layer.kind not in QUIET]) < 2:
        parts = ((part, network.layers_of(part)) for part in network.parts)
        return [Section(part.name, part.name, summarize(part, layers), layers) for part, layers in parts if layers]
    return [
        Section(words.JOINS.get(layer.kind, layer.place), name_of(layer), describe(layer), group)
        for layer, group in ((group[0], group) for group in grouped(network.layers))
    ]


def grouped(layers: Sequence[Counted]) -> list[list[Counted]]:
    """Every layer with the quiet ones behind it."""
    groups: list[list[Counted]] = []
    for layer in layers:
        if layer.kind in QUIET and groups:
            groups[-1].append(layer)
        else:
            groups.append([layer])
    return groups


def name_of(layer: Counted) -> str:
    """What a layer of a lone block is called: by its path and its kernel."""
    if layer.kind in words.JOINS:
        return words.JOINS[layer.kind]
    _, path, *_ = [*layer.place.split("."), ""]
    return words.ON_PATH.format(path=path, layer=outline(layer.layer)) if path else outline(layer.layer)
