"""Two heads on one map: a fully connected layer, and a linear layer behind a global average."""

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
from app.pages.gap import words
from kernels.axis import Axis
from kernels.cached import cached_property
from kernels.collapse import linear
from kernels.pooling import avg_pool

PATH = "/gap"
DEFAULTS = {
    "x": "9,0,0;0,9,0;0,0,9~1,2,3;4,5,6;7,8,9~0,6,0;6,6,6;0,6,6",
    "w": "random:2x3x3x3:5",
    "v": "1~0~-1~~-1~1~2",
}
"""Each channel adds up to a whole mean."""
MOST_CHANNELS, MOST_SIDE, MOST_CLASSES = 3, 4, 3


class GapParameters(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    x: GridField = None
    w: GridField = None
    v: GridField = None
    step: Step = None


@dataclass(frozen=True)
class Task(Asked):
    """A map x, (C, H, W), and the weights of both heads, (classes, C, H, W) and (classes, C, 1, 1); no biases."""

    PATH, DEFAULTS = PATH, DEFAULTS

    parameters: GapParameters
    x: Grid
    w: Grid
    v: Grid

    @property
    def classes(self) -> int:
        return len(self.w.values)

    @cached_property
    def dense(self) -> Array:
        """A number for each class, from every number of the map."""
        return linear(self.x.values.reshape(-1), self.w.values.reshape(self.classes, -1))

    @cached_property
    def means(self) -> Array:
        """The mean of each channel, (C,)."""
        x = self.x.values
        axes = [Axis(size, size) for size in x.shape[1:]]
        means: Array = avg_pool(np.ascontiguousarray(x), axes=axes).reshape(-1)
        return means

    @cached_property
    def averaged(self) -> Array:
        """A number for each class, from the means."""
        return linear(self.means, self.v.values.reshape(self.classes, -1))

    @property
    def parameters_of_dense(self) -> int:
        """With a bias for each class."""
        return self.x.values.size * self.classes + self.classes

    @property
    def parameters_behind_average(self) -> int:
        return len(self.x.values) * self.classes + self.classes

    @property
    def texts(self) -> dict[str, str]:
        return {"x": self.x.text, "w": self.w.text, "v": self.v.text}


def read_task(raw: Raw) -> Task:
    """The heads that these raw values ask for. Raises Refusal or Refusals, each with its sentence."""
    parameters = read_parameters(GapParameters, raw, words.PAGE, DEFAULTS)
    channels, side, classes = MOST_CHANNELS, MOST_SIDE, MOST_CLASSES
    x = read(parameters.x or "", "x", 1, (channels, side, side), "input")
    w = read(parameters.w or "", "w", 2, (classes, channels, side, side), "weights")
    v = read(parameters.v or "", "v", 2, (classes, channels, 1, 1), "weights")
    check_shape("w", w, x.values.shape, words.FOR_MAP)
    check_shape("v", v, (len(x.values), 1, 1), words.FOR_MEANS)
    if len(w.values) != len(v.values):
        raise Refusal(words.CLASSES.format(w=len(w.values), v=len(v.values)), loc=("v",))
    return Task(parameters, x, w, v)


def check_shape(name: str, weights: Grid, wanted: tuple[int, ...], why: str) -> None:
    """The weights of each class must be as many as what they meet."""
    given = weights.values.shape[1:]
    if given != wanted:
        sentence = words.SHAPE.format(name=name, wanted=times(wanted), why=why, given=times(given))
        raise Refusal(sentence, type="kernel", loc=(name,))
