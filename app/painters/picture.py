"""A large plane as a small PNG: one pixel a cell, in the colour of its space or, for photographs, in grey."""

import struct
import zlib
from base64 import b64encode

import numpy as np
from numpy.typing import NDArray

from app.painters.palette import LIGHT
from app.views.plane import Plane

GREY = 0
INDEXED = 3


def png(plane: Plane) -> bytes:
    """The plane as a PNG. Signed values run from clear (zero) to their full colour, so that any background serves."""
    if plane.is_photograph:
        return assemble(plane.values.astype(np.uint8), GREY, [])
    values = np.nan_to_num(plane.values)
    magnitude = np.clip(np.abs(values) / plane.scale, 0, 1)
    shades = np.rint(magnitude * 127).astype(np.uint8) + np.where(values < 0, 128, 0).astype(np.uint8)
    colours = bytes.fromhex(LIGHT[plane.space][1:]) * 128 + bytes.fromhex(LIGHT["negative"][1:]) * 128
    opacities = bytes(round(shade * 255 / 127) for shade in range(128)) * 2
    return assemble(shades, INDEXED, [(b"PLTE", colours), (b"tRNS", opacities)])


def assemble(pixels: NDArray[np.uint8], kind: int, chunks: list[tuple[bytes, bytes]]) -> bytes:
    rows, cols = pixels.shape
    filtered = np.hstack([np.zeros((rows, 1), np.uint8), pixels])
    header = struct.pack(">IIBBBBB", cols, rows, 8, kind, 0, 0, 0)
    body = [(b"IHDR", header), *chunks, (b"IDAT", zlib.compress(filtered.tobytes(), 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(chunk, body))


def chunk(part: tuple[bytes, bytes]) -> bytes:
    name, data = part
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def data_url(plane: Plane) -> str:
    return "data:image/png;base64," + b64encode(png(plane)).decode()
