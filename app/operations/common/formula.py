"""The operation as a formula, with this scene's stride, dilation and padding in its indices, as MathML."""

from markupsafe import Markup

from app.equation.mathml import grid_name
from app.scene.scene import Scene
from app.scene.sizes import WindowSize
from kernels.axis import Axis

OUTPUT_LETTERS = {1: "i", 2: "ij", 3: "hij"}
TAP_LETTERS = {1: "a", 2: "ab", 3: "eab"}
SYMBOLS = {"star": "⋆", "asterisk": "∗"}
TRUE_CONVOLUTION = "∗"


def line(*parts: str) -> Markup:
    return Markup(f"<math><mrow>{''.join(parts)}</mrow></math>")


def block(*parts: str, label: str = "") -> Markup:
    spoken = f' aria-label="{label}"' if label else ""
    return Markup(f'<math display="block"{spoken}><mrow>{"".join(parts)}</mrow></math>')


def short_formula(scene: Scene) -> Markup:
    """y = x ⋆ w + b, in the reader's symbol; a true convolution is always written ∗."""
    symbol = TRUE_CONVOLUTION if is_turned(scene) else SYMBOLS[scene.presentation.symbol]
    bias = f"<mo>+</mo>{grid_name('b', 'tap')}" if scene.b is not None else ""
    inner = f"{grid_name('x', 'input')}<mo>{symbol}</mo>{grid_name('w', 'tap')}{bias}"
    result = grid_name("a" if scene.layer.activation else "y", "output")
    return line(result, "<mo>=</mo>", activated(scene, inner))


def long_formula(scene: Scene) -> Markup:
    """y[o, i, j] = b[o] + Σ x[c, stride·i + dilation·a − padding, …] · w[o, c, a, b], counted as the reader counts.

    Where an activation follows, a[o, i, j] = activation(b[o] + …).
    """
    first = scene.presentation.first_index
    axes = scene.layer.windows
    outs, taps = OUTPUT_LETTERS[len(axes)], TAP_LETTERS[len(axes)]
    weights = [tap_index(axis, tap, first) for axis, tap in zip(axes, taps, strict=True)]
    filter = ["<mi>o</mi>"] if scene.w.shape[0] > 1 else []
    channel = ["<mi>c</mi>"] if scene.w.shape[1] > 1 else []
    sums = [*(("c", scene.w.shape[1]) for _ in channel), *zip(taps, (axis.kernel_size for axis in axes), strict=True)]
    bias = (
        f"{indexed('b', 'tap', filter) if filter else grid_name('b', 'tap')}<mo>+</mo>" if scene.b is not None else ""
    )
    total = (
        f"{bias}{''.join(sum_over(name, count, first) for name, count in sums)}"
        f"{indexed('x', 'input', [*input_channel(scene), *input_indices(scene)])}<mo>·</mo>"
        f"{indexed('w', 'tap', [*filter, *channel, *weights])}"
    )
    result = "a" if scene.layer.activation else "y"
    left = indexed(result, "output", [*filter, *map(identifier, outs)])
    return block(left, "<mo>=</mo>", activated(scene, total))


def activated(scene: Scene, inner: str) -> str:
    """The activation of this, where one follows."""
    name = scene.layer.activation
    return f"<mi>{name}</mi><mrow><mo>(</mo>{inner}<mo>)</mo></mrow>" if name else inner


def size_formula(size: WindowSize) -> Markup:
    """⌊(input + padding − dilation·(kernel − 1) − 1) / stride⌋ + 1 = output, with its numbers."""
    before, after = size["padding"]
    padding = f"<mn>2</mn><mo>·</mo>{plain(before)}" if before == after else f"{plain(before)}<mo>+</mo>{plain(after)}"
    dilation = "" if size["dilation"] == 1 else f"{plain(size['dilation'])}<mo>·</mo>"
    kernel = f"<mrow><mo>(</mo>{plain(size['kernel'], 'tap')}<mo>−</mo><mn>1</mn><mo>)</mo></mrow>"
    top = f"{plain(size['input'], 'input')}<mo>+</mo>{padding}<mo>−</mo>{dilation}{kernel}<mo>−</mo><mn>1</mn>"
    left, right = (f'<mo stretchy="true">{bracket}</mo>' for bracket in "⌊⌋")
    floor = f"<mrow>{left}<mfrac><mrow>{top}</mrow>{plain(size['stride'])}</mfrac>{right}</mrow>"
    return block(
        floor, f"<mo>+</mo><mn>1</mn><mo>=</mo>{plain(size['output'], 'output result')}", label=size["formula"]
    )


