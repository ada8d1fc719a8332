"""The pages that can be framed, beside scenes."""

from collections.abc import Mapping

from starlette.routing import compile_path

from app.operations import OPERATIONS

FRAMED: Mapping[str, tuple[str, ...]] = {
    "/backprop": ("step",),
    "/compare": (),
    "/learn": ("step",),
    "/linear-classifier": (),
    "/pictures": (),
    "/softmax": ("step",),
    "/there-and-back": (),
    "/valley": ("step",),
    "/laws": ("step",),
    "/train": ("step",),
    "/residual": ("step",),
    "/inception": ("step",),
    "/train/signs": (),
    "/gap": ("step",),
    "/receptive-field": (),
    "/networks/compare": (),
    "/networks/two-convolutions": ("step",),
    "/networks/flatten-linear": (),
    "/networks/lenet5/live": (),
    "/networks/own": (),
    "/networks/{name}": (),
}
"""Each path, and those of its own parameters that have the name of a frame's option."""

NEEDS_CAMERA = frozenset({"/pictures"})
"""Pages of which a frame must allow the camera."""

PATTERNS = [(compile_path(path)[0], own) for path, own in FRAMED.items()]


def own_options(path: str) -> tuple[str, ...] | None:
    """The parameters that stay the page's own; None where there is no such page in frames."""
    return next((own for pattern, own in PATTERNS if pattern.match(path)), None)


def can_be_framed(address: str) -> bool:
    """Whether there is a frame of this page, be it a scene or one of those above."""
    path = address.partition("?")[0]
    return path.removeprefix("/") in OPERATIONS or own_options(path) is not None


def needs_camera(path: str) -> bool:
    return path in NEEDS_CAMERA
