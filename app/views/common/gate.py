"""What an upstream gradient goes through before it is read: itself, z, and the slope of the activation there.

Their planes stand beside the others and have as many cells as their product, which is what the steps read. Of several
planes only one is drawn with what it was made of.
"""

from app.scene.scene import Scene
from app.text import page as words
from app.views.plane import Plane, as_plane, largest
from app.views.view import Place, Titled


def gate_places(scene: Scene, plane: int) -> tuple[Place, ...]:
    """What one plane was made of; nothing where the upstream gradient itself is read."""
    return (Place("gate", titled_gate(scene, plane)),) if scene.layer.gate else ()


def titled_gate(scene: Scene, plane: int) -> tuple[Titled, ...]:
    """The grids of one plane, one under the other: what comes from above is multiplied with the slope at z."""
    name = words.ACTIVATIONS[scene.layer.parameters["activation"]]
    many = len(scene.grid(scene.layer.gate[0])) > 1
    number = f" {plane + scene.presentation.first_index}" if many else ""
    titles = (words.UPSTREAM, words.BEFORE.format(name=name), words.SLOPE_OF.format(name=name))
    named = zip(scene.layer.gate, titles, strict=True)
    return tuple(Titled(gate_plane(scene, grid, plane), title + number) for grid, title in named)


def gate_plane(scene: Scene, grid: str, plane: int) -> Plane:
    """One of them; its id begins with the first letter of its grid."""
    values = scene.grid(grid)
    return Plane(f"{grid[0]}.{plane}", "output", grid, as_plane(values[plane]), largest(values))
