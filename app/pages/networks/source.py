"""What somebody gave as a network: a graph, its input, and what must be said about it."""

from dataclasses import dataclass, field

from kernels.layers import Shape, StackLayer
from kernels.stack import Stack


@dataclass(frozen=True)
class Listed:
    """A layer of a printout that says nothing of how layers are connected: its name, and what it learns."""

    name: str
    layer: StackLayer
    parameters: int | None


@dataclass(frozen=True)
class Source:
    """A network as it was read. Where only a list of layers could be read, the stack is empty."""

    found: str
    """What it was found to be, in words."""
    stack: Stack
    input: Shape
    notes: tuple[str, ...] = ()
    listed: tuple[Listed, ...] = field(default=())
