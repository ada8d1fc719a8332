"""How a transposed convolution's parameters become a layer: every input cell stamps the kernel into the output."""

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from math import prod
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict

from app.address.parameters import Counts, Dilation, Label, read_counts, reader
from app.address.phrases import counted, times
from app.address.refusal import Refusal
from app.operations.common.fields import bounded, compact, described, spelled
from app.operations.common.grids import (
    Resolved,
    check_kernel,
    read_field,
    resolve_bias,
    resolve_input,
    resolved,
    weight_space,
)
from app.operations.convolution.layer import Groups
from app.scene.layer import Layer
from app.scene.legality import check_groups, check_work
from app.scene.operation import Operation
from app.scene.outlines import RawGrid
from app.scene.sizes import AXIS_NAMES, TransposedSize
from app.settings import Limits
from app.text import refusals as words
from kernels.axis import Axis
from kernels.relation import Relation, stretched_reads, transposed_feeds
from kernels.trace import Trace, transposed_trace
from kernels.transposed import transposed_axis

DEFAULTS = {"b": "", "stride": "2", "padding": "0", "output_padding": "0", "dilation": "1", "groups": "1"}
"""What the bare scene shows, besides its own grids: stride 2, for that is what it teaches. With an x of one's own the
stride is PyTorch's 1, and the link of a stride 2 says so (`Operation.own_to_bare`)."""
GROWTH = 8
"""How many times as many cells a side as an input the output may have."""

Margin = Annotated[Counts, reader(read_counts, least=0)]
"""A number of cells for each axis, the same on both sides."""


class TransposedParameters(BaseModel):
    """The parameters of torch.nn.functional.conv_transpose1d and conv_transpose2d."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    x: RawGrid = None
    w: RawGrid = None
    b: RawGrid = None
    stride: Annotated[Counts | None, reader(read_counts, least=1)] = None
    padding: Margin = (0,)
    output_padding: Annotated[Margin, Label("Output padding")] = (0,)
    dilation: Dilation = (1,)
    groups: Groups = 1


def resolve_transposed(operation: Operation, parameters: TransposedParameters, limits: Limits) -> Layer:
    """Everything resolved and bounded, before any of the work is done. Raises Refusal, its loc naming the field."""
    groups = parameters.groups
    x = resolve_input(operation, parameters.x, limits)
    check_groups(groups, x.shape[0])
    w = resolve_stamp(operation, parameters.w, limits, channels=x.shape[0], groups=groups)
    filters = groups * w.shape[1]
    b = resolve_bias(parameters.b, limits, filters=filters)
    stride = stride_of(operation, parameters)
    sizes = resolve_sizes(operation, parameters, stride, limits, x.shape[1:], w.shape[2:])
    axes = tuple(map(axis_of, sizes))
    y_shape = (filters, *(axis.input_size for axis in axes))
    grids = {"x": x, "w": w, "b": b}
    shown = {"stride": compact(stride), **described(parameters, "padding", "output_padding", "dilation", "groups")}
    layer = Layer(
        parameters=shown,
        spell=partial(spelled_with_stride, operation, {**grids, **shown}),
        grids=grids,
        axes=axes,
        y_shape=y_shape,
        relation=Relation(
            reads=tuple(map(stretched_reads, axes)), feeds=transposed_feeds(w.shape[0], w.shape[1], groups)
        ),
        multiplications=prod(y_shape) * w.shape[0] // groups * prod(w.shape[2:]),
        compute=partial(compute, x, w, b, axes, groups),
        sizes=partial(list, sizes),
        groups=groups,
    )
    check_work(layer, limits)
    return layer


def compute(
    x: Resolved, w: Resolved, b: Resolved | None, axes: Sequence[Axis], groups: int, start: int, stop: int
) -> Trace:
    bias = b.values if b else None
    return transposed_trace(x.values, w.values, bias, axes=axes, groups=groups, start=start, stop=stop)


def resolve_stamp(operation: Operation, raw: RawGrid, limits: Limits, *, channels: int, groups: int) -> Resolved:
    """w of shape (C, O/groups, *kernel): a single entry serves every input channel."""
    space = weight_space(operation, limits)
    grid = read_field("w", raw, operation, space)
    given, per_group, *sides = grid.shape
    check_kernel(groups * per_group, tuple(sides), limits)
    if given not in (1, channels):
        sentence = words.STAMP_CHANNELS.format(channels=counted(channels, "channel"), given=given)
        raise Refusal(sentence, loc=("w",))
    return resolved("w", grid, (channels, per_group, *sides), space)


def stride_of(operation: Operation, parameters: TransposedParameters) -> Counts:
    """The stride that is asked for; PyTorch's default, but for the bare scene's own input the bare scene's."""
    if parameters.stride is not None:
        return parameters.stride
    return (1,) if parameters.x is not None else (int(operation.defaults["stride"]),)


