"""The explanation of a scene: why the output has its size, what the layer costs, the same call elsewhere."""

from dataclasses import dataclass

from app.equation.nodes import Node


@dataclass(frozen=True)
class Count:
    """One line of what a layer costs: its own number, and that of a fully connected layer between the same shapes."""

    label: str
    own: int
    dense: int | None = None
    space: str = ""
    """The space whose colour the number has."""
    alternatives: tuple[int, ...] = ()
    """The numbers of other layers between the same shapes."""


@dataclass(frozen=True)
class SizeLine:
    """Why the output has its size along one axis."""

    axis: str
    math: Node
    spoken: str = ""
    """The same with every number, for a screen reader; where there is none, it reads `math`."""


@dataclass(frozen=True)
class Snippet:
    """The same call in another framework."""

    framework: str
    call: str
    """The few lines that are shown: as short as these settings allow."""
    program: str
    """The whole program, with its imports and its data, ready to run."""
    note: str | None
    """What a reader who knows PyTorch would trip over."""


@dataclass(frozen=True, eq=False)
class Explanation:
    short: Node
    long: Node
    """The operation as a formula, in a word and in full."""
    kind: str
    """What it is called elsewhere: the words after the short formula."""
    sizes: list[SizeLine]
    """One line where all axes have the same formula; then it names no axis."""
    unused: list[str]
    counts: list[Count]
    note: str
    """A sentence under the counts."""
    remarks: tuple[str, ...] = ()
    """Sentences under the long formula: what its letters stand for, what counts where."""
    alternatives: tuple[str, ...] = ()
    """What those other layers are called."""
