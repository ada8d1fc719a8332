"""How a convolution's parameters become a layer: grids read, padding resolved, everything illegal refused."""

from collections.abc import Callable
from functools import lru_cache, partial
from math import prod
from typing import Annotated, Any, TypeVar, get_args

import numpy as np
from pydantic import BaseModel, ConfigDict

from app.legality import check_fit, check_groups, check_padding_mode, check_work, too_large
from app.literals import Grid, Settled, Space, read_grid, settle
from app.parameters import (
    Counts,
    Dilation,
    Flag,
    Padding,
    PaddingField,
    RawGrid,
    Stride,
    read_choice,
    read_counts,
    reader,
    spell_counts,
    spell_padding,
)
from app.refusal import Refusal
from app.scene import Layer, Operation
from app.settings import Limits
from app.shapes import counted, times
from app.sizes import AXIS_NAMES
from app.words import refusals as words
from kernels.activation import ACTIVATIONS
from kernels.axis import Axis, PaddingMode, full_padding, same_padding
from kernels.trace import trace

PADDING_MODES: tuple[PaddingMode, ...] = get_args(PaddingMode)
DEFAULTS = {"b": "", "stride": "1", "padding": "0", "padding_mode": "zeros", "dilation": "1", "groups": "1"}
"""What the canonical address leaves out, besides an operation's own grids."""
Answer = TypeVar("Answer")


def read_groups(raw: object, *, name: str) -> int:
    return read_counts([raw], name=name, least=1)[0]


