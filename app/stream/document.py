"""The scene for programs: every array and shape as one JSON document."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.text.encoding import dumps, encode
from app.views.view import View


def document(view: View) -> bytes:
    """The JSON of a scene."""
    return dumps(describe(view))


def describe(view: View) -> dict[str, Any]:
    """What the JSON says, its keys in the order in which a reader asks for them."""
    scene, layer = view.scene, view.scene.layer
    described: dict[str, Any] = {
        "operation": scene.operation.name,
        "parameters": layer.parameters,
        **{name: grid(scene.values(name)) for name in (*layer.grids, *layer.made)},
        "y": grid(scene.y),
    }
    activated = scene.activate(scene.y)
    if activated is not None:
        described["a"] = grid(activated)
    argmax = scene.whole_trace.argmax
    if argmax is not None:
        described["argmax"] = {"shape": layer.y_shape, "values": encode(argmax.reshape(layer.y_shape))}
    described |= {"steps": view.steps, "sizes": layer.sizes(), "unused": layer.unused}
    return described


def grid(values: NDArray[np.float64] | None) -> dict[str, Any] | None:
    return None if values is None else {"shape": values.shape, "values": encode(values)}
