"""Transposed convolutions along one and two axes."""

from dataclasses import replace

from app.operations.common import words
from app.operations.common.panel_fields import WEIGHED, B, W, X
from app.operations.transposed.explanation import explain_transposed
from app.operations.transposed.layer import DEFAULTS, TransposedParameters, resolve_transposed
from app.operations.transposed.snippets import transposed_snippets
from app.scene.operation import Operation

CONV_TRANSPOSE2D = Operation(
    name="conv_transpose2d",
    title="Transposed convolution",
    summary="Each input stamps the whole kernel into the output. Where stamps overlap, they add up.",
    group="Transposed",
    spatial=2,
    parameters=TransposedParameters,
    grids={"x": X, "w": replace(W, note="channels ~~ filters ~", channels=0, filters=1), "b": B},
    roles=WEIGHED,
    defaults={**DEFAULTS, "x": "2,1,3;0,2,1;1,0,2", "w": "1,2,0;0,3,1;2,0,1"},
    resolve=resolve_transposed,
    explain=explain_transposed,
    snippets=transposed_snippets,
    further=lambda scene: ((words.THERE_AND_BACK, "/there-and-back"),),
    views=("scatter", "zero-insertion", "matrix"),
    steppers=("stride", "padding", "output_padding", "dilation", "w"),
    start_step=4,
    shared=0,
    scatters="stamps",
    own_to_bare=("stride",),
    starts=(
        ("bilinear upsampling", "/conv_transpose2d?x=4,2,4;6,4,6;2,12,2&w=bilinear:3&stride=2&padding=1"),
        ("checkerboard", "/conv_transpose2d?x=ones:4x4&w=ones:3x3&stride=2"),
    ),
)
CONV_TRANSPOSE1D = replace(
    CONV_TRANSPOSE2D,
    name="conv_transpose1d",
    title="Transposed convolution in one dimension",
    spatial=1,
    defaults={**DEFAULTS, "x": "2,1,3", "w": "1,2,3"},
    start_step=1,
    starts=(),
)
OPERATIONS = (CONV_TRANSPOSE2D, CONV_TRANSPOSE1D)
