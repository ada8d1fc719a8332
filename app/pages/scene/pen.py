"""The pen: draws the planes of one scene at one step, each with its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from app.layout.letters import plane_letters
from app.layout.placed import CELL
from app.painters.marks import marks_svg
from app.painters.palette import PAGE
from app.painters.svg import plane_svg
from app.scene.misfits import misfits
from app.scene.scene import Scene
from app.text import page as words
from app.views.frame import Frame, cells_of
from app.views.marks import Corners
from app.views.plane import Plane
from app.views.prediction import Hiding
from app.views.view import Titled
from app.views.words import scatter as scatter_words


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
