"""The formulas of transposed convolutions, of both gradients, of unfold and fold, with a scene's numbers.

In all of them i, j is a place of the windows, a, b a tap, and m, n the cell where they meet:
m = stride·i + dilation·a − padding.
"""

from collections.abc import Sequence

from app.address.phrases import times as joined
from app.equation.nodes import Count, Fraction, Name, Node, Number, Over, Row, Sign, Stack, Subscript, Words
from app.equation.parts import Part, row
from app.operations.common.formula import (
    OUTPUT_LETTERS,
    SYMBOLS,
    TAP_LETTERS,
    bias_after,
    bias_before,
    indexed,
    input_indices,
    less_one,
    names,
    plane,
    resulting,
    span,
    sums_over,
    times,
)
from app.scene.scene import Scene
from app.scene.sizes import GradientSize, TransposedSize

CELL_LETTERS = {1: "m", 2: "mn", 3: "lmn"}


def stretched(name: str, role: str, strides: Sequence[int]) -> Node:
    """x with stride − 1 zeros between its values, ↑stride; x itself where the stride is 1."""
    if set(strides) == {1}:
        return Name(name, role)
    by = str(strides[0]) if len(set(strides)) == 1 else joined(strides)
    return Subscript(Name(name, role), Name(f"↑{by}"))


def short_stamps(scene: Scene) -> Row:
    """y = x↑stride ∗ w + b: a true convolution of the stretched data."""
    layer = scene.layer
    data = stretched(layer.data, layer.space(layer.data), [axis.stride for axis in scene.layer.windows])
    y = Name(scene.letter("y"), layer.space("y"))
    return row(y, "=", data, "∗", Name("w", "tap"), *bias_after(scene))


def long_stamps(scene: Scene, *, result: str, summed: str) -> Row:
    """y[result, m, n] = b[result] + Σ data[summed, i, j] · w[summed, result, a, b], where cells and taps meet.

    `result` and `summed` are the letters of the planes: o and c, and for the gradient of the input c and o. With
    groups, p is the plane that is read, and q that of w: `group_legend` says which.
    """
    layer = scene.layer
    planes, per_group = scene.w.shape[:2]
    members = planes // layer.groups
    outs, taps, cells = (letters[scene.operation.spatial] for letters in (OUTPUT_LETTERS, TAP_LETTERS, CELL_LETTERS))
    own = plane(result, layer.y_shape[0])
    is_grouped = layer.groups > 1
    read = plane("p" if is_grouped else summed, planes)
    slice_of = plane("q" if is_grouped else result, per_group)
    return row(
        indexed(scene.letter("y"), layer.space("y"), [*own, *names(cells)]),
        "=",
        *bias_before(scene, own),
        *sums_over(summed, [members], scene.presentation.first_index)[: members > 1],
        sum_where_they_meet(scene),
        indexed(layer.data, layer.space(layer.data), [*read, *names(outs)]),
        "·",
        indexed("w", "tap", [*read, *slice_of, *names(taps)]),
    )


def short_weights(scene: Scene) -> Row:
    """w̄ = x ⋆ grad_output↑stride"""
    name = scene.layer.weights or ""
    gradient = stretched(name, "output", [axis.stride for axis in scene.layer.windows])
    symbol = SYMBOLS[scene.presentation.symbol]
    return row(Name(scene.letter("y"), "tap"), "=", Name("x", "input"), symbol, gradient)


def long_weights(scene: Scene) -> Row:
    """w̄[o, c, a, b] = Σ x[c, stride·i + dilation·a − padding, …] · grad_output[o, i, j], over all positions.

    Where the gradient came through an activation, it is grad_z that x meets.
    """
    filters, per_group = scene.layer.y_shape[:2]
    axes = scene.layer.windows
    outs, taps = OUTPUT_LETTERS[len(axes)], TAP_LETTERS[len(axes)]
    filter, channel = plane("o", filters), plane("c", per_group)
    read = plane("p" if scene.layer.groups > 1 else "c", len(scene.x))
    return row(
        indexed(scene.letter("y"), "tap", [*filter, *channel, *names(taps)]),
        "=",
        *sums_over(outs, [axis.output_size for axis in axes], scene.presentation.first_index),
        indexed("x", "input", [*read, *input_indices(scene)]),
        "·",
        indexed(scene.layer.weights or "", "output", [*filter, *names(outs)]),
    )


