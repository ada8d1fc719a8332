"""How a pooling's parameters become a layer: windows that lie as a convolution's do, and no weights."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from math import isfinite, prod
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from app.layers.fields import bounded, compact, left_out
from app.layers.grids import settle_input
from app.legality import check_work, power_of
from app.literals import Settled
from app.parameters import Counts, Dilation, Flag, RawGrid, read_count, read_counts, reader, refuse, spell_counts
from app.refusal import Refusal
from app.scene import Layer, Operation
from app.settings import Limits
from app.shapes import times
from app.sizes import AXIS_NAMES, WindowSize, size_of
from app.words import refusals as words
from kernels.axis import Axis
from kernels.pool_trace import avg_pool_trace, lp_pool_trace, max_pool_trace
from kernels.pooling import in_padding, pooling_axis
from kernels.relation import Reduction, Relation, plane_feeds, pool_reads
from kernels.trace import Trace

Array = NDArray[np.float64]

POWER_DEFAULTS = {"norm_type": "2", "kernel_size": "2", "stride": ""}
AVERAGE_DEFAULTS = {"kernel_size": "2", "stride": "", "padding": "0"}
MAX_DEFAULTS = {**AVERAGE_DEFAULTS, "dilation": "1"}
"""What the canonical address leaves out, besides an operation's own grids; a stride as large as the window is none."""

MOST_POWER = 8
"""The largest norm_type that is told as a repeated product."""


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


KernelSize = Annotated[Counts, reader(read_counts, least=1)]
OwnStride = Annotated[Counts | None, reader(read_counts, least=1)]
"""None is PyTorch's default: as large as the window, so that windows lie side by side."""
Rim = Annotated[Counts, reader(read_counts, least=0)]
"""Padding as pooling takes it: as much before as after."""


class MaxPoolingParameters(BaseModel):
    """The parameters of torch.nn.functional.max_pool1d and max_pool2d."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    x: RawGrid = None
    kernel_size: KernelSize = (2,)
    stride: OwnStride = None
    padding: Rim = (0,)
    dilation: Dilation = (1,)
    ceil_mode: Flag = False


class AveragePoolingParameters(BaseModel):
    """The parameters of torch.nn.functional.avg_pool1d, and of avg_pool2d but for its divisor."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    x: RawGrid = None
    kernel_size: KernelSize = (2,)
    stride: OwnStride = None
    padding: Rim = (0,)
    ceil_mode: Flag = False
    count_include_pad: Flag = True


class DividedPoolingParameters(AveragePoolingParameters):
    """The parameters of torch.nn.functional.avg_pool2d."""

    divisor_override: Annotated[int | None, reader(read_divisor)] = None


