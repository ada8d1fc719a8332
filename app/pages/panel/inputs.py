"""The pictures that x may be instead: where they lead does not depend on the numbers that x has now."""

from collections.abc import Mapping

from app.pages.controls import Choice
from app.pages.once import Once
from app.pages.panel.channels_and_filters import takes_pictures
from app.pages.panel.neighbours import with_input
from app.scene.scene import Scene

Pictures = tuple[tuple[str, str], ...]
"""For each, its name and what it is called."""


def inputs(scene: Scene, pictures: Mapping[int, Pictures]) -> tuple[Choice, ...]:
    if not takes_pictures(scene):
        return ()
    offered = pictures[scene.operation.spatial]
    return choices(scene, offered, seen(offered, scene.text("x")))


@Once
def choices(scene: Scene, pictures: Pictures, now: str) -> tuple[Choice, ...]:
    return tuple(Choice(label, with_input(scene, name), name == now) for name, label in pictures)


def seen(pictures: Pictures, text: str) -> str:
    """The one of these pictures that x is: “digit”, without a number, stands for every digit."""
    kind = "" if "!" in text else text.partition(":")[0]
    same = (name for name, _ in pictures if name == text)
    alike = (name for name, label in pictures if label == kind)
    return next(same, None) or next(alike, "")
