"""How the gradients of a convolution become layers: that of its input, and that of its weights.

Where the gradient from above is not given, it follows from the sizes; where a size is not given, it follows from the
gradient. Where an activation followed the convolution, the gradient comes through its gate first.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from math import prod
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict

from app.address.parameters import Counts, Dilation, Label, Stride, read_counts, reader
from app.address.phrases import counted, spell_range, times
from app.address.refusal import Refusal
from app.operations.common.fields import bounded, compact, described, spelled
from app.operations.common.gate import followed_by, open_gate
from app.operations.common.grids import Resolved, check_kernel, read_field, resolve_input, resolved, weight_space
from app.operations.common.upstream import NAME, read_upstream, resolve_upstream, says_its_size
from app.operations.convolution.layer import Activation, Groups, axis_of
from app.operations.transposed.layer import Margin
from app.operations.transposed.layer import compute as compute_input
from app.scene.layer import Layer
from app.scene.legality import check_fit, check_groups, check_work
from app.scene.operation import Operation
from app.scene.outlines import RawGrid
from app.scene.sizes import AXIS_NAMES, GradientSize, sizes_along
from app.settings import Limits
from app.text import refusals as words
from kernels.axis import Axis
from kernels.relation import Relation, position_reads, stretched_reads, transposed_feeds, weight_feeds
from kernels.trace import Trace, weight_trace

DEFAULTS = {"grad_output": "", "stride": "1", "padding": "0", "dilation": "1", "groups": "1"}
"""What the canonical address leaves out, besides an operation's own grids and sizes."""
WINDOWS = ("stride", "padding", "dilation", "groups")
"""The parameters that say how the windows lie, and what they join."""
BARE_SIDE = 3
"""Cells a side of the gradient from above, where nothing says how large it is."""

Sides = Annotated[Counts | None, reader(read_counts, least=1)]


