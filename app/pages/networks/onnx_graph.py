"""An ONNX graph as paths: which nodes a map goes to, and where paths that part meet again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush
from typing import Any

Dims = tuple[int, ...]
END = 2**31
"""Behind all nodes."""


@dataclass(frozen=True)
class Node:
    """One operation. `data` are the maps that it reads, each once; weights, constants and computed shapes are none."""

    index: int
    op: str
    inputs: tuple[str, ...]
    output: str
    attributes: Mapping[str, Any]
    data: tuple[str, ...]


@dataclass(frozen=True)
class Graph:
    """Nodes in an order in which each reads only what stands before it."""

    nodes: Sequence[Node]
    dims: Mapping[str, Dims]
    """The shapes of weights."""
    constants: Mapping[str, Sequence[float]]
    """The values of small ones."""
    shapes: Mapping[str, tuple[int | None, ...]]
    """What shape inference says of maps, the batch included."""
    input: str
    outputs: frozenset[str]

    def weight(self, node: Node) -> Dims:
        """The shape of a node's weights, or nothing where they are computed."""
        return self.dims.get(node.inputs[1], ()) if len(node.inputs) > 1 else ()

    @cached_property
    def live(self) -> Sequence[Node]:
        """The nodes that lead to an answer; all, where none seems to."""
        wanted, found = set(self.outputs), []
        for node in reversed(self.nodes):
            if node.output in wanted:
                wanted.update(node.data)
                found.append(node)
        return found[::-1] or self.nodes

    @cached_property
    def readers(self) -> dict[str, list[Node]]:
        """The nodes that read each map."""
        found: dict[str, list[Node]] = {}
        for node in self.live:
            for name in node.data:
                found.setdefault(name, []).append(node)
        return found

    @cached_property
    def meetings(self) -> dict[int, int]:
        """For each node the next one that every way from it leads through: its immediate post-dominator.

        Keith Cooper, Timothy Harvey and Ken Kennedy, "A simple, fast dominance algorithm", 2001, for a graph without
        circles, from its end.
        """
        found: dict[int, int] = {}
        for node in reversed(self.live):
            ways = [reader.index for reader in self.readers.get(node.output, ())]
            if node.output in self.outputs or not ways:
                ways.append(END)
            found[node.index] = meet(found, ways)
        return found

    def meeting(self, readers: Sequence[Node]) -> int:
        """Where ways that part to these nodes meet again, which may be at one of them; END where they never do."""
        return meet(self.meetings, [node.index for node in readers] or [END])


def meet(found: Mapping[int, int], ways: Sequence[int]) -> int:
    """The first node on all ways: the one that lags goes on until all stand together."""
    standing = list(set(ways))
    heapify(standing)
    while len(standing) > 1:
        last = heappop(standing)
        if last != standing[0]:
            heappush(standing, found[last])
    return standing[0]
