"""Gather: the window reads, one output is written. static/js/views/gather.js makes the same frames."""

from dataclasses import dataclass
from math import prod

import numpy as np

from app.scene import Scene
from app.views.frame import Equation, Fill, Frame, Link, Outline
from app.views.plane import Plane, as_plane, as_rows, is_picture, largest, padded

MAX_CELLS = 3000
MAX_CHANNELS = 6
MAX_FILTERS = 4


@dataclass(frozen=True)
class Arrangement:
    """Which channels and filters are drawn large; the others fold into thumbnails."""

    channels: tuple[int, ...]
    filters: tuple[int, ...]

    @property
    def is_single(self) -> bool:
        """One channel and one filter need no table."""
        return len(self.channels) == len(self.filters) == 1


def group_of(scene: Scene, filter: int) -> range:
    """The input channels that this filter reads."""
    per_group = scene.w.shape[1]
    first = filter // (scene.w.shape[0] // scene.layer.groups) * per_group
    return range(first, first + per_group)


def arrange(scene: Scene) -> Arrangement:
    """As many channels and filters as stay readable, those that the link asks for among them."""
    channels, filters = scene.x.shape[0], scene.w.shape[0]
    shown_channels, shown_filters = min(channels, MAX_CHANNELS), min(filters, MAX_FILTERS)
    while cells(scene, shown_channels, shown_filters) > MAX_CELLS and shown_channels + shown_filters > 2:
        if shown_filters > 1:
            shown_filters -= 1
        else:
            shown_channels -= 1
    filter, _ = place(scene, scene.rest) if scene.presentation.filter is None else (scene.presentation.filter, ())
    group = group_of(scene, filter)
    asked = scene.presentation.channel
    channel = group[0] if asked is None else asked
    return Arrangement(around(channel, shown_channels, channels), around(filter, shown_filters, filters))


