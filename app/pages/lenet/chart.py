"""How well each network knows the held-out digits when they are moved, as curves.

Four networks were trained and two are shipped. All four have their curve, so that nobody takes for the convolution's
merit what is augmentation's.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from markupsafe import Markup

import kernels.lenet
from app.pages.lenet import words

FIGURES = Path(kernels.lenet.WEIGHTS).with_suffix(".json")
SHIPPED = ("lenet5 with augmentation", "dense without augmentation")
"""The networks that the page runs."""
WIDTH, HEIGHT = 360, 200
LEFT, TOP, RIGHT, BOTTOM = 40, 10, 8, 34


@dataclass(frozen=True)
class Curve:
    """One network's share of known digits by how many cells they were moved."""

    id: str
    name: str
    points: str
    shares: tuple[float, ...]
    is_shown: bool
    """Whether the page runs this very network."""


@cache
def figures() -> dict[str, Any]:
    """What tests/train/train_lenet.py wrote down."""
    read: dict[str, Any] = orjson.loads(FIGURES.read_bytes())
    return read


@cache
def curves() -> tuple[Curve, ...]:
    return tuple(curve(name, title) for name, title in words.CURVES.items())


def curve(name: str, title: str) -> Curve:
    shares = tuple(figures()[name]["shifted"])
    points = " ".join(f"{across(cells):.1f},{up(share):.1f}" for cells, share in enumerate(shares))
    return Curve(name.split()[0], title, points, shares, is_shown=name in SHIPPED)


def across(cells: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * cells / (len(figures()["dense with augmentation"]["shifted"]) - 1)


def up(share: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - share)


@cache
def axes() -> Markup:
    """The lines and numbers behind the curves."""
    lines = "".join(
        f'<path d="M{LEFT} {up(share):.1f}H{WIDTH - RIGHT}" stroke="var(--line)"/>'
        f'<text x="{LEFT - 6}" y="{up(share) + 4:.1f}" text-anchor="end">{share:.0%}</text>'
        for share in (0, 0.5, 1)
    )
    ticks = "".join(
        f'<text x="{across(cells):.1f}" y="{HEIGHT - 18}" text-anchor="middle">{cells}</text>'
        for cells in range(0, 9, 2)
    )
    name = f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 2}" text-anchor="middle">{words.CHART_AXIS}</text>'
    return Markup(lines + ticks + name)
