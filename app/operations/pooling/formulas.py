"""The formulas of poolings, their inverse and their gradients, with a scene's numbers, as MathML."""

from collections.abc import Sequence
from math import prod

from markupsafe import Markup

from app.address.phrases import times
from app.equation.mathml import grid_name
from app.operations.common.formula import (
    OUTPUT_LETTERS,
    TAP_LETTERS,
    block,
    constant,
    identifier,
    indexed,
    input_indices,
    line,
    multiple,
    plain,
    sum_over,
)
from app.operations.pooling.adaptive import AdaptiveSize
from app.operations.pooling.unpooling import UnpooledSize
from app.operations.pooling.windows import PoolSize
from app.scene.scene import Scene
from app.text.format import exact, short
from kernels.adaptive import AdaptiveAxis

NAMES = {"max": "max", "mean": "mean"}
BLANK = "\u00a0"
"""A blank that MathML keeps at the edge of words."""


def text(words: str) -> str:
    return f"<mtext>{words}</mtext>"


def short_pooling(scene: Scene) -> Markup:
    """y = max x over windows of 2×2."""
    relation = scene.layer.relation
    windows = f"<mrow><mn>{times([reads.places for reads in relation.reads])}</mn></mrow>"
    y, x = grid_name("y", "output"), grid_name("x", "input")
    if relation.reduction == "power":
        return line(y, "<mo>=</mo>", f"<msub>{norm(f'<msub>{x}{windows}</msub>')}<mn>{relation.power}</mn></msub>")
    return line(y, "<mo>=</mo>", f"<msub><mi>{NAMES[relation.reduction]}</mi>{windows}</msub>", x)


def norm(inner: str) -> str:
    return f"<mrow><mo>‖</mo>{inner}<mo>‖</mo></mrow>"


def short_adaptive(scene: Scene) -> Markup:
    """y = mean x, made to fit 2×2."""
    relation = scene.layer.relation
    fitted = f"<mrow><mo>→</mo><mn>{times(scene.layer.y_shape[1:])}</mn></mrow>"
    reduced = f"<msub><mi>{NAMES[relation.reduction]}</mi>{fitted}</msub>"
    return line(grid_name("y", "output"), "<mo>=</mo>", reduced, grid_name("x", "input"))


def long_pooling(scene: Scene, divisor: str) -> Markup:
    """y[c, i, j] = the reduction of x[c, stride·i + dilation·a − padding, …], counted as the reader counts."""
    first = scene.presentation.first_index
    axes = scene.layer.windows
    taps = TAP_LETTERS[len(axes)]
    sizes = [axis.kernel_size for axis in axes]
    x = powered(scene, [*channel(scene), *input_indices(scene)])
    sums = "".join(sum_over(tap, size, first) for tap, size in zip(taps, sizes, strict=True))
    return block(result(scene), "<mo>=</mo>", reduced(scene, x, sums, largest_over(taps, sizes, first), divisor))


def long_adaptive(scene: Scene, divisor: str) -> Markup:
    """y[c, i, j] = the reduction of x[c, a, b] over the windows of i and j."""
    axes = [axis for axis in scene.layer.axes if isinstance(axis, AdaptiveAxis)]
    outs, taps = OUTPUT_LETTERS[len(axes)], TAP_LETTERS[len(axes)]
    ranges = [bounds(axis, out, scene.presentation.first_index) for axis, out in zip(axes, outs, strict=True)]
    x = powered(scene, [*channel(scene), *map(identifier, taps)])
    sums = "".join(
        f"<munderover><mo>∑</mo><mrow>{identifier(tap)}<mo>=</mo>{first}</mrow><mrow>{last}</mrow></munderover>"
        for tap, (first, last) in zip(taps, ranges, strict=True)
    )
    within = "<mo>,</mo>".join(
        f"<mrow>{first}<mo>≤</mo>{identifier(tap)}<mo>≤</mo>{last}</mrow>"
        for tap, (first, last) in zip(taps, ranges, strict=True)
    )
    over = f"<munder><mi>max</mi><mrow>{within}</mrow></munder>"
    return block(result(scene), "<mo>=</mo>", reduced(scene, x, sums, over, divisor))


