"""The table of operations. Adding one is a module in kernels/, an entry here, and an explanation."""

from dataclasses import replace

from app.explanation import explain_convolution
from app.explanations.pooling import explain_pooling
from app.layers import adaptive, convolution, pool_gradients, pooling, unpooling
from app.scene import Operation
from app.views.gather import Gather
from app.views.matrix import Matrix

WINDOWED = {"gather": Gather}
CONVOLVED = {"gather": Gather, "matrix": Matrix}

CONV1D = Operation(
    name="conv1d",
    spatial=1,
    parameters=convolution.ConvolutionParameters,
    defaults={**convolution.DEFAULTS, "x": "row", "w": "difference"},
    settle=convolution.settle_convolution,
    explain=explain_convolution,
    views=CONVOLVED,
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
MAX_POOL2D = Operation(
    name="max_pool2d",
    spatial=2,
    parameters=pooling.MaxPoolingParameters,
    defaults={**pooling.MAX_DEFAULTS, "x": "1,3,2,4;5,6,7,8;3,2,1,0;1,2,3,4"},
    settle=pooling.settle_max_pooling,
    explain=explain_pooling,
    views=WINDOWED,
    steppers=("kernel_size", "stride", "padding", "dilation"),
    rest=1,
)
MAX_POOL1D = replace(
    MAX_POOL2D,
    name="max_pool1d",
    spatial=1,
    defaults={**pooling.MAX_DEFAULTS, "x": "2,6,1,3,5,5,0,4"},
    rest=2,
)
AVG_POOL2D = Operation(
    name="avg_pool2d",
    spatial=2,
    parameters=pooling.DividedPoolingParameters,
    defaults={**pooling.AVERAGE_DEFAULTS, "x": MAX_POOL2D.defaults["x"]},
    settle=pooling.settle_average_pooling,
    explain=explain_pooling,
    views=WINDOWED,
    steppers=("kernel_size", "stride", "padding"),
    rest=1,
)
AVG_POOL1D = replace(
    AVG_POOL2D,
    name="avg_pool1d",
    spatial=1,
    parameters=pooling.AveragePoolingParameters,
    defaults={**pooling.AVERAGE_DEFAULTS, "x": MAX_POOL1D.defaults["x"]},
    rest=2,
)
LP_POOL2D = Operation(
    name="lp_pool2d",
    spatial=2,
    parameters=pooling.PowerPoolingParameters,
    defaults={**pooling.POWER_DEFAULTS, "x": "1,2,1,1;2,4,3,5;4,2,3,9;6,5,1,3"},
    settle=pooling.settle_power_pooling,
    explain=explain_pooling,
    views=WINDOWED,
    steppers=("norm_type", "kernel_size", "stride"),
)
ADAPTIVE_AVG_POOL2D = Operation(
    name="adaptive_avg_pool2d",
    spatial=2,
    parameters=adaptive.AdaptiveParameters,
    defaults={**adaptive.DEFAULTS, "x": "1,2,0,5,7;0,0,5,4,2;6,2,2,3,8;4,9,7,7,2;9,8,7,1,8"},
    settle=adaptive.settle_adaptive_mean,
    explain=explain_pooling,
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
    explain=explain_pooling,
    views=WINDOWED,
    steppers=("kernel_size", "stride", "padding"),
)
MAX_POOL2D_INPUT = replace(
    MAX_POOL2D,
    name="max_pool2d_input",
    parameters=pool_gradients.MaxGradientParameters,
    settle=pool_gradients.settle_max_gradient,
)
AVG_POOL2D_INPUT = replace(
    AVG_POOL2D,
    name="avg_pool2d_input",
    parameters=pool_gradients.AverageGradientParameters,
    settle=pool_gradients.settle_average_gradient,
)
OPERATIONS = {
    operation.name: operation
    for operation in (
        CONV1D,
        CONV2D,
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
