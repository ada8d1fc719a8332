"""One unit of LeNet-5, and the scene of exactly its computation: what it reads, its weights, its bias.

A unit of C1 opens within the whole digit, and one of a pooling within its whole map; further in, where a whole input
would not fit into an address, the unit's window is the input. The sums are taken in one order, so y is the same.
"""

from dataclasses import dataclass
from math import prod

import numpy as np

from app.address.numbers import spell_number
from app.address.parameters import shown
from app.address.phrases import is_count, times
from app.address.query import Raw, spell_address
from app.address.refusal import Refusal
from app.grids.spelling import spell
from app.pages.lenet import words
from app.pages.lenet.drawing import INK, Drawing
from kernels.lenet import LeNetLayer, Outcome, Shape, lenet5, run


@dataclass(frozen=True)
class Unit:
    layer: LeNetLayer
    place: Shape
    """(map, row, column) in y."""

    @property
    def step(self) -> int:
        """Which step of its map it is, in reading order."""
        return self.place[1] * self.layer.writes[2] + self.place[2]


def take_unit(raw: Raw) -> Unit:
    """Take `layer` and `unit` out of the raw values."""
    name, text = raw.pop("layer", ""), raw.pop("unit", "")
    layers = {layer.name: layer for layer in lenet5()}
    if not isinstance(name, str) or name not in layers:
        sentence = words.NO_SUCH_LAYER.format(name=shown(name), layers=", ".join(layers))
        raise Refusal(sentence, type="literal_error", loc=("layer",))
    return Unit(layers[name], read_place(layers[name], text if isinstance(text, str) else shown(text)))


def read_place(layer: LeNetLayer, text: str) -> Shape:
    """`map,row,column`, or one number where every map is a single cell."""
    said = words.LAYERS[layer.name][0]
    shape = layer.writes if prod(layer.writes[1:]) > 1 else layer.writes[:1]
    places = text.split(",")
    if len(places) != len(shape) or not all(map(is_count, places)):
        example = ",".join("0" for _ in shape)
        raise Refusal(words.UNIT_FORM.format(layer=said, example=example, text=shown(text)), loc=("unit",))
    place = tuple(map(int, places))
    if any(index >= size for index, size in zip(place, shape, strict=True)):
        sentence = words.UNIT_RANGE.format(layer=said, shape=times(shape), text=shown(text))
        raise Refusal(sentence, type="less_than_equal", loc=("unit",))
    channel, row, col = (*place, 0, 0)[:3]
    return channel, row, col


def scene_address(drawing: Drawing, unit: Unit) -> str:
    """The address of the scene in which this unit's number is computed."""
    outcome = next(each for each in run(lenet5(), drawing.pixels / INK) if each.layer is unit.layer)
    operation, fields = pooled(unit, outcome) if unit.layer.w is None else convolved(unit, outcome)
    return f"/{operation}?{spell_address(fields)}"


def pooled(unit: Unit, outcome: Outcome) -> tuple[str, dict[str, str]]:
    channel = outcome.x[unit.place[0]][np.newaxis]
    size = str(unit.layer.kernel_size[0])
    return "max_pool2d", {"x": spell(channel, 2, "input"), "kernel_size": size, "step": str(unit.step)}


def convolved(unit: Unit, outcome: Outcome) -> tuple[str, dict[str, str]]:
    layer, (filter, row, col) = unit.layer, unit.place
    assert layer.w is not None
    assert layer.b is not None
    rows, cols = layer.kernel_size
    is_whole = layer.reads[0] == 1
    x = outcome.x if is_whole else outcome.x[:, row : row + rows, col : col + cols]
    fields = {
        "x": spell(x, 2, "input"),
        "w": spell(layer.w[filter : filter + 1], 2, "weights"),
        "b": spell_number(float(layer.b[filter])),
    }
    fields |= {"padding": str(layer.padding)} if layer.padding else {}
    fields |= {"activation": "relu"} if layer.rectified else {}
    return "conv2d", fields | {"step": str(unit.step if is_whole else 0)}
