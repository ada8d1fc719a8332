"""The table of operations. Adding one is a module in kernels/, an entry here, and an explanation."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.explanation import explain_convolution
from app.explanations.gradients import explain_input_gradient, explain_weight_gradient
from app.explanations.pooling import explain_adaptive, explain_pooling
from app.explanations.transposed import explain_transposed
from app.explanations.unfolding import explain_folding, explain_unfolding
from app.explanations.unpooling import explain_max_gradient, explain_mean_gradient, explain_unpooling
from app.layers import (
    adaptive,
    convolution,
    gradients,
    pool_gradients,
    pooling,
    transposed,
    unfolding,
    unpooling,
    volume,
)
from app.scene import Operation, Scene
from app.views.common.gather import Gather
from app.views.connections import Connections
from app.views.flip import Flip
from app.views.folding import Folding
from app.views.im2col import Im2col
from app.views.matrix import Matrix
from app.views.scatter.view import AverageScatter, ConvolutionScatter, IndexedScatter, TransposedScatter
from app.views.shift import Shift
from app.views.unfolding import Unfolding
from app.views.view import View
from app.views.zero_insertion import ZeroInsertion

Views = Mapping[str, Callable[[Scene], View]]

WINDOWED: Views = {"gather": Gather}
CONVOLVED: Views = {
    "gather": Gather,
    "scatter": ConvolutionScatter,
    "matrix": Matrix,
    "im2col": Im2col,
    "flip": Flip,
    "shift": Shift,
}
POOLED: Views = {"gather": Gather, "shift": Shift}
STAMPED: Views = {"scatter": TransposedScatter, "zero-insertion": ZeroInsertion, "matrix": Matrix}

LONE_SPIKE = {"shift": {"x": "impulse:4x4"}}
LONE_SPIKE_IN_A_ROW = {"shift": {"x": "impulse:8"}}
"""A spike in the first cell of its window: moved one cell down, right, or both, pooling gives the same."""

X_BAR, W_BAR = "x\N{COMBINING MACRON}", "w\N{COMBINING MACRON}"
"""The lectures' names for the gradients that PyTorch keeps in x.grad and w.grad."""

