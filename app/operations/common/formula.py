"""The operation as a formula, with this scene's stride, dilation and padding in its indices."""

from collections.abc import Sequence

from app.equation.nodes import Count, Element, Fraction, Group, Name, Node, Number, Over, Row, Sign
from app.equation.parts import Part, listed, row
from app.scene.scene import Scene
from app.scene.sizes import GradientSize, Size, TransposedSize, WindowSize
from kernels.axis import Axis

OUTPUT_LETTERS = {1: "i", 2: "ij", 3: "hij"}
TAP_LETTERS = {1: "a", 2: "ab", 3: "eab"}
SYMBOLS = {"star": "⋆", "asterisk": "∗"}
TRUE_CONVOLUTION = "∗"


def short_formula(scene: Scene) -> Row:
    """y = x ⋆ w + b, in the reader's symbol; a true convolution is always written ∗."""
    symbol = TRUE_CONVOLUTION if is_turned(scene) else SYMBOLS[scene.presentation.symbol]
    total = row(Name("x", "input"), symbol, Name("w", "tap"), *bias_after(scene))
    return row(Name("a" if scene.layer.activation else "y", "output"), "=", activated(scene, total))


def long_formula(scene: Scene) -> Row:
    """y[o, i, j] = b[o] + Σ x[c, stride·i + dilation·a − padding, …] · w[o, c, a, b], counted as the reader counts.

    Where an activation follows, a[o, i, j] = activation(b[o] + …).
    """
    first = scene.presentation.first_index
    axes = scene.layer.windows
    outs, taps = OUTPUT_LETTERS[len(axes)], TAP_LETTERS[len(axes)]
    weights = [tap_index(axis, tap, first) for axis, tap in zip(axes, taps, strict=True)]
    filters, channels = scene.w.shape[:2]
    filter, channel = plane("o", filters), plane("c", channels)
    total = row(
        *bias_before(scene, filter),
        *sums_over(
            "c" * len(channel) + taps, [*[channels] * len(channel), *(axis.kernel_size for axis in axes)], first
        ),
        indexed("x", "input", [*input_channel(scene), *input_indices(scene)]),
        "·",
        indexed("w", "tap", [*filter, *channel, *weights]),
    )
    result = "a" if scene.layer.activation else "y"
    return row(indexed(result, "output", [*filter, *names(outs)]), "=", activated(scene, total))


def activated(scene: Scene, inner: Node) -> Node:
    """The activation of this, where one follows."""
    name = scene.layer.activation
    return row(Name(name), Group(inner)) if name else inner


def bias_after(scene: Scene) -> tuple[Part, ...]:
    return () if scene.b is None else ("+", Name("b", "tap"))


def bias_before(scene: Scene, plane: Sequence[Node]) -> tuple[Part, ...]:
    return () if scene.b is None else (indexed("b", "tap", plane), "+")


def size_formula(size: WindowSize) -> Row:
    """⌊(input + padding − dilation·(kernel − 1) − 1) / stride⌋ + 1 = output, with its numbers."""
    before, after = size["padding"]
    padding: tuple[Part, ...] = (2, "·", before) if before == after else (before, "+", after)
    top = row(Number(size["input"], "input"), "+", *padding, "−", *span(size), "−", 1)
    return row("⌊", Fraction(top, Count(size["stride"])), "⌋", "+", 1, "=", resulting(size))


def resulting(size: Size, role: str = "output") -> Number:
    """The size that follows."""
    return Number(size["output"], role, result=True)


def span(size: WindowSize | TransposedSize | GradientSize) -> tuple[Part, ...]:
    """dilation·(kernel − 1)"""
    return (*times(size["dilation"]), less_one(Number(size["kernel"], "tap")))


def times(factor: int) -> tuple[Part, ...]:
    return () if factor == 1 else (factor, "·")


def less_one(number: Part) -> Group:
    return Group(row(number, "−", 1))


def plane(letter: str, count: int) -> list[Node]:
    """The index of a plane, where there are several."""
    return [Name(letter)] if count > 1 else []


def input_channel(scene: Scene) -> list[Node]:
    """The channel that is read: c, counted from where the group of filter o begins."""
    if scene.x.shape[0] == 1:
        return []
    per_group, filters = scene.w.shape[1], scene.w.shape[0] // scene.layer.groups
    own = plane("c", per_group)
    if scene.layer.groups == 1:
        return own
    if filters == per_group == 1:
        return [Name("o")]
    first = scene.presentation.first_index
    filter = row(Name("o"), *constant(-first))
    group: Node = row("⌊", filter, "/", filters, "⌋")
    if filters == 1:
        group = Group(filter) if first else filter
    return [row(group, *constant(first)) if per_group == 1 else row(per_group, group, "+", *own)]


def is_turned(scene: Scene) -> bool:
    return scene.layer.parameters.get("flip", False) is True


def input_indices(scene: Scene) -> list[Node]:
    """Along each axis, the cell that window i, j reads at tap a, b."""
    axes, first = scene.layer.windows, scene.presentation.first_index
    letters = OUTPUT_LETTERS[len(axes)], TAP_LETTERS[len(axes)]
    return [input_index(axis, out, tap, first) for axis, out, tap in zip(axes, *letters, strict=True)]


def input_index(axis: Axis, out: str, tap: str, first: int) -> Row:
    """stride·out + dilation·tap − padding, without what is 1 or 0.

    Counted from 1, in − 1 = stride·(out − 1) + dilation·(tap − 1) − padding: what is constant of it comes last.
    """
    offset = first * (1 - axis.stride - axis.dilation) - axis.padding[0]
    return row(*multiple(axis.stride, out), "+", *multiple(axis.dilation, tap), *constant(offset))


def tap_index(axis: Axis, tap: str, first: int) -> Node:
    """The weight at a place: counted from the far end where the kernel is turned."""
    return row(axis.kernel_size - 1 + 2 * first, "−", Name(tap)) if axis.flip else Name(tap)


def constant(value: int) -> tuple[Part, ...]:
    """What is added to an index, or taken away from it; nothing where it is 0."""
    return ("+" if value > 0 else "−", abs(value)) if value else ()


def multiple(factor: int, name: str) -> tuple[Part, ...]:
    return (Name(name),) if factor == 1 else (factor, Name(name))


def names(letters: str) -> list[Node]:
    return [Name(letter) for letter in letters]


def indexed(name: str, role: str, indices: Sequence[Node]) -> Node:
    """A grid with its indices below it, as many as it has axes."""
    return Element(name, listed(indices), role) if indices else Name(name, role)


def sums_over(letters: str, counts: Sequence[int], first: int) -> list[Node]:
    """∑ over each letter, from the first index on."""
    return [
        Over(Sign("∑"), row(Name(letter), "=", first), Count(first + count - 1))
        for letter, count in zip(letters, counts, strict=True)
    ]
