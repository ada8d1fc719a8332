"""Zero insertion: a transposed convolution as a convolution, over the data with zeros between and the kernel turned.

Beside it stands the scatter, in step with it: which numbers of the data, through which weights, reach the same output.
static/js/views/zero-insertion.js makes the same frames, from the tables of the axes: that is 13 lines. A table of what
lights on the board would take 3 KB for 7 × 7 numbers and 57 KB for a digit, so the lines would have to stay too.
"""

from dataclasses import replace

from app.views.common.stretching import Stretching
from app.views.frame import Frame, Outline
from app.views.plane import Plane, as_plane, largest
from app.views.view import ChannelTable, Place, Titled
from app.views.words import scatter as words

MAX_KERNELS = 6
"""Kernels that stand on the board of several channels."""


class ZeroInsertion(Stretching):
    """A transposed convolution window by window: most of what they read are zeros that were put in."""

    name = "zero-insertion"
    summary = words.SUMMARY_OF_ZEROS

    def met(self, step: int) -> list[tuple[int, int]]:
        """(number of the data, weight) for each place of the window on which a number lies, zeros put in left out."""
        window, sources = self.window(step), self.sources
        taps = range(len(window))[::-1] if self.turned else range(len(window))
        return [(int(sources[cell]), tap) for cell, tap in zip(window, taps, strict=True) if cell >= 0 <= sources[cell]]

    def frame(self, step: int) -> Frame:
        frame = super().frame(step)
        return {**frame, "outlines": [*frame["outlines"], *self.board(step)]}

    def board(self, step: int) -> list[Outline]:
        """The same output on the board beside: the numbers that reach it, and the weights through which they do."""
        filter, _ = self.place(step)
        channels = [channel for channel in self.arrangement.channels if channel in self.group_of(filter)]
        data, taps = ([pair[part] for pair in self.met(step)] for part in (0, 1))
        outlines: list[Outline] = [{"plane": f"o.{channel}", "cells": data, "role": "window"} for channel in channels]
        weights = [self.weight_of(filter, channel) for channel in channels]
        outlines += [{"plane": f"k.{weight}", "cells": taps, "role": "kernel"} for weight in weights]
        return outlines

    # What is drawn.

    def places(self, frame: Frame) -> tuple[Place, ...]:
        """The board, and the gather over the stretched data."""
        filter, _ = self.place(frame["step"])
        channel = self.group_of(filter)[0]
        return (Place("board", self.titled_board(filter, channel)), *super().places(frame))

    def channel_table(self, step: int) -> ChannelTable | None:
        table = super().channel_table(step)
        return table and replace(table, places=(*table.places, *self.boards()))

    def boards(self) -> tuple[Place, ...]:
        """Under a table of channels: each of them as it is, and the kernels where they are few."""
        arrangement = self.arrangement
        pairs = [(f, c) for f in arrangement.filters for c in arrangement.channels if c in self.group_of(f)]
        data = tuple(self.titled_data(channel) for channel in arrangement.channels)
        kernels = tuple(self.titled_kernel(*pair) for pair in pairs) if len(pairs) <= MAX_KERNELS else ()
        return (Place("board", data), Place("board", kernels))

    def titled_board(self, filter: int, channel: int) -> tuple[Titled, Titled]:
        return self.titled_data(channel), self.titled_kernel(filter, channel)

    def titled_data(self, channel: int) -> Titled:
        """A plane of the data as it is, without zeros between."""
        name, data = self.scene.layer.data, as_plane(self.scene.data[channel])
        scale = largest(self.scene.data)
        plane = Plane(f"o.{channel}", self.space(name), name, data, scale, numbered_side=self.numbered_side)
        title = self.roles.data if len(self.scene.data) == 1 else self.channel_title(channel)
        return Titled(plane, words.BOARD.format(name=title), small=True)

    def titled_kernel(self, filter: int, channel: int) -> Titled:
        """A plane of the weights as it is, not turned."""
        weight, weights, name = self.weight_of(filter, channel), self.scene.weights, self.scene.layer.weights
        assert weights is not None
        assert name is not None
        plane = Plane(f"k.{weight}", "tap", name, as_plane(weights[weight]), largest(weights))
        first = self.scene.presentation.first_index
        pair = words.PAIR.format(channel=channel + first, filter=filter + first)
        return Titled(plane, words.BOARD.format(name=self.roles.weights if len(weights) == 1 else pair), small=True)
