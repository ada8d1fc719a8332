"""What the drawn planes of a scatter's result hold after each step, and how they are drawn.

The stream describes these planes only, so that 64 filters cost no more than four. The equation beside a finished
picture leaves these partial sums out: they appear once a reader steps or plays.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.equation.facts import Tally
from app.scene.scene import Scene
from app.views.common.scattering import Scattering
from app.views.frame import Fill
from app.views.marks import Marks, dots
from app.views.plane import Plane, as_plane, is_picture, largest, numbered_side, tones_of
from kernels.axis import Cells
from kernels.cached import cached_property
from kernels.relation import NOTHING
from kernels.scatter import ScatterTrace

Array = NDArray[np.float64]

MOST_TALLIES = 3
"""Overlaps that the equation writes out."""


class RunningSums:
    """The result planes that are drawn, as far as the steps have come."""

    def __init__(self, scene: Scene, scattering: Scattering, planes: Sequence[int]) -> None:
        self.scene = scene
        self.scattering = scattering
        self.scatter_map = scattering.scatter_map
        self.planes = planes
        self.trace = lru_cache(2)(self.trace_at)

    @property
    def last(self) -> int:
        return self.scatter_map.steps - 1

    @property
    def is_large(self) -> bool:
        """Whether the result is a picture, which is shown finished."""
        shape, drawn = as_plane(self.scene.results[0]).shape, prod(self.scatter_map.shape)
        return is_picture(shape, drawn, numbered_side(self.scene))

    @property
    def is_whole(self) -> bool:
        """Whether the finished result is drawn: where the link names no step, too."""
        return self.scene.presentation.step is None or self.is_large

    # What they hold.

    def trace_at(self, step: int) -> ScatterTrace:
        """What one step did to the planes that are drawn."""
        return self.scattering.compute(step, step + 1, self.planes)

    def touched(self, channel: int) -> list[int]:
        """The planes, of those that are drawn, that a data plane's numbers land on."""
        return [plane for plane in self.planes if plane in self.scattering.sends(channel)]

    def picture(self, plane: int, step: int) -> Array:
        """(cells): what a plane holds after a step, rim included."""
        channel, data = divmod(step, self.scatter_map.size)
        trace, touched = self.trace(step), self.touched(channel)
        picture: Array = trace.before[list(self.planes).index(plane)].copy()
        if plane in touched:
            cells = np.array(self.scattering.cells(channel, data))
            picture[cells[cells != NOTHING]] = trace.after[0, touched.index(plane)][cells != NOTHING]
        return picture

    @cached_property
    def finished(self) -> Array:
        """(planes, cells): y on its place, the rim cut off."""
        (top, right, bottom, left), results = self.scatter_map.margin, self.scene.results
        inner = results.reshape(len(results), self.scatter_map.shape[0] - top - bottom, -1)
        rim = ((0, 0), (top, bottom), (left, right))
        return np.pad(inner, rim, constant_values=np.nan).reshape(len(results), -1)

    def held(self, plane: int, step: int) -> tuple[Array, Cells]:
        """(cells), (cells): what a plane holds after a step, NaN where nothing has landed; and how many numbers.

        After the last one it is y: the bias added, the rim cut off.
        """
        counts = self.scattering.counts(plane, step).ravel()
        if step == self.last:
            return self.finished[plane], np.where(np.isnan(self.finished[plane]), 0, counts)
        return np.where(counts > 0, self.picture(plane, step), np.nan), counts

    def index(self, plane: int, cell: int) -> list[int] | None:
        """The index in y of a drawn cell; None for the rim."""
        top, right, bottom, left = self.scatter_map.margin
        (rows, cols), (row, col) = self.scatter_map.shape, divmod(cell, self.scatter_map.cols.drawn)
        if not (top <= row < rows - bottom and left <= col < cols - right):
            return None
        index = [row - top, col - left][-self.scene.operation.spatial :]
        return [plane, *index] if self.scatter_map.planes > 1 else index

    # What a frame says of them.

    def fills(self, step: int) -> list[Fill]:
        return [] if self.is_large else [self.fill(plane, step) for plane in self.planes]

    def fill(self, plane: int, step: int) -> Fill:
        values, counts = self.held(plane, step)
        return {"plane": f"y.{plane}", "values": listed(values), "counts": counts.tolist()}

    def tallies(self, plane: int, step: int) -> list[Tally]:
        """Where a step meets what earlier ones have left, in the order of its places; not in the rim."""
        channel, data = divmod(step, self.scatter_map.size)
        touched, trace = self.touched(channel), self.trace(step)
        if plane not in touched or step == 0:
            return []
        counts = self.scattering.counts(plane, step - 1).ravel()
        was, after = (part[0, touched.index(plane)].tolist() for part in (trace.was, trace.after))
        added = self.scattering.numbers(channel, data, plane)
        met: list[Tally] = []
        for place, cell in enumerate(self.scattering.cells(channel, data)):
            index, number = self.index(plane, cell), added[place]
            if index is not None and number is not None and counts[cell]:
                met.append({"index": index, "before": was[place], "added": number, "after": after[place]})
        return met

    # How they are drawn.

    def plane(self, plane: int, step: int) -> Plane:
        values = (self.finished[plane] if self.is_whole else self.held(plane, step)[0]).reshape(self.scatter_map.shape)
        values = np.nan_to_num(values) if self.is_large else values
        space: Any = self.scene.layer.space("y")
        results = self.scene.results
        return Plane(
            f"y.{plane}",
            space,
            "y",
            values,
            largest(results),
            self.scatter_map.margin,
            asked_tones=tones_of(results, self.scene.tones),
            numbered_side=numbered_side(self.scene),
        )

    def dots(self, plane: int, step: int, drawn: Plane) -> Marks:
        """How many numbers each cell holds."""
        step = self.last if self.is_whole else step
        most = int(self.scattering.counts(plane, self.last).max())
        return dots(self.scattering.counts(plane, step), most, drawn, is_cut=step == self.last)


def listed(values: Array) -> list[float | None]:
    """Numbers, and None for what is cut off."""
    return [None if np.isnan(value) else value for value in values.tolist()]
