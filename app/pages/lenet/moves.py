"""The drawings around a drawing: where the arrows lead."""

from dataclasses import dataclass, replace

from app.pages.lenet import words
from app.pages.lenet.drawing import MOST_SHIFT, Drawing

CELLS = 2
"""One arrow moves the digit so far: one cell of S2."""
DEGREES = 15
SHIFTS = {"left": (0, -CELLS), "up": (-CELLS, 0), "down": (CELLS, 0), "right": (0, CELLS)}
TURNS = {"anticlockwise": DEGREES, "clockwise": -DEGREES}


@dataclass(frozen=True)
class Move:
    """One arrow; its address is None where it leads no further."""

    name: str
    sign: str
    title: str
    address: str | None


def moves(drawing: Drawing) -> list[Move]:
    found = {name: shifted(drawing, *by) for name, by in SHIFTS.items()}
    found |= {name: turned(drawing, by) for name, by in TURNS.items()}
    arrows = [Move(name, *words.MOVES[name], address(to)) for name, to in found.items()]
    return [*arrows, Move("back", "", words.BACK, address(drawing.still if drawing.is_moved else None))]


def address(drawing: Drawing | None) -> str | None:
    return drawing.address() if drawing else None


def shifted(drawing: Drawing, down: int, right: int) -> Drawing | None:
    shift = (drawing.shift[0] + down, drawing.shift[1] + right)
    return replace(drawing, shift=shift) if max(map(abs, shift)) <= MOST_SHIFT else None


def turned(drawing: Drawing, degrees: int) -> Drawing:
    """Past half a turn it goes on from the other side."""
    return replace(drawing, rotate=(drawing.rotate + degrees + 179) % 360 - 179)
