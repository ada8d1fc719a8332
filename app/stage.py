"""The stage as the templates receive it: every plane drawn, placed in its row or column, with its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from markupsafe import Markup

from app.channels import Table, channel_table
from app.equation.maker import equation_tree
from app.equation.mathml import mathml
from app.misfits import misfits
from app.painters.letters import plane_letters
from app.painters.marks import marks_svg
from app.painters.palette import PAGE
from app.painters.svg import CELL, plane_svg
from app.painters.width import widths
from app.prediction import Hiding, asks, hiding
from app.scene import Scene
from app.views.common.columns import Columns
from app.views.common.gather import Gather
from app.views.frame import Frame, cells_of
from app.views.marks import Corners
from app.views.plane import Plane, largest
from app.views.scatter.view import Scatter
from app.views.view import Place, Remarking, Titled, View, start_step
from app.views.zero_insertion import ZeroInsertion
from app.words import page as words
from app.words import scatter as scatter_words


@dataclass(frozen=True)
class Drawn:
    """A plane with its words: `svg` is ready to be placed."""

    id: str
    svg: Markup
    title: str
    space: str
    letter: str
    """What the plane's grid is called in the equation."""
    shape: str
    misfits: Sequence[str] = ()
    """Of the first result: why its size is no whole number."""


@dataclass(frozen=True)
class DrawnPlace:
    """Planes that stand together."""

    name: str
    planes: list[Drawn]


@dataclass(frozen=True)
class Fold:
    """A channel or filter that is not drawn large, and the link that brings it forward."""

    name: str
    address: str
    chosen: bool


@dataclass(frozen=True)
class Scale:
    """The legend of one space's colours: from `least` to `most`, which has the full colour."""

    space: str
    grid: str
    name: str
    least: float
    most: float


@dataclass(frozen=True)
class Named:
    """A grid as formulas write it, and what it is."""

    space: str
    letter: str
    name: str


@dataclass(frozen=True)
class Stage:
    source: str
    view: str
    steps: int
    step: int
    is_complete: bool
    places: list[DrawnPlace]
    """Where the planes stand; where channels are a table, what stands under it."""
    table: Table | None
    folded_channels: list[Fold]
    folded_filters: list[Fold]
    leading: str
    """Which of them the playhead goes through: channel or filter."""
    frame: Frame
    equation: Markup
    scales: list[Scale]
    legend: list[Named]
    """What the letters of the formula stand for."""
    settings: dict[str, str]
    shape: str
    """The output's, in a few words."""
    misfits: list[str]
    """Why cells are left over, if any are."""
    has_unread: bool
    """Whether a plane has cells that are hatched, as nothing reads them."""
    reveal: str | None = None
    """Where the results are to be seen, if they are hidden here."""
    aside: Any = None
    """What the view says beside its planes."""


def stage(
    view: View,
    room: str = "",
    *,
    marks: Mapping[str, tuple[Corners, ...]] | None = None,
    step: int | None = None,
    cell: float | None = None,
) -> Stage:
    """Everything that a page, or an embedded stage in its own room, shows of a scene.

    `marks` is further drawing on some of its planes; `step` is where it rests and `cell` how many pixels its cells
    have, where another scene beside it has a say in that.
    """
    scene, step = view.scene, start_step(view) if step is None else step
    hidden = hiding(view)
    frame = hidden.frame(view.frame(step)) if hidden else view.frame(step)
    pen = Pen(scene, frame, is_complete=scene.presentation.step is None, marks=marks or {}, hidden=hidden)
    table = channel_table(view, frame, pen) if isinstance(view, Gather) and view.is_table else None
    places = drawn_places(under(view) if table else view.places(frame), pen, cell)
    return Stage(
        source=scene.address(".events", step=None),
        view=view.name,
        steps=view.steps,
        step=step,
        is_complete=pen.is_complete,
        places=places,
        table=table,
        folded_channels=folds(view, "channel", room),
        folded_filters=folds(view, "filter", room),
        leading=leading(view),
        frame=frame,
        equation=Markup(mathml(equation_tree(frame["equation"], scene.conventions))),
        scales=scales(scene, hidden),
        legend=legend(scene),
        settings=settings(view),
        shape=pen.shape_of("y"),
        reveal=scene.address("", room, predict=None) if hidden else None,
        misfits=misfits(scene),
        has_unread=pen.has_unread,
        aside=view.aside(room) if isinstance(view, Remarking) else None,
    )


