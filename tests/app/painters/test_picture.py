"""A large plane as a PNG: read back by the standard alone, it has the right size and the right shades."""

import struct
import zlib
from base64 import b64decode
from dataclasses import dataclass

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.painters.palette import LIGHT
from app.painters.picture import GREY, INDEXED, data_url, png
from app.views.plane import Plane, Space

SIZES = st.integers(1, 40)


@dataclass(frozen=True)
class Decoded:
    kind: int
    pixels: NDArray[np.uint8]
    palette: list[str]
    opacity: list[int]

    def shade(self, row: int, col: int) -> tuple[str, int]:
        entry = int(self.pixels[row, col])
        return self.palette[entry], self.opacity[entry]


def decode(data: bytes) -> Decoded:
    """ISO/IEC 15948 for eight bits a pixel, no filter and no interlacing: all that we write."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, place = {}, 8
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        name, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        assert struct.unpack(">I", data[place + 8 + length : place + 12 + length]) == (zlib.crc32(name + body),)
        chunks[name] = body
        place += 12 + length
    assert place == len(data)
    assert next(iter(chunks)) == b"IHDR"
    assert next(reversed(chunks)) == b"IEND"
    cols, rows, depth, kind, *rest = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert (depth, rest) == (8, [0, 0, 0])
    lines = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(rows, cols + 1)
    assert not lines[:, 0].any()
    colours = chunks.get(b"PLTE", b"")
    palette = ["#" + colours[i : i + 3].hex() for i in range(0, len(colours), 3)]
    return Decoded(kind, lines[:, 1:], palette, list(chunks.get(b"tRNS", b"")))


def plane(values: NDArray[np.float64], space: Space = "input", scale: float | None = None) -> Plane:
    return Plane("p", space, "x", values, scale or float(np.abs(values).max()) or 1.0)


@settings(deadline=None)
@given(SIZES, SIZES, st.integers(0, 99))
def test_a_picture_has_one_pixel_for_each_cell(rows: int, cols: int, seed: int) -> None:
    values = np.random.default_rng(seed).normal(size=(rows, cols))
    assert decode(png(plane(values))).pixels.shape == (rows, cols)


@settings(deadline=None)
@given(SIZES, SIZES, st.integers(0, 99))
def test_a_photograph_is_shown_as_it_is(rows: int, cols: int, seed: int) -> None:
    values = np.random.default_rng(seed).integers(0, 256, (rows, cols)).astype(float)
    found = decode(png(plane(values, scale=255.0)))
    assert found.kind == GREY
    np.testing.assert_array_equal(found.pixels, values)


@settings(deadline=None)
@given(SIZES, SIZES, st.integers(0, 99), st.sampled_from(["input", "output", "product"]))
def test_signed_values_run_from_clear_to_their_full_colour(rows: int, cols: int, seed: int, space: Space) -> None:
    values = np.random.default_rng(seed).integers(-9, 10, (rows, cols)) / 2
    found = decode(png(plane(values, space, 4.5)))
    assert found.kind == INDEXED
    for row, col in np.ndindex(rows, cols):
        colour, opacity = found.shade(row, col)
        assert values[row, col] == 0 or colour == LIGHT["negative" if values[row, col] < 0 else space]
        assert abs(opacity - 255 * abs(values[row, col]) / 4.5) <= 2


def test_zero_is_clear_and_the_largest_value_is_solid() -> None:
    found = decode(png(plane(np.array([[-2.0, 0.0, 2.0, 1.0]]), "output")))
    assert [found.shade(0, col)[1] for col in (0, 1, 2)] == [255, 0, 255]


def test_the_address_of_a_picture_holds_the_picture() -> None:
    made = plane(np.array([[1.0, -1.0]]))
    assert b64decode(data_url(made).removeprefix("data:image/png;base64,")) == png(made)
