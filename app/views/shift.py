"""Shift: the input moves, and the output moves along, or stays, or neither. static/js/views/shift.js does the same.

Step k is number k of the output of the moved input; beside it stands the number of the output of x that should have
come there. Zeros move in at the border on both sides of the comparison, so the outputs differ there, and the page says
so. The view changes no y. How much a pooling forgives is counted in the outputs that are not zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.address.parameters import spell_counts
from app.address.phrases import counted
from app.address.refusal import Refusal
from app.operations.pooling.layer import may_lack_roots
from app.scene.scene import Scene
from app.text.encoding import encode
from app.text.format import short
from app.views.arrangement import MAX_CELLS
from app.views.common.companion import OTHER, Pair, changed, marked, other_outlines, other_plane
from app.views.frame import Fill, Frame, Outline
from app.views.marks import differences
from app.views.plane import Plane, as_plane, largest
from app.views.view import Place, Titled
from app.views.words import shift as words
from kernels.cached import cached_property
from kernels.relation import NOTHING, Reads

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Arrow:
    """A link that moves the input one cell further."""

    sign: str
    label: str
    address: str


@dataclass(frozen=True)
class ShiftNote:
    """Where the input can be moved, and what became of the output."""

    sentence: str
    arrows: list[Arrow]
    others: list[tuple[str, str]]
    how: str
    how_keys: str
    pattern: str
    """The address of any shift, with SHIFT where it stands."""
    moves: str
    """The shift that is shown."""


class Shift(Pair):
    """A scene computed twice: for x, and for x moved by `shift` cells, with zeros where nothing was."""

    name = "shift"

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self.moves = moves_of(scene)
        if self.relation.reduction == "power" and may_lack_roots(scene.layer):
            _ = self.other  # where the input has moved, other numbers are summed

    @cached_property
    def other(self) -> Scene:
        """The same scene for the moved input."""
        scene = changed(self.scene, x=shifted(self.scene.x, self.moves).tolist())
        if scene is None:
            said = words.REFUSED.format(shift=spell_counts(self.moves), operation=self.scene.operation.name)
            raise Refusal(said, loc=("shift",))
        return scene

    # How far things move.

    @property
    def strides(self) -> tuple[int, ...]:
        return tuple(axis.stride for axis in self.scene.layer.windows)

    @property
    def output_moves(self) -> tuple[int, ...]:
        """How many whole cells the output moves: what is left of a stride is lost."""
        return tuple(int(move / stride) for move, stride in zip(self.moves, self.strides, strict=True))

    @property
    def is_aligned(self) -> bool:
        """Whether the input moved by whole strides."""
        return not any(move % stride for move, stride in zip(self.moves, self.strides, strict=True))

    @cached_property
    def moved_output(self) -> Array:
        """The output of x, moved as the input was, shape of y."""
        return shifted(self.scene.y, self.output_moves)

    @cached_property
    def apart(self) -> Array:
        """The output of the moved x less the moved output of x, as planes."""
        return (self.other.y - self.moved_output).reshape(self.scene.results.shape)

    @cached_property
    def borders(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Along each axis of a plane, which outputs meet what moved in, what moved out, or padding."""
        rows, cols = (border(reads, move) for reads, move in zip(self.reads, two(self.moves, 0), strict=True))
        return rows, cols

    @property
    def telling_step(self) -> int:
        """Where what moved along is largest; where it did not, the largest difference. Both windows are to be seen."""
        chosen = self.scene.presentation.filter
        compared = self.other.results if self.is_aligned else self.apart
        seen = shifted(np.ones_like(self.scene.y), self.output_moves).reshape(compared.shape)
        values = np.where(seen, np.abs(compared), -1).reshape(self.filters, -1)
        return int(values.argmax()) if chosen is None else chosen * self.area + int(values[chosen].argmax())

    def source(self, step: int) -> int | None:
        """The step of the number that should have come here, or None where it comes from outside."""
        filter, cell = self.place(step)
        rows, cols = self.reads
        row, col = divmod(cell, cols.results)
        down, right = two(self.output_moves, 0)
        row, col = row - down, col - right
        if not (0 <= row < rows.results and 0 <= col < cols.results):
            return None
        return filter * self.area + row * cols.results + col

    def writing_steps(self, plane: Plane) -> NDArray[np.intp]:
        """A number of the output of x is hidden until the step that it should have moved to: it is the answer there."""
        steps = super().writing_steps(plane)
        if plane.id[0] != "y" or plane.id.endswith(OTHER):
            return steps
        rows, cols = np.indices(steps.shape)
        down, right = two(self.output_moves, 0)
        stays = (rows + down >= 0) & (rows + down < plane.rows) & (cols + right >= 0) & (cols + right < plane.cols)
        return np.where(stays, steps + down * plane.cols + right, steps)

    # What the stream says.

    def header(self) -> dict[str, Any]:
        rows, cols = self.borders
        return {
            **super().header(),
            "shift": {
                "input": two(self.moves, 0),
                "output": two(self.output_moves, 0),
                "borders": [rows.tolist(), cols.tolist()],
                "isAligned": self.is_aligned,
                "x": encode(self.other.x.ravel()),
            },
        }

    @property
    def numbers_per_step(self) -> int:
        return super().numbers_per_step + 2

    def batch(self, start: int, stop: int) -> dict[str, Any]:
        moved = self.moved_output.ravel()[start:stop]
        apart = self.apart.ravel()[start:stop]
        return {**super().batch(start, stop), "moved": encode(moved), "apart": encode(apart)}

    # What one step shows.

    def frame(self, step: int) -> Frame:
        filter, cell = self.place(step)
        frame, source = self.companion.frame(step), self.source(step)
        shown = min(max(step + 1 - filter * self.area, 0), self.area)
        planes = (f"y.{filter}{OTHER}", f"t.{filter}", f"d.{filter}")
        fills: list[Fill] = [{"plane": plane, "shown": shown} for plane in planes]
        outlines = other_outlines(on_grids(frame["outlines"]))
        outlines += [{"plane": plane, "cells": [cell], "role": "output"} for plane in planes[1:]]
        equation = marked(frame["equation"], words.PRIME)
        if source is not None:
            before = super().frame(source)
            outlines += on_grids(before["outlines"])
            equation["other"] = marked(before["equation"], "")
        return {"step": step, "fills": fills, "outlines": outlines, "links": [], "labels": [], "equation": equation}

    def places(self, frame: Frame) -> tuple[Place, ...]:
        """x over the moved x, both outputs beside them, and what should be the same under each other."""
        filter, _ = self.place(frame["step"])
        [channel] = self.arrangement.channels
        given = replace(self.titled_input(channel))
        moved_title = words.MOVED.format(name=self.roles.data)
        moved = Titled(self.moved_input(channel), moved_title)
        output = Titled(self.output_plane(filter), words.OUTPUT)
        marks = () if self.scene.presentation.predict else differences(as_plane(self.apart[filter]), output.plane)
        of_moved = Titled(
            replace(other_plane(self.companion.output_plane(filter)), grid=""),
            words.OF_MOVED,
            marks=marks,
        )
        along = words.MOVED_OUTPUT if any(self.output_moves) else words.UNMOVED_OUTPUT
        carried = Titled(self.moved_output_plane(filter), along)
        difference = Titled(self.difference_plane(filter), words.DIFFERENCE, marks=marks)
        return (
            Place("inputs", self.drawn_as((given, moved))),
            Place("outputs", self.drawn_as((output, of_moved))),
            Place("compared", self.drawn_as((carried, difference))),
        )

    def drawn_as(self, planes: tuple[Titled, ...]) -> tuple[Titled, ...]:
        """Pictures without marks, where all six planes together have too many cells for numbers."""
        rows, cols = self.reads
        if 2 * rows.drawn * cols.drawn + 4 * self.area <= MAX_CELLS:
            return planes
        return tuple(replace(titled, plane=replace(titled.plane, crowded=True), marks=()) for titled in planes)

    def moved_input(self, channel: int) -> Plane:
        """The moved data; what moved in is drawn as padding is."""
        plane = self.companion.input_plane(channel)
        return replace(other_plane(plane), margin=grown(plane.margin, two(self.moves, 0)))

    def moved_output_plane(self, filter: int) -> Plane:
        values = as_plane(self.moved_output.reshape(self.scene.results.shape)[filter])
        margin = grown((0, 0, 0, 0), two(self.output_moves, 0))
        scale = largest(self.scene.results)
        return Plane(f"t.{filter}", "output", "", values, scale, margin, numbered_side=self.numbered_side)

    def difference_plane(self, filter: int) -> Plane:
        values, scale = as_plane(self.apart[filter]), largest(self.scene.results)
        return Plane(f"d.{filter}", "product", "", values, scale, numbered_side=self.numbered_side)

    # The note.

    def note(self, prefix: str) -> ShiftNote:
        names = words.DIRECTIONS[-len(self.moves) :]
        arrows = [
            Arrow(words.ARROWS[name], words.STEPS[name], self.at(prefix, self.further(axis, sign)))
            for axis, pair in enumerate(names)
            for sign, name in zip((-1, 1), pair, strict=True)
        ]
        others = [(words.BACK, (0,) * len(self.moves))]
        if max(self.strides) > 1:
            others.append((words.BY_STRIDE, (*(0 for _ in self.moves[1:]), self.strides[-1])))
        return ShiftNote(
            sentence=self.sentence,
            arrows=arrows,
            others=[(label, self.at(prefix, moves)) for label, moves in others if moves != self.moves],
            how=words.HOW,
            how_keys=words.HOW_KEYS,
            pattern=self.scene.address("", prefix, shift="SHIFT", step=None),
            moves=",".join(map(str, self.moves)),
        )

    def further(self, axis: int, sign: int) -> tuple[int, ...]:
        most = self.scene.limits.side
        return tuple(
            max(-most, min(most, move + sign)) if place == axis else move for place, move in enumerate(self.moves)
        )

    def at(self, prefix: str, moves: Sequence[int]) -> str:
        return self.scene.address("", prefix, shift=",".join(map(str, moves)), step=None)

    @property
    def sentence(self) -> str:
        """What became of the output."""
        if not any(self.moves):
            return words.STILL
        if self.scene.presentation.predict:
            return words.ASKED.format(by=words.BY.format(shift=said(self.moves)))
        apart = self.apart != 0
        differ, count = int(apart.sum()), apart.size
        by = words.BY.format(shift=said(self.moves))
        numbers: dict[str, Any] = {"by": by, "differ": differ, "count": count}
        if self.is_aligned:
            moved = words.WITH_IT if self.moves == self.output_moves else words.BY_LESS
            numbers["moved"] = moved.format(by=by, output=said(self.output_moves))
            return (words.BORDER if differ else words.ALONG).format(**numbers)
        move, stride = next(pair for pair in zip(self.moves, self.strides, strict=True) if pair[0] % pair[1])
        if self.is_lanes and not any(self.output_moves):
            return words.LESS.format(by=by, stride=stride) + self.forgiven
        wanted, far = abs(Fraction(move, stride)), self.far_from_borders(apart)
        return (words.BETWEEN if differ else words.BY_CHANCE).format(
            **numbers,
            stride=words.ORDINALS.get(stride, f"{stride}th"),
            wanted=f"{wanted} of a cell" if wanted < 1 else f"{wanted} cells",
            inside=words.INSIDE.format(inside=far) if far else "",
        )

    @property
    def forgiven(self) -> str:
        """How many outputs stay, of those that hold something: where both are 0, there was nothing to forgive."""
        holding = (self.other.y != 0) | (self.moved_output != 0)
        held, differ = int(holding.sum()), int((self.apart != 0).sum())
        same, reduction = held - differ, self.relation.reduction
        if not held:
            return words.ONLY_ZEROS
        if same == held == 1:
            stay = words.ONLY_STAYS
        else:
            stay = (words.STAY if held == holding.size else words.STAY_BESIDE_ZEROS).format(same=same, held=held)
        if reduction == "max" and not same:
            return words.NONE_FORGIVEN.format(stay=stay)
        sentence = (words.FORGIVEN if differ else words.ALL_FORGIVEN)[reduction]
        return sentence.format(stay=stay, most=short(float(np.abs(self.apart).max())))

    def far_from_borders(self, apart: NDArray[np.bool_]) -> int:
        """How many of these outputs have windows inside the data, before and after it moved."""
        rows, cols = self.borders
        return int(apart.reshape(-1, len(rows), len(cols))[:, ~rows][:, :, ~cols].sum())


