"""The letters of every picture that leaves the page: four faces that come with the program, so that nothing depends
on what a machine has installed."""

import struct
from functools import cache
from pathlib import Path
from typing import NamedTuple

from app.painters.shapes import Run
from app.paths import static_folder
from kernels.cached import cached_property


class Face(NamedTuple):
    """One file, and what it is called."""

    name: str
    path: Path

    @property
    def data(self) -> bytes:
        return self.path.read_bytes()


class Metrics:
    """Which glyph of a face a letter has, and how wide that is, in thousandths of the size of the letters."""

    def __init__(self, data: bytes) -> None:
        self.tables = dict(tables(data))

    @cached_property
    def glyphs(self) -> dict[str, int]:
        """The map of letters, which is of format 4: runs of codes whose glyphs are a constant away, or in a list."""
        table = self.tables["cmap"]
        (start,) = struct.unpack_from(">I", table, 8)
        count = struct.unpack_from(">H", table, start + 6)[0] // 2
        lists = [start + 14 + 2 * count * place + 2 * (place > 0) for place in range(4)]
        ends, starts, deltas, offsets = (struct.unpack_from(f">{count}H", table, place) for place in lists)
        found = {}
        for run in range(count):
            for code in range(starts[run], ends[run] + 1):
                glyph = code
                if offsets[run]:
                    place = lists[3] + 2 * run + offsets[run] + 2 * (code - starts[run])
                    glyph = struct.unpack_from(">H", table, place)[0] if place + 2 <= len(table) else 0
                found[chr(code)] = (glyph + deltas[run]) % 65536 if glyph else 0
        return found

    @cached_property
    def advances(self) -> list[float]:
        """For each glyph; those after the last that is listed are as wide as that."""
        (units,) = struct.unpack_from(">H", self.tables["head"], 18)
        listed: int = struct.unpack_from(">H", self.tables["hhea"], 34)[0]
        count: int = struct.unpack_from(">H", self.tables["maxp"], 4)[0]
        widths: list[float] = [
            struct.unpack_from(">H", self.tables["hmtx"], 4 * glyph)[0] * 1000 / units for glyph in range(listed)
        ]
        return widths + widths[-1:] * (count - listed)

    def glyph(self, letter: str) -> int:
        """0, the box of what is missing, where the face lacks it."""
        return self.glyphs.get(letter, 0)

    def width(self, text: str) -> float:
        return sum(self.advances[self.glyph(letter)] for letter in text)


def tables(data: bytes) -> list[tuple[str, bytes]]:
    """The parts of a font file by their names."""
    (count,) = struct.unpack_from(">H", data, 4)
    entries = [struct.unpack_from(">4sIII", data, 12 + 16 * place) for place in range(count)]
    return [(name.decode(), data[offset : offset + length]) for name, _, offset, length in entries]


@cache
def face(is_bold: bool, is_italic: bool) -> Face:
    style = "-bold" * is_bold + "-italic" * is_italic
    return Face("ConvScopeSans" + style.title(), static_folder() / "fonts" / f"convscope-sans{style}.ttf")


@cache
def metrics(is_bold: bool, is_italic: bool) -> Metrics:
    return Metrics(face(is_bold, is_italic).data)


def width_of(run: Run) -> float:
    """Units that a run takes."""
    return metrics(run.is_bold, run.is_italic).width(run.text) * run.size / 1000
