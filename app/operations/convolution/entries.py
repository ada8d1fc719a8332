"""Convolutions along one, two and three axes."""

from dataclasses import replace

from app.operations.common.panel_fields import WEIGHED, B, W, X
from app.operations.convolution.explanation import explain_convolution
from app.operations.convolution.layer import DEFAULTS, ConvolutionParameters, resolve_convolution
from app.operations.convolution.separable import second_half
from app.operations.convolution.snippets import convolution_snippets
from app.operations.convolution.volume import resolve_volume
from app.scene.operation import Operation, Ready

CONV2D = Operation(
    name="conv2d",
    title="Convolution",
    summary="One small window of numbers becomes one number. Then the window moves.",
    group="Convolution",
    spatial=2,
    parameters=ConvolutionParameters,
    grids={"x": X, "w": W, "b": B},
    roles=WEIGHED,
    defaults={**DEFAULTS, "x": "seven", "w": "sobel-x"},
    resolve=resolve_convolution,
    explain=explain_convolution,
    snippets=convolution_snippets,
    further=second_half,
    views=("gather", "scatter", "matrix", "im2col", "flip", "shift"),
    scatters="windows",
    steppers=("stride", "padding", "dilation", "w"),
    start_step=12,
    starts=(
        ("depthwise", "/conv2d?x=random:3x6x6:1&w=sobel-x~~edge~~identity&groups=3"),
        ("pointwise, 1×1", "/conv2d?x=random:3x6x6:1&w=random:2x3x1x1:1"),
        (
            "depthwise-separable: the 1×1 half",
            "/conv2d?x=-9,-12,9,-5;2,-7,14,1;12,14,1,-7;8,12,-12,-7~-7,5,2,-11;25,-27,21,-8;-22,23,-14,-4;5,-8,-9,-1"
            "~0,4,6,7;5,8,2,3;5,6,5,9;1,5,8,0&w=random:3x3x1x1:1",
        ),
    ),
    ready=(
        Ready(
            "red seven",
            "/conv2d?x=red-seven&w=red&b=-8",
            "This filter sees red, and not white paper. Change one weight so that it sees white paper too.",
        ),
    ),
)
CONV1D = replace(
    CONV2D,
    name="conv1d",
    title="Convolution in one dimension",
    summary="A few neighbouring numbers become one number. Then the window moves.",
    spatial=1,
    defaults={**DEFAULTS, "x": "row", "w": "difference"},
    views=(*CONV2D.views, "connections"),
    start_step=3,
    starts=(),
    ready=(),
)
CONV3D = replace(
    CONV2D,
    name="conv3d",
    title="Convolution in three dimensions",
    summary="A small block of numbers, several slices deep, becomes one number. Then the block moves.",
    spatial=3,
    defaults={
        **DEFAULTS,
        "x": "0,0,0,0,0;0,9,9,0,0;0,9,9,0,0;0,0,0,0,0;;0,0,0,0,0;0,0,9,9,0;0,0,9,9,0;0,0,0,0,0;;"
        "0,0,0,0,0;0,0,0,0,0;0,0,0,9,9;0,0,0,9,9",
        "w": "-1,-1;-1,-1;;1,1;1,1",
    },
    resolve=resolve_volume,
    views=("gather",),
    start_step=17,
    starts=(),
    ready=(),
)
OPERATIONS = (CONV2D, CONV1D, CONV3D)
