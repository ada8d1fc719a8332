"""The scenes around a scene: where a control leads, if anywhere.

Each is tried before its link is offered; where there is no such scene, the control is greyed.
"""

from dataclasses import replace
from functools import lru_cache

from app.address.query import Raw
from app.address.refusal import Refusal
from app.pages.panel.channels_and_filters import channels, given, with_planes
from app.scene.changes import Outlined, layer_around, layer_of_outlines, layer_with, outlined, with_own_fields
from app.scene.operation import Operation
from app.scene.outlines import Unread, outline
from app.scene.presentation import Presentation
from app.scene.scene import Scene
from app.settings import Limits
from app.views.table import view_of

MOST_CHECKED = 20_000
"""Numbers of a scene whose sixty neighbours are all tried."""
PLACE = {"step", "channel", "filter"}


def unplaced(scene: Scene) -> Scene:
    """The scene without a place to open at: its neighbours keep the reader's conventions, and the playhead stays."""
    shown = scene.presentation
    if not shown.model_fields_set & PLACE:
        return scene
    return replace(scene, presentation=shown.model_copy(update=dict.fromkeys(PLACE)))


def neighbour(scene: Scene, **changes: str | None) -> str | None:
    """The address of the scene with these fields changed, or None where there is no such scene."""
    changes = with_own_fields(scene, changes)
    if not exists(scene, changes):
        along = scene.operation.dependent_fields(scene, changes)
        changes = {**changes, **along}
        if not along or not exists(scene, changes):
            return None
    address = scene.address(**changes, **without_upstream(scene, changes))
    return address if len(address) <= scene.limits.url_bytes else None


def without_upstream(scene: Scene, changes: Raw) -> dict[str, None]:
    """What comes from above belongs to the outputs that there are: with others of them it is ones again."""
    if scene.presentation.upstream is None:
        return {}
    layer = layer_around(scene, changes)
    return {} if layer and layer.y_shape == scene.layer.y_shape else {"upstream": None}


def exists(scene: Scene, changes: Raw, view: str | None = None) -> bool:
    """Whether these changes make a scene that a view, its own if none is named, can show.

    Around large grids we do not look: a refusal will say it.
    """
    if is_large(scene):
        return True
    view = view or scene.view
    if scene.layer.is_ordinary:
        try:
            fields = outlined(scene, changes)
            return outlines_exist(scene.operation, scene.limits, fields, view, scene.presentation.shift)
        except Unread:
            pass
    layer = layer_with(scene, changes)
    shown = scene.presentation.model_copy(update={"view": view})
    return layer is not None and can_be_shown(replace(scene, layer=layer, presentation=shown))


@lru_cache(4096)
def outlines_exist(
    operation: Operation, limits: Limits, fields: Outlined, view: str, shift: tuple[int, ...] | None
) -> bool:
    """Whether grids of these outlines make a scene for this view. Raises Unread where only numbers can decide."""
    layer = layer_of_outlines(operation, limits, fields)
    shown = Presentation.model_construct(view=view, shift=shift)
    return layer is not None and can_be_shown(Scene(operation, layer, shown, limits))


def in_view(scene: Scene, view: str) -> str | None:
    """The address of the same numbers in another view; a step to open at belongs to the view it was chosen in.

    From the bare scene, which nobody has changed yet, it may lead to the view's own example.
    """
    is_bare = not scene.layer.spelled and scene.presentation.view is None
    example = scene.operation.examples.get(view, {}) if is_bare else {}
    address = scene.address(view=view, **example)
    return address if exists(scene, {}, view) else None


def can_be_shown(scene: Scene) -> bool:
    """Whether its view takes the scene: a matrix, say, may have too many entries. An operation's own view takes any."""
    if is_large(scene) or scene.view == scene.operation.own_view:
        return True
    try:
        return bool(view_of(scene).steps)
    except Refusal:
        return False


def is_large(scene: Scene) -> bool:
    return scene.layer.held > MOST_CHECKED


def with_kernel(scene: Scene, text: str) -> str | None:
    """Another kernel: a bias for each of several filters does not outlive them."""
    keeps_bias = scene.b is None or scene.b.size == 1
    return neighbour(scene, w=text) if keeps_bias else neighbour(scene, w=text, b=None)


def with_input(scene: Scene, text: str) -> str | None:
    """Another input; kernels follow its channels, and groups start again from one."""
    count = outline("input", text, scene.operation.spatial).shape[0]
    if count == channels(scene):
        return neighbour(scene, x=text)
    return rechanneled(scene, count, x=text)


def rechanneled(scene: Scene, count: int, **changes: str) -> str | None:
    """This number of channels in every grid that has channels; groups start again from one."""
    written = given(scene, scene.operation.channel_axes)
    lying = {name: axis for name, axis in written.items() if name not in changes}
    grids = with_planes(scene, lying, dict.fromkeys(lying, count))
    return neighbour(scene, **changes, **grids, groups=None)
