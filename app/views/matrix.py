"""Matrix: vec(y) = F vec(x). The window's weights are a row of F.

What lights on F and vec(y) is regular, so both sides take it from the same tables. What lights on vec(x) depends on the
padding and the groups: static/js/views/matrix.js works that out as `read_by` does, from the tables of the axes.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.address.phrases import counted
from app.address.refusal import Refusal
from app.scene.scene import Scene
from app.text import refusals
from app.views.common.lighting import Lighting
from app.views.common.small_grids import small_grids
from app.views.common.stretching import Stretching
from app.views.frame import Frame, Outline
from app.views.plane import Plane, largest
from app.views.view import Place, Titled
from app.views.words import views as words
from kernels.cached import cached_property
from kernels.relation import NOTHING

MOST_ENTRIES = 250_000
"""Entries of the largest matrix that is drawn."""


class Matrix(Stretching):
    """A scene row by row: step k is row k of F, and one number of vec(y)."""

    name = "matrix"
    summary = words.MATRIX_SUMMARY

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        rows, cols = self.shape
        if rows * cols > MOST_ENTRIES:
            sentence = refusals.MATRIX_SIZE.format(rows=rows, cols=cols, most=f"{MOST_ENTRIES:,}")
            raise Refusal(sentence, type="too_large", loc=("view",))

    @property
    def shape(self) -> tuple[int, int]:
        """(numbers of y, numbers of the data)."""
        return self.scene.layer.outputs, self.scene.layer.inputs

    @property
    def is_table(self) -> bool:
        """Never: the matrix is the table."""
        return False

    @property
    def letter(self) -> str:
        """F for a convolution, and Fᵀ for what goes the other way."""
        return "Fᵀ" if self.is_stretched else "F"

    @cached_property
    def entries(self) -> NDArray[np.float64]:
        """F with its zeros. Where padding copies cells, two taps of a window may meet one entry, and add up."""
        rows, cols = self.reads
        along = np.where(
            (rows.taps[:, np.newaxis, :, np.newaxis] < 0) | (cols.taps[np.newaxis, :, np.newaxis] < 0),
            NOTHING,
            rows.taps[:, np.newaxis, :, np.newaxis] * cols.drawn + cols.taps[np.newaxis, :, np.newaxis],
        )
        windows = along.reshape(self.area, -1)
        read = np.where(windows == NOTHING, NOTHING, self.sources[windows])
        result, place = np.nonzero(read != NOTHING)
        columns = read[result, place]
        filled = np.zeros(self.shape)
        plane = rows.size * cols.size
        for filter, feed in enumerate(self.relation.feeds):
            for channel, weight in feed:
                values = self.slice(weight).ravel()[place]
                np.add.at(filled, (filter * self.area + result, channel * plane + columns), values)
        return filled

    def header(self) -> dict[str, Any]:
        return {**super().header(), "letter": self.letter}

    @property
    def lighting(self) -> tuple[Lighting, ...]:
        """A row of F, and its number of vec(y)."""
        cols = self.shape[1]
        return (
            Lighting("F.0", "kernel", by_filter=self.area * cols, by_cell=cols, count=cols),
            Lighting("Y.0", "output", by_filter=self.area, by_cell=1),
        )

    def frame(self, step: int) -> Frame:
        frame = super().frame(step)
        read: Outline = {"plane": "X.0", "cells": self.read_by(step), "role": "window"}
        return {**frame, "outlines": [*frame["outlines"], read]}

    def read_by(self, step: int) -> list[int]:
        """The numbers of vec(x) that a row of F reads, in order."""
        filter, _ = self.place(step)
        rows, cols = self.reads
        plane = rows.size * cols.size
        sources = self.sources
        read = [int(sources[cell]) for cell in self.window(step) if cell != NOTHING]
        return sorted({channel * plane + cell for channel in self.group_of(filter) for cell in read if cell != NOTHING})

    def places(self, frame: Frame) -> tuple[Place, ...]:
        """The grids as one knows them, and under them F vec(x) = vec(y)."""
        along, matrix, written = self.titled_matrix()
        small = small_grids(self, self.place(frame["step"])[0])
        return (
            *self.gate,
            Place("grids", small),
            Place("matrix", (along, matrix), is_grounded=True),
            Place("output", (written,), is_grounded=True),
        )

    def titled_matrix(self) -> tuple[Titled, Titled, Titled]:
        """vec(x) lies along the columns of F, and vec(y) beside its rows."""
        rows, cols = self.shape
        data, name = self.scene.data, self.scene.layer.data
        matrix = Plane("F.0", "tap", "", self.entries, largest(self.scene.weights))
        along = Plane("X.0", self.space(name), "", data.reshape(1, -1), largest(data))
        written = Plane("Y.0", self.space("y"), "", self.scene.y.reshape(-1, 1), largest(self.scene.y))
        shape = words.MATRIX_SHAPE.format(rows=counted(rows, "row"), cols=counted(cols, "column"))
        return (
            Titled(along, words.VEC.format(name=name), label=words.ALONG.format(name=name), small=False),
            Titled(matrix, self.letter, label=f"{self.letter}, {shape}", small=False),
            Titled(written, words.VEC.format(name=self.scene.letter("y")), small=False),
        )
