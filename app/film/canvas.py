"""Many pictures of one scene as pixels: what several of them share is drawn once, and kept until the last is done."""

from functools import lru_cache
from typing import NamedTuple

from PIL import Image

from app.painters.raster import Stamp, is_small, press, rgb, stamps_of
from app.painters.shapes import Drawing, Group, Shape

TONES = 3
"""Of soft edges in a film: few are packed small, and more are hardly seen."""
OFTEN = 3
"""Pictures that show a row of cells before it is kept; most rows of products are seen in one alone."""
ROWS = 512
LARGEST = 8_000_000
"""Bytes of all rows that are kept."""

Sides = tuple[int, int, int, int]


class Row(NamedTuple):
    """A row of cells as it was drawn: where, over which pixels, and what came of it."""

    sides: Sides
    under: bytes
    over: Image.Image

    @property
    def bytes(self) -> int:
        return len(self.under) + 4 * self.over.width * self.over.height


class Canvas:
    """Draws one picture after the other, all of the same width, and on paper."""

    def __init__(self, width: int, tones: int = TONES) -> None:
        self.width = width
        self.tones = tones
        self.sightings: dict[Group, int] = {}
        self.rows: dict[Group, Row] = {}
        self.bytes = 0
        self.small, self.large = lru_cache(1024)(self.drawn), lru_cache(12)(self.drawn)

    def draw(self, drawing: Drawing) -> Image.Image:
        scale = self.width / drawing.width
        image = Image.new("RGB", (self.width, max(round(drawing.height * scale), 1)), rgb(drawing.paper or "#ffffff"))
        for part in drawing.parts:
            if isinstance(part, Group):
                self.draw_row(image, part, scale)
            else:
                for stamp in self.stamps(part, scale):
                    press(image, stamp)
        return image

    def draw_row(self, image: Image.Image, group: Group, scale: float) -> None:
        """A row of cells: one by one, or, where it has been seen over the same pixels, as one piece."""
        row = self.rows.get(group)
        if row and image.crop(row.sides).tobytes() == row.under:
            image.paste(row.over, row.sides)
            return
        stamps = [stamp for shape in group.shapes for stamp in self.stamps(shape, scale)]
        if not row and stamps and self.is_often(group) and self.bytes < LARGEST:
            sides = sides_of(stamps)
            under = image.crop(sides).tobytes()
            self.press(image, stamps)
            self.keep(group, Row(sides, under, image.crop(sides)))
        else:
            self.press(image, stamps)

    def press(self, image: Image.Image, stamps: list[Stamp]) -> None:
        for stamp in stamps:
            press(image, stamp)

    def is_often(self, group: Group) -> bool:
        """Counts the row in; the one that has not been counted for longest is forgotten."""
        count = self.sightings.pop(group, 0) + 1
        self.sightings[group] = count
        if len(self.sightings) > ROWS:
            eldest = next(iter(self.sightings))
            del self.sightings[eldest]
        return count >= OFTEN

    def keep(self, group: Group, row: Row) -> None:
        self.rows[group] = row
        self.bytes += row.bytes

    def stamps(self, shape: Shape, scale: float) -> tuple[Stamp, ...]:
        return (self.small if is_small(shape, scale) else self.large)(shape, scale)

    def drawn(self, shape: Shape, scale: float) -> tuple[Stamp, ...]:
        return tuple(stamps_of(shape, scale, self.tones))


def sides_of(stamps: list[Stamp]) -> Sides:
    """Left, top, right and bottom of all that they cover."""
    return (
        min(stamp.left for stamp in stamps),
        min(stamp.top for stamp in stamps),
        max(stamp.left + stamp.width for stamp in stamps),
        max(stamp.top + stamp.height for stamp in stamps),
    )
