"""The explanation of a convolution."""

from math import prod

from app.operations.common.formula import long_formula, short_formula, size_formula
from app.operations.common.sizes import size_lines, unused
from app.operations.convolution.separable import alternatives, biases_of, joined
from app.scene.explanation import Count, Explanation
from app.scene.scene import Scene
from app.scene.sizes import convolution_sizes
from app.text import page as words
from app.text.format import grouped


def explain_convolution(scene: Scene) -> Explanation:
    axes = scene.layer.windows
    sizes = convolution_sizes(axes)
    return Explanation(
        short=short_formula(scene),
        long=long_formula(scene),
        kind=words.TRUE_CONVOLUTION if scene.layer.parameters["flip"] else words.STRICTLY,
        sizes=size_lines(sizes, size_formula),
        unused=unused(scene, axes, sizes),
        counts=counts(scene),
        note=counts_note(scene),
        alternatives=tuple(other.title for other in alternatives(scene)),
    )


def counts(scene: Scene) -> list[Count]:
    """What the layer holds and does."""
    outputs, inputs = scene.layer.outputs, scene.x.size
    biases = biases_of(scene)
    others = [other.counts for other in alternatives(scene)]
    weights, joins, products = zip(*others, strict=True) if others else ((), (), ())
    return [
        Count(words.PARAMETERS, scene.w.size + biases, inputs * outputs + (outputs if biases else 0), "tap", weights),
        Count(words.CONNECTIONS, connections(scene), inputs * outputs, alternatives=joins),
        Count(words.MULTIPLICATIONS, scene.layer.multiplications, inputs * outputs, alternatives=products),
    ]


def connections(scene: Scene) -> int:
    return joined(scene, scene.layer.windows, scene.w.shape[1])


def counts_note(scene: Scene) -> str:
    note = words.COUNTS.format(outputs=grouped(scene.layer.outputs), taps=grouped(prod(scene.w.shape[1:])))
    return note + (words.NO_CONNECTIONS if connections(scene) != scene.layer.multiplications else "") + "."
