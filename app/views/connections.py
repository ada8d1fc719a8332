"""Connections: inputs above, outputs below, a line for every connection; static/js/views/connections.js does the same.

`connections=` says which: `full`, every input to every output; `local`, each window to its output; `shared`, the
same, with one weight for each tap: a convolution. A tap on padding is a multiplication and no connection, in scenes and
in networks alike, as papers count.

Which lines light is worked out on both sides, from the tables of the axis: that is five lines of the script. A table of
every step's inputs would save them, but take up to 3 KB where the `scene` event may grow by 1 KB.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.address.phrases import counted
from app.address.refusal import Refusal
from app.scene.scene import Scene
from app.text import page, refusals
from app.text.encoding import encode
from app.views.arrangement import Arrangement
from app.views.common.companion import one_of_each
from app.views.common.gather import Gather
from app.views.frame import Fill, Frame, Outline
from app.views.marks import Edge, Edges, TapSamples, with_space_for_edges
from app.views.plane import Plane, largest
from app.views.view import Place, Titled
from app.views.words import connections as words
from kernels.relation import NOTHING

MOST_EDGES = 1200
"""More lines would be a grey surface."""
WAYS = ("full", "local", "shared")


@dataclass(frozen=True)
class Way:
    """One way to connect: what it is called, where it is shown, and what it counts."""

    name: str
    address: str
    chosen: bool
    connections: str
    weights: str


@dataclass(frozen=True)
class Direction:
    """Forward or backward over the same connections."""

    name: str
    address: str
    chosen: bool


@dataclass(frozen=True)
class ConnectionsNote:
    ways: list[Way]
    sentence: str
    directions: list[Direction]


class Connections(Gather):
    """A line of numbers by its connections: each step is one output, with the lines that reach it."""

    name = "connections"

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        _, cols = self.reads
        count = cols.drawn * cols.results
        if count > MOST_EDGES:
            inputs, outputs = counted(cols.drawn, "input"), counted(cols.results, "output")
            sentence = words.TOO_MANY.format(inputs=inputs, outputs=outputs, count=count, most=MOST_EDGES)
            raise Refusal(sentence, type="too_large", loc=("view",))
        if self.upstream is not None and len(self.upstream) != cols.results:
            given, outputs = counted(len(self.upstream), "number"), counted(cols.results, "output")
            raise Refusal(refusals.UPSTREAM_COUNT.format(given=given, outputs=outputs), loc=("upstream",))

    @property
    def way(self) -> str:
        return self.scene.presentation.connections

    @property
    def arrangement(self) -> Arrangement:
        return one_of_each(self)

    # Which lines there are.

    def inputs_of(self, cell: int, way: str) -> list[tuple[int, int]]:
        """(drawn input, place in the window) of each connection of an output; a full one has no place."""
        _, cols = self.reads
        if way == "full":
            return [(cols.margin[0] + real, NOTHING) for real in range(cols.size)]
        taps = cols.taps[cell].tolist()
        return [(drawn, place) for place, drawn in enumerate(taps) if cols.source[drawn] >= 0]

    def edges(self, way: str) -> list[Edge]:
        """Every connection, output after output."""
        _, cols = self.reads
        return [
            Edge(cell * cols.drawn + drawn, drawn, cell, place if way == "shared" else NOTHING)
            for cell in range(cols.results)
            for drawn, place in self.inputs_of(cell, way)
        ]

    @property
    def is_backward(self) -> bool:
        """Whether an input and a weight say what flows back to them: the weights of other ways are not known."""
        return self.way == "shared" and self.scene.presentation.direction == "backward"

    def header(self) -> dict[str, Any]:
        backward = {} if self.upstream is None else {"direction": "backward", "upstream": encode(self.upstream)}
        return {**super().header(), "connections": self.way, **backward}

    @property
    def upstream(self) -> NDArray[np.float64] | None:
        """One plane of it, as only one is drawn."""
        if not self.is_backward:
            return None
        given = self.scene.presentation.upstream
        return np.ones(self.reads[1].results) if given is None else np.array(given)

    # What one step shows.

    def frame(self, step: int) -> Frame:
        frame = super().frame(step)
        _, cell = self.place(step)
        [channel] = self.arrangement.channels
        inputs = [drawn for drawn, _ in self.inputs_of(cell, self.way)]
        lit = [cell * self.reads[1].drawn + drawn for drawn in inputs]
        fills: list[Fill] = [fill for fill in frame["fills"] if fill["plane"].startswith("y.")]
        outlines: list[Outline] = [
            *(outline for outline in frame["outlines"] if not outline["plane"].startswith("x.")),
            {"plane": f"x.{channel}", "cells": inputs, "role": "window"},
            {"plane": "e.0", "cells": lit, "role": "kernel"},
        ]
        return {**frame, "fills": fills, "outlines": outlines, "links": [], "labels": []}

    def places(self, frame: Frame) -> tuple[Place, ...]:
        """The inputs over the outputs, their connections between; the weights beside them."""
        filter, _ = self.place(frame["step"])
        [channel] = self.arrangement.channels
        _, cols = self.reads
        lit = next(outline["cells"] for outline in frame["outlines"] if outline["plane"] == "e.0")
        inputs = self.titled_input(channel)
        outputs, kernel = self.titled_output(filter), self.titled_slice(filter, channel)
        nodes = with_space_for_edges(outputs.plane, cols.drawn)
        edges = (Edges(tuple(self.edges(self.way)), frozenset(lit)),)
        above = () if self.upstream is None else (self.titled_upstream(nodes, self.upstream[np.newaxis]),)
        samples = (TapSamples(),) if self.way == "shared" else ()
        return (
            Place(
                "nodes",
                (
                    Titled(inputs.plane, inputs.title, marks=inputs.marks),
                    Titled(nodes, outputs.title, marks=edges),
                    *above,
                ),
            ),
            Place("kernel", (Titled(kernel.plane, kernel.title, marks=samples),)),
        )

    def titled_upstream(self, outputs: Plane, values: NDArray[np.float64]) -> Titled:
        """Under each output what comes from above."""
        _, right, _, left = outputs.clearance
        plane = Plane("u.0", "output", "", values, largest(values), clearance=(0, right, 0, left))
        return Titled(plane, page.UPSTREAM)

    # The note.

    def note(self, prefix: str) -> ConnectionsNote:
        _, cols = self.reads
        remarks = [words.SENTENCES[self.way].format(weights=counted(cols.places, words.WEIGHT))]
        if len(self.scene.data) > 1 or self.filters > 1:
            remarks.append(words.ONE_PLANE)
        if self.lost:
            remarks.append(words.NO_ZEROS)
        if self.scene.b is not None:
            remarks.append(words.NO_BIAS)
        if self.is_backward:
            remarks = [words.BACKWARD]
        return ConnectionsNote(
            [self.counted_way(way, prefix) for way in WAYS], " ".join(remarks), self.directions(prefix)
        )

    def directions(self, prefix: str) -> list[Direction]:
        """Both ways to look at a convolution; of the others only the forward one is known."""
        if self.way != "shared":
            return []
        return [
            Direction(
                words.DIRECTIONS[direction],
                self.scene.address("", prefix, direction=None if direction == "forward" else direction, step=None),
                (direction == "backward") == self.is_backward,
            )
            for direction in words.DIRECTIONS
        ]

    @property
    def lost(self) -> int:
        """How many taps lie on padded zeros."""
        _, cols = self.reads
        return cols.results * cols.places - len(self.edges("local"))

    def counted_way(self, way: str, prefix: str) -> Way:
        _, cols = self.reads
        count = len(self.edges(way))
        product = f"{cols.results} · {cols.size if way == 'full' else cols.places}"
        without = f" − {self.lost}" if self.lost and way != "full" else ""
        return Way(
            name=words.NAMES[way],
            address=self.scene.address("", prefix, connections=None if way == "shared" else way, step=None),
            chosen=way == self.way,
            connections=f"{product}{without} = {count}",
            weights=str(cols.places if way == "shared" else count),
        )
