"""A film as WebP without loss: of each frame only the rectangle that changed, clear where it did not.

Pillow packs each rectangle; the file around them is a list of chunks, so that no more than one frame is ever held.
"""

import struct
from collections.abc import Iterable
from io import BytesIO

import numpy as np
from PIL import Image

from app.film.changes import Change, changes

OPAQUE = np.uint32(0xFF000000)
ANIMATED, HAS_CLEAR = 0x02, 0x10
EFFORT = 2


def webp(frames: Iterable[tuple[Image.Image, float]]) -> bytes:
    """The file; it plays again and again."""
    time, size, chunks = 0.0, (1, 1), []
    for change in changes(frames):
        size = change.size
        lasting = round(time + change.milliseconds) - round(time)
        time += change.milliseconds
        chunks.append(frame(even(change), lasting))
    head = struct.pack("<I", ANIMATED | HAS_CLEAR) + three(size[0] - 1) + three(size[1] - 1)
    body = b"".join([b"WEBP", chunk(b"VP8X", head), chunk(b"ANIM", struct.pack("<IH", 0, 0)), *chunks])
    return chunk(b"RIFF", body)


def even(change: Change) -> Change:
    """Rectangles begin at even places."""
    if not change.top % 2 and not change.left % 2:
        return change
    ahead = (change.top % 2, 0), (change.left % 2, 0)
    left, top = change.left - change.left % 2, change.top - change.top % 2
    pixels, changed = np.pad(change.pixels, ahead), np.pad(change.changed, ahead)
    return change._replace(left=left, top=top, pixels=pixels, changed=changed)


def frame(change: Change, lasting: int) -> bytes:
    height, width = change.pixels.shape
    pixels = np.where(change.changed, change.pixels | OPAQUE, np.uint32(0))
    packed = BytesIO()
    image = Image.frombuffer("RGBA", (width, height), pixels, "raw", "RGBA", 0, 1)
    image.save(packed, "WEBP", lossless=True, method=EFFORT, quality=30)
    place = three(change.left // 2) + three(change.top // 2) + three(width - 1) + three(height - 1)
    return chunk(b"ANMF", place + three(lasting) + b"\0" + bare(packed.getvalue()))


def bare(file: bytes) -> bytes:
    """The picture of a file, without what stands around it."""
    place = 12
    while file[place : place + 4] not in (b"VP8L", b"VP8 ", b"ALPH"):
        place += 8 + int.from_bytes(file[place + 4 : place + 8], "little") + 1 & ~1
    return file[place:]


def chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def three(number: int) -> bytes:
    """A number in three bytes."""
    return number.to_bytes(3, "little")
