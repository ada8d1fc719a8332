"""The gradients of a convolution, for its input and for its kernel, and those of poolings."""

from dataclasses import replace

from app.operations.common import words
from app.operations.common.panel_fields import BEFORE, GRADIENT, UPSTREAM, W_BAR, X_BAR, W, X, resized_gradient
from app.operations.convolution.entries import CONV1D
from app.operations.gradients import layer as gradients
from app.operations.gradients.explanation import explain_input_gradient, explain_weight_gradient
from app.operations.gradients.snippets import input_gradient_snippets, weight_gradient_snippets
from app.operations.pooling import gradients as pool_gradients
from app.operations.pooling.entries import AVG_POOL2D, MAX_POOL2D
from app.operations.pooling.snippets import pool_snippets
from app.operations.pooling.unpooling_explanation import explain_max_gradient, explain_mean_gradient
from app.scene.operation import Operation, Roles


def behind_activations(path: str) -> tuple[tuple[str, str], ...]:
    """The same gradient behind an activation: a gate that is open or closed, or a slope that fades."""
    return (("behind a ReLU", f"{path}?activation=relu"), ("behind a sigmoid", f"{path}?activation=sigmoid"))


CONV2D_INPUT = Operation(
    name="conv2d_input",
    title="Back to the input of a convolution",
    summary="Every output sends its gradient back to the inputs that it read, through the same weights.",
    group="Gradients",
    spatial=2,
    parameters=gradients.InputGradientParameters,
    grids={"w": W, GRADIENT: replace(UPSTREAM, filters=0), "z": BEFORE},
    roles=Roles("upstream gradient", "kernel", "gradient of the input"),
    defaults={**gradients.DEFAULTS, "input_size": "", "w": "1,2;3,4"},
    resolve=gradients.resolve_input_gradient,
    explain=explain_input_gradient,
    snippets=input_gradient_snippets,
    views=("scatter", "zero-insertion", "matrix"),
    steppers=("stride", "padding", "dilation", "w"),
    start_step=4,
    starts=behind_activations("/conv2d_input"),
    shared=None,
    letter=X_BAR,
    scatters="stamps",
    dependent_fields=resized_gradient,
)
CONV2D_WEIGHT = Operation(
    name="conv2d_weight",
    title="Back to the kernel of a convolution",
    summary="A weight served at every position, so its gradient is a sum over all of them.",
    group="Gradients",
    spatial=2,
    parameters=gradients.WeightGradientParameters,
    grids={"x": X, GRADIENT: replace(UPSTREAM, filters=0), "z": BEFORE},
    roles=Roles("input", "upstream gradient", "gradient of the kernel"),
    defaults={**gradients.DEFAULTS, "x": MAX_POOL2D.defaults["x"], "kernel_size": "3"},
    resolve=gradients.resolve_weight_gradient,
    explain=explain_weight_gradient,
    snippets=weight_gradient_snippets,
    further=lambda scene: ((words.LEARN, "/learn"),),
    views=("gather",),
    steppers=("kernel_size", "stride", "padding", "dilation"),
    start_step=4,
    starts=behind_activations("/conv2d_weight"),
    letter=W_BAR,
    dependent_fields=resized_gradient,
)
CONV1D_INPUT = replace(
    CONV2D_INPUT,
    name="conv1d_input",
    title="Back to the input, in one dimension",
    spatial=1,
    defaults={**CONV2D_INPUT.defaults, "w": "1,2"},
    start_step=1,
    starts=behind_activations("/conv1d_input"),
)
CONV1D_WEIGHT = replace(
    CONV2D_WEIGHT,
    name="conv1d_weight",
    title="Back to the kernel, in one dimension",
    spatial=1,
    defaults={**CONV2D_WEIGHT.defaults, "x": CONV1D.defaults["x"]},
    further=lambda scene: ((words.BACKPROP, "/backprop"),),
    start_step=1,
    starts=behind_activations("/conv1d_weight"),
)
MAX_POOL2D_INPUT = replace(
    MAX_POOL2D,
    name="max_pool2d_input",
    title="Back through max pooling",
    summary="Who is to blame for a largest number? Only the one that won gets the gradient.",
    group="Gradients",
    parameters=pool_gradients.MaxGradientParameters,
    grids={"x": X, GRADIENT: replace(UPSTREAM, channels=0), "z": BEFORE},
    roles=Roles("upstream gradient", "", "gradient of the input"),
    resolve=pool_gradients.resolve_max_gradient,
    explain=explain_max_gradient,
    snippets=lambda scene: pool_snippets(scene, "max_pool2d", "max"),
    views=("scatter",),
    scatters="index",
    letter=X_BAR,
    dependent_fields=resized_gradient,
    starts=behind_activations("/max_pool2d_input"),
    examples={},
)
AVG_POOL2D_INPUT = replace(
    MAX_POOL2D_INPUT,
    name="avg_pool2d_input",
    title="Back through average pooling",
    summary="Every number of a window had its share in the mean, and gets that share of the gradient.",
    parameters=pool_gradients.AverageGradientParameters,
    defaults=AVG_POOL2D.defaults,
    resolve=pool_gradients.resolve_average_gradient,
    explain=explain_mean_gradient,
    snippets=lambda scene: pool_snippets(scene, "avg_pool2d", "mean"),
    scatters="shares",
    starts=behind_activations("/avg_pool2d_input"),
    steppers=AVG_POOL2D.steppers,
)
OPERATIONS = (CONV2D_INPUT, CONV2D_WEIGHT, CONV1D_INPUT, CONV1D_WEIGHT, MAX_POOL2D_INPUT, AVG_POOL2D_INPUT)