def moves_of(scene: Scene) -> tuple[int, ...]:
    """How many cells the input moves along each axis; one to the right, unless the link says otherwise."""
    spatial, asked = scene.operation.spatial, scene.presentation.shift
    if asked is None:
        return (*(0 for _ in range(spatial - 1)), 1)
    if len(asked) not in (1, spatial):
        sentence = words.AXES.format(axes=spatial, text=",".join(map(str, asked)), count=len(asked))
        raise Refusal(sentence, loc=("shift",))
    most = scene.limits.side
    for move in asked:
        if abs(move) > most:
            raise Refusal(words.TOO_FAR.format(most=most, value=short(move)), type="less_than_equal", loc=("shift",))
    return asked if len(asked) == spatial else asked * spatial


def shifted(values: Array, moves: Sequence[int]) -> Array:
    """The values moved along their last axes, with zeros where nothing was."""
    moved = np.zeros_like(values)
    sizes = values.shape[1:]
    target = [slice(max(move, 0), max(size + min(move, 0), 0)) for move, size in zip(moves, sizes, strict=True)]
    source = [slice(max(-move, 0), max(size - max(move, 0), 0)) for move, size in zip(moves, sizes, strict=True)]
    moved[:, *target] = values[:, *source]
    return moved


def border(reads: Reads, move: int) -> NDArray[np.bool_]:
    """Along one axis, whether the window of an output reaches beyond the data, before or after it moved."""
    cells = reads.taps - reads.margin[0]
    inside = (cells >= max(move, 0)) & (cells < reads.size + min(move, 0)) | (reads.taps == NOTHING)
    met: NDArray[np.bool_] = np.logical_not(inside).any(axis=1)
    return met


def grown(margin: tuple[int, int, int, int], moves: Sequence[int]) -> tuple[int, int, int, int]:
    """The margin with what moved in at the sides."""
    top, right, bottom, left = margin
    down, along = moves
    return top + max(down, 0), right + max(-along, 0), bottom + max(-down, 0), left + max(along, 0)


def two(numbers: Sequence[int], line: int) -> tuple[int, int]:
    """For the rows and the columns of a plane; a line of cells has one row."""
    rows, cols = (line, *numbers)[-2:]
    return rows, cols


def on_grids(outlines: Sequence[Outline]) -> list[Outline]:
    """What is outlined on data and results."""
    return [outline for outline in outlines if outline["plane"][0] in "xy"]


def said(moves: Sequence[int]) -> str:
    """2 cells to the right … 1 cell down, in words."""
    names = words.DIRECTIONS[-len(moves) :]
    parts = [
        f"{counted(abs(move), words.CELL)} {pair[move > 0]}" for move, pair in zip(moves, names, strict=True) if move
    ]
    return " and ".join(parts) or words.NOWHERE
