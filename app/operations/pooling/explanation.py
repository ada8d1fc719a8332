"""Poolings in words and formulas: the largest, the mean or the power average of a window, and no weights."""

from collections.abc import Sequence
from functools import reduce
from math import prod
from typing import TypeVar

import numpy as np

from app.address.phrases import counted
from app.equation import nodes
from app.operations.common.formula import OUTPUT_LETTERS, indexed, names
from app.operations.common.sizes import size_lines, unused_cells
from app.operations.pooling import formulas, words
from app.operations.pooling.adaptive import AdaptiveSize, adaptive_sizes
from app.operations.pooling.windows import PoolSize, pooling_sizes
from app.scene.explanation import Count, Explanation
from app.scene.scene import Scene
from app.scene.sizes import is_cut_short
from app.text import page
from app.text.format import grouped
from kernels.adaptive import AdaptiveAxis
from kernels.axis import Axis
from kernels.relation import Reads

Said = TypeVar("Said")

POWERS = {1: words.SUMS, 2: words.LENGTHS}


def explain_pooling(scene: Scene) -> Explanation:
    axes = scene.layer.windows
    sizes = pooling_sizes(axes, scene.layer.parameters["ceil_mode"])
    reads = scene.layer.relation.reads
    return Explanation(
        short=formulas.short_pooling(scene),
        long=formulas.long_pooling(scene, divisor(reads, scene.layer.relation.divisor)),
        kind=kind(scene),
        sizes=size_lines(sizes, formulas.pool_size_formula, is_spoken=False),
        unused=size_remarks(axes, sizes, scene.presentation.first_index),
        counts=counts(scene),
        note=note(scene),
        remarks=remarks(scene),
    )


def explain_adaptive(scene: Scene) -> Explanation:
    axes = tuple(axis for axis in scene.layer.axes if isinstance(axis, AdaptiveAxis))
    sizes, reads = adaptive_sizes(axes), scene.layer.relation.reads
    is_global = all(axis.output_size == 1 for axis in axes)
    return Explanation(
        short=formulas.short_adaptive(scene),
        long=formulas.long_adaptive(scene, divisor(reads, None)),
        kind=words.GLOBAL if is_global else words.ADAPTIVE,
        sizes=size_lines(sizes, formulas.adaptive_size_formula, is_spoken=False),
        unused=[] if is_global else fitted_remarks(sizes, scene.presentation.first_index),
        counts=counts(scene),
        note=note(scene),
        remarks=remarks(scene),
    )


def kind(scene: Scene) -> str:
    """What it is called elsewhere."""
    relation = scene.layer.relation
    if relation.reduction == "power":
        return POWERS.get(relation.power, words.NORMS.format(power=relation.power))
    return words.LARGEST if relation.reduction == "max" else words.MEAN


# What a mean divides by.


def window_counts(reads: Sequence[Reads]) -> tuple[int, int]:
    """How many cells the smallest and the largest window has."""
    each = [along.counts for along in reads if along.counts is not None]
    return int(max(prod(counts.min() for counts in each), 1)), int(max(prod(counts.max() for counts in each), 1))


def divisor(reads: Sequence[Reads], override: int | None) -> nodes.Node:
    """The number, where all windows have the same; else n with the window's index."""
    if override is not None:
        return nodes.Count(override)
    least, most = window_counts(reads)
    if least == most:
        return nodes.Count(least)
    return indexed("n", "", names(OUTPUT_LETTERS[len(reads)]))


def remarks(scene: Scene) -> tuple[str, ...]:
    """What the letters of the formula stand for, and what counts where."""
    relation, parameters = scene.layer.relation, scene.layer.parameters
    if relation.reduction == "max":
        is_padded = any(reads.margin[0] for reads in relation.reads)
        return (words.TIES, words.RIM_LOSES) if is_padded else (words.TIES,)
    varies = words.ADAPTIVE_COUNTS if "output_size" in parameters else words.HANGING_COUNTS
    if relation.reduction == "power":
        varies = words.HANGING_POWERS
    return shared_remarks(relation.reads, relation.divisor, parameters.get("count_include_pad", True), varies)