def bounds(axis: AdaptiveAxis, out: str, first: int) -> tuple[str, str]:
    """The first and the last cell of window `out`: ⌊i·n/m⌋ and ⌈(i + 1)·n/m⌉ − 1, as plainly as these numbers allow.

    Counted from 1 they are ⌊(i − 1)·n/m⌋ + 1 and ⌈i·n/m⌉.
    """
    if axis.output_size == 1:
        return plain(first), plain(axis.input_size - 1 + first)
    cells, remainder = divmod(axis.input_size, axis.output_size)
    if remainder == 0:
        begin = multiple(cells, out)
        return begin + constant(first * (1 - cells)), begin + constant((1 - first) * (cells - 1))
    share = f"<mo>/</mo>{plain(axis.output_size)}"
    here, other = (
        f"{plain(axis.input_size)}{identifier(out)}",
        f"{plain(axis.input_size)}<mo>(</mo>{identifier(out)}{constant(1 - 2 * first)}<mo>)</mo>",
    )
    begin, end = (other, here) if first else (here, other)
    return (
        f"<mo>⌊</mo>{begin}{share}<mo>⌋</mo>{constant(first)}",
        f"<mo>⌈</mo>{end}{share}<mo>⌉</mo>{constant(first - 1)}",
    )


def reduced(scene: Scene, x: str, sums: str, over: str, divisor: str) -> str:
    """What becomes of the numbers of a window: the largest, their mean, or the root of the sum of their powers."""
    relation = scene.layer.relation
    if relation.reduction == "max":
        return over + x
    if relation.reduction == "mean":
        return f"<mfrac><mn>1</mn>{divisor}</mfrac>{sums}{x}"
    degree = f"<mn>{relation.power}</mn>"
    if relation.power == 1:
        return scaled(scene, divisor) + sums + x
    inside = f"<mrow>{scaled(scene, divisor)}{sums}{x}</mrow>"
    return f"<msqrt>{inside}</msqrt>" if relation.power == 2 else f"<mroot>{inside}{degree}</mroot>"


def powered(scene: Scene, indices: list[str]) -> str:
    """x with its indices, to the power that is summed."""
    power = scene.layer.relation.power
    if power == 1:
        return indexed("x", "input", indices)
    return f"<msubsup>{grid_name('x', 'input')}<mrow>{'<mo>,</mo>'.join(indices)}</mrow><mn>{power}</mn></msubsup>"


def scaled(scene: Scene, divisor: str) -> str:
    """What hangs over the end counts as much as the others do: a factor, where there is any."""
    places = prod(reads.places for reads in scene.layer.relation.reads)
    return "" if divisor == f"<mn>{places}</mn>" else f"<mfrac><mn>{places}</mn>{divisor}</mfrac>"


def largest_over(taps: str, sizes: Sequence[int], first: int) -> str:
    """max over 0 ≤ a, b < 2, or over 1 ≤ a, b ≤ 2"""
    each = list(zip(taps, sizes, strict=True))
    if len(set(sizes)) == 1:
        ranges = [within("<mo>,</mo>".join(map(identifier, taps)), sizes[0], first)]
    else:
        ranges = [within(identifier(tap), size, first) for tap, size in each]
    return f"<munder><mi>max</mi><mrow>{'<mo>,</mo>'.join(ranges)}</mrow></munder>"


def within(names: str, size: int, first: int) -> str:
    return f"{plain(first)}<mo>≤</mo>{names}<mo>{'≤' if first else '&lt;'}</mo>{plain(size)}"


def channel(scene: Scene) -> list[str]:
    """The channel, where there are several: each is pooled by itself."""
    return ["<mi>c</mi>"] if scene.layer.y_shape[0] > 1 else []


def outs_of(scene: Scene) -> list[str]:
    return [*channel(scene), *map(identifier, OUTPUT_LETTERS[scene.operation.spatial])]


def result(scene: Scene) -> str:
    return indexed("y", "output", outs_of(scene))


def short_unpooling() -> Markup:
    """y[indices] = x"""
    places = f"<mrow>{grid_name('indices', 'output')}</mrow>"
    return line(f"<msub>{grid_name('y', 'output')}{places}</msub>", "<mo>=</mo>", grid_name("x", "input"))


def long_unpooling(scene: Scene) -> Markup:
    """y[c, indices[c, i, j]] = x[c, i, j], else 0"""
    place = indexed("indices", "output", outs_of(scene))
    left = indexed("y", "output", [*channel(scene), place])
    return block(left, "<mo>=</mo>", indexed("x", "input", outs_of(scene)), f"<mo>,</mo>{text(BLANK + 'all others 0')}")


GRADIENT = '<mi class="output">grad_output</mi>'


