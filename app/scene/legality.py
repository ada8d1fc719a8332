"""What PyTorch or our own bounds refuse of a convolution, each refusal with its numbers. Nothing is computed here.

A scene whose sums could overflow float64 is refused by a bound on them, which is a little stricter than PyTorch.
"""

from math import inf, isfinite, prod

from app.address.phrases import counted, times
from app.address.refusal import Refusal
from app.scene.layer import Layer
from app.settings import Limits
from app.text import refusals as words
from kernels.axis import Axis


def too_large(name: str, most: int, value: int) -> Refusal:
    return Refusal(words.TOO_LARGE.format(name=name, most=most, value=value), type="less_than_equal", loc=(name,))


def check_groups(groups: int, channels: int) -> None:
    if channels % groups:
        raise Refusal(words.GROUPS_CHANNELS.format(channels=channels, groups=groups), loc=("groups",))


def check_padding_mode(axis: Axis, name: str) -> None:
    """Reflecting must not pass the far edge, and wrapping must not go round twice: PyTorch's own bounds."""
    most = {"reflect": axis.input_size - 1, "circular": axis.input_size}.get(axis.padding_mode)
    if most is not None and max(axis.padding) > most:
        sentence = words.REFLECT if axis.padding_mode == "reflect" else words.CIRCULAR
        cells = counted(axis.input_size, "cell")
        raise Refusal(sentence.format(axis=name, padding=max(axis.padding), cells=cells), loc=("padding",))


def check_fit(axes: tuple[Axis, ...], name: str = "w", sentence: str = words.KERNEL_TOO_LARGE) -> None:
    """At least one window must fit along every axis; `name` is the field that says how large the kernel is."""
    if all(axis.extent <= axis.padded_size for axis in axes):
        return
    dilations = [axis.dilation for axis in axes]
    said = str(dilations[0]) if len(set(dilations)) == 1 else times(dilations)
    dilated = "" if set(dilations) == {1} else f" with dilation {said}"
    refused = sentence.format(
        kernel=times([axis.kernel_size for axis in axes]),
        dilated=dilated,
        covers=times([axis.extent for axis in axes]),
        padded="padded " if any(sum(axis.padding) for axis in axes) else "",
        input=times([axis.padded_size for axis in axes]),
    )
    raise Refusal(refused, loc=("dilation" if dilated else name,))


def check_work(layer: Layer, limits: Limits) -> None:
    """Count the work before doing it, and refuse sums that could leave float64."""
    check_amount(layer, limits)
    data = layer.find(layer.data)
    assert data is not None
    weights = layer.find(layer.weights) if layer.weights else None
    bias = layer.grids.get("b")
    largest_x = data.largest
    largest_w = weights.largest if weights else 1.0
    largest_b = bias.largest if bias else 0.0
    terms = max(len(planes) for planes in layer.relation.feeds) * prod(reads.places for reads in layer.relation.reads)
    power = layer.relation.power
    if not isfinite(power_of(largest_x, power) * largest_w * terms + largest_b):
        name = layer.weights if layer.weights and largest_w > largest_x else layer.data
        raise Refusal(words.OVERFLOW, type="finite_number", loc=(name,))


def power_of(value: float, power: int) -> float:
    """value ** power, infinite where Python would raise."""
    try:
        return float(value**power)
    except OverflowError:
        return inf


def check_amount(layer: Layer, limits: Limits) -> None:
    """The multiplications of a scene, and the numbers that it holds, are bounded."""
    if layer.multiplications > limits.multiplications:
        sentence = words.MULTIPLICATIONS.format(value=layer.multiplications, most=limits.multiplications)
        raise Refusal(sentence, type="too_large", loc=(layer.data,))
    fed = len(layer.relation.feeds[0])
    numbers = layer.held + layer.outputs * (1 + fed * (fed > 1) + (layer.activation is not None))
    if numbers > limits.numbers:
        raise Refusal(words.NUMBERS.format(value=numbers, most=limits.numbers), type="too_large", loc=(layer.data,))
