"""One node of the file: what it reads, and the layer that it puts down."""

import re
from collections.abc import Sequence
from typing import Any

from app.pages.networks.onnx.constants import Constant
from app.pages.networks.onnx.environment import Environment, FullShape, Made
from app.pages.networks.torch_graph import Map
from kernels.layers import StackLayer

COMPUTED = re.compile(r"val_\d+|scalar\w*|_?const\w*", re.IGNORECASE)
"""What the newer export calls numbers that it has computed; a single one is no weight."""


class NotKnown(Exception):
    """An operation, or a use of one, that cannot be followed."""


class Operation:
    """Inputs are asked for by their index, settings by the name of their attribute."""

    def __init__(self, environment: Environment, node: Any, attributes: dict[str, Any]) -> None:
        self.environment = environment
        self.op: str = node.op_type
        self.names: list[str] = list(node.input)
        self.outputs: list[str] = list(node.output)
        self.attributes = attributes
        self.path: str = node.name

    def has(self, index: int) -> bool:
        return index < len(self.names) and bool(self.names[index])

    def is_map(self, index: int) -> bool:
        return self.names[index] in self.environment.maps

    def map(self, index: int = 0) -> Map:
        return self.environment.maps[self.names[index]]

    @property
    def maps(self) -> list[Map]:
        """All maps that the node reads."""
        return [self.map(index) for index in range(len(self.names)) if self.is_map(index)]

    def full(self, index: int = 0) -> FullShape:
        """The full shape of a map."""
        found = self.environment.full.get(self.names[index])
        if found is None:
            raise NotKnown
        return found

    def batched(self, index: int = 0) -> FullShape:
        """The full shape of a map whose first axis is the batch."""
        full = self.full(index)
        if len(full) < 2 or full[0] != 1:
            raise NotKnown
        return full

    def constant(self, index: int) -> Constant | None:
        return self.environment.constants.get(self.names[index]) if index < len(self.names) else None

    def shape_of(self, index: int) -> tuple[int, ...]:
        """The full shape of a map, or that of a constant."""
        if self.is_map(index):
            return self.full(index)
        constant = self.constant(index)
        return () if constant is None else constant.shape

    def integers(self, index: int) -> tuple[int, ...]:
        """The whole numbers of a constant input; none where they are not known."""
        constant = self.constant(index)
        if constant is None or constant.values is None:
            return ()
        return tuple(int(value) for value in constant.values.ravel())

    def integer(self, name: str, default: int) -> int:
        """A whole number among the attributes."""
        return int(self.attributes.get(name, default))

    def counts(self, name: str) -> tuple[int, ...]:
        """A list of whole numbers among the attributes, or nothing."""
        return tuple(int(each) for each in self.attributes.get(name, ()))

    def axis(self, rank: int, default: int = 0) -> int:
        """The axis that the node names, counted from the front."""
        return self.integer("axis", default) % rank

    @property
    def called(self) -> str:
        """What the source calls the layer: layer1.0.conv2."""
        for index in range(1, len(self.names)):
            constant = self.constant(index)
            if constant is not None and constant.learned and "::" not in constant.learned:
                owner, dot, _ = constant.learned.rpartition(".")
                return owner if dot else ""
        return path_of(self.path) if self.path.startswith("/") else ""

    def learns(self, index: int) -> bool:
        """Whether an input of a normalisation is learned: ones that an export has computed are not.

        Two normalisations whose numbers are one tensor have not shared them: exports store equal tensors once.
        """
        constant = self.constant(index)
        if constant is None or not constant.learned:
            return False
        is_all_ones = constant.values is not None and bool((constant.values == 1).all())
        return not (is_all_ones and COMPUTED.fullmatch(constant.learned))

    def shares_weights(self) -> bool:
        """Whether the weights of a layer were those of one before it."""
        constant = self.constant(1)
        return constant is not None and bool(constant.learned) and not self.environment.claim(constant)

    def add(self, layer: StackLayer, sources: Sequence[Map]) -> Map:
        """A layer under the name that the source has for this node."""
        return self.environment.graph.add(layer, sources, name=self.called)

    def put(self, layer: StackLayer, full: FullShape) -> Made:
        """A layer on the first input, whose map has this full shape."""
        return self.add(layer, [self.map()]), full

    def over_space(self, layer: StackLayer) -> Made:
        """A layer that makes a map with a batch of a map with one."""
        self.batched()
        made = self.add(layer, [self.map()])
        assert made.shape is not None
        return made, (1, *made.shape)


def path_of(name: str) -> str:
    """The module of a node such as /layer1/layer1.0/conv2/Conv, as PyTorch names it."""
    found: list[str] = []
    for piece in name.strip("/").split("/")[:-1]:
        if found and piece.startswith(f"{found[-1]}."):
            found.pop()
        found.append(piece)
    return ".".join(found)
