"""Unfolding, which writes windows as columns, and folding, which lays columns back as windows."""

from dataclasses import replace
from math import prod

from pydantic import ValidationError

from app.address.query import Raw
from app.address.refusal import Refusal
from app.operations.common.panel_fields import POOLED, X
from app.operations.unfold import layer as unfolding
from app.operations.unfold.explanation import explain_folding, explain_unfolding
from app.operations.unfold.snippets import fold_snippets, unfold_snippets
from app.scene.changes import computed
from app.scene.operation import Operation
from app.scene.scene import Scene


def as_many_columns(scene: Scene, changes: Raw) -> Raw:
    """As many columns as windows fit now, and as many rows as they have taps: of ones, so that y counts overlaps."""
    try:
        parameters = unfolding.FoldParameters(**computed(scene, changes))
        sides = parameters.output_size * (scene.operation.spatial // len(parameters.output_size))
        axes = unfolding.resolve_axes(scene.operation, parameters, scene.limits, sides)
    except (Refusal, ValidationError):
        return {}
    rows = scene.layer.y_shape[0] * prod(unfolding.taps_of(axes))
    columns = prod(unfolding.outputs_of(axes))
    return {"x": f"ones:{rows}x{columns}"} if columns else {}


UNFOLD = Operation(
    name="unfold",
    title="Unfold: windows as columns",
    summary="Each window becomes a column. Then a convolution is one product of two matrices.",
    group="Rearranging",
    spatial=2,
    parameters=unfolding.UnfoldParameters,
    grids={"x": X},
    roles=replace(POOLED, result="columns"),
    defaults={**unfolding.DEFAULTS, "x": "1,2,3,4;5,6,7,8;9,10,11,12"},
    resolve=unfolding.resolve_unfolding,
    explain=explain_unfolding,
    snippets=unfold_snippets,
    views=("columns",),
    steppers=("kernel_size", "stride", "padding", "dilation"),
    start_step=4,
)
FOLD = replace(
    UNFOLD,
    name="fold",
    title="Fold: columns back to a picture",
    summary="Each column goes back to where its window was. Where windows overlap, they add up.",
    parameters=unfolding.FoldParameters,
    grids={"x": replace(X, channels=None)},
    roles=replace(POOLED, data="columns"),
    defaults={
        **unfolding.DEFAULTS,
        "x": "1,2,3,5,6,7;2,3,4,6,7,8;5,6,7,9,10,11;6,7,8,10,11,12",
        "output_size": "3,4",
    },
    resolve=unfolding.resolve_folding,
    explain=explain_folding,
    snippets=fold_snippets,
    steppers=("output_size", *UNFOLD.steppers),
    dependent_fields=as_many_columns,
)
OPERATIONS = (UNFOLD, FOLD)
