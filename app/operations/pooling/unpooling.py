"""How a max unpooling's parameters become a layer: every value goes back to the place that its index names."""

from collections.abc import Sequence
from functools import partial
from math import prod
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from app.address.parameters import Counts, read_counts, reader
from app.address.phrases import times
from app.address.refusal import Refusal
from app.operations.common.fields import bounded, compact
from app.operations.common.grids import Resolved, read_field, resolve_input, resolved
from app.operations.pooling.windows import KernelSize, OwnStride, Rim, spell_index, spelled_windows
from app.scene.layer import Layer
from app.scene.legality import check_amount
from app.scene.operation import Operation
from app.scene.outlines import RawGrid
from app.scene.sizes import AXIS_NAMES, Size, sizes_along
from app.settings import Limits
from app.text import refusals as words
from kernels.axis import Axis
from kernels.relation import Relation, plane_feeds, window_reads
from kernels.trace import Trace
from kernels.unpooling import max_unpool, unpooled_size

Array = NDArray[np.float64]
Cells = NDArray[np.intp]

DEFAULTS = {"kernel_size": "2", "stride": "", "padding": "0"}


class UnpoolingParameters(BaseModel):
    """The parameters of torch.nn.functional.max_unpool2d; output_size has the axes of space alone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    x: RawGrid = None
    indices: RawGrid = None
    kernel_size: KernelSize = (2,)
    stride: OwnStride = None
    padding: Rim = (0,)
    output_size: Annotated[Counts | None, reader(read_counts, least=1)] = None


def resolve_unpooling(operation: Operation, parameters: UnpoolingParameters, limits: Limits) -> Layer:
    """Everything resolved and bounded, before any of the work is done. Raises Refusal, its loc naming the field."""
    x = resolve_input(operation, parameters.x, limits)
    channels, *sides = x.shape
    spatial = operation.spatial
    kernels = bounded("kernel_size", parameters.kernel_size, spatial, limits.kernel)
    strides = kernels if parameters.stride is None else bounded("stride", parameters.stride, spatial, limits.stride)
    paddings = bounded("padding", parameters.padding, spatial, limits.padding)
    usual = tuple(unpooled_size(*along) for along in zip(sides, kernels, strides, paddings, strict=True))
    sizes = resolve_size(parameters.output_size, usual, strides, limits)
    indices = resolve_indices(operation, parameters.indices, x, sizes, limits)
    targets = indices.values.astype(np.intp)
    each = zip(sides, kernels, strides, paddings, sizes, strict=True)
    axes = tuple(axis_under(*along) for along in each)
    windows = {"kernel_size": compact(kernels), "stride": compact(strides), "padding": compact(paddings)}
    grids, asked = {"x": x, "indices": indices}, None if sizes == usual else compact(sizes)
    layer = Layer(
        parameters={**windows, "output_size": compact(sizes)},
        spell=partial(spelled_windows, operation, {**grids, **windows, "output_size": asked}),
        grids=grids,
        axes=axes,
        y_shape=(channels, *sizes),
        relation=landing_relation(channels, sizes),
        multiplications=x.size,
        compute=partial(compute, x, targets, sizes),
        sizes=partial(unpooled_sizes, axes),
        weights=None,
        find_targets=lambda: targets,
    )
    check_amount(layer, limits)
    return layer


def compute(x: Resolved, targets: Cells, sizes: tuple[int, ...], start: int, stop: int) -> Trace:
    """Some numbers of y: a value that came to rest there, or 0."""
    y = max_unpool(x.values, targets, sizes).ravel()[start:stop]
    return Trace(start, stop, y, y[np.newaxis])


def landing_relation(channels: int, sizes: tuple[int, ...]) -> Relation:
    """No window says what lands where: every number of y stands for itself."""
    return Relation(tuple(window_reads(Axis(size, 1)) for size in sizes), plane_feeds(channels))


def resolve_size(
    asked: Counts | None, usual: tuple[int, ...], strides: tuple[int, ...], limits: Limits
) -> tuple[int, ...]:
    """PyTorch's bounds: less than a stride away from the smallest size that pools to this one."""
    if asked is None and min(usual) < 1:
        raise Refusal(words.UNPOOL_EMPTY.format(shape=times(usual)), loc=("padding",))
    sizes = usual if asked is None else bounded("output_size", asked, len(usual), limits.side)
    if max(sizes) > limits.side:
        sentence = words.UNPOOL_SIDE.format(most=limits.side, shape=times(sizes))
        raise Refusal(sentence, type="too_large", loc=("x",))
    for size, most_usual, stride, name in zip(sizes, usual, strides, AXIS_NAMES[len(usual)], strict=True):
        if abs(size - most_usual) >= stride:
            least, most = max(1, most_usual - stride + 1), most_usual + stride - 1
            sentence = words.UNPOOL_SIZE.format(axis=name, least=least, most=most, value=size, usual=most_usual)
            raise Refusal(sentence, loc=("output_size",))
    return sizes


def resolve_indices(
    operation: Operation, raw: RawGrid, x: Resolved, sizes: tuple[int, ...], limits: Limits
) -> Resolved:
    """One place of the output's plane for each value of x; a single plane of places serves every channel."""
    space = operation.input_space(limits)
    grid = read_field("indices", raw, operation, space)
    shape = x.shape
    if grid.shape[1:] != shape[1:] or grid.shape[0] not in (1, shape[0]):
        sentence = words.UNPOOL_SHAPE.format(wanted=times(shape), given=times(grid.shape))
        raise Refusal(sentence, loc=("indices",))
    indices = resolved("indices", grid, shape, space)
    check_places(indices.values, sizes)
    return indices


def check_places(indices: Array, sizes: tuple[int, ...]) -> None:
    wrong = (indices != np.floor(indices)) | (indices < 0) | (indices >= prod(sizes))
    if wrong.any():
        place = tuple(int(i) for i in np.argwhere(wrong)[0])
        sentence = words.UNPOOL_PLACE.format(
            index=spell_index(place), value=f"{indices[place]:g}", most=prod(sizes) - 1, shape=times(sizes)
        )
        raise Refusal(sentence, loc=("indices",))


def axis_under(size: int, kernel: int, stride: int, padding: int, output: int) -> Axis:
    """The windows of the pooling that is undone, as they lie in y: as many as x has values."""
    return Axis(output, kernel, stride, 1, (padding, (size - 1) * stride + kernel - padding - output))


class UnpooledSize(Size):
    """(input − 1)·stride − 2·padding + kernel = usual, unless output_size asks for another."""

    kernel: int
    stride: int
    padding: tuple[int, int]
    usual: int


def unpooled_sizes(axes: Sequence[Axis]) -> list[UnpooledSize]:
    """The formula along each axis; these are the axes of the pooling that is undone."""
    return sizes_along(axes, size_of)


def size_of(axis: Axis, name: str) -> UnpooledSize:
    size, output, padding = axis.output_size, axis.input_size, axis.padding[0]
    usual = unpooled_size(size, axis.kernel_size, axis.stride, padding)
    formula = f"({size} − 1)·{axis.stride} − 2·{padding} + {axis.kernel_size} = {usual}"
    return {
        "axis": name,
        "input": size,
        "kernel": axis.kernel_size,
        "stride": axis.stride,
        "padding": (padding, padding),
        "usual": usual,
        "output": output,
        "formula": formula if output == usual else f"{formula}, and output_size asks for {output}",
    }
