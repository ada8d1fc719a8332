"""A map, and for each unit of a linear layer as many weights, in a row or as a kernel as large as the map."""

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from app.address.phrases import times
from app.address.query import Raw
from app.address.refusal import Refusal
from app.grids.literals import Array, Grid
from app.pages.board.asked import Asked, read_parameters
from app.pages.board.fields import GridField, Step
from app.pages.board.grids import read
from app.pages.flatten_linear import words
from kernels.cached import cached_property
from kernels.collapse import apply, linear

DEFAULTS = {"x": "random:2x3x3:4", "w": "random:3x2x3x3:7"}
MOST_CHANNELS, MOST_SIDE, MOST_UNITS = 10, 16, 4


class FlattenParameters(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    x: GridField = None
    w: GridField = None
    step: Step = None


@dataclass(frozen=True)
class Task(Asked):
    """A map, (C, H, W), and for each unit a kernel as large as it, (O, C, H, W)."""

    PATH, DEFAULTS = words.PAGE, DEFAULTS

    parameters: FlattenParameters
    x: Grid
    w: Grid

    @cached_property
    def as_linear(self) -> Array:
        return linear(self.x.values.reshape(-1), self.w.values.reshape(len(self.w.values), -1))

    @cached_property
    def as_convolution(self) -> Array:
        """One number for each unit: the kernel fits in one place."""
        return apply(self.x.values, self.w.values)[:, 0, 0]

    @property
    def texts(self) -> dict[str, str]:
        return {"x": self.x.text, "w": self.w.text}


def read_task(raw: Raw) -> Task:
    """The map and the weights of these raw values. Raises Refusal or Refusals, each with its sentence."""
    parameters = read_parameters(FlattenParameters, raw, words.PAGE, DEFAULTS)
    x = read(parameters.x or "", "x", 1, (MOST_CHANNELS, MOST_SIDE, MOST_SIDE), "input")
    w = read(parameters.w or "", "w", 2, (MOST_UNITS, MOST_CHANNELS, MOST_SIDE, MOST_SIDE), "weights")
    if w.values.shape[1:] != x.values.shape:
        sentence = words.NOT_AS_LARGE.format(kernel=times(w.values.shape[1:]), map=times(x.values.shape))
        raise Refusal(sentence, type="kernel", loc=("w",))
    return Task(parameters, x, w)
