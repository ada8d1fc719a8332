"""A whole network, counted: what each layer of a stack holds, does and sees, and what that adds up to.

A network is parts with names (conv1, inception 3a), each a short stack. Its file in architectures/ is TOML that a
reader can compare with the paper, line by line. Units, weights and connections are counted as Grosse and Ba's CSC421
counts them: a unit is one number of a map, a weight is learned, and a connection is one use of an input by a unit.
"""

import tomllib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

from kernels.cached import cached_property
from kernels.graph import Measured, Node, known_nodes
from kernels.layers import ADAPTIVE_POOLS, CONVOLUTIONS, JOINS, POINTWISE, REARRANGING, UNKNOWN, Shape, StackLayer
from kernels.memory import peak_units
from kernels.receptive_field import Field, FieldTooLarge, fields
from kernels.stack import Stack, Step, nodes
from kernels.windows import Window

FOLDER = Path(__file__).parent / "architectures"
IN_PLACE = POINTWISE | JOINS | REARRANGING | {"parameter"}
"""Layers that change, move or join numbers which other layers have made: they make no units of their own."""
BYTES = 4
"""of a number in memory, as float32."""

Read = Callable[[str, Collection[str]], Stack]
"""What reads the text of a stack, in which maps with these names may be used."""


@dataclass(frozen=True)
class Part:
    """A few layers under one name."""

    name: str
    stack: Stack


@dataclass(frozen=True)
class Counted:
    """One layer of a network, in numbers. `place` is where it stands in its part, as kernels.stack counts places."""

    part: str
    measured: Measured
    units: int
    """New numbers; 0 for a layer that works in place."""
    connections: int
    """Inputs that units read, each use counted; taps on padding read nothing, though multiplications count them."""

    @property
    def kind(self) -> str:
        return self.layer.kind

    @property
    def layer(self) -> StackLayer:
        return self.measured.layer

    @property
    def place(self) -> str:
        return self.measured.place

    @property
    def shape(self) -> Shape:
        return self.measured.shape

    @property
    def parameters(self) -> int:
        return self.measured.parameters

    @property
    def multiplications(self) -> int:
        return self.measured.multiplications

    @property
    def other_operations(self) -> int:
        return self.measured.other_operations

    @property
    def is_in_place(self) -> bool:
        return self.kind in IN_PLACE

    @property
    def memory(self) -> int:
        """Bytes of the map that the layer makes; one that works in place needs none of its own."""
        return BYTES * self.units


@dataclass(frozen=True)
class Totals:
    """Sums over layers."""

    parameters: int
    weights: int
    units: int
    connections: int
    multiplications: int
    other_operations: int
    memory: int


@dataclass(frozen=True)
class Network:
    """An architecture and the input that it is made for."""

    name: str
    title: str
    input: Shape
    parts: tuple[Part, ...]
    facts: dict[str, Any]
    """What its file says for people: year, paper, shows, notes."""
    further_unknown: tuple[str, ...] = ()
    """Layers of its source that are not among its parts, though its sums would need them."""

    @cached_property
    def stack(self) -> Stack:
        return tuple(item for part in self.parts for item in part.stack)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Its graph, those nodes included that nobody here knows."""
        return nodes(self.stack)

    @cached_property
    def number_at(self) -> dict[str, int]:
        """The number of the node at each place."""
        return {node.place: number for number, node in enumerate(self.nodes)}

    @cached_property
    def readers(self) -> Counter[int]:
        """How often each node is read."""
        return Counter(source for node in self.nodes for source in node.sources)

    @cached_property
    def unknown(self) -> tuple[str, ...]:
        """What keeps its sums from being whole, by the names of its source; empty where everything is known."""
        strangers = [node.layer.called for node in self.nodes if node.layer.kind == UNKNOWN]
        return tuple(dict.fromkeys([*strangers, *self.further_unknown]))

    @cached_property
    def layers(self) -> tuple[Counted, ...]:
        """Every layer, in the order of the work; without those that are unknown, and those that read them."""
        owners = [part.name for part in self.parts for _ in part.stack]
        known = known_nodes(self.nodes, self.input)
        return tuple(
            Counted(owners[int(layer.place.split(".")[0]) - 1], layer, units(layer), connections(layer))
            for layer in known.values()
            if layer.layer.kind != UNKNOWN
        )

    @cached_property
    def by_place(self) -> dict[str, Counted]:
        """The layers by the places of their nodes."""
        return {layer.place: layer for layer in self.layers}

    @cached_property
    def fields(self) -> dict[str, list[Field]]:
        """What the units of each layer see along each axis, by its place; empty where fields reach too far.

        Layers behind an unknown one, or whose cells no longer lie along the input's axes, have none.
        """
        measured = tuple(known_nodes(self.nodes, self.input).values())
        if len(measured) < len(self.nodes):
            return {}
        try:
            axes = [fields(measured, size, axis) for axis, size in enumerate(self.input[1:])]
        except FieldTooLarge:
            return {}
        return {layer.place: seen for layer, *seen in zip(measured, *axes, strict=True) if layer.is_placed}

    @cached_property
    def peak_memory(self) -> int:
        """Bytes of the maps that must be kept at one time; of no meaning where something is unknown."""
        return BYTES * peak_units([layer.measured for layer in self.layers], self.input)

    @cached_property
    def totals(self) -> Totals:
        return total(self.layers)

    def layers_of(self, part: Part) -> tuple[Counted, ...]:
        return tuple(layer for layer in self.layers if layer.part == part.name)


def names(folder: Path = FOLDER) -> tuple[str, ...]:
    """The names of all architectures, in the order of index.toml."""
    listed: list[str] = tomllib.loads((folder / "index.toml").read_text(encoding="utf-8"))["names"]
    return tuple(listed)


def load(name: str, read: Read, folder: Path = FOLDER) -> Network:
    """The network in architectures/name.toml; `read` is handed each part's text."""
    facts = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
    blocks: dict[str, str] = facts.pop("blocks", {})
    parts: list[Part] = []
    named: set[str] = set()
    for line in repeated(facts.pop("layers").splitlines()):
        parts.append(part(line, blocks, read, named))
        named |= {item.name for item in parts[-1].stack if isinstance(item, Step)}
    return Network(name, facts.pop("title"), tuple(facts.pop("input")), tuple(parts), facts)


