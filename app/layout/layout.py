"""The layout of a drawing: where its planes stand in a wide box and in a tall one, and what is written around them.

Painters show it. The page, a picture, a slide and a handout are one drawing, which grows and shrinks with its box.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

from app.equation.conventions import Conventions
from app.layout.box import TALL, WIDE, Box
from app.layout.captions import shape
from app.layout.channels import Sheets, table_trees
from app.layout.fitting import Fitted, Group, filling, fit_ends, fit_groups, fit_trees
from app.layout.letters import plane_letters
from app.layout.sheet import Sheet
from app.layout.tree import Column, Leaf, Row, Tree
from app.scene.misfits import misfits
from app.scene.scene import Scene
from app.text import page as words
from app.views.frame import Frame
from app.views.marks import Dots
from app.views.plane import Plane
from app.views.prediction import Hiding, hiding
from app.views.view import ChannelTable, Place, Titled, View, start_step


@dataclass(frozen=True)
class Layout:
    """Everything that stands on a drawing, in units. What a step outlines and links on it is the frame's."""

    title: str
    sheets: tuple[Sheet, ...]
    wide: Fitted
    tall: Fitted
    active: int | None
    """The filter that is seen, where one of several is."""
    letters: Mapping[str, Sequence[str]]
    """For planes by their ids, what is written in their cells instead of numbers."""
    is_complete: bool
    """Whether results are shown that the step has not reached."""
    shows_ahead: bool
    """Whether of those at least the numbers are shown, without their fill."""
    conventions: Conventions
    """How its equation is written."""
    spaces: Mapping[str, str]
    """For each role of the equation, the space whose colour it has."""
    notes: tuple[str, ...]
    """Why cells are left over, and what hatching and dots mean."""

    wide_box: Box = WIDE
    """What the wide one is made for."""

    @property
    def has_unread(self) -> bool:
        return has_unread(self.sheets)

    @property
    def has_dots(self) -> bool:
        return has_dots(self.sheets)


def arrange(
    view: View,
    step: int | None = None,
    marks: Mapping[str, Any] | None = None,
    *,
    is_brief: bool = False,
    box: Box = WIDE,
) -> tuple[Layout, Frame]:
    """The drawing of a view at a step, or at its first, without the results that are still asked for.

    `marks` is further drawing on some of its planes; a brief drawing has, in a tall box, data and result
    alone, and does not name its kernel, which changes on the page. `box` is the wide one: that of a frame is
    filled, however few the cells.
    """
    scene, step = view.scene, start_step(view) if step is None else step
    hidden = hiding(view)
    frame = hidden.frame(view.frame(step)) if hidden else view.frame(step)
    sheets = Sheets(SheetOf(scene, hidden, marks or {}, is_brief))
    table = view.channel_table(step)
    fit = fit_table(table, sheets, box) if table else fit_places(view.places(frame), sheets, box, is_brief=is_brief)
    layer = scene.layer
    grids = {"input": layer.data, "tap": layer.weights or "w", "output": "y"}
    layout = Layout(
        title=f"{scene.operation.title}: {scene.address(step=None)}",
        sheets=tuple(sheets.all),
        wide=fit.wide,
        tall=fit.tall,
        wide_box=box,
        active=next((column.filter for column in table.columns if column.is_active), None) if table else None,
        letters=letters(sheets.all, scene) if scene.presentation.letters else {},
        is_complete=scene.presentation.step is None,
        shows_ahead=scene.presentation.ahead == "shown",
        conventions=scene.conventions,
        spaces={role: layer.space(grid) for role, grid in grids.items()},
        notes=tuple(notes(scene, sheets.all)),
    )
    return layout, frame


