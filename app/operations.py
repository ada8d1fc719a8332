"""The table of operations. Adding one is a module in kernels/, an entry here, and an explanation."""

from app.convolution import ConvolutionParameters, settle_convolution
from app.scene import Operation

CONV1D = Operation(
    name="conv1d",
    spatial=1,
    parameters=ConvolutionParameters,
    defaults={"x": "row", "w": "difference"},
    settle=settle_convolution,
    rest=3,
)
CONV2D = Operation(
    name="conv2d",
    spatial=2,
    parameters=ConvolutionParameters,
    defaults={"x": "seven", "w": "sobel-x"},
    settle=settle_convolution,
    rest=12,
)
OPERATIONS = {operation.name: operation for operation in (CONV1D, CONV2D)}
