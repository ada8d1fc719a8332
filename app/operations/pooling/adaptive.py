"""How an adaptive pooling's parameters become a layer: the size of y is given, and the windows follow."""

from functools import lru_cache, partial
from math import prod
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict

from app.address.parameters import Counts, read_counts, reader
from app.operations.common.fields import bounded, compact, spelled
from app.operations.common.grids import resolve_input
from app.operations.pooling.layer import largest, mean
from app.operations.pooling.windows import check_looks
from app.scene.layer import Layer
from app.scene.legality import check_work
from app.scene.operation import Operation
from app.scene.outlines import RawGrid
from app.scene.sizes import Size, sizes_along
from app.settings import Limits
from kernels.adaptive import AdaptiveAxis
from kernels.relation import Reduction, Relation, plane_feeds, pool_reads

Axes = tuple[AdaptiveAxis, ...]

DEFAULTS = {"output_size": "2"}


class AdaptiveParameters(BaseModel):
    """The parameters of torch.nn.functional.adaptive_avg_pool2d and adaptive_max_pool2d."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    x: RawGrid = None
    output_size: Annotated[Counts, reader(read_counts, least=1)] = (2,)


def resolve_adaptive_max(operation: Operation, parameters: AdaptiveParameters, limits: Limits) -> Layer:
    return resolve_adaptive(operation, parameters, limits, "max")


def resolve_adaptive_mean(operation: Operation, parameters: AdaptiveParameters, limits: Limits) -> Layer:
    return resolve_adaptive(operation, parameters, limits, "mean")


def resolve_adaptive(
    operation: Operation, parameters: AdaptiveParameters, limits: Limits, reduction: Reduction
) -> Layer:
    """Everything resolved and bounded, before any of the work is done. Raises Refusal, its loc naming the field."""
    x = resolve_input(operation, parameters.x, limits)
    channels, *sides = x.shape
    sizes = bounded("output_size", parameters.output_size, operation.spatial, limits.side)
    axes: Any = tuple(axis_of(*along) for along in zip(sides, sizes, strict=True))
    looks = channels * prod(sizes) * prod(axis.reads.shape[1] for axis in axes)
    check_looks(looks, limits)
    shown = {"output_size": compact(sizes)}
    layer = Layer(
        parameters=shown,
        spell=partial(spelled, operation, {"x": x, **shown}),
        grids={"x": x},
        axes=axes,
        y_shape=(channels, *sizes),
        relation=Relation(tuple(map(pool_reads, axes)), plane_feeds(channels), reduction),
        multiplications=looks,
        compute=partial(largest, x, axes) if reduction == "max" else partial(mean, x, axes, True, None),
        sizes=partial(adaptive_sizes, axes),
        weights=None,
    )
    check_work(layer, limits)
    return layer


axis_of = lru_cache(128)(AdaptiveAxis)


class AdaptiveSize(Size):
    """The size was asked for; `windows` are the input cells [begin, end) of each output cell."""

    fits: bool
    windows: tuple[tuple[int, int], ...]


def adaptive_sizes(axes: Axes) -> list[AdaptiveSize]:
    """Along each axis, which input cells each window has: the size is asked for, the windows follow."""
    return sizes_along(axes, size_of)


def size_of(axis: AdaptiveAxis, name: str) -> AdaptiveSize:
    """Window i has the input cells ⌊i·input/output⌋ to ⌈(i + 1)·input/output⌉ − 1."""
    share = f"{axis.input_size}/{axis.output_size}"
    return {
        "axis": name,
        "input": axis.input_size,
        "output": axis.output_size,
        "fits": axis.input_size % axis.output_size == 0,
        "windows": axis.windows,
        "formula": f"window i: ⌊i·{share}⌋ to ⌈(i + 1)·{share}⌉ − 1, for i from 0 to {axis.output_size - 1}",
    }
