"""How a pooling's parameters become a layer: windows that lie as a convolution's do, and no weights."""

from functools import partial
from math import isfinite, prod
from typing import Annotated, Any

import numpy as np
from pydantic import BaseModel, ConfigDict

from app.address.parameters import Dilation, Flag, Label, read_count, reader, refuse
from app.address.refusal import Refusal
from app.operations.common.fields import described
from app.operations.common.grids import Resolved, resolve_input
from app.operations.pooling.windows import (
    CeilMode,
    KernelSize,
    OwnStride,
    Rim,
    Windows,
    check_inside,
    check_looks,
    pooling_sizes,
    resolve_windows,
    spell_index,
    spelled_windows,
)
from app.scene.layer import Layer
from app.scene.legality import check_work, power_of
from app.scene.operation import Operation
from app.scene.outlines import RawGrid
from app.settings import Limits
from app.text import refusals as words
from kernels.axis import Axis
from kernels.pool_trace import avg_pool_trace, lp_pool_trace, max_pool_trace
from kernels.relation import Reduction, Relation, plane_feeds, pool_reads
from kernels.trace import Trace

POWER_DEFAULTS = {"norm_type": "2", "kernel_size": "2", "stride": ""}
AVERAGE_DEFAULTS = {"kernel_size": "2", "stride": "", "padding": "0"}
MAX_DEFAULTS = {**AVERAGE_DEFAULTS, "dilation": "1"}
"""What the canonical address leaves out, besides an operation's own grids; a stride as large as the window is none."""

MOST_POWER = 8
"""The largest norm_type that is written as a repeated product."""


def read_power(raw: object, *, name: str) -> int:
    value = read_count(raw, name=name)
    if value < 1:
        refuse(words.TOO_SMALL, kind="greater_than_equal", name=name, least=1, value=value)
    if value > MOST_POWER:
        refuse(words.TOO_LARGE, kind="less_than_equal", name=name, most=MOST_POWER, value=value)
    return value


def read_divisor(raw: object, *, name: str) -> int:
    """Any whole number but 0, negative ones too, as in PyTorch."""
    value = read_count(raw, name=name, example="4")
    if value == 0:
        refuse(words.DIVISOR_ZERO)
    return value


class MaxPoolingParameters(BaseModel):
    """The parameters of torch.nn.functional.max_pool1d and max_pool2d."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    x: RawGrid = None
    kernel_size: KernelSize = (2,)
    stride: OwnStride = None
    padding: Rim = (0,)
    dilation: Dilation = (1,)
    ceil_mode: CeilMode = False


class AveragePoolingParameters(BaseModel):
    """The parameters of torch.nn.functional.avg_pool1d, and of avg_pool2d but for its divisor."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    x: RawGrid = None
    kernel_size: KernelSize = (2,)
    stride: OwnStride = None
    padding: Rim = (0,)
    ceil_mode: CeilMode = False
    count_include_pad: Annotated[Flag, Label("Leave padding out of the mean (count_include_pad=False)")] = True


class DividedPoolingParameters(AveragePoolingParameters):
    """The parameters of torch.nn.functional.avg_pool2d."""

    divisor_override: Annotated[int | None, reader(read_divisor), Label("Divide by")] = None


