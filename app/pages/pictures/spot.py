"""One number of a result: the window that it reads, the products, the sum, and the scene that shows all of it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.address.parameters import shown
from app.address.phrases import is_count, times
from app.address.query import Raw, spell_address
from app.address.refusal import Refusal
from app.grids.spelling import spell
from app.operations.common.fields import spell as spell_value
from app.pages.pictures import words
from app.pages.pictures.recipe import Recipe
from app.pages.pictures.result import Result
from app.text.encoding import dumps, encode
from app.text.format import short
from kernels.axis import ZERO, Axis
from kernels.filtering import taken

AROUND = 3
"""How many results a scene shows on either side of the spot, where there is space for them."""
LARGEST = 64
"""Cells a side of a window that a scene can show."""
LONGEST = 4_000
"""Bytes of a scene's address."""

Place = tuple[int, int]


def read_place(raw: Raw) -> Place:
    """What `at` says: row and column of the result."""
    text = raw.get("at", "")
    parts = [part.strip() for part in str(text).split(",")]
    if len(parts) != 2 or not all(map(is_count, parts)):
        raise Refusal(words.AT_FORM.format(text=shown(text)), loc=("at",))
    return int(parts[0]), int(parts[1])


def check_place(recipe: Recipe, place: Place) -> None:
    if any(index >= size for index, size in zip(place, recipe.shape, strict=True)):
        said = words.AT_OUTSIDE.format(row=place[0], col=place[1], shape=times(recipe.shape))
        raise Refusal(said, type="less_than_equal", loc=("at",))


@dataclass(frozen=True)
class Spot:
    """A place of the result, looked at."""

    recipe: Recipe
    place: Place

    def document(self) -> bytes:
        """For each kernel and channel the window, the products and their sum; then what became of the sums."""
        check_place(self.recipe, self.place)
        result = Result(self.recipe)
        row, col = self.place
        y = result.rows(row, row + 1)[:, 0, col]
        if self.recipe.parameters.pool:
            return dumps({"at": self.place, "value": encode(y), **self.pooled(result)})
        parts = [self.part(result, number) for number in range(len(self.recipe.kernels))]
        return dumps(
            {
                "at": self.place,
                "value": encode(y),
                "parts": [part for channels in parts for part in channels],
                "sees": self.sees(),
                "then": self.then(y),
                "scene": self.scene(result),
            }
        )

    def part(self, result: Result, number: int) -> list[dict[str, Any]]:
        weights = self.recipe.kernels[number].astype(np.float32)
        windows = window(result.before[number], self.recipe.axes[-1], self.place)
        return [
            {
                "kernel": number,
                "channel": words.CHANNELS[self.recipe.planes][channel],
                "window": encode(values),
                "weights": encode(self.recipe.kernels[number]),
                "products": encode(values * weights),
                "sum": added(values * weights),
            }
            for channel, values in enumerate(windows)
        ]

    def sees(self) -> dict[str, Any]:
        """Where the window lies on what it reads: its first row and column, and how far its taps are apart."""
        rows, cols = self.recipe.axes[-1]
        starts = [index * axis.stride - axis.padding[0] for index, axis in zip(self.place, (rows, cols), strict=True)]
        return {
            "row": starts[0],
            "col": starts[1],
            "rows": rows.extent,
            "cols": cols.extent,
            "is_picture": len(self.recipe.axes) == 1,
        }

    def then(self, y: NDArray[np.float32]) -> str:
        """What became of the sum, where anything did."""
        given = self.recipe.parameters
        steps = [
            *([words.THEN_JOIN] if given.join == "magnitude" else []),
            *([words.THEN_SCALE.format(scale=short(given.scale))] if given.scale != 1 else []),
            *([words.THEN_OFFSET.format(offset=short(given.offset))] if given.offset else []),
            *([words.THEN_ABSOLUTE] if given.absolute else []),
        ]
        return words.THEN.format(steps=", ".join(steps), value=", ".join(map(short, y.tolist()))) if steps else ""

    def scene(self, result: Result) -> str | None:
        """The address of the scene that computes this number, with the results around it, if it fits into one."""
        axes = self.recipe.axes[-1]
        if max(axis.extent for axis in axes) > LARGEST:
            return None
        addresses = (self.scene_around(result, around) for around in (AROUND, 1, 0))
        return next((address for address in addresses if len(address) <= LONGEST), None)

    def scene_around(self, result: Result, around: int) -> str:
        axes = self.recipe.axes[-1]
        starts = [max(0, index - around) for index in self.place]
        stops = [min(axis.output_size, index + around + 1) for index, axis in zip(self.place, axes, strict=True)]
        cells = [
            axis.source[start * axis.stride : (stop - 1) * axis.stride + axis.extent]
            for axis, start, stop in zip(axes, starts, stops, strict=True)
        ]
        x = taken(taken(result.before[0], cells[0], 1), cells[1], 2).astype(np.float64)
        given = self.recipe.parameters
        fields = {
            "x": spell(x, 2, "input"),
            "w": spell(self.recipe.w.values[:1], 2, "weights"),
            "stride": spell_value(list(given.stride)),
            "dilation": spell_value(list(given.dilation)),
            "groups": str(self.recipe.planes),
            "step": str((self.place[0] - starts[0]) * (stops[1] - starts[1]) + self.place[1] - starts[1]),
        }
        usual = {"stride": "1", "dilation": "1", "groups": "1"}
        return "/conv2d?" + spell_address({name: text for name, text in fields.items() if text != usual.get(name)})

    def pooled(self, result: Result) -> dict[str, Any]:
        """The block that was pooled, and the scene in which it is."""
        assert self.recipe.parameters.pool
        kind, size = self.recipe.parameters.pool
        row, col = (index * size for index in self.place)
        block = result.finished(result.sums(row, row + size))[:, :, col : col + size].astype(np.float64)
        fields = {"x": spell(block, 2, "input"), "kernel_size": str(size)}
        return {
            "pool": kind,
            "blocks": [encode(values) for values in block],
            "scene": f"/{kind}_pool2d?{spell_address(fields)}",
        }


def window(x: NDArray[np.float32], axes: tuple[Axis, ...], place: Place) -> NDArray[np.float32]:
    """What a kernel's taps meet at this place, shape (planes, tap rows, tap columns)."""
    rows, cols = (axis.reads[index] for axis, index in zip(axes, place, strict=True))
    seen = x[:, rows][:, :, cols].copy()
    seen[:, rows == ZERO] = 0
    seen[:, :, cols == ZERO] = 0
    return seen


def added(products: NDArray[np.float32]) -> float:
    """The sum in reading order, as every result is added up."""
    return float(np.add.accumulate(products.ravel())[-1])


def strongest(recipe: Recipe) -> Place:
    """Where the result is largest, either sign: the strongest edge, of a kernel that looks for edges."""
    y = np.abs(Result(recipe).rows()).max(axis=0)
    row, col = np.unravel_index(int(y.argmax()), y.shape)
    return int(row), int(col)
