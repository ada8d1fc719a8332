"""The gradients of a convolution in words and formulas: what comes from above goes back to inputs and to weights."""

from app.address.phrases import spell_range
from app.operations.common import relation_formulas as formulas
from app.operations.common import words
from app.operations.common.sizes import size_lines, unused_cells
from app.operations.gradients.layer import input_sizes
from app.operations.transposed.explanation import grouped_planes, once
from app.scene.explanation import Count, Explanation
from app.scene.scene import Scene
from app.scene.sizes import GradientSize
from app.text import page
from kernels.axis import Axis


def explain_input_gradient(scene: Scene) -> Explanation:
    axes, sizes = scene.layer.windows, gradient_sizes(scene)
    both = list(zip(axes, sizes, strict=True))
    return Explanation(
        short=formulas.short_stamps(scene),
        long=formulas.long_stamps(scene, result="c", summed="o"),
        kind=words.INPUT_GRADIENT,
        sizes=size_lines(sizes, formulas.input_size_formula),
        unused=[
            *once([(size["axis"], choice(axis, size)) for axis, size in both if size["stride"] > 1], len(sizes)),
            *(words.NO_GRADIENT.format(cells=cells(scene, axis, size)) for axis, size in both if axis.unused),
        ],
        counts=counts(multiplications(scene, scene.w.shape[1])),
        note=words.BACKWARD,
        remarks=(*grouped_planes(scene, "c", "o"), *remarks(scene)),
    )


def explain_weight_gradient(scene: Scene) -> Explanation:
    sizes = gradient_sizes(scene)
    return Explanation(
        short=formulas.short_weights(scene),
        long=formulas.long_weights(scene),
        kind=words.WEIGHT_GRADIENT,
        sizes=size_lines(sizes, formulas.weight_size_formula),
        unused=[left_over(size) for size in sizes if size["rest"]],
        counts=counts(multiplications(scene, scene.layer.y_shape[1])),
        note=words.BACKWARD,
        remarks=(*grouped_channels(scene), *remarks(scene)),
    )


def gradient_sizes(scene: Scene) -> list[GradientSize]:
    """The sizes of a gradient say all that a GradientSize has."""
    return list(scene.layer.sizes())  # type: ignore[arg-type]


def cells(scene: Scene, axis: Axis, size: GradientSize) -> str:
    return unused_cells(axis, size["axis"], scene.presentation.first_index)


def choice(axis: Axis, size: GradientSize) -> str:
    """Which inputs have as many windows: the stride rounds them to one number."""
    sizes = spell_range(input_sizes(axis, size["grad_output"]))
    return words.CHOSEN.format(stride=size["stride"], sizes=sizes, outputs=size["grad_output"])


def left_over(size: GradientSize) -> str:
    one, many = page.NOUNS[size["axis"]]
    noun = f"1 {one}" if size["rest"] == 1 else f"{size['rest']} {many}"
    return words.LEFT_OVER.format(cells=noun)


def multiplications(scene: Scene, per_group: int) -> int:
    """Each value of grad_output, once for each number that its window read."""
    taps = 1
    for axis in scene.layer.windows:
        taps *= axis.kernel_size
    return int(scene.grid("grad_output").size) * per_group * taps


def counts(products: int) -> list[Count]:
    return [Count(words.MULTIPLICATIONS, products), Count(words.FORWARD_AND_BACK, 3 * products)]


def grouped_channels(scene: Scene) -> tuple[str, ...]:
    """Which channel is read for filter o, where there are groups."""
    groups, (filters, per_group) = scene.layer.groups, scene.layer.y_shape[:2]
    if groups == 1:
        return ()
    first = scene.presentation.first_index
    legend = formulas.group_legend("o", "c", per_group, filters // groups, first).partition(" and ")[0]
    return (words.GROUPED.format(legend=legend),)


def remarks(scene: Scene) -> tuple[str, ...]:
    activation = scene.layer.parameters["activation"]
    if activation:
        return (words.GATED.format(slope=words.SLOPES[activation]),)
    return (words.ONES.format(result=scene.letter("y")),) if (scene.grid("grad_output") == 1).all() else ()
