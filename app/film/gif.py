"""A film as GIF: one palette for all of it; of each frame only the rectangle that changed, clear where it did not."""

import struct
from collections.abc import Iterable
from mmap import mmap

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageColor
from PIL.GifImagePlugin import getdata

from app.film.changes import Pixels, changes
from app.painters.palette import Palette

CLEAR = 0
"""The number of the palette for pixels that stay as they are; a colour that has not been met has it, too."""
SLOTS = 256
RAMP = 12
"""Tones from the paper to each colour of letters and lines, which soften their edges."""
INKS = ("ink", "soft", "line", "input", "tap", "output", "product", "negative")
FLAT = 40
"""Pixels of a colour in one frame from which it has a number of its own, while there are any."""

OWN = 1 << 8
"""Marks a number of the palette as the colour's own, rather than the nearest."""

STAYS, IS_CLEAR = 1 << 2, 1
"""What a frame has drawn stays; and one number of the palette is clear."""
FOR_EVER = b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"


class Colours:
    """The palette, which fills as colours are met: flat ones have their own numbers, others the nearest."""

    def __init__(self, palette: Palette) -> None:
        paper = np.array(ImageColor.getrgb(palette["paper"]), float)
        inks = [np.array(ImageColor.getrgb(palette[name])[:3], float) for name in INKS]
        tones = [paper + (ink - paper) * tone / RAMP for ink in inks for tone in range(1, RAMP + 1)]
        self.colours = np.zeros((SLOTS, 3), np.uint8)
        self.count = 1
        self.numbers = untouched(1 << 24)
        """For each of the 2²⁴ colours its number, and whether that is its own."""
        self.give(packed(np.unique(np.rint([paper, *tones]).astype(np.uint8), axis=0)))

    def give(self, codes: Pixels) -> None:
        """Numbers of their own to as many colours as there are numbers left."""
        codes = codes[: SLOTS - self.count]
        end = self.count + len(codes)
        self.colours[self.count : end] = unpacked(codes)
        self.numbers[codes] = OWN | np.arange(self.count, end, dtype=np.uint16)
        self.count = end

    def index(self, pixels: Pixels) -> NDArray[np.uint8]:
        """The number of each pixel's colour."""
        numbers = self.numbers[pixels]
        others = pixels[numbers < OWN]
        if others.size:
            codes, counts = np.unique(others, return_counts=True)
            flat = counts >= FLAT
            self.give(codes[flat][np.argsort(-counts[flat])])
            self.approach(codes[self.numbers[codes] == CLEAR])
            numbers = self.numbers[pixels]
        return numbers.astype(np.uint8)

    def approach(self, codes: Pixels) -> None:
        """The nearest of all numbers, for colours that have none of their own."""
        mine = self.colours[1 : self.count].astype(np.int32)
        for part in np.array_split(codes, max(len(codes) // 1024, 1)):
            apart = unpacked(part).astype(np.int32)[:, np.newaxis] - mine
            self.numbers[part] = (apart**2).sum(axis=2).argmin(axis=1) + 1

    @property
    def table(self) -> bytes:
        return self.colours.tobytes()


def untouched(count: int) -> NDArray[np.uint16]:
    """So many zeros, of which those alone take memory that are near to one that is written: NumPy's own, in large
    pages, would take all of it."""
    return np.frombuffer(mmap(-1, 2 * count), np.uint16)


def packed(colours: NDArray[np.uint8]) -> Pixels:
    red, green, blue = colours.astype(np.uint32).T
    codes: Pixels = red | green << 8 | blue << 16
    return codes


def unpacked(codes: Pixels) -> NDArray[np.uint8]:
    return np.stack([codes & 255, codes >> 8 & 255, codes >> 16 & 255], axis=-1).astype(np.uint8)


def gif(frames: Iterable[tuple[Image.Image, float]], palette: Palette) -> bytes:
    """The file; it plays again and again. Times are in hundredths of a second: ends are rounded, so that no error adds
    up."""
    colours, blocks, time, size = Colours(palette), [], 0.0, (1, 1)
    for change in changes(frames):
        numbers = np.full(change.changed.shape, CLEAR, np.uint8)
        numbers[change.changed] = colours.index(change.pixels[change.changed])
        height, width = change.changed.shape
        image = Image.frombytes("P", (width, height), numbers.tobytes())
        lasting = round((time + change.milliseconds) / 10) - round(time / 10)
        time += change.milliseconds
        size = change.size
        control = struct.pack("<BHB", STAYS | IS_CLEAR, min(max(lasting, 2), 65535), CLEAR)
        blocks.append(b"".join([b"!\xf9\x04", control, b"\0", *getdata(image, (change.left, change.top))]))
    head = b"GIF89a" + struct.pack("<HHBBB", *size, 0xF7, 0, 0) + colours.table
    return b"".join([head, FOR_EVER, *blocks, b";"])
