"""Scatter: one number of the data is read, and its stamp lands on the result; overlaps add up.

static/js/views/scatter.js makes the same frames.
"""

from collections.abc import Callable
from functools import cached_property, lru_cache, partial
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.encoding import encode
from app.painters import landing_marks as marks
from app.painters.marks import heat
from app.painters.svg import CELL as UNITS
from app.painters.width import CELL, TALL, WIDE
from app.scene import Scene
from app.views import landing as landings
from app.views.frame import Equation, Fill, Frame, Link, Outline, Stamp, Tally
from app.views.gather import MAX_CELLS, Arrangement, around
from app.views.landing import Scattering, laid
from app.views.plane import Plane, as_plane, is_picture, largest
from app.views.view import Place, Titled
from app.words import page
from app.words import scatter as words
from kernels.axis import Cells
from kernels.relation import NOTHING
from kernels.scatter import Landed, Lands

Array = NDArray[np.float64]

MAX_PLANES = 4
"""Data planes, and result planes, that are drawn."""
MAX_KERNELS = 6
MOST_TALLIES = 3
"""Overlaps that the equation writes out."""
MOST_TOLD = 100_000
"""Numbers of y that are sent at the end."""
SMALL_CELL = 26
"""Pixels of a kernel's cell where there are several."""
STACKED = 560
"""Pixels that planes under each other may take."""
BESIDE = 150
"""Pixels between the planes."""


