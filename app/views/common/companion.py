"""A scene beside the same scene with one thing changed: its planes have names of their own, its steps are sent along.

static/js/views/companion.js does the same.
"""

from abc import abstractmethod
from dataclasses import replace
from typing import Any

from app.equation.facts import Equation, WindowSum
from app.scene.changes import layer_with, with_own_fields
from app.scene.scene import Scene
from app.views.arrangement import Arrangement
from app.views.common.gather import Gather
from app.views.frame import Outline
from app.views.plane import Plane
from kernels.cached import cached_property

OTHER = ".other"


class Companion(Gather):
    """The scene that is compared with: the same channel and filter are drawn of both."""

    def __init__(self, scene: Scene, arrangement: Arrangement) -> None:
        super().__init__(scene)
        self.arrangement = arrangement


class Pair(Gather):
    """A scene and its companion, the same channel and filter of both, drawn together."""

    @property
    @abstractmethod
    def other(self) -> Scene:
        """The scene with one thing changed."""

    @cached_property
    def companion(self) -> Companion:
        return Companion(self.other, self.arrangement)

    @cached_property
    def arrangement(self) -> Arrangement:
        return one_of_each(self)

    @property
    def numbers_per_step(self) -> int:
        return 2 * super().numbers_per_step

    def batch(self, start: int, stop: int) -> dict[str, Any]:
        return {**super().batch(start, stop), "other": self.companion.batch(start, stop)}


def changed(scene: Scene, **changes: Any) -> Scene | None:
    """The scene with other parameters or data, or None where that is refused."""
    layer = layer_with(scene, with_own_fields(scene, changes))
    return None if layer is None else replace(scene, layer=layer)


def one_of_each(view: Gather) -> Arrangement:
    """The filter that the link asks for, or that the stage opens in, and one channel that it reads."""
    asked = view.scene.presentation.channel
    filter = view.first_filter if asked is None or not view.is_lanes else asked
    group = view.group_of(filter)
    return Arrangement((asked if asked in group else group[0],), (filter,))


def other_plane(plane: Plane) -> Plane:
    return replace(plane, id=plane.id + OTHER)


def other_outlines(outlines: list[Outline]) -> list[Outline]:
    return [{**outline, "plane": outline["plane"] + OTHER} for outline in outlines]


def marked(equation: Equation, mark: str) -> WindowSum:
    """The sum with a mark over its y."""
    assert equation["kind"] == "sum"
    return {**equation, "mark": mark}
