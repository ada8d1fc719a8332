"""Gather: the window reads, one output is written. Every view over windows starts from it.

static/js/views/gather.js makes the same frames.
"""

from functools import lru_cache
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.equation.facts import WindowSum
from app.scene.operation import Roles
from app.scene.scene import Scene
from app.text import page as words
from app.text.encoding import encode
from app.views.arrangement import MAX_CELLS, Arrangement, around
from app.views.common.gate import gate_places
from app.views.common.lighting import Lighting
from app.views.frame import Fill, Frame, Label, Link, Outline
from app.views.marks import centres, read_counts
from app.views.plane import Plane, as_plane, largest, numbered, numbered_side, tones_of
from app.views.rhythm import Rhythm
from app.views.view import ChannelColumn, ChannelRow, ChannelTable, Place, Titled, View, start_step
from kernels.axis import Axis, Cells
from kernels.cached import cached_property
from kernels.relation import NOTHING, Reads, Relation, unread_cells, window_reads

Array = NDArray[np.float64]

SMALLEST_FINE = 16
"""Cells a side beyond which data have no space for their numbers on many screens."""
MAX_CHANNELS = 6
MAX_FILTERS = 8


class Gather(View):
    """A scene window by window: each step reads one window of the data, and writes one number of the result."""

    name = "gather"
    summary = ""
    asks_numbers = True

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

    # What the stage shows.

    def places(self, frame: Frame) -> tuple[Place, ...]:
        """One channel and one filter: the data, the weights over their products, the result."""
        scene, step = self.scene, frame["step"]
        filter, _ = self.place(step)
        channel = self.group_of(filter)[0]
        middle = [*self.enlarged(channel, step), self.titled_slice(filter, channel)] if scene.layer.weights else []
        middle.append(self.titled_products(filter, channel, step))
        if scene.b is not None:
            middle.append(Titled(self.bias_plane(filter), words.BIAS))
        outputs = [self.titled_output(filter)]
        if scene.layer.activation:
            outputs.append(self.titled_activation(filter))
        places = (
            Place("input", (self.titled_input(channel),)),
            Place("middle", tuple(middle)),
            Place("output", tuple(outputs)),
        )
        # What makes the weights stands behind them, so that no link from the data crosses it.
        return (*places, *self.gate) if self.is_crossing else (*self.gate, *places)

    @property
    def gate(self) -> tuple[Place, ...]:
        """Through what the upstream gradient has come that is read, or that what is read is multiplied with."""
        channel, weight = self.relation.feeds[self.first_filter][0]
        return gate_places(self.scene, weight if self.is_crossing else channel)

    def enlarged(self, channel: int, step: int) -> tuple[Titled, ...]:
        """The window alone, of data whose cells become too small for their numbers, and of which it is but a part."""
        is_whole = all(reads.drawn == reads.places for reads in self.reads)
        if is_whole or max(reads.drawn for reads in self.reads) <= SMALLEST_FINE:
            return ()
        data, shape = self.input_plane(channel), (self.reads[0].places, self.reads[1].places)
        values = self.drawn(channel).ravel()[self.window(step)].reshape(shape)
        return (Titled(Plane(f"m.{channel}", data.space, "", values, data.scale), words.WINDOW, small=True),)

    def titled_input(self, channel: int) -> Titled:
        plane, presentation = self.input_plane(channel), self.scene.presentation
        many = len(self.scene.data) > 1
        title = self.channel_title(channel) if many else self.roles.data
        marks = read_counts(self.reads, plane) if presentation.reads else ()
        return Titled(plane, title, marks=(*marks, *(centres(self.reads) if presentation.centres else ())))

    def channel_title(self, channel: int) -> str:
        """Which channel a data plane is, or which slice of a volume."""
        first, depth = self.scene.presentation.first_index, self.slices
        if depth is None:
            return words.CHANNEL.format(index=channel + first)
        number, place = divmod(channel, depth.drawn)
        source = int(depth.source[place])
        slice_title = words.SLICE.format(index=source + first) if source >= 0 else words.PADDED_SLICE
        return slice_title if len(self.scene.x) == 1 else f"{words.CHANNEL.format(index=number + first)}, {slice_title}"

    def filter_title(self, filter: int) -> str:
        """Which filter a column is, or which slice of its output."""
        first, depth = self.scene.presentation.first_index, self.slices
        if depth is None:
            return words.FILTER.format(index=filter + first)
        number, place = divmod(filter, depth.results)
        slice_title = words.OUTPUT_SLICE.format(index=place + first)
        return slice_title if len(self.scene.w) == 1 else f"{words.FILTER.format(index=number + first)}, {slice_title}"

    def filter_of(self, result: int) -> int:
        """The filter that a result plane belongs to."""
        return result // self.slices.results if self.slices else result

    @property
    def slices(self) -> Reads | None:
        """The depth of a volume, which is unrolled into planes."""
        axis = self.scene.layer.axes[0]
        return window_reads(axis) if self.scene.layer.sources is not None and isinstance(axis, Axis) else None

    def titled_slice(self, filter: int, channel: int) -> Titled:
        number = self.weight_of(filter, channel) if self.is_crossing else filter
        title = self.filter_title(number) if self.filters > 1 else self.roles.weights
        return Titled(self.slice_plane(filter, channel), title)

    def titled_products(self, filter: int, channel: int, step: int) -> Titled:
        title = words.PRODUCTS.format(weights=self.roles.weights) if self.scene.layer.weights else words.WINDOW
        label = words.PRODUCTS_LABEL if self.scene.layer.weights else words.WINDOW_LABEL
        number = channel + self.scene.presentation.first_index
        return Titled(self.product_plane(filter, channel, step), title, label.format(index=number))

    def titled_output(self, filter: int) -> Titled:
        title = self.roles.result
        many = f"{title} {filter + self.scene.presentation.first_index}"
        return Titled(self.output_plane(filter), many if self.filters > 1 else title)

    def titled_activation(self, filter: int) -> Titled:
        named = words.ACTIVATED.format(name=words.ACTIVATIONS[self.scene.layer.activation or "none"])
        return Titled(self.activation_plane(filter), named)

    @property
    def roles(self) -> Roles:
        """What this operation calls its data, weights and result."""
        return self.scene.roles

    # Several channels or filters.

    def channel_table(self, step: int) -> ChannelTable | None:
        if not self.is_table:
            return None
        active, _ = self.place(step)
        if self.is_crossing:
            return self.crossing_table(active, step)
        rows = tuple(self.channel_row(channel, active, step) for channel in self.arrangement.channels)
        filters = () if self.is_lanes else self.arrangement.filters
        columns = tuple(self.channel_column(filter, active) for filter in filters)
        return ChannelTable(rows, columns, places=self.gate)

    def channel_row(self, channel: int, active: int, step: int) -> ChannelRow:
        filters = () if self.is_lanes else self.arrangement.filters
        own = channel if self.is_lanes else active
        own_step = channel * self.area + step % self.area if self.is_lanes else step
        return ChannelRow(
            channel=channel,
            data=self.titled_input(channel),
            slices=tuple(
                self.titled_slice(filter, channel) if channel in self.group_of(filter) else None for filter in filters
            ),
            products=self.titled_products(own, channel, own_step),
            result=self.titled_output(channel) if self.is_lanes else None,
            is_active=channel in self.group_of(active),
        )

    def channel_column(self, filter: int, active: int) -> ChannelColumn:
        return ChannelColumn(
            filter=filter,
            title=self.filter_title(filter),
            bias=None if self.scene.b is None else Titled(self.bias_plane(filter), words.BIAS),
            result=self.titled_output(filter),
            activation=self.titled_activation(filter) if self.scene.layer.activation else None,
            is_active=filter == active,
        )

    def filter_planes(self) -> list[Plane]:
        """A channel that a filter does not read leaves its place blank."""
        scale, (rows, cols) = largest(self.scene.weights), self.reads
        blank = np.zeros((rows.places, cols.places))
        planes = []
        for filter, feed in enumerate(self.relation.feeds):
            weights = dict(feed)
            slices = [self.slice(weights[c]) if c in weights else blank for c in range(len(self.scene.data))]
            planes.append(Plane(f"w.{filter}", "tap", "", np.vstack(slices), scale))
        return planes

    def crossing_table(self, active: int, step: int) -> ChannelTable:
        """The gradient of the weights: data at the left, upstream gradients over columns, results where they meet."""
        met = {self.relation.feeds[result][0]: result for result in self.arrangement.filters}
        weights = sorted({weight for _, weight in met})
        rows = tuple(
            ChannelRow(
                channel=channel,
                data=self.titled_input(channel),
                slices=tuple(
                    self.titled_output(met[channel, weight]) if (channel, weight) in met else None for weight in weights
                ),
                products=self.titled_products(active, channel, step),
                result=None,
                is_active=channel in self.group_of(active),
            )
            for channel in self.arrangement.channels
        )
        heads = (next((result, c) for (c, w), result in met.items() if w == weight) for weight in weights)
        return ChannelTable(rows, heads=tuple(self.titled_slice(*pair) for pair in heads), places=self.gate)

    # What the stream says.

    def header(self) -> dict[str, Any]:
        layer = self.scene.layer
        return {
            "roles": {"data": layer.data, "weights": layer.weights},
            "axes": [table(reads) for reads in self.relation.reads],
            "feeds": self.relation.feeds,
            **({"sources": layer.sources} if layer.sources is not None else {}),
            **({"repeats": True} if self.relation.repeats else {}),
            "reduction": reduction(self.relation),
            **({"lighting": self.lighting} if self.lighting else {}),
        }

    @property
    def numbers_per_step(self) -> int:
        sums = len(self.relation.feeds[0])
        return 1 + sums * (sums > 1 or self.scene.b is not None) + (self.scene.layer.activation is not None)

    def batch(self, start: int, stop: int) -> dict[str, Any]:
        """What these steps computed. A single channel without a bias has one sum, which is y itself."""
        trace = self.scene.trace(start, stop)
        computed: dict[str, Any] = {"y": encode(trace.y)}
        if len(trace.channel_sums) > 1 or self.scene.b is not None:
            computed["channel_sums"] = encode(trace.channel_sums)
        activated = self.scene.activate(trace.y)
        if activated is not None:
            computed["a"] = encode(activated)
        if trace.argmax is not None:
            computed["argmax"] = trace.argmax.tolist()
        return computed

    # What one step shows.

    @property
    def lighting(self) -> tuple[Lighting, ...]:
        """What lights on planes that stand beside the grids; what writes there fills them too."""
        return ()

    def frame(self, step: int) -> Frame:
        filter, cell = self.place(step)
        group = self.group_of(filter)
        channels = [channel for channel in self.arrangement.channels if channel in group]
        window = self.window(step)
        trace = self.scene.trace(step, step + 1)
        sums = [float(row[0]) for row in trace.channel_sums]
        fills: list[Fill] = [
            {"plane": f"p.{channel}", "values": self.products(filter, channel, step)} for channel in channels
        ]
        for grid in ("y", "a") if self.scene.layer.activation else ("y",):
            fills += [
                {"plane": f"{grid}.{shown}", "shown": min(max(step + 1 - shown * self.area, 0), self.area)}
                for shown in self.arrangement.filters
            ]
        lit = [table.outline(filter, cell) for table in self.lighting]
        fills += [{"plane": each["plane"], "shown": each["cells"][-1] + 1} for each in lit if each["role"] == "output"]
        labels: list[Label] = [
            {"plane": self.weight_id(filter, channel), "value": sums[group.index(channel)]}
            for channel in channels
            if len(group) > 1
        ]
        return {
            "step": step,
            "fills": fills,
            "outlines": [*self.outlines(filter, cell, channels, window, self.winner(step)), *lit],
            "links": [] if lit else links(channels, filter),
            "labels": labels,
            "equation": self.equation(step, channels, window, sums),
        }

    def outlines(
        self, filter: int, cell: int, channels: list[int], window: list[int], winner: int | None
    ) -> list[Outline]:
        cells = [cell for cell in window if cell != NOTHING]
        taps = [place for place, cell in enumerate(window) if cell != NOTHING]
        outlines: list[Outline] = [{"plane": f"x.{channel}", "cells": cells, "role": "window"} for channel in channels]
        if self.scene.layer.weights:
            outlines += [
                {"plane": self.weight_id(filter, channel), "cells": taps, "role": "kernel"} for channel in channels
            ]
        if winner is not None:
            outlines += [{"plane": f"p.{channel}", "cells": [winner], "role": "winner"} for channel in channels]
        return [*outlines, {"plane": f"y.{filter}", "cells": [cell], "role": "output"}]

    def equation(self, step: int, channels: list[int], window: list[int], sums: list[float]) -> WindowSum:
        filter, cell = self.place(step)
        group = self.group_of(filter)
        wanted = self.scene.presentation.channel
        channel = wanted if wanted in channels else next(iter(channels), group[0])
        inputs: list[float] = self.drawn(channel).ravel()[window].tolist()
        pairs = list(zip(inputs, self.operands(filter, channel), strict=True))
        cols = self.reads[1].places
        rows = [range(first, first + cols) for first in range(0, len(pairs), cols)]
        terms = [[pairs[place] for place in row if window[place] != NOTHING] for row in rows]
        y = self.scene.trace(step, step + 1).y
        activated = self.scene.activate(y)
        return {
            "kind": "sum",
            "index": self.index(filter, cell),
            "channel": channel,
            "place": group.index(channel),
            "rows": [row for row in terms if row],
            "sums": sums if len(sums) > 1 else [],
            "bias": None if self.scene.b is None else float(self.scene.b[self.filter_of(filter)]),
            "reduction": self.relation.reduction,
            "power": self.relation.power,
            "divisor": self.divisor(cell),
            "factor": self.factor(cell),
            "y": float(y[0]),
            "a": None if activated is None else float(activated[0]),
        }

    def operands(self, filter: int, channel: int) -> list[float | None]:
        """The weight at each place of the window; None where there are none."""
        if not self.scene.layer.weights:
            return [None] * self.window_size
        return list(self.slice(self.weight_of(filter, channel)).ravel().tolist())

    def divisor(self, cell: int) -> int | None:
        """What the mean of a window divides by; of a power average, only where the window hangs over the end."""
        if self.relation.reduction in ("sum", "max"):
            return None
        counted = self.relation.divisor or self.counted(cell)
        return counted if self.relation.reduction == "mean" or self.factor(cell) else None

    def factor(self, cell: int) -> int | None:
        """What a power average multiplies its mean with, where that is not what it has divided by."""
        places = self.window_size
        return places if self.relation.reduction == "power" and self.counted(cell) != places else None

    def counted(self, cell: int) -> int:
        rows, cols = self.reads
        row, col = divmod(cell, cols.results)
        assert rows.counts is not None
        assert cols.counts is not None
        return int(max(rows.counts[row] * cols.counts[col], 1))


@lru_cache(128)
def table(reads: Reads) -> dict[str, Any]:
    """taps[result][place] is a drawn cell of the data, or −1; source[drawn cell] its data cell, or −1 for a zero."""
    described = {
        "input": reads.size,
        "padding": reads.margin,
        "taps": encode(reads.taps),
        "source": encode(reads.source),
    }
    if reads.turned:
        described["turned"] = True
    return described if reads.counts is None else {**described, "counts": encode(reads.counts)}


def reduction(relation: Relation) -> dict[str, Any]:
    """How the products become one number."""
    return {"name": relation.reduction, "power": relation.power, "divisor": relation.divisor}


def links(channels: list[int], filter: int) -> list[Link]:
    """From every window to its products, and from there to the output."""
    to_products: list[Link] = [{"start": f"x.{c}", "end": f"p.{c}", "role": "window"} for c in channels]
    to_output: list[Link] = [{"start": f"p.{c}", "end": f"y.{filter}", "role": "output"} for c in channels]
    return to_products + to_output
