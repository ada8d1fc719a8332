"""Poolings in words and formulas: the largest, the mean or the power average of a window, and no weights."""

from markupsafe import Markup

from app.explanation import Explanation
from app.scene import Scene


def explain_pooling(scene: Scene) -> Explanation:
    return Explanation(Markup(), Markup(), "", [], [], [], "", ())