def around(chosen: int, shown: int, count: int) -> tuple[int, ...]:
    """`shown` of `count` neighbours with the chosen one among them."""
    first = min(chosen // shown * shown, count - shown)
    return tuple(range(first, first + shown))


def cells(scene: Scene, channels: int, filters: int) -> int:
    """How many numbered cells are drawn; pictures count as none."""
    taps = prod(scene.w.shape[2:])
    input_cells = prod(axis.padded_size for axis in scene.layer.axes)
    output_cells = prod(scene.layer.y_shape[1:])
    if is_picture(scene.x.shape[1:], input_cells):
        input_cells = 0
    if is_picture(scene.layer.y_shape[1:], output_cells):
        output_cells = 0
    outputs = 2 if scene.layer.activation else 1
    return channels * (input_cells + taps * (filters + 1)) + filters * outputs * output_cells


def input_plane(scene: Scene, channel: int) -> Plane:
    axes = as_rows(scene.layer.axes)
    (top, bottom), (left, right) = (axis.padding for axis in axes)
    values = padded(as_plane(scene.x[channel]), axes)
    return Plane(f"x.{channel}", "input", "x", values, largest(scene.x), (top, right, bottom, left))


def slice_plane(scene: Scene, filter: int, channel: int) -> Plane:
    """A kernel's slice for one input channel, turned where the convolution is a true one."""
    within = channel - group_of(scene, filter)[0]
    values = as_plane(scene.w[filter, within])
    turned = scene.layer.axes[0].flip
    values = values[::-1, ::-1] if turned else values
    return Plane(f"w.{filter}.{channel}", "tap", "w", values, largest(scene.w), turned=turned)


def product_plane(scene: Scene, filter: int, channel: int, step: int) -> Plane:
    """Window ⊙ kernel, for one channel."""
    group = group_of(scene, filter)
    if channel in group:
        values = as_plane(products(scene, channel, step).reshape(scene.w.shape[2:]))
    else:
        values = np.zeros(as_plane(scene.w[0, 0]).shape)
    return Plane(f"p.{channel}", "product", "", values, largest(scene.x) * largest(scene.w))


def bias_plane(scene: Scene, filter: int) -> Plane:
    assert scene.b is not None
    return Plane(f"b.{filter}", "tap", "b", scene.b[filter : filter + 1, np.newaxis], largest(scene.b))


def output_plane(scene: Scene, filter: int) -> Plane:
    return Plane(f"y.{filter}", "output", "y", as_plane(scene.y[filter]), largest(scene.y))


def activation_plane(scene: Scene, filter: int) -> Plane:
    activated = scene.activate(scene.y)
    assert activated is not None
    return Plane(f"a.{filter}", "output", "a", as_plane(activated[filter]), largest(activated))


def place(scene: Scene, step: int) -> tuple[int, tuple[int, ...]]:
    """(filter, output index) of a step: filter, then row, then column."""
    filter, *index = (int(i) for i in np.unravel_index(step, scene.layer.y_shape))
    return filter, tuple(index)


def window(scene: Scene, step: int) -> list[int]:
    """The padded cells under the kernel, in reading order of the window."""
    rows, cols = as_rows(scene.layer.axes)
    _, index = place(scene, step)
    out_row, out_col = (0, *index) if len(index) == 1 else index
    row_cells, col_cells = np.sort(rows.taps[out_row]), np.sort(cols.taps[out_col])
    return [int(row * cols.padded_size + col) for row in row_cells for col in col_cells]


def products(scene: Scene, channel: int, step: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Each input under the kernel times its weight, in reading order of the window."""
    filter, _ = place(scene, step)
    inputs = input_plane(scene, channel).values.ravel()[window(scene, step)]
    return np.asarray(inputs * slice_plane(scene, filter, channel).values.ravel() + 0.0)


def frame(scene: Scene, arrangement: Arrangement, step: int) -> Frame:
    """What one step shows."""
    filter, _ = place(scene, step)
    group = group_of(scene, filter)
    channels = [channel for channel in arrangement.channels if channel in group]
    area = prod(scene.layer.y_shape[1:])
    cells = window(scene, step)
    traced = scene.trace(step, step + 1)
    sums = [float(row[0]) for row in traced.channel_sums]
    fills: list[Fill] = [
        {"plane": f"p.{channel}", "values": products(scene, channel, step).tolist()} for channel in channels
    ]
    for grid in ("y", "a") if scene.layer.activation else ("y",):
        fills += [
            {"plane": f"{grid}.{shown}", "shown": min(max(step + 1 - shown * area, 0), area)}
            for shown in arrangement.filters
        ]
    outlines: list[Outline] = [{"plane": f"x.{channel}", "cells": cells, "role": "window"} for channel in channels]
    taps = list(range(len(cells)))
    outlines += [{"plane": f"w.{filter}.{channel}", "cells": taps, "role": "kernel"} for channel in channels]
    outlines.append({"plane": f"y.{filter}", "cells": [step - filter * area], "role": "output"})
    return {
        "step": step,
        "fills": fills,
        "outlines": outlines,
        "links": links(channels, filter),
        "labels": [
            {"plane": f"w.{filter}.{channel}", "value": sums[channel - group[0]]}
            for channel in channels
            if len(group) > 1
        ],
        "equation": equation(scene, arrangement, step, sums),
    }


def links(channels: list[int], filter: int) -> list[Link]:
    """From every window to its products, and from there to the output."""
    to_products: list[Link] = [{"start": f"x.{c}", "end": f"p.{c}", "role": "window"} for c in channels]
    to_output: list[Link] = [{"start": f"p.{c}", "end": f"y.{filter}", "role": "output"} for c in channels]
    return to_products + to_output


def equation(scene: Scene, arrangement: Arrangement, step: int, sums: list[float]) -> Equation:
    filter, index = place(scene, step)
    group = group_of(scene, filter)
    drawn = [channel for channel in arrangement.channels if channel in group]
    wanted = scene.presentation.channel
    channel = wanted if wanted in drawn else next(iter(drawn), group[0])
    inputs = input_plane(scene, channel).values.ravel()[window(scene, step)]
    weights = slice_plane(scene, filter, channel).values
    pairs = list(zip(inputs.tolist(), weights.ravel().tolist(), strict=True))
    cols = weights.shape[1]
    y = scene.trace(step, step + 1).y
    activated = scene.activate(y)
    return {
        "index": list(index) if scene.w.shape[0] == 1 else [filter, *index],
        "channel": channel,
        "place": channel - group[0],
        "rows": [pairs[first : first + cols] for first in range(0, len(pairs), cols)],
        "sums": sums if len(sums) > 1 else [],
        "bias": None if scene.b is None else float(scene.b[filter]),
        "y": float(y[0]),
        "a": None if activated is None else float(activated[0]),
    }
