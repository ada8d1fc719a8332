"""The formulas of poolings, their inverse and their gradients, with a scene's numbers."""

from collections.abc import Sequence
from math import prod

from app.address.phrases import times
from app.equation.nodes import (
    Count,
    Element,
    Fraction,
    Group,
    Name,
    Node,
    Number,
    Over,
    Power,
    Root,
    Row,
    Sign,
    Subscript,
    Words,
)
from app.equation.parts import Part, listed, row
from app.operations.common.formula import (
    OUTPUT_LETTERS,
    TAP_LETTERS,
    constant,
    indexed,
    input_indices,
    less_one,
    multiple,
    names,
    plane,
    resulting,
    sums_over,
)
from app.operations.pooling.adaptive import AdaptiveSize
from app.operations.pooling.unpooling import UnpooledSize
from app.operations.pooling.windows import PoolSize
from app.scene.scene import Scene
from app.text.format import exact, short
from kernels.adaptive import AdaptiveAxis

BLANK = "\u00a0"
"""A blank that MathML keeps at the edge of words."""
X, Y = Name("x", "input"), Name("y", "output")


def short_pooling(scene: Scene) -> Row:
    """y = max x over windows of 2×2."""
    relation = scene.layer.relation
    windows = Name(times([reads.places for reads in relation.reads]))
    if relation.reduction == "power":
        return row(Y, "=", Subscript(row("‖", Subscript(X, windows), "‖"), Count(relation.power)))
    return row(Y, "=", Subscript(Name(relation.reduction), windows), X)


def short_adaptive(scene: Scene) -> Row:
    """y = mean x, made to fit 2×2."""
    fitted = row("→", Name(times(scene.layer.y_shape[1:])))
    return row(Y, "=", Subscript(Name(scene.layer.relation.reduction), fitted), X)


def long_pooling(scene: Scene, divisor: Node) -> Row:
    """y[c, i, j] = the reduction of x[c, stride·i + dilation·a − padding, …], counted as the reader counts."""
    first = scene.presentation.first_index
    axes = scene.layer.windows
    taps = TAP_LETTERS[len(axes)]
    sizes = [axis.kernel_size for axis in axes]
    x = powered(scene, [*channel(scene), *input_indices(scene)])
    sums = sums_over(taps, sizes, first)
    return row(result(scene), "=", *reduced(scene, x, sums, largest_over(taps, sizes, first), divisor))


def long_adaptive(scene: Scene, divisor: Node) -> Row:
    """y[c, i, j] = the reduction of x[c, a, b] over the windows of i and j."""
    axes = [axis for axis in scene.layer.axes if isinstance(axis, AdaptiveAxis)]
    outs, taps = OUTPUT_LETTERS[len(axes)], names(TAP_LETTERS[len(axes)])
    bounds = [window_bounds(axis, out, scene.presentation.first_index) for axis, out in zip(axes, outs, strict=True)]
    ranges = list(zip(taps, bounds, strict=True))
    x = powered(scene, [*channel(scene), *taps])
    sums = [Over(Sign("∑"), row(tap, "=", begin), end) for tap, (begin, end) in ranges]
    over = Over(Name("max"), listed([row(begin, "≤", tap, "≤", end) for tap, (begin, end) in ranges]))
    return row(result(scene), "=", *reduced(scene, x, sums, over, divisor))


def window_bounds(axis: AdaptiveAxis, out: str, first: int) -> tuple[Node, Node]:
    """The first and the last cell of window `out`: ⌊i·n/m⌋ and ⌈(i + 1)·n/m⌉ − 1, as plainly as these numbers allow.

    Counted from 1 they are ⌊(i − 1)·n/m⌋ + 1 and ⌈i·n/m⌉.
    """
    if axis.output_size == 1:
        return Count(first), Count(axis.input_size - 1 + first)
    cells, remainder = divmod(axis.input_size, axis.output_size)
    if remainder == 0:
        begin = multiple(cells, out)
        return row(*begin, *constant(first * (1 - cells))), row(*begin, *constant((1 - first) * (cells - 1)))
    here, other = Name(out), Group(row(Name(out), *constant(1 - 2 * first)))
    starts, ends = (other, here) if first else (here, other)
    return (
        row("⌊", axis.input_size, starts, "/", axis.output_size, "⌋", *constant(first)),
        row("⌈", axis.input_size, ends, "/", axis.output_size, "⌉", *constant(first - 1)),
    )


def reduced(scene: Scene, x: Node, sums: Sequence[Node], over: Node, divisor: Node) -> Sequence[Node]:
    """What becomes of the numbers of a window: the largest, their mean, or the root of the sum of their powers."""
    relation = scene.layer.relation
    if relation.reduction == "max":
        return over, x
    if relation.reduction == "mean":
        return Fraction(Count(1), divisor), *sums, x
    total = (*scale(scene, divisor), *sums, x)
    return total if relation.power == 1 else (Root(Row(total), None if relation.power == 2 else relation.power),)


