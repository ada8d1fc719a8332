"""The loss by iteration as a picture: axes with numbers, the lesson's own curve, the other rates' beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, inf, log10
from typing import Any

from markupsafe import Markup
from numpy.typing import NDArray

from app.text.format import short

WIDTH, HEIGHT = 460, 250
LEFT, TOP, RIGHT, BOTTOM = 58, 12, 14, 42
STROKES = {"small": "2 5", "right": "", "large": "9 5", "smooth": "1 4"}
COLOURS = {"small": "tap", "right": "input", "large": "negative", "own": "output", "smooth": "input"}
MOST_DECADES = 14


@dataclass(frozen=True)
class Range:
    """The losses from the bottom of the picture to its top."""

    least: float
    most: float
    is_log: bool

    def height(self, loss: float) -> float:
        """0 at the bottom, 1 at the top, and a little more for what leaves the picture."""
        if not self.is_log:
            return min(loss / self.most, 1.5)
        share = (log10(loss) - log10(self.least)) / (log10(self.most) - log10(self.least)) if loss > 0 else 0.0
        return min(max(share, 0.0), 1.5)

    @property
    def ticks(self) -> list[float]:
        if not self.is_log:
            step = nice(self.most / 4)
            return [step * at for at in range(floor(self.most / step + 1e-9) + 1)]
        first, last = round(log10(self.least)), round(log10(self.most))
        return [10.0**decade for decade in range(first, last + 1, max(1, ceil((last - first) / 5)))]


def chart(losses: Mapping[str, NDArray[Any]], own: str, iterations: int, is_log: bool) -> Markup:
    """The drawing inside the picture; `losses` by the name of the rate, `own` the one that the page plays."""
    scale = range_of(losses[own].tolist(), is_log, min(float(values.min()) for values in losses.values()))
    clip = f'<clipPath id="plot"><path d="M{LEFT - 8} {TOP - 8}H{WIDTH}V{HEIGHT - BOTTOM + 8}H{LEFT - 8}z"/></clipPath>'
    curves = [
        curve(name, values.tolist(), scale, iterations, is_own=name == own)
        for name, values in sorted(losses.items(), key=lambda each: each[0] == own)  # its own on top
    ]
    return Markup(clip + axes(scale, iterations) + f'<g clip-path="url(#plot)">{"".join(curves)}</g>')


def curve(name: str, losses: Sequence[float], scale: Range, iterations: int, is_own: bool) -> str:
    points = " ".join(f"{across(k, iterations):.1f},{up(scale, loss):.1f}" for k, loss in enumerate(losses))
    dashes = f' stroke-dasharray="{STROKES[name]}"' if STROKES.get(name) else ""
    width = "3" if is_own else "1.5"
    marked = ' data-own=""' if is_own else ""
    return (
        f'<polyline{marked} points="{points}" fill="none" stroke="var(--{COLOURS[name]})" stroke-width="{width}"'
        f' stroke-linejoin="round"{dashes}/>'
    )


def axes(scale: Range, iterations: int) -> str:
    lines = "".join(
        f'<path d="M{LEFT} {up(scale, loss):.1f}H{WIDTH - RIGHT}" stroke="var(--line)"/>'
        f'<text x="{LEFT - 7}" y="{up(scale, loss) + 4:.1f}" text-anchor="end">{short(loss)}</text>'
        for loss in scale.ticks
    )
    step = max(1, int(nice(iterations / 6)))
    ticks = "".join(
        f'<text x="{across(k, iterations):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{k}</text>'
        for k in range(0, iterations + 1, step)
    )
    return lines + ticks


def range_of(losses: Sequence[float], is_log: bool, least: float = inf) -> Range:
    """Around the first loss and what comes of it; a curve that leaves for good does not take the others along.

    `least` is the lowest of all curves.
    """
    first = losses[0] or 1.0
    most = min(max(losses), (1e12 if is_log else 4) * first) or 1.0
    if not is_log:
        step = nice(most / 4)
        return Range(0.0, ceil(most / step - 1e-9) * step, is_log)
    top = ceil(log10(most))
    least = min((loss for loss in (*losses, least) if loss > 0), default=inf)
    bottom = floor(log10(least)) if least < inf else top - 1
    return Range(10.0 ** max(min(bottom, top - 1), top - MOST_DECADES), 10.0**top, is_log)


def across(iteration: int, iterations: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * iteration / iterations


def up(scale: Range, loss: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - scale.height(loss))


def nice(value: float) -> float:
    """The next of 1, 2, 5, 10, 20 … from here up.

    >>> nice(0.03), nice(1207.0)
    (0.05, 2000.0)
    """
    power = 10.0 ** floor(log10(value))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= value * (1 - 1e-9))
