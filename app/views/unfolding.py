"""Unfolding: each window of x is copied into a column of y. static/js/views/columns.js makes the same frames."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.address.phrases import counted
from app.grids.spelling import spell
from app.scene.scene import Scene
from app.text.encoding import encode
from app.views.arrangement import Arrangement
from app.views.common.columns import Columns
from app.views.common.note import Note, Way
from app.views.common.running_sums import listed
from app.views.frame import Frame
from app.views.marks import Counts
from app.views.plane import Plane, largest, numbered_side
from app.views.rhythm import Rhythm
from app.views.view import Place, Titled
from app.views.words import columns as words
from kernels.relation import unread_cells


class Unfolding(Columns):
    """torch.nn.functional.unfold: each window of x is copied into a column of y, channel by channel."""

    letter = "y"
    filters = 1

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene, len(scene.x), scene.presentation.channel)

    @property
    def arrangement(self) -> Arrangement:
        return Arrangement(self.drawn, (0,))

    @property
    def rhythm(self) -> Rhythm:
        """A column that holds one single value is plain."""
        return Rhythm(self.steps, self.scatter_map.cols.size, self.steps, self.holds_one_value)

    def holds_one_value(self, step: int) -> bool:
        column = self.matrix[:, step]
        return bool((column == column[0]).all())

    def places(self, frame: Frame) -> tuple[Place, ...]:
        is_whole = self.scene.presentation.step is None or self.is_large
        matrix = self.titled_matrix(self.matrix if is_whole else self.written(frame["step"]))
        return self.placed(tuple(map(self.titled_picture, self.drawn)), matrix)

    def titled_picture(self, channel: int) -> Titled:
        top, right, bottom, left = self.scatter_map.margin
        values = np.pad(self.scene.x[channel], ((top, bottom), (left, right)))
        unread = unread_cells(*self.scene.layer.relation.sides)
        plane = Plane(
            f"x.{channel}",
            self.space("x"),
            "x",
            values,
            largest(self.scene.x),
            self.scatter_map.margin,
            unread=unread,
            numbered_side=numbered_side(self.scene),
        )
        marks = (Counts(self.covered, top, left),) if self.scene.presentation.reads else ()
        return Titled(plane, self.channel_title(channel), marks=marks)

    def written(self, step: int) -> NDArray[np.float64]:
        """The matrix after a step, NaN where no column has come yet."""
        return np.where(np.arange(self.steps) <= step, self.matrix, np.nan)

    @property
    def numbers_per_step(self) -> int:
        return len(self.matrix)

    def batch(self, start: int, stop: int) -> dict[str, Any]:
        """What these steps wrote, column by column."""
        return {"y": encode(self.matrix[:, start:stop].T)}

    def frame(self, step: int) -> Frame:
        return {
            "step": step,
            "fills": [] if self.is_large else [{"plane": "y.0", "values": listed(self.written(step).ravel())}],
            "outlines": self.outlines(step),
            "links": [],
            "labels": [],
            "equation": self.equation(step, []),
        }

    def note(self, prefix: str) -> Note:
        copied = int((self.covered > 1).sum()) * self.scatter_map.planes
        sentence = words.COPIED if copied else words.TAKEN_APART
        numbers = {"x": counted(self.scene.x.size, "number"), "y": f"{self.matrix.size:,}", "most": f"{copied:,}"}
        back = () if self.scene.presentation.predict else self.back(prefix)
        return Note(sentence.format(**numbers), (*back, *(self.ones(prefix) if copied else ())))

    def back(self, prefix: str) -> tuple[Way, ...]:
        """The columns, laid where their windows were: an address that holds every number of y."""
        text = spell(self.matrix[np.newaxis], 2, "input")
        return self.ways(words.FOLD_BACK, prefix, "fold", {"x": text, "output_size": self.sizes})