def plain(value: int, role: str = "") -> str:
    """A whole number, in the colour of its role."""
    return f'<mn class="{role}">{value}</mn>' if role else f"<mn>{value}</mn>"


def input_channel(scene: Scene) -> list[str]:
    """The channel that is read: c, counted from where the group of filter o begins."""
    if scene.x.shape[0] == 1:
        return []
    per_group, filters = scene.w.shape[1], scene.w.shape[0] // scene.layer.groups
    own = ["<mi>c</mi>"] if per_group > 1 else []
    if scene.layer.groups == 1:
        return own
    if filters == per_group == 1:
        return ["<mi>o</mi>"]
    first = scene.presentation.first_index
    filter = f"<mi>o</mi>{constant(-first)}"
    group = f"<mo>⌊</mo>{filter}<mo>/</mo><mn>{filters}</mn><mo>⌋</mo>"
    if filters == 1:
        group = f"<mo>(</mo>{filter}<mo>)</mo>" if first else filter
    if per_group == 1:
        return [group + constant(first)]
    return ["<mo>+</mo>".join([f"<mn>{per_group}</mn>{group}", *own])]


def is_turned(scene: Scene) -> bool:
    return scene.layer.parameters.get("flip", False) is True


def input_indices(scene: Scene) -> list[str]:
    """Along each axis, the cell that window i, j reads at tap a, b."""
    axes, first = scene.layer.windows, scene.presentation.first_index
    letters = OUTPUT_LETTERS[len(axes)], TAP_LETTERS[len(axes)]
    return [input_index(axis, out, tap, first) for axis, out, tap in zip(axes, *letters, strict=True)]


def input_index(axis: Axis, out: str, tap: str, first: int) -> str:
    """stride·out + dilation·tap − padding, without what is 1 or 0.

    Counted from 1, in − 1 = stride·(out − 1) + dilation·(tap − 1) − padding: what is constant of it comes last.
    """
    offset = first * (1 - axis.stride - axis.dilation) - axis.padding[0]
    return f"{multiple(axis.stride, out)}<mo>+</mo>{multiple(axis.dilation, tap)}{constant(offset)}"


def tap_index(axis: Axis, tap: str, first: int) -> str:
    """The weight at a place: counted from the far end where the kernel is turned."""
    last = axis.kernel_size - 1 + 2 * first
    return f"<mn>{last}</mn><mo>−</mo>{identifier(tap)}" if axis.flip else identifier(tap)


def constant(value: int) -> str:
    """What is added to an index, or taken away from it; nothing where it is 0."""
    return f"<mo>{'+' if value > 0 else '−'}</mo><mn>{abs(value)}</mn>" if value else ""


def multiple(factor: int, name: str) -> str:
    return identifier(name) if factor == 1 else f"<mn>{factor}</mn>{identifier(name)}"


def identifier(name: str) -> str:
    return f"<mi>{name}</mi>"


def indexed(name: str, role: str, indices: list[str]) -> str:
    """A grid with its indices below it, as many as it has axes."""
    return f"<msub>{grid_name(name, role)}<mrow>{'<mo>,</mo>'.join(indices)}</mrow></msub>"


def sum_over(name: str, count: int, first: int) -> str:
    start = f"<mrow>{identifier(name)}<mo>=</mo><mn>{first}</mn></mrow>"
    return f"<munderover><mo>∑</mo>{start}<mn>{first + count - 1}</mn></munderover>"
