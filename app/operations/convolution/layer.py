"""How a convolution's parameters become a layer: grids read, padding resolved, everything illegal refused."""

from functools import lru_cache, partial
from math import prod
from typing import Annotated, Any, get_args

from pydantic import BaseModel, ConfigDict

from app.address.parameters import (
    Counts,
    Dilation,
    Flag,
    Label,
    Padding,
    PaddingField,
    Stride,
    read_choice,
    read_counts,
    reader,
    spell_counts,
)
from app.address.refusal import Refusal
from app.operations.common.fields import bounded, compact, described, for_each_axis, spelled
from app.operations.common.grids import Resolved, resolve_bias, resolve_input, resolve_weights
from app.scene.layer import Layer
from app.scene.legality import check_fit, check_groups, check_padding_mode, check_work, too_large
from app.scene.operation import Operation
from app.scene.outlines import RawGrid
from app.scene.sizes import AXIS_NAMES, convolution_sizes
from app.settings import Limits
from app.text import refusals as words
from kernels.activation import ACTIVATIONS
from kernels.axis import Axis, PaddingMode, full_padding, same_padding
from kernels.relation import Relation, convolution_feeds, window_reads
from kernels.trace import Trace, trace

PADDING_MODES: tuple[PaddingMode, ...] = get_args(PaddingMode)
DEFAULTS = {"b": "", "stride": "1", "padding": "0", "padding_mode": "zeros", "dilation": "1", "groups": "1"}
"""What the canonical address leaves out, besides an operation's own grids."""


def read_groups(raw: object, *, name: str) -> int:
    return read_counts([raw], name=name, least=1)[0]


Groups = Annotated[int, reader(read_groups)]
Activation = Annotated[str | None, reader(read_choice, choices=("none", *ACTIVATIONS))]


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
    groups: Groups = 1
    flip: Annotated[Flag, Label("Flip the kernel (true convolution)")] = False
    activation: Activation = None


def resolve_convolution(operation: Operation, parameters: ConvolutionParameters, limits: Limits) -> Layer:
    """Everything resolved and bounded, before any of the work is done. Raises Refusal, its loc naming the field."""
    groups = parameters.groups
    x = resolve_input(operation, parameters.x, limits)
    check_groups(groups, x.shape[0])
    w = resolve_weights(operation, parameters.w, limits, channels=x.shape[0], groups=groups, whole=x.shape[1:])
    b = resolve_bias(parameters.b, limits, filters=w.shape[0])
    axes = resolve_axes(operation, parameters, limits, x.shape[1:], w.shape[2:])
    y_shape = (w.shape[0], *(axis.output_size for axis in axes))
    activation = None if parameters.activation == "none" else parameters.activation
    grids = {"x": x, "w": w, "b": b}
    shown = {
        **described(parameters, "stride", "padding", "padding_mode", "dilation", "groups", "flip"),
        "padding": compact_padding(parameters.padding, operation.spatial),
        "activation": activation,
    }
    layer = Layer(
        parameters=shown,
        spell=partial(spelled, operation, {**grids, **shown}),
        grids=grids,
        axes=axes,
        y_shape=y_shape,
        relation=Relation(
            reads=tuple(map(window_reads, axes)),
            feeds=convolution_feeds(w.shape[0], w.shape[1], groups),
        ),
        multiplications=prod(y_shape) * prod(w.shape[1:]),
        compute=partial(compute, x, w, b, axes, groups),
        sizes=partial(convolution_sizes, axes),
        groups=groups,
        activation=activation,
    )
    check_work(layer, limits)
    return layer


def compute(
    x: Resolved, w: Resolved, b: Resolved | None, axes: tuple[Axis, ...], groups: int, start: int, stop: int
) -> Trace:
    bias = b.values if b else None
    return trace(x.values, w.values, bias, axes=axes, groups=groups, start=start, stop=stop)


def resolve_axes(
    operation: Operation,
    parameters: ConvolutionParameters,
    limits: Limits,
    input_sizes: tuple[int, ...],
    kernel_sizes: tuple[int, ...],
) -> tuple[Axis, ...]:
    spatial = operation.spatial
    strides = bounded("stride", parameters.stride, spatial, limits.stride)
    dilations = bounded("dilation", parameters.dilation, spatial, limits.stride)
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


def compact_padding(pairs: Padding, spatial: int) -> Any:
    """One number where all sides agree, one for each axis where both sides do, else pairs; `valid` is none at all."""
    if isinstance(pairs, str):
        return 0 if pairs == "valid" else pairs
    if any(before != after for before, after in pairs):
        return [list(pair) for pair in for_each_axis("padding", pairs, spatial)]
    return compact(tuple(before for before, _ in pairs))
