"""The four lanes of an inception block, on small maps."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from pydantic import BaseModel, ConfigDict

from app.address.phrases import times
from app.address.query import Raw
from app.address.refusal import Refusal
from app.grids.literals import Array, Grid, Space, read_grid, resolve
from app.pages.board.asked import Asked, read_parameters
from app.pages.board.fields import GridField, Step
from app.pages.board.grids import read
from app.pages.inception import words
from kernels.axis import Axis, same_padding
from kernels.cached import cached_property
from kernels.convolution import convolve
from kernels.pooling import max_pool

PATH = "/inception"
DEFAULTS = {
    "x": "x-bits~0,0,1,0,0;0,0,1,0,0;1,1,2,1,1;0,0,1,0,0;0,0,1,0,0",
    "w1": "1~-1",
    "w3": "edge~~1,1,1;0,0,0;-1,-1,-1",
    "w5": "1,0,0,0,1;0,1,0,1,0;0,0,1,0,0;0,1,0,1,0;1,0,0,0,1",
}
KERNELS = {"w1": 1, "w3": 3, "w5": 5}
"""The lanes that convolve, and the sides of their kernels."""
POOL = 3
MOST_CHANNELS, MOST_SIDE, MOST_FILTERS = 2, 6, 3


class InceptionParameters(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    x: GridField = None
    w1: GridField = None
    w3: GridField = None
    w5: GridField = None
    step: Step = None


@dataclass(frozen=True)
class Task(Asked):
    """Maps, (C, H, W), and for each lane that convolves its filters, (O, C, k, k)."""

    PATH, DEFAULTS = PATH, DEFAULTS

    parameters: InceptionParameters
    x: Grid
    filters: Mapping[str, Grid]

    @cached_property
    def lanes(self) -> dict[str, Array]:
        """What each lane gives, (its maps, H, W), in their order."""
        x = np.ascontiguousarray(self.x.values)
        made = {name: convolve(x, w.values, axes=self.axes(KERNELS[name])) for name, w in self.filters.items()}
        return {**made, "pool": max_pool(x, axes=self.axes(POOL))}

    def axes(self, kernel: int) -> list[Axis]:
        return [Axis(size, kernel, padding=same_padding(kernel, 1)) for size in self.x.values.shape[1:]]

    @cached_property
    def stack(self) -> Array:
        """All maps, one behind the other."""
        return np.concatenate([*self.lanes.values()])

    @property
    def texts(self) -> dict[str, str]:
        return {"x": self.x.text, **{name: grid.text for name, grid in self.filters.items()}}


def read_task(raw: Raw) -> Task:
    """The block that these raw values ask for. Raises Refusal or Refusals, each with its sentence."""
    parameters = read_parameters(InceptionParameters, raw, words.PAGE, DEFAULTS)
    x = read(parameters.x or "", "x", 1, (MOST_CHANNELS, MOST_SIDE, MOST_SIDE), "input")
    filters = {name: read_filters(getattr(parameters, name), name, len(x.values)) for name in KERNELS}
    return Task(parameters, x, filters)


def read_filters(raw: str | list[object], name: str, channels: int) -> Grid:
    """The filters of a lane; a single plane serves every channel."""
    side = KERNELS[name]
    space = Space(2, 2, "weights", MOST_FILTERS * MOST_CHANNELS * side * side)
    try:
        grid = read_grid(raw, space)
        if grid.shape[2:] != (side, side):
            given, wanted = times(grid.shape[2:]), times((side, side))
            raise Refusal(words.SIZE.format(name=name, given=given, wanted=wanted), type="kernel")
        if grid.shape[1] not in (1, channels):
            raise Refusal(words.CHANNELS.format(name=name, given=grid.shape[1], wanted=channels), type="kernel")
        if grid.shape[0] > MOST_FILTERS:
            raise Refusal(words.FILTERS.format(name=name, given=grid.shape[0], most=MOST_FILTERS), type="too_large")
        return resolve(grid, (grid.shape[0], channels, side, side), space)
    except Refusal as refusal:
        raise refusal.at(name) from None
