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
    offered, text = pictures[scene.operation.spatial], scene.text("x")
    return choices(scene, offered, text if any(text == name for name, _ in offered) else "")


@Once
def choices(scene: Scene, pictures: Pictures, now: str) -> tuple[Choice, ...]:
    return tuple(Choice(label, with_input(scene, name), name == now) for name, label in pictures)
