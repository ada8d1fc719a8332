"""What stands beside the stage: why the output has its size, what the layer costs, the same call elsewhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod
from typing import TypeVar

from markupsafe import Markup

from app.explanations.separable import beside, biases_of, joined, second_half
from app.format import grouped
from app.painters.formula import long_formula, short_formula, size_formula
from app.scene import Scene
from app.sizes import Size, WindowSize, convolution_sizes, is_cut_short
from app.snippets import Call, Snippet, snippets
from app.words import page as words
from kernels.axis import Axis

AnySize = TypeVar("AnySize", bound=Size)


@dataclass(frozen=True)
class Count:
    """One line of what a layer costs: its own number, and that of a fully connected layer between the same shapes."""

    label: str
    own: int
    dense: int | None = None
    space: str = ""
    """The space whose colour the number has."""
    beside: tuple[int, ...] = ()
    """The numbers of other ways between the same shapes."""


@dataclass(frozen=True)
class SizeLine:
    """Why the output has its size along one axis."""

    axis: str
    math: Markup


@dataclass(frozen=True)
class Explanation:
    short: Markup
    long: Markup
    """The operation as a formula, in a word and in full."""
    kind: str
    """What stands beside the short formula, under the title: what it is called elsewhere."""
    sizes: list[SizeLine]
    """One line where all axes have the same formula; then it names no axis."""
    unused: list[str]
    counts: list[Count]
    note: str
    """A sentence under the counts."""
    snippets: tuple[Snippet, ...]
    remarks: tuple[str, ...] = ()
    """Sentences under the long formula: what its letters stand for, what counts where."""
    beside: tuple[str, ...] = ()
    """What the other ways of each count are called."""
    further: tuple[tuple[str, str], ...] = ()
    """Scenes that go on from here: what they show, and where."""


def explain_convolution(scene: Scene) -> Explanation:
    axes = convolution_axes(scene)
    sizes = convolution_sizes(tuple(axes))
    return Explanation(
        short=short_formula(scene),
        long=long_formula(scene),
        kind=words.TRUE_CONVOLUTION if scene.layer.parameters["flip"] else words.STRICTLY,
        sizes=size_lines(sizes, size_formula),
        unused=unused(scene, axes, sizes),
        counts=counts(scene),
        note=counts_note(scene),
        snippets=snippets(call_of(scene)),
        beside=tuple(other.title for other in beside(scene)),
        further=((words.SECOND_HALF, half),) if (half := second_half(scene)) else (),
    )


def size_lines(sizes: Sequence[AnySize], formula: Callable[[AnySize], Markup]) -> list[SizeLine]:
    """A formula for each axis, or one where they are all the same."""
    lines = [SizeLine(size["axis"], formula(size)) for size in sizes]
    return [SizeLine("", lines[0].math)] if len({line.math for line in lines}) == 1 else lines


def convolution_axes(scene: Scene) -> list[Axis]:
    return [axis for axis in scene.layer.axes if isinstance(axis, Axis)]


def unused(scene: Scene, axes: Sequence[Axis], sizes: Sequence[WindowSize]) -> list[str]:
    """Along each axis that has any, the cells that no window reads, and why."""
    first = scene.presentation.first_index
    return [reason(axis, size, first) for axis, size in zip(axes, sizes, strict=True) if axis.unused]


def reason(axis: Axis, size: WindowSize, first: int) -> str:
    formula = f"({size['input']} + {sum(size['padding'])} − {axis.extent}) / {size['stride']}"
    sentence = words.UNUSED if is_cut_short(axis) else words.UNREAD
    return sentence.format(cells=unused_cells(axis, size["axis"], first), formula=formula)


def unused_cells(axis: Axis, name: str, first: int) -> str:
    """The cells that nothing meets, as the reader counts them: row 4, or columns 4, 7."""
    one, many = words.NOUNS[name]
    cells = ", ".join(str(cell + first) for cell in axis.unused)
    return words.UNUSED_ONE.format(noun=one if len(axis.unused) == 1 else many, cells=cells)


def counts(scene: Scene) -> list[Count]:
    """What the layer holds and does."""
    outputs, inputs = scene.layer.outputs, scene.x.size
    biases = biases_of(scene)
    others = [other.counts for other in beside(scene)]
    weights, joins, products = zip(*others, strict=True) if others else ((), (), ())
    return [
        Count(words.PARAMETERS, scene.w.size + biases, inputs * outputs + (outputs if biases else 0), "tap", weights),
        Count(words.CONNECTIONS, connections(scene), inputs * outputs, beside=joins),
        Count(words.MULTIPLICATIONS, scene.layer.multiplications, inputs * outputs, beside=products),
    ]


def connections(scene: Scene) -> int:
    return joined(scene, convolution_axes(scene), scene.w.shape[1])


def counts_note(scene: Scene) -> str:
    note = words.COUNTS.format(outputs=grouped(scene.layer.outputs), taps=grouped(prod(scene.w.shape[1:])))
    return note + (words.NO_CONNECTIONS if connections(scene) != scene.layer.multiplications else "") + "."


def call_of(scene: Scene) -> Call:
    axes, parameters = convolution_axes(scene), scene.layer.parameters
    padding = parameters["padding"]
    return Call(
        operation=scene.operation.name,
        x=scene.x,
        w=scene.w,
        b=scene.b,
        stride=tuple(axis.stride for axis in axes),
        padding=tuple(axis.padding for axis in axes),
        padding_word=padding if isinstance(padding, str) else None,
        padding_mode=parameters["padding_mode"],
        dilation=tuple(axis.dilation for axis in axes),
        groups=scene.layer.groups,
        flip=parameters["flip"],
        activation=scene.layer.activation,
        json_url=scene.address(".json", step=None),
    )
