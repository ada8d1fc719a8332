"""A large plane as a small PNG: one pixel a cell, in the colour of its space or, for photographs, in grey."""

import struct
import zlib
from base64 import b64encode
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.painters.palette import LIGHT
from app.views.plane import WHITE, Plane

GREY = 0
COLOUR = 2
INDEXED = 3
MID_GREY = 128
OPACITIES = bytes(round(shade * 255 / 127) for shade in range(128)) * 2
"""Of the shades of an indexed picture: 128 up to the full colour, and 128 up to that of negative values."""
PACKED = 6
"""How hard zlib packs: at 9 digits take ten times as long, for three bytes in a hundred."""
UP = 2
"""The filter of ISO/IEC 15948 by which a row says how it differs from the one above it."""


def png(plane: Plane) -> bytes:
    """The plane as a PNG. Signed values run from clear (zero) to their full colour, so that any background serves."""
    values = np.nan_to_num(plane.values)
    if plane.tones:
        return assembled(greys(values, plane), GREY, [])
    magnitude = np.clip(np.abs(values) / plane.scale, 0, 1)
    shades = np.rint(magnitude * 127).astype(np.uint8) + np.where(values < 0, 128, 0).astype(np.uint8)
    colours = bytes.fromhex(LIGHT[plane.space][1:]) * 128 + bytes.fromhex(LIGHT["negative"][1:]) * 128
    return assembled(shades, INDEXED, [(b"PLTE", colours), (b"tRNS", OPACITIES)])


def greys(values: NDArray[np.float64], plane: Plane) -> NDArray[np.uint8]:
    """The shades of a photograph, or mid-grey for zero, black and white for the largest magnitude."""
    shades = values if plane.tones == "photograph" else MID_GREY + values / plane.scale * (MID_GREY - 1)
    return np.rint(shades).clip(0, WHITE).astype(np.uint8)


def assemble(pixels: NDArray[np.uint8], kind: int, chunks: list[tuple[bytes, bytes]]) -> bytes:
    """A PNG of these pixels: (rows, columns), or (rows, columns, 3) in colour."""
    return png_of(pixels, kind, chunks, zlib.compress(unfiltered(pixels), PACKED))


def assembled(pixels: NDArray[np.uint8], kind: int, chunks: list[tuple[bytes, bytes]]) -> bytes:
    """The same of a plane, of which most frames of a film have the same ones as the frame before."""
    return png_of(pixels, kind, chunks, compressed(unfiltered(pixels)))


@lru_cache(32)
def compressed(data: bytes) -> bytes:
    return zlib.compress(data, PACKED)


def unfiltered(pixels: NDArray[np.uint8]) -> bytes:
    """Rows that say their pixels as they are."""
    rows = len(pixels)
    return np.hstack([np.zeros((rows, 1), np.uint8), pixels.reshape(rows, -1)]).tobytes()


def assemble_quickly(pixels: NDArray[np.uint8]) -> bytes:
    """The same for a photograph: each row less the one above it, of which only runs are made shorter.

    It is four times as quick as trying all filters, and no larger: noise hardly gets smaller.
    """
    flat = pixels.reshape(len(pixels), -1)
    filtered = np.empty((len(flat), flat.shape[1] + 1), np.uint8)
    filtered[:, 0] = UP
    filtered[0, 1:] = flat[0]
    np.subtract(flat[1:], flat[:-1], out=filtered[1:, 1:])
    shorten = zlib.compressobj(1, zlib.DEFLATED, 15, 9, zlib.Z_RLE)
    data = shorten.compress(filtered.tobytes()) + shorten.flush()
    return png_of(pixels, COLOUR if pixels.ndim == 3 else GREY, [], data)


def png_of(pixels: NDArray[np.uint8], kind: int, chunks: list[tuple[bytes, bytes]], data: bytes) -> bytes:
    rows, cols = pixels.shape[:2]
    header = struct.pack(">IIBBBBB", cols, rows, 8, kind, 0, 0, 0)
    body = [(b"IHDR", header), *chunks, (b"IDAT", data), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(chunk, body))


def chunk(part: tuple[bytes, bytes]) -> bytes:
    name, data = part
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def data_url(plane: Plane) -> str:
    return as_url(png(plane))


def joined_url(planes: Sequence[Plane]) -> str:
    """Three planes as red, green and blue of one picture."""
    shades = np.stack([greys(np.nan_to_num(plane.values), plane) for plane in planes], axis=-1)
    return as_url(assemble(shades, COLOUR, []))


def as_url(png: bytes) -> str:
    return "data:image/png;base64," + b64encode(png).decode()
