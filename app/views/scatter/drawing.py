"""The planes of a scatter: the data, the weights over their stamp, and the result so far."""

from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.scene.scene import Scene
from app.text import page
from app.views.arrangement import MAX_CELLS, Arrangement, around
from app.views.common.gate import gate_places, titled_gate
from app.views.common.running_sums import RunningSums
from app.views.common.scattering import Scattering
from app.views.marks import Counts, Marks, cut_off, output_padding, ruler
from app.views.plane import Plane, as_plane, largest, numbered, numbered_side
from app.views.view import Place, Titled
from app.views.words import scatter as words

MAX_PLANES = 4
"""Data planes, and result planes, that are drawn."""
MAX_KERNELS = 6


def arrange(scene: Scene, scattering: Scattering, channel: int) -> Arrangement:
    """As many channels and filters as stay readable, those that the link asks for among them, else this channel."""
    channels, filters, asked = len(scene.data), scattering.scatter_map.planes, scene.presentation
    shown_channels, shown_filters = min(channels, MAX_PLANES), min(filters, MAX_PLANES)
    while is_crowded(scene, scattering, shown_channels, shown_filters) and shown_channels + shown_filters > 2:
        if scattering.is_lanes:
            shown_channels = shown_filters = shown_channels - 1
        elif shown_filters > shown_channels:
            shown_filters -= 1
        else:
            shown_channels -= 1
    channel = channel if asked.channel is None else asked.channel
    filter = next(iter(scattering.sends(channel))) if asked.filter is None else asked.filter
    if scattering.is_lanes:
        filter = channel
    return Arrangement(around(channel, shown_channels, channels), around(filter, shown_filters, filters))


def is_crowded(scene: Scene, scattering: Scattering, channels: int, filters: int) -> bool:
    shapes, scatter_map = [as_plane(planes[0]).shape for planes in (scene.data, scene.results)], scattering.scatter_map
    areas, side = (prod(shapes[0]), prod(scatter_map.shape)), numbered_side(scene)
    data, result = (numbered(shape, area, side) for shape, area in zip(shapes, areas, strict=True))
    kernels = 0 if scattering.is_lanes else channels * filters
    cells = channels * data + filters * (result + scatter_map.places) + kernels * scatter_map.places
    return kernels > MAX_KERNELS or cells > MAX_CELLS