class GradientParameters(BaseModel):
    """How the windows lay of the convolution whose gradient is taken, and what followed it: a = activation(z)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    stride: Stride = (1,)
    padding: Margin = (0,)
    dilation: Dilation = (1,)
    groups: Groups = 1
    activation: Activation = None
    z: RawGrid = None


class InputGradientParameters(GradientParameters):
    """The parameters of torch.nn.grad.conv2d_input; the channels follow from w, so input_size is height and width."""

    input_size: Annotated[Sides, Label("Input size")] = None
    w: RawGrid = None
    grad_output: RawGrid = None


class WeightGradientParameters(GradientParameters):
    """The parameters of torch.nn.grad.conv2d_weight; the channels follow from x, so kernel_size is height and width."""

    x: RawGrid = None
    kernel_size: Stride = (3,)
    grad_output: RawGrid = None


def resolve_input_gradient(operation: Operation, parameters: InputGradientParameters, limits: Limits) -> Layer:
    """Everything resolved and bounded, before any of the work is done. Raises Refusal, its loc naming the field."""
    groups = parameters.groups
    w = resolve_filters(operation, parameters.w, limits, groups)
    filters, per_group, *kernel = w.shape
    upstream = read_upstream(operation, parameters.grad_output, limits)
    windows = resolve_windows(operation, parameters, limits, tuple(kernel))
    sides = resolve_input_size(operation, parameters, limits, windows, upstream.sides)
    axes = tuple(axis_of(side, *numbers) for side, numbers in zip(sides, windows, strict=True))
    check_fit(axes, "input_size")
    check_outputs(axes, upstream.sides, "input_size", input_sizes)
    grad_output = resolve_upstream(operation, upstream, (filters, *(axis.output_size for axis in axes)), limits)
    gate = open_gate(operation, parameters.activation, parameters.z, grad_output, limits)
    grids, windowed = {"w": w, "grad_output": grad_output, "z": gate.z}, described_windows(parameters)
    layer = Layer(
        parameters={"input_size": compact(sides), **windowed},
        spell=partial(spelled_with_size, operation, axes, {**grids, **windowed}),
        grids=grids,
        axes=axes,
        y_shape=(groups * per_group, *sides),
        relation=Relation(tuple(map(stretched_reads, axes)), transposed_feeds(filters, per_group, groups)),
        multiplications=filters * per_group * prod(kernel) * prod(sides),
        compute=partial(compute_input, gate.gradient, w, None, axes, groups),
        sizes=partial(sizes_along, axes, input_size_of),
        data=gate.name,
        made=gate.made,
        gate=gate.drawn,
        spaces={"y": "input"},
        groups=groups,
    )
    check_work(layer, limits)
    return layer


def resolve_weight_gradient(operation: Operation, parameters: WeightGradientParameters, limits: Limits) -> Layer:
    """Everything resolved and bounded, before any of the work is done. Raises Refusal, its loc naming the field."""
    groups = parameters.groups
    x = resolve_input(operation, parameters.x, limits)
    channels, *sides = x.shape
    check_groups(groups, channels)
    upstream = read_upstream(operation, parameters.grad_output, limits)
    filters = groups if upstream.planes == 1 else upstream.planes
    check_filters(groups, filters)
    kernel = bounded("kernel_size", parameters.kernel_size, operation.spatial, limits.kernel)
    windows = resolve_windows(operation, parameters, limits, kernel)
    axes = tuple(axis_of(side, *numbers) for side, numbers in zip(sides, windows, strict=True))
    check_fit(axes, "kernel_size")
    check_outputs(axes, upstream.sides, "kernel_size", kernel_sizes)
    outputs = tuple(axis.output_size for axis in axes)
    grad_output = resolve_upstream(operation, upstream, (filters, *outputs), limits, follows=filters == groups)
    gate = open_gate(operation, parameters.activation, parameters.z, grad_output, limits)
    grids = {"x": x, "grad_output": grad_output, "z": gate.z}
    shown = described_windows(parameters, "kernel_size")
    layer = Layer(
        parameters=shown,
        spell=partial(spelled, operation, {"x": x, "kernel_size": None, **grids, **shown}),
        grids=grids,
        axes=axes,
        y_shape=(filters, channels // groups, *kernel),
        relation=Relation(tuple(map(position_reads, axes)), weight_feeds(filters, channels // groups, groups)),
        multiplications=filters * channels // groups * prod(kernel) * prod(outputs),
        compute=partial(compute_weight, x, gate.gradient, axes, groups),
        sizes=partial(sizes_along, axes, weight_size_of),
        weights=gate.name,
        made=gate.made,
        gate=gate.drawn,
        spaces={"y": "tap"},
        groups=groups,
    )
    check_work(layer, limits)
    return layer


def described_windows(parameters: GradientParameters, *names: str) -> dict[str, Any]:
    """How the windows lay, and what followed, as JSON shows them."""
    return {**described(parameters, *names, *WINDOWS), **followed_by(parameters.activation)}


def compute_weight(
    x: Resolved, grad_output: Resolved, axes: Sequence[Axis], groups: int, start: int, stop: int
) -> Trace:
    return weight_trace(x.values, grad_output.values, axes=axes, groups=groups, start=start, stop=stop)


def resolve_filters(operation: Operation, raw: RawGrid, limits: Limits, groups: int) -> Resolved:
    """w of shape (O, C/groups, *kernel): a single filter serves every group."""
    space = weight_space(operation, limits)
    grid = read_field("w", raw, operation, space)
    given, per_group, *sides = grid.shape
    filters = groups if given == 1 else given
    check_kernel(filters, tuple(sides), limits)
    check_filters(groups, filters)
    if groups * per_group > limits.channels:
        sentence = words.INPUT_CHANNELS.format(name="y", most=limits.channels, value=groups * per_group)
        raise Refusal(sentence, type="too_large", loc=("w",))
    return resolved("w", grid, (filters, per_group, *sides), space)


def check_filters(groups: int, filters: int) -> None:
    if filters % groups:
        raise Refusal(words.GROUPS_FILTERS.format(filters=filters, groups=groups), loc=("groups",))


Window = tuple[int, int, int, tuple[int, int]]
"""Along one axis the kernel's size, stride, dilation and padding (before, after)."""


def resolve_windows(
    operation: Operation, parameters: GradientParameters, limits: Limits, kernel: tuple[int, ...]
) -> list[Window]:
    strides = bounded("stride", parameters.stride, operation.spatial, limits.stride)
    padding = bounded("padding", parameters.padding, operation.spatial, limits.padding)
    dilations = bounded("dilation", parameters.dilation, operation.spatial, limits.stride)
    sides = [(side, side) for side in padding]
    return list(zip(kernel, strides, dilations, sides, strict=True))


