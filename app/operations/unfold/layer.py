"""How unfolding and folding become layers: windows as the columns of a matrix, and columns laid back as windows."""

from collections.abc import Sequence
from functools import partial
from math import prod
from typing import Annotated

import numpy as np
from pydantic import BaseModel, ConfigDict

from app.address.parameters import Counts, Dilation, Stride, read_counts, reader
from app.address.phrases import times
from app.address.refusal import Refusal
from app.grids.literals import Grid, Space
from app.operations.common.fields import bounded, described, spelled
from app.operations.common.grids import Resolved, read_field, resolve_input, resolved
from app.operations.convolution.layer import axis_of
from app.operations.transposed.layer import Margin
from app.scene.layer import Layer
from app.scene.legality import check_amount, check_fit, check_work
from app.scene.operation import Operation
from app.scene.outlines import Outline, RawGrid
from app.scene.sizes import convolution_sizes
from app.settings import Limits
from app.text import refusals as words
from kernels.axis import Axis, read_only
from kernels.relation import Reads, Relation, plane_feeds, window_reads
from kernels.trace import Trace
from kernels.unfold_trace import fold_trace, unfold_trace

DEFAULTS = {"kernel_size": "2", "dilation": "1", "padding": "0", "stride": "1"}
"""What the canonical address leaves out, besides an operation's own grids and sizes."""
BARE_OUTPUT = (3, 4)


class UnfoldParameters(BaseModel):
    """The parameters of torch.nn.functional.unfold; it has no default for kernel_size."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    x: RawGrid = None
    kernel_size: Stride = (2,)
    dilation: Dilation = (1,)
    padding: Margin = (0,)
    stride: Stride = (1,)


class FoldParameters(UnfoldParameters):
    """The parameters of torch.nn.functional.fold; it has no default for output_size either."""

    output_size: Annotated[Counts, reader(read_counts, least=1)] = BARE_OUTPUT


def resolve_unfolding(operation: Operation, parameters: UnfoldParameters, limits: Limits) -> Layer:
    """Everything resolved and bounded, before any of the work is done. Raises Refusal, its loc naming the field."""
    x = resolve_input(operation, parameters.x, limits)
    channels, *sides = x.shape
    axes = resolve_axes(operation, parameters, limits, sides)
    check_fit(axes, "kernel_size")
    shown = described(parameters, *DEFAULTS)
    layer = Layer(
        parameters=shown,
        spell=partial(spelled, operation, {"x": x, **shown}),
        grids={"x": x},
        axes=axes,
        y_shape=(channels * prod(taps_of(axes)), prod(outputs_of(axes))),
        relation=Relation(tuple(map(window_reads, axes)), plane_feeds(1)),
        multiplications=0,
        compute=partial(compute_columns, x, axes),
        sizes=partial(convolution_sizes, axes),
        weights=None,
    )
    check_amount(layer, limits)
    return layer


def resolve_folding(operation: Operation, parameters: FoldParameters, limits: Limits) -> Layer:
    """Everything resolved and bounded, before any of the work is done. Raises Refusal, its loc naming the field."""
    x = resolve_columns(operation, parameters.x, limits)
    sides = bounded("output_size", parameters.output_size, operation.spatial, limits.side)
    axes = resolve_axes(operation, parameters, limits, sides)
    check_fit(axes, "output_size", words.FOLD_TOO_SMALL)
    channels = check_columns(x.shape, axes, limits)
    shown = described(parameters, "output_size", *DEFAULTS)
    layer = Layer(
        parameters=shown,
        spell=partial(spelled, operation, {"x": x, **shown}),
        grids={"x": x},
        axes=axes,
        y_shape=(channels, *sides),
        relation=Relation(tuple(map(landing_reads, axes)), plane_feeds(1) * channels),
        multiplications=0,
        compute=partial(compute_picture, x, axes),
        sizes=partial(convolution_sizes, axes),
        weights=None,
    )
    check_work(layer, limits)
    return layer


def compute_columns(x: Resolved, axes: Sequence[Axis], start: int, stop: int) -> Trace:
    return unfold_trace(x.values, axes=axes, start=start, stop=stop)


def compute_picture(columns: Resolved, axes: Sequence[Axis], start: int, stop: int) -> Trace:
    return fold_trace(columns.values, axes=axes, start=start, stop=stop)


def resolve_axes(
    operation: Operation, parameters: UnfoldParameters, limits: Limits, sides: Sequence[int]
) -> tuple[Axis, ...]:
    spatial = operation.spatial
    each = zip(
        sides,
        bounded("kernel_size", parameters.kernel_size, spatial, limits.kernel),
        bounded("stride", parameters.stride, spatial, limits.stride),
        bounded("dilation", parameters.dilation, spatial, limits.stride),
        [(side, side) for side in bounded("padding", parameters.padding, spatial, limits.padding)],
        strict=True,
    )
    return tuple(axis_of(*numbers) for numbers in each)


def taps_of(axes: Sequence[Axis]) -> tuple[int, ...]:
    return tuple(axis.kernel_size for axis in axes)


def outputs_of(axes: Sequence[Axis]) -> tuple[int, ...]:
    return tuple(axis.output_size for axis in axes)


def landing_reads(axis: Axis) -> Reads:
    """For each cell of the picture and each tap, the window that lays it there; a place in its rows of x."""
    return Reads(axis.writes, read_only(np.arange(axis.output_size)), axis.output_size)


def resolve_columns(operation: Operation, raw: RawGrid, limits: Limits) -> Resolved:
    """x of fold, shape (C · taps, windows): one matrix, without an axis for channels."""
    space = Space(operation.spatial, 1, "input", limits.numbers)
    grid = read_field("x", raw, operation, space)
    if grid.shape[0] > 1:
        raise Refusal(words.FOLD_CHANNELS, loc=("x",))
    matrix = resolved("x", grid, grid.shape, space)
    return Outline(matrix.shape[1:]) if isinstance(matrix, Outline) else Grid(matrix.values[0], matrix.write)


def check_columns(shape: tuple[int, ...], axes: Sequence[Axis], limits: Limits) -> int:
    """How many channels the matrix holds; it must have a column for each window."""
    (rows, columns), taps, outputs = shape, taps_of(axes), outputs_of(axes)
    if rows % prod(taps):
        sentence = words.FOLD_ROWS.format(kernel=times(taps), taps=prod(taps), given=rows)
        raise Refusal(sentence, loc=("x",))
    if columns != prod(outputs):
        sentence = words.FOLD_COLUMNS.format(
            output=times([axis.input_size for axis in axes]),
            windows=times(outputs),
            wanted=prod(outputs),
            given=columns,
        )
        raise Refusal(sentence, loc=("x",))
    channels = rows // prod(taps)
    if channels > limits.channels:
        sentence = words.INPUT_CHANNELS.format(name="y", most=limits.channels, value=channels)
        raise Refusal(sentence, type="too_large", loc=("x",))
    return channels
