"""The layer that changes of a scene make, if any.

Whether its grids fit is decided by their shapes, so it is resolved from outlines, and once for all scenes of these
shapes.
"""

from functools import lru_cache

from pydantic import ValidationError

from app.outlines import ORDINARY, Outline, Unread, outline
from app.query import Raw
from app.refusal import Refusal
from app.scene import Layer, Operation, Scene
from app.settings import Limits

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
    grid = scene.operation.grids.get(name)
    return outline(grid.kind, text, scene.operation.spatial) if grid and text[:1] != "!" else text


def computed(scene: Scene, changes: Raw) -> Raw:
    """The fields of the changed scene, but for how it is shown."""
    fields = scene.operation.fields
    return {
        name: text for name, text in {**scene.layer.spelled, **changes}.items() if text is not None and name in fields
    }


def with_own_fields(scene: Scene, changes: Raw) -> Raw:
    """These changes; another x is given what holds for the bare scene's own x alone."""
    own = scene.operation.own_to_bare if "x" in changes else ()
    return {**{name: field_text(scene, name) for name in own}, **changes}


def field_text(scene: Scene, name: str) -> str:
    """What a form’s field holds: the text of a parameter, its default written out; nothing where it follows others."""
    return scene.layer.spelled.get(name) or scene.operation.defaults.get(name, "")
