"""A stack of layers: a network as people write it down, one item after the other, and the graph that it means.

An item is a `StackLayer`, which reads the map before it; a `Branch` (paths side by side, their channels joined), a
`Residual` (paths side by side, their maps added) or a `Gate` (their maps multiplied), in which an empty path is the
identity; or a `Step`, a layer that names what it reads and perhaps what it makes, so that any graph can be written.
`nodes` lays them out flat, joins included, and everything else goes through that list once.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kernels.graph import INPUT, Measured, Node, measured_nodes
from kernels.layers import Misfit, Shape, StackLayer

PREVIOUS = ""
"""What a step reads that names nothing: the map before it."""
THE_INPUT = "input"


@dataclass(frozen=True)
class Branch:
    """Paths from one map, whose outputs are joined along the channels: an inception module."""

    paths: "tuple[Stack, ...]"


@dataclass(frozen=True)
class Residual:
    """Paths from one map, whose outputs are added; `()` is the identity, a skip connection."""

    paths: "tuple[Stack, ...]"


@dataclass(frozen=True)
class Gate:
    """Paths from one map, whose outputs are multiplied, number by number: squeeze and excitation."""

    paths: "tuple[Stack, ...]"


@dataclass(frozen=True)
class Step:
    """A layer that reads maps by name, in the order of its arguments."""

    layer: StackLayer
    sources: tuple[str, ...] = (PREVIOUS,)
    name: str = ""
    """What others call its map; empty where only the next item reads it."""


Fork = Branch | Residual | Gate
Item = StackLayer | Fork | Step
Stack = tuple[Item, ...]
JOIN_OF: dict[type[Fork], str] = {Branch: "concat", Residual: "add", Gate: "mul"}


def nodes(stack: Stack) -> tuple[Node, ...]:
    """The layers of a stack in the order of their work, each branch closed by its join.

    >>> conv = StackLayer("conv", (3,), padding=((1, 1),))
    >>> [(node.place, node.layer.kind, node.sources) for node in nodes((conv, Residual(((conv,), ()))))]
    [('1', 'conv', (-1,)), ('2.1.1', 'conv', (0,)), ('2', 'add', (1, 0))]
    >>> named = (Step(conv, name="a"), conv, Step(StackLayer("add"), ("a", "")))
    >>> [(node.place, node.layer.kind, node.sources) for node in nodes(named)]
    [('1', 'conv', (-1,)), ('2', 'conv', (0,)), ('3', 'add', (0, 1))]
    """
    made: list[Node] = []
    lay_out(stack, INPUT, "", made, {THE_INPUT: INPUT})
    return tuple(made)


def lay_out(stack: Stack, source: int, prefix: str, made: list[Node], named: dict[str, int]) -> int:
    """Append the nodes of a stack that reads from `source`; returns the node of its last map."""
    for number, item in enumerate(stack, 1):
        place = f"{prefix}{number}"
        if isinstance(item, StackLayer):
            made.append(Node(item, (source,), place))
        elif isinstance(item, Step):
            layer = replace(
                item.layer, name=item.layer.name or ("" if is_made_up(item.name) else shown_name(item.name))
            )
            made.append(Node(layer, tuple(named_node(name, source, named, place) for name in item.sources), place))
        else:
            ends = tuple(lay_out(path, source, f"{place}.{n}.", made, named) for n, path in enumerate(item.paths, 1))
            made.append(Node(StackLayer(JOIN_OF[type(item)]), ends, place))
        source = len(made) - 1
        if isinstance(item, Step) and item.name:
            named[item.name] = source
    return source


DOT = "__"
"""How a name with dots, such as layer1.0.conv2, is written where only letters, digits and _ may stand."""
PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.]*")


def shown_name(name: str) -> str:
    """The name of a step as its source wrote it."""
    return name.replace(DOT, ".")


def is_made_up(name: str) -> bool:
    """Whether a step is called so only because something must be called: n7."""
    return not name or bool(re.fullmatch(r"n\d+", name))


def as_stack(graph: Sequence[Node]) -> Stack:
    """The stack that means this graph: layers one after the other, and steps where a map has a name or other readers.

    >>> conv, add = StackLayer("conv", (3,)), StackLayer("add")
    >>> graph = (Node(conv, (-1,), ""), Node(conv, (0,), ""), Node(add, (0, 1), ""))
    >>> [item if isinstance(item, StackLayer) else (item.name, item.sources) for item in as_stack(graph)][::2]
    [('n1', ('',)), ('', ('n1', 'n2'))]
    """
    several = {source for index, node in enumerate(graph) for source in node.sources if source != index - 1}
    several |= {source for node in graph if len(node.sources) > 1 for source in node.sources}
    names: dict[int, str] = {INPUT: THE_INPUT}
    items: list[Item] = []
    for index, node in enumerate(graph):
        name = unused_name(node.layer.name, index, index in several, set(names.values()))
        if name:
            names[index] = name
        sources = (PREVIOUS,) if node.sources == (index - 1,) else tuple(names[source] for source in node.sources)
        layer = replace(node.layer, name="" if shown_name(name) == node.layer.name else node.layer.name)
        items.append(Step(layer, sources, name) if name or sources != (PREVIOUS,) else layer)
    return tuple(items)


def unused_name(given: str, index: int, is_needed: bool, taken: set[str]) -> str:
    """The name of a step: its source's, if that is one and nobody has it; n and a number where it needs one."""
    own = given.replace(".", DOT) if PLAIN_NAME.fullmatch(given) and DOT not in given else ""
    if own and own not in taken:
        return own
    base = own or "n"
    return (
        next(f"{base}{number}" for number in range(index + 1, 10**9) if f"{base}{number}" not in taken)
        if (is_needed or own)
        else ""
    )


def named_node(name: str, previous: int, named: dict[str, int], place: str) -> int:
    """The node that a step calls by this name."""
    if name == PREVIOUS:
        return previous
    if name not in named:
        raise Misfit("no_name", place, name=name)
    return named[name]


def shapes(stack: Stack, input_shape: Shape, beginning: Sequence[Measured] = ()) -> tuple[Measured, ...]:
    """Each node of the stack measured on an input of shape (C, *space), as PyTorch would; refuses with `Misfit`.

    A stack that begins as another one does may be given its first nodes, as they were measured there.

    >>> alexnet = (StackLayer("conv", (11,), 96, stride=(4,)), StackLayer("maxpool", (3,), stride=(2,)))
    >>> [(layer.shape, layer.parameters) for layer in shapes(alexnet, (3, 227, 227))]
    [((96, 55, 55), 34944), ((96, 27, 27), 0)]
    """
    return measured_nodes(nodes(stack), input_shape, beginning)
