"""The table of operations. Adding one is a module in kernels/, an entry here, and an explanation."""

from app.explanation import explain_convolution
from app.layers import convolution
from app.scene import Operation
from app.views.gather import Gather

WINDOWED = {"gather": Gather}

CONV1D = Operation(
    name="conv1d",
    spatial=1,
    parameters=convolution.ConvolutionParameters,
    defaults={**convolution.DEFAULTS, "x": "row", "w": "difference"},
    settle=convolution.settle_convolution,
    explain=explain_convolution,
    views=WINDOWED,
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
    views=WINDOWED,
    steppers=("stride", "padding", "dilation", "w"),
    rest=12,
)
OPERATIONS = {operation.name: operation for operation in (CONV1D, CONV2D)}