class Scatter:
    """A scene told by its stamps: each step reads one number of the data, and says where it goes."""

    name = "scatter"
    leads = "channel"
    """What the playhead goes through, plane after plane."""

    def __init__(self, scene: Scene, scattering: Callable[[Scene], Scattering]) -> None:
        self.scene = scene
        self.scattering = scattering(scene)
        self.landing = self.scattering.landing
        self.landed = lru_cache(2)(self.landed_at)

    # What the steps are.

    @property
    def steps(self) -> int:
        return int(self.scene.data.size)

    @property
    def filters(self) -> int:
        return self.landing.planes

    @property
    def rest(self) -> int:
        """Of the largest numbers the one nearest to the middle, where stamps overlap; in the channel of the link."""
        sizes = np.abs(self.scene.data.reshape(len(self.scene.data), *self.data_shape))
        channel = self.scene.presentation.channel
        channel = int(sizes.max(axis=(1, 2)).argmax()) if channel is None else min(channel, len(sizes) - 1)
        cells = np.argwhere(sizes[channel] == sizes[channel].max())
        distances = np.abs(2 * cells - np.array(self.data_shape) + 1).sum(axis=1)
        row, col = cells[distances.argmin()].tolist()
        return int(channel * sizes[channel].size + row * self.data_shape[1] + col)

    def place(self, step: int) -> tuple[int, int]:
        """(data plane, its number) of a step: plane after plane, each in reading order."""
        return divmod(step, self.steps // len(self.scene.data))

    def index(self, step: int) -> list[int]:
        """The index of a number of the data as PyTorch counts it; one plane needs no number."""
        shape = self.scene.grid(self.scene.layer.data).shape
        spatial = len(shape) if len(self.scene.data) > 1 else self.scene.operation.spatial
        return [int(i) for i in np.unravel_index(step, shape)][-spatial:]

    def result_index(self, filter: int, cell: int) -> list[int] | None:
        """The index in y of a drawn cell; None for the rim."""
        top, right, bottom, left = self.scattering.margin
        (rows, cols), (row, col) = self.landing.shape, divmod(cell, self.landing.cols.drawn)
        if not (top <= row < rows - bottom and left <= col < cols - right):
            return None
        index = [row - top, col - left][-self.scene.operation.spatial :]
        return [filter, *index] if self.filters > 1 else index

    # What a step does.

    def sends(self, channel: int) -> dict[int, int]:
        """The result planes that a data plane's numbers land on, each with its plane of weights, or −1."""
        return dict(self.landing.sends[channel])

    def products(self, step: int, weight: int) -> list[float | None]:
        """What lands at each place of the stamp; None for a place that lands nowhere."""
        channel, data = self.place(step)
        value = float(self.scene.data[channel].flat[data])
        divisors, cells = self.scattering.divisors, self.scattering.cells(channel, data)
        if divisors is not None:
            values = [value / int(divisors[data])] * len(cells)
        elif weight == NOTHING:
            values = [value]
        else:
            values = [value * each + 0.0 for each in self.kernel(weight).ravel().tolist()]
        return [None if cell == NOTHING else landed for cell, landed in zip(cells, values, strict=True)]

    def landed_at(self, step: int) -> Landed:
        """What one step did to the planes that are drawn."""
        return self.scattering.tell(step, step + 1, self.arrangement.filters)

    def reached(self, channel: int) -> list[int]:
        """The result planes, of those that are drawn, that a data plane's numbers land on."""
        return [filter for filter in self.arrangement.filters if filter in self.sends(channel)]

    def picture(self, filter: int, step: int) -> Array:
        """(cells): what a drawn result plane holds after a step, rim included."""
        channel, data = self.place(step)
        landed, reached = self.landed(step), self.reached(channel)
        picture: Array = landed.before[self.arrangement.filters.index(filter)].copy()
        if filter in reached:
            cells = np.array(self.scattering.cells(channel, data))
            picture[cells[cells != NOTHING]] = landed.after[0, reached.index(filter)][cells != NOTHING]
        return picture

    @cached_property
    def finished(self) -> Array:
        """(planes, cells): y on its place, the rim cut off."""
        top, right, bottom, left = self.scattering.margin
        inner = self.scene.results.reshape(self.filters, self.landing.shape[0] - top - bottom, -1)
        rim = ((0, 0), (top, bottom), (left, right))
        return np.pad(inner, rim, constant_values=np.nan).reshape(self.filters, -1)

    def shown(self, filter: int, step: int) -> tuple[Array, Cells]:
        """(cells), (cells): what a result plane holds after a step, NaN where nothing has landed; and how many stamps.

        After the last one it is y: the bias added, the rim cut off.
        """
        counts = self.counts(filter, step).ravel()
        if step == self.steps - 1:
            return self.finished[filter], np.where(np.isnan(self.finished[filter]), 0, counts)
        return np.where(counts > 0, self.picture(filter, step), np.nan), counts

    # What is drawn.

    @cached_property
    def arrangement(self) -> Arrangement:
        """As many channels and filters as stay readable, those that the link asks for among them."""
        channels, filters = len(self.scene.data), self.filters
        shown_channels, shown_filters = min(channels, MAX_PLANES), min(filters, MAX_PLANES)
        while self.is_crowded(shown_channels, shown_filters) and shown_channels + shown_filters > 2:
            if self.is_lanes:
                shown_channels = shown_filters = shown_channels - 1
            elif shown_filters > shown_channels:
                shown_filters -= 1
            else:
                shown_channels -= 1
        asked = self.scene.presentation
        channel = self.place(self.scene.rest)[0] if asked.channel is None else asked.channel
        filter = next(iter(self.sends(channel))) if asked.filter is None else asked.filter
        if self.is_lanes:
            filter = channel
        return Arrangement(around(channel, shown_channels, channels), around(filter, shown_filters, filters))

    @property
    def is_lanes(self) -> bool:
        """Whether every channel goes its own way, without weights."""
        return self.scene.layer.weights is None

    def is_crowded(self, channels: int, filters: int) -> bool:
        data, result = prod(self.data_shape), prod(self.landing.shape)
        data *= not is_picture(self.data_shape, data)
        result *= not self.is_large
        kernels = 0 if self.is_lanes else channels * filters
        cells = channels * data + filters * (result + self.landing.places) + kernels * self.landing.places
        return kernels > MAX_KERNELS or cells > MAX_CELLS

    @property
    def data_shape(self) -> tuple[int, ...]:
        return as_plane(self.scene.data[0]).shape

    @property
    def is_large(self) -> bool:
        """Whether the result is a picture, which is shown finished."""
        return is_picture(as_plane(self.scene.results[0]).shape, prod(self.landing.shape))

    def kernel(self, weight: int) -> Array:
        """A plane of weights as the stamp has them: turned where the stamp is turned."""
        kernel: Array = laid(self.scene, self.landing)[weight]
        return kernel.reshape(self.landing.rows.places, -1)

    def connected(self, filter: int) -> dict[int, int]:
        """The drawn data planes that land on a result plane, each with its plane of weights."""
        return {c: self.sends(c)[filter] for c in self.arrangement.channels if filter in self.sends(c)}

    def data_plane(self, channel: int) -> Plane:
        name = self.scene.layer.data
        values = as_plane(self.scene.data[channel])
        return Plane(f"x.{channel}", self.space(name), name, values, largest(self.scene.data))

    @property
    def witness(self) -> str | None:
        """The grid that says where everything goes, where no window does: the indices, or the x that was pooled."""
        if not self.is_indexed:
            return None
        return "indices" if self.scene.layer.data == "x" else "x"

    def witness_plane(self, channel: int) -> Plane:
        assert self.witness is not None
        values = self.scene.grid(self.witness)
        space: Any = "product" if self.witness == "indices" else self.space("x")
        return Plane(f"v.{channel}", space, self.witness, as_plane(values[channel]), largest(values))

    def kernel_plane(self, weight: int) -> Plane:
        name, scale, turned = self.scene.layer.weights, largest(self.scene.weights), self.landing.cols.turned
        assert name is not None
        return Plane(f"w.{weight}", self.space(name), name, self.kernel(weight), scale, turned=turned)

    def stamp_plane(self, filter: int, step: int) -> Plane:
        """What lands on one result plane; nothing where this step goes elsewhere."""
        sends = self.sends(self.place(step)[0])
        values = np.zeros(self.landing.places)
        if filter in sends:
            values = np.array([np.nan if p is None else p for p in self.products(step, sends[filter])])
        scale = largest(self.scene.data) * (1.0 if self.is_lanes else largest(self.scene.weights))
        return Plane(f"p.{filter}", "product", "", values.reshape(self.landing.rows.places, -1), scale)

    def result_plane(self, filter: int, step: int) -> Plane:
        """The result so far; the whole of it where the link names no step."""
        is_whole = self.scene.presentation.step is None or self.is_large
        values = self.finished[filter] if is_whole else self.shown(filter, step)[0]
        values = values.reshape(self.landing.shape)
        values = np.nan_to_num(values) if self.is_large else values
        return Plane(
            f"y.{filter}", self.space("y"), "y", values, largest(self.scene.results), margin=self.scattering.margin
        )

    def space(self, grid: str) -> Any:
        return self.scene.layer.space(grid)

    # What the stage shows.

    def places(self, frame: Frame) -> tuple[Place, ...]:
        """The data; then for each result its weights over the stamp, and the result itself."""
        step, cell = frame["step"], self.cell
        data = tuple(titled for channel in self.arrangement.channels for titled in self.titled_data(channel, cell))
        rest = [
            place
            for filter in self.arrangement.filters
            for place in (
                Place("middle", (*self.titled_kernels(filter), self.titled_stamp(filter, step))),
                Place("output", self.titled_results(filter, step, cell)),
            )
        ]
        return (Place("input", data), *rest)

    @property
    def cell(self) -> float:
        """Pixels of a cell of data and result, which have one size, so that they can be compared."""
        rows, cols = self.landing.shape
        _, data_cols = self.data_shape
        if self.scene.operation.spatial == 1:
            return min(CELL, WIDE / max(cols, data_cols))
        arrangement = self.arrangement
        across = WIDE - BESIDE - (1 if self.is_lanes else len(arrangement.channels)) * 60 - 100
        if arrangement.is_single:
            return min(CELL, across / (cols + data_cols), TALL / max(rows, self.beside_rows))
        tall = max(rows * len(arrangement.filters), self.beside_rows * len(arrangement.channels))
        return min(CELL, across / (cols + data_cols), max(STACKED / tall, 12))

    @property
    def beside_rows(self) -> int:
        """Rows of a channel of the data, with those of what says where its numbers go."""
        data_rows = self.data_shape[0]
        return data_rows + {None: 0, "x": self.landing.shape[0], "indices": data_rows}[self.witness]

    @property
    def small_cell(self) -> float | None:
        return None if self.arrangement.is_single else SMALL_CELL

    def titled_data(self, channel: int, cell: float) -> list[Titled]:
        title = page.role(self.scene.operation.name, "data")
        if len(self.scene.data) > 1:
            title = page.CHANNEL.format(index=channel + self.scene.presentation.first_index)
        titled = [Titled(self.data_plane(channel), title, cell=cell)]
        if self.witness:
            witness = words.WINNERS if self.witness == "x" else words.PLACES
            titled.append(Titled(self.witness_plane(channel), witness, cell=cell))
        return titled

    def titled_kernels(self, filter: int) -> list[Titled]:
        if self.is_lanes:
            return []
        title = page.role(self.scene.operation.name, "weights")
        titles = dict.fromkeys(self.connected(filter), title)
        if self.landing.cols.turned:
            titles = dict.fromkeys(titles, words.TURNED.format(name=title))
        if len(titles) > 1:
            first = self.scene.presentation.first_index
            titles = {channel: words.KERNEL_FOR.format(index=channel + first) for channel in titles}
        return [
            Titled(self.kernel_plane(weight), titles[channel], cell=self.small_cell)
            for channel, weight in self.connected(filter).items()
        ]

    def titled_stamp(self, filter: int, step: int) -> Titled:
        title = words.STAMP if self.scene.layer.weights else words.LANDED if self.is_indexed else words.SHARES
        title = title.format(data=self.scene.layer.data)
        label = words.STAMP_LABEL.format(index=filter + self.scene.presentation.first_index)
        return Titled(self.stamp_plane(filter, step), title, label, cell=self.small_cell)

    def titled_results(self, filter: int, step: int, cell: float) -> tuple[Titled, ...]:
        title, first = page.role(self.scene.operation.name, "y"), self.scene.presentation.first_index
        many = f"{title} {filter + first}" if self.filters > 1 else title
        plane = self.result_plane(filter, step)
        drawn = self.marks(plane, filter, step, UNITS / cell)
        result = Titled(plane, many, extra=self.written(plane, filter), marks=drawn, cell=cell)
        if self.scene.b is None:
            return (result,)
        b = self.scene.b
        bias = Plane(f"b.{filter}", "tap", "b", b[filter : filter + 1, np.newaxis], largest(b))
        return (result, Titled(bias, words.FINAL_BIAS))

    @property
    def is_indexed(self) -> bool:
        return self.scattering.spots is not None

    def marks(self, plane: Plane, filter: int, step: int, unit: float) -> str:
        """What is drawn beside the numbers: overlaps, the ruler, and what is cut off."""
        is_whole = self.scene.presentation.step is None
        counts = self.counts(filter, self.steps - 1 if is_whole else step)
        drawn = "" if self.scene.presentation.reads else self.pips(plane, filter, counts, step)
        if self.scattering.ruled:
            extra = each(self.scene.layer.parameters.get("output_padding", 0))
            drawn += marks.ruler((self.landing.rows, self.landing.cols), unit)
            drawn += marks.output_padding(plane, extra, unit)
        return drawn + (marks.cut_off(plane, unit) if any(plane.margin) else "")

    def pips(self, plane: Plane, filter: int, counts: Cells, step: int) -> str:
        is_cut = self.scene.presentation.step is None or step == self.steps - 1
        return marks.pips(counts, int(self.counts(filter, self.steps - 1).max()), plane, is_cut)

    def written(self, plane: Plane, filter: int) -> str:
        """How often each cell is written, where the link asks for it: the checkerboard of kernel 3, stride 2."""
        return heat(self.counts(filter, self.steps - 1), plane) if self.scene.presentation.reads else ""

    def counts(self, filter: int, step: int) -> Cells:
        """How many stamps have landed on each cell of a result plane, shape (rows, cols)."""
        last, data = self.place(step)
        rows, cols = self.landing.rows, self.landing.cols
        if self.scattering.spots is not None:
            stop = data + 1 if filter == last else self.scattering.spots.shape[1] if filter < last else 0
            spots = self.scattering.spots[filter][:stop]
            return np.bincount(spots, minlength=rows.drawn * cols.drawn).reshape(rows.drawn, cols.drawn)
        whole = np.outer(reaching(rows, rows.size), reaching(cols, cols.size))
        senders = [channel for channel in range(last) if filter in self.sends(channel)]
        counted = whole * len(senders)
        if filter in self.sends(last):
            row, col = divmod(data, cols.size)
            counted = counted + np.outer(reaching(rows, row), reaching(cols, cols.size))
            here = reaching(rows, row + 1) - reaching(rows, row)
            counted = counted + np.outer(here, reaching(cols, col + 1))
        return counted

    # What the stream says.

    def opening(self) -> dict[str, Any]:
        layer, scattering = self.scene.layer, self.scattering
        return {
            "roles": {"data": layer.data, "weights": layer.weights},
            "axes": [table(lands) for lands in (self.landing.rows, self.landing.cols)],
            "spatial": self.scene.operation.spatial,
            "sends": self.landing.sends,
            "told": self.arrangement.filters,
            "spots": None if scattering.spots is None else encode(scattering.spots),
            "divisors": None if scattering.divisors is None else encode(scattering.divisors),
            "adds": scattering.adds,
        }

    @property
    def numbers_told(self) -> int:
        landed = max(len(self.reached(channel)) for channel in range(len(self.scene.data))) * self.landing.places
        return max(landed * (2 if self.is_large else 1), 1)

    def told(self, start: int, stop: int) -> dict[str, Any]:
        """Of the planes that are drawn, the picture before these steps, rim included, what the cells touched hold after
        each, and at the end y. Of those too large for numbers only what the cells touched held before and after."""
        landed = self.scattering.tell(start, stop, self.arrangement.filters)
        y = self.scene.results[list(self.arrangement.filters)]
        return {
            **({"was": encode(landed.was)} if self.is_large else {"before": encode(landed.before)}),
            "after": encode(landed.after),
            **({"y": encode(y.reshape(len(y), -1))} if stop == self.steps and y.size <= MOST_TOLD else {}),
        }

    # What one step shows.

    def frame(self, step: int) -> Frame:
        channel, data = self.place(step)
        sends = self.sends(channel)
        drawn = self.reached(channel)
        fills: list[Fill] = [{"plane": f"p.{filter}", "values": self.products(step, sends[filter])} for filter in drawn]
        if not self.is_large:
            fills += [self.held(filter, step) for filter in self.arrangement.filters]
        return {
            "step": step,
            "fills": fills,
            "outlines": self.outlines(channel, data, drawn),
            "links": links(channel, drawn),
            "labels": [],
            "equation": self.equation(step, drawn),
        }

    def held(self, filter: int, step: int) -> Fill:
        values, counts = self.shown(filter, step)
        return {"plane": f"y.{filter}", "values": listed(values), "counts": counts.tolist()}

    def outlines(self, channel: int, data: int, drawn: list[int]) -> list[Outline]:
        cells = self.scattering.cells(channel, data)
        taps = [place for place, cell in enumerate(cells) if cell != NOTHING]
        touched = [cell for cell in cells if cell != NOTHING]
        outlines: list[Outline] = [{"plane": f"x.{channel}", "cells": [data], "role": "window"}]
        if self.scene.layer.weights:
            kernels = [self.sends(channel)[filter] for filter in drawn]
            outlines += [{"plane": f"w.{weight}", "cells": taps, "role": "kernel"} for weight in kernels]
        if self.witness == "indices":
            outlines.append({"plane": f"v.{channel}", "cells": [data], "role": "window"})
        elif self.witness:
            outlines.append({"plane": f"v.{channel}", "cells": touched, "role": "winner"})
        outlines += [{"plane": f"y.{filter}", "cells": touched, "role": "output"} for filter in drawn]
        return outlines

    def equation(self, step: int, drawn: list[int]) -> Equation:
        channel, data = self.place(step)
        filter = next(iter(drawn), next(iter(self.sends(channel))))
        return {
            "index": self.index(step),
            "channel": channel,
            "place": 0,
            "rows": [],
            "sums": [],
            "bias": None,
            "reduction": "sum",
            "power": 1,
            "divisor": None,
            "factor": None,
            "y": float(self.scene.data[channel].flat[data]),
            "a": None,
            "stamp": self.stamp(step, filter),
        }

    def stamp(self, step: int, filter: int) -> Stamp:
        channel, data = self.place(step)
        weight, divisors = self.sends(channel)[filter], self.scattering.divisors
        products, cols = self.products(step, weight), self.landing.cols.places
        tallies = self.tallies(step, filter, products)
        return {
            "grid": self.scene.layer.data,
            "divisor": None if divisors is None else int(divisors[data]),
            "weights": None if weight == NOTHING else self.kernel(weight).tolist(),
            "products": [products[first : first + cols] for first in range(0, len(products), cols)],
            "tallies": tallies[:MOST_TALLIES],
            "overlaps": len(tallies),
            "target": self.result_index(filter, self.scattering.cells(channel, data)[0]) if self.is_indexed else None,
            "adds": self.scattering.adds,
        }

    def tallies(self, step: int, filter: int, products: list[float | None]) -> list[Tally]:
        """Where this stamp meets what earlier ones have left, in reading order; not in the rim."""
        channel, data = self.place(step)
        reached = self.reached(channel)
        if filter not in reached or not step:
            return []
        was, after = (
            part[0, reached.index(filter)].tolist() for part in (self.landed(step).was, self.landed(step).after)
        )
        held = self.counts(filter, step - 1).ravel()
        met: list[Tally] = []
        for place, cell in enumerate(self.scattering.cells(channel, data)):
            index, product = None if cell == NOTHING else self.result_index(filter, cell), products[place]
            if index is not None and product is not None and held[cell]:
                met.append({"index": index, "before": was[place], "added": product, "after": after[place]})
        return met


def reaching(lands: Lands, stop: int) -> Cells:
    """How many of the first `stop` stamps along an axis reach each cell."""
    cells = lands.cells[:stop]
    return np.bincount(cells[cells != NOTHING], minlength=lands.drawn)


def each(count: int | list[int]) -> tuple[int, int]:
    """One number for rows and columns, or one for each."""
    if isinstance(count, int):
        return count, count
    return (0, count[0]) if len(count) == 1 else (count[0], count[1])


def listed(values: Array) -> list[float | None]:
    """Numbers, and None for what is cut off."""
    return [None if np.isnan(value) else value for value in values.tolist()]


@lru_cache(128)
def table(lands: Lands) -> dict[str, Any]:
    """lands[data number][place] is a drawn cell of the result, or −1; `margin` cells (before, after) are cut off."""
    told = {"input": lands.size, "drawn": lands.drawn, "margin": lands.margin, "lands": encode(lands.cells)}
    return {**told, "turned": True} if lands.turned else told


def links(channel: int, drawn: list[int]) -> list[Link]:
    """From the number to its stamp, and from there to where it lands."""
    to_stamp: list[Link] = [{"start": f"x.{channel}", "end": f"p.{filter}", "role": "window"} for filter in drawn]
    to_result: list[Link] = [{"start": f"p.{filter}", "end": f"y.{filter}", "role": "output"} for filter in drawn]
    return to_stamp + to_result


ConvolutionScatter = partial(Scatter, scattering=landings.forward)
TransposedScatter = partial(Scatter, scattering=landings.transposed)
AverageScatter = partial(Scatter, scattering=landings.averaged)
IndexedScatter = partial(Scatter, scattering=landings.indexed)