@dataclass(frozen=True)
class SheetOf:
    """Makes the sheet of a plane: what is written around it, and drawn on it."""

    scene: Scene
    hidden: Hiding | None
    marks: Mapping[str, Any]
    is_brief: bool

    def __call__(self, titled: Titled, /, *, is_whole: bool = False, **facts: Any) -> Sheet:
        plane = self.hidden.plane(titled.plane) if self.hidden else titled.plane
        top, _, _, left = plane.margin
        more = tuple(replace(mark, top=top, left=left) for mark in self.marks.get(plane.id, ()))
        sheet = Sheet(
            plane,
            whole_title(plane, self.scene) if is_whole else titled.title,
            self.scene.letter(plane.grid),
            shape(plane, self.scene, is_named=not self.is_brief),
            words.PLANE_LABEL.format(what=titled.label or titled.title, rows=plane.rows, cols=plane.cols),
            (*titled.marks, *more),
            "small" if titled.is_small else "large",
        )
        return replace(sheet, **{**facts, **(colour(sheet, self.scene) if facts.get("side_title") else {})})


class Fits(NamedTuple):
    """Where the sheets stand in a wide box, and in a tall one."""

    wide: Fitted
    tall: Fitted


def fit_table(table: ChannelTable, sheets: Sheets, box: Box) -> Fits:
    boards = [[sheets.leaf(titled, size="tiny") for titled in place.planes] for place in table.places]
    across, down = (tuple(with_boards(trees, boards)) for trees in table_trees(table, sheets))
    return Fits(wide_fit(partial(fit_trees, across), box), fit_trees(down, TALL))


def fit_places(places: Sequence[Place], sheets: Sheets, box: Box, *, is_brief: bool) -> Fits:
    groups = tuple(
        Group(tuple(sheets.leaf(titled).extent for titled in place.planes), place.is_grounded, place.is_paired)
        for place in places
    )
    return Fits(wide_fit(partial(fit_groups, groups), box), (fit_ends if is_brief else fit_groups)(groups, TALL))


def wide_fit(fit: Callable[[Box], Fitted], box: Box) -> Fitted:
    """On a page cells stand as close as words do; in a frame as far apart as there is space."""
    return fit(box) if box is WIDE else filling(fit, box)


def with_boards(trees: Sequence[Tree], boards: Sequence[Sequence[Leaf]]) -> list[Tree]:
    """What stands under a table."""
    lines = [Row(tuple(board)) for board in boards if board]
    return [Column((tree, *lines), is_centred=True) if lines else tree for tree in trees]


def colour(sheet: Sheet, scene: Scene) -> dict[str, str]:
    """Of three channels of a picture, each has the frame and the letter of its colour."""
    names = ("red", "green", "blue")
    if (
        scene.operation.spatial != 2
        or len(scene.data) != len(names)
        or sheet.plane.id[:2] != "x."
        or scene.layer.data != "x"
    ):
        return {}
    name = names[int(sheet.plane.id.split(".")[1])]
    return {"frame": name, "side_title": name[0].upper()}


def whole_title(plane: Plane, scene: Scene) -> str:
    """What all channels together are called."""
    return scene.roles.result if plane.grid == "y" else scene.roles.data


def notes(scene: Scene, sheets: Sequence[Sheet]) -> list[str]:
    """Why cells are left over, and what hatching and dots mean."""
    hatched = [words.HATCHED.format(said=words.NOT_READ)] * has_unread(sheets)
    return [*misfits(scene), *hatched, *[words.DOTTED.format(said=words.ADDED)] * has_dots(sheets)]


def has_unread(sheets: Sequence[Sheet]) -> bool:
    return any(sheet.plane.has_unread for sheet in sheets)


def has_dots(sheets: Sequence[Sheet]) -> bool:
    return any(isinstance(mark, Dots) for sheet in sheets for mark in sheet.marks)


def letters(sheets: Sequence[Sheet], scene: Scene) -> dict[str, list[str]]:
    """Letters for the weights of each plane that holds them."""
    weights = [sheet.plane for sheet in sheets if sheet.plane.grid == scene.layer.weights]
    return {plane.id: plane_letters(plane, scene) for plane in weights}
