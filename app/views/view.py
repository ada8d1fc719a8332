"""A view: one way to show a scene. What its steps go through, what each one shows, and where its planes stand."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from app.scene.scene import Scene
from app.views.arrangement import Arrangement
from app.views.frame import Frame
from app.views.marks import Marks
from app.views.plane import Plane
from app.views.rhythm import Rhythm


@dataclass(frozen=True)
class Titled:
    """A plane with what is written over it."""

    plane: Plane
    title: str
    label: str = ""
    """What it is called to those who cannot see it; the title, where that says enough."""
    marks: Marks = ()
    """What is drawn on it besides its numbers."""
    small: bool | None = None
    """Whether its cells need not be as large as those of data and result. Those of weights and products need not."""

    @property
    def is_small(self) -> bool:
        return self.plane.space in ("tap", "product") if self.small is None else self.small


@dataclass(frozen=True)
class Place:
    """Planes that stand together."""

    name: str
    planes: tuple[Titled, ...]
    is_grounded: bool = False
    """Whether it stands beside its neighbours on a common ground, and not on a common middle line."""
    is_paired: bool = False
    """Whether two of its planes stand side by side, and under them the next two."""


@dataclass(frozen=True)
class ChannelRow:
    """One data plane: its slice of each column, its products, and its own result where channels do not mix."""

    channel: int
    data: Titled
    slices: tuple[Titled | None, ...]
    products: Titled
    result: Titled | None
    is_active: bool
    """Whether this step reads it."""


@dataclass(frozen=True)
class ChannelColumn:
    """One filter: what stands over its slices, and at its foot the bias, the result, the activation."""

    filter: int
    title: str
    bias: Titled | None
    result: Titled
    activation: Titled | None
    is_active: bool


@dataclass(frozen=True)
class ChannelTable:
    """Channels as a table: a row for each data plane, a column for each result plane, their slice where they meet."""

    rows: tuple[ChannelRow, ...]
    columns: tuple[ChannelColumn, ...] = ()
    """Empty where every channel goes its own way."""
    heads: tuple[Titled, ...] = ()
    """What stands over the columns, where the results are in the table itself."""
    places: tuple[Place, ...] = ()
    """What stands under the table."""


class View(ABC):
    """What the stage, the stream and the posters ask of a view; made for one scene."""

    name: str
    """As `view=` says it."""
    script: str = ""
    """Its module in static/js/views/, where that has not its own name; `tables` shows a view of tables alone."""
    summary: str
    """The sentence under the title, where it is not the operation's own view and has one."""
    scene: Scene
    leads: Literal["channel", "filter"] = "filter"
    """What the playhead goes through, plane after plane."""
    asks_numbers = False
    """Whether each step has one number that can be asked for."""
    shows_window = False
    """Whether its products are the window itself, as there are no weights."""
    act: Literal["sum", "stamp", "copy", "turn"] = "sum"
    """What moves within a step of a film: a sum, a stamp, a column that is copied, a kernel that turns first."""

    @property
    @abstractmethod
    def steps(self) -> int: ...

    @property
    @abstractmethod
    def notable_step(self) -> int:
        """The step that shows most."""

    @property
    @abstractmethod
    def filters(self) -> int:
        """How many result planes `filter=` may choose from."""

    @property
    @abstractmethod
    def arrangement(self) -> Arrangement:
        """Which channels and filters are drawn large."""

    @property
    @abstractmethod
    def is_lanes(self) -> bool:
        """Whether every channel goes its own way, without weights: rows that have nothing to do with each other."""

    @property
    @abstractmethod
    def numbers_per_step(self) -> int:
        """How many numbers `batch` has for one step, at most."""

    @abstractmethod
    def header(self) -> dict[str, Any]:
        """What the stream's `scene` event holds besides the grids: the tables that the steps refer to."""

    @abstractmethod
    def batch(self, start: int, stop: int) -> dict[str, Any]:
        """What the stream's `steps` event holds for the steps [start, stop)."""

    @abstractmethod
    def frame(self, step: int) -> Frame: ...

    @abstractmethod
    def places(self, frame: Frame) -> tuple[Place, ...]:
        """The planes as this step shows them, in reading order."""

    @property
    def is_table(self) -> bool:
        """Whether channels and filters are laid out as a table."""
        return False

    def channel_table(self, step: int) -> ChannelTable | None:
        """The table as this step shows it, where there is one; the page has it in place of the planes."""
        return None

    def filter_planes(self) -> list[Plane]:
        """Each filter as one plane, its slices under each other, for the pictures to choose from."""
        return []

    @property
    def rhythm(self) -> Rhythm:
        """In what rows and planes its steps go."""
        return Rhythm(self.steps, self.steps, self.steps, lambda step: False)

    def plane_of(self, step: int) -> int | None:
        """The plane of those it leads through that the playhead is in; None where all of them are always drawn."""
        return None

    @property
    def upstream(self) -> NDArray[np.float64] | None:
        """What comes from above to each output, where the view is looked at backwards."""
        return None

    def writing_steps(self, plane: Plane) -> NDArray[np.intp] | None:
        """The step that writes each cell of a result plane, shape (rows, cols); None where many steps have a part."""
        return None

    @property
    def bound(self) -> float:
        """A magnitude that no result exceeds, known without computing one."""
        return 1.0

    def note(self, prefix: str) -> Any:
        """What `_note_{name}.html` shows above the planes: a sentence, with links; None for nothing."""
        return None


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
