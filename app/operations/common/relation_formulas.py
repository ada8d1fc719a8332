"""The formulas of transposed convolutions, of both gradients, of unfold and fold, with a scene's numbers, as MathML.

In all of them i, j is a place of the windows, a, b a tap, and m, n the cell where they meet:
m = stride·i + dilation·a − padding.
"""

from collections.abc import Sequence

from markupsafe import Markup

from app.address.phrases import times
from app.equation.mathml import grid_name
from app.operations.common.formula import (
    OUTPUT_LETTERS,
    SYMBOLS,
    TAP_LETTERS,
    block,
    identifier,
    indexed,
    input_indices,
    line,
    plain,
    sum_over,
)
from app.scene.scene import Scene
from app.scene.sizes import GradientSize, TransposedSize

CELL_LETTERS = {1: "m", 2: "mn", 3: "lmn"}
CONVOLVED = "<mo>∗</mo>"
EQUALS = "<mo>=</mo>"


def stretched(name: str, role: str, strides: Sequence[int]) -> str:
    """x with stride − 1 zeros between its values, ↑stride; x itself where the stride is 1."""
    if set(strides) == {1}:
        return grid_name(name, role)
    by = str(strides[0]) if len(set(strides)) == 1 else times(strides)
    arrow = '<mo lspace="0" rspace="0">↑</mo>'
    return f"<msub>{grid_name(name, role)}<mrow>{arrow}<mn>{by}</mn></mrow></msub>"


def short_stamps(scene: Scene) -> Markup:
    """y = x↑stride ∗ w + b: a true convolution of the stretched data."""
    layer = scene.layer
    data = stretched(layer.data, layer.space(layer.data), [axis.stride for axis in scene.layer.windows])
    bias = f"<mo>+</mo>{grid_name('b', 'tap')}" if scene.b is not None else ""
    return line(grid_name(scene.letter("y"), layer.space("y")), EQUALS, data, CONVOLVED, grid_name("w", "tap"), bias)


def long_stamps(scene: Scene, *, result: str, summed: str) -> Markup:
    """y[result, m, n] = b[result] + Σ data[summed, i, j] · w[summed, result, a, b], where cells and taps meet.

    `result` and `summed` are the letters of the planes: o and c, and for the gradient of the input c and o. With
    groups, p is the plane that is read, and q that of w: `group_legend` says which.
    """
    layer, first = scene.layer, scene.presentation.first_index
    planes, per_group = scene.w.shape[:2]
    members = planes // layer.groups
    outs, taps, cells = (letters[scene.operation.spatial] for letters in (OUTPUT_LETTERS, TAP_LETTERS, CELL_LETTERS))
    own = [identifier(result)] if layer.y_shape[0] > 1 else []
    is_grouped = layer.groups > 1
    read = [] if planes == 1 else [identifier("p" if is_grouped else summed)]
    slice_of = [] if per_group == 1 else [identifier("q" if is_grouped else result)]
    bias = f"{indexed('b', 'tap', own) if own else grid_name('b', 'tap')}<mo>+</mo>" if scene.b is not None else ""
    return block(
        indexed(scene.letter("y"), layer.space("y"), [*own, *map(identifier, cells)]),
        EQUALS,
        bias,
        sum_over(summed, members, first) if members > 1 else "",
        sum_where_they_meet(scene),
        indexed(layer.data, layer.space(layer.data), [*read, *map(identifier, outs)]),
        "<mo>·</mo>",
        indexed("w", "tap", [*read, *slice_of, *map(identifier, taps)]),
    )


def short_weights(scene: Scene) -> Markup:
    """w̄ = x ⋆ grad_output↑stride"""
    gradient = stretched("grad_output", "output", [axis.stride for axis in scene.layer.windows])
    symbol = f"<mo>{SYMBOLS[scene.presentation.symbol]}</mo>"
    return line(grid_name(scene.letter("y"), "tap"), EQUALS, grid_name("x", "input"), symbol, gradient)


def long_weights(scene: Scene) -> Markup:
    """w̄[o, c, a, b] = Σ x[c, stride·i + dilation·a − padding, …] · grad_output[o, i, j], over all positions."""
    filters, per_group = scene.layer.y_shape[:2]
    groups, first = scene.layer.groups, scene.presentation.first_index
    axes = scene.layer.windows
    outs, taps = OUTPUT_LETTERS[len(axes)], TAP_LETTERS[len(axes)]
    filter = [identifier("o")] if filters > 1 else []
    channel = [identifier("c")] if per_group > 1 else []
    read = [identifier("p" if groups > 1 else "c")] if len(scene.x) > 1 else []
    return block(
        indexed(scene.letter("y"), "tap", [*filter, *channel, *map(identifier, taps)]),
        EQUALS,
        "".join(sum_over(out, axis.output_size, first) for axis, out in zip(axes, outs, strict=True)),
        indexed("x", "input", [*read, *input_indices(scene)]),
        "<mo>·</mo>",
        indexed("grad_output", "output", [*filter, *map(identifier, outs)]),
    )


def short_unfolding() -> Markup:
    """y[:, l] = window l of x"""
    column = "<mrow><mo>:</mo><mo>,</mo><mi>l</mi></mrow>"
    window = f"<msub>{grid_name('x', 'input')}<mrow><mtext>window\N{NO-BREAK SPACE}</mtext><mi>l</mi></mrow></msub>"
    return line(f"<msub>{grid_name('y', 'output')}{column}</msub>", EQUALS, window)


