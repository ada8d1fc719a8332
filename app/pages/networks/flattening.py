"""/networks/flatten-linear: a linear layer on a flattened map is a convolution with a kernel as large as the map.

The map unrolls row by row, and so do the weights of a unit. Up to the lectures' 10×16×16 it is drawn; from 14×14 on as
pictures, as nobody would read so many numbers.
"""

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from starlette.requests import Request
from starlette.responses import Response

from app.address.phrases import times
from app.address.query import addressed, spell_address
from app.address.refusal import Refusal
from app.grids.literals import Grid, spell
from app.grids.pictures import digits
from app.operations.common.fields import left_out
from app.pages.board.document import describe
from app.pages.board.grids import Array, read
from app.pages.board.view import BoardView, view
from app.pages.controls import Choice, Field
from app.pages.networks import unrolling, words
from app.pages.networks.amounts import NARROW
from app.pages.networks.grids import Figure, figure
from app.pages.networks.pages import HTML, JSON, take
from app.pages.requests import raw_of
from app.pages.templates import render
from app.stream.document import grid
from app.text.encoding import dumps
from app.text.format import short
from kernels.collapse import apply, linear

ADDRESS = "/networks/flatten-linear"
DEFAULTS = {"x": "random:2x3x3:4", "w": "random:3x2x3x3:7"}
MOST_CHANNELS, MOST_SIDE, MOST_UNITS = 10, 16, 4
MOST_KERNEL = 15
"""Cells a side of the largest kernel that the stage shows."""
LARGER = 2
"""How many rows and columns the larger map has more."""
EXAMPLES = ((10, 16, 16, 120), (512, 7, 7, 4096))
"""The lectures' map with LeNet's 120 units, and VGG-16's fc6."""
DIGIT = 7


@dataclass(frozen=True)
class Task:
    """A map, (C, H, W), and for each unit a kernel as large as it, (O, C, H, W)."""

    x: Grid
    w: Grid

    @property
    def as_linear(self) -> Array:
        return linear(self.x.values.reshape(-1), self.w.values.reshape(len(self.w.values), -1))

    @property
    def as_convolution(self) -> Array:
        """One number for each unit: the kernel fits in one place."""
        return apply(self.x.values, self.w.values)[:, 0, 0]

    @property
    def spelled(self) -> dict[str, str]:
        return left_out({"x": self.x.text, "w": self.w.text}, DEFAULTS)

    def address(self, extension: str = "") -> str:
        return addressed(ADDRESS + extension, self.spelled)


@dataclass(frozen=True)
class Unit:
    """One unit, with its sum either way, and its weights as a row and as a kernel where they can be read."""

    name: str
    row: Figure | None
    kernels: list[Figure]
    as_linear: str
    as_convolution: str


@dataclass(frozen=True)
class Flattening:
    """What the template shows."""

    board: BoardView
    units: list[Unit]
    are_equal: bool
    scene: str
    sizes: dict[str, str]
    larger: list[Figure]
    answers: list[Figure]
    larger_scene: str
    larger_words: dict[str, str]
    examples: list[str]
    choices: list[Choice]
    fields: list[Field]


async def page(request: Request) -> Response:
    task = read_task(take(await raw_of(request), *DEFAULTS))
    shown = flattening(task)
    html = render("network_flatten.html", title=words.FLATTEN, say=words, shown=shown, canonical=task.address())
    return Response(html, media_type=HTML)


async def document(request: Request) -> Response:
    """The map, the weights, the sums both ways, and the board that the page plays."""
    task = read_task(take(await raw_of(request), *DEFAULTS))
    described = {
        "x": grid(task.x.values),
        "w": grid(task.w.values),
        "flat": grid(task.x.values.reshape(-1)),
        "linear": grid(task.as_linear),
        "convolution": grid(task.as_convolution),
        "said": {},
        "address": task.address(),
        "fields": {name: task.spelled.get(name, "") for name in DEFAULTS},
        "board": describe(unrolling.board(task.x.values, task.w.values, task.as_linear)),
    }
    return Response(dumps(described), media_type=JSON)


