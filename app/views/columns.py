"""Columns: each window is a column of a matrix. To unfold copies it there, to fold lets it land where the window was.

static/js/views/columns.js makes the same frames.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.encoding import encode
from app.painters.landing_marks import cut_off, pips
from app.painters.marks import heat
from app.painters.matrix_marks import groups, legend
from app.painters.svg import CELL as UNITS
from app.painters.width import CELL, TALL, WIDE
from app.query import spell_address
from app.scene import Scene
from app.shapes import counted, spell_sizes
from app.spelling import spell
from app.views.frame import Column, Equation, Fill, Frame, Outline, Tally
from app.views.gather import MAX_CELLS, Arrangement, around
from app.views.landing import axes_of
from app.views.plane import Plane, is_picture, largest
from app.views.scatter import MOST_TALLIES, listed, table
from app.views.view import Place, Titled
from app.words import columns as words
from app.words import page
from kernels.axis import Cells
from kernels.columns import Fallen, fold_columns, window_landing

Array = NDArray[np.float64]

MOST_PLANES = 4
"""Planes of the picture that are drawn."""
READABLE = 30
"""Pixels of a cell below which the matrix goes under the picture, to have the whole width."""
LARGEST = 34
"""… and what a cell takes at most there."""
LABELS = 70
"""Pixels for what is written beside the rows of the matrix."""
BETWEEN = 60


@dataclass(frozen=True)
class Way:
    """Where a link beside the planes leads."""

    label: str
    address: str


@dataclass(frozen=True)
class ColumnsAside:
    """What becomes of the numbers, and where to go on."""

    sentence: str
    ways: tuple[Way, ...]


class Columns:
    """A picture and a matrix with a column for each of its windows: step l is window l, and column l."""

    name = "columns"
    is_lanes = False

    def __init__(self, scene: Scene, channels: int) -> None:
        self.scene = scene
        self.landing = window_landing(axes_of(scene), channels)

    # What the steps are.

    @property
    def steps(self) -> int:
        return self.landing.rows.size * self.landing.cols.size

    @property
    def rest(self) -> int:
        """The window in the middle."""
        rows, cols = self.landing.rows.size, self.landing.cols.size
        return rows // 2 * cols + cols // 2

    @property
    def matrix(self) -> Array:
        """A column for each window, shape (channels · places, windows)."""
        raise NotImplementedError

    @property
    def letter(self) -> str:
        """What the matrix is called: y of an unfolding, x of a folding."""
        raise NotImplementedError

    def cells(self, step: int) -> list[int]:
        """The drawn cells of the picture under a window, place by place."""
        rows, cols = self.landing.rows.places, self.landing.cols.places
        at = np.array([step])
        return [int(self.landing.cells(at, row, col)[0]) for row in range(rows) for col in range(cols)]

    def column(self, step: int) -> list[int]:
        """The cells of the matrix in a column."""
        return list(range(step, self.matrix.size, self.steps))

    @property
    def margin(self) -> tuple[int, int, int, int]:
        (top, bottom), (left, right) = self.landing.rows.margin, self.landing.cols.margin
        return top, right, bottom, left

    @cached_property
    def covered(self) -> Cells:
        """How many windows cover each cell of the picture, shape (rows, cols)."""
        rows, cols = (np.bincount(lands.cells.ravel(), minlength=lands.drawn) for lands in self.sides)
        return np.outer(rows, cols)

    @property
    def sides(self) -> tuple[Any, Any]:
        return self.landing.rows, self.landing.cols

    @property
    def inside(self) -> Cells:
        """`covered`, without the rim."""
        top, right, bottom, left = self.margin
        rows, cols = self.landing.shape
        return self.covered[top : rows - bottom, left : cols - right]

    # What is drawn.

    @cached_property
    def drawn(self) -> tuple[int, ...]:
        """The channels of the picture that are drawn, that which the link asks for among them."""
        channels, asked = self.landing.planes, self.asked
        area = int(np.prod(self.landing.shape))
        room = max(MAX_CELLS - (0 if self.is_large else self.matrix.size), 0)
        shown = min(channels, MOST_PLANES if self.is_photo else max(min(MOST_PLANES, room // area), 1))
        return around(asked or 0, shown, channels)

    @property
    def asked(self) -> int | None:
        raise NotImplementedError

    @property
    def arrangement(self) -> Arrangement:
        raise NotImplementedError

    @property
    def is_finished(self) -> bool:
        """Whether the result is too large for numbers, and is shown finished."""
        return self.is_large if self.letter == "y" else self.is_photo

    @property
    def is_large(self) -> bool:
        """Whether the matrix is a picture, without numbers."""
        return is_picture(self.matrix.shape, self.matrix.size)

    @property
    def is_photo(self) -> bool:
        """Whether the picture is one without numbers."""
        (rows, cols), (top, right, bottom, left) = self.landing.shape, self.margin
        return is_picture((rows - top - bottom, cols - left - right), rows * cols)

    @property
    def is_stacked(self) -> bool:
        """Whether the matrix lies under the picture."""
        (rows, cols), (tall, wide) = self.landing.shape, self.matrix.shape
        across = (WIDE - LABELS - BETWEEN) / (cols + wide)
        return bool(min(across, TALL / max(rows * len(self.drawn), tall)) < READABLE and wide > tall)

    @property
    def cell(self) -> tuple[float, float]:
        """Pixels of a cell of the picture, and of the matrix: one size where both can be read so."""
        (rows, cols), (tall, wide) = self.landing.shape, self.matrix.shape
        count = len(self.drawn)
        if self.is_stacked:
            matrix = min(LARGEST, (WIDE - LABELS) / wide, TALL * 0.7 / tall)
            return min(LARGEST, (WIDE - BETWEEN * count) / (cols * count), TALL * 0.45 / rows), matrix
        picture = min(CELL, WIDE * 0.45 / cols, TALL / (rows * count))
        matrix = min(CELL, (WIDE - LABELS - BETWEEN - picture * cols) / wide, TALL / tall)
        both = min(picture, matrix)
        return (both, both) if both >= READABLE * 0.6 else (picture, matrix)

    def matrix_plane(self) -> Plane:
        values = self.matrix
        return Plane(f"{self.letter}.0", self.space(self.letter), self.letter, values, largest(values))

    def titled_matrix(self, plane: Plane) -> Titled:
        cell = self.cell[1]
        first = self.scene.presentation.first_index
        written = legend(plane, self.landing.planes, self.landing.cols.places, UNITS / cell, cell, first)
        lines = groups(plane, self.landing.planes)
        return Titled(plane, page.role(self.scene.operation.name, self.role), extra=written, marks=lines, cell=cell)

    @property
    def role(self) -> str:
        return "y" if self.letter == "y" else "data"

    def channel_title(self, channel: int, title: str) -> str:
        if self.landing.planes == 1:
            return title
        return words.CHANNEL.format(index=channel + self.scene.presentation.first_index)

    def space(self, grid: str) -> Any:
        return self.scene.layer.space(grid)

    def placed(self, pictures: tuple[Titled, ...], matrix: Titled) -> tuple[Place, Place]:
        """The picture and the matrix: what is read stands first."""
        over = " wide" if self.is_stacked else ""
        picture = Place(("input" if self.letter == "y" else "output") + " picture" + over, pictures)
        beside = Place(("output" if self.letter == "y" else "input") + " columns" + over, (matrix,))
        return (picture, beside) if self.letter == "y" else (beside, picture)

    # What the stream says.

    @property
    def numbers_told(self) -> int:
        """What a column holds, before and after."""
        return 2 * self.landing.planes * self.landing.places

    def told(self, start: int, stop: int) -> dict[str, Any]:
        raise NotImplementedError

    def opening(self) -> dict[str, Any]:
        return {
            "roles": {"data": "x", "weights": None},
            "axes": [table(lands) for lands in self.sides],
            "spatial": 2,
            "sends": self.landing.sends,
            "told": self.drawn,
        }

    # What one step shows.

    def frame(self, step: int) -> Frame:
        raise NotImplementedError

    def equation(self, step: int, column: Column) -> Equation:
        return {
            "index": [step],
            "channel": 0,
            "place": 0,
            "rows": [],
            "sums": [],
            "bias": None,
            "reduction": "sum",
            "power": 1,
            "divisor": None,
            "factor": None,
            "y": column["numbers"][0],
            "a": None,
            "column": column,
        }

    def told_column(self, step: int, tallies: list[Tally]) -> Column:
        return {
            "grid": self.letter,
            "shape": [self.landing.planes, self.landing.rows.places, self.landing.cols.places],
            "numbers": self.matrix[:, step].tolist(),
            "tallies": tallies[:MOST_TALLIES],
            "overlaps": len(tallies),
        }

    # Where to go on.

    def way(self, label: str, room: str, operation: str, fields: dict[str, str]) -> tuple[Way, ...]:
        """A link to the other operation with the same windows, where an address can hold it."""
        kept = {name: text for name, text in self.scene.layer.spelled.items() if name not in ("x", "output_size")}
        address = f"{room}/{operation}?{spell_address({**fields, **kept})}"
        return (Way(label, address),) if len(address.encode()) <= self.scene.limits.url_bytes else ()

    @property
    def sizes(self) -> str:
        """The picture's size, as fold's output_size says it."""
        rows, cols = self.inside.shape
        return str(rows) if rows == cols else f"{rows},{cols}"

    def ones(self, room: str) -> tuple[Way, ...]:
        """What fold makes of columns that hold ones."""
        ones = f"ones:{spell_sizes(self.matrix.shape, 2)}"
        return self.way(words.COUNT, room, "fold", {"x": ones, "output_size": self.sizes})


class Unfolding(Columns):
    """torch.nn.functional.unfold: each window of x is copied into a column of y, channel by channel."""

    letter = "y"

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene, len(scene.x))

    @property
    def matrix(self) -> Array:
        return self.scene.y

    @property
    def filters(self) -> int:
        return 1

    @property
    def asked(self) -> int | None:
        return self.scene.presentation.channel

    @property
    def arrangement(self) -> Arrangement:
        return Arrangement(self.drawn, (0,))

    def places(self, frame: Frame) -> tuple[Place, ...]:
        plane = self.matrix_plane()
        if self.scene.presentation.step is not None and not self.is_large:
            plane = Plane(plane.id, plane.space, plane.grid, self.held(frame["step"]), plane.scale)
        return self.placed(tuple(map(self.titled_picture, self.drawn)), self.titled_matrix(plane))

    def titled_picture(self, channel: int) -> Titled:
        top, right, bottom, left = self.margin
        values = np.pad(self.scene.x[channel], ((top, bottom), (left, right)))
        plane = Plane(f"x.{channel}", self.space("x"), "x", values, largest(self.scene.x), self.margin)
        marks = heat(self.inside, plane, top, left) if self.scene.presentation.reads else ""
        return Titled(plane, self.channel_title(channel, page.ROLES["data"]), extra=marks, cell=self.cell[0])

    def held(self, step: int) -> Array:
        """The matrix after a step, NaN where no column has come yet."""
        return np.where(np.arange(self.steps) <= step, self.matrix, np.nan)

    @property
    def numbers_told(self) -> int:
        return len(self.matrix)

    def told(self, start: int, stop: int) -> dict[str, Any]:
        """What these steps wrote, column by column."""
        return {"y": encode(self.matrix[:, start:stop].T)}

    def frame(self, step: int) -> Frame:
        cells = self.cells(step)
        fills: list[Fill] = [] if self.is_large else [{"plane": "y.0", "values": listed(self.held(step).ravel())}]
        read: list[Outline] = [{"plane": f"x.{channel}", "cells": cells, "role": "window"} for channel in self.drawn]
        written: Outline = {"plane": "y.0", "cells": self.column(step), "role": "output"}
        return {
            "step": step,
            "fills": fills,
            "outlines": [*read, written],
            "links": [],
            "labels": [],
            "equation": self.equation(step, self.told_column(step, [])),
        }

    def aside(self, room: str) -> ColumnsAside:
        copied = int((self.inside > 1).sum()) * self.landing.planes
        sentence = words.COPIED if copied else words.TAKEN_APART
        numbers = {"x": counted(self.scene.x.size, "number"), "y": f"{self.matrix.size:,}", "most": f"{copied:,}"}
        text = spell(self.matrix[np.newaxis], 2, "input")
        back = self.way(words.FOLD_BACK, room, "fold", {"x": text, "output_size": self.sizes})
        return ColumnsAside(sentence.format(**numbers), (*back, *(self.ones(room) if copied else ())))


class Folding(Columns):
    """torch.nn.functional.fold: each column of x lands where its window was, and what meets there adds up."""

    letter = "x"

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene, len(scene.results))
        self.fallen = lru_cache(2)(self.fallen_at)

    @property
    def matrix(self) -> Array:
        return self.scene.x

    @property
    def filters(self) -> int:
        return self.landing.planes

    @property
    def asked(self) -> int | None:
        return self.scene.presentation.filter

    @property
    def arrangement(self) -> Arrangement:
        return Arrangement((0,), self.drawn)

    @cached_property
    def falling(self) -> Array:
        """The columns that land on the planes that are drawn, shape (planes, places, windows)."""
        return self.matrix.reshape(self.filters, -1, self.steps)[list(self.drawn)]

    def fallen_at(self, step: int) -> Fallen:
        """What one step did to the planes that are drawn."""
        return fold_columns(self.falling, self.landing, step, step + 1)

    def picture(self, plane: int, step: int) -> Array:
        """(cells): what a drawn plane holds after a step, rim included."""
        fallen, place = self.fallen(step), self.drawn.index(plane)
        picture: Array = fallen.before[place].copy()
        picture[self.cells(step)] = fallen.after[0, place]
        return picture

    @cached_property
    def finished(self) -> Array:
        """(planes, cells): y on its place, the rim cut off."""
        top, right, bottom, left = self.margin
        rim = ((0, 0), (top, bottom), (left, right))
        padded: Array = np.pad(self.scene.results, rim, constant_values=np.nan).reshape(self.filters, -1)
        return padded

    def counts(self, step: int) -> Cells:
        """(cells): how many columns have landed on each cell after a step."""
        data = np.arange(step + 1)
        places = [self.landing.cells(data, row, col) for row, col in self.landing.falling_places()]
        return np.bincount(np.concatenate(places), minlength=self.covered.size)

    def held(self, plane: int, step: int) -> tuple[Array, Cells]:
        """(cells), (cells): what a plane holds after a step, NaN where nothing has landed; and how many columns.

        After the last one it is y, the rim cut off.
        """
        counts = self.counts(step)
        if step == self.steps - 1:
            return self.finished[plane], np.where(np.isnan(self.finished[plane]), 0, counts)
        return np.where(counts > 0, self.picture(plane, step), np.nan), counts

    def places(self, frame: Frame) -> tuple[Place, ...]:
        pictures = tuple(self.titled_picture(plane, frame["step"]) for plane in self.drawn)
        return self.placed(pictures, self.titled_matrix(self.matrix_plane()))

    def titled_picture(self, plane: int, step: int) -> Titled:
        is_whole = self.scene.presentation.step is None or self.is_photo
        values, counts = (self.finished[plane], None) if is_whole else self.held(plane, step)
        values = np.nan_to_num(values) if self.is_photo else values
        drawn = Plane(
            f"y.{plane}", self.space("y"), "y", values.reshape(self.landing.shape), largest(self.scene.y), self.margin
        )
        counts = self.covered if counts is None else counts.reshape(self.landing.shape)
        cut = is_whole or step == self.steps - 1
        marks = pips(counts, int(self.covered.max()), drawn, cut)
        marks += cut_off(drawn, UNITS / self.cell[0]) if any(self.margin) else ""
        return Titled(drawn, self.channel_title(plane, page.ROLES["y"]), marks=marks, cell=self.cell[0])

    @property
    def numbers_told(self) -> int:
        return 2 * len(self.drawn) * self.landing.places

    def told(self, start: int, stop: int) -> dict[str, Any]:
        """Of the planes that are drawn, what the cells touched held before and after each step; the picture before
        these steps, rim included, and at the end y: not where they are too large for numbers."""
        fallen = fold_columns(self.falling, self.landing, start, stop)
        computed = {"was": encode(fallen.was), "after": encode(fallen.after)}
        if self.is_photo:
            return computed
        y = self.scene.results[list(self.drawn)]
        end = {"y": encode(y.reshape(len(y), -1))} if stop == self.steps else {}
        return {**computed, "before": encode(fallen.before), **end}

    def frame(self, step: int) -> Frame:
        cells = self.cells(step)
        fills: list[Fill] = [] if self.is_photo else [self.fill(plane, step) for plane in self.drawn]
        read: Outline = {"plane": "x.0", "cells": self.column(step), "role": "window"}
        landed: list[Outline] = [{"plane": f"y.{plane}", "cells": cells, "role": "output"} for plane in self.drawn]
        return {
            "step": step,
            "fills": fills,
            "outlines": [read, *landed],
            "links": [],
            "labels": [],
            "equation": self.equation(step, self.told_column(step, self.tallies(step))),
        }

    def fill(self, plane: int, step: int) -> Fill:
        values, counts = self.held(plane, step)
        return {"plane": f"y.{plane}", "values": listed(values), "counts": counts.tolist()}

    def tallies(self, step: int) -> list[Tally]:
        """Where this column meets what earlier ones have left, in the order of its rows; not in the rim."""
        if step == 0:
            return []
        counts, cells, fallen = self.counts(step - 1), self.cells(step), self.fallen(step)
        was, added, after = (part.tolist() for part in (fallen.was[0], self.falling[:, :, step], fallen.after[0]))
        met: list[Tally] = []
        for row, plane in enumerate(self.drawn):
            for place, cell in enumerate(cells):
                index = self.index(plane, cell)
                if index is not None and counts[cell]:
                    sums = was[row][place], added[row][place], after[row][place]
                    met.append({"index": index, "before": sums[0], "added": sums[1], "after": sums[2]})
        return met

    def index(self, plane: int, cell: int) -> list[int] | None:
        """The index in y of a drawn cell; None for the rim."""
        top, right, bottom, left = self.margin
        (rows, cols), (row, col) = self.landing.shape, divmod(cell, self.landing.cols.drawn)
        if not (top <= row < rows - bottom and left <= col < cols - right):
            return None
        return [plane, row - top, col - left] if self.filters > 1 else [row - top, col - left]

    def aside(self, room: str) -> ColumnsAside:
        met = int((self.inside > 1).sum()) * self.filters
        is_count = bool((self.matrix == 1).all())
        sentence = words.COUNTED if is_count else words.ADDED if met else words.LAID_OUT
        again = self.way(words.UNFOLD_AGAIN, room, "unfold", {"x": spell(self.scene.y, 2, "input")})
        ways = (*(() if is_count or not met else self.ones(room)), *again)
        return ColumnsAside(sentence.format(cells=counted(met, "cell")), ways)