class PowerPoolingParameters(BaseModel):
    """The parameters of torch.nn.functional.lp_pool2d, for a whole norm_type."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    x: RawGrid = None
    norm_type: Annotated[int, reader(read_power)] = 2
    kernel_size: KernelSize = (2,)
    stride: OwnStride = None
    ceil_mode: Flag = False


@dataclass(frozen=True)
class Windows:
    """How the windows of a pooling lie, one number for each axis; `sides` are those of x."""

    sides: tuple[int, ...]
    kernel_size: tuple[int, ...]
    stride: tuple[int, ...]
    padding: tuple[int, ...]
    dilation: tuple[int, ...]
    ceil_mode: bool

    @cached_property
    def axes(self) -> tuple[Axis, ...]:
        numbers = zip(self.sides, self.kernel_size, self.stride, self.padding, self.dilation, strict=True)
        return tuple(axis_of(*along, self.ceil_mode) for along in numbers)

    @property
    def outputs(self) -> tuple[int, ...]:
        return tuple(axis.output_size for axis in self.axes)

    def described(self, *names: str) -> dict[str, Any]:
        """These parameters as JSON shows them."""
        numbers = {
            "kernel_size": compact(self.kernel_size),
            "stride": compact(self.stride),
            "padding": compact(self.padding),
            "dilation": compact(self.dilation),
            "ceil_mode": self.ceil_mode,
        }
        return {name: numbers[name] for name in names}

    def spelled(self) -> dict[str, str]:
        """All of them as an address writes them: a stride as large as the window says nothing."""
        return {
            "kernel_size": spell_counts(self.kernel_size),
            "stride": "" if self.stride == self.kernel_size else spell_counts(self.stride),
            "padding": spell_counts(self.padding),
            "dilation": spell_counts(self.dilation),
            "ceil_mode": "true" if self.ceil_mode else "",
        }


@lru_cache(128)
def axis_of(size: int, kernel: int, stride: int, padding: int, dilation: int, ceil_mode: bool) -> Axis:
    return pooling_axis(size, kernel, stride=stride, padding=padding, dilation=dilation, ceil_mode=ceil_mode)


def settle_max_pooling(operation: Operation, parameters: MaxPoolingParameters, limits: Limits) -> Layer:
    """Everything resolved and bounded, before any of the work is done. Raises Refusal, its loc naming the field."""
    x = settle_input(operation, parameters.x, limits)
    windows = settle_windows(
        x.values.shape[1:],
        limits,
        kernel_size=parameters.kernel_size,
        stride=parameters.stride,
        padding=parameters.padding,
        dilation=parameters.dilation,
        ceil_mode=parameters.ceil_mode,
    )
    check_inside(windows)
    described = windows.described("kernel_size", "stride", "padding", "dilation", "ceil_mode")
    spell = partial(spelled, operation, x, windows)
    return settled_layer(x, windows, limits, described, spell, partial(largest, x.values, windows.axes), "max")


def settle_average_pooling(operation: Operation, parameters: AveragePoolingParameters, limits: Limits) -> Layer:
    x = settle_input(operation, parameters.x, limits)
    windows = settle_windows(
        x.values.shape[1:],
        limits,
        kernel_size=parameters.kernel_size,
        stride=parameters.stride,
        padding=parameters.padding,
        ceil_mode=parameters.ceil_mode,
    )
    shares = sharing(parameters)
    described = {**windows.described("kernel_size", "stride", "padding", "ceil_mode"), **shares}
    spell = partial(spelled, operation, x, windows, **spelled_sharing(shares))
    compute = partial(mean, x.values, windows.axes, shares["count_include_pad"], shares.get("divisor_override"))
    return settled_layer(x, windows, limits, described, spell, compute, "mean", **shares)


def settle_power_pooling(operation: Operation, parameters: PowerPoolingParameters, limits: Limits) -> Layer:
    x = settle_input(operation, parameters.x, limits)
    windows = settle_windows(
        x.values.shape[1:],
        limits,
        kernel_size=parameters.kernel_size,
        stride=parameters.stride,
        ceil_mode=parameters.ceil_mode,
    )
    power = parameters.norm_type
    described = {"norm_type": power, **windows.described("kernel_size", "stride", "ceil_mode")}
    spell = partial(spelled, operation, x, windows, norm_type=str(power))
    compute = partial(power_mean, x.values, windows.axes, power)
    layer = settled_layer(x, windows, limits, described, spell, compute, "power", power=power)
    check_roots(layer)
    return layer


def settled_layer(
    x: Settled,
    windows: Windows,
    limits: Limits,
    described: dict[str, Any],
    spell: Any,
    compute: Any,
    reduction: Reduction,
    *,
    power: int = 1,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Layer:
    """The layer of a pooling, its work counted before it is done."""
    channels = x.values.shape[0]
    check_looks(channels * prod(windows.outputs) * prod(windows.kernel_size), limits)
    layer = Layer(
        parameters=described,
        spell=spell,
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


def largest(x: Array, axes: tuple[Axis, ...], start: int, stop: int) -> Trace:
    return max_pool_trace(x, axes=axes, start=start, stop=stop)


def mean(
    x: Array, axes: tuple[Axis, ...], count_include_pad: bool, divisor_override: int | None, start: int, stop: int
) -> Trace:
    options: Any = {"count_include_pad": count_include_pad, "divisor_override": divisor_override}
    return avg_pool_trace(x, axes=axes, **options, start=start, stop=stop)


def power_mean(x: Array, axes: tuple[Axis, ...], power: int, start: int, stop: int) -> Trace:
    return lp_pool_trace(x, power, axes=axes, start=start, stop=stop)


def settle_windows(
    sides: tuple[int, ...],
    limits: Limits,
    *,
    kernel_size: Counts,
    stride: Counts | None,
    padding: Counts = (0,),
    dilation: Counts = (1,),
    ceil_mode: bool,
) -> Windows:
    """How the windows lie, everything that PyTorch refuses of it refused."""
    spatial = len(sides)
    kernels = bounded("kernel_size", kernel_size, spatial, limits.kernel)
    windows = Windows(
        sides=sides,
        kernel_size=kernels,
        stride=kernels if stride is None else bounded("stride", stride, spatial, limits.stride),
        padding=bounded("padding", padding, spatial, limits.padding),
        dilation=bounded("dilation", dilation, spatial, limits.stride),
        ceil_mode=ceil_mode,
    )
    check_rim(windows)
    check_windows_fit(windows)
    return windows


def check_rim(windows: Windows) -> None:
    """At most half of a window may lie in the padding."""
    names = AXIS_NAMES[len(windows.sides)]
    for padding, kernel, name in zip(windows.padding, windows.kernel_size, names, strict=True):
        if 2 * padding > kernel:
            sentence = words.POOL_PADDING.format(padding=padding, kernel=kernel, most=kernel // 2, axis=name)
            raise Refusal(sentence, loc=("padding",))


def check_windows_fit(windows: Windows) -> None:
    """At least one window must fit along every axis; with ceil_mode it may hang over by less than a stride."""
    if min(windows.outputs) >= 1:
        return
    is_dilated = max(windows.dilation) > 1
    padded = [side + 2 * padding for side, padding in zip(windows.sides, windows.padding, strict=True)]
    sentence = words.POOL_TOO_LARGE.format(
        kernel=times(windows.kernel_size),
        dilated=f" with dilation {spell_counts(windows.dilation)}" if is_dilated else "",
        covers=times([axis.extent for axis in windows.axes]),
        padded="padded " if any(windows.padding) else "",
        input=times(padded),
    )
    raise Refusal(sentence, loc=("dilation" if is_dilated else "kernel_size",))


def check_inside(windows: Windows) -> None:
    """A dilated window may step over a small input and see nothing but padding."""
    missing = in_padding(windows.axes)
    if missing.any():
        sentence = words.POOL_IN_PADDING.format(
            index=spell_index(np.argwhere(missing)[0].tolist()), dilation=spell_counts(windows.dilation)
        )
        raise Refusal(sentence, loc=("dilation",))


def check_looks(looks: int, limits: Limits) -> None:
    """How many numbers all windows read together."""
    if looks > limits.multiplications:
        sentence = words.POOL_WORK.format(value=looks, most=limits.multiplications)
        raise Refusal(sentence, type="too_large", loc=("x",))


def check_roots(layer: Layer) -> None:
    """No root of a negative sum, which odd powers of negative numbers may add up to."""
    power, places = layer.relation.power, prod(reads.places for reads in layer.relation.reads)
    x = layer.grids["x"]
    assert x is not None
    if not isfinite(power_of(float(np.abs(x.values).max()), power) * places**2):
        raise Refusal(words.OVERFLOW, type="finite_number", loc=("x",))
    if power == 1 or power % 2 == 0 or x.values.min() >= 0:
        return
    rootless = np.isnan(layer.compute(0, layer.outputs).y)
    if rootless.any():
        index = np.unravel_index(int(rootless.argmax()), layer.y_shape)
        sentence = words.POOL_ROOT.format(index=spell_index([int(i) for i in index]), power=power)
        raise Refusal(sentence, loc=("norm_type",))


def spell_index(index: Sequence[int]) -> str:
    return ", ".join(map(str, index))


def sharing(parameters: AveragePoolingParameters) -> dict[str, Any]:
    """What an average divides by, in PyTorch's words; one dimension knows no divisor_override."""
    shares: dict[str, Any] = {"count_include_pad": parameters.count_include_pad}
    if isinstance(parameters, DividedPoolingParameters):
        shares["divisor_override"] = parameters.divisor_override
    return shares


