"""What one unit sees of a picture: the outline of its field on it, and the crop inside."""

from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from app.grids.pictures import digits
from app.pages.receptive_field.question import Question
from app.painters.palette import LIGHT
from app.painters.picture import INDEXED, assemble
from app.paths import build_id
from kernels.graph import INPUT


@dataclass(frozen=True)
class Box:
    """Cells of the input from `left` and `top` on; it may hang over the picture's edge."""

    left: float
    top: float
    wide: float
    high: float

    @property
    def spelled(self) -> str:
        return f"{self.left:g} {self.top:g} {self.wide:g} {self.high:g}"

    def around(self, other: "Box", margin: float = 0) -> "Box":
        """The smallest box around both, and so much more on each side."""
        left, top = min(self.left, other.left) - margin, min(self.top, other.top) - margin
        right = max(self.left + self.wide, other.left + other.wide) + margin
        bottom = max(self.top + self.high, other.top + other.high) + margin
        return Box(left, top, right - left, bottom - top)

    def outline(self) -> str:
        return f"M{self.left:g} {self.top:g}h{self.wide:g}v{self.high:g}h-{self.wide:g}z"


@dataclass(frozen=True)
class View:
    """The picture that lies under the input, the field of the chosen unit on it."""

    href: str
    is_photograph: bool
    rows: int
    cols: int
    field: Box | None
    """None where the unit sees nothing."""

    @property
    def whole(self) -> Box:
        return Box(0, 0, self.cols, self.rows)

    @property
    def shown(self) -> Box:
        """The picture with what the field has beyond it, but not much more than the picture itself."""
        if self.field is None:
            return self.whole
        around = self.whole.around(self.field, max(self.rows, self.cols) * 0.02)
        rim_x, rim_y = self.cols * 0.6, self.rows * 0.6
        left, top = max(around.left, -rim_x), max(around.top, -rim_y)
        right = min(around.left + around.wide, self.cols + rim_x)
        bottom = min(around.top + around.high, self.rows + rim_y)
        return Box(left, top, right - left, bottom - top)

    @property
    def cells(self) -> str:
        """How many cells it sees, as 7×7."""
        return f"{self.field.high:g}×{self.field.wide:g}" if self.field else ""

    @property
    def beyond(self) -> bool:
        """Whether part of what it sees is padding."""
        field = self.field
        if field is None:
            return False
        return (
            field.left < 0 or field.top < 0 or field.left + field.wide > self.cols or field.top + field.high > self.rows
        )

    @property
    def share(self) -> float:
        """How much of the picture it sees, from 0 to 1."""
        if self.field is None:
            return 0.0
        wide = min(self.field.left + self.field.wide, self.cols) - max(self.field.left, 0)
        high = min(self.field.top + self.field.high, self.rows) - max(self.field.top, 0)
        return max(wide, 0) * max(high, 0) / (self.rows * self.cols)


def view(question: Question) -> View:
    rows, cols = (1, *question.spatial)[-2:]
    name = question.shown_picture
    if name == "landscape":
        href = f"/static/{build_id()}/pictures/landscape.webp"
    else:
        href = digit_picture(int(name.partition(":")[2]))
    return View(href, name == "landscape", rows, cols, field_of(question))


def field_of(question: Question) -> Box | None:
    """The theoretical field of the chosen unit."""
    chosen = question.chosen
    sides = []
    for axis, unit in enumerate(chosen.unit):
        if chosen.node == INPUT:
            sides.append((unit, 1))
            continue
        field = question.fields[chosen.node][axis]
        if not field.sizes[unit]:
            return None
        sides.append((int(field.starts[unit]), int(field.sizes[unit])))
    (top, high), (left, wide) = [(0, 1), *sides][-2:]
    return Box(left, top, wide, high)


@lru_cache(maxsize=10)
def digit_picture(digit: int) -> str:
    """A digit as a PNG: ink in the input's blue, paper clear."""
    shades = (digits()[digit] // 2).astype(np.uint8)
    colours = bytes.fromhex(LIGHT["input"][1:]) * 128
    opacities = bytes(round(shade * 255 / 127) for shade in range(128))
    png = assemble(shades, INDEXED, [(b"PLTE", colours), (b"tRNS", opacities)])
    return "data:image/png;base64," + b64encode(png).decode()
