"""What is written over a plane, besides its title: the shape of its grid, and the name of a named kernel."""

from app.scene.scene import Scene
from app.views.plane import Plane
from app.views.words import scatter as scatter_words


def shape(plane: Plane, scene: Scene, *, is_named: bool = True) -> str:
    if plane.grid in ("", "b"):
        return ""
    name = scene.text(plane.grid) if is_named and plane.grid == scene.layer.weights else ""
    own = shape_of(plane.grid, scene, name if name.replace("-", "").isalpha() else "", scene.operation.flat)
    if plane.spread == (1, 1):
        return own
    return scatter_words.STRETCHED_SHAPE.format(own=own, stretched=stretched(plane, scene))


def stretched(plane: Plane, scene: Scene) -> str:
    """The sides of data with zeros between its numbers, without the rim."""
    spatial = scene.operation.spatial
    sides = zip(scene.grid(plane.grid).shape[-spatial:], plane.spread[-spatial:], strict=True)
    return " × ".join(str((size - 1) * stride + 1) for size, stride in sides)


def shape_of(grid: str, scene: Scene, name: str = "", axes: int | None = None) -> str:
    """A grid's shape along so many axes of space, or the tensor's in PyTorch's order."""
    shape = scene.layer.y_shape if grid in ("y", "a") else scene.grid(grid).shape
    if scene.presentation.shapes == "nchw":
        batch = "" if scene.layer.space(grid) == "tap" else "1, "
        return f"({batch}{', '.join(map(str, shape))})"
    sides = " × ".join(map(str, shape[-(axes or scene.operation.spatial) :]))
    return f"{sides} · {name}" if name else sides
