"""The loss and the accuracy of a run over its steps, one above the other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from markupsafe import Markup

from app.pages.learn.chart import nice
from app.pages.train import words
from app.training.run import Run
from kernels.trainable import CLASSES
from kernels.training import Step

WIDTH, HEIGHT = 520, 440
LEFT, RIGHT = 46, 14
SMOOTHED = 20
"""Batches over whose accuracy a mean is taken: that of 32 digits jumps."""
CHANCE = log(CLASSES)


@dataclass(frozen=True)
class Plot:
    """One of the two: from which height to which, and what stands at its top. static/js/train/chart.js reads it."""

    name: str
    title: str
    top: int
    bottom: int
    most: float

    def up(self, value: float) -> float:
        share = min(max(value / self.most, -0.05), 1.08)
        return self.bottom - (self.bottom - self.top) * share


LOSS = Plot("loss", words.LOSS, 26, 196, 3.0)
ACCURACY = Plot("accuracy", words.ACCURACY, 240, 404, 1.0)
PLOTS = (LOSS, ACCURACY)


@dataclass(frozen=True)
class Line:
    """A curve: of which plot, and whose."""

    name: str
    plot: str
    points: Markup


def across(step: float, steps: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * step / steps


def lines(run: Run, steps: int) -> list[Line]:
    losses = [(step.step, step.loss) for step in run.steps if step.loss is not None]
    unseen = [(step.step, step.held_out) for step in run.steps if step.held_out is not None]
    return [
        Line("loss", "loss", points(LOSS, losses, steps)),
        Line("accuracy", "accuracy", points(ACCURACY, smoothed(run.steps), steps)),
        Line("held_out", "accuracy", points(ACCURACY, unseen, steps)),
    ]


def points(plot: Plot, values: Iterable[tuple[int, float]], steps: int) -> Markup:
    return Markup(" ".join(f"{across(step, steps):.1f},{plot.up(value):.1f}" for step, value in values))


def smoothed(steps: Sequence[Step]) -> list[tuple[int, float]]:
    """The mean accuracy of the last batches."""
    made, total = [], 0.0
    for place, step in enumerate(steps):
        total += step.accuracy - (steps[place - SMOOTHED].accuracy if place >= SMOOTHED else 0.0)
        made.append((step.step, total / min(place + 1, SMOOTHED)))
    return made


def axes(steps: int) -> Markup:
    """The lines and numbers behind the curves."""
    drawn = [
        *rule(LOSS, 0, "0"),
        *rule(LOSS, 1, "1"),
        *rule(LOSS, CHANCE, "2.30"),
        *rule(ACCURACY, 0, "0"),
        *rule(ACCURACY, 0.5, "50\u202f%"),
        *rule(ACCURACY, 1, "100\u202f%"),
    ]
    apart = max(1, int(nice(steps / 6)))
    ticks = [
        f'<text x="{across(step, steps):.1f}" y="{HEIGHT - 14}" text-anchor="middle">{step}</text>'
        for step in range(0, steps + 1, apart)
    ]
    return Markup("".join([*drawn, *ticks]))


def rule(plot: Plot, value: float, said: str) -> tuple[str, str]:
    height = plot.up(value)
    return (
        f'<path d="M{LEFT} {height:.1f}H{WIDTH - RIGHT}" stroke="var(--line)"/>',
        f'<text x="{LEFT - 6}" y="{height + 4:.1f}" text-anchor="end">{said}</text>',
    )
