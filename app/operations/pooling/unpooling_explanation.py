"""Max unpooling, and the gradients of poolings, in words and formulas: numbers that go back to where they came from."""

import numpy as np

from app.equation.nodes import Node
from app.operations.common import words as gradient_words
from app.operations.common.sizes import size_lines
from app.operations.pooling import formulas, words
from app.operations.pooling.explanation import divisor, looks, shared_remarks, size_remarks, together
from app.operations.pooling.unpooling import unpooled_sizes
from app.operations.pooling.windows import pooling_sizes
from app.scene.explanation import Count, Explanation
from app.scene.scene import Scene
from app.text.format import grouped
from kernels.relation import pool_reads


def explain_unpooling(scene: Scene) -> Explanation:
    sizes = unpooled_sizes(scene.layer.windows)
    filled = cells_filled(scene)
    asked = [(size["output"], size["axis"]) for size in sizes if size["output"] != size["usual"]]
    return Explanation(
        short=formulas.short_unpooling(),
        long=formulas.long_unpooling(scene),
        kind=words.UNPOOLING,
        sizes=size_lines(sizes, formulas.unpooled_size_formula, is_spoken=False),
        unused=[words.UNPOOL_OTHER.format(axis=axis, output=output) for output, axis in together(asked)],
        counts=[Count(words.PARAMETERS, 0, space="tap")],
        note=words.LANDED.format(values=grouped(filled), outputs=grouped(scene.layer.outputs)),
        remarks=(place_remark(scene), *((words.UNPOOL_LAST,) if filled < scene.x.size else ())),
    )


def place_remark(scene: Scene) -> str:
    """What a place means, by the example of the first number."""
    targets = scene.layer.targets
    assert targets is not None
    place = int(targets.flat[0])
    row, column = divmod(place, scene.layer.y_shape[-1])
    first = scene.presentation.first_index
    return words.PLACES.format(place=place + first, row=row + first, column=column + first)


def cells_filled(scene: Scene) -> int:
    targets = scene.layer.targets
    assert targets is not None
    return sum(len(np.unique(plane)) for plane in targets)


def explain_max_gradient(scene: Scene) -> Explanation:
    passed = scene.grid("grad_output").size
    return explain_gradient(
        scene,
        formulas.short_max_gradient(scene),
        formulas.long_max_gradient(scene),
        words.MAX_GRADIENT,
        [Count(words.COMPARISONS, looks(scene) - passed), Count(words.ADDITIONS, passed)],
        (words.TIES, place_remark(scene)),
    )


def explain_mean_gradient(scene: Scene) -> Explanation:
    counts_rim = scene.layer.parameters["count_include_pad"]
    override = scene.layer.parameters["divisor_override"]
    reads = [pool_reads(axis, counts_rim) for axis in scene.layer.windows]
    n = divisor(reads, override)
    return explain_gradient(
        scene,
        formulas.short_mean_gradient(scene, n),
        formulas.long_mean_gradient(scene, n),
        words.MEAN_GRADIENT,
        [Count(words.DIVISIONS, scene.grid("grad_output").size), Count(words.ADDITIONS, looks(scene))],
        shared_remarks(reads, override, counts_rim),
    )


def explain_gradient(
    scene: Scene,
    short: Node,
    long: Node,
    kind: str,
    counts: list[Count],
    remarks: tuple[str, ...],
) -> Explanation:
    """x̄ is as large as x; what needs a formula is how large the gradient that comes from above is."""
    axes = scene.layer.windows
    sizes = pooling_sizes(axes, scene.layer.parameters["ceil_mode"])
    return Explanation(
        short=short,
        long=long,
        kind=kind,
        sizes=size_lines(sizes, formulas.pool_size_formula, is_spoken=False),
        unused=[
            words.GRADIENT_SIZE.format(result=scene.letter("y")),
            *size_remarks(axes, sizes, scene.presentation.first_index),
        ],
        counts=[Count(words.PARAMETERS, 0, space="tap"), *counts],
        note=words.NOTHING_LEARNED,
        remarks=(*remarks, *gated(scene)),
    )


def gated(scene: Scene) -> tuple[str, ...]:
    """What an activation that followed does to the gradient from above."""
    activation = scene.layer.parameters["activation"]
    return (gradient_words.GATED.format(slope=gradient_words.SLOPES[activation]),) if activation else ()
