"""Unfold and fold in words and formulas: windows as columns, and columns laid back."""

from math import prod

from app.address.phrases import times
from app.operations.common import relation_formulas as formulas
from app.operations.common import words
from app.operations.common.formula import OUTPUT_LETTERS, TAP_LETTERS, size_formula
from app.operations.common.sizes import size_lines, unused
from app.scene.explanation import Count, Explanation
from app.scene.scene import Scene
from app.scene.sizes import convolution_sizes
from kernels.axis import Axis


def explain_unfolding(scene: Scene) -> Explanation:
    axes = scene.layer.windows
    sizes = convolution_sizes(axes)
    return Explanation(
        short=formulas.short_unfolding(),
        long=formulas.long_unfolding(scene),
        kind=words.UNFOLDED,
        sizes=size_lines(sizes, size_formula),
        unused=[rows_and_columns(axes, len(scene.x)), *unused(scene, axes, sizes)],
        counts=[
            Count(words.PARAMETERS, 0, space="tap"),
            Count(words.NUMBERS_IN, int(scene.x.size)),
            Count(words.NUMBERS_OUT, scene.layer.outputs),
        ],
        note=words.COPIED if overlaps(axes)[1] > 1 else words.COPIED_ONCE,
        remarks=(legend(scene, len(scene.x), words.UNFOLD_ROWS), words.UNFOLD_PRODUCT),
    )


def explain_folding(scene: Scene) -> Explanation:
    axes = scene.layer.windows
    channels = scene.layer.y_shape[0]
    copied = channels * prod(int((axis.reads >= 0).sum()) for axis in axes)
    reached = channels * prod(int((axis.read_counts > 0).sum()) for axis in axes)
    return Explanation(
        short=formulas.short_folding(),
        long=formulas.long_folding(scene),
        kind=words.FOLDED,
        sizes=size_lines(convolution_sizes(axes), size_formula),
        unused=[rows_and_columns(axes, channels)],
        counts=[Count(words.PARAMETERS, 0, space="tap"), Count(words.ADDITIONS, copied - reached)],
        note=back_and_forth(axes),
        remarks=(legend(scene, channels, words.FOLD_ROWS),),
    )


def overlaps(axes: tuple[Axis, ...]) -> tuple[int, int]:
    """How many windows read the cell that fewest read, and the one that most read."""
    return int(prod(axis.read_counts.min() for axis in axes)), int(prod(axis.read_counts.max() for axis in axes))


def back_and_forth(axes: tuple[Axis, ...]) -> str:
    least, most = overlaps(axes)
    if (least, most) == (1, 1):
        return words.FOLD_ONCE
    said = words.TIMES.format(count=most) if least == most else words.FROM_TO_TIMES.format(least=least, most=most)
    return words.FOLD_COUNTS.format(counts=said)


def rows_and_columns(axes: tuple[Axis, ...], channels: int) -> str:
    """How the windows become the sides of the matrix."""
    outputs, kernel = [axis.output_size for axis in axes], [axis.kernel_size for axis in axes]
    return words.ROWS_AND_COLUMNS.format(
        windows=times(outputs),
        columns=prod(outputs),
        taps=times([channels, *kernel] if channels > 1 else kernel),
        rows=channels * prod(kernel),
        noun=words.CHANNELS_AND_TAPS if channels > 1 else "taps",
    )


def legend(scene: Scene, channels: int, sentence: str) -> str:
    """How the index of a row comes from channel and tap, and that of a column from the window's place."""
    axes, first = scene.layer.windows, scene.presentation.first_index
    kernel, outputs = [axis.kernel_size for axis in axes], [axis.output_size for axis in axes]
    letters, sizes = TAP_LETTERS[len(axes)], kernel
    if channels > 1:
        letters, sizes = "c" + letters, [channels, *kernel]
    return sentence.format(row=flat(letters, sizes, first), column=flat(OUTPUT_LETTERS[len(axes)], outputs, first))


def flat(letters: str, sizes: list[int], first: int) -> str:
    """The index in reading order, 3i + j; where all are counted from 1, 3i + j − 3."""
    pitches = [prod(sizes[place + 1 :]) for place in range(len(sizes))]
    index = " + ".join(
        letter if pitch == 1 else f"{pitch}{letter}" for letter, pitch in zip(letters, pitches, strict=True)
    )
    return f"{index} − {sum(pitches[:-1])}" if first and len(pitches) > 1 else index