def under(view: View) -> tuple[Place, ...]:
    """What stands under the table of channels."""
    return view.boards() if isinstance(view, ZeroInsertion) else ()


def drawn_places(places: tuple[Place, ...], pen: "Pen", cell: float | None) -> list[DrawnPlace]:
    wide = widths(places, pen.scene.operation.spatial, cell) if places else {}
    return [
        DrawnPlace(place.name, [pen.draw(titled, wide[titled.plane.id]) for titled in place.planes]) for place in places
    ]


def scales(scene: Scene, hidden: Hiding | None) -> list[Scale]:
    """One legend for each grid; it begins at zero where nothing is negative. Of what is asked for nothing is known."""
    layer, roles = scene.layer, scene.operation.roles
    grids = [
        (roles.data, layer.data, scene.data),
        (roles.weights, layer.weights, scene.weights),
        (roles.result, "y", np.full_like(scene.results, np.nan) if hidden else scene.results),
    ]
    return [
        Scale(
            space=layer.space(name),
            grid=name,
            name=role,
            least=0 if values.min() >= 0 else -largest(values),
            most=largest(values),
        )
        for role, name, values in grids
        if name is not None and values is not None
    ]


def legend(scene: Scene) -> list[Named]:
    """Data, weights and result; where an activation follows, the result is a, and no longer y."""
    named = [Named(scale.space, scene.letter(scale.grid), scale.name) for scale in scales(scene, None)]
    if not scene.layer.activation:
        return named
    after = words.ACTIVATED.format(name=words.ACTIVATIONS[scene.layer.activation])
    return [*named[:-1], Named("output", "a", f"{named[-1].name} {after}")]


def settings(view: View) -> dict[str, str]:
    """What the stage's scripts need of the presentation, as attributes."""
    scene, presentation = view.scene, view.scene.presentation
    flags = {name: getattr(presentation, name) for name in ("letters", "autoplay", "loop")}
    return {
        **data_spaces(scene),
        **({"view": view.name} if view.name != "gather" else {}),
        "first-index": presentation.indices,
        **({"result": scene.letter("y")} if scene.letter("y") != "y" else {}),
        **({"channel": str(presentation.channel)} if presentation.channel is not None else {}),
        "speed": f"{presentation.speed:g}",
        **{name: "" for name, holds in flags.items() if holds},
        **prediction(view),
        **({"intro": ""} if not scene.spelled() else {}),
        **({} if presentation.step is presentation.filter is None else {"open-at": str(start_step(view))}),
    }


def prediction(view: View) -> dict[str, str]:
    """`predict` asks for all results but the first so many; `withheld` keeps them back, and asks for nothing."""
    presentation = view.scene.presentation
    if asks(view):
        return {"predict": str(presentation.step or 0)}
    return {"withheld": ""} if presentation.predict else {}


def data_spaces(scene: Scene) -> dict[str, str]:
    """The spaces of data, weights and result, where they are not input, tap and output."""
    layer = scene.layer
    spaces = [layer.space(name) for name in (layer.data, layer.weights or "w", "y")]
    return {} if spaces == ["input", "tap", "output"] else {"data-spaces": " ".join(spaces)}


def folds(view: View, name: str, room: str) -> list[Fold]:
    """Links to all channels or filters, where some of them are folded."""
    if not isinstance(view, Gather | Scatter | Columns):
        return []
    scene = view.scene
    shown = view.arrangement.channels if name == "channel" else view.arrangement.filters
    count = len(scene.data) if name == "channel" else view.filters
    if len(shown) == count or (view.is_lanes and name != leading(view)):
        return []
    first = scene.presentation.first_index
    addresses = [scene.address("", room, **{"step": None, name: str(i)}) for i in range(count)]
    return [Fold(str(i + first), address, i in shown) for i, address in enumerate(addresses)]


