"""Scatter, step by step. static/js/views/scatter.js makes the same frames."""

from typing import Any

import numpy as np

from app.equation.facts import Stamp
from app.scene.scene import Scene
from app.text.encoding import encode
from app.views.arrangement import Arrangement
from app.views.common.running_sums import MOST_TALLIES, RunningSums
from app.views.common.scattering import Scattering, check_zeros, scattering_of, tables
from app.views.frame import Fill, Frame, Link, Outline
from app.views.plane import as_plane
from app.views.rhythm import Rhythm
from app.views.scatter.drawing import ScatterPlanes, arrange
from app.views.view import Place, View, start_step
from app.views.words import scatter as words
from kernels.cached import cached_property
from kernels.relation import NOTHING
from kernels.scatter import ScatterMap

MOST_SENT = 100_000
"""Numbers of y that are sent at the end."""


class Scatter(View):
    """A scene by its stamps: each step reads one number of the data, and says where it goes."""

    name = "scatter"
    act = "stamp"
    summary = words.SUMMARY
    leads = "channel"

    def __init__(self, scene: Scene) -> None:
        check_zeros(scene)
        self.scene = scene

    @cached_property
    def scattering(self) -> Scattering:
        return scattering_of(self.scene)

    @property
    def scatter_map(self) -> ScatterMap:
        return self.scattering.scatter_map

    # What the steps are.

    @property
    def steps(self) -> int:
        return self.scene.layer.inputs

    @property
    def filters(self) -> int:
        return self.scatter_map.planes

    @property
    def is_lanes(self) -> bool:
        return self.scattering.is_lanes

    @property
    def notable_step(self) -> int:
        """Of the largest numbers the one nearest to the middle, where stamps overlap; in the channel of the link."""
        sizes = np.abs(np.array([as_plane(plane) for plane in self.scene.data]))
        channel = self.scene.presentation.channel
        channel = int(sizes.max(axis=(1, 2)).argmax()) if channel is None else min(channel, len(sizes) - 1)
        cells = np.argwhere(sizes[channel] == sizes[channel].max())
        distances = np.abs(2 * cells - np.array(sizes.shape[1:]) + 1).sum(axis=1)
        return int(np.ravel_multi_index((channel, *cells[distances.argmin()]), sizes.shape))

    @property
    def rhythm(self) -> Rhythm:
        """A stamp of nothing but zeros is plain."""
        data = self.scene.data.ravel()
        return Rhythm(self.steps, self.scatter_map.cols.size, self.scatter_map.size, lambda step: not data[step])

    def plane_of(self, step: int) -> int:
        return self.place(step)[0]

    def place(self, step: int) -> tuple[int, int]:
        """(data plane, its number) of a step: plane after plane, each in reading order."""
        return divmod(step, self.scatter_map.size)

    def index(self, step: int) -> list[int]:
        """The index of a number of the data as PyTorch counts it; one plane needs no number."""
        shape = self.scene.grid(self.scene.layer.data).shape
        spatial = len(shape) if len(self.scene.data) > 1 else self.scene.operation.spatial
        return [int(i) for i in np.unravel_index(step, shape)][-spatial:]

    # What is drawn.

    @cached_property
    def arrangement(self) -> Arrangement:
        return arrange(self.scene, self.scattering, self.place(start_step(self))[0])

    @cached_property
    def sums(self) -> RunningSums:
        return RunningSums(self.scene, self.scattering, self.arrangement.filters)

    @cached_property
    def planes(self) -> ScatterPlanes:
        return ScatterPlanes(self.scene, self.scattering, self.arrangement, self.sums)

    def places(self, frame: Frame) -> tuple[Place, ...]:
        return self.planes.places(frame["step"])

    # What the stream says.

    def header(self) -> dict[str, Any]:
        spots, divisors = self.scattering.spots, self.scattering.divisors
        return {
            **tables(self.scene, self.scatter_map, self.arrangement.filters),
            "spots": None if spots is None else encode(spots),
            "divisors": None if divisors is None else encode(divisors),
            "adds": self.scattering.adds,
        }

    @property
    def numbers_per_step(self) -> int:
        touched = (
            max(len(self.sums.touched(channel)) for channel in range(len(self.scene.data))) * self.scatter_map.places
        )
        return max(touched * (2 if self.sums.is_large else 1), 1)

    def batch(self, start: int, stop: int) -> dict[str, Any]:
        """Of the planes that are drawn, the picture before these steps, rim included, what the cells touched hold after
        each, and at the end y. Of those too large for numbers only what the cells touched held before and after."""
        trace = self.scattering.compute(start, stop, self.arrangement.filters)
        y = self.scene.results[list(self.arrangement.filters)]
        return {
            **({"was": encode(trace.was)} if self.sums.is_large else {"before": encode(trace.before)}),
            "after": encode(trace.after),
            **({"y": encode(y.reshape(len(y), -1))} if stop == self.steps and y.size <= MOST_SENT else {}),
        }

    # What one step shows.

    def frame(self, step: int) -> Frame:
        channel, data = self.place(step)
        drawn = self.sums.touched(channel)
        stamps: list[Fill] = [
            {"plane": f"p.{filter}", "values": self.scattering.numbers(channel, data, filter)} for filter in drawn
        ]
        return {
            "step": step,
            "fills": [*stamps, *self.sums.fills(step)],
            "outlines": self.outlines(channel, data, drawn),
            "links": links(channel, drawn),
            "labels": [],
            "equation": self.equation(step, drawn),
        }

    def outlines(self, channel: int, data: int, drawn: list[int]) -> list[Outline]:
        cells, sends = self.scattering.cells(channel, data), self.scattering.sends(channel)
        taps = [place for place, cell in enumerate(cells) if cell != NOTHING]
        touched = [cell for cell in cells if cell != NOTHING]
        outlines: list[Outline] = [{"plane": f"x.{channel}", "cells": [data], "role": "window"}]
        gate = [f"{grid[0]}.{channel}" for grid in self.scene.layer.gate]
        outlines += [{"plane": plane, "cells": [data], "role": "window"} for plane in gate]
        if not self.is_lanes:
            outlines += [{"plane": f"w.{sends[filter]}", "cells": taps, "role": "kernel"} for filter in drawn]
        if self.scattering.witness == "indices":
            outlines.append({"plane": f"v.{channel}", "cells": [data], "role": "window"})
        elif self.scattering.witness:
            outlines.append({"plane": f"v.{channel}", "cells": touched, "role": "winner"})
        outlines += [{"plane": f"y.{filter}", "cells": touched, "role": "output"} for filter in drawn]
        return outlines

    def gate(self, step: int) -> list[float]:
        """What came from above, and the slope that it was multiplied with, where the data is their product."""
        upstream, _, slope = self.scene.layer.gate or ("", "", "")
        return [float(self.scene.grid(grid).flat[step]) for grid in (upstream, slope) if grid]

    def equation(self, step: int, drawn: list[int]) -> Stamp:
        channel, data = self.place(step)
        filter = next(iter(drawn), next(iter(self.scattering.sends(channel))))
        weight, cols = self.scattering.sends(channel)[filter], self.scatter_map.cols.places
        kernels, divisors = self.scattering.kernels, self.scattering.divisors
        products, tallies = self.scattering.numbers(channel, data, filter), self.sums.tallies(filter, step)
        target = None if self.scattering.spots is None else int(self.scattering.spots[channel, data])
        return {
            "kind": "stamp",
            "index": self.index(step),
            "y": float(self.scene.data[channel].flat[data]),
            "grid": self.scene.layer.data,
            "gate": self.gate(step),
            "divisor": None if divisors is None else int(divisors[data]),
            "weights": None if kernels is None else kernels[weight].reshape(-1, cols).tolist(),
            "products": [products[first : first + cols] for first in range(0, len(products), cols)],
            "tallies": tallies[:MOST_TALLIES],
            "overlaps": len(tallies),
            "target": None if target is None else self.sums.index(filter, target),
            "adds": self.scattering.adds,
        }


def links(channel: int, drawn: list[int]) -> list[Link]:
    """From the number to its stamp, and from there to where it lands."""
    to_stamp: list[Link] = [{"start": f"x.{channel}", "end": f"p.{filter}", "role": "window"} for filter in drawn]
    to_result: list[Link] = [{"start": f"p.{filter}", "end": f"y.{filter}", "role": "output"} for filter in drawn]
    return to_stamp + to_result
