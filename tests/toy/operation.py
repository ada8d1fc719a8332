"""A toy operation, all of it: the sum of each window along a line, which may go on at the beginning after its end."""

from functools import partial
from typing import Annotated

import numpy as np
from pydantic import BaseModel, ConfigDict

from app.address.parameters import Flag, Label, read_count, reader, refuse
from app.equation.nodes import Name
from app.equation.parts import row
from app.operations.common.fields import described, spelled
from app.operations.common.formula import indexed, input_index, names, size_formula, sums_over
from app.operations.common.grids import Resolved, resolve_input
from app.operations.common.panel_fields import POOLED, X
from app.operations.common.sizes import size_lines
from app.operations.common.snippets.layer_call import layer_call
from app.operations.common.snippets.program import NUMPY_WINDOWS
from app.scene.explanation import Count, Explanation, Snippet
from app.scene.layer import Layer
from app.scene.legality import check_fit, check_work
from app.scene.operation import Operation
from app.scene.outlines import RawGrid
from app.scene.scene import Scene
from app.scene.sizes import convolution_sizes
from app.settings import Limits
from kernels.axis import Axis
from kernels.relation import Relation, plane_feeds, window_reads
from kernels.trace import Trace, add_up

MOST = 16


def read_cells(raw: object, *, name: str) -> int:
    """A number of cells, from 1 to 16."""
    value = read_count(raw, name=name)
    if not 1 <= value <= MOST:
        refuse("{name} is from 1 to {most} cells, but not {value}.", name=name, most=MOST, value=value)
    return value


class MovingSumParameters(BaseModel):
    """Words of its own, so that no label of another operation serves it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    x: RawGrid = None
    span: Annotated[int, reader(read_cells), Label("Span")] = 3
    hop: Annotated[int, reader(read_cells), Label("Hop")] = 1
    around: Annotated[Flag, Label("Wrap around")] = False


def resolve_moving_sum(operation: Operation, parameters: MovingSumParameters, limits: Limits) -> Layer:
    """Everything resolved and bounded, before any of the work is done. Raises Refusal, its loc naming the field."""
    x = resolve_input(operation, parameters.x, limits)
    channels, size = x.shape
    axis = Axis(size, parameters.span, parameters.hop)
    check_fit((axis,), "span")
    if parameters.around:
        axis = Axis(size, parameters.span, parameters.hop, padding=(0, parameters.span - 1), padding_mode="circular")
    shown = described(parameters, "span", "hop", "around")
    layer = Layer(
        parameters=shown,
        spell=partial(spelled, operation, {"x": x, **shown}),
        grids={"x": x},
        axes=(axis,),
        y_shape=(channels, axis.output_size),
        relation=Relation((window_reads(axis),), plane_feeds(channels)),
        multiplications=0,
        compute=partial(moving_sums, x, axis),
        sizes=partial(convolution_sizes, (axis,)),
        weights=None,
    )
    check_work(layer, limits)
    return layer


def moving_sums(x: Resolved, axis: Axis, start: int, stop: int) -> Trace:
    channels, outputs = np.divmod(np.arange(start, stop), axis.output_size)
    y = add_up(x.values[channels, axis.reads[outputs].T]) + 0.0  # as no result is a −0.0
    return Trace(start, stop, y, y[np.newaxis])


def explain_moving_sum(scene: Scene) -> Explanation:
    [axis] = scene.layer.windows
    first = scene.presentation.first_index
    read = indexed("x", "input", [input_index(axis, "i", "a", first)])
    return Explanation(
        short=row(Name("y"), "=", "∑", Name("x")),
        long=row(indexed("y", "output", names("i")), "=", *sums_over("a", [axis.kernel_size], first), read),
        kind="a mean that is not divided",
        sizes=size_lines(convolution_sizes((axis,)), size_formula),
        unused=[],
        counts=[Count("parameters", 0, space="tap")],
        note="There is nothing to learn here.",
    )


def in_numpy(scene: Scene) -> tuple[Snippet]:
    [axis] = scene.layer.windows
    more = [f"x = np.concatenate([x, x[:, :{axis.padding[1]}]], axis=1)"] * bool(axis.padding[1])
    summed = f"y = sliding_window_view(x, {axis.kernel_size}, axis=1)[:, ::{axis.stride}].sum(axis=-1)"
    return (NUMPY_WINDOWS.snippet(layer_call(scene), [*more, summed]),)


MOVING_SUM = Operation(
    name="moving_sum",
    title="Moving sum",
    summary="A few neighbours become their sum. Then the window moves.",
    group="Toys",
    spatial=1,
    parameters=MovingSumParameters,
    grids={"x": X},
    roles=POOLED,
    defaults={"x": "2,6,1,3,5", "span": "3", "hop": "1"},
    resolve=resolve_moving_sum,
    explain=explain_moving_sum,
    snippets=in_numpy,
    views=("gather", "rows"),
    steppers=("span",),
    start_step=1,
)
