"""A toy view, all of it: each window is a row of a matrix, and each result stands beside its row. Tables alone."""

from math import prod

import numpy as np
from numpy.typing import NDArray

from app.address.refusal import Refusal
from app.scene.scene import Scene
from app.views.common.gather import Gather
from app.views.common.lighting import Lighting
from app.views.frame import Frame
from app.views.plane import Plane, largest
from app.views.view import Place, Titled

MOST = 400
"""Rows that are drawn at most."""


class Rows(Gather):
    """A scene without weights, its windows under each other."""

    name = "rows"
    script = "tables"
    summary = "Each window is a row, and its sum stands beside it."

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        if self.steps > MOST:
            raise Refusal(f"There are {self.steps} windows, but at most {MOST} rows are drawn.", loc=("view",))

    @property
    def is_table(self) -> bool:
        return False

    @property
    def taps(self) -> int:
        return prod(reads.places for reads in self.reads)

    @property
    def windows(self) -> NDArray[np.float64]:
        """What each step reads, shape (steps, places)."""
        return np.array([self.drawn(self.place(step)[0]).ravel()[self.window(step)] for step in range(self.steps)])

    @property
    def lighting(self) -> tuple[Lighting, ...]:
        return (
            Lighting("M.0", "window", by_filter=self.area * self.taps, by_cell=self.taps, count=self.taps),
            Lighting("Y.0", "output", by_filter=self.area, by_cell=1),
        )

    def places(self, frame: Frame) -> tuple[Place, ...]:
        windows, results = self.windows, self.scene.y.reshape(-1, 1)
        matrix = Plane("M.0", "input", "", windows, largest(windows))
        written = Plane("Y.0", "output", "", results, largest(results))
        data = tuple(self.titled_input(channel) for channel in self.arrangement.channels)
        return (
            Place("input", data),
            Place("middle", (Titled(matrix, "windows"),)),
            Place("output", (Titled(written, "sums"),)),
        )
