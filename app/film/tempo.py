"""How long does each step take? static/js/tempo.js has the same numbers, and says why; a test holds the two equal."""

from collections.abc import Mapping
from itertools import islice
from typing import Literal, NamedTuple

from app.views.rhythm import Rhythm

Gear = Literal["product", "sum", "row", "plane"]

PRODUCT, SECOND, SUM, ROW, PLANE = 4000.0, 2000.0, 800.0, 500.0, 1000.0
"""Milliseconds of a step in full detail, of the second one, of a sum, of a row, of a plane."""
WHOLE = 39_000.0
LEAST = {"planes": 6000.0, "rows": 8000.0, "before": 4000.0, "sums": 12_000.0}
SEARCHED = 20_000


class Stretch(NamedTuple):
    """Steps from `start` on, up to the next stretch, take as many milliseconds each."""

    start: int
    gear: Gear
    each: float


def stretches(rhythm: Rhythm, pace: Literal["auto", "product", "sum", "row"]) -> list[Stretch]:
    """In their order; empty ones, which share their start with the next, are left out."""
    if pace != "auto":
        each = {"product": PRODUCT, "sum": SUM, "row": ROW / rhythm.row}[pace]
        return [Stretch(0, pace, each)]
    found = shifting(rhythm)
    ends = [each.start for each in found[1:]] + [rhythm.steps]
    return [each for each, end in zip(found, ends, strict=True) if each.start < end]


def shifting(rhythm: Rhythm) -> list[Stretch]:
    """The first two windows that have something to show in full detail, then sum by sum, row by row, plane by plane."""
    count, row, plane, is_plain = rhythm
    found = next((step for step in range(min(count, SEARCHED)) if not is_plain(step)), None)
    first = 0 if found is None else found
    row_end = 0 if found is None else min(found - found % row + row, count)
    plane_end = min(-(-max(row_end, 1) // plane) * plane, count)
    telling = [step for step in range(first, row_end) if not is_plain(step)]
    slow = dict(zip(islice(telling, 2), (PRODUCT, SECOND), strict=False))
    sums, swept = telling[2:], ROW / row
    spent = sum(swept if is_plain(step) else slow.get(step, 0.0) for step in range(first, row_end))
    parts = hurried(
        WHOLE - spent,
        {
            "planes": (count - plane_end) / plane * PLANE,
            "rows": (plane_end - row_end) * swept,
            "before": first * swept,
            "sums": len(sums) * SUM,
        },
    )

    def in_row(step: int) -> Stretch:
        if is_plain(step):
            return Stretch(step, "sum", swept)
        each = slow[step] if step in slow else parts["sums"] / len(sums)
        return Stretch(step, "product" if step in slow else "sum", each)

    return [
        Stretch(0, "row", parts["before"] / max(first, 1)),
        *map(in_row, range(first, row_end)),
        Stretch(row_end, "row", parts["rows"] / max(plane_end - row_end, 1)),
        Stretch(plane_end, "plane", parts["planes"] / max(count - plane_end, 1)),
    ]


def hurried(whole: float, parts: Mapping[str, float]) -> dict[str, float]:
    """What each part takes, where all of them together must not take longer: whole planes hurry first."""
    excess, taken = sum(parts.values()) - whole, {}
    for name, part in parts.items():
        cut = min(max(excess, 0.0), max(part - LEAST[name], 0.0))
        taken[name] = part - cut
        excess -= cut
    return taken
