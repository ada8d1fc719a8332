"""The scenes around a scene: where a control leads, if anywhere."""

from pydantic import ValidationError

from app.literals import read_grid
from app.query import Raw
from app.refusal import Refusal
from app.reshaping import with_channels
from app.scene import Scene

MOST_CHECKED = 20_000
"""Numbers of a scene whose sixty neighbours are all tried."""


def neighbour(scene: Scene, **changes: str | None) -> str | None:
    """The address of the scene with these fields changed, or None where there is no such scene.

    It keeps the reader's conventions but no place to open at, so that the playhead stays where it is.
    """
    changes = {"step": None, "channel": None, "filter": None, **changes}
    address = scene.address(**changes)
    if len(address.encode()) > scene.limits.url_bytes:
        return None
    fields: Raw = dict(scene.spelled(**changes))
    return address if exists(scene, fields) else None


def exists(scene: Scene, fields: Raw) -> bool:
    """Whether these fields make a scene. Around large grids we do not look: a refusal will say it."""
    if scene.x.size + scene.w.size > MOST_CHECKED:
        return True
    computed = {name: text for name, text in fields.items() if name in scene.operation.parameters.model_fields}
    try:
        scene.operation.settle(scene.operation, scene.operation.parameters(**computed), scene.limits)
    except (Refusal, ValidationError):
        return False
    return True


def with_kernel(scene: Scene, text: str) -> str | None:
    """Another kernel: a bias for each of several filters does not outlive them."""
    keeps_bias = scene.b is None or scene.b.size == 1
    return neighbour(scene, w=text) if keeps_bias else neighbour(scene, w=text, b=None)


def with_input(scene: Scene, text: str) -> str | None:
    """Another input; kernels follow its channels, and groups start again from one."""
    channels = read_grid(text, scene.operation.input_space(scene.limits)).values.shape[0]
    if channels == scene.x.shape[0]:
        return neighbour(scene, x=text)
    w = with_channels(scene.text("w"), scene.w, channels, 1, "weights")
    return neighbour(scene, x=text, w=w, groups=None)
