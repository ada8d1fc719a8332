"""Hide, predict, reveal: what the pictures of a scene leave out that asks for its results.

A picture cannot be answered. So every result is unknown in it, but for those before the step that the link names:
its cell is empty, and a sum ends with a question mark. What is unknown is NaN, which no scene computes.
static/js/predict.js hides the same on a living stage, until each result is answered.
"""

from dataclasses import dataclass, replace
from math import nan

import numpy as np

from app.equation.facts import Column, Equation, WindowSum
from app.scene.scene import Scene
from app.views.frame import Frame, Outline
from app.views.plane import Plane, largest
from app.views.view import View

RESULTS = "yaYtd"
"""The first letters of the planes that hold results: y, its activation, vec(y), and in a shift y moved and the rest."""


@dataclass(frozen=True)
class Hiding:
    """What a picture in this view leaves out, but for the results of the first `given` steps."""

    view: View
    given: int = 0

    def plane(self, plane: Plane) -> Plane:
        """The plane without what is asked for, and without the largest result as the measure of its colours."""
        if plane.id[0] in RESULTS:
            return replace(plane, values=np.where(self.known(plane), plane.values, nan), scale=self.scale(plane))
        return replace(plane, values=np.full(plane.values.shape, nan)) if self.hides_products(plane) else plane

    def known(self, plane: Plane) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        """Which cells of a result plane are given. A stamp has a part in many results, so none of them is."""
        steps = self.view.writing_steps(plane)
        return np.zeros(plane.values.shape, np.bool_) if steps is None else steps < self.given

    def scale(self, plane: Plane) -> float:
        bound = self.view.bound
        activated = self.view.scene.activate(np.array([-bound, bound])) if plane.id[0] == "a" else None
        return bound if activated is None else largest(activated)

    def hides_products(self, plane: Plane) -> bool:
        """Where one of them is not zero, it is the result. A window without weights is data, which hides nothing."""
        return plane.id[0] == "p" and not self.view.shows_window

    def frame(self, frame: Frame) -> Frame:
        """The frame of a step whose result is asked for."""
        return {
            **frame,
            "outlines": [outline for outline in frame["outlines"] if not is_crown(outline)],
            "labels": [{**label, "value": nan} for label in frame["labels"]],
            "equation": unanswered(frame["equation"]),
        }


def hiding(view: View) -> Hiding | None:
    """What the pictures of this view leave out, where its scene asks for its results."""
    presentation = view.scene.presentation
    return Hiding(view, presentation.step or 0) if presentation.predict else None


def asks(view: View) -> bool:
    """Whether its stage asks for one result after the other: a stamp, or a column, has no single number to ask for."""
    return view.scene.presentation.predict and view.asks_numbers


def asking(scene: Scene) -> Scene:
    """The scene without any result, not even those before a step: beside another they could say its results."""
    return replace(scene, presentation=scene.presentation.model_copy(update={"predict": True, "step": None}))


def is_crown(outline: Outline) -> bool:
    """Whether it rings the product that is the result."""
    return outline["role"] == "winner" and outline["plane"].startswith("p.")


def unanswered(equation: Equation) -> Equation:
    """The equation with what is to be computed, and without what comes of it."""
    match equation["kind"]:
        case "sum":
            return without_sums(equation)
        case "stamp":
            products = [[None if product is None else nan for product in row] for row in equation["products"]]
            return {**equation, "products": products, "tallies": [], "overlaps": 0}
        case "column":
            return without_entries(equation)


def without_sums(equation: WindowSum) -> WindowSum:
    asked: WindowSum = {**equation, "y": nan, "sums": [nan for _ in equation["sums"]]}
    asked["a"] = None if equation["a"] is None else nan
    if "other" in equation:
        asked["other"] = without_sums(equation["other"])
    return asked


def without_entries(equation: Column) -> Column:
    """What a column copies is its result; what lands with it are data."""
    is_copy = equation["grid"] == "y"
    numbers = [nan for _ in equation["numbers"]] if is_copy else equation["numbers"]
    return {**equation, "y": numbers[0], "numbers": numbers, "tallies": [], "overlaps": 0}
