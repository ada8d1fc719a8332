"""The digit in the address: x as grids are written, `shift` in cells (down, right), `rotate` in degrees to the left."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from math import cos, radians, sin
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic_core import PydanticCustomError

from app.address.names import unknown_name
from app.address.parameters import read_count, read_raw_grid, shown, split_axes
from app.address.phrases import times
from app.address.query import Raw, spell_address
from app.address.refusal import Refusal, Refusals
from app.grids.literals import Grid, Space, read_grid, resolve
from app.pages.lenet import words
from app.text.format import short
from kernels.lenet import SIDE

Array = NDArray[np.float64]

PATH = "/networks/lenet5/live"
SPACE = Space(spatial=2, leading=1, kind="input", max_values=SIDE * SIDE)
DEFAULT = "digit:7"
MOST_SHIFT = 12
INK = 255


@dataclass(frozen=True)
class Drawing:
    """What was drawn, and how it is moved before the networks see it."""

    x: Grid
    shift: tuple[int, int] = (0, 0)
    rotate: int = 0

    @cached_property
    def pixels(self) -> Array:
        """What the networks see, shape (28, 28), from 0 to 255: turned about the middle, then moved."""
        drawn = self.x.values[0]
        return moved(turned(drawn, self.rotate) if self.rotate else drawn, *self.shift)

    @property
    def still(self) -> "Drawing":
        """The same drawing where it was drawn."""
        return replace(self, shift=(0, 0), rotate=0)

    @property
    def is_moved(self) -> bool:
        return self.shift != (0, 0) or self.rotate != 0

    @cached_property
    def spelled(self) -> dict[str, str]:
        """The canonical fields, defaults left out."""
        fields = {
            "x": (self.x.text, DEFAULT),
            "shift": (",".join(map(str, self.shift)), "0,0"),
            "rotate": (str(self.rotate), "0"),
        }
        return {name: text for name, (text, default) in fields.items() if text != default}

    def address(self, extension: str = "", **more: str) -> str:
        """The canonical path and query of this drawing, or of one of its representations."""
        query = spell_address({**self.spelled, **more})
        return f"{PATH}{extension}" + (f"?{query}" if query else "")


def read_drawing(raw: Raw) -> Drawing:
    """The drawing that these raw values mean. Raises Refusals: every field that is wrong, each with its sentence."""
    readers: dict[str, tuple[Callable[[object], Any], object]] = {
        "x": (read_digit, DEFAULT),
        "shift": (read_shift, (0, 0)),
        "rotate": (read_rotate, 0),
    }
    wrong = [unknown_name(name, words.PAGE, readers) for name in raw if name not in readers]
    fields: dict[str, Any] = {}
    for name, (read, default) in readers.items():
        try:
            fields[name] = read(raw.get(name, default))
        except Refusal as refusal:
            wrong.append(refusal.at(name))
        except PydanticCustomError as error:
            wrong.append(Refusal(error.message(), type=error.type, loc=(name,)))
    if wrong:
        raise Refusals(wrong)
    return Drawing(**fields)


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
    try:
        down, right = (read_count(entry, name="shift") for entry in split_axes(raw))
    except ValueError:  # not two of them, or not whole numbers
        raise Refusal(words.SHIFT_FORM.format(text=shown(raw))) from None
    for value in (down, right):
        if abs(value) > MOST_SHIFT:
            raise Refusal(words.SHIFT_RANGE.format(most=MOST_SHIFT, value=short(value)), type="less_than_equal")
    return down, right


def read_rotate(raw: object) -> int:
    degrees = read_count(raw, name="rotate", example="15")
    if abs(degrees) > 180:
        raise Refusal(words.ROTATE_RANGE.format(value=short(degrees)), type="less_than_equal")
    return degrees


def moved(pixels: Array, down: int, right: int) -> Array:
    """The pixels moved down and right by whole cells; what leaves the picture is lost, and what comes in is paper."""
    rows, cols = pixels.shape
    padded = np.pad(pixels, ((abs(down), abs(down)), (abs(right), abs(right))))
    top, left = abs(down) - down, abs(right) - right
    return padded[top : top + rows, left : left + cols]


def turned(pixels: Array, degrees: int) -> Array:
    """The pixels turned to the left about the middle, between whole cells interpolated, rounded to whole shades."""
    cosine, sine = (round(part(radians(degrees)), 12) for part in (cos, sin))  # libraries differ in the last bit
    middle = (SIDE - 1) / 2
    down, right = np.indices(pixels.shape) - middle
    rows, cols = right * sine + down * cosine + middle, right * cosine - down * sine + middle
    return np.rint(interpolated(np.pad(pixels, 1), rows + 1, cols + 1))


def interpolated(padded: Array, rows: Array, cols: Array) -> Array:
    """The shade between four cells, each counting by how near it is; beyond the rim, which is paper, there is paper."""
    last = len(padded) - 1
    rows, cols = np.clip(rows, 0, last), np.clip(cols, 0, last)
    top, left = np.minimum(np.floor(rows), last - 1), np.minimum(np.floor(cols), last - 1)
    row, col, lower, later = top.astype(int), left.astype(int), rows - top, cols - left
    upper = padded[row, col] * (1 - later) + padded[row, col + 1] * later
    under = padded[row + 1, col] * (1 - later) + padded[row + 1, col + 1] * later
    between: Array = upper * (1 - lower) + under * lower
    return between