def leading(view: View) -> str:
    """What the playhead goes through, plane after plane."""
    return "channel" if isinstance(view, Scatter) else "filter"


class Pen:
    """Draws the planes of one scene at one step."""

    def __init__(
        self,
        scene: Scene,
        frame: Frame,
        is_complete: bool,
        marks: Mapping[str, tuple[Corners, ...]],
        hidden: Hiding | None,
    ) -> None:
        self.scene = scene
        self.hidden = hidden
        self.frame = frame
        self.is_complete = is_complete
        self.marks = marks
        self.has_unread = False
        self.misfits = misfits(scene)

    def draw(self, titled: Titled, width: int) -> Drawn:
        plane = self.hidden.plane(titled.plane) if self.hidden else titled.plane
        self.has_unread |= plane.has_unread
        label = words.PLANE_LABEL.format(what=titled.label or titled.title, rows=plane.rows, cols=plane.cols)
        outlines, marks = self.frame["outlines"], (*titled.marks, *self.marked(plane))
        svg = plane_svg(
            plane,
            label=label,
            width=width,
            shown=None if self.is_complete else self.shown(plane.id),
            window=cells_of(outlines, plane.id, but="winner"),
            winners=cells_of(outlines, plane.id, role="winner"),
            texts=self.letters(plane),
            extra=marks_svg(marks, plane, PAGE, CELL / (titled.cell or CELL)),
        )
        letter = self.scene.letter(plane.grid)
        return Drawn(plane.id, Markup(svg), titled.title, plane.space, letter, self.shape(plane), self.said(plane))

    def said(self, plane: Plane) -> list[str]:
        """Why the size is no whole number, said once, over the first result."""
        if plane.grid != "y":
            return []
        said, self.misfits = self.misfits, []
        return said

    def marked(self, plane: Plane) -> tuple[Corners, ...]:
        """The marks on a plane's grid, moved past its margin."""
        top, _, _, left = plane.margin
        return tuple(replace(mark, top=top, left=left) for mark in self.marks.get(plane.id, ()))

    def letters(self, plane: Plane) -> list[str] | None:
        is_weights = plane.grid == self.scene.layer.weights
        if not (is_weights and self.scene.presentation.letters):
            return None
        return plane_letters(plane, self.scene)

    def shown(self, plane: str) -> int | None:
        return next((fill["shown"] for fill in self.frame["fills"] if fill["plane"] == plane and "shown" in fill), None)

    def shape(self, plane: Plane) -> str:
        """What stands under a plane's title: the shape of its grid, and the name of a named kernel."""
        if not plane.grid:
            return ""
        if plane.grid == "b":
            return ""
        name = self.scene.text(plane.grid) if plane.grid == self.scene.layer.weights else ""
        own = self.shape_of(plane.grid, name if name.replace("-", "").isalpha() else "", self.scene.operation.flat)
        return (
            own
            if plane.spread == (1, 1)
            else scatter_words.STRETCHED_SHAPE.format(own=own, stretched=self.stretched(plane))
        )

    def stretched(self, plane: Plane) -> str:
        """The sides of data with zeros between its numbers, without the rim."""
        spatial = self.scene.operation.spatial
        sides = zip(self.scene.grid(plane.grid).shape[-spatial:], plane.spread[-spatial:], strict=True)
        return " × ".join(str((size - 1) * stride + 1) for size, stride in sides)

    def shape_of(self, grid: str, name: str = "", axes: int | None = None) -> str:
        """A grid's shape along so many axes of space, or the tensor's in PyTorch's order."""
        scene = self.scene
        shape = scene.layer.y_shape if grid in ("y", "a") else scene.grid(grid).shape
        if scene.presentation.shapes == "nchw":
            batch = "" if scene.layer.space(grid) == "tap" else "1, "
            return f"({batch}{', '.join(map(str, shape))})"
        sides = " × ".join(map(str, shape[-(axes or scene.operation.spatial) :]))
        return f"{sides} · {name}" if name else sides
