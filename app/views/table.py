"""The table of views: what `view=` names, and how a scene is seen in one."""

from collections.abc import Callable, Iterable

from app.address.query import Raw
from app.address.refusal import Refusal
from app.scene.operation import Operation
from app.scene.reading import read_scene
from app.scene.scene import Scene
from app.settings import Limits
from app.text import refusals as words
from app.views.common.gather import Gather
from app.views.connections import Connections
from app.views.flip import Flip
from app.views.folding import Folding
from app.views.im2col import Im2col
from app.views.matrix import Matrix
from app.views.scatter.view import Scatter
from app.views.shift import Shift
from app.views.unfolding import Unfolding
from app.views.view import View
from app.views.zero_insertion import ZeroInsertion


def columns(scene: Scene) -> View:
    """Columns are the result of an unfolding, and the data of a folding, whose result is a picture."""
    return Folding(scene) if len(scene.layer.y_shape) > scene.operation.spatial else Unfolding(scene)


VIEWS: dict[str, Callable[[Scene], View]] = {
    "gather": Gather,
    "scatter": Scatter,
    "zero-insertion": ZeroInsertion,
    "matrix": Matrix,
    "im2col": Im2col,
    "flip": Flip,
    "shift": Shift,
    "connections": Connections,
    "columns": columns,
}


def check_views(operations: Iterable[Operation]) -> None:
    """An operation whose view is in no table stops the program as it starts."""
    for operation in operations:
        for view in operation.views:
            if view not in VIEWS:
                raise ValueError(f"The entry of {operation.name} names the view {view}, which app/views does not have.")


def view_of(scene: Scene) -> View:
    """The scene as its view shows it. Raises Refusal where the view cannot, such as a matrix with too many entries."""
    return VIEWS[scene.view](scene)


def read_view(operation: Operation, raw: Raw, limits: Limits) -> View:
    """The scene that these raw values ask for, in its view. Raises Refusals, or Refusal."""
    view = view_of(read_scene(operation, raw, limits))
    check_place(view)
    return view


def check_place(view: View) -> None:
    """The step, channel and filter that a link opens at must be there."""
    presentation = view.scene.presentation
    places = {
        "step": (presentation.step or 0, view.steps),
        "channel": (presentation.channel or 0, len(view.scene.data)),
        "filter": (presentation.filter or 0, view.filters),
    }
    for name, (value, count) in places.items():
        if value >= count:
            sentence = words.STEP_RANGE if name == "step" else words.INDEX_RANGE
            raise Refusal(
                sentence.format(name=name, most=count - 1, steps=count, value=value),
                type="less_than_equal",
                loc=(name,),
            )
