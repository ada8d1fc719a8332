"""A graph as it grows while code is followed: each layer is measured when it is put down, so that shapes are known."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Any

from app.address.phrases import times
from app.address.refusal import Refusal
from app.pages.networks import words
from app.pages.receptive_field.measuring import spoken_misfit
from kernels.graph import INPUT, Measured, Node, input_of, measure
from kernels.layers import ACTIVATIONS, UNKNOWN, Misfit, Shape, StackLayer

MOST_NODES = 2_000
ANY_BATCH = ACTIVATIONS | {"dropout", "identity", "layernorm", "linear", "attention", "add", "mul"}
"""Layers that do the same wherever the batch stands, as long as it does not stand last."""


@dataclass(frozen=True)
class Opaque:
    """A value that only a running program would know."""

    text: str
    line: int

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Batch:
    """The size of the batch, which no shape here has."""

    def __str__(self) -> str:
        return "N"


BATCH = Batch()


@dataclass(frozen=True)
class Map:
    """What a layer makes: its node, and its shape without the batch where that is known."""

    node: int
    shape: Shape | None
    batch: int = 0
    """Where the batch stands among the axes, which code may have moved."""

    def with_batch(self, batch: int) -> "Map":
        return self if batch == self.batch else replace(self, batch=batch)

    def first(self) -> "Map":
        """The same map for a layer that is said without the batch."""
        return self.with_batch(0)


@dataclass(frozen=True)
class Constant:
    """A tensor of numbers that are given, or learned; its shape as torch has it."""

    shape: tuple[int, ...]
    learned: "Learned | None" = None

    @property
    def is_learned(self) -> bool:
        return self.learned is not None

    def seen_as(self, shape: tuple[int, ...]) -> "Constant":
        """The same numbers, or some of them, in another shape."""
        return replace(self, shape=shape)


@dataclass(eq=False)
class Learned:
    """An nn.Parameter: one thing, however often and in whatever shape it is used."""

    shape: tuple[int, ...]


class WrongInput(Refusal):
    """A layer that expects something else than it is given: perhaps of an input of another size."""

    direction = 0
    """1 where the input seems too small, -1 where it seems too large, 0 where its size has nothing to do with it."""


class Growing:
    """The nodes so far."""

    def __init__(self, shape: Shape) -> None:
        self.input = shape
        self.nodes: list[Node] = []
        self.measured: dict[int, Measured] = {}
        self.start = input_of(shape)
        self.names: dict[int, str] = {}
        """What the source calls its parameters, by their identity."""
        self.counted: set[Learned] = set()
        """The parameters that a node already holds."""

    def add(self, layer: StackLayer, sources: Sequence[Map], line: int = 0, name: str = "") -> Map:
        """One more node."""
        batch = sources[0].batch if sources else 0
        is_last = bool(batch) and batch == len(sources[0].shape or ())
        if {each.batch for each in sources} - {batch} or (batch and (is_last or layer.kind not in ANY_BATCH)):
            raise Refusal(words.CODE_BATCH.format(line=line), type="code")
        if len(self.nodes) >= MOST_NODES:
            raise Refusal(words.CODE_TOO_MANY.format(most=MOST_NODES), type="code")
        index = len(self.nodes)
        if layer.kind == "linear" and sources[0].shape is not None and len(sources[0].shape) == 1:
            layer = replace(layer, axis=0)
        node = Node(replace(layer, name=name), tuple(source.node for source in sources), str(index + 1))
        self.nodes.append(node)
        known = [self.made(source.node) for source in sources]
        if layer.kind == UNKNOWN or None in known:
            return Map(index, None)
        try:
            self.measured[index] = measure(node, [source for source in known if source is not None])
        except Misfit as misfit:
            raise self.misfit(misfit, node, line) from None
        return Map(index, self.measured[index].shape, batch)

    def behind_unknown(self, sources: Sequence[Map], line: int = 0) -> Map:
        """What is made of a map whose shape nobody knows: a node that is not counted."""
        return self.add(StackLayer("identity"), sources, line)

    def parameter(self, numbers: Constant, line: int) -> Map:
        """Numbers that are given or learned as a node that reads nothing; what is learned is counted once."""
        shape = numbers.shape[1:] if len(numbers.shape) > 1 and numbers.shape[0] == 1 else numbers.shape
        learned, name = numbers.learned, ""
        if learned is not None and learned not in self.counted:
            self.counted.add(learned)
            name = self.names.get(id(learned), "")
            if prod(learned.shape) == prod(shape):
                return self.add(StackLayer("parameter", sizes=shape or (1,)), [], line, name)
            self.add(StackLayer("parameter", sizes=learned.shape), [], line, name)
        return self.add(StackLayer("parameter", sizes=shape or (1,), affine=False), [], line)

    def leading_to(self, outputs: Sequence[Map]) -> "Growing":
        """The nodes alone that these maps are made of."""
        needed = {each.node for each in outputs}
        for index in reversed(range(len(self.nodes))):
            needed.update(self.nodes[index].sources if index in needed else ())
        kept = Growing(self.input)
        places = {INPUT: Map(INPUT, self.input)}
        for index, node in enumerate(self.nodes):
            if index in needed:
                places[index] = kept.add(node.layer, [places[source] for source in node.sources], name=node.layer.name)
        return kept

    def give_bias(self, index: int) -> None:
        """A layer is found to have a bias after all."""
        node = self.nodes[index]
        self.nodes[index] = replace(node, layer=replace(node.layer, bias=True))
        if index in self.measured:
            sources = [self.made(source) for source in node.sources]
            self.measured[index] = measure(self.nodes[index], [source for source in sources if source is not None])

    def made(self, node: int) -> Measured | None:
        return self.start if node == INPUT else self.measured.get(node)

    def misfit(self, misfit: Misfit, node: Node, line: int) -> Refusal:
        """The sentence for a layer that does not fit, with its name and its line."""
        if misfit.reason == "expects":
            return self.expects(misfit, node)
        called = node.layer.name or node.layer.called or node.layer.kind
        sentence = spoken_misfit(misfit, f"{called} ({words.CODE_LINE.format(line=line)})" if line else called)
        is_size = misfit.reason in ("kernel", "join_sizes", "norm_shape", "reshape")
        if not is_size:
            return Refusal(sentence, type=misfit.reason)
        refusal = WrongInput(sentence, type=misfit.reason)
        refusal.direction = direction_of(misfit)
        return refusal

    def expects(self, misfit: Misfit, node: Node) -> Refusal:
        """Other channels, or other numbers, than the layer says."""
        numbers: dict[str, Any] = misfit.numbers
        sentence = words.EXPECTS_NUMBERS if node.layer.kind in ("linear", "attention") else words.EXPECTS_CHANNELS
        if node.sources == (INPUT,) and len(self.input) > 1:
            sentence = words.EXPECTS_INPUT
        sentence = sentence.format(
            name=node.layer.called or node.layer.kind,
            place=node.place,
            expected=numbers["expected"],
            given=numbers["given"],
            input=times(self.input),
            fitting="x".join(map(str, (numbers["expected"], *self.input[1:]))),
        )
        refusal = WrongInput(sentence, type="expects")
        if node.layer.kind == "linear" and node.sources != (INPUT,):
            refusal.direction = 1 if numbers["expected"] > numbers["given"] else -1
        return refusal


def direction_of(misfit: Misfit) -> int:
    """Whether a larger input would fit, or a smaller one."""
    if misfit.reason == "reshape":
        numbers: dict[str, Any] = misfit.numbers
        wanted, count = prod(numbers["shape"]), numbers["count"]
        return 0 if wanted < 1 else 1 if wanted > count else -1
    return int(misfit.reason == "kernel")
