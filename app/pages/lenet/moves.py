"""The drawings around a drawing: where the arrows, the steppers and the links of the open kernel lead."""

from collections.abc import Callable
from dataclasses import dataclass

from app.pages.lenet import words
from app.pages.lenet.drawing import (
    MOST_BRIGHTNESS,
    MOST_DROPOUT,
    MOST_NOISE,
    MOST_SEED,
    MOST_SHIFT,
    SCALES,
    Drawing,
)
from app.pages.lenet.edited import Filter, Weights, learned, with_kernel
from app.pages.lenet.paper import PATCH
from app.text.format import short
from kernels.lenet import SIDE

DEGREES = 15
SHIFTS = {"left": (0, -1), "up": (-1, 0), "down": (1, 0), "right": (0, 1)}
"""One arrow moves the digit by one cell."""
TURNS = {"anticlockwise": DEGREES, "clockwise": -DEGREES}
STEPS = {
    "scale": (("smaller", -0.1), ("larger", 0.1), *SCALES),
    "brightness": (("darker", -25), ("lighter", 25), -MOST_BRIGHTNESS, MOST_BRIGHTNESS),
    "noise": (("calmer", -30), ("noisier", 30), 0, MOST_NOISE),
    "dropout": (("fuller", -0.1), ("sparser", 0.1), 0, MOST_DROPOUT),
}
"""By field: what its two buttons are called and how far they go, and its ends."""
MIDDLE = (SIDE - PATCH) // 2


@dataclass(frozen=True)
class Move:
    """One arrow; its address is None where it leads no further."""

    name: str
    sign: str
    title: str
    address: str | None


@dataclass(frozen=True)
class Stepper:
    """One number of the address with the moves to the numbers beside it."""

    name: str
    label: str
    value: str
    less: Move
    more: Move
    again: Move | None
    """Other dice."""


def moves(drawing: Drawing) -> list[Move]:
    """All of them, those of the steppers too."""
    found = {name: shifted(drawing, *by) for name, by in SHIFTS.items()}
    found |= {name: turned(drawing, by) for name, by in TURNS.items()}
    for field, (less, more, low, high) in STEPS.items():
        found |= {name: stepped(drawing, field, by, low, high) for name, by in (less, more)}
    found["again"] = drawing.changed(seed=(drawing.seed + 1) % MOST_SEED) if drawing.noise or drawing.dropout else None
    found["cover"] = drawing.changed(cover=None if drawing.cover else (MIDDLE, MIDDLE))
    arrows = [Move(name, *words.MOVES[name], address(to)) for name, to in found.items()]
    return [*arrows, Move("back", "", words.BACK, address(drawing.still if drawing.is_changed else None))]


def steppers(drawing: Drawing, found: dict[str, Move]) -> list[Stepper]:
    """Each number between two of the moves, by name."""
    said = values(drawing)
    return [
        Stepper(field, words.STEPPERS[field], said[field], found[less[0]], found[more[0]], dice(field, found))
        for field, (less, more, *_) in STEPS.items()
    ]


def dice(field: str, found: dict[str, Move]) -> Move | None:
    return found["again"] if field in ("noise", "dropout") else None


def values(drawing: Drawing) -> dict[str, str]:
    """What stands between the buttons of each stepper."""
    said: dict[str, Callable[[float], str]] = {"scale": lambda value: f"{short(value)}×"}
    return {field: said.get(field, short)(getattr(drawing, field)) for field in STEPS}


def edits(drawing: Drawing) -> dict[str, str]:
    """By name, what can be made of the kernel whose weights are open."""
    if not drawing.edit:
        return {}
    return {
        "silent": f"{drawing.address()}&kernel={words.SILENT}",
        "learned": drawing.changed(**{drawing.edit.layer: relearned(drawing, drawing.edit)}).address(),
        "closed": drawing.changed(edit=None).address(),
    }


def relearned(drawing: Drawing, filter: Filter) -> Weights | None:
    """The layer's weights with this filter as it was learned."""
    return with_kernel(drawing.weights.get(filter.layer), filter, learned(filter.layer)[filter.index])


def address(drawing: Drawing | None) -> str | None:
    return drawing.address() if drawing else None


def shifted(drawing: Drawing, down: int, right: int) -> Drawing | None:
    shift = (drawing.shift[0] + down, drawing.shift[1] + right)
    return drawing.changed(shift=shift) if max(map(abs, shift)) <= MOST_SHIFT else None


def turned(drawing: Drawing, degrees: int) -> Drawing:
    """Past half a turn it goes on from the other side."""
    return drawing.changed(rotate=(drawing.rotate + degrees + 179) % 360 - 179)


def stepped(drawing: Drawing, field: str, by: float, low: float, high: float) -> Drawing | None:
    """One step further, or to the end where a step would pass it; None at the end."""
    here = getattr(drawing, field)
    value = min(max(round(here + by, 6), low), high)
    return None if value == here else drawing.changed(**{field: type(by)(value)})
