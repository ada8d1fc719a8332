"""The layer that changes of a scene make, if any.

Whether its grids fit is decided by their shapes, so it is resolved from outlines, and once for all scenes of these
shapes.
"""

from functools import lru_cache

from pydantic import ValidationError

from app.address.query import Raw
from app.address.refusal import Refusal
from app.scene.layer import Layer
from app.scene.operation import Operation
from app.scene.outlines import Outline, Unread
from app.scene.scene import Scene
from app.settings import Limits

Outlined = tuple[tuple[str, str | Outline], ...]
"""The fields of what is computed, with outlines for grids."""


def layer_with(scene: Scene, changes: Raw) -> Layer | None:
    """The layer that these changes make, or None where it would be refused."""
    return resolved(scene.operation, scene.limits, computed(scene, changes))


def layer_around(scene: Scene, changes: Raw) -> Layer | None:
    """The same, without its numbers where none are needed to decide it."""
    if scene.layer.is_ordinary:
        try:
            return layer_of_outlines(scene.operation, scene.limits, outlined(scene, changes))
        except Unread:
            pass
    return layer_with(scene, changes)


@lru_cache(4096)
def layer_of_outlines(operation: Operation, limits: Limits, fields: Outlined) -> Layer | None:
    """The layer of these shapes, or None where it would be refused. Raises Unread where only numbers can decide."""
    return resolved(operation, limits, dict(fields))


def resolved(operation: Operation, limits: Limits, fields: Raw) -> Layer | None:
    try:
        return operation.resolve(operation, operation.parameters(**fields), limits)
    except (Refusal, ValidationError):
        return None


def outlined(scene: Scene, changes: Raw) -> Outlined:
    """The fields of the changed scene, but for how it is shown, with outlines for grids."""
    operation, fields = scene.operation, scene.outlined.copy()
    for name, text in changes.items():
        if text is None:
            fields.pop(name, None)
        elif name in operation.fields:
            fields[name] = operation.outline(name, text)
    return tuple(fields.items())


def computed(scene: Scene, changes: Raw) -> Raw:
    """The fields of the changed scene, but for how it is shown."""
    fields = scene.operation.fields
    return {
        name: text for name, text in {**scene.layer.spelled, **changes}.items() if text is not None and name in fields
    }


def with_own_fields(scene: Scene, changes: Raw) -> Raw:
    """These changes; another x is given what holds for the bare scene's own x alone."""
    own = scene.operation.own_to_bare if "x" in changes else ()
    return {name: field_text(scene, name) for name in own} | changes


def field_text(scene: Scene, name: str) -> str:
    """What a form’s field holds: the text of a parameter, its default written out; nothing where it follows others."""
    return scene.layer.spelled.get(name) or scene.operation.defaults.get(name, "")
