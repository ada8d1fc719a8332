"""Windows: which cells each step reads, and the planes that are drawn of what it reads and writes."""

from functools import lru_cache
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.scene.scene import Scene
from app.views.arrangement import MAX_CELLS, Arrangement, around
from app.views.plane import Plane, as_plane, largest, numbered, numbered_side, tones_of
from app.views.rhythm import Rhythm
from app.views.view import View, start_step
from kernels.axis import Axis, Cells
from kernels.cached import cached_property
from kernels.relation import NOTHING, Reads, Relation, unread_cells, window_reads

Array = NDArray[np.float64]

MAX_CHANNELS = 6
MAX_FILTERS = 8


class Windows(View):
    """What every view over windows shares, before it says where its planes stand and what a step shows."""

    def __init__(self, scene: Scene, relation: Relation | None = None) -> None:
        self.scene = scene
        self.relation = relation or scene.layer.relation
        self.drawn = lru_cache(16)(self.drawn_at)
        self.window = lru_cache(4)(self.window_at)

    # What the steps are.

    @property
    def steps(self) -> int:
        return self.scene.layer.outputs

    @property
    def area(self) -> int:
        """How many cells a result plane has."""
        return prod(self.scene.layer.y_shape[-self.scene.operation.flat :])

    @property
    def filters(self) -> int:
        return len(self.relation.feeds)

    @property
    def notable_step(self) -> int:
        """Who is asked for the results begins with the first: that which says most would be half an answer."""
        if self.scene.presentation.predict:
            return (self.scene.presentation.filter or 0) * self.area
        return self.telling_step

    @property
    def telling_step(self) -> int:
        """The step of the largest result."""
        y, chosen = self.scene.whole_trace.y, self.scene.presentation.filter
        first, last = (0, y.size) if chosen is None else (chosen * self.area, (chosen + 1) * self.area)
        return first + int(np.abs(y[first:last]).argmax())

    @property
    def rhythm(self) -> Rhythm:
        """A window that holds one single value, in all of its channels, is plain."""
        return Rhythm(self.steps, self.reads[1].results, self.area, self.holds_one_value)

    def holds_one_value(self, step: int) -> bool:
        cells = [cell for cell in self.window(step) if cell >= 0]
        held = np.array([self.drawn(channel).ravel()[cells] for channel in self.group_of(self.place(step)[0])])
        return bool((held == held.flat[0]).all())

    def plane_of(self, step: int) -> int:
        return self.place(step)[0]

    def place(self, step: int) -> tuple[int, int]:
        """(result plane, its cell) of a step: plane after plane, each in reading order."""
        return divmod(step, self.area)

    def index(self, filter: int, cell: int) -> list[int]:
        """The index of a result as PyTorch counts it; one plane needs no number."""
        shape = self.scene.layer.y_shape
        step = filter * self.area + cell
        spatial = len(shape) if self.filters > 1 else self.scene.operation.flat
        return [int(i) for i in np.unravel_index(step, shape)][-spatial:]

    @property
    def shows_window(self) -> bool:  # type: ignore[override]
        return self.scene.layer.weights is None

    def writing_steps(self, plane: Plane) -> NDArray[np.intp]:
        first = int(plane.id.split(".")[1]) * self.area
        return first + np.arange(plane.values.size).reshape(plane.values.shape)

    @property
    def bound(self) -> float:
        data, places = largest(self.scene.data), self.window_size
        if self.relation.reduction == "max":
            return data
        if self.relation.reduction == "mean":
            return data * max(places / (self.relation.divisor or places), 1.0)
        if self.relation.reduction == "power":
            return data * float(places ** (1 / self.relation.power))
        weights = self.scene.weights
        sums = [float(places)] if weights is None else np.abs(weights).reshape(len(weights), -1).sum(axis=1).tolist()
        weighed = max(sum(sums[max(weight, 0)] for _, weight in feed) for feed in self.relation.feeds)
        return (data * weighed + (0.0 if self.scene.b is None else float(np.abs(self.scene.b).max()))) or 1.0

    # What a step reads.

    @property
    def reads(self) -> tuple[Reads, Reads]:
        """The two axes of a picture."""
        return self.relation.sides

    @property
    def window_size(self) -> int:
        """How many places a window has."""
        return prod(reads.places for reads in self.reads)

    def group_of(self, filter: int) -> tuple[int, ...]:
        """The data planes that this result plane reads."""
        return tuple(channel for channel, _ in self.relation.feeds[filter])

    def weight_id(self, filter: int, channel: int) -> str:
        """The plane of these weights; one that joins several pairs is drawn at each."""
        plane = f"w.{self.weight_of(filter, channel)}"
        return f"{plane}.{filter}" if self.relation.repeats else plane

    def weight_of(self, filter: int, channel: int) -> int:
        """The weight plane through which a result plane reads a data plane, or −1."""
        return dict(self.relation.feeds[filter])[channel]

    def filter_of(self, result: int) -> int:
        """The filter that a result plane belongs to."""
        return result // self.slices.results if self.slices else result

    @property
    def slices(self) -> Reads | None:
        """The depth of a volume, which is unrolled into planes."""
        axis = self.scene.layer.axes[0]
        return window_reads(axis) if self.scene.layer.sources is not None and isinstance(axis, Axis) else None

    def window_at(self, step: int) -> list[int]:
        """The data cells, as they are drawn, at each place of the window; −1 where there is none."""
        rows, cols = self.reads
        out_row, out_col = divmod(self.place(step)[1], cols.results)
        row_cells, col_cells = rows.taps[out_row][:, np.newaxis], cols.taps[out_col]
        cells = np.where((row_cells == NOTHING) | (col_cells == NOTHING), NOTHING, row_cells * cols.drawn + col_cells)
        return cells.ravel().tolist()

    @property
    def sources(self) -> Cells:
        """The number of a data plane behind each drawn cell, or −1 where a zero stands."""
        rows, cols = self.reads[0].source[:, np.newaxis], self.reads[1].source
        return np.where((rows < 0) | (cols < 0), NOTHING, rows * self.reads[1].size + cols).ravel()

    def products(self, filter: int, channel: int, step: int) -> list[float | None]:
        """At each place of the window the data, times its weight where there are weights; None where nothing lies."""
        window = self.window(step)
        values = self.drawn(channel).ravel()[window]
        if self.scene.layer.weights:
            values = values * self.slice(self.weight_of(filter, channel)).ravel() + 0.0
        return [None if cell == NOTHING else value for cell, value in zip(window, values.tolist(), strict=True)]

    def winner(self, step: int) -> int | None:
        """The place of the window whose value is the largest, when that is what counts."""
        argmax = self.scene.trace(step, step + 1).argmax
        if argmax is None:
            return None
        window, sources = self.window(step), self.sources
        return next(place for place, cell in enumerate(window) if cell >= 0 and sources[cell] == argmax[0])

    # What is drawn.

    @cached_property
    def arrangement(self) -> Arrangement:
        """As many channels and filters as stay readable, those that the link asks for among them."""
        if self.is_crossing:
            return self.crossing
        channels, filters = len(self.scene.data), self.filters
        shown_channels, shown_filters = min(channels, MAX_CHANNELS), min(filters, MAX_FILTERS)
        if self.is_lanes:
            shown_filters = shown_channels
        while self.cells(shown_channels, shown_filters) > MAX_CELLS and shown_channels + shown_filters > 2:
            if self.is_lanes:
                shown_channels = shown_filters = shown_channels - 1
            elif shown_filters > 1:
                shown_filters -= 1
            else:
                shown_channels -= 1
        asked, filter = self.scene.presentation.channel, self.first_filter
        channel = self.group_of(filter)[0] if asked is None else asked
        if self.is_lanes and asked is not None:
            filter = channel
        return Arrangement(around(channel, shown_channels, channels), around(filter, shown_filters, filters))

    @property
    def first_filter(self) -> int:
        """The filter that the link asks for, or that the stage starts with."""
        asked = self.scene.presentation.filter
        return self.place(start_step(self))[0] if asked is None else asked

    @property
    def crossing(self) -> Arrangement:
        """Of the gradient of the weights: some channels, and the slices where some filters cross them."""
        [(channel, weight)] = self.relation.feeds[self.first_filter]
        weights = 1 + max(weight for feed in self.relation.feeds for _, weight in feed)
        shown_channels, shown_weights = min(len(self.scene.data), MAX_CHANNELS), min(weights, MAX_FILTERS)
        while self.crossing_cells(shown_channels, shown_weights) > MAX_CELLS and shown_channels + shown_weights > 2:
            if shown_weights >= shown_channels:
                shown_weights -= 1
            else:
                shown_channels -= 1
        channels = around(channel, shown_channels, len(self.scene.data))
        columns = around(weight, shown_weights, weights)
        shown = [result for result, [(c, w)] in enumerate(self.relation.feeds) if c in channels and w in columns]
        return Arrangement(channels, tuple(shown))

    @property
    def is_table(self) -> bool:
        return not self.arrangement.is_single

    @property
    def is_crossing(self) -> bool:
        """Whether results lie where data and weights cross, and nothing is summed over planes."""
        return self.scene.layer.space("y") == "tap"

    @property
    def is_lanes(self) -> bool:
        return self.scene.layer.weights is None

    def cells(self, channels: int, filters: int) -> int:
        """How many numbered cells are drawn; pictures count as none."""
        taps, data_cells = self.window_size, self.data_cells
        result_shape = self.scene.layer.y_shape[-self.scene.operation.flat :]
        result_cells = numbered(result_shape, self.area, self.numbered_side)
        results = 2 if self.scene.layer.activation else 1
        slices = 0 if self.is_lanes else taps * filters
        return channels * (data_cells + taps + slices) + filters * results * result_cells

    def crossing_cells(self, channels: int, weights: int) -> int:
        """The same, where each data plane has its products, and a result where it crosses a plane of weights."""
        rows, cols = self.reads
        places = numbered((rows.places, cols.places), self.window_size)
        return channels * (self.data_cells + places) + weights * places + channels * weights * self.area

    @property
    def data_cells(self) -> int:
        rows, cols = self.reads
        return numbered((rows.size, cols.size), rows.drawn * cols.drawn, self.numbered_side)

    @property
    def numbered_side(self) -> int:
        return numbered_side(self.scene)

    def drawn_at(self, channel: int) -> Array:
        """A data plane as the windows see it, shape (drawn rows, drawn cols)."""
        values = as_plane(self.scene.data[channel])
        rows, cols = (reads.source for reads in self.reads)
        seen = values[np.ix_(np.maximum(rows, 0), np.maximum(cols, 0))]
        beyond = -np.inf if self.relation.reduction == "max" else 0.0
        return np.where((rows[:, np.newaxis] < 0) | (cols < 0), beyond, seen)

    @property
    def turned(self) -> bool:
        return self.reads[1].turned

    def slice(self, weight: int) -> Array:
        """A weight plane as it lies on the window, turned where the kernel is."""
        weights = self.scene.weights
        assert weights is not None
        values = as_plane(weights[weight])
        return values[::-1, ::-1] if self.turned else values

    def input_plane(self, channel: int) -> Plane:
        (top, bottom), (left, right) = (reads.margin for reads in self.reads)
        margin = (top, right, bottom, left)
        values, name = self.drawn(channel), self.scene.layer.data
        scale, unread = largest(self.scene.data), self.unread(channel)
        return Plane(
            f"x.{channel}",
            self.space(name),
            name,
            values,
            scale,
            margin,
            unread=unread,
            numbered_side=self.numbered_side,
        )

    def unread(self, channel: int) -> NDArray[np.bool_]:
        """The drawn cells that no window reads: of a slice of a volume that the stride steps over, all."""
        is_read = any(channel == fed for feed in self.relation.feeds for fed, _ in feed)
        return unread_cells(*self.reads) | (not is_read)

    def slice_plane(self, filter: int, channel: int) -> Plane:
        """The weights through which a result plane reads a data plane."""
        name, weight = self.scene.layer.weights, self.weight_of(filter, channel)
        assert name is not None
        plane, scale = self.weight_id(filter, channel), largest(self.scene.weights)
        return Plane(plane, self.space(name), name, self.slice(weight), scale, turned=self.turned)

    def product_plane(self, filter: int, channel: int, step: int) -> Plane:
        """Window ⊙ kernel, or the window alone, for one channel."""
        rows, cols = self.reads
        values = np.zeros((rows.places, cols.places))
        if channel in self.group_of(filter):
            products = self.products(filter, channel, step)
            values = np.array([np.nan if product is None else product for product in products]).reshape(values.shape)
        scale = largest(self.scene.data) * (largest(self.scene.weights) if self.scene.layer.weights else 1.0)
        return Plane(f"p.{channel}", "product", "", values, scale)

    def bias_plane(self, filter: int) -> Plane:
        b = self.scene.grid("b")
        number = self.filter_of(filter)
        plane = f"b.{number}.{filter}" if self.relation.repeats else f"b.{number}"
        return Plane(plane, "tap", "b", b[number : number + 1, np.newaxis], largest(b))

    def output_plane(self, filter: int) -> Plane:
        return self.result_plane(filter, "y", self.scene.results)

    def activation_plane(self, filter: int) -> Plane:
        activated = self.scene.activate(self.scene.results)
        assert activated is not None
        return self.result_plane(filter, "a", activated)

    def result_plane(self, filter: int, grid: str, values: Array) -> Plane:
        return Plane(
            f"{grid}.{filter}",
            self.space(grid),
            grid,
            as_plane(values[filter]),
            largest(values),
            asked_tones=tones_of(values, self.scene.tones),
            numbered_side=self.numbered_side,
        )

    def space(self, grid: str) -> Any:
        return self.scene.layer.space(grid)
