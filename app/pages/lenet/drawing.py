"""The digit in the address, what happens to it, and what happens to the network.

x as grids are written, `shift` in cells (down, right), `rotate` in degrees to the left, `scale`, `brightness`, `noise`
with its `seed`, and `cover`, where a patch lies; `c1` and `c3`, kernels that are no longer as learned; `dropout` on F6.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic_core import PydanticCustomError

from app.address.names import unknown_name
from app.address.parameters import (
    read_choice,
    read_count,
    read_number,
    read_raw_grid,
    shown,
    spell_number,
    split_axes,
)
from app.address.phrases import times
from app.address.query import Raw, addressed
from app.address.refusal import Refusal, Refusals
from app.grids.literals import Grid, Space, read_grid, resolve
from app.pages.lenet import words
from app.pages.lenet.edited import (
    LAYERS,
    LEARNED,
    Filter,
    Weights,
    read_filter,
    read_kernel,
    read_weights,
    with_kernel,
    with_weights,
)
from app.pages.lenet.paper import INK, PATCH, moved, noisy, shaded, turned
from app.text.format import short
from kernels.cached import cached_property
from kernels.lenet import SIDE, LeNetLayer, dense, dropout, lenet5
from kernels.occlusion import covered

Array = NDArray[np.float64]
Networks = dict[str, tuple[LeNetLayer, ...]]

PATH = "/networks/lenet5/live"
SPACE = Space(spatial=2, leading=1, kind="input", max_values=SIDE * SIDE)
DEFAULT = "digit:9"
MOST_SHIFT = 12
SCALES = (0.5, 1.5)
MOST_BRIGHTNESS = 200
MOST_NOISE = 240
MOST_DROPOUT = 0.9
MOST_SEED = 999_999


@dataclass(frozen=True)
class Drawing:
    """What was drawn, how it is changed before the networks see it, and how LeNet is changed."""

    x: Grid
    shift: tuple[int, int] = (0, 0)
    rotate: int = 0
    scale: float = 1.0
    brightness: int = 0
    noise: int = 0
    cover: tuple[int, int] | None = None
    c1: Weights | None = None
    c3: Weights | None = None
    dropout: float = 0.0
    seed: int = 0
    """Of the dice of noise and dropout."""
    edit: Filter | None = None
    """The kernel whose weights are open."""
    why: str = ""
    """Which picture says what would change the answer: `occlusion`, `saliency`, or none."""

    @cached_property
    def pixels(self) -> Array:
        """What the networks see, shape (28, 28), from 0 to 255."""
        if self.cover is None:
            return self.uncovered
        return covered(self.uncovered, *self.cover, PATCH)

    @cached_property
    def uncovered(self) -> Array:
        """The same without the patch."""
        pixels = self.x.values[0]
        if self.rotate or self.scale != 1:
            pixels = turned(pixels, self.rotate, self.scale)
        pixels = shaded(moved(pixels, *self.shift), self.brightness)
        return noisy(pixels, self.noise, self.seed) if self.noise else pixels

    @cached_property
    def networks(self) -> Networks:
        """Both networks, LeNet with the weights and the dropout that are asked for; in the order of answers."""
        layers = with_weights(lenet5(), self.weights)
        return {"lenet5": with_dropout(layers, self.dropout, self.seed), "dense": dense()}

    @property
    def weights(self) -> dict[str, Weights]:
        """By layer, those that are no longer as they were learned."""
        return {name: weights for name in LAYERS if (weights := getattr(self, name))}

    @property
    def still(self) -> "Drawing":
        """The same drawing before anything happened to it, or to the network."""
        return Drawing(self.x, edit=self.edit)

    @property
    def is_changed(self) -> bool:
        return self.spelled.keys() - {"x", "edit", "seed", "why"} != set()

    def of(self, x: Grid) -> "Drawing":
        """Another digit, untouched, before the same networks."""
        return Drawing(x, c1=self.c1, c3=self.c3, dropout=self.dropout, seed=self.seed, edit=self.edit)

    def changed(self, **fields: Any) -> "Drawing":
        """The drawing with some fields changed; the patch in all its places was asked for of this one alone."""
        is_other = self.why == "occlusion" and fields.keys() - {"cover", "edit", "why"}
        return replace(self, **{"why": "", **fields} if is_other else fields)

    @cached_property
    def spelled(self) -> dict[str, str]:
        """The canonical fields, defaults left out."""
        fields = {
            "x": (self.x.text, DEFAULT),
            "shift": (",".join(map(str, self.shift)), "0,0"),
            "rotate": (str(self.rotate), "0"),
            "scale": (spell_number(self.scale), "1"),
            "brightness": (str(self.brightness), "0"),
            "noise": (str(self.noise), "0"),
            "cover": (",".join(map(str, self.cover or ())), ""),
            "dropout": (spell_number(self.dropout), "0"),
            "seed": (str(self.seed), "0"),
            **{name: (weights.text, LEARNED) for name, weights in self.weights.items()},
            "edit": (self.edit.name if self.edit else "", ""),
            "why": (self.why, ""),
        }
        return {name: text for name, (text, default) in fields.items() if text != default}

    def address(self, extension: str = "", **more: str) -> str:
        """The canonical path and query of this drawing, or of one of its representations."""
        return addressed(PATH + extension, {**self.spelled, **more})


def with_dropout(layers: tuple[LeNetLayer, ...], p: float, seed: int) -> tuple[LeNetLayer, ...]:
    """The network with some units of F6 struck out."""
    if not p:
        return layers
    units = next(each.writes for each in layers if each.name == "f6")
    gain = dropout(units[0], p, seed).reshape(units)
    return tuple(replace(each, gain=gain) if each.name == "f6" else each for each in layers)


def read_drawing(raw: Raw) -> Drawing:
    """The drawing that these raw values mean. Raises Refusals: every field that is wrong, each with its sentence."""
    wrong = [unknown_name(name, words.PAGE, FIELDS) for name in raw if name not in FIELDS and name != "kernel"]
    fields: dict[str, Any] = {}
    for name, read in FIELDS.items():
        try:
            if name in raw or name == "x":
                fields[name] = read(raw.get(name, DEFAULT))
        except Refusal as refusal:
            wrong.append(refusal.at(name))
        except PydanticCustomError as error:
            wrong.append(Refusal(error.message(), type=error.type, loc=(name,)))
    if not wrong and "kernel" in raw:
        try:
            fields |= replaced(raw["kernel"], fields)
        except Refusal as refusal:
            wrong.append(refusal.at("kernel"))
    if wrong:
        raise Refusals(wrong)
    return Drawing(**fields)


def replaced(raw: object, fields: dict[str, Any]) -> dict[str, Weights | None]:
    """The layer in which one filter has been replaced."""
    filter: Filter | None = fields.get("edit")
    if filter is None:
        raise Refusal(words.WHICH_KERNEL)
    return {filter.layer: with_kernel(fields.get(filter.layer), filter, read_kernel(raw, filter))}


def read_digit(raw: object) -> Grid:
    grid = read_grid(read_raw_grid(raw, name="x"), SPACE)
    if grid.values.shape != (1, SIDE, SIDE):
        raise Refusal(words.NOT_28.format(shape=times(grid.values.shape[-2:])))
    resolved = resolve(grid, (1, SIDE, SIDE), SPACE)
    for value in (float(resolved.values.min()), float(resolved.values.max())):
        if not 0 <= value <= INK:
            raise Refusal(words.NOT_A_SHADE.format(value=short(value)))
    return resolved


def read_shift(raw: object) -> tuple[int, int]:
    down, right = read_two(raw, "shift", words.SHIFT_FORM)
    for value in (down, right):
        if abs(value) > MOST_SHIFT:
            raise Refusal(words.SHIFT_RANGE.format(most=MOST_SHIFT, value=short(value)), type="less_than_equal")
    return down, right


def read_cover(raw: object) -> tuple[int, int]:
    row, col = read_two(raw, "cover", words.COVER_FORM)
    for value in (row, col):
        if not 0 <= value <= SIDE - PATCH:
            raise Refusal(words.COVER_RANGE.format(most=SIDE - PATCH, value=short(value)), type="less_than_equal")
    return row, col


def read_two(raw: object, name: str, sentence: str) -> tuple[int, int]:
    """Two whole numbers, or the sentence that says which ones."""
    try:
        first, second = (read_count(entry, name=name) for entry in split_axes(raw))
    except ValueError:  # not two of them, or not whole numbers
        raise Refusal(sentence.format(text=shown(raw))) from None
    return first, second


def read_within(raw: object, *, name: str, least: int, most: int, sentence: str, example: str = "15") -> int:
    value = read_count(raw, name=name, example=example)
    if not least <= value <= most:
        raise Refusal(sentence.format(value=short(value), most=most), type="less_than_equal")
    return value


FIELDS: dict[str, Callable[[object], Any]] = {
    "x": read_digit,
    "shift": read_shift,
    "rotate": partial(read_within, name="rotate", least=-180, most=180, sentence=words.ROTATE_RANGE),
    "scale": partial(read_number, name="scale", example="1.2", least=SCALES[0], most=SCALES[1]),
    "brightness": partial(
        read_within, name="brightness", least=-MOST_BRIGHTNESS, most=MOST_BRIGHTNESS, sentence=words.BRIGHTNESS_RANGE
    ),
    "noise": partial(read_within, name="noise", least=0, most=MOST_NOISE, sentence=words.NOISE_RANGE),
    "cover": read_cover,
    "dropout": partial(read_number, name="dropout", example="0.5", least=0, most=MOST_DROPOUT),
    "seed": partial(read_within, name="seed", least=0, most=MOST_SEED, sentence=words.SEED_RANGE, example="1"),
    "c1": partial(read_weights, layer="c1"),
    "c3": partial(read_weights, layer="c3"),
    "edit": read_filter,
    "why": partial(read_choice, name="why", choices=("occlusion", "saliency")),
}
"""How each field of the address is read."""
