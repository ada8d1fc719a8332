"""A view: one scene told in one way. Which cells lead the steps, what each step shows, and where its planes stand."""

from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

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
    def rest(self) -> int:
        """The step that says most."""

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
