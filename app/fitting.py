"""What changes along with a change of a scene, so that its grids go on fitting each other.

Whether they fit is decided by their shapes, so a neighbour is resolved from outlines, and once for all scenes of these
shapes.
"""

from functools import lru_cache
from math import prod

from pydantic import ValidationError

from app.layers.unfolding import FoldParameters, outputs_of, settle_axes, taps_of
from app.outlines import GRIDS, ORDINARY, Outline, Unread, outline
from app.planes import field_text
from app.query import Raw
from app.refusal import Refusal
from app.reshaping import resize_input
from app.scene import Layer, Operation, Scene
from app.settings import Limits

GRADIENT = "grad_output"

Outlined = tuple[tuple[str, str | Outline], ...]
"""The fields of what is computed, with outlines for grids."""


def layer_with(scene: Scene, changes: Raw) -> Layer | None:
    """The layer that these changes make, or None where it would be refused."""
    return resolved(scene.operation, scene.limits, computed(scene, changes))


def layer_around(scene: Scene, changes: Raw) -> Layer | None:
    """The same, without its numbers where none are needed to decide it."""
    if is_ordinary(scene):
        try:
            return layer_of_outlines(scene.operation, scene.limits, outlined(scene, changes))
        except Unread:
            pass
    return layer_with(scene, changes)


@lru_cache(4096)
def layer_of_outlines(operation: Operation, limits: Limits, fields: Outlined) -> Layer | None:
    """The layer of these shapes, or None where it would be refused. Raises Unread where only numbers can tell."""
    return resolved(operation, limits, dict(fields))


def resolved(operation: Operation, limits: Limits, fields: Raw) -> Layer | None:
    try:
        return operation.settle(operation, operation.parameters(**fields), limits)
    except (Refusal, ValidationError):
        return None


def is_ordinary(scene: Scene) -> bool:
    """Whether no sum of its numbers can be too large, so that its shapes decide."""
    return all(grid.largest <= ORDINARY for grid in scene.layer.grids.values() if grid)


def outlined(scene: Scene, changes: Raw) -> Outlined:
    """The fields of the changed scene, but for how it is shown, with outlines for grids."""
    return tuple((name, field_outline(scene, name, text)) for name, text in computed(scene, changes).items())


def field_outline(scene: Scene, name: str, text: str) -> str | Outline:
    """The outline of a grid; what is no grid is small, and an upstream gradient may be edits alone, without a shape."""
    return outline(name, text, scene.operation.spatial) if name in GRIDS and text[:1] != "!" else text


def computed(scene: Scene, changes: Raw) -> Raw:
    """The fields of the changed scene, but for how it is shown."""
    fields = scene.operation.fields
    return {
        name: text for name, text in {**scene.layer.spelled, **changes}.items() if text is not None and name in fields
    }


def with_own_stride(scene: Scene, changes: Raw) -> Raw:
    """A bare scene whose stride is not its model's default has it for its own input only; other inputs are told it."""
    if "x" not in changes:
        return changes
    stride = scene.operation.parameters.model_fields.get("stride")
    is_own = stride is not None and stride.default is None and scene.operation.defaults["stride"]
    return {"stride": field_text(scene, "stride"), **changes} if is_own else changes


def fitted(scene: Scene, changes: Raw) -> Raw:
    """These changes with what they ask of the other grids; empty where nothing can help."""
    along = fitted_columns(scene, changes) if scene.operation.name == "fold" else fitted_gradient(scene, changes)
    return {**changes, **along} if along else {}


def fitted_gradient(scene: Scene, changes: Raw) -> Raw:
    """An upstream gradient of the reader's own, cut or grown to the outputs that there are now."""
    if GRADIENT not in scene.layer.spelled or GRADIENT in changes:
        return {}
    layer, given = layer_around(scene, {**changes, GRADIENT: None}), scene.grid(GRADIENT)
    wanted = layer and layer.shape(GRADIENT)
    if not wanted or wanted[0] != len(given):
        return {}
    return {GRADIENT: resize_input(field_text(scene, GRADIENT), given, wanted[1:])}


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
