"""The layout of a picture: its planes in their places, and what is written around them. Painters show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.equation.maker import equation_tree
from app.equation.nodes import Node
from app.layout.columns import place_columns
from app.layout.letters import plane_letters
from app.layout.placed import MARGIN, Placed
from app.layout.table import place_table
from app.scene.misfits import misfits
from app.scene.scene import Scene
from app.text import page as words
from app.views.frame import Frame
from app.views.prediction import hiding
from app.views.view import Place, Titled, View, start_step


@dataclass(frozen=True)
class Layout:
    """Everything that stands on a picture, in units. What a step outlines and links on it is the frame's."""

    title: str
    planes: tuple[Placed, ...]
    letters: Mapping[str, Sequence[str]]
    """For planes by their ids, what is written in their cells instead of numbers."""
    has_links: bool
    """Whether links are drawn; in a table of channels they would cross it."""
    is_complete: bool
    """Whether results are shown that the step has not reached."""
    equation: Node
    spaces: Mapping[str, str]
    """For each role of the equation, the space whose colour it has."""
    notes: tuple[str, ...]

    @property
    def width(self) -> float:
        return max(max(placed.right, placed.middle_x + 110) for placed in self.planes) + MARGIN

    @property
    def bottom(self) -> float:
        """Where the planes end."""
        return max(placed.foot for placed in self.planes)


def arrange(view: View) -> tuple[Layout, Frame]:
    """The picture of a view at its first step, without the results that are still asked for."""
    scene, step = view.scene, start_step(view)
    hidden = hiding(view)
    frame = hidden.frame(view.frame(step)) if hidden else view.frame(step)
    table = view.channel_table(step)
    # Where gradients cross, only the step's own planes are shown.
    is_table = table is not None and not table.heads
    if table and is_table:
        planes = place_table(table, scene.presentation.first_index)
    else:
        planes = place_columns(named_results(view.places(frame), scene))
    if hidden:
        planes = [replace(placed, plane=hidden.plane(placed.plane)) for placed in planes]
    layer = scene.layer
    grids = {"input": layer.data, "tap": layer.weights or "w", "output": "y"}
    layout = Layout(
        title=f"{scene.operation.title}: {scene.address(step=None)}",
        planes=tuple(planes),
        letters=letters(planes, scene) if scene.presentation.letters else {},
        has_links=not is_table,
        is_complete=scene.presentation.step is None,
        equation=equation_tree(frame["equation"], replace(scene.conventions, in_lines=True)),
        spaces={role: layer.space(grid) for role, grid in grids.items()},
        notes=tuple(notes(scene, planes)),
    )
    return layout, frame


def notes(scene: Scene, planes: list[Placed]) -> list[str]:
    """Why cells are left over, and what hatching means."""
    is_hatched = any(placed.plane.has_unread for placed in planes)
    return [*misfits(scene), *[words.HATCHED.format(said=words.NOT_READ)] * is_hatched]


def named_results(places: tuple[Place, ...], scene: Scene) -> tuple[Place, ...]:
    """A result that is not called y says so over its plane."""
    if scene.letter("y") == "y":
        return places

    def named(titled: Titled) -> Titled:
        return replace(titled, title=f"{titled.title} {scene.letter('y')}") if titled.plane.grid == "y" else titled

    return tuple(replace(place, planes=tuple(map(named, place.planes))) for place in places)


def letters(planes: list[Placed], scene: Scene) -> dict[str, list[str]]:
    """Letters for the weights of each plane that holds them."""
    weights = [placed.plane for placed in planes if placed.plane.grid == scene.layer.weights]
    return {plane.id: plane_letters(plane, scene) for plane in weights}
