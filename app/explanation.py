"""What stands beside the stage: why the output has its size, what the layer costs, the same call elsewhere."""

from dataclasses import dataclass
from math import prod

from markupsafe import Markup

from app.painters.formula import long_formula, short_formula
from app.scene import Scene
from app.sizes import Size, named_axes, size_of
from app.snippets import Call, Snippet, snippets
from app.words import page as words
from kernels.axis import Axis


@dataclass(frozen=True)
class Counts:
    """What the layer holds and does, and what a fully connected one between the same shapes would."""

    parameters: int
    multiplications: int
    connections: int
    outputs: int
    taps: int
    dense_parameters: int
    dense_connections: int


@dataclass(frozen=True)
class Explanation:
    short: Markup
    long: Markup
    """The operation as a formula, in a word and in full."""
    sizes: list[Size]
    same_size: bool
    """Whether all axes have the same formula, so that one is enough."""
    unused: list[str]
    counts: Counts
    snippets: tuple[Snippet, ...]


def explain(scene: Scene) -> Explanation:
    sizes = [size_of(axis, name) for axis, name in named_axes(scene.layer.axes)]
    numbers = [{**size, "axis": ""} for size in sizes]
    return Explanation(
        short=short_formula(scene),
        long=long_formula(scene),
        sizes=sizes,
        same_size=all(size == numbers[0] for size in numbers),
        unused=[unused(axis, size) for axis, size in zip(scene.layer.axes, sizes, strict=True) if axis.unused],
        counts=count(scene),
        snippets=snippets(call_of(scene)),
    )


def unused(axis: Axis, size: Size) -> str:
    """The cells that no window reads, and why."""
    one, many = words.NOUNS[size["axis"]]
    cells = ", ".join(map(str, axis.unused))
    named = words.UNUSED_ONE.format(noun=one if len(axis.unused) == 1 else many, cells=cells)
    formula = f"{size['input']} + {sum(size['padding'])} − {axis.extent}) / {size['stride']}"
    sentence = words.UNUSED if axis.exact_size.denominator > 1 else words.UNREAD
    return sentence.format(axis=size["axis"].capitalize(), cells=named, formula="(" + formula)


def count(scene: Scene) -> Counts:
    outputs, inputs = prod(scene.layer.y_shape), scene.x.size
    biases = scene.w.shape[0]
    reads = [int((axis.reads >= 0).sum()) for axis in scene.layer.axes]
    shown_biases = biases if scene.b is not None else 0
    return Counts(
        parameters=scene.w.size + shown_biases,
        multiplications=scene.layer.multiplications,
        connections=scene.w.shape[0] * scene.w.shape[1] * prod(reads),
        outputs=outputs,
        taps=prod(scene.w.shape[1:]),
        dense_parameters=inputs * outputs + (outputs if shown_biases else 0),
        dense_connections=inputs * outputs,
    )


def call_of(scene: Scene) -> Call:
    axes, parameters = scene.layer.axes, scene.layer.parameters
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