def spelled_sharing(shares: dict[str, Any]) -> dict[str, str]:
    divisor = shares.get("divisor_override")
    return {
        "count_include_pad": "" if shares["count_include_pad"] else "false",
        "divisor_override": "" if divisor is None else str(divisor),
    }


def spelled(operation: Operation, x: Settled, windows: Windows, **fields: str) -> dict[str, str]:
    """The canonical fields: what is at its default is left out."""
    texts = {"x": x.text, **fields, **windows.spelled()}
    names = operation.parameters.model_fields
    return left_out({name: texts[name] for name in names if name in texts}, operation.defaults)


class PoolSize(WindowSize):
    """A size that may be rounded up: with ceil_mode a last window may hang over the end.

    But not one that would begin in the padding after x: `left_out` says that there is such a window.
    """

    ceil_mode: bool
    left_out: bool


def pooling_sizes(axes: Sequence[Axis], ceil_mode: bool) -> list[PoolSize]:
    """The formula along each axis."""
    return [pool_size_of(axis, ceil_mode, name) for axis, name in zip(axes, AXIS_NAMES[len(axes)], strict=True)]


def pool_size_of(axis: Axis, ceil_mode: bool, name: str) -> PoolSize:
    """The padding that was asked for, not the cells beyond it that a last window hangs over."""
    asked = replace(axis, padding=(axis.padding[0], axis.padding[0]))
    size = size_of(asked, name)
    beyond = ceil_mode and rounded_up(size) > axis.output_size
    formula = size["formula"].rpartition(" = ")[0]
    if ceil_mode:
        formula = formula.replace("⌊", "⌈").replace("⌋", "⌉") + " − 1" * beyond
    return {
        **size,
        "output": axis.output_size,
        "formula": f"{formula} = {axis.output_size}",
        "ceil_mode": ceil_mode,
        "left_out": beyond,
    }


def rounded_up(size: WindowSize) -> int:
    """⌈(input + padding − dilation·(kernel − 1) − 1) / stride⌉ + 1, before a window beyond the input is left out."""
    free = size["input"] + sum(size["padding"]) - size["dilation"] * (size["kernel"] - 1) - 1
    return -(-free // size["stride"]) + 1
