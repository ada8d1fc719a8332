"""What changes from one frame of a film to the next: the smallest rectangle that holds it, and which of its pixels."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops

Pixels = NDArray[np.uint32]
"""Red, green and blue from the lowest byte up."""


class Change(NamedTuple):
    """Pixels from `left` and `top` on; those that stay as they are are not `changed`."""

    left: int
    top: int
    pixels: Pixels
    changed: NDArray[np.bool_]
    milliseconds: float
    size: tuple[int, int]
    """Of the whole frame."""


def changes(frames: Iterable[tuple[Image.Image, float]]) -> Iterator[Change]:
    """The first is the whole frame. A frame that changes nothing makes the one before it longer."""
    waiting: Change | None = None
    before: Image.Image | None = None
    for image, milliseconds in frames:
        box = ImageChops.difference(image, before).getbbox() if before else (0, 0, *image.size)
        if box is None:
            assert waiting is not None
            waiting = waiting._replace(milliseconds=waiting.milliseconds + milliseconds)
            continue
        if waiting:
            yield waiting
        pixels = pixels_of(image.crop(box))
        changed = pixels != pixels_of(before.crop(box)) if before else np.ones(pixels.shape, np.bool_)
        waiting = Change(*box[:2], pixels, changed, milliseconds, image.size)
        before = image
    if waiting:
        yield waiting


def pixels_of(image: Image.Image) -> Pixels:
    raw = np.frombuffer(image.tobytes("raw", "RGBX"), np.uint32)
    return raw.reshape(image.height, image.width) & np.uint32(0xFFFFFF)
