"""From a graph to a stack: forks that meet again become branches and residuals."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import prod
from typing import NoReturn

from app.address.phrases import shown
from app.address.refusal import Refusal
from app.pages.networks import words
from app.pages.networks.onnx_graph import END, Graph, Node
from app.pages.networks.onnx_layers import layers_of
from app.pages.networks.strangers import missing
from kernels.stack import Branch, Item, Residual, Stack, StackLayer, nodes

MOST_DEPTH = 4
WEIGHTY = frozenset({"conv", "convtranspose", "linear"})


@dataclass
class Walker:
    """Goes from the input to the end and writes down the layers; what it passes over, it names."""

    graph: Graph
    passed: list[str] = field(default_factory=list)
    weights: int = 0
    is_flat: bool = False

    def path(self, name: str, stop: int, depth: int) -> Stack:
        """The layers from this map up to, and without, the node `stop`."""
        items: list[Item] = []
        while True:
            readers = self.graph.readers.get(name, [])
            meeting = self.graph.meeting(readers)
            is_alone = len(readers) == 1 and len(readers[0].data) == 1
            if not readers or (len(readers) == 1 and meeting == stop):
                return tuple(items)
            if is_alone:
                items = self.followed(items, readers[0])
                name = readers[0].output
                continue
            if meeting == END:
                return (*items, *self.longest(readers, depth))
            items += self.fork(readers, meeting, depth)
            if meeting == stop:
                return tuple(items)
            name = self.graph.nodes[meeting].output

    def fork(self, readers: Sequence[Node], meeting: int, depth: int) -> list[Item]:
        """The paths from here to where they meet, as one item."""
        join, passed = self.graph.nodes[meeting], len(self.passed)
        if len(readers) < 2:
            refuse(words.ONNX_TANGLED, op=shown(join.op))
        paths = self.side_by_side(readers, meeting, depth)
        if join.op == "Concat" and all(paths):
            return [Branch(tuple(paths))]
        if join.op in ("Add", "Sum") and any(paths):
            return [Residual(tuple(sorted(paths, key=lambda path: not path)))]
        # A gate or a quotient, such as in squeeze-and-excitation: the shortest path goes on, the others are named.
        shortest = min(paths, key=len)
        others = (node.layer for path in paths if path is not shortest for node in nodes(path))
        dropped = [layer.kind for layer in others if layer.kind in WEIGHTY or layer.kind == "batchnorm"]
        self.passed[passed:] = [shown(join.op), *dropped]
        return list(shortest)

    def longest(self, readers: Sequence[Node], depth: int) -> Stack:
        """Of ways that never meet again, as to an auxiliary classifier, the one with most layers."""
        ways = self.side_by_side(readers, END, depth)
        if len(ways) > 1:
            self.passed.append(words.ONNX_OTHER_OUTPUT)
        return max(ways, key=len)

    def side_by_side(self, readers: Sequence[Node], stop: int, depth: int) -> list[Stack]:
        """The paths that begin at these nodes; one that is the stop itself is empty."""
        if depth >= MOST_DEPTH:
            refuse(words.ONNX_TOO_DEEP, most=MOST_DEPTH)
        is_flat, paths = self.is_flat, []
        for node in readers:
            self.is_flat = is_flat
            paths.append(() if node.index == stop else self.along(node, stop, depth + 1))
        return paths

    def along(self, node: Node, stop: int, depth: int) -> Stack:
        """A path that begins with this node."""
        if len(node.data) > 1:
            refuse(words.ONNX_TANGLED, op=shown(node.op))
        return (*self.followed([], node), *self.path(node.output, stop, depth))

    def followed(self, items: list[Item], node: Node) -> list[Item]:
        """The items with what this node adds to them."""
        if node.op == "Add" and items and isinstance(items[-1], StackLayer) and self.is_bias(items[-1], node):
            return [*items[:-1], replace(items[-1], bias=True)]
        made = layers_of(self.graph, node)
        if made is None:
            self.passed.append(self.called(node))
            return items
        if any(layer.kind in WEIGHTY for layer in made):
            self.weights += prod(self.graph.weight(node))
        return [*items, *(layer for layer in made if self.is_news(layer))]

    def called(self, node: Node) -> str:
        """The name of a stranger; a product with weights is not the harmless one of two maps, and is called so."""
        has_weights = any(prod(self.graph.dims.get(name, ())) > 1 for name in node.inputs)
        return f"{node.op}.weight" if has_weights and not missing([node.op]) else shown(node.op or "?")

    def is_news(self, layer: StackLayer) -> bool:
        """Whether a layer does anything: a list of numbers is flat already."""
        if layer.kind != "flatten":
            return True
        was_flat, self.is_flat = self.is_flat, True
        return not was_flat

    def is_bias(self, layer: StackLayer, node: Node) -> bool:
        """Whether a constant is added for each output of a layer that has no bias: a MatMul with its Add."""
        constant = next((name for name in node.inputs if name in self.graph.dims), None)
        if constant is None or layer.kind not in WEIGHTY or layer.bias:
            return False
        return prod(self.graph.dims[constant]) == layer.channels


def refuse(sentence: str, **numbers: object) -> NoReturn:
    raise Refusal(sentence.format(**numbers), type="onnx")
