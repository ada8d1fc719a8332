"""The pictures that x may be instead.

Where they lead depends on the shape of x and on the other fields, but not on the numbers of x, and so it is found out
once for all of them.
"""

from collections.abc import Hashable, Mapping

from app.pages.controls import Choice
from app.pages.panel.channels_and_filters import takes_pictures
from app.pages.panel.neighbours import is_large, with_input
from app.scene.scene import Scene

MOST_KNOWN = 512
known: dict[Hashable, tuple[Choice, ...]] = {}


def inputs(scene: Scene, names: Mapping[int, tuple[tuple[str, str], ...]]) -> tuple[Choice, ...]:
    if not takes_pictures(scene):
        return ()
    pictures, text = names[scene.operation.spatial], scene.text("x")
    now = text if any(text == name for name, _ in pictures) else ""
    around = (pictures, now, *all_but_numbers(scene))
    choices = known.get(around)
    if choices is None:
        if len(known) == MOST_KNOWN:
            known.clear()
        known[around] = choices = tuple(Choice(label, with_input(scene, name), name == now) for name, label in pictures)
    return choices


def all_but_numbers(scene: Scene) -> tuple[Hashable, ...]:
    """What decides where another x leads: the same for two scenes that differ in the numbers of x alone."""
    fields = tuple((name, "" if name == "x" else text) for name, text in scene.fields.items())
    return scene.operation, scene.limits, fields, scene.x.shape, is_large(scene), scene.layer.is_ordinary
