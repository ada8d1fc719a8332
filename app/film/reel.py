"""The frames of a film: which moments are drawn, how long each is seen, and how they become pixels.

Work is bounded before anything is drawn: frames are fewer where each takes longer, and never more than 300.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from PIL import Image

from app.film.canvas import Canvas
from app.film.moments import Moments
from app.film.tempo import Stretch, stretches
from app.painters.palette import Palette
from app.painters.poster import Sheet, paint
from app.painters.reading import read
from app.painters.shapes import Drawing
from app.views.view import View

MOST_FRAMES = 300
SMOOTH = 80.0
"""Milliseconds of a frame, unless that would be too many frames."""
WHOLE = 100.0
"""A step that is shorter is shown whole, as nothing in it could be seen to move."""
LAST = 2000.0
"""Milliseconds for which the end is seen."""
BUDGET = 6.5
"""Seconds of work on one film."""
BASE, EACH_SHAPE, EACH_PIXEL = 5e-3, 5e-6, 2e-8
"""Seconds that a frame takes: in any case, for a shape, for a pixel."""


class Tick(NamedTuple):
    """A moment that is drawn, and for how many milliseconds it is seen."""

    step: int
    phase: float
    milliseconds: float


@dataclass(frozen=True)
class Reel:
    """A film that is ready to be drawn."""

    view: View
    palette: Palette
    sheet: Sheet
    width: int
    height: int
    ticks: tuple[Tick, ...]
    wanted: int
    """How many frames it would have, if drawing them took no time."""

    def frames(self) -> Iterator[tuple[Image.Image, float]]:
        """Each picture with its milliseconds."""
        moments, canvas = Moments(self.view, self.palette), Canvas(self.width)
        for step, phase, milliseconds in self.ticks:
            yield canvas.draw(drawing(moments, step, phase, self.sheet)), milliseconds


def drawing(moments: Moments, step: int, phase: float, sheet: Sheet) -> Drawing:
    layout, frame, motion = moments.at(step, phase)
    return read(paint(layout, frame, moments.palette, sheet, motion), read_line=moments.read_line)


def reel(view: View, palette: Palette, sheet: Sheet, width: int, seconds: float | None) -> Reel:
    """The film of a view, in the page's tempo or in so many seconds."""
    last = drawing(Moments(view, palette), view.steps - 1, 1, sheet)
    height = max(round(width * last.height / last.width), 1)
    cost = BASE + EACH_SHAPE * len(last.shapes) + EACH_PIXEL * width * height
    most = min(max(int(BUDGET / cost), 1), MOST_FRAMES)
    shown = view.scene.presentation
    played = stretches(view.rhythm, shown.pace)
    wanted, made = (ticks(played, view.steps, shown.speed, seconds, count) for count in (MOST_FRAMES, most))
    return Reel(view, palette, sheet, width, height, made, len(wanted))


def ticks(
    played: list[Stretch], count: int, speed: float, seconds: float | None, most: int = MOST_FRAMES
) -> tuple[Tick, ...]:
    """Moments an equal time apart, the last of them the end of the last step."""
    ends = [each.start for each in played[1:]] + [count]
    whole = sum((end - each.start) * each.each for each, end in zip(played, ends, strict=True))
    lasting = seconds * 1000 if seconds else whole / speed
    apart = max(SMOOTH, lasting / most) if most > 1 else lasting
    found, begun, place = [], 0.0, 0
    for number in range(max(int(lasting / apart), 1)):
        time = (number + 0.5) * apart * whole / lasting
        while place < len(played) - 1 and time >= begun + (ends[place] - played[place].start) * played[place].each:
            begun += (ends[place] - played[place].start) * played[place].each
            place += 1
        steps, phase = divmod((time - begun) / played[place].each, 1)
        step = min(played[place].start + int(steps), count - 1)
        is_brief = played[place].each / whole * lasting < max(WHOLE, 2 * apart)
        found.append(Tick(step, 1.0 if is_brief else round(phase, 4), apart))
    return (*found[:-1], Tick(count - 1, 1.0, LAST)) if len(found) == most else (*found, Tick(count - 1, 1.0, LAST))