class PowerPoolingParameters(BaseModel):
    """The parameters of torch.nn.functional.lp_pool2d, for a whole norm_type."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    x: RawGrid = None
    norm_type: Annotated[int, reader(read_power), Label("Power p")] = 2
    kernel_size: KernelSize = (2,)
    stride: OwnStride = None
    ceil_mode: CeilMode = False


def resolve_max_pooling(operation: Operation, parameters: MaxPoolingParameters, limits: Limits) -> Layer:
    """Everything resolved and bounded, before any of the work is done. Raises Refusal, its loc naming the field."""
    x = resolve_input(operation, parameters.x, limits)
    windows = resolve_windows(parameters, x.shape[1:], limits)
    check_inside(windows)
    shown = described(windows, "kernel_size", "stride", "padding", "dilation", "ceil_mode")
    return resolved_layer(operation, x, windows, limits, shown, partial(largest, x, windows.axes), "max")


def resolve_average_pooling(operation: Operation, parameters: AveragePoolingParameters, limits: Limits) -> Layer:
    x = resolve_input(operation, parameters.x, limits)
    windows = resolve_windows(parameters, x.shape[1:], limits)
    shares = sharing(parameters)
    shown = {**described(windows, "kernel_size", "stride", "padding", "ceil_mode"), **shares}
    compute = partial(mean, x, windows.axes, shares["count_include_pad"], shares.get("divisor_override"))
    return resolved_layer(operation, x, windows, limits, shown, compute, "mean", **shares)


def resolve_power_pooling(operation: Operation, parameters: PowerPoolingParameters, limits: Limits) -> Layer:
    x = resolve_input(operation, parameters.x, limits)
    windows = resolve_windows(parameters, x.shape[1:], limits)
    power = parameters.norm_type
    shown = {"norm_type": power, **described(windows, "kernel_size", "stride", "ceil_mode")}
    compute = partial(power_mean, x, windows.axes, power)
    layer = resolved_layer(operation, x, windows, limits, shown, compute, "power", power=power)
    check_roots(layer)
    return layer


def resolved_layer(
    operation: Operation,
    x: Resolved,
    windows: Windows,
    limits: Limits,
    shown: dict[str, Any],
    compute: Any,
    reduction: Reduction,
    *,
    power: int = 1,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Layer:
    """The layer of a pooling, its work counted before it is done."""
    channels = x.shape[0]
    check_looks(channels * prod(windows.outputs) * prod(windows.kernel_size), limits)
    layer = Layer(
        parameters=shown,
        spell=partial(spelled_windows, operation, {"x": x, **shown}),
        grids={"x": x},
        axes=windows.axes,
        y_shape=(channels, *windows.outputs),
        relation=Relation(
            reads=tuple(pool_reads(axis, count_include_pad) for axis in windows.axes),
            feeds=plane_feeds(channels),
            reduction=reduction,
            power=power,
            divisor=divisor_override,
        ),
        multiplications=channels * prod(windows.outputs) * prod(windows.kernel_size),
        compute=compute,
        sizes=partial(pooling_sizes, windows.axes, windows.ceil_mode),
        weights=None,
    )
    check_work(layer, limits)
    return layer


def largest(x: Resolved, axes: tuple[Axis, ...], start: int, stop: int) -> Trace:
    return max_pool_trace(x.values, axes=axes, start=start, stop=stop)


def mean(
    x: Resolved, axes: tuple[Axis, ...], count_include_pad: bool, divisor_override: int | None, start: int, stop: int
) -> Trace:
    options: Any = {"count_include_pad": count_include_pad, "divisor_override": divisor_override}
    return avg_pool_trace(x.values, axes=axes, **options, start=start, stop=stop)


def power_mean(x: Resolved, axes: tuple[Axis, ...], power: int, start: int, stop: int) -> Trace:
    return lp_pool_trace(x.values, power, axes=axes, start=start, stop=stop)


def may_lack_roots(layer: Layer) -> bool:
    """Whether there may be a sum without a root: that of an odd power of negative numbers."""
    x, power = layer.grids["x"], layer.relation.power
    assert x is not None
    return power > 1 and power % 2 == 1 and x.is_signed


def check_roots(layer: Layer) -> None:
    """No root of a negative sum, which odd powers of negative numbers may add up to."""
    power, places = layer.relation.power, prod(reads.places for reads in layer.relation.reads)
    x = layer.grids["x"]
    assert x is not None
    if not isfinite(power_of(x.largest, power) * places**2):
        raise Refusal(words.OVERFLOW, type="finite_number", loc=("x",))
    if not may_lack_roots(layer):
        return
    rootless = np.isnan(layer.compute(0, layer.outputs).y)
    if rootless.any():
        index = np.unravel_index(int(rootless.argmax()), layer.y_shape)
        sentence = words.POOL_ROOT.format(index=spell_index([int(i) for i in index]), power=power)
        raise Refusal(sentence, loc=("norm_type",))


def sharing(parameters: AveragePoolingParameters) -> dict[str, Any]:
    """What an average divides by, in PyTorch's words; one dimension knows no divisor_override."""
    is_divided = isinstance(parameters, DividedPoolingParameters)
    return described(parameters, "count_include_pad", *["divisor_override"] * is_divided)