def short_max_gradient(scene: Scene) -> Markup:
    """x̄[argmax] += grad_output"""
    left = f"<msub>{grid_name(scene.letter('y'), 'input')}<mi>argmax</mi></msub>"
    return line(left, "<mo>+=</mo>", GRADIENT)


def long_max_gradient(scene: Scene) -> Markup:
    """x̄[c, k] = Σ grad_output[c, i, j] over the windows whose largest number stands at k."""
    won = f"{indexed('argmax', 'input', outs_of(scene))}<mo>=</mo><mi>k</mi>"
    total = f"<munder><mo>∑</mo><mrow>{won}</mrow></munder>"
    left = indexed(scene.letter("y"), "input", [*channel(scene), "<mi>k</mi>"])
    return block(left, "<mo>=</mo>", total, indexed("grad_output", "output", outs_of(scene)))


def short_mean_gradient(scene: Scene, divisor: str) -> Markup:
    """x̄[window] += grad_output / n"""
    left = f"<msub>{grid_name(scene.letter('y'), 'input')}<mtext>window</mtext></msub>"
    return line(left, "<mo>+=</mo>", f"<mfrac>{GRADIENT}{divisor}</mfrac>")


def long_mean_gradient(scene: Scene, divisor: str) -> Markup:
    """x̄[c, k, l] = Σ grad_output[c, i, j] / n over the windows that read (k, l)."""
    cells = [*channel(scene), *map(identifier, "kl")]
    total = (
        f"<munder><mo>∑</mo><mrow>{text('windows that read' + BLANK)}{','.join(map(identifier, 'kl'))}</mrow></munder>"
    )
    gradient = indexed("grad_output", "output", outs_of(scene))
    return block(indexed(scene.letter("y"), "input", cells), "<mo>=</mo>", total, f"<mfrac>{gradient}{divisor}</mfrac>")


def pool_size_formula(size: PoolSize) -> Markup:
    """⌊(input + 2·padding − kernel) / stride⌋ + 1 = output, with its numbers; ⌈ ⌉ with ceil_mode."""
    padding, dilation = size["padding"][0], size["dilation"]
    added = f"<mo>+</mo><mn>2</mn><mo>·</mo>{plain(padding)}" if padding else ""
    window = f"<mo>−</mo>{plain(size['kernel'])}"
    if dilation > 1:
        kernel = f"<mo>(</mo>{plain(size['kernel'])}<mo>−</mo><mn>1</mn><mo>)</mo>"
        window = f"<mo>−</mo>{plain(dilation)}<mo>·</mo>{kernel}<mo>−</mo><mn>1</mn>"
    left, right = "⌈⌉" if size["ceil_mode"] else "⌊⌋"
    less = "<mo>−</mo><mn>1</mn>" if size["left_out"] else ""
    return block(
        f'<mrow><mo stretchy="true">{left}</mo><mfrac><mrow>{plain(size["input"], "input")}{added}{window}</mrow>'
        f'{plain(size["stride"])}</mfrac><mo stretchy="true">{right}</mo></mrow>',
        f"<mo>+</mo><mn>1</mn>{less}<mo>=</mo>{plain(size['output'], 'output result')}",
    )


def adaptive_size_formula(size: AdaptiveSize) -> Markup:
    """5 / 2 = 2.5 cells for each window, to be rounded outwards."""
    share = f"<mfrac>{plain(size['input'], 'input')}{plain(size['output'], 'output result')}</mfrac>"
    cells = size["input"] / size["output"]
    sign = "=" if short(cells) == exact(cells) else "≈"
    return block(share, f"<mo>{sign}</mo><mn>{short(cells)}</mn>{text(BLANK + 'cells for each window')}")


def unpooled_size_formula(size: UnpooledSize) -> Markup:
    """(input − 1)·stride − 2·padding + kernel = usual, with its numbers."""
    padding = size["padding"][0]
    is_usual = size["usual"] == size["output"]
    taken = f"<mo>−</mo><mn>2</mn><mo>·</mo>{plain(padding)}" if padding else ""
    return block(
        f"<mo>(</mo>{plain(size['input'], 'input')}<mo>−</mo><mn>1</mn><mo>)</mo><mo>·</mo>{plain(size['stride'])}",
        f"{taken}<mo>+</mo>{plain(size['kernel'])}<mo>=</mo>"
        f"{plain(size['usual'], 'output result' if is_usual else '')}",
    )
