"""The picture that is asked for: a shipped one by name, a small one within the address, or one that was uploaded.

cat                 as it is shipped            cat:96x96           made to a size (rows × columns)
u8:64x64:…          at most 64×64 cells         upload:…            by the hash of its bytes
"""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from app.address.parameters import shown
from app.address.phrases import read_sizes, times
from app.address.refusal import Refusal
from app.grids.literals import Space, read_grid, spell
from app.grids.payloads import LAYOUTS
from app.grids.photos import COLOURS, EXAMPLE, PREFIX, grey, photographs, pixels, resized
from app.pages.pictures import uploads, words
from app.pages.pictures.decoding import MOST_SIDE, Decoded
from app.pages.pictures.uploads import Uploads
from app.text.format import short

Read = TypeVar("Read")
Bytes = NDArray[np.uint8]

SMALL = 64
"""Cells a side of a picture that an address can carry."""


@dataclass(frozen=True)
class Picture:
    """A picture's pixels, shape (1 or 3, rows, columns), and the name that an address has for it."""

    text: str
    pixels: Bytes
    was: tuple[int, int] | None = None
    """How large an uploaded one was, if it was reduced."""

    @property
    def is_private(self) -> bool:
        """Whether it is a reader's own, which nobody else may keep."""
        return self.text.startswith(f"{uploads.PREFIX}:")

    def in_colour(self, colour: str) -> Bytes:
        """One grey plane, or red, green and blue."""
        if colour == "rgb":
            return np.broadcast_to(self.pixels, (COLOURS, *self.pixels.shape[1:]))
        return grey(self.pixels)[np.newaxis] if len(self.pixels) == COLOURS else self.pixels


def read_picture(raw: object, known: Uploads) -> Picture:
    """The picture of this name. Raises Refusal: there is none, or it was forgotten."""
    text = raw.strip() if isinstance(raw, str) else ""
    name, _, remainder = text.removeprefix(f"{PREFIX}:").partition(":")
    name = name.lower()
    if name == uploads.PREFIX:
        return uploaded(text, known)
    if name in photographs():
        return shipped(name, remainder.strip())
    if name in LAYOUTS or (text[:1] in "[-0123456789" and text):
        return written(text)
    meant = "".join(words.MEANT.format(name=each) for each in get_close_matches(name[:40], photographs(), n=1))
    sentence = words.NO_SUCH_PICTURE.format(text=shown(raw), meant=meant, names=", ".join(photographs()))
    raise Refusal(sentence, loc=("picture",))


def uploaded(text: str, known: Uploads) -> Picture:
    found = known.get(text)
    if found is None:
        raise Refusal(words.FORGOTTEN, type="picture_forgotten", loc=("picture",))
    return own(text, found)


def own(name: str, decoded: Decoded) -> Picture:
    return Picture(name, decoded.pixels, decoded.was if decoded.is_reduced else None)


def shipped(name: str, sizes: str) -> Picture:
    if not sizes:
        return Picture(name, pixels(name))
    shape = at_picture(lambda: read_sizes(sizes, EXAMPLE.removeprefix(f"{PREFIX}:")))
    if len(shape) not in (2, 3) or max(shape) > MOST_SIDE or shape[:-2] not in ((), (1,), (COLOURS,)):
        raise Refusal(words.PICTURE_SIZE.format(most=MOST_SIDE, shape=times(shape)), loc=("picture",))
    return Picture(f"{name}:{times(shape[-2:]).replace('×', 'x')}", resized(pixels(name), *shape[-2:]))


def written(text: str) -> Picture:
    """A small picture, its values in the address."""
    space = Space(spatial=2, leading=1, kind="input", max_values=COLOURS * SMALL * SMALL)
    values = at_picture(lambda: read_grid(text, space)).values
    planes, *sides = values.shape
    if max(sides) > SMALL or not values.size:
        raise Refusal(words.PICTURE_SIDE.format(most=SMALL, shape=times(sides)), loc=("picture",))
    if planes not in (1, COLOURS):
        raise Refusal(words.PICTURE_PLANES.format(planes=planes), loc=("picture",))
    for value in (float(values.min()), float(values.max())):
        if not 0 <= value <= 255:
            raise Refusal(words.NOT_A_SHADE.format(value=short(value)), loc=("picture",))
    whole = np.rint(values).astype(np.uint8)
    return Picture(spell(whole.astype(np.float64), 2, "input"), whole)


def at_picture(read: Callable[[], Read]) -> Read:
    """What is read, its refusal at the field of the picture."""
    try:
        return read()
    except Refusal as refusal:
        raise refusal.at("picture") from None
