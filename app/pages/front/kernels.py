"""The kernels beside the stage of the front page."""

from dataclasses import dataclass

from app.painters.picture import data_url
from app.scene.scene import Scene
from app.views.plane import Plane, largest
from kernels.filters import named_filters

OFFERED = ("sobel-x", "sobel-y", "edge", "sharpen", "box", "identity")


@dataclass(frozen=True)
class Kernel:
    name: str
    title: str
    shows: str
    picture: str
    address: str
    chosen: bool


def kernels(scene: Scene) -> list[Kernel]:
    """Each with what it shows, its picture, and the scene in which it stands."""
    return [kernel(name, scene) for name in OFFERED]


def kernel(name: str, scene: Scene) -> Kernel:
    named = named_filters()[name]
    picture = data_url(Plane("w", "tap", "w", named.weights, largest(named.weights)))
    return Kernel(name, named.title, named.shows, picture, scene.address(w=name), name == scene.text("w"))
