"""One unit of either network, and the scene of exactly its computation: what it reads, its weights, its bias.

A unit of C1 opens within the whole digit, and one of a pooling within its whole map; further in, where a whole input
would not fit into an address, the unit's window is the input. The sums are taken in one order, so y is the same.
"""

from dataclasses import dataclass
from math import prod

import numpy as np

from app.address.numbers import spell_number
from app.address.parameters import shown
from app.address.query import Raw, spell_address
from app.address.refusal import Refusal
from app.grids.spelling import spell
from app.pages.lenet import words
from app.pages.lenet.drawing import Drawing, read_drawing
from app.pages.lenet.paper import INK
from app.pages.lenet.pixel import PixelGradient, SceneFields, take_pixel
from app.pages.lenet.place import take_place
from app.scene.origin import HOMES, Home, Origin
from kernels.lenet import LeNetLayer, Outcome, Shape, run

GRADIENT = "gradient"


@dataclass(frozen=True)
class Unit:
    """A number of a network: where it stands, and the layer that computes it."""

    home: Home
    place: Shape
    """(map, row, column) in y."""

    @property
    def layer(self) -> LeNetLayer:
        return self.home.layer

    @property
    def step(self) -> int:
        """Which step of its map it is, in reading order."""
        return self.place[1] * self.layer.writes[2] + self.place[2]

    @property
    def origin(self) -> Origin:
        return Origin(self.home, self.place if self.home.has_maps else self.place[:1])

    def scene(self, drawing: Drawing) -> SceneFields:
        """The scene in which it is computed."""
        layers = drawing.networks[self.home.network]
        outcome = next(each for each in run(layers, drawing.pixels / INK) if each.layer.name == self.layer.name)
        return pooled(self, outcome) if outcome.layer.w is None else convolved(self, outcome)


def take_home(raw: Raw) -> Home:
    """Take `layer` out of the raw values."""
    name = raw.pop("layer", "")
    if not isinstance(name, str) or name not in HOMES:
        sentence = words.NO_SUCH_LAYER.format(name=shown(name), layers=", ".join(HOMES))
        raise Refusal(sentence, type="literal_error", loc=("layer",))
    return HOMES[name]


def take_unit(raw: Raw) -> Unit:
    """Take `layer` and `unit` out of the raw values: `map,row,column`, or one number where each map is one cell."""
    home = take_home(raw)
    channel, row, col = (*take_place(raw, home.title, home.shape), 0, 0)[:3]
    return Unit(home, (channel, row, col))


def take_map(raw: Raw) -> tuple[Home, int]:
    """Take `layer` and `unit` out of the raw values, where `unit` names a map, or a unit that is no map."""
    home = take_home(raw)
    return home, take_place(raw, home.title, home.layer.writes[:1])[0]


def scene_address(raw: Raw) -> str:
    """The address of the scene in which a unit's number, or with `layer=gradient` a pixel's gradient, is computed."""
    number: Unit | PixelGradient
    if raw.get("layer") == GRADIENT:
        del raw["layer"]
        number = take_pixel(raw)
    else:
        number = take_unit(raw)
    operation, fields = number.scene(read_drawing(raw))
    return f"/{operation}?{spell_address(fields)}"


def pooled(unit: Unit, outcome: Outcome) -> SceneFields:
    channel = outcome.x[unit.place[0]][np.newaxis]
    size = str(unit.layer.kernel_size[0])
    fields = {"x": spell(channel, 2, "input"), "of": unit.origin.text, "kernel_size": size, "step": str(unit.step)}
    return "max_pool2d", fields


def convolved(unit: Unit, outcome: Outcome) -> SceneFields:
    layer, (filter, row, col) = outcome.layer, unit.place
    assert layer.w is not None
    assert layer.b is not None
    rows, cols = layer.kernel_size
    is_whole = layer.reads[0] == 1
    x = outcome.x if is_whole else outcome.x[:, row : row + rows, col : col + cols]
    weights = spell(layer.w[filter : filter + 1], 2, "weights")
    fields = {
        "x": spell(x, 2, "input"),
        "w": f"hidden:{filter}" if unit.home.name == "hidden" else weights,
        "b": spell_number(float(layer.b[filter])),
        "of": unit.origin.text,
    }
    fields |= {"padding": str(layer.padding)} if layer.padding else {}
    fields |= {"activation": "relu"} if layer.rectified else {}
    return "conv2d", fields | {"step": str(unit.step if is_whole and prod(layer.writes[1:]) > 1 else 0)}