def read_task(values: Mapping[str, str]) -> Task:
    """The map and the weights of these fields. Raises Refusal."""
    given = {**DEFAULTS, **{name: text for name, text in values.items() if text}}
    x = read(given["x"], "x", 1, (MOST_CHANNELS, MOST_SIDE, MOST_SIDE), "input")
    w = read(given["w"], "w", 2, (MOST_UNITS, MOST_CHANNELS, MOST_SIDE, MOST_SIDE), "weights")
    if w.values.shape[1:] != x.values.shape:
        sentence = words.NOT_AS_LARGE.format(kernel=times(w.values.shape[1:]), map=times(x.values.shape))
        raise Refusal(sentence, type="kernel", loc=("w",))
    return Task(x, w)


def flattening(task: Task) -> Flattening:
    """The page for this map and these weights."""
    x, w = task.x, task.w
    as_linear, as_convolution = task.as_linear, task.as_convolution
    large = larger(x.values)
    is_read = not unrolling.is_crowded(x.values)
    sizes = {"map": times(x.values.shape), "numbers": str(x.values.size), "units": str(len(w.values))}
    return Flattening(
        board=view(
            unrolling.board(x.values, w.values, as_linear), task.address(".json"), words.FLATTEN_MAP.format(**sizes)
        ),
        units=[unit(n, w.values[n], as_linear[n], as_convolution[n], is_read) for n in range(len(w.values))],
        are_equal=bool(np.allclose(as_linear, as_convolution, rtol=1e-9, atol=1e-9)),
        scene=scene(x.text, w),
        sizes=sizes,
        larger=[
            figure(words.CHANNEL.format(n=n), plane, "input", is_picture=not is_read) for n, plane in enumerate(large)
        ],
        answers=[figure(words.UNIT.format(n=n), plane, "output") for n, plane in enumerate(apply(large, w.values))],
        larger_scene=scene(spell(large, 2, "input"), w),
        larger_words={"map": times(large.shape), "given": str(large.size), "wanted": str(x.values.size)},
        examples=[example(*sizes) for sizes in EXAMPLES],
        choices=[Choice(label, address, address == task.address()) for label, address in ready()],
        fields=[Field(name, name, task.spelled.get(name, ""), usual) for name, usual in DEFAULTS.items()],
    )


def scene(x: str, w: Grid) -> str:
    """The same on the stage; empty where its kernels are larger than a stage shows."""
    return f"/conv2d?{spell_address({'x': x, 'w': w.text})}" if max(w.values.shape[2:]) <= MOST_KERNEL else ""


@cache
def ready() -> tuple[tuple[str, str], ...]:
    """Maps to begin with, each as the canonical address of its page."""
    asked: tuple[tuple[str, dict[str, str]], ...] = (
        (words.SMALL_MAP, {}),
        (words.DIGIT_MAP, {"x": small_digit(), "w": "random:3x1x14x14:7"}),
        (words.LECTURE_MAP, {"x": "random:10x16x16:4", "w": "random:3x10x16x16:7"}),
    )
    return tuple((label, read_task(values).address()) for label, values in asked)


def small_digit() -> str:
    """A digit of 14 × 14, each of its pixels the mean of four, as an address writes it."""
    pixels = digits()[DIGIT].reshape(14, 2, 14, 2).mean(axis=(1, 3)).round().astype(np.uint8)
    return f"u8:1x14x14:{urlsafe_b64encode(pixels.tobytes()).decode().rstrip('=')}"


def unit(number: int, kernels: Array, as_linear: float, as_convolution: float, is_read: bool) -> Unit:
    slices = kernels if is_read else ()
    return Unit(
        name=words.UNIT.format(n=number),
        row=figure(words.ROW.format(n=number), kernels.reshape(1, -1), "tap") if is_read else None,
        kernels=[figure(words.SLICE.format(n=number, c=c), plane, "tap") for c, plane in enumerate(slices)],
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