def long_unfolding(scene: Scene) -> Markup:
    """y[r, l] = x[c, stride·i + dilation·a − padding, …]"""
    channel = [identifier("c")] if len(scene.x) > 1 else []
    return block(matrix_cell("y", "output"), EQUALS, indexed("x", "input", [*channel, *input_indices(scene)]))


def short_folding() -> Markup:
    """y[window l] += x[:, l]"""
    column = "<mrow><mo>:</mo><mo>,</mo><mi>l</mi></mrow>"
    window = f"<msub>{grid_name('y', 'output')}<mrow><mtext>window\N{NO-BREAK SPACE}</mtext><mi>l</mi></mrow></msub>"
    return line(window, "<mo>+=</mo>", f"<msub>{grid_name('x', 'input')}{column}</msub>")


def long_folding(scene: Scene) -> Markup:
    """y[c, m, n] = Σ x[r, l], over the taps and windows that meet at m, n."""
    channel = [identifier("c")] if scene.layer.y_shape[0] > 1 else []
    cells = CELL_LETTERS[len(scene.layer.windows)]
    left = indexed("y", "output", [*channel, *map(identifier, cells)])
    return block(left, EQUALS, sum_where_they_meet(scene), matrix_cell("x", "input"))


def matrix_cell(name: str, role: str) -> str:
    return indexed(name, role, [identifier("r"), identifier("l")])


def sum_where_they_meet(scene: Scene) -> str:
    """Σ over the windows and taps that meet at m, n: one condition for each axis, one under the other."""
    cells = CELL_LETTERS[len(scene.layer.windows)]
    meets = zip(input_indices(scene), cells, strict=True)
    rows = "".join(f"<mtr><mtd>{index}<mo>=</mo>{identifier(cell)}</mtd></mtr>" for index, cell in meets)
    return f"<munder><mo>∑</mo><mtable>{rows}</mtable></munder>"


def group_legend(result: str, summed: str, members: int, per_group: int, first: int) -> str:
    """Which plane p is read for a result's plane, and which plane q of w it has: p = 2⌊o/3⌋ + c and q = o mod 3.

    Counted from 1: p = 2⌊(o − 1)/3⌋ + c and q = (o − 1) mod 3 + 1.
    """
    before = f"({result} − {first})" if first else result
    added = f" + {first}" if first else ""
    group = before if per_group == 1 else f"⌊{before}/{per_group}⌋"
    plane = f"{members}{group} + {summed}" if members > 1 else result if per_group == 1 else group + added
    return f"p = {plane}" + (f" and q = {before} mod {per_group}{added}" if per_group > 1 else "")


def transposed_size_formula(size: TransposedSize) -> Markup:
    """(input − 1)·stride − 2·padding + dilation·(kernel − 1) + output_padding + 1 = output, with its numbers."""
    given_back = f"<mo>+</mo>{plain(size['output_padding'])}" if size["output_padding"] else ""
    return block(
        f"{less_one(plain(size['input'], 'input'))}<mo>·</mo>{plain(size['stride'])}",
        f"<mo>−</mo><mn>2</mn><mo>·</mo>{plain(size['padding'])}<mo>+</mo>{span(size)}",
        f"{given_back}<mo>+</mo><mn>1</mn>{EQUALS}{plain(size['output'], 'output result')}",
        label=size["formula"],
    )


def input_size_formula(size: GradientSize) -> Markup:
    """(grad_output − 1)·stride − 2·padding + dilation·(kernel − 1) + 1 + remainder = input, with its numbers."""
    remainder = f"<mo>+</mo>{plain(size['rest'])}" if size["rest"] else ""
    return block(
        f"{less_one(plain(size['grad_output'], 'output'))}<mo>·</mo>{plain(size['stride'])}",
        f"<mo>−</mo><mn>2</mn><mo>·</mo>{plain(size['padding'])}<mo>+</mo>{span(size)}",
        f"<mo>+</mo><mn>1</mn>{remainder}{EQUALS}{plain(size['output'], 'input result')}",
        label=size["formula"],
    )


def weight_size_formula(size: GradientSize) -> Markup:
    """(input + 2·padding − stride·(grad_output − 1) − 1 − remainder) / dilation + 1 = kernel, with its numbers."""
    remainder = f"<mo>−</mo>{plain(size['rest'])}" if size["rest"] else ""
    stride = "" if size["stride"] == 1 else f"{plain(size['stride'])}<mo>·</mo>"
    top = (
        f"{plain(size['input'], 'input')}<mo>+</mo><mn>2</mn><mo>·</mo>{plain(size['padding'])}"
        f"<mo>−</mo>{stride}{less_one(plain(size['grad_output'], 'output'))}<mo>−</mo><mn>1</mn>{remainder}"
    )
    whole = f"<mfrac><mrow>{top}</mrow>{plain(size['dilation'])}</mfrac>" if size["dilation"] > 1 else top
    return block(f"{whole}<mo>+</mo><mn>1</mn>{EQUALS}{plain(size['output'], 'tap result')}", label=size["formula"])


def less_one(number: str) -> str:
    return f"<mrow><mo>(</mo>{number}<mo>−</mo><mn>1</mn><mo>)</mo></mrow>"


def span(size: TransposedSize | GradientSize) -> str:
    """dilation·(kernel − 1)"""
    dilation = "" if size["dilation"] == 1 else f"{plain(size['dilation'])}<mo>·</mo>"
    return dilation + less_one(plain(size["kernel"], "tap"))
