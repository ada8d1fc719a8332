"""A stack measured on an input, or a sentence that says which layer does not fit, and why."""

from collections.abc import Iterable, Sequence
from math import prod
from typing import Any

from app.address.phrases import times
from app.address.refusal import Refusal
from app.pages.receptive_field import words
from kernels.graph import Measured, Node
from kernels.layers import JOINS, Misfit, Shape
from kernels.stack import Stack, nodes, shapes

MOST_SIDE = 2_048
MOST_UNITS = 10**9


def measured(stack: Stack, input_shape: Shape, beginning: Sequence[Measured] = ()) -> tuple[Measured, ...]:
    """Each node of the stack on this input; a Refusal at `layers` where one does not fit, or is in no place.

    `beginning` are its first nodes, where they were measured before.
    """
    try:
        made = shapes(stack, input_shape, beginning)
    except Misfit as misfit:
        raise misfit_refusal(misfit, linked(stack)) from None
    later = made[len(beginning) :]
    check_sizes(later)
    for layer in later:
        if not layer.is_placed:
            sentence = words.NOT_PLACED.format(layer=layer_name(layer.node))
            raise Refusal(sentence, type="not_placed", loc=("layers",))
    return made


def linked(stack: Stack) -> tuple[Node, ...]:
    """The nodes of the stack; a Refusal at `layers` where one reads a map that is not there yet."""
    try:
        return nodes(stack)
    except Misfit as misfit:
        sentence = spoken_misfit(misfit, words.NTH_LAYER.format(place=misfit.place))
        raise Refusal(sentence, type=misfit.reason, loc=("layers",)) from None


def check_sizes(made: Iterable[Measured], most_side: int = MOST_SIDE) -> None:
    """Refuse maps that are too large to be followed."""
    for layer in made:
        name = layer_name(layer.node)
        if max(layer.spatial, default=1) > most_side:
            raise too_large(words.MAP_TOO_LARGE, layer=name, shape=times(layer.spatial), most=most_side)
        if prod(layer.shape) > MOST_UNITS:
            raise too_large(words.TOO_MANY_UNITS, layer=name, value=prod(layer.shape), most=MOST_UNITS)


def too_large(sentence: str, **numbers: object) -> Refusal:
    return Refusal(sentence.format(**numbers), type="too_large", loc=("layers",))


def layer_name(node: Node) -> str:
    """“conv (layer 2)”, “branch (layer 3)”."""
    kind = node.layer.kind
    return words.LAYER_AT.format(kind=words.JOIN_NAMES[kind] if kind in JOINS else kind, place=node.place)


def misfit_refusal(misfit: Misfit, graph: Iterable[Node]) -> Refusal:
    """The sentence for a layer that does not fit."""
    node = next(node for node in graph if node.place == misfit.place)
    return Refusal(spoken_misfit(misfit, layer_name(node)), type=misfit.reason, loc=("layers",))


def spoken_misfit(misfit: Misfit, layer: str) -> str:
    """The sentence for a layer of this name."""
    return words.MISFITS[misfit.reason].format(layer=layer, **spoken(misfit.numbers))


def spoken(numbers: dict[str, Any]) -> dict[str, Any]:
    """The numbers of a misfit as its sentence says them."""
    said = dict(numbers)
    if "axes" in said:
        said["axes"] = words.AXES[said["axes"]]
    if "sizes" in said:
        said["sizes"] = words.AND.join(times(size) or "1" for size in said["sizes"])
    for name in ("shape", "expected", "order"):
        if isinstance(said.get(name), tuple):
            said[name] = times(said[name])
    if "channels" in said:
        said["channels"] = words.AND.join(map(str, said["channels"]))
    if "padded" in said:
        said["padded_input"] = words.INPUT_HAS if said["padded"] == said["size"] else words.PADDED_INPUT_HAS
    return {name: f"−{-value}" if isinstance(value, int) and value < 0 else value for name, value in said.items()}
