"""/networks/flatten-linear: a linear layer on a flattened map is a convolution with a kernel as large as the map."""

from dataclasses import dataclass

import numpy as np
from starlette.requests import Request
from starlette.responses import Response

from app.address.phrases import times
from app.address.query import spell_address
from app.address.refusal import Refusal
from app.grids.literals import spell
from app.pages.board.grids import Array, read
from app.pages.networks import words
from app.pages.networks.amounts import NARROW
from app.pages.networks.grids import Figure, figure
from app.pages.networks.pages import HTML, take
from app.pages.requests import raw_of
from app.pages.templates import render
from app.text.format import short
from kernels.collapse import apply, linear

ADDRESS = "/networks/flatten-linear"
DEFAULTS = {"x": "random:2x3x3:4", "w": "random:3x2x3x3:7"}
MOST_CHANNELS, MOST_SIDE, MOST_UNITS = 3, 4, 4
LARGER = 2
"""How many rows and columns the larger map has more."""
EXAMPLES = ((10, 16, 16, 120), (512, 7, 7, 4096))
"""The lectures' map with LeNet's 120 units, and VGG-16's fc6."""


@dataclass(frozen=True)
class Unit:
    """One unit seen in two ways: its weights as a row and as a kernel, with its sum either way."""

    name: str
    row: Figure
    kernels: list[Figure]
    as_linear: str
    as_convolution: str


@dataclass(frozen=True)
class Flattening:
    channels: list[Figure]
    flat: Figure
    units: list[Unit]
    are_equal: bool
    scene: str
    sizes: dict[str, str]
    larger: list[Figure]
    answers: list[Figure]
    larger_scene: str
    larger_words: dict[str, str]
    examples: list[str]


async def page(request: Request) -> Response:
    values = take(await raw_of(request), *DEFAULTS)
    canonical = f"{ADDRESS}?{spell_address(values)}" if values else ADDRESS
    html = render("network_flatten.html", title=words.FLATTEN, say=words, shown=flattening(values), canonical=canonical)
    return Response(html, media_type=HTML)


def flattening(values: dict[str, str]) -> Flattening:
    """The page for this map and these weights."""
    given = {**DEFAULTS, **values}
    x = read(given["x"], "x", 1, (MOST_CHANNELS, MOST_SIDE, MOST_SIDE), "input")
    w = read(given["w"], "w", 2, (MOST_UNITS, MOST_CHANNELS, MOST_SIDE, MOST_SIDE), "weights")
    if w.values.shape[1:] != x.values.shape:
        sentence = words.NOT_AS_LARGE.format(kernel=times(w.values.shape[1:]), map=times(x.values.shape))
        raise Refusal(sentence, type="kernel", loc=("w",))
    flat, table = x.values.reshape(-1), w.values.reshape(len(w.values), -1)
    as_linear, as_convolution = linear(flat, table), apply(x.values, w.values)
    large = larger(x.values)
    units = [unit(n, w.values[n], as_linear[n], as_convolution[n, 0, 0]) for n in range(len(w.values))]
    return Flattening(
        channels=[figure(words.CHANNEL.format(n=n), plane, "input") for n, plane in enumerate(x.values)],
        flat=figure(words.FLAT, flat[np.newaxis], "input"),
        units=units,
        are_equal=bool(np.allclose(as_linear, as_convolution[:, 0, 0], rtol=1e-9, atol=1e-9)),
        scene=f"/conv2d?{spell_address({'x': x.text, 'w': w.text})}",
        sizes={"map": times(x.values.shape), "numbers": str(flat.size), "units": str(len(units))},
        larger=[figure(words.CHANNEL.format(n=n), plane, "input") for n, plane in enumerate(large)],
        answers=[figure(words.UNIT.format(n=n), plane, "output") for n, plane in enumerate(apply(large, w.values))],
        larger_scene=f"/conv2d?{spell_address({'x': spell(large, 2, 'input'), 'w': w.text})}",
        larger_words={"map": times(large.shape), "given": str(large.size), "wanted": str(flat.size)},
        examples=[example(*sizes) for sizes in EXAMPLES],
    )


def unit(number: int, kernels: Array, as_linear: float, as_convolution: float) -> Unit:
    return Unit(
        name=words.UNIT.format(n=number),
        row=figure(words.ROW.format(n=number), kernels.reshape(1, -1), "tap"),
        kernels=[figure(words.SLICE.format(n=number, c=c), plane, "tap") for c, plane in enumerate(kernels)],
        as_linear=short(float(as_linear)),
        as_convolution=short(float(as_convolution)),
    )


def larger(x: Array) -> Array:
    """The map with more around it: whole numbers from 0 to 9 that follow from the map's own."""
    channels, rows, cols = x.shape
    dice = np.random.Generator(np.random.PCG64(1))
    numbers = dice.integers(0, 10, (channels, rows + LARGER, cols + LARGER)).astype(np.float64)
    numbers[:, :rows, :cols] = x
    return numbers


def example(channels: int, rows: int, cols: int, count: int) -> str:
    """The parameters of both, in one line."""
    parameters = f"{channels * rows * cols * count + count:,}".replace(",", NARROW)
    numbers = {"channels": channels, "rows": rows, "cols": cols, "units": count}
    return words.FLATTEN_EXAMPLE.format(parameters=parameters, **numbers)
