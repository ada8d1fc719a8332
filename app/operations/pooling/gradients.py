"""How a pooling's gradient becomes a layer: the upstream gradient goes back through the windows that made y."""

from functools import cache, partial
from math import isfinite, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.address.phrases import times
from app.address.refusal import Refusal
from app.operations.common.fields import described
from app.operations.common.gate import Gate, followed_by, open_gate
from app.operations.common.grids import Resolved, resolve_input
from app.operations.common.upstream import read_upstream, resolve_upstream
from app.operations.convolution.layer import Activation
from app.operations.pooling.layer import DividedPoolingParameters, MaxPoolingParameters, sharing
from app.operations.pooling.unpooling import landing_relation
from app.operations.pooling.windows import (
    PoolSize,
    Windows,
    check_inside,
    check_looks,
    pooling_sizes,
    resolve_windows,
    spelled_windows,
)
from app.scene.layer import Layer
from app.scene.legality import check_amount
from app.scene.operation import Operation
from app.scene.outlines import RawGrid
from app.settings import Limits
from app.text import refusals as words
from kernels.axis import Axis
from kernels.gradients import shared_out
from kernels.pool_trace import max_pool_trace
from kernels.trace import Trace, transposed_trace

Cells = NDArray[np.intp]


class MaxGradientParameters(MaxPoolingParameters):
    """The parameters of a max pooling, with the gradient of its output, ones by default, and what followed it."""

    grad_output: RawGrid = None
    activation: Activation = None
    z: RawGrid = None


class AverageGradientParameters(DividedPoolingParameters):
    """The parameters of an average pooling, and the same."""

    grad_output: RawGrid = None
    activation: Activation = None
    z: RawGrid = None


def resolve_max_gradient(operation: Operation, parameters: MaxGradientParameters, limits: Limits) -> Layer:
    """Everything resolved and bounded, before any of the work is done. Raises Refusal, its loc naming the field."""
    x = resolve_input(operation, parameters.x, limits)
    windows = resolve_windows(parameters, x.shape[1:], limits)
    check_inside(windows)
    grad_output = resolve_gradient(operation, parameters.grad_output, x, windows, limits)
    gate = open_gate(operation, parameters.activation, parameters.z, grad_output, limits)
    shown = described(windows, "kernel_size", "stride", "padding", "dilation", "ceil_mode")
    shown |= followed_by(parameters.activation)
    winners = winners_of(x, windows.axes)
    compute = partial(pass_to_winners, x, winners, gate.gradient)
    return resolved_layer(operation, x, grad_output, gate, windows, limits, shown, compute, winners)


def resolve_average_gradient(operation: Operation, parameters: AverageGradientParameters, limits: Limits) -> Layer:
    x = resolve_input(operation, parameters.x, limits)
    windows = resolve_windows(parameters, x.shape[1:], limits)
    grad_output = resolve_gradient(operation, parameters.grad_output, x, windows, limits)
    gate = open_gate(operation, parameters.activation, parameters.z, grad_output, limits)
    shares = sharing(parameters)
    shown = {**described(windows, "kernel_size", "stride", "padding", "ceil_mode"), **shares}
    shown |= followed_by(parameters.activation)
    compute = partial(pass_to_all, gate.gradient, windows.axes, shares)
    return resolved_layer(operation, x, grad_output, gate, windows, limits, shown, compute)


def resolved_layer(
    operation: Operation,
    x: Resolved,
    grad_output: Resolved,
    gate: Gate,
    windows: Windows,
    limits: Limits,
    shown: dict[str, Any],
    compute: Any,
    winners: Any = None,
) -> Layer:
    looks = grad_output.size * prod(windows.kernel_size)
    check_looks(looks, limits)
    layer = Layer(
        parameters=shown,
        spell=partial(spelled_windows, operation, {"x": x, **shown, "grad_output": grad_output, "z": gate.z}),
        grids={"x": x, "grad_output": grad_output, "z": gate.z},
        axes=windows.axes,
        y_shape=x.shape,
        relation=landing_relation(x.shape[0], windows.sides),
        multiplications=looks,
        compute=compute,
        sizes=partial(gradient_sizes, windows),
        data=gate.name,
        weights=None,
        made=gate.made,
        gate=gate.drawn,
        spaces={"y": "input"},
        find_targets=winners,
    )
    check_amount(layer, limits)
    # No cell lies under more windows than a window has places.
    if not isfinite(grad_output.largest * prod(windows.kernel_size)):
        raise Refusal(words.OVERFLOW, type="finite_number", loc=("grad_output",))
    return layer


def resolve_gradient(operation: Operation, raw: RawGrid, x: Resolved, windows: Windows, limits: Limits) -> Resolved:
    """One number for each output of the pooling; ones, so that y counts, where nothing is given."""
    shape = (x.shape[0], *windows.outputs)
    upstream = read_upstream(operation, raw, limits)
    if upstream.sides not in (None, shape[1:]) or upstream.planes not in (1, shape[0]):
        given = times((upstream.planes, *(upstream.sides or shape[1:])))
        raise Refusal(words.GRAD_OUTPUT_SHAPE.format(wanted=times(shape), given=given), loc=("grad_output",))
    return resolve_upstream(operation, upstream, shape, limits)


def winners_of(x: Resolved, axes: tuple[Axis, ...]) -> Any:
    """Where each window's largest value stands in its plane; found out once, when it is asked for."""

    @cache
    def winners() -> Cells:
        argmax = max_pool_trace(x.values, axes=axes).argmax
        assert argmax is not None
        return argmax.reshape(x.shape[0], *(axis.output_size for axis in axes))

    return winners


def pass_to_winners(x: Resolved, winners: Any, grad_output: Resolved, start: int, stop: int) -> Trace:
    """Some numbers of y: what the windows that a cell won have for it, added up in reading order."""
    planes = np.arange(x.shape[0])[:, np.newaxis] * prod(x.shape[1:])
    cells = (winners().reshape(x.shape[0], -1) + planes).ravel()
    here = (cells >= start) & (cells < stop)
    y = np.bincount(cells[here] - start, grad_output.values.ravel()[here], stop - start).astype(np.float64)
    return Trace(start, stop, y, y[np.newaxis])


def pass_to_all(grad_output: Resolved, axes: tuple[Axis, ...], shares: dict[str, Any], start: int, stop: int) -> Trace:
    """Some numbers of y: every window shares its gradient out among its cells."""
    parts, ones = shared_out(grad_output.values, axes, shares["count_include_pad"], shares["divisor_override"])
    return transposed_trace(parts, ones, axes=axes, groups=grad_output.shape[0], start=start, stop=stop)


def gradient_sizes(windows: Windows) -> list[PoolSize]:
    """y is as large as x; the formula is that of the pooling, which says how large grad_output is."""
    return [
        {**size, "output": size["input"], "formula": f"as large as x, {size['input']}; grad_output: {size['formula']}"}
        for size in pooling_sizes(windows.axes, windows.ceil_mode)
    ]