def shared_remarks(
    reads: Sequence[Reads], override: int | None, count_include_pad: bool, varies: str = words.HANGING_COUNTS
) -> tuple[str, ...]:
    """What a mean divides by, where that needs saying."""
    least, most = window_counts(reads)
    counts = words.FROM_TO.format(least=least, most=most)
    is_padded = any(along.margin[0] for along in reads)
    if override is not None:
        return (words.OVERRIDE.format(divisor=str(override).replace("-", "−")),)
    if is_padded and not count_include_pad:
        alike = least == most
        return ((words.RIM_LEFT_OUT_ALIKE if alike else words.RIM_LEFT_OUT).format(counts=least if alike else counts),)
    rim = (words.RIM_COUNTS,) if is_padded else ()
    return (*rim, varies.format(counts=counts)) if least != most else rim


# Why y is as large as it is.


def size_remarks(axes: Sequence[Axis], sizes: Sequence[PoolSize], first: int) -> list[str]:
    """What no window reads, what hangs over the end, and the window that rounding up would have given."""
    along = list(zip(axes, sizes, strict=True))
    unread = [(reason(axis, size), unused_cells(axis, size["axis"], first)) for axis, size in along if axis.unused]
    hanging = [(over(axis), size["axis"]) for axis, size in along if over(axis) > 0]
    left_out = [(size["output"] + 1, size["axis"]) for size in sizes if size["left_out"]]
    return [
        *(sentence.format(cells=cells) for sentence, cells in together(unread)),
        *(words.HANGS.format(axis=axis, cells=counted(cells, "cell")) for cells, axis in together(hanging)),
        *(words.NOT_BEGUN.format(axis=axis, more=more) for more, axis in together(left_out)),
    ]


def together(said: Sequence[tuple[Said, str]]) -> list[tuple[Said, str]]:
    """What is said of both axes alike, once."""
    named: dict[Said, list[str]] = {}
    for what, name in said:
        named.setdefault(what, []).append(name)
    return [(what, words.AND.join(names)) for what, names in named.items()]


def over(axis: Axis) -> int:
    """How many cells the last window hangs over the end."""
    return axis.padding[1] - axis.padding[0]


def reason(axis: Axis, size: PoolSize) -> str:
    """Why no window reads these cells."""
    formula = f"({size['input']} + {sum(size['padding'])} − {axis.extent}) / {size['stride']}"
    return words.UNREAD.replace("{formula}", formula) if is_cut_short(axis) else page.UNREAD


def fitted_remarks(sizes: Sequence[AdaptiveSize], first: int) -> list[str]:
    """Which cells the windows read, and why they differ or overlap."""
    read = [(spans(size, first), size["axis"]) for size in sizes]
    overlaps = [words.OVERLAP.format(**size) for size in sizes if not size["fits"]]
    sentences = [words.WINDOWS.format(axis=axis, cells=cells) for cells, axis in together(read)]
    return [*sentences, *dict.fromkeys(overlaps)]


def spans(size: AdaptiveSize, first: int) -> str:
    """Along one axis: 0–2, 2–4."""
    windows = [(begin + first, end - 1 + first) for begin, end in size["windows"]]
    return ", ".join(f"{begin}–{last}" if last > begin else str(begin) for begin, last in windows)


# What it costs.


def looks(scene: Scene) -> int:
    """Pairs of a number of x and a window that reads it; the padding is no number of x."""
    along = (int((axis.reads >= 0).sum()) for axis in scene.layer.axes)
    return int(reduce(np.multiply, along, 1)) * scene.layer.y_shape[0]


def counts(scene: Scene) -> list[Count]:
    """What the layer holds and does."""
    relation, read, outputs = scene.layer.relation, looks(scene), scene.layer.outputs
    held = [Count(words.PARAMETERS, 0, space="tap"), Count(words.READ, read, space="input")]
    if relation.reduction == "max":
        return [*held, Count(words.COMPARISONS, read - outputs)]
    added = Count(words.ADDITIONS, read - outputs)
    if relation.reduction == "mean":
        return [*held, added, Count(words.DIVISIONS, outputs)]
    powers = [Count(words.MULTIPLICATIONS, read * (relation.power - 1)), added, Count(words.ROOTS, outputs)]
    return [*held, *(powers if relation.power > 1 else [added])]


def note(scene: Scene) -> str:
    inputs, outputs = scene.x.size, scene.layer.outputs
    smaller = words.SMALLER.format(inputs=grouped(inputs), outputs=grouped(outputs))
    return words.NOTHING_LEARNED + (smaller if outputs < inputs else "")
