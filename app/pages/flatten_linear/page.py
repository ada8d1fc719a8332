"""/networks/flatten-linear: a linear layer on a flattened map is a convolution with a kernel as large as the map.

The map unrolls row by row, and so do the weights of a unit. Up to the lectures' 10×16×16 it is drawn; from 14×14 on as
pictures, as nobody would read so many numbers.
"""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from functools import cache

import numpy as np
from starlette.routing import Route

from app.address.phrases import times
from app.address.query import spell_address
from app.grids.literals import Array, Grid, spell
from app.grids.pictures import digits
from app.pages.board.board import Board
from app.pages.board.document import describe
from app.pages.board.page import board_page, opened
from app.pages.flatten_linear import words
from app.pages.flatten_linear.board import board, is_crowded
from app.pages.flatten_linear.figures import Figure, figure
from app.pages.flatten_linear.task import Task, read_task
from app.pages.networks.amounts import NARROW
from app.pages.requests import page_and_document
from app.stream.document import grid
from app.text.encoding import dumps
from app.text.format import short
from kernels.collapse import apply

MOST_KERNEL = 15
"""Cells a side of the largest kernel that the stage shows."""
LARGER = 2
"""How many rows and columns the larger map has more."""
EXAMPLES = ((10, 16, 16, 120), (512, 7, 7, 4096))
"""The lectures' map with LeNet's 120 units, and VGG-16's fc6."""
DIGIT = 7


@dataclass(frozen=True)
class Unit:
    """One unit, with its sum either way, and its weights as a row and as a kernel where they can be read."""

    name: str
    row: Figure | None
    kernels: list[Figure]
    as_linear: str
    as_convolution: str


@dataclass(frozen=True)
class Larger:
    """The same kernels on a map with more around it: one answer for each place."""

    maps: list[Figure]
    answers: list[Figure]
    scene: str
    note: str


def routes() -> list[Route]:
    return page_and_document(words.PAGE, opened(read_task, unrolled), page, document)


def unrolled(task: Task) -> Board:
    return board(task.x.values, task.w.values, task.as_linear)


def page(asked: tuple[Task, Board]) -> str:
    task, made = asked
    sizes = {"map": times(task.x.values.shape), "numbers": task.x.values.size}
    return board_page(
        "flatten_linear.html",
        words,
        task,
        made,
        verdict="",
        board_title=words.BOARD.format(**sizes),
        choices=[task.choice(label, address) for label, address in ready()],
        units_title=words.UNITS.format(**sizes),
        units=units(task),
        are_equal=bool(np.allclose(task.as_linear, task.as_convolution, rtol=1e-9, atol=1e-9)),
        scene=scene(task.x.text, task.w),
        larger=larger(task),
        examples=[example(*sizes) for sizes in EXAMPLES],
    )


def document(asked: tuple[Task, Board]) -> bytes:
    """The map, the weights, the sums both ways, and the board that the page plays."""
    task, made = asked
    return dumps(
        {
            "x": grid(task.x.values),
            "w": grid(task.w.values),
            "flat": grid(task.x.values.reshape(-1)),
            "linear": grid(task.as_linear),
            "convolution": grid(task.as_convolution),
            "said": {},
            "address": task.address(),
            "fields": task.given,
            "board": describe(made),
        }
    )


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


def units(task: Task) -> list[Unit]:
    is_read = not is_crowded(task.x.values)
    return [
        Unit(
            name=words.UNIT.format(n=n),
            row=figure(words.ROW.format(n=n), kernels.reshape(1, -1), "tap") if is_read else None,
            kernels=slices(n, kernels) if is_read else [],
            as_linear=short(float(task.as_linear[n])),
            as_convolution=short(float(task.as_convolution[n])),
        )
        for n, kernels in enumerate(task.w.values)
    ]


def slices(unit: int, kernels: Array) -> list[Figure]:
    return [figure(words.SLICE.format(n=unit, c=c), plane, "tap") for c, plane in enumerate(kernels)]


def larger(task: Task) -> Larger:
    x, w = surrounded(task.x.values), task.w
    is_picture = is_crowded(task.x.values)
    return Larger(
        maps=[figure(words.CHANNEL.format(n=n), plane, "input", is_picture=is_picture) for n, plane in enumerate(x)],
        answers=[figure(words.UNIT.format(n=n), plane, "output") for n, plane in enumerate(apply(x, w.values))],
        scene=scene(spell(x, 2, "input"), w),
        note=words.LARGER_MAP_NOTE.format(map=times(x.shape), given=x.size, wanted=task.x.values.size),
    )


def surrounded(x: Array) -> Array:
    """The map with more around it: whole numbers from 0 to 9 that follow from the map's own."""
    channels, rows, cols = x.shape
    dice = np.random.Generator(np.random.PCG64(1))
    numbers = dice.integers(0, 10, (channels, rows + LARGER, cols + LARGER)).astype(np.float64)
    numbers[:, :rows, :cols] = x
    return numbers


def scene(x: str, w: Grid) -> str:
    """The same on the stage; empty where its kernels are larger than a stage shows."""
    return f"/conv2d?{spell_address({'x': x, 'w': w.text})}" if max(w.values.shape[2:]) <= MOST_KERNEL else ""


def example(channels: int, rows: int, cols: int, count: int) -> str:
    """The parameters of both, in one line."""
    parameters = f"{channels * rows * cols * count + count:,}".replace(",", NARROW)
    numbers = {"channels": channels, "rows": rows, "cols": cols, "units": count}
    return words.EXAMPLE.format(parameters=parameters, **numbers)
