"""A transposed convolution in words and formulas: stamps, where they overlap, and what the padding cuts off."""

from math import prod

from app.address.phrases import counted, spell_range
from app.operations.common import relation_formulas as formulas
from app.operations.common import words
from app.operations.common.sizes import size_lines, unused_cells
from app.operations.convolution.explanation import connections as joined
from app.scene.explanation import Count, Explanation
from app.scene.scene import Scene
from app.scene.sizes import TransposedSize
from app.text.format import grouped
from kernels.axis import Axis


def explain_transposed(scene: Scene) -> Explanation:
    axes, sizes = scene.layer.windows, transposed_sizes(scene)
    return Explanation(
        short=formulas.short_stamps(scene),
        long=formulas.long_stamps(scene, result="o", summed="c"),
        kind=words.TRANSPOSED,
        sizes=size_lines(sizes, formulas.transposed_size_formula),
        unused=size_remarks(scene, axes, sizes),
        counts=counts(scene),
        note=note(scene),
        remarks=(*grouped_planes(scene, "o", "c"), *stamp_remarks(sizes)),
    )


def transposed_sizes(scene: Scene) -> list[TransposedSize]:
    """The sizes of a transposed convolution say all that a TransposedSize has."""
    return list(scene.layer.sizes())  # type: ignore[arg-type]


def grouped_planes(scene: Scene, result: str, summed: str) -> tuple[str, ...]:
    """What the letters of the planes stand for, where there are groups."""
    groups, (planes, per_group) = scene.layer.groups, scene.w.shape[:2]
    if groups == 1:
        return ()
    first = scene.presentation.first_index
    legend = formulas.group_legend(result, summed, planes // groups, per_group, first)
    return (words.GROUPED.format(legend=legend),)


def stamp_remarks(sizes: list[TransposedSize]) -> tuple[str, ...]:
    """How neighbouring stamps lie to each other; once, where all axes have the same."""
    return tuple(once([(size["axis"], lie(size)) for size in sizes], len(sizes)))


def lie(size: TransposedSize) -> str:
    stride, dilation = size["stride"], size["dilation"]
    extent = dilation * (size["kernel"] - 1) + 1
    cells = counted(abs(extent - stride), "cell")
    if dilation > 1 and size["kernel"] > 1:
        sentence = words.STAMPS_DILATED
    elif extent == stride:
        sentence = words.STAMPS_TOUCH
    elif extent < stride:
        sentence = words.STAMPS_APART
    else:
        sentence = words.STAMPS_OVERLAP + words.UNEVEN * bool(extent % stride)
    return sentence.format(stride=stride, dilation=dilation, extent=extent, cells=cells)


def lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def size_remarks(scene: Scene, axes: tuple[Axis, ...], sizes: list[TransposedSize]) -> list[str]:
    """What the padding cuts off, what output_padding gives back, and what no stamp reaches."""
    remarks = once([(size["axis"], said) for size in sizes for said in margins(size)], len(sizes))
    value = words.ONLY_BIAS if scene.b is not None else words.STAYS_ZERO
    for axis, size in zip(axes, sizes, strict=True):
        if axis.unused:
            cells = unused_cells(axis, size["axis"], scene.presentation.first_index)
            remarks.append(words.NO_STAMP.format(cells=cells, value=value))
    return remarks


def margins(size: TransposedSize) -> list[str]:
    """What of the stamps is cut off along one axis, and which sizes the stride leaves open."""
    stamped = counted(size["output"] + 2 * size["padding"] - size["output_padding"], "cell")
    cut = words.CUT.format(stamped=stamped, padding=size["padding"])
    back = words.GIVEN_BACK.format(cells=counted(size["output_padding"], "cell"))
    least = size["output"] - size["output_padding"]
    sizes = spell_range(range(max(least, 1), least + size["stride"]))
    choice = words.BROUGHT_BACK.format(stride=size["stride"], input=size["input"], sizes=sizes)
    return [
        *[cut] * bool(size["padding"]),
        *[choice] * (size["stride"] > 1),
        *[back] * bool(size["output_padding"]),
    ]


def once(said: list[tuple[str, str]], axes: int) -> list[str]:
    """Each sentence once where it holds along all axes; else with the axis along which it holds."""
    sentences = [sentence for _, sentence in said]
    return list(
        dict.fromkeys(
            sentence if sentences.count(sentence) == axes else words.ALONG.format(axis=axis) + lower(sentence)
            for axis, sentence in said
        )
    )


def counts(scene: Scene) -> list[Count]:
    """What the layer holds and does."""
    inputs, outputs = scene.x.size, scene.layer.outputs
    biases = scene.layer.y_shape[0] if scene.b is not None else 0
    return [
        Count(words.PARAMETERS, scene.w.size + biases, inputs * outputs + (outputs if biases else 0), "tap"),
        Count(words.CONNECTIONS, joined(scene), inputs * outputs),
        Count(words.MULTIPLICATIONS, products(scene), inputs * outputs),
    ]


def products(scene: Scene) -> int:
    """Every value of the data times every weight of its stamp."""
    return int(scene.data.size * prod(scene.w.shape[1:]))


def note(scene: Scene) -> str:
    said = words.STAMPED.format(inputs=grouped(scene.x.size), taps=grouped(prod(scene.w.shape[1:])))
    return said + (words.CUT_OFF if joined(scene) != products(scene) else "") + "."
