"""A picture and two kernels, and where three ways through them lead: one after the other, at once, with a ReLU."""

from dataclasses import dataclass

import numpy as np
from pydantic import BaseModel, ConfigDict

from app.address.phrases import times
from app.address.query import Raw
from app.address.refusal import Refusal
from app.grids.literals import Array, Grid
from app.pages.board.asked import Asked, read_parameters
from app.pages.board.fields import GridField, Step
from app.pages.board.grids import read
from app.pages.two_convolutions import words
from kernels.activation import ACTIVATIONS
from kernels.cached import cached_property
from kernels.collapse import composed, correlate

DEFAULTS = {"x": words.BAR, "w1": "sobel-x", "w2": "1,1,1;1,1,1;1,1,1"}
MOST_SIDE, MOST_KERNEL = 16, 5
ALIKE = 1e-9
"""What rounding may make of two equal numbers, as a share of the largest."""


class TwoParameters(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    x: GridField = None
    w1: GridField = None
    w2: GridField = None
    step: Step = None


@dataclass(frozen=True)
class Task(Asked):
    """One plane x and two kernels, none of them padded."""

    PATH, DEFAULTS = words.PAGE, DEFAULTS

    parameters: TwoParameters
    x: Grid
    w1: Grid
    w2: Grid

    def plane(self, name: str) -> Array:
        """A grid as one plane, (rows, cols)."""
        values: Array = getattr(self, name).values
        return values.reshape(values.shape[-2:])

    @cached_property
    def first(self) -> Array:
        """x ⋆ w₁"""
        return correlate(self.plane("x"), self.plane("w1"))

    @cached_property
    def twice(self) -> Array:
        """(x ⋆ w₁) ⋆ w₂"""
        return correlate(self.first, self.plane("w2"))

    @cached_property
    def composed(self) -> Array:
        """w₁ ∗ w₂"""
        return composed(self.plane("w1"), self.plane("w2"))

    @cached_property
    def once(self) -> Array:
        """x ⋆ (w₁ ∗ w₂)"""
        return correlate(self.plane("x"), self.composed)

    @cached_property
    def rectified(self) -> Array:
        """max(x ⋆ w₁, 0)"""
        return np.asarray(ACTIVATIONS["relu"](self.first))

    @cached_property
    def bent(self) -> Array:
        """max(x ⋆ w₁, 0) ⋆ w₂"""
        return correlate(self.rectified, self.plane("w2"))

    @property
    def scale(self) -> float:
        """The largest number of all three results."""
        return float(max(np.abs(self.twice).max(), np.abs(self.bent).max())) or 1.0

    @property
    def apart(self) -> Array:
        """By how much the ReLU moves each number."""
        apart: Array = np.abs(self.twice - self.bent)
        apart[apart <= ALIKE * self.scale] = 0
        return apart

    @property
    def texts(self) -> dict[str, str]:
        return {"x": self.x.text, "w1": self.w1.text, "w2": self.w2.text}


def read_task(raw: Raw) -> Task:
    """What these raw values ask for. Raises Refusal or Refusals, each with its sentence."""
    parameters = read_parameters(TwoParameters, raw, words.PAGE, DEFAULTS)
    kernel = (1, 1, MOST_KERNEL, MOST_KERNEL)
    x = read(parameters.x or "", "x", 1, (1, MOST_SIDE, MOST_SIDE), "input")
    w1 = read(parameters.w1 or "", "w1", 2, kernel, "weights")
    w2 = read(parameters.w2 or "", "w2", 2, kernel, "weights")
    task = Task(parameters, x, w1, w2)
    check_room(task)
    return task


def check_room(task: Task) -> None:
    """Refuse kernels that together cover more than the picture."""
    x, w1, w2 = (task.plane(name).shape for name in ("x", "w1", "w2"))
    covers = tuple(a + b - 1 for a, b in zip(w1, w2, strict=True))
    if any(cover > side for cover, side in zip(covers, x, strict=True)):
        sentence = words.NO_ROOM.format(covers=times(covers), given=times(x))
        raise Refusal(sentence, type="kernel", loc=("x",))