def resolve_input_size(
    operation: Operation,
    parameters: InputGradientParameters,
    limits: Limits,
    windows: Sequence[Window],
    outputs: tuple[int, ...] | None,
) -> tuple[int, ...]:
    """The size of the input that is asked for, or the smallest that has these outputs."""
    if parameters.input_size is not None:
        return bounded("input_size", parameters.input_size, operation.spatial, limits.side)
    outputs = outputs or (BARE_SIDE,) * operation.spatial
    fitting = [input_sizes(Axis(1, *window), output) for window, output in zip(windows, outputs, strict=True)]
    for sizes, window, output, name in zip(fitting, windows, outputs, AXIS_NAMES[operation.spatial], strict=True):
        if not sizes:
            sentence = words.NO_INPUT_SIZE.format(axis=name, padding=window[3][0], windows=counted(output, "window"))
            raise Refusal(sentence, loc=("padding",))
    sides = tuple(sizes[0] for sizes in fitting)
    if max(sides) > limits.side:
        sentence = words.INPUT_SIDE.format(name="y", most=limits.side, shape=times(sides))
        raise Refusal(sentence, type="too_large", loc=(NAME,))
    return sides


def input_sizes(axis: Axis, output: int) -> range:
    """The inputs on which this number of windows fits: as many as the stride rounds to one number."""
    least = (output - 1) * axis.stride + axis.extent - sum(axis.padding)
    return range(max(least, 1), least + axis.stride)


def kernel_sizes(axis: Axis, output: int) -> range:
    """The kernels of which this number fits on the input."""
    most = axis.padded_size - 1 - (output - 1) * axis.stride
    least = max(most - axis.stride + 1, 0)
    return range(-(-least // axis.dilation) + 1, most // axis.dilation + 2)


def check_outputs(
    axes: tuple[Axis, ...], given: tuple[int, ...] | None, name: str, fitting: Callable[[Axis, int], range]
) -> None:
    """The gradient from above has a cell for each window; `fitting` says which sizes, `name`, would make it so."""
    if given is None:
        return
    for axis, cells, along in zip(axes, given, AXIS_NAMES[len(axes)], strict=True):
        if axis.output_size != cells:
            sizes = fitting(axis, cells)
            sentence = words.GRADIENT_SIDE.format(
                axis=along,
                windows=counted(axis.output_size, "window"),
                given=counted(cells, "cell"),
                fitting=(words.FITTING if sizes else words.NONE_FITTING).format(name=name, sizes=spell_range(sizes)),
            )
            raise Refusal(sentence, loc=(NAME,))


def input_size_of(axis: Axis, name: str) -> GradientSize:
    """(grad_output − 1)·stride − 2·padding + dilation·(kernel − 1) + 1 + remainder = input"""
    formula = (
        f"({axis.output_size} − 1)·{axis.stride} − 2·{axis.padding[0]} + {axis.dilation}·({axis.kernel_size} − 1)"
        f" + 1 + {remainder(axis)} = {axis.input_size}"
    )
    return size_of(axis, name, axis.output_size, axis.input_size, formula)


def weight_size_of(axis: Axis, name: str) -> GradientSize:
    """(input + 2·padding − stride·(grad_output − 1) − 1 − remainder) / dilation + 1 = kernel"""
    formula = (
        f"({axis.input_size} + 2·{axis.padding[0]} − {axis.stride}·({axis.output_size} − 1)"
        f" − 1 − {remainder(axis)}) / {axis.dilation} + 1 = {axis.kernel_size}"
    )
    return size_of(axis, name, axis.input_size, axis.kernel_size, formula)


def size_of(axis: Axis, name: str, input_size: int, output: int, formula: str) -> GradientSize:
    return {
        "axis": name,
        "input": input_size,
        "grad_output": axis.output_size,
        "kernel": axis.kernel_size,
        "stride": axis.stride,
        "padding": axis.padding[0],
        "dilation": axis.dilation,
        "rest": remainder(axis),
        "output": output,
        "formula": formula,
    }


def remainder(axis: Axis) -> int:
    """How many cells the stride leaves over at the end of the input."""
    return (axis.padded_size - axis.extent) % axis.stride


def spelled_with_size(operation: Operation, axes: Sequence[Axis], fields: Mapping[str, Any]) -> Mapping[str, str]:
    """The canonical fields; the input's size where it is not the smallest that the gradient from above fits on."""
    sides = tuple(axis.input_size for axis in axes)
    outputs = [axis.output_size if says_its_size(fields["grad_output"]) else BARE_SIDE for axis in axes]
    smallest = [input_sizes(axis, output)[:1] for axis, output in zip(axes, outputs, strict=True)]
    follows = all(side in sizes for side, sizes in zip(sides, smallest, strict=True))
    return spelled(operation, {"input_size": None if follows else compact(sides), **fields})