def short_unfolding() -> Row:
    """y[:, l] = window l of x"""
    return row(column("y", "output"), "=", window("x", "input"))


def long_unfolding(scene: Scene) -> Row:
    """y[r, l] = x[c, stride·i + dilation·a − padding, …]"""
    channel = plane("c", len(scene.x))
    return row(matrix_cell("y", "output"), "=", indexed("x", "input", [*channel, *input_indices(scene)]))


def short_folding() -> Row:
    """y[window l] += x[:, l]"""
    return row(window("y", "output"), "+=", column("x", "input"))


def long_folding(scene: Scene) -> Row:
    """y[c, m, n] = Σ x[r, l], over the taps and windows that meet at m, n."""
    cells = names(CELL_LETTERS[len(scene.layer.windows)])
    left = indexed("y", "output", [*plane("c", scene.layer.y_shape[0]), *cells])
    return row(left, "=", sum_where_they_meet(scene), matrix_cell("x", "input"))


def column(name: str, role: str) -> Node:
    return indexed(name, role, [Sign(":"), Name("l")])


def window(name: str, role: str) -> Node:
    return indexed(name, role, [row(Words("window\N{NO-BREAK SPACE}"), Name("l"))])


def matrix_cell(name: str, role: str) -> Node:
    return indexed(name, role, names("rl"))


def sum_where_they_meet(scene: Scene) -> Over:
    """Σ over the windows and taps that meet at m, n: one condition for each axis, one under the other."""
    cells = names(CELL_LETTERS[len(scene.layer.windows)])
    meets = zip(input_indices(scene), cells, strict=True)
    return Over(Sign("∑"), Stack(tuple(row(index, "=", cell) for index, cell in meets)))


def group_legend(result: str, summed: str, members: int, per_group: int, first: int) -> str:
    """Which plane p is read for a result's plane, and which plane q of w it has: p = 2⌊o/3⌋ + c and q = o mod 3.

    Counted from 1: p = 2⌊(o − 1)/3⌋ + c and q = (o − 1) mod 3 + 1.
    """
    before = f"({result} − {first})" if first else result
    added = f" + {first}" if first else ""
    group = before if per_group == 1 else f"⌊{before}/{per_group}⌋"
    plane = f"{members}{group} + {summed}" if members > 1 else result if per_group == 1 else group + added
    return f"p = {plane}" + (f" and q = {before} mod {per_group}{added}" if per_group > 1 else "")


def transposed_size_formula(size: TransposedSize) -> Row:
    """(input − 1)·stride − 2·padding + dilation·(kernel − 1) + output_padding + 1 = output, with its numbers."""
    given_back = ("+", size["output_padding"]) if size["output_padding"] else ()
    return row(*stamped(size, size["input"], "input"), *given_back, "+", 1, "=", resulting(size))


def input_size_formula(size: GradientSize) -> Row:
    """(grad_output − 1)·stride − 2·padding + dilation·(kernel − 1) + 1 + remainder = input, with its numbers."""
    remainder = ("+", size["rest"]) if size["rest"] else ()
    return row(*stamped(size, size["grad_output"], "output"), "+", 1, *remainder, "=", resulting(size, "input"))


def stamped(size: TransposedSize | GradientSize, values: int, role: str) -> tuple[Part, ...]:
    """(values − 1)·stride − 2·padding + dilation·(kernel − 1)"""
    return (less_one(Number(values, role)), "·", size["stride"], "−", 2, "·", size["padding"], "+", *span(size))


def weight_size_formula(size: GradientSize) -> Row:
    """(input + 2·padding − stride·(grad_output − 1) − 1 − remainder) / dilation + 1 = kernel, with its numbers."""
    remainder = ("−", size["rest"]) if size["rest"] else ()
    windows = (*times(size["stride"]), less_one(Number(size["grad_output"], "output")))
    top = row(Number(size["input"], "input"), "+", 2, "·", size["padding"], "−", *windows, "−", 1, *remainder)
    whole = Fraction(top, Count(size["dilation"])) if size["dilation"] > 1 else top
    return row(whole, "+", 1, "=", resulting(size, "tap"))
