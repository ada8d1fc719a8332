"""Photographs as grids: `photo:cat:96x96` in grey, `photo:cat:3x96x96` in red, green and blue, whole numbers 0 to 255.

The middle of a photograph that has the wanted shape is averaged over areas, in whole numbers throughout, so that every
machine makes the same: links depend on it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import prod
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.address.phrases import shown, times
from app.address.refusal import Refusal
from app.text import grids as words

Bytes = NDArray[np.uint8]
Array = NDArray[np.float64]

FOLDER = Path(__file__).parent / "photographs"
PREFIX = "photo"
EXAMPLE = "photo:cat:96x96"
COLOURS = 3


@dataclass(frozen=True)
class Photograph:
    """A picture that is shipped: what it shows, who took it, and who may use it."""

    name: str
    title: str
    about: str
    licence: str


@cache
def photographs() -> Mapping[str, Photograph]:
    """The photographs by name, in the order of the menus."""
    entries = tomllib.loads((FOLDER / "photographs.toml").read_text(encoding="utf-8"))
    return {name: Photograph(name, **entry) for name, entry in entries.items()}


@lru_cache(4)
def pixels(name: str) -> Bytes:
    """A photograph as it is shipped, shape (3, rows, columns)."""
    with Image.open(FOLDER / f"{name}.webp", formats=("WEBP",)) as image:
        read = np.asarray(image.convert("RGB")).transpose(2, 0, 1).copy()
    read.setflags(write=False)
    return read


def grey(colours: NDArray[np.integer]) -> Bytes:
    """Red, green and blue, shape (3, rows, columns), as one plane: ITU-R 601, rounded as Pillow's "L" does it."""
    red, green, blue = colours.astype(np.int64)
    shades: Bytes = ((19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16).astype(np.uint8)
    return shades


def resized(picture: Bytes, rows: int, cols: int) -> Bytes:
    """The middle of a picture, shape (…, rows, columns), in this size: each cell is the average of its area.

    The sums are whole numbers below 2⁵³, which floats hold exactly in whatever order they are added.
    """
    cut = middle(picture, rows, cols).astype(np.float64)
    down, right = overlaps(cut.shape[-2], rows), overlaps(cut.shape[-1], cols)
    sums = down @ cut @ right.T
    area = cut.shape[-2] * cut.shape[-1]
    averages: Bytes = np.floor_divide(2 * sums + area, 2 * area).astype(np.uint8)
    return averages


def middle(picture: Bytes, rows: int, cols: int) -> Bytes:
    """As much of the picture as has the shape rows : cols, the same cut off at either side."""
    height, width = picture.shape[-2:]
    high = min(height, max(1, width * rows // cols))
    wide = min(width, max(1, height * cols // rows))
    top, left = (height - high) // 2, (width - wide) // 2
    return picture[..., top : top + high, left : left + wide]


def overlaps(given: int, wanted: int) -> Array:
    """How much of each given cell each wanted one covers, in parts of 1/wanted; shape (wanted, given)."""
    starts = np.arange(wanted)[:, np.newaxis] * given
    cells = np.arange(given) * wanted
    covered = np.minimum(starts + given, cells + wanted) - np.maximum(starts, cells)
    parts: Array = np.maximum(covered, 0).astype(np.float64)
    return parts


@lru_cache(32)
def photograph(name: str, shape: tuple[int, ...], plane_axes: int) -> Array:
    """The photograph in this shape. One plane is grey; three are red, green and blue."""
    rows, cols = shape[-2:] if plane_axes == 2 else (1, shape[-1])
    coloured = resized(pixels(name), rows, cols)
    planes = coloured if planes_of(shape, plane_axes) == COLOURS else grey(coloured)
    values = planes.astype(np.float64).reshape(shape)
    values.setflags(write=False)
    return values


def planes_of(shape: tuple[int, ...], plane_axes: int) -> int:
    return prod(shape[: len(shape) - plane_axes])


def check_photograph(name: str, shape: tuple[int, ...], plane_axes: int) -> None:
    """Refuse a name that no photograph has, and a number of planes that it cannot have."""
    if name not in photographs():
        names = ", ".join(photographs())
        raise Refusal(words.NO_SUCH_PHOTO.format(text=shown(f"{PREFIX}:{name}"), names=names))
    if planes_of(shape, plane_axes) not in (1, COLOURS):
        raise Refusal(words.PHOTO_PLANES.format(shape=times(shape), planes=planes_of(shape, plane_axes)))
