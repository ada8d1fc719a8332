"""A picture, and a matrix with a column for each of its windows: what unfolding and folding share.

A step is a window, that is a whole column, and not one number of it.
"""

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from app.address.phrases import spell_sizes
from app.equation.facts import Column, Tally
from app.scene.scene import Scene
from app.views.arrangement import MAX_CELLS, around
from app.views.common.note import Way, ways_to
from app.views.common.running_sums import MOST_TALLIES
from app.views.common.scattering import tables
from app.views.frame import Outline
from app.views.marks import blocks, matrix_legend
from app.views.plane import Plane, is_picture, largest, numbered_side
from app.views.view import Place, Titled, View
from app.views.words import columns as words
from kernels.axis import Cells
from kernels.cached import cached_property
from kernels.scatter import column_map

Array = NDArray[np.float64]

MOST_PLANES = 4
"""Planes of the picture that are drawn."""


class Columns(View):
    """Step l is window l, and column l; `letter` is what the matrix is called: y of an unfolding, x of a folding."""

    name = "columns"
    act = "copy"
    summary = ""
    is_lanes = False
    letter: Literal["x", "y"]

    def __init__(self, scene: Scene, channels: int, asked: int | None) -> None:
        """`asked` is the channel of the picture that the link asks for."""
        self.scene = scene
        self.scatter_map = column_map(scene.layer.windows, channels)
        self.asked = asked

    # What the steps are.

    @property
    def steps(self) -> int:
        return self.scatter_map.steps

    @property
    def notable_step(self) -> int:
        """The window in the middle."""
        rows, cols = self.scatter_map.rows.size, self.scatter_map.cols.size
        return rows // 2 * cols + cols // 2

    @property
    def matrix(self) -> Array:
        """A column for each window, shape (channels · places, windows)."""
        return self.scene.y if self.letter == "y" else self.scene.x

    @property
    def grids(self) -> tuple[str, str]:
        """What the picture and the matrix are called."""
        return ("x", "y") if self.letter == "y" else ("y", "x")

    @cached_property
    def covered(self) -> Cells:
        """How many windows cover each cell of the picture, shape (rows, cols), without the rim."""
        top, right, bottom, left = self.scatter_map.margin
        rows, cols = self.scatter_map.shape
        return self.scatter_map.counts(0, self.steps - 1)[top : rows - bottom, left : cols - right]

    # What is drawn.

    @cached_property
    def drawn(self) -> tuple[int, ...]:
        """The channels of the picture that are drawn, that which the link asks for among them."""
        channels, area = self.scatter_map.planes, int(np.prod(self.scatter_map.shape))
        left = max(MAX_CELLS - (0 if self.is_large else self.matrix.size), 0)
        shown = min(channels, MOST_PLANES if self.is_photo else max(min(MOST_PLANES, left // area), 1))
        return around(self.asked or 0, shown, channels)

    @property
    def is_large(self) -> bool:
        """Whether the matrix is a picture, without numbers."""
        return is_picture(self.matrix.shape, self.matrix.size)

    @property
    def is_photo(self) -> bool:
        """Whether the picture is one without numbers."""
        return is_picture(self.covered.shape, int(np.prod(self.scatter_map.shape)), numbered_side(self.scene))

    def titled_matrix(self, values: Array) -> Titled:
        plane = Plane(f"{self.letter}.0", self.space(self.letter), self.letter, values, largest(self.matrix))
        channels = self.scatter_map.planes
        first = self.scene.presentation.first_index
        legend = matrix_legend(plane, channels, self.scatter_map.cols.places, first)
        roles = self.scene.roles
        title = roles.result if self.letter == "y" else roles.data
        return Titled(plane, title, marks=(*legend, *blocks(channels)))

    def channel_title(self, channel: int) -> str:
        if self.scatter_map.planes == 1:
            roles = self.scene.roles
            return roles.data if self.letter == "y" else roles.result
        return words.CHANNEL.format(index=channel + self.scene.presentation.first_index)

    def space(self, grid: str) -> Any:
        return self.scene.layer.space(grid)

    def placed(self, pictures: tuple[Titled, ...], matrix: Titled) -> tuple[Place, Place]:
        """The picture and the matrix: what is read stands first."""
        picture = Place(("input" if self.letter == "y" else "output"), pictures)
        columns = Place(("output" if self.letter == "y" else "input"), (matrix,))
        return (picture, columns) if self.letter == "y" else (columns, picture)

    # What a step shows.

    def header(self) -> dict[str, Any]:
        return tables(self.scene, self.scatter_map, self.drawn)

    def outlines(self, step: int) -> list[Outline]:
        """The window and its column: what is read first."""
        picture, matrix = self.grids
        is_copy, cells = matrix == "y", self.scatter_map.stamp(step)
        windows: list[Outline] = [
            {"plane": f"{picture}.{channel}", "cells": cells, "role": "window" if is_copy else "output"}
            for channel in self.drawn
        ]
        column = list(range(step, self.matrix.size, self.steps))
        written: Outline = {"plane": f"{matrix}.0", "cells": column, "role": "output" if is_copy else "window"}
        return [*windows, written] if is_copy else [written, *windows]

    def equation(self, step: int, tallies: list[Tally]) -> Column:
        numbers = self.matrix[:, step].tolist()
        return {
            "kind": "column",
            "index": [step],
            "y": numbers[0],
            "grid": self.letter,
            "shape": [self.scatter_map.planes, self.scatter_map.rows.places, self.scatter_map.cols.places],
            "numbers": numbers,
            "tallies": tallies[:MOST_TALLIES],
            "overlaps": len(tallies),
        }

    # Where to go on.

    def ways(self, label: str, prefix: str, operation: str, fields: dict[str, str]) -> tuple[Way, ...]:
        """A link to the other operation with the same windows."""
        windows = {name: text for name, text in self.scene.layer.spelled.items() if name not in ("x", "output_size")}
        return ways_to(self.scene, label, f"{prefix}/{operation}", {**fields, **windows})

    @property
    def sizes(self) -> str:
        """The picture's size, as fold's output_size says it."""
        rows, cols = self.covered.shape
        return str(rows) if rows == cols else f"{rows},{cols}"

    def ones(self, prefix: str) -> tuple[Way, ...]:
        """What fold makes of columns that hold ones."""
        ones = f"ones:{spell_sizes(self.matrix.shape, 2)}"
        return self.ways(words.COUNT, prefix, "fold", {"x": ones, "output_size": self.sizes})
