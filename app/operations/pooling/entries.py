"""Poolings along one and two axes, and the inverse of max pooling."""

from dataclasses import replace

from app.operations.common.panel_fields import POOLED, X
from app.operations.pooling import adaptive, unpooling
from app.operations.pooling import layer as pooling
from app.operations.pooling.explanation import explain_adaptive, explain_pooling
from app.operations.pooling.snippets import pool_snippets
from app.operations.pooling.unpooling_explanation import explain_unpooling
from app.scene.operation import GridField, Operation, Roles

LONE_SPIKE = {"shift": {"x": "impulse:4x4"}}
LONE_SPIKE_IN_A_ROW = {"shift": {"x": "impulse:8"}}
"""A spike in the first cell of its window: moved one cell down, right, or both, pooling gives the same."""

MAX_POOL2D = Operation(
    name="max_pool2d",
    title="Max pooling",
    summary="The numbers of a window compete, and only the largest goes on.",
    group="Pooling",
    spatial=2,
    parameters=pooling.MaxPoolingParameters,
    grids={"x": X},
    roles=POOLED,
    defaults={**pooling.MAX_DEFAULTS, "x": "1,3,2,4;5,6,7,8;3,2,1,0;1,2,3,4"},
    resolve=pooling.resolve_max_pooling,
    explain=explain_pooling,
    snippets=lambda scene: pool_snippets(scene, scene.operation.name, scene.layer.relation.reduction),
    views=("gather", "shift"),
    steppers=("kernel_size", "stride", "padding", "dilation"),
    start_step=1,
    examples=LONE_SPIKE,
)
MAX_POOL1D = replace(
    MAX_POOL2D,
    name="max_pool1d",
    title="Max pooling in one dimension",
    summary="A few neighbours compete, and only the largest goes on.",
    spatial=1,
    defaults={**pooling.MAX_DEFAULTS, "x": "2,6,1,3,5,5,0,4"},
    start_step=2,
    examples=LONE_SPIKE_IN_A_ROW,
)
AVG_POOL2D = replace(
    MAX_POOL2D,
    name="avg_pool2d",
    title="Average pooling",
    summary="All the numbers of a window become one: their mean.",
    parameters=pooling.DividedPoolingParameters,
    defaults={**pooling.AVERAGE_DEFAULTS, "x": MAX_POOL2D.defaults["x"]},
    resolve=pooling.resolve_average_pooling,
    steppers=("kernel_size", "stride", "padding"),
)
AVG_POOL1D = replace(
    AVG_POOL2D,
    name="avg_pool1d",
    title="Average pooling in one dimension",
    summary="A few neighbours become their mean. Then the window moves.",
    spatial=1,
    parameters=pooling.AveragePoolingParameters,
    defaults={**pooling.AVERAGE_DEFAULTS, "x": MAX_POOL1D.defaults["x"]},
    start_step=2,
    examples=LONE_SPIKE_IN_A_ROW,
)
LP_POOL2D = replace(
    MAX_POOL2D,
    name="lp_pool2d",
    title="Power-average pooling",
    summary="Between the sum and the largest: the larger the power, the more the largest number counts.",
    parameters=pooling.PowerPoolingParameters,
    defaults={**pooling.POWER_DEFAULTS, "x": "1,2,1,1;2,4,3,5;4,2,3,9;6,5,1,3"},
    resolve=pooling.resolve_power_pooling,
    steppers=("norm_type", "kernel_size", "stride"),
    start_step=0,
)
ADAPTIVE_MAX_POOL2D = replace(
    MAX_POOL2D,
    name="adaptive_max_pool2d",
    title="Adaptive max pooling",
    summary="You say how large the output is, and the windows make themselves fit.",
    parameters=adaptive.AdaptiveParameters,
    defaults={**adaptive.DEFAULTS, "x": "1,2,0,5,7;0,0,5,4,2;6,2,2,3,8;4,9,7,7,2;9,8,7,1,8"},
    resolve=adaptive.resolve_adaptive_max,
    explain=explain_adaptive,
    views=("gather",),
    steppers=("output_size",),
    starts=(("global pooling", "/adaptive_max_pool2d?output_size=1"),),
    examples={},
)
ADAPTIVE_AVG_POOL2D = replace(
    ADAPTIVE_MAX_POOL2D,
    name="adaptive_avg_pool2d",
    title="Adaptive average pooling",
    resolve=adaptive.resolve_adaptive_mean,
    starts=(("global pooling", "/adaptive_avg_pool2d?output_size=1"),),
)
MAX_UNPOOL2D = Operation(
    name="max_unpool2d",
    title="Max unpooling",
    summary="Each number goes back to the place where it once won; everything else is zero.",
    group="Pooling",
    spatial=2,
    parameters=unpooling.UnpoolingParameters,
    grids={"x": X, "indices": GridField("input", "Indices", "cells of the output", channels=0)},
    roles=Roles("pooled input", "", "output"),
    defaults={**unpooling.DEFAULTS, "x": "6,8;3,4", "indices": "5,7;8,15"},
    resolve=unpooling.resolve_unpooling,
    explain=explain_unpooling,
    snippets=lambda scene: pool_snippets(scene, scene.operation.name, "max"),
    views=("scatter",),
    scatters="index",
    steppers=("kernel_size", "stride", "padding"),
)
OPERATIONS = (
    *(MAX_POOL2D, MAX_POOL1D, AVG_POOL2D, AVG_POOL1D, LP_POOL2D),
    *(ADAPTIVE_MAX_POOL2D, ADAPTIVE_AVG_POOL2D, MAX_UNPOOL2D),
)
