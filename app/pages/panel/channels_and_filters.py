"""The channels and filters of a scene: how many, and along which axis of which grid they lie.

Grids that lie along one of them must agree, so a control that changes it changes them together.
"""

from collections.abc import Mapping

from app.address.phrases import spell_sizes
from app.grids.reshaping import with_channels
from app.scene.changes import field_text
from app.scene.scene import Scene

Lying = Mapping[str, int]
"""For each grid, the axis along which it has its channels, or its filters."""


def channels(scene: Scene) -> int:
    """How many channels the input has; of its own gradient it is the result."""
    return scene.x.shape[0] if "x" in scene.layer.grids else scene.layer.y_shape[0]


def filters(scene: Scene) -> int:
    """How many filters there are; where their gradients come in, there is one for each."""
    return scene.grid("grad_output").shape[0] if "grad_output" in scene.layer.grids else scene.layer.y_shape[0]


def given(scene: Scene, lying: Lying) -> Lying:
    """Those of these grids that are written down; one that is not follows the others."""
    return {name: axis for name, axis in lying.items() if field_text(scene, name)}


def with_planes(scene: Scene, lying: Lying, lengths: Mapping[str, int]) -> dict[str, str]:
    """The texts of these grids with these numbers of entries along their axes."""
    return {name: lengthened(scene, name, axis, lengths[name]) for name, axis in lying.items()}


def lengthened(scene: Scene, name: str, axis: int, length: int) -> str:
    text = field_text(scene, name) or ones_like(scene, name)
    return with_channels(text, scene.grid(name), length, axis, scene.operation.grids[name].kind, scene.operation.shared)


def ones_like(scene: Scene, name: str) -> str:
    """The name of an upstream gradient that nobody has written."""
    return f"ones:{spell_sizes(scene.grid(name).shape, scene.operation.spatial)}"


def takes_pictures(scene: Scene) -> bool:
    """Whether any picture may be its x: unpooling's belongs to its indices, and folding's is columns."""
    grids, spatial = scene.layer.grids, scene.operation.spatial
    return "x" in grids and "indices" not in grids and scene.x.ndim == 1 + spatial
