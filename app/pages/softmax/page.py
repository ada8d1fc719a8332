"""The page of scores on their way to a loss: complete without scripts."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log

import numpy as np
from markupsafe import Markup

from app.address.query import spell_address
from app.pages.controls import Choice, Field
from app.pages.softmax import words
from app.pages.softmax.asked import LABELS, PATH, STEPS, Asked, spell
from app.pages.softmax.drawing import picture
from app.pages.templates import render
from app.text.format import decimals
from kernels.activation import sigmoid
from kernels.elementary import exp

TEMPERATURES = ("0.5", "1", "2", "5")
TWO_EXAMPLES = {
    "graph": "y1 = w*x1 + b; y2 = w*x2 + b; p1 = sigmoid(y1); p2 = sigmoid(y2); L = -ln(p1) - ln(1 - p2)",
    "w": "0.5",
    "b": "-2",
    "x1": "2",
    "x2": "3",
}
"""A positive and a negative example of one neuron, as a graph."""
CURVE_WIDTH, CURVE_HEIGHT, CURVE_RIM = 300, 190, 28
CURVE_TOP = 5.0
"""The loss at the upper rim of the curve."""


@dataclass(frozen=True)
class SoftmaxPage:
    """What the template receives."""

    asked: Asked
    wide: Markup
    tall: Markup
    step: int
    last: int
    is_intro: bool
    reset: str
    fields: list[Field]
    temperatures: list[Choice]
    largest: str
    """Why the largest is subtracted, with these numbers."""
    two: str
    """With two classes, the same number from the logistic function."""
    sum_address: str
    curve: Markup
    curve_label: str


def softmax_page(asked: Asked) -> str:
    step = STEPS - 1 if asked.step is None else asked.step
    page = SoftmaxPage(
        asked=asked,
        wide=picture(asked, step, is_wide=True),
        tall=picture(asked, step, is_wide=False),
        step=step,
        last=STEPS - 1,
        is_intro=not asked.spelled,
        reset=PATH if len(asked.scores) == len(LABELS) else asked.address(),
        fields=fields(asked),
        temperatures=temperatures(asked),
        largest=largest(asked),
        two=two(asked),
        sum_address=f"/backprop?{spell_address(TWO_EXAMPLES)}",
        curve=curve(asked),
        curve_label=words.CURVE_LABEL.format(p=decimals(target_share(asked)), loss=decimals(asked.loss)),
    )
    return render("softmax.html", title=words.TITLE, page=page, said=words, here=PATH, path=PATH)


def target_share(asked: Asked) -> float:
    return float(asked.probabilities[asked.target])


def fields(asked: Asked) -> list[Field]:
    values: Mapping[str, str] = {
        "scores": spell(asked.scores),
        "labels": ",".join(asked.labels),
        "target": str(asked.target),
        "temperature": asked.spelled.get("temperature", "1"),
    }
    return [Field(name, label, values[name], "") for name, label in words.FIELDS.items()]


def temperatures(asked: Asked) -> list[Choice]:
    now = asked.spelled.get("temperature", "1")
    return [
        Choice(value, asked.address(temperature=None if value == "1" else value, step=None), value == now)
        for value in TEMPERATURES
    ]


def largest(asked: Asked) -> str:
    less = asked.logits - asked.logits.max()
    return words.LARGEST_SAID.format(
        scores=listed(asked.logits.tolist()),
        largest=decimals(float(asked.logits.max())),
        less=listed(less.tolist()),
        powers=listed(exp(less).tolist()),
        shares=listed(asked.probabilities.tolist()),
    )


def two(asked: Asked) -> str:
    if len(asked.scores) != 2:
        return ""
    a, b = asked.logits.tolist()
    return words.TWO_SAID.format(
        a=decimals(a),
        b=decimals(b),
        share=decimals(float(asked.probabilities[0])),
        difference=decimals(a - b),
        sigmoid=decimals(float(sigmoid(np.array(a - b)))),
    )


def listed(values: list[float]) -> str:
    return ", ".join(map(decimals, values))


def curve(asked: Asked) -> Markup:
    """−ln p, and where the truth stands on it."""

    def at(p: float) -> str:
        loss = min(-log(p), CURVE_TOP) if p > 0 else CURVE_TOP
        x = CURVE_RIM + p * (CURVE_WIDTH - CURVE_RIM - 10)
        return f"{x:.1f},{10 + (1 - loss / CURVE_TOP) * (CURVE_HEIGHT - CURVE_RIM - 10):.1f}"

    points = " ".join(at(float(p)) for p in np.exp(np.linspace(-CURVE_TOP, 0, 60)))
    x, y = at(target_share(asked)).split(",")
    floor, left = CURVE_HEIGHT - CURVE_RIM, CURVE_RIM
    axes = f'<path d="M{left} 10V{floor}H{CURVE_WIDTH - 10}" fill="none" stroke="var(--line)"/>'
    marks = "".join(
        f'<text x="{left + p * (CURVE_WIDTH - left - 10):.0f}" y="{floor + 17}" text-anchor="middle">{p:g}</text>'
        for p in (0, 0.5, 1)
    )
    heights = "".join(
        f'<text x="{left - 7}" y="{14 + (1 - loss / CURVE_TOP) * (floor - 10):.0f}" text-anchor="end">{loss}</text>'
        for loss in (0, 2, 4)
    )
    line = f'<polyline points="{points}" fill="none" stroke="var(--ink)" stroke-width="2"/>'
    point = f'<circle cx="{x}" cy="{y}" r="6" fill="var(--output)" stroke="var(--paper)" stroke-width="2"/>'
    return Markup(f"{axes}{marks}{heights}{line}{point}")
