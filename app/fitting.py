"""What changes along with a change of a scene, so that its grids go on fitting each other."""

from math import prod

from pydantic import ValidationError

from app.layers.unfolding import FoldParameters, outputs_of, settle_axes, taps_of
from app.planes import field_text
from app.query import Raw
from app.refusal import Refusal
from app.reshaping import resize_input
from app.scene import Layer, Scene

GRADIENT = "grad_output"


def layer_with(scene: Scene, changes: Raw) -> Layer | None:
    """The layer that these changes make, or None where it would be refused."""
    try:
        parameters = scene.operation.parameters(**computed(scene, changes))
        return scene.operation.settle(scene.operation, parameters, scene.limits)
    except (Refusal, ValidationError):
        return None


def computed(scene: Scene, changes: Raw) -> Raw:
    """The fields of the changed scene, but for how it is shown."""
    fields = scene.spelled(**changes)
    return {name: text for name, text in fields.items() if name in scene.operation.parameters.model_fields}


def with_own_stride(scene: Scene, changes: Raw) -> Raw:
    """A bare scene whose stride is not its model's default has it for its own input only; other inputs are told it."""
    stride = scene.operation.parameters.model_fields.get("stride")
    is_own = stride is not None and stride.default is None and scene.operation.defaults["stride"]
    return {"stride": field_text(scene, "stride"), **changes} if is_own and "x" in changes else changes


def fitted(scene: Scene, changes: Raw) -> Raw:
    """These changes with what they ask of the other grids; empty where nothing can help."""
    along = fitted_columns(scene, changes) if scene.operation.name == "fold" else fitted_gradient(scene, changes)
    return {**changes, **along} if along else {}


def fitted_gradient(scene: Scene, changes: Raw) -> Raw:
    """An upstream gradient of the reader's own, cut or grown to the outputs that there are now."""
    if GRADIENT not in scene.layer.spelled or GRADIENT in changes:
        return {}
    layer, given = layer_with(scene, {**changes, GRADIENT: None}), scene.grid(GRADIENT)
    wanted = layer and layer.grids[GRADIENT]
    if not wanted or len(wanted.values) != len(given):
        return {}
    return {GRADIENT: resize_input(field_text(scene, GRADIENT), given, wanted.values.shape[1:])}


def fitted_columns(scene: Scene, changes: Raw) -> Raw:
    """As many columns as windows fit now, and as many rows as they have taps: of ones, so that y counts overlaps."""
    try:
        parameters = FoldParameters(**computed(scene, changes))
        sides = parameters.output_size * (scene.operation.spatial // len(parameters.output_size))
        axes = settle_axes(scene.operation, parameters, scene.limits, sides)
    except (Refusal, ValidationError):
        return {}
    rows, columns = scene.layer.y_shape[0] * prod(taps_of(axes)), prod(outputs_of(axes))
    return {"x": f"ones:{rows}x{columns}"} if columns else {}