class ConvolutionParameters(BaseModel):
    """The parameters of torch.nn.functional.conv1d and conv2d, with nn.Conv2d's padding_mode, and three of ours:
    padding may be one-sided or `full`, `flip` makes it a true convolution, `activation` follows it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    x: RawGrid = None
    w: RawGrid = None
    b: RawGrid = None
    stride: Stride = (1,)
    padding: PaddingField = ((0, 0),)
    padding_mode: Annotated[PaddingMode, reader(read_choice, choices=PADDING_MODES)] = "zeros"
    dilation: Dilation = (1,)
    groups: Annotated[int, reader(read_groups)] = 1
    flip: Flag = False
    activation: Annotated[str | None, reader(read_choice, choices=("none", *ACTIVATIONS))] = None


def settle_convolution(operation: Operation, parameters: ConvolutionParameters, limits: Limits) -> Layer:
    """Everything resolved and bounded, before any of the work is done. Raises Refusal, its loc naming the field."""
    x = settle_input(operation, parameters, limits)
    check_groups(parameters.groups, x.values.shape[0])
    w = settle_weights(operation, parameters, limits, channels=x.values.shape[0])
    b = settle_bias(parameters, limits, filters=w.values.shape[0])
    axes = settle_axes(operation, parameters, limits, x.values.shape[1:], w.values.shape[2:])
    y_shape = (w.values.shape[0], *(axis.output_size for axis in axes))
    activation = None if parameters.activation == "none" else parameters.activation
    layer = Layer(
        parameters=described(parameters, activation, operation.spatial),
        spell=partial(spelled, operation, parameters, x, w, b, activation),
        grids={"x": x, "w": w, "b": b},
        axes=axes,
        y_shape=y_shape,
        groups=parameters.groups,
        activation=activation,
        multiplications=prod(y_shape) * prod(w.values.shape[1:]),
        compute=partial(compute, x.values, w.values, b.values if b else None, axes, parameters.groups),
    )
    check_work(layer, limits)
    return layer


def compute(x: Any, w: Any, b: Any, axes: tuple[Axis, ...], groups: int, start: int, stop: int) -> Any:
    return trace(x, w, b, axes=axes, groups=groups, start=start, stop=stop)


def settle_input(operation: Operation, parameters: ConvolutionParameters, limits: Limits) -> Settled:
    space = operation.input_space(limits)
    grid = read_field("x", parameters.x, operation, space)
    channels, *sides = grid.values.shape
    if channels > limits.channels:
        raise Refusal(words.INPUT_CHANNELS.format(most=limits.channels, value=channels), type="too_large", loc=("x",))
    if max(sides) > limits.side:
        raise Refusal(words.INPUT_SIDE.format(most=limits.side, shape=times(sides)), type="too_large", loc=("x",))
    return settled("x", grid, grid.values.shape, space)


def settle_weights(operation: Operation, parameters: ConvolutionParameters, limits: Limits, channels: int) -> Settled:
    """w of shape (O, C/groups, *kernel): a single plane serves every channel, and every group."""
    groups, per_group = parameters.groups, channels // parameters.groups
    most = limits.filters * limits.channels * limits.kernel**operation.spatial
    space = Space(operation.spatial, 2, "weights", most)
    grid = read_field("w", parameters.w, operation, space)
    filters, given, *sides = grid.values.shape
    if filters == 1:
        filters = groups
    if filters > limits.filters:
        raise Refusal(words.FILTERS.format(most=limits.filters, value=filters), type="too_large", loc=("w",))
    if max(sides) > limits.kernel:
        raise Refusal(words.KERNEL_SIDE.format(most=limits.kernel, shape=times(sides)), type="too_large", loc=("w",))
    if filters % groups:
        raise Refusal(words.GROUPS_FILTERS.format(filters=filters, groups=groups), loc=("groups",))
    if given not in (1, per_group):
        sentence = words.KERNEL_CHANNELS.format(
            wanted=counted(per_group, "channel"),
            channels=counted(channels, "input channel"),
            groups=counted(groups, "group"),
            given=given,
        )
        raise Refusal(sentence, loc=("w",))
    return settled("w", grid, (filters, per_group, *sides), space)


def settle_bias(parameters: ConvolutionParameters, limits: Limits, filters: int) -> Settled | None:
    if parameters.b is None:
        return None
    space = Space(1, 0, "bias", limits.filters)
    grid = at("b", read_grid, parameters.b, space)
    if grid.values.size not in (1, filters):
        raise Refusal(words.BIAS_COUNT.format(filters=filters, given=grid.values.size), loc=("b",))
    if grid.values.size == filters:
        return settled("b", grid, (filters,), space)
    shared = Grid(text=grid.text, named=grid.named, values=np.repeat(grid.values, filters), edits=grid.edits)
    return settled("b", shared, (filters,), space)


def read_field(name: str, raw: RawGrid, operation: Operation, space: Space) -> Grid:
    grid = at(name, read_grid, operation.defaults[name] if raw is None else raw, space)
    if grid.values.size == 0:
        raise Refusal(words.EMPTY_GRID.format(name=name), loc=(name,))
    return grid


def settled(name: str, grid: Grid, shape: tuple[int, ...], space: Space) -> Settled:
    return at(name, settle, grid, shape, space)


def at(name: str, call: Callable[..., Answer], *arguments: object) -> Answer:
    """Call, and say of a refusal which field it is about."""
    try:
        return call(*arguments)
    except Refusal as refusal:
        raise refusal.at(name) from None


def settle_axes(
    operation: Operation,
    parameters: ConvolutionParameters,
    limits: Limits,
    input_sizes: tuple[int, ...],
    kernel_sizes: tuple[int, ...],
) -> tuple[Axis, ...]:
    spatial = operation.spatial
    strides = for_each_axis("stride", parameters.stride, spatial)
    dilations = for_each_axis("dilation", parameters.dilation, spatial)
    for name, values in (("stride", strides), ("dilation", dilations)):
        if max(values) > limits.stride:
            raise too_large(name, limits.stride, max(values))
    padding = resolve_padding(parameters.padding, strides, kernel_sizes, dilations)
    if max(map(max, padding)) > limits.padding:
        raise too_large("padding", limits.padding, max(map(max, padding)))
    axes = tuple(
        axis_of(size, kernel, stride, dilation, sides, parameters.padding_mode, parameters.flip)
        for size, kernel, stride, dilation, sides in zip(
            input_sizes, kernel_sizes, strides, dilations, padding, strict=True
        )
    )
    for axis, name in zip(axes, AXIS_NAMES[spatial], strict=True):
        check_padding_mode(axis, name)
    check_fit(axes)
    return axes


axis_of = lru_cache(128)(Axis)
"""An axis is its tables, which are read-only: scenes of the same sizes share them."""


def for_each_axis(name: str, values: Any, spatial: int) -> Any:
    """One entry for each axis from one for all, or from one for each."""
    if len(values) == 1:
        return tuple(values) * spatial
    if len(values) != spatial:
        axes = "axis" if spatial == 1 else f"{spatial} axes"
        text = spell_padding(values) if name == "padding" else spell_counts(values)
        raise Refusal(words.AXES.format(name=name, axes=axes, text=text, count=len(values)), loc=(name,))
    return tuple(values)


def resolve_padding(
    padding: Padding, strides: Counts, kernel_sizes: tuple[int, ...], dilations: Counts
) -> tuple[tuple[int, int], ...]:
    """(before, after) for each axis."""
    if padding == "valid":
        return ((0, 0),) * len(strides)
    if padding == "same" and max(strides) > 1:
        raise Refusal(words.SAME_WITH_STRIDE.format(stride=spell_counts(strides)), loc=("padding",))
    if isinstance(padding, str):
        pad = same_padding if padding == "same" else full_padding
        return tuple(pad(kernel, dilation) for kernel, dilation in zip(kernel_sizes, dilations, strict=True))
    return for_each_axis("padding", padding, len(strides))  # type: ignore[no-any-return]


def described(parameters: ConvolutionParameters, activation: str | None, spatial: int) -> dict[str, Any]:
    """The parameters as JSON shows them: in PyTorch's forms, and fit to be sent back."""
    return {
        "stride": compact(parameters.stride),
        "padding": compact_padding(parameters.padding, spatial),
        "padding_mode": parameters.padding_mode,
        "dilation": compact(parameters.dilation),
        "groups": parameters.groups,
        "flip": parameters.flip,
        "activation": activation,
    }


def compact(values: Counts) -> int | list[int]:
    return values[0] if len(set(values)) == 1 else list(values)


def compact_padding(pairs: Padding, spatial: int) -> Any:
    """One number where all sides agree, one for each axis where both sides do, else pairs; `valid` is none at all."""
    if isinstance(pairs, str):
        return 0 if pairs == "valid" else pairs
    if any(before != after for before, after in pairs):
        return [list(pair) for pair in for_each_axis("padding", pairs, spatial)]
    return compact(tuple(before for before, _ in pairs))


def spelled(
    operation: Operation,
    parameters: ConvolutionParameters,
    x: Settled,
    w: Settled,
    b: Settled | None,
    activation: str | None,
) -> dict[str, str]:
    """The canonical fields: what is at its default is left out."""
    fields = {
        "x": x.text,
        "w": w.text,
        "b": b.text if b else "",
        "stride": spell_counts(parameters.stride),
        "padding": "0" if parameters.padding == "valid" else spell_padding(parameters.padding),
        "padding_mode": parameters.padding_mode,
        "dilation": spell_counts(parameters.dilation),
        "groups": str(parameters.groups),
        "flip": "true" if parameters.flip else "",
        "activation": activation or "",
    }
    defaults = {**DEFAULTS, **operation.defaults}
    return {name: text for name, text in fields.items() if text and text != defaults.get(name)}
