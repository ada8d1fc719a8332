"""The letters that may stand for weights on a plane."""

from app.painters.mathml import letter
from app.scene import Scene
from app.views.plane import Plane


def plane_letters(plane: Plane, scene: Scene) -> list[str]:
    """a, b, c … in reading order; a kernel turned beside the kernel as it is keeps each letter at its weight."""
    letters = [letter(place) for place in range(plane.rows * plane.cols)]
    return letters[::-1] if plane.turned and scene.view.name == "flip" else letters
