"""What changes from one frame of a film to the next: the smallest rectangle that holds it, and which of its pixels."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

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
    before: Pixels | None = None
    for image, milliseconds in frames:
        pixels = pixels_of(image)
        changed = np.ones(pixels.shape, np.bool_) if before is None else pixels != before
        box = bounds(changed)
        before = pixels
        if box is None:
            assert waiting is not None
            waiting = waiting._replace(milliseconds=waiting.milliseconds + milliseconds)
            continue
        if waiting:
            yield waiting
        left, top, right, bottom = box
        inside = np.s_[top:bottom, left:right]
        waiting = Change(left, top, pixels[inside], changed[inside], milliseconds, image.size)
    if waiting:
        yield waiting


def pixels_of(image: Image.Image) -> Pixels:
    raw = np.frombuffer(image.tobytes("raw", "RGBX"), np.uint32)
    return raw.reshape(image.height, image.width) & np.uint32(0xFFFFFF)


def bounds(changed: NDArray[np.bool_]) -> tuple[int, int, int, int] | None:
    """The rectangle around all that is true: left, top, right, bottom."""
    rows = np.flatnonzero(changed.any(axis=1))
    if not rows.size:
        return None
    cols = np.flatnonzero(changed[rows[0] : rows[-1] + 1].any(axis=0))
    return int(cols[0]), int(rows[0]), int(cols[-1]) + 1, int(rows[-1]) + 1
