"""An uploaded file becomes pixels: decoded, turned as its camera says, without its metadata, and never too large.

What a file claims is checked before anything is decoded, so that no file makes more of itself than its bound.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from app.address.refusal import Refusal
from app.pages.pictures import words

Bytes = NDArray[np.uint8]

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
MOST_BYTES = 12_000_000
MOST_PIXELS = 12_500_000
MOST_OF_JPEG = 16_000_000
"""A JPEG is decoded smaller at once, so that it may have more."""
MOST_SIDE = 1024
"""Pixels a side of a picture that is kept at its size."""
PAPER = (255, 255, 255)
"""What shows where a picture is transparent."""
ROWS = 256
DEEP = ("I", "F", "I;16", "I;16B", "I;16L", "I;16N")
"""Pillow's modes of more than 8 bits."""


@dataclass(frozen=True)
class Decoded:
    """A picture's pixels, shape (3, rows, columns), and how large it was before it was reduced."""

    pixels: Bytes
    was: tuple[int, int]
    """(rows, columns)"""

    @property
    def is_reduced(self) -> bool:
        return self.pixels.shape[1:] != self.was


def decode(data: bytes) -> Decoded:
    """The picture of a file. Raises Refusal, with the sentence that says why there is none."""
    if not data:
        raise refused(words.NO_BYTES)
    with readable(), Image.open(BytesIO(data), formats=FORMATS) as image:
        check_size(image)
        was = upright_size(image)
        image.draft(None, (MOST_SIDE, MOST_SIDE))  # a JPEG is decoded smaller at once
        image.load()
        colours = on_paper(ImageOps.exif_transpose(small(as_eight_bits(image))))
    pixels = np.asarray(colours).transpose(2, 0, 1).copy()
    pixels.setflags(write=False)
    return Decoded(pixels, was)


@contextmanager
def readable() -> Iterator[None]:
    """Whatever goes wrong inside a decoder is the file's fault, and said so."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except Refusal:
        raise
    except UnidentifiedImageError:
        raise refused(words.NOT_A_PICTURE) from None
    except Image.DecompressionBombError:
        raise refused(words.TOO_MANY_PIXELS.format(given="far too many", most=f"{MOST_PIXELS:,}")) from None
    except Exception:  # a decoder meets bytes that nobody has foreseen
        raise refused(words.BROKEN) from None


def check_size(image: ImageFile.ImageFile) -> None:
    count, most = image.width * image.height, MOST_OF_JPEG if image.format == "JPEG" else MOST_PIXELS
    if count > most:
        raise refused(words.TOO_MANY_PIXELS.format(given=f"{count:,}", most=f"{most:,}"))
    if not count:
        raise refused(words.NO_PIXELS)


def upright_size(image: Image.Image) -> tuple[int, int]:
    """(rows, columns), as the picture is seen."""
    sideways = image.getexif().get(0x0112, 1) >= 5
    return (image.width, image.height) if sideways else (image.height, image.width)


def as_eight_bits(image: Image.Image) -> Image.Image:
    """In a mode that can be made smaller; 16 bits keep their upper half."""
    if image.mode in DEEP:
        return keep_exif(Image.fromarray(upper_half(np.asarray(image))), image)
    if image.mode in ("P", "PA", "1", "LA", "La", "RGBa"):
        return keep_exif(image.convert("RGBA" if image.has_transparency_data else "RGB"), image)
    return image


def upper_half(values: NDArray[Any]) -> Bytes:
    """16 bits as 8, some rows at a time, so that no copy of the whole is made; 8 that were widened stay as they are."""
    divisor = 257 if values.max(initial=0) > 255 else 1
    shallow = np.empty(values.shape, np.uint8)
    for start in range(0, len(values), ROWS):
        shallow[start : start + ROWS] = np.clip(values[start : start + ROWS] // divisor, 0, 255)
    return shallow


def keep_exif(made: Image.Image, source: Image.Image) -> Image.Image:
    """The way up goes along until it is obeyed."""
    made.getexif().update(source.getexif())
    return made


def small(image: Image.Image) -> Image.Image:
    """At most MOST_SIDE a side, in its proportions."""
    if max(image.size) > MOST_SIDE:
        image.thumbnail((MOST_SIDE, MOST_SIDE), Image.Resampling.BOX, reducing_gap=None)
    return image


def on_paper(image: Image.Image) -> Image.Image:
    """In red, green and blue; what is transparent lets white paper through."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    paper = Image.new("RGB", image.size, PAPER)
    layered = image.convert("RGBA")
    paper.paste(layered, mask=layered.getchannel("A"))
    return paper


def refused(sentence: str) -> Refusal:
    return Refusal(sentence, type="picture", loc=("picture",))
