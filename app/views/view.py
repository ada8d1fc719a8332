"""A view: one scene told in one way. Which cells lead the steps, what each step shows, and where its planes stand."""

from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from app.scene import Scene
from app.views.frame import Frame
from app.views.marks import Marks
from app.views.plane import Plane


@dataclass(frozen=True)
class Titled:
    """A plane with what is written over it."""

    plane: Plane
    title: str
    label: str = ""
    """What it is called to those who cannot see it; the title, where that says enough."""
    marks: Marks = ()
    """What is drawn on it besides its numbers."""
    cell: float | None = None
    """Pixels of a cell, where the view decides it."""


@dataclass(frozen=True)
class Place:
    """Planes that stand together. Its name is a class of the style sheet: input, middle, output."""

    name: str
    planes: tuple[Titled, ...]
    is_grounded: bool = False
    """Whether it stands on a common ground with its neighbours, rather than on a common middle line."""


@runtime_checkable
class Remarking(Protocol):
    """A view that says something beside its planes, with links of its own; `_aside_{name}.html` writes it."""

    def aside(self, room: str) -> Any: ...


class View(Protocol):
    """What the stage, the stream and the posters ask of a view; made for one scene."""

    @property
    def name(self) -> str:
        """As `view=` says it, and the name of its module in static/js/views/."""

    @property
    def steps(self) -> int: ...

    @property
    def summary(self) -> str:
        """The sentence under the title, where it is not the operation's own view and has one."""

    @property
    def scene(self) -> Scene: ...

    @property
    def notable_step(self) -> int:
        """The step that shows most."""

    @property
    def filters(self) -> int:
        """How many result planes `filter=` may choose from."""

    @property
    def numbers_told(self) -> int:
        """How many numbers `told` says of one step, at most."""

    def opening(self) -> dict[str, Any]:
        """What the stream's `scene` event says besides the grids: the tables that the steps refer to."""

    def told(self, start: int, stop: int) -> dict[str, Any]:
        """What the stream's `steps` event says of the steps [start, stop)."""

    def frame(self, step: int) -> Frame: ...

    def places(self, frame: Frame) -> tuple[Place, ...]:
        """The planes as this step shows them, in reading order."""


def start_step(view: View) -> int:
    """The step that is shown first: the link's, the bare scene's own, or the one that shows most."""
    operation, shown = view.scene.operation, view.scene.presentation
    if shown.step is not None:
        return shown.step
    is_bare = not (view.scene.layer.spelled or shown.predict) and shown.filter is None and shown.view is None
    return operation.start_step if is_bare else view.notable_step


def summary_of(view: View) -> str:
    """The sentence under the title: a view besides the operation's own may have one of its own."""
    operation = view.scene.operation
    return operation.summary if view.name == operation.own_view else view.summary or operation.summary