def repeated(lines: Iterable[str]) -> Iterator[str]:
    """The lines that hold something; one whose name ends in ×6 stands for six, numbered.

    >>> list(repeated(["a: conv(3)", "", "b ×2: conv(1)"]))
    ['a: conv(3)', 'b-1: conv(1)', 'b-2: conv(1)']
    """
    for line in filter(str.strip, lines):
        name, _, text = line.partition(":")
        base, times, count = name.partition(" ×")
        if times:
            yield from (f"{base}-{number}:{text}" for number in range(1, int(count) + 1))
        else:
            yield line


def part(line: str, blocks: dict[str, str], read: Read, named: Collection[str] = ()) -> Part:
    """One line, `name: layers` or `name: block numbers`; `named` are the maps that lines before gave a name.

    >>> blocks = {"pair": "conv({0});conv({1})"}
    >>> part("a: pair 3 5", blocks, read=lambda text, named: (StackLayer(text),)).stack[0].kind
    'conv(3);conv(5)'
    """
    name, _, text = (word.strip() for word in line.partition(":"))
    block, *numbers = text.split()
    return Part(name, read(blocks[block].format(*numbers) if block in blocks else text, named))


def total(layers: Iterable[Counted]) -> Totals:
    """What some layers add up to."""
    counted = tuple(layers)
    return Totals(
        parameters=sum(layer.parameters for layer in counted),
        weights=sum(layer.measured.weights for layer in counted),
        units=sum(layer.units for layer in counted),
        connections=sum(layer.connections for layer in counted),
        multiplications=sum(layer.multiplications for layer in counted),
        other_operations=sum(layer.other_operations for layer in counted),
        memory=sum(layer.memory for layer in counted),
    )


def units(measured: Measured) -> int:
    """New numbers that a layer makes."""
    return 0 if measured.layer.kind in IN_PLACE else prod(measured.shape)


def connections(measured: Measured) -> int:
    """How many times a unit of the layer reads an input."""
    layer = measured.layer
    if layer.kind in IN_PLACE:
        return 0
    if layer.kind in ("linear", "matmul", "attention"):
        return measured.multiplications
    if not measured.windows:
        return measured.other_operations
    channels, filters = measured.inputs[0][0], measured.shape[0]
    sides = zip(measured.windows, measured.inputs[0][1:], measured.shape[1:], strict=True)
    reads = prod(reads_along(layer.kind, *side) for side in sides)
    return reads * (channels * filters // layer.groups if layer.kind in CONVOLUTIONS else filters)


def reads_along(kind: str, window: Window, input_size: int, output_size: int) -> int:
    """Pairs of an output cell and an input cell that belong together along one axis; padding is no input cell.

    >>> reads_along("conv", Window(kernel=3, stride=1, padding=(1, 1), dilation=1, output_padding=0), 4, 4)
    10
    """
    if kind in ("upsample", "resize"):
        return output_size
    if kind in ADAPTIVE_POOLS:
        return sum(bin_size(out, input_size, output_size) for out in range(output_size))
    windows, cells = (input_size, output_size) if kind == "convtranspose" else (output_size, input_size)
    shifts = (window.padding[0] - tap * window.dilation for tap in range(window.kernel))
    return sum(hits(shift, window.stride, windows, cells) for shift in shifts)


def hits(shift: int, stride: int, windows: int, cells: int) -> int:
    """For how many windows a tap lies on a cell: 0 ≤ window · stride − shift < cells."""
    first, last = max(0, -(-shift // stride)), min(windows - 1, (cells - 1 + shift) // stride)
    return max(0, last - first + 1)


def bin_size(out: int, input_size: int, output_size: int) -> int:
    """How many cells an adaptive pool's window covers: from ⌊out · input / output⌋ to ⌈(out + 1) · input / output⌉.

    >>> [bin_size(out, 7, 3) for out in range(3)]
    [3, 3, 3]
    """
    return -(-(out + 1) * input_size // output_size) - out * input_size // output_size