class ScatterPlanes:
    """The planes of one scene, as its steps fill them."""

    def __init__(self, scene: Scene, scattering: Scattering, arrangement: Arrangement, sums: RunningSums) -> None:
        self.scene = scene
        self.scattering = scattering
        self.scatter_map = scattering.scatter_map
        self.arrangement = arrangement
        self.sums = sums

    def places(self, step: int) -> tuple[Place, ...]:
        """The data; then for each result its weights over the stamp, and the result itself."""
        data = tuple(titled for channel in self.arrangement.channels for titled in self.titled_data(channel))
        results = [
            place
            for filter in self.arrangement.filters
            for place in (
                Place("middle", (*self.titled_kernels(filter), self.titled_stamp(filter, step))),
                Place("output", self.titled_results(filter, step)),
            )
        ]
        gate = titled_gate(self.scene, self.arrangement.channels[0]) if self.scene.layer.gate else ()
        if gate and len(self.arrangement.channels) == 1:
            # In rows of two: grad_output and z, the slope there and their product; then what a pooling chose from.
            gated, *chosen = data
            pairs = Place("input", (*gate, gated), is_paired=True)
            return (pairs, *([Place("chosen", tuple(chosen))] if chosen else []), *results)
        return (*gate_places(self.scene, self.arrangement.channels[0]), Place("input", data), *results)

    # Their numbers.

    def data_plane(self, channel: int) -> Plane:
        name = self.scene.layer.data
        values = as_plane(self.scene.data[channel])
        side, scale = numbered_side(self.scene), largest(self.scene.data)
        return Plane(f"x.{channel}", self.space(name), name, values, scale, unread=self.unread, numbered_side=side)

    @property
    def unread(self) -> NDArray[np.bool_] | None:
        """The numbers that no window of a convolution reads: their stamps land nowhere."""
        if self.scattering.is_lanes or self.scattering.ruled:
            return None
        rows, cols = (side.read_counts == 0 for side in self.scene.layer.relation.sides)
        unread: NDArray[np.bool_] = np.logical_or.outer(rows, cols)
        return unread

    def witness_plane(self, channel: int, witness: str) -> Plane:
        """The grid that says where everything goes, where no window does."""
        values = self.scene.grid(witness)
        space: Any = "product" if witness == "indices" else self.space("x")
        return Plane(f"v.{channel}", space, witness, as_plane(values[channel]), largest(values))

    def kernel_plane(self, weight: int) -> Plane:
        """A plane of weights as the stamp has them: turned where the stamp is turned."""
        name, kernels, scatter_map = self.scene.layer.weights, self.scattering.kernels, self.scatter_map
        assert name is not None
        assert kernels is not None
        values, scale = kernels[weight].reshape(scatter_map.rows.places, -1), largest(self.scene.weights)
        return Plane(f"w.{weight}", self.space(name), name, values, scale, turned=self.scatter_map.cols.turned)

    def stamp_plane(self, filter: int, step: int) -> Plane:
        """What lands on one result plane; nothing where this step goes elsewhere."""
        channel, data = divmod(step, self.scatter_map.size)
        values = np.zeros(self.scatter_map.places)
        if filter in self.scattering.sends(channel):
            numbers = self.scattering.numbers(channel, data, filter)
            values = np.array([np.nan if number is None else number for number in numbers])
        scale = largest(self.scene.data) * (1.0 if self.scattering.is_lanes else largest(self.scene.weights))
        return Plane(f"p.{filter}", "product", "", values.reshape(self.scatter_map.rows.places, -1), scale)

    def space(self, grid: str) -> Any:
        return self.scene.layer.space(grid)

    # Their size and their words.

    def titled_data(self, channel: int) -> list[Titled]:
        title = self.scene.roles.data
        if len(self.scene.data) > 1:
            title = page.CHANNEL.format(index=channel + self.scene.presentation.first_index)
        titled, witness = [Titled(self.data_plane(channel), title)], self.scattering.witness
        if witness:
            title = words.WINNERS if witness == "x" else words.PLACES
            titled.append(Titled(self.witness_plane(channel, witness), title))
        return titled

    def titled_kernels(self, filter: int) -> list[Titled]:
        """The weights through which each drawn data plane lands on a result plane."""
        if self.scattering.is_lanes:
            return []
        sends = {channel: self.scattering.sends(channel) for channel in self.arrangement.channels}
        weights = {channel: weight_of[filter] for channel, weight_of in sends.items() if filter in weight_of}
        name, first = self.scene.roles.weights, self.scene.presentation.first_index
        name = words.TURNED.format(name=name) if self.scatter_map.cols.turned else name
        return [
            Titled(
                self.kernel_plane(weight),
                words.KERNEL_FOR.format(index=channel + first) if len(weights) > 1 else name,
            )
            for channel, weight in weights.items()
        ]

    def titled_stamp(self, filter: int, step: int) -> Titled:
        lane = words.SHARES if self.scattering.spots is None else words.LANDED
        title = (lane if self.scattering.is_lanes else words.STAMP).format(data=self.scene.layer.data)
        label = words.STAMP_LABEL.format(index=filter + self.scene.presentation.first_index)
        return Titled(self.stamp_plane(filter, step), title, label)

    def titled_results(self, filter: int, step: int) -> tuple[Titled, ...]:
        title, first = self.scene.roles.result, self.scene.presentation.first_index
        many = f"{title} {filter + first}" if self.scatter_map.planes > 1 else title
        plane = self.sums.plane(filter, step)
        stamps: Marks = self.sums.dots(filter, step, plane)
        if self.scene.presentation.reads:  # the checkerboard of kernel 3, stride 2
            stamps = (Counts(self.scattering.counts(filter, self.sums.last)),)
        result = Titled(plane, many, marks=(*stamps, *self.marks(plane)))
        if self.scene.b is None:
            return (result,)
        b = self.scene.b
        bias = Plane(f"b.{filter}", "tap", "b", b[filter : filter + 1, np.newaxis], largest(b))
        return (result, Titled(bias, words.FINAL_BIAS))

    def marks(self, plane: Plane) -> Marks:
        """What is drawn next to the numbers: the ruler, and what is cut off."""
        measured: Marks = ()
        if self.scattering.ruled:
            extra = each(self.scene.layer.parameters.get("output_padding", 0))
            measured = (*ruler((self.scatter_map.rows, self.scatter_map.cols)), *output_padding(plane, extra))
        return (*measured, *cut_off(plane.margin))


def each(count: int | list[int]) -> tuple[int, int]:
    """One number for rows and columns, or one for each."""
    if isinstance(count, int):
        return count, count
    return (0, count[0]) if len(count) == 1 else (count[0], count[1])
