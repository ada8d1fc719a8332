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
MOST_SIDE = 1024
"""Cells along one side. A field may hold longer grids than any stage shows, but of a photograph that is much work."""
KEPT = 3 * 128 * 128
"""Numbers of the largest one that is kept."""


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
    """The middle of a picture, shape (…, rows, columns), in this size: each cell is the average of its area."""
    cut = middle(picture, rows, cols).astype(np.int64)
    sums = summed(summed(cut, cols).swapaxes(-1, -2), rows).swapaxes(-1, -2)
    area = cut.shape[-2] * cut.shape[-1]
    averages: Bytes = ((2 * sums + area) // (2 * area)).astype(np.uint8)
    return averages


def middle(picture: Bytes, rows: int, cols: int) -> Bytes:
    """As much of the picture as has the shape rows : cols, the same cut off at either side."""
    height, width = picture.shape[-2:]
    high = min(height, max(1, width * rows // cols))
    wide = min(width, max(1, height * cols // rows))
    top, left = (height - high) // 2, (width - wide) // 2
    return picture[..., top : top + high, left : left + wide]


def summed(values: NDArray[np.int64], wanted: int) -> NDArray[np.int64]:
    """The last axis made of `wanted` cells: in each what lies in it, where every given cell is `wanted` parts wide.

    It is the difference of what lies before its two ends, so that the work grows with the cells, and not with each pair
    of a given and a wanted one.
    """
    given = values.shape[-1]
    before = np.zeros((*values.shape[:-1], given + 1), np.int64)
    np.cumsum(values, axis=-1, out=before[..., 1:])
    cell, parts = np.divmod(np.arange(wanted + 1) * given, wanted)
    cut_through = values[..., np.minimum(cell, given - 1)] * parts
    sums: NDArray[np.int64] = np.diff(before[..., cell] * wanted + cut_through, axis=-1)
    return sums


def photograph(name: str, shape: tuple[int, ...], plane_axes: int) -> Array:
    """The photograph in this shape. One plane is grey; three are red, green and blue. Small ones are kept."""
    return (kept if prod(shape) <= KEPT else kept.__wrapped__)(name, shape, plane_axes)


@lru_cache(32)
def kept(name: str, shape: tuple[int, ...], plane_axes: int) -> Array:
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
    if max(shape[-plane_axes:]) > MOST_SIDE:
        raise Refusal(words.PHOTO_SIDE.format(shape=times(shape), most=MOST_SIDE), type="too_large")
