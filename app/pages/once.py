"""What does not depend on the numbers of x, and so is made once for all scenes that differ in these alone."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from app.scene.scene import Scene

Made = TypeVar("Made")

MOST_KNOWN = 512


class Once(Generic[Made]):
    """A function of a scene and of a few words, which is called for the first of these scenes, and knows it then."""

    def __init__(self, make: Callable[..., Made]) -> None:
        self.make = make
        self.known: dict[Hashable, Made] = {}

    def __call__(self, scene: Scene, *words: Hashable) -> Made:
        around = (*all_but_numbers(scene), *words)
        made = self.known.get(around)
        if made is None:
            if len(self.known) >= MOST_KNOWN:
                self.known.clear()
            self.known[around] = made = self.make(scene, *words)
        return made


def all_but_numbers(scene: Scene) -> tuple[Hashable, ...]:
    """The same for two scenes that differ in the numbers of x alone."""
    fields = tuple((name, "" if name == "x" else text) for name, text in scene.fields.items())
    shape = scene.layer.shape("x") if "x" in scene.layer.grids else ()
    return scene.operation, scene.limits, fields, shape, scene.layer.is_ordinary