def resolve_sizes(
    operation: Operation,
    parameters: TransposedParameters,
    stride: Counts,
    limits: Limits,
    input_sizes: tuple[int, ...],
    kernel_sizes: tuple[int, ...],
) -> list[TransposedSize]:
    """Along each axis the numbers of the size formula, each of them legal."""
    spatial = operation.spatial
    each = zip(
        AXIS_NAMES[spatial],
        input_sizes,
        kernel_sizes,
        bounded("stride", stride, spatial, limits.stride),
        bounded("padding", parameters.padding, spatial, limits.padding),
        bounded("output_padding", parameters.output_padding, spatial, limits.padding),
        bounded("dilation", parameters.dilation, spatial, limits.stride),
        strict=True,
    )
    sizes = [size_of(*numbers) for numbers in each]
    for size in sizes:
        check_output_padding(size)
    for size in sizes:
        check_left_over(size)
    if max(size["output"] for size in sizes) > GROWTH * limits.side:
        shape = times([size["output"] for size in sizes])
        sentence = words.OUTPUT_SIDE.format(most=GROWTH * limits.side, shape=shape)
        raise Refusal(sentence, type="too_large", loc=("stride",))
    return sizes


def size_of(
    name: str, input_size: int, kernel: int, stride: int, padding: int, output_padding: int, dilation: int
) -> TransposedSize:
    output = (input_size - 1) * stride - 2 * padding + dilation * (kernel - 1) + output_padding + 1
    return {
        "axis": name,
        "input": input_size,
        "kernel": kernel,
        "stride": stride,
        "padding": padding,
        "output_padding": output_padding,
        "dilation": dilation,
        "output": output,
        "formula": f"({input_size} − 1)·{stride} − 2·{padding} + {dilation}·({kernel} − 1)"
        f" + {output_padding} + 1 = {output}",
    }


def check_output_padding(size: TransposedSize) -> None:
    """It chooses among the sizes that a stride rounds to one, so it must be below the stride or the dilation."""
    if size["output_padding"] >= max(size["stride"], size["dilation"]):
        sentence = words.OUTPUT_PADDING.format(
            axis=size["axis"], value=size["output_padding"], stride=size["stride"], dilation=size["dilation"]
        )
        raise Refusal(sentence, loc=("output_padding",))


def check_left_over(size: TransposedSize) -> None:
    """The padding must not cut everything away."""
    if size["output"] < 1:
        stamped = (size["input"] - 1) * size["stride"] + size["dilation"] * (size["kernel"] - 1) + 1
        sentence = words.NOTHING_LEFT.format(
            axis=size["axis"], stamped=counted(stamped, "cell"), padding=size["padding"]
        )
        raise Refusal(sentence, loc=("padding",))


def axis_of(size: TransposedSize) -> Axis:
    names = ("stride", "padding", "output_padding", "dilation")
    return shared_axis(size["input"], size["kernel"], **{name: size[name] for name in names})  # type: ignore[literal-required]


shared_axis = lru_cache(128)(transposed_axis)
"""An axis is its tables, which are read-only: scenes of the same sizes share them."""


def spelled_with_stride(operation: Operation, fields: Mapping[str, Any]) -> Mapping[str, str]:
    """The canonical fields: the stride goes with the input, as it was read."""
    is_bare = fields["x"].text == operation.defaults["x"]
    return spelled(operation, fields) if is_bare else spelled(operation, fields, stride="")
