"""The scene for programs: every array and shape as one JSON document."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.encoding import dumps, encode
from app.scene import Scene
from app.sizes import named_axes, size_of


def document(scene: Scene) -> bytes:
    """The JSON of a scene, its keys in the order in which a reader asks for them."""
    layer = scene.layer
    described: dict[str, Any] = {
        "operation": scene.operation.name,
        "parameters": layer.parameters,
        **{name: grid(scene.values(name)) for name in layer.grids},
        "y": grid(scene.y),
    }
    activated = scene.activate(scene.y)
    if activated is not None:
        described["a"] = grid(activated)
    described |= {
        "steps": scene.steps,
        "sizes": [size_of(axis, name) for axis, name in named_axes(layer.axes)],
        "unused": [list(axis.unused) for axis in layer.axes],
    }
    return dumps(described)


def grid(values: NDArray[np.float64] | None) -> dict[str, Any] | None:
    return None if values is None else {"shape": values.shape, "values": encode(values)}
