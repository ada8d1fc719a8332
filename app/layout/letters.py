"""The letters that may stand for weights on a plane."""

from app.equation.letters import letter
from app.scene.scene import Scene
from app.views.plane import Plane


def plane_letters(plane: Plane, scene: Scene) -> list[str]:
    """a, b, c … in reading order; of a kernel as it is and turned, each weight has one letter.

    Where both are shown, the equation decides: that of flip has the kernel as it is, that of zero insertion turns it.
    """
    letters = [letter(place) for place in range(plane.rows * plane.cols)]
    is_other = plane.turned if scene.view == "flip" else plane.id.startswith("k.")
    return letters[::-1] if is_other else letters
