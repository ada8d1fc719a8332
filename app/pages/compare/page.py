"""Two scenes side by side: `/compare?a=…&b=…`, with one playhead, and the numbers that differ marked.

Both stand equally far along their own steps, and their grids are drawn to one scale.
"""

from dataclasses import dataclass, replace

import numpy as np
from starlette.routing import Route

from app.address.phrases import shown, times
from app.address.query import Raw, read_address, spell_address
from app.address.refusal import Refusal, Refusals
from app.layout.box import PAIRED, Box
from app.operations import OPERATIONS
from app.pages.compare import words
from app.pages.framing import FRAME
from app.pages.requests import page_and_document
from app.pages.scene.stage import Stage, stage
from app.pages.templates import render
from app.scene.scene import Scene
from app.settings import Limits
from app.stream import document as data
from app.text.encoding import dumps
from app.views.marks import Corners, corners
from app.views.plane import as_plane
from app.views.prediction import asking
from app.views.table import read_view, view_of
from app.views.view import View, start_step

SIDES = ("a", "b")
BARE = {"a": words.READY[0][1], "b": words.READY[0][2]}
"""What a bare /compare shows."""
OWN_SETTINGS = ("intro", "predict", "autoplay", "loop", "pace", "invitation")
"""What a stage does by itself, and leaves to the common playhead here."""


@dataclass(frozen=True)
class Side:
    """One of the two scenes, as the page shows it."""

    name: str
    scene: Scene
    stage: Stage


@dataclass(frozen=True)
class Comparison:
    """Two scenes, and where their outputs differ: None where they have no common shape."""

    a: View
    b: View

    @property
    def differences(self) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]] | None:
        """Which numbers of y differ, shape (planes, *cells)."""
        a, b = self.a.scene, self.b.scene
        return a.results != b.results if a.layer.y_shape == b.layer.y_shape else None

    @property
    def predicts(self) -> bool:
        """Whether one of them asks for its results. Those of the other would say them, or half of them."""
        return self.a.scene.presentation.predict or self.b.scene.presentation.predict

    @property
    def moment(self) -> int:
        """The step of b at the moment at which a rests: as far along its way."""
        return -(-(start_step(self.a) + 1) * self.b.steps // self.a.steps) - 1

    @property
    def sentence(self) -> str:
        if self.predicts:
            return words.HIDDEN
        differences = self.differences
        if differences is None:
            return words.OTHER_SHAPE.format(a=times(self.a.scene.layer.y_shape), b=times(self.b.scene.layer.y_shape))
        differ, count = int(differences.sum()), differences.size
        return (words.DIFFERENT if differ else words.ALL_EQUAL).format(differ=differ, count=count)


def address_of(a: Scene, b: Scene, **changes: str | None) -> str:
    """The canonical address of a comparison, with some fields of both scenes replaced; None leaves one out."""
    changes = {"step": None, **changes}
    return "/compare?" + spell_address({"a": a.address(**changes), "b": b.address(**changes)})


def routes() -> list[Route]:
    return page_and_document("/compare", read_comparison, comparison_page, document)


def read_comparison(raw: Raw, limits: Limits) -> Comparison:
    """The two scenes that these raw values ask for. Raises Refusal or Refusals, loc beginning with a or b."""
    unknown = [name for name in raw if name not in SIDES]
    if unknown:
        sentence = words.UNKNOWN.format(name=shown(unknown[0]))
        raise Refusal(sentence, type="extra_forbidden", loc=(unknown[0],))
    if len(raw) == 1:
        missing = next(side for side in SIDES if side not in raw)
        raise Refusal(words.MISSING, type="missing", loc=(missing,))
    return Comparison(*(read_side(side, (raw or BARE)[side], limits) for side in SIDES))


def read_side(side: str, text: object, limits: Limits) -> View:
    """The scene behind an address, with or without its leading slash."""
    path, _, query = (text if isinstance(text, str) else "").partition("?")
    operation = OPERATIONS.get(path.strip().removeprefix("/"))
    if operation is None:
        raise Refusal(words.NOT_A_SCENE.format(side=side, text=shown(str(text))), loc=(side,))
    try:
        return read_view(operation, read_address(query.encode()), limits)
    except Refusal as refusal:
        raise refusal.at(side) from None
    except Refusals as refusals:
        raise Refusals(refusal.at(side) for refusal in refusals.refusals) from None


def comparison_page(comparison: Comparison) -> str:
    is_hidden = comparison.predicts
    marks = {} if comparison.differences is None or is_hidden else ringed(comparison.differences)
    sides = []
    for name, step in zip(SIDES, (start_step(comparison.a), comparison.moment), strict=True):
        view: View = getattr(comparison, name)
        shown = view_of(asking(view.scene)) if is_hidden else view
        drawn = stage(shown, marks=marks, step=step, box=pair_box())
        kept = {key: value for key, value in drawn.settings.items() if key not in OWN_SETTINGS}
        if is_hidden:
            kept["withheld"] = ""
        sides.append(Side(name, view.scene, replace(drawn, settings=kept, reveal=None)))
    return render(
        "compare.html",
        title=words.TITLE,
        said=words,
        sides=sides,
        sentence=comparison.sentence,
        ready=[(label, ready_address(a, b), chosen(comparison, a, b)) for label, a, b in words.READY],
        swapped=address_of(comparison.b.scene, comparison.a.scene),
        reveal=address_of(comparison.a.scene, comparison.b.scene, predict=None) if is_hidden else None,
        here="/compare",
        canonical=address_of(comparison.a.scene, comparison.b.scene),
    )


def pair_box() -> Box | None:
    """On a page two stages stand side by side; in a frame, which they fill, one under the other."""
    return PAIRED if FRAME.get() else None


def ready_address(a: str, b: str) -> str:
    return "/compare?" + spell_address({"a": a, "b": b})


def chosen(comparison: Comparison, a: str, b: str) -> bool:
    return (comparison.a.scene.address(step=None), comparison.b.scene.address(step=None)) == (a, b)


def ringed(differences: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> dict[str, tuple[Corners, ...]]:
    """For each plane of y, a mark in the corner of every cell that differs."""
    return {
        f"y.{number}": corners(as_plane(plane.astype(float)), follows=False) for number, plane in enumerate(differences)
    }


def document(comparison: Comparison) -> bytes:
    """Both scenes, and how many of their numbers differ."""
    differences, shape = comparison.differences, comparison.a.scene.layer.y_shape
    return dumps(
        {
            "a": data.describe(comparison.a),
            "b": data.describe(comparison.b),
            "differ": None if differences is None else int(differences.sum()),
            "differences": None if differences is None else differences.reshape(shape).tolist(),
        }
    )
