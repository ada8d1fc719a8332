"""Grids as bytes: `u8:` for pictures and `f32:` for anything that a 32-bit float holds, in base64url."""

from base64 import urlsafe_b64encode
from binascii import Error, a2b_base64
from collections.abc import Mapping
from math import prod

import numpy as np
from numpy.typing import NDArray

from app.address.phrases import check_axes, check_count, read_sizes, shown, spell_sizes
from app.address.refusal import Refusal
from app.text import grids as words

Array = NDArray[np.float64]

LAYOUTS: Mapping[str, np.dtype] = {"u8": np.dtype("u1"), "f32": np.dtype("<f4")}
TO_STANDARD = str.maketrans("-_+/", "+/??")


def read_payload(name: str, remainder: str, axes: int, most: int) -> Array:
    """The grid in `1x64x64:…`, its size checked before a byte is decoded."""
    sizes, colon, text = remainder.partition(":")
    if not colon:
        raise Refusal(words.BYTES_FORM.format(name=name))
    shape = read_sizes(sizes.strip().lower(), example="5x5")
    check_axes(f"{name}:{sizes}", shape, axes)
    check_count(prod(shape), most)
    layout = LAYOUTS[name]
    data = decode(name, sizes, text.strip())
    if len(data) != prod(shape) * layout.itemsize:
        sentence = words.BYTES_COUNT.format(
            name=name, sizes=shown(sizes), expected=f"{prod(shape) * layout.itemsize:,}", given=f"{len(data):,}"
        )
        raise Refusal(sentence)
    values = np.frombuffer(data, layout).reshape(shape)
    if not np.isfinite(values).all():
        raise Refusal(words.BYTES_NOT_FINITE, type="finite_number")
    return values.astype(np.float64) + 0.0  # −0 becomes 0


def decode(name: str, sizes: str, text: str) -> bytes:
    """Strict base64url. The padding at the end may be left out, as addresses like it."""
    bare = text.rstrip("=")
    try:
        return a2b_base64(bare.translate(TO_STANDARD) + "=" * (-len(bare) % 4), strict_mode=True)
    except (Error, ValueError):
        raise Refusal(words.NOT_BASE64.format(name=name, sizes=shown(sizes))) from None


def payloads(values: Array, spatial: int) -> list[str]:
    """The byte spellings that hold these values exactly, none where there is no such."""
    with np.errstate(over="ignore"):
        return [
            f"{name}:{spell_sizes(values.shape, spatial)}:{encode(values.astype(layout))}"
            for name, layout in LAYOUTS.items()
            if holds(layout, values)
        ]


def holds(layout: np.dtype, values: Array) -> bool:
    """Whether this layout loses nothing."""
    if layout.kind == "u" and not (values.min() >= 0 and values.max() <= 255):
        return False
    return bool((values.astype(layout) == values).all())


def encode(values: np.ndarray) -> str:
    return urlsafe_b64encode(values.tobytes()).rstrip(b"=").decode("ascii")
