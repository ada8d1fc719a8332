"""What flows through a residual block and through a plain chain, there and back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, NamedTuple

import numpy as np
from pydantic import BaseModel, ConfigDict

from app.address.numbers import spell_number
from app.address.parameters import read_counts, read_number, reader, refuse, shown
from app.address.phrases import times
from app.address.query import Raw
from app.address.refusal import Refusal
from app.grids.literals import Array, Grid
from app.pages.board.asked import Asked, read_parameters
from app.pages.board.fields import GridField, Step
from app.pages.board.grids import read
from app.pages.residual import words
from kernels.activation import ACTIVATIONS
from kernels.axis import Axis, same_padding
from kernels.cached import cached_property
from kernels.convolution import convolve

PATH = "/residual"
DEFAULTS = {"x": "x-bits", "w1": "edge", "w2": "ones:3x3", "g": "1", "at": "3,2"}
MOST_SIDE, MOST_KERNEL = 8, 5
LARGEST_FACTOR = 2.0


def read_place(raw: object, *, name: str) -> tuple[int, int]:
    """A row and a column, from 0."""
    try:
        row, col = read_counts(raw, name=name, least=0)
    except ValueError:  # not two of them, or not whole numbers
        refuse(words.AT_FORM, text=shown(raw))
    return row, col


class ResidualParameters(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    x: GridField = None
    w1: GridField = None
    w2: GridField = None
    g: Annotated[float, reader(read_number, example="0.5", least=-LARGEST_FACTOR, most=LARGEST_FACTOR)] = 1.0
    at: Annotated[tuple[int, int], reader(read_place)] = (3, 2)
    step: Step = None


class Backward(NamedTuple):
    """Gradients, each of the shape of x: what comes from above, through F, and both together."""

    upstream: Array
    through: Array
    total: Array


@dataclass(frozen=True)
class Task(Asked):
    """One plane x, two kernels with odd sides, a factor g on the second, and a cell that is followed."""

    PATH, DEFAULTS = PATH, DEFAULTS

    parameters: ResidualParameters
    grids: Mapping[str, Grid]

    def plane(self, name: str) -> Array:
        """A grid as one plane, (rows, cols)."""
        values = self.grids[name].values
        plane: Array = values.reshape(values.shape[-2:])
        return plane

    @property
    def g(self) -> float:
        return self.parameters.g

    @property
    def cell(self) -> int:
        """The cell that is followed, in reading order."""
        row, col = self.parameters.at
        return int(row * self.plane("x").shape[1] + col)

    @cached_property
    def first(self) -> Array:
        """x ⋆ w₁"""
        return convolved(self.plane("x"), self.plane("w1"))

    @cached_property
    def rectified(self) -> Array:
        return np.asarray(ACTIVATIONS["relu"](self.first))

    @cached_property
    def f(self) -> Array:
        """What the plain chain gives: ReLU(x ⋆ w₁) ⋆ g·w₂."""
        f: Array = convolved(self.rectified, self.g * self.plane("w2")) + 0.0
        return f

    @cached_property
    def y(self) -> Array:
        y: Array = self.f + self.plane("x")
        return y

    @cached_property
    def backward(self) -> Backward:
        """What an upstream gradient of 1 at the followed cell of y brings to x."""
        upstream = np.zeros_like(self.y)
        upstream.flat[self.cell] = 1.0
        behind_relu = convolved(upstream, self.g * self.plane("w2"), flip=True) * (self.first > 0)
        through = convolved(behind_relu, self.plane("w1"), flip=True) + 0.0
        return Backward(upstream, through, through + upstream)

    @property
    def texts(self) -> dict[str, str]:
        return {
            **{name: grid.text for name, grid in self.grids.items()},
            "g": spell_number(self.g),
            "at": ",".join(map(str, self.parameters.at)),
        }


def axes_of(x: Array, w: Array, *, flip: bool = False) -> tuple[Axis, ...]:
    """The padding that keeps the size, for a kernel with odd sides."""
    return tuple(
        Axis(size, taps, padding=same_padding(taps, 1), flip=flip) for size, taps in zip(x.shape, w.shape, strict=True)
    )


def convolved(x: Array, w: Array, *, flip: bool = False) -> Array:
    """One plane under one kernel, of the same size; turned round it is how the gradient goes back."""
    y = convolve(np.ascontiguousarray(x[np.newaxis]), w[np.newaxis, np.newaxis], axes=axes_of(x, w, flip=flip))
    return np.asarray(y[0])


def read_task(raw: Raw) -> Task:
    """The block that these raw values ask for. Raises Refusal or Refusals, each with its sentence."""
    parameters = read_parameters(ResidualParameters, raw, words.PAGE, DEFAULTS)
    grids = {"x": read(parameters.x or DEFAULTS["x"], "x", 1, (1, MOST_SIDE, MOST_SIDE), "input")}
    for name, value in (("w1", parameters.w1), ("w2", parameters.w2)):
        grids[name] = read(value or DEFAULTS[name], name, 2, (1, 1, MOST_KERNEL, MOST_KERNEL), "weights")
        sides = grids[name].values.shape[2:]
        if any(side % 2 == 0 for side in sides):
            raise Refusal(words.EVEN.format(name=name, given=times(sides)), loc=(name,))
    task = Task(parameters, grids)
    check_place(task)
    return task


def check_place(task: Task) -> None:
    """The cell that is followed must be there."""
    rows, cols = task.plane("x").shape
    row, col = task.parameters.at
    if row >= rows or col >= cols:
        sentence = words.OUTSIDE.format(place=f"{row},{col}", shape=times((rows, cols)), rows=rows - 1, cols=cols - 1)
        raise Refusal(sentence, loc=("at",))