def powered(scene: Scene, indices: Sequence[Node]) -> Node:
    """x with its indices, to the power that is summed."""
    x, power = indexed("x", "input", indices), scene.layer.relation.power
    return x if power == 1 else Power(x, power)


def scale(scene: Scene, divisor: Node) -> list[Node]:
    """What hangs over the end counts as much as the others do: a factor, where there is any."""
    places = Count(prod(reads.places for reads in scene.layer.relation.reads))
    return [] if divisor == places else [Fraction(places, divisor)]


def largest_over(taps: str, sizes: Sequence[int], first: int) -> Over:
    """max over 0 ≤ a, b < 2, or over 1 ≤ a, b ≤ 2"""
    each = [(taps, sizes[0])] if len(set(sizes)) == 1 else zip(taps, sizes, strict=True)
    ranges = [row(first, "≤", listed(names(letters)), "≤" if first else "<", size) for letters, size in each]
    return Over(Name("max"), listed(ranges))


def channel(scene: Scene) -> list[Node]:
    """The channel, where there are several: each is pooled by itself."""
    return plane("c", scene.layer.y_shape[0])


def outs_of(scene: Scene) -> list[Node]:
    return [*channel(scene), *names(OUTPUT_LETTERS[scene.operation.spatial])]


def result(scene: Scene) -> Node:
    return indexed("y", "output", outs_of(scene))


def short_unpooling() -> Row:
    """y[indices] = x"""
    return row(Element("y", Name("indices", "output"), "output"), "=", X)


def long_unpooling(scene: Scene) -> Row:
    """y[c, indices[c, i, j]] = x[c, i, j], else 0"""
    place = indexed("indices", "output", outs_of(scene))
    left = indexed("y", "output", [*channel(scene), place])
    return row(left, "=", indexed("x", "input", outs_of(scene)), ",", Words(BLANK + "all others 0"))


def short_max_gradient(scene: Scene) -> Row:
    """x̄[argmax] += grad_output"""
    return row(Element(scene.letter("y"), Name("argmax"), "input"), "+=", Name(scene.layer.data, "output"))


def long_max_gradient(scene: Scene) -> Row:
    """x̄[c, k] = Σ grad_output[c, i, j] over the windows whose largest number stands at k."""
    won = row(indexed("argmax", "input", outs_of(scene)), "=", Name("k"))
    left = indexed(scene.letter("y"), "input", [*channel(scene), Name("k")])
    return row(left, "=", Over(Sign("∑"), won), indexed(scene.layer.data, "output", outs_of(scene)))


def short_mean_gradient(scene: Scene, divisor: Node) -> Row:
    """x̄[window] += grad_output / n"""
    return row(
        Element(scene.letter("y"), Words("window"), "input"), "+=", Fraction(Name(scene.layer.data, "output"), divisor)
    )


def long_mean_gradient(scene: Scene, divisor: Node) -> Row:
    """x̄[c, k, l] = Σ grad_output[c, i, j] / n over the windows that read (k, l)."""
    cell = names("kl")
    readers = Over(Sign("∑"), row(Words("windows that read" + BLANK), listed(cell)))
    gradient = indexed(scene.layer.data, "output", outs_of(scene))
    left = indexed(scene.letter("y"), "input", [*channel(scene), *cell])
    return row(left, "=", readers, Fraction(gradient, divisor))


def pool_size_formula(size: PoolSize) -> Row:
    """⌊(input + 2·padding − kernel) / stride⌋ + 1 = output, with its numbers; ⌈ ⌉ with ceil_mode."""
    padding, dilation, kernel = size["padding"][0], size["dilation"], size["kernel"]
    added: tuple[Part, ...] = ("+", 2, "·", padding) if padding else ()
    extent: tuple[Part, ...] = (dilation, "·", less_one(kernel), "−", 1) if dilation > 1 else (kernel,)
    top = row(Number(size["input"], "input"), *added, "−", *extent)
    left, right = "⌈⌉" if size["ceil_mode"] else "⌊⌋"
    less = ("−", 1) if size["left_out"] else ()
    return row(left, Fraction(top, Count(size["stride"])), right, "+", 1, *less, "=", resulting(size))


def adaptive_size_formula(size: AdaptiveSize) -> Row:
    """5 / 2 = 2.5 cells for each window, to be rounded outwards."""
    share = Fraction(Number(size["input"], "input"), Number(size["output"], "output", result=True))
    cells = size["input"] / size["output"]
    sign = "=" if short(cells) == exact(cells) else "≈"
    return row(share, sign, Number(cells), Words(BLANK + "cells for each window"))


def unpooled_size_formula(size: UnpooledSize) -> Row:
    """(input − 1)·stride − 2·padding + kernel = usual, with its numbers."""
    padding, is_usual = size["padding"][0], size["usual"] == size["output"]
    cut: tuple[Part, ...] = ("−", 2, "·", padding) if padding else ()
    stamps = (less_one(Number(size["input"], "input")), "·", size["stride"])
    return row(*stamps, *cut, "+", size["kernel"], "=", Number(size["usual"], "output" * is_usual, result=is_usual))
