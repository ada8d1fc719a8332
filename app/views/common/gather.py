"""Gather: the window reads, one output is written. Every view over windows starts from it.

static/js/views/gather.js makes the same frames.
"""

from functools import lru_cache
from typing import Any

import numpy as np

from app.equation.facts import WindowSum
from app.scene.operation import Roles
from app.text import page as words
from app.text.encoding import encode
from app.views.common.gate import gate_places
from app.views.common.lighting import Lighting
from app.views.common.windows import Windows
from app.views.frame import Fill, Frame, Label, Link, Outline
from app.views.marks import centres, read_counts
from app.views.plane import Plane, largest
from app.views.view import ChannelColumn, ChannelRow, ChannelTable, Place, Titled
from kernels.relation import NOTHING, Reads, Relation

SMALLEST_FINE = 16
"""Cells a side beyond which data have no space for their numbers on many screens."""


class Gather(Windows):
    """A scene window by window: each step reads one window of the data, and writes one number of the result."""

    name = "gather"
    summary = ""
    asks_numbers = True

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