CONV1D = Operation(
    name="conv1d",
    spatial=1,
    parameters=convolution.ConvolutionParameters,
    defaults={**convolution.DEFAULTS, "x": "row", "w": "difference"},
    settle=convolution.settle_convolution,
    explain=explain_convolution,
    views={**CONVOLVED, "connections": Connections},
    steppers=("stride", "padding", "dilation", "w"),
    rest=3,
)
CONV2D = Operation(
    name="conv2d",
    spatial=2,
    parameters=convolution.ConvolutionParameters,
    defaults={**convolution.DEFAULTS, "x": "seven", "w": "sobel-x"},
    settle=convolution.settle_convolution,
    explain=explain_convolution,
    views=CONVOLVED,
    steppers=("stride", "padding", "dilation", "w"),
    rest=12,
)
CONV3D = replace(
    CONV2D,
    name="conv3d",
    spatial=3,
    defaults={
        **convolution.DEFAULTS,
        "x": "0,0,0,0,0;0,9,9,0,0;0,9,9,0,0;0,0,0,0,0;;0,0,0,0,0;0,0,9,9,0;0,0,9,9,0;0,0,0,0,0;;"
        "0,0,0,0,0;0,0,0,0,0;0,0,0,9,9;0,0,0,9,9",
        "w": "-1,-1;-1,-1;;1,1;1,1",
    },
    settle=volume.settle_volume,
    views=WINDOWED,
    rest=17,
)
CONV_TRANSPOSE2D = Operation(
    name="conv_transpose2d",
    spatial=2,
    parameters=transposed.TransposedParameters,
    defaults={**transposed.DEFAULTS, "x": "2,1,3;0,2,1;1,0,2", "w": "1,2,0;0,3,1;2,0,1"},
    settle=transposed.settle_transposed,
    explain=explain_transposed,
    views=STAMPED,
    steppers=("stride", "padding", "output_padding", "dilation", "w"),
    rest=4,
    shared=0,
)
CONV_TRANSPOSE1D = replace(
    CONV_TRANSPOSE2D,
    name="conv_transpose1d",
    spatial=1,
    defaults={**transposed.DEFAULTS, "x": "2,1,3", "w": "1,2,3"},
    rest=1,
)
CONV2D_INPUT = Operation(
    name="conv2d_input",
    spatial=2,
    parameters=gradients.InputGradientParameters,
    defaults={**gradients.DEFAULTS, "input_size": "", "w": "1,2;3,4"},
    settle=gradients.settle_input_gradient,
    explain=explain_input_gradient,
    views=STAMPED,
    steppers=("stride", "padding", "dilation", "w"),
    rest=4,
    shared=None,
    letter=X_BAR,
)
CONV2D_WEIGHT = Operation(
    name="conv2d_weight",
    spatial=2,
    parameters=gradients.WeightGradientParameters,
    defaults={**gradients.DEFAULTS, "x": "1,3,2,4;5,6,7,8;3,2,1,0;1,2,3,4", "kernel_size": "3"},
    settle=gradients.settle_weight_gradient,
    explain=explain_weight_gradient,
    views={"gather": Gather},
    steppers=("kernel_size", "stride", "padding", "dilation"),
    rest=4,
    letter=W_BAR,
)
UNFOLD = Operation(
    name="unfold",
    spatial=2,
    parameters=unfolding.UnfoldParameters,
    defaults={**unfolding.DEFAULTS, "x": "1,2,3,4;5,6,7,8;9,10,11,12"},
    settle=unfolding.settle_unfolding,
    explain=explain_unfolding,
    views={"columns": Unfolding},
    steppers=("kernel_size", "stride", "padding", "dilation"),
    rest=4,
)
FOLD = replace(
    UNFOLD,
    name="fold",
    parameters=unfolding.FoldParameters,
    defaults={
        **unfolding.DEFAULTS,
        "x": "1,2,3,5,6,7;2,3,4,6,7,8;5,6,7,9,10,11;6,7,8,10,11,12",
        "output_size": "3,4",
    },
    settle=unfolding.settle_folding,
    explain=explain_folding,
    views={"columns": Folding},
    steppers=("output_size", "kernel_size", "stride", "padding", "dilation"),
)
MAX_POOL2D = Operation(
    name="max_pool2d",
    spatial=2,
    parameters=pooling.MaxPoolingParameters,
    defaults={**pooling.MAX_DEFAULTS, "x": "1,3,2,4;5,6,7,8;3,2,1,0;1,2,3,4"},
    settle=pooling.settle_max_pooling,
    explain=explain_pooling,
    views=POOLED,
    steppers=("kernel_size", "stride", "padding", "dilation"),
    rest=1,
    examples=LONE_SPIKE,
)
MAX_POOL1D = replace(
    MAX_POOL2D,
    name="max_pool1d",
    spatial=1,
    defaults={**pooling.MAX_DEFAULTS, "x": "2,6,1,3,5,5,0,4"},
    rest=2,
    examples=LONE_SPIKE_IN_A_ROW,
)
AVG_POOL2D = Operation(
    name="avg_pool2d",
    spatial=2,
    parameters=pooling.DividedPoolingParameters,
    defaults={**pooling.AVERAGE_DEFAULTS, "x": MAX_POOL2D.defaults["x"]},
    settle=pooling.settle_average_pooling,
    explain=explain_pooling,
    views=POOLED,
    steppers=("kernel_size", "stride", "padding"),
    rest=1,
    examples=LONE_SPIKE,
)
AVG_POOL1D = replace(
    AVG_POOL2D,
    name="avg_pool1d",
    spatial=1,
    parameters=pooling.AveragePoolingParameters,
    defaults={**pooling.AVERAGE_DEFAULTS, "x": MAX_POOL1D.defaults["x"]},
    rest=2,
    examples=LONE_SPIKE_IN_A_ROW,
)
LP_POOL2D = Operation(
    name="lp_pool2d",
    spatial=2,
    parameters=pooling.PowerPoolingParameters,
    defaults={**pooling.POWER_DEFAULTS, "x": "1,2,1,1;2,4,3,5;4,2,3,9;6,5,1,3"},
    settle=pooling.settle_power_pooling,
    explain=explain_pooling,
    views=POOLED,
    steppers=("norm_type", "kernel_size", "stride"),
    examples=LONE_SPIKE,
)
ADAPTIVE_AVG_POOL2D = Operation(
    name="adaptive_avg_pool2d",
    spatial=2,
    parameters=adaptive.AdaptiveParameters,
    defaults={**adaptive.DEFAULTS, "x": "1,2,0,5,7;0,0,5,4,2;6,2,2,3,8;4,9,7,7,2;9,8,7,1,8"},
    settle=adaptive.settle_adaptive_mean,
    explain=explain_adaptive,
    views=WINDOWED,
    steppers=("output_size",),
    rest=1,
)
ADAPTIVE_MAX_POOL2D = replace(ADAPTIVE_AVG_POOL2D, name="adaptive_max_pool2d", settle=adaptive.settle_adaptive_max)
MAX_UNPOOL2D = Operation(
    name="max_unpool2d",
    spatial=2,
    parameters=unpooling.UnpoolingParameters,
    defaults={**unpooling.DEFAULTS, "x": "6,8;3,4", "indices": "5,7;8,15"},
    settle=unpooling.settle_unpooling,
    explain=explain_unpooling,
    views={"scatter": IndexedScatter},
    steppers=("kernel_size", "stride", "padding"),
)
MAX_POOL2D_INPUT = replace(
    MAX_POOL2D,
    name="max_pool2d_input",
    parameters=pool_gradients.MaxGradientParameters,
    settle=pool_gradients.settle_max_gradient,
    explain=explain_max_gradient,
    views={"scatter": IndexedScatter},
    letter=X_BAR,
)
AVG_POOL2D_INPUT = replace(
    AVG_POOL2D,
    name="avg_pool2d_input",
    parameters=pool_gradients.AverageGradientParameters,
    settle=pool_gradients.settle_average_gradient,
    explain=explain_mean_gradient,
    views={"scatter": AverageScatter},
    letter=X_BAR,
)
OPERATIONS = {
    operation.name: operation
    for operation in (
        CONV1D,
        CONV2D,
        CONV3D,
        CONV_TRANSPOSE1D,
        CONV_TRANSPOSE2D,
        CONV2D_INPUT,
        CONV2D_WEIGHT,
        UNFOLD,
        FOLD,
        MAX_POOL1D,
        MAX_POOL2D,
        AVG_POOL1D,
        AVG_POOL2D,
        LP_POOL2D,
        ADAPTIVE_AVG_POOL2D,
        ADAPTIVE_MAX_POOL2D,
        MAX_UNPOOL2D,
        MAX_POOL2D_INPUT,
        AVG_POOL2D_INPUT,
    )
}
