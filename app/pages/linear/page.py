"""The templates of a linear classifier beside a digit, the product with one of them, and all ten scores."""

import json
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray
from starlette.routing import Route

from app.address.names import check_names
from app.address.numbers import spell_number
from app.address.phrases import is_count, shown
from app.address.query import Raw, spell_address
from app.address.refusal import Refusal
from app.pages.controls import Choice
from app.pages.lenet.chart import figures
from app.pages.lenet.drawing import Drawing, read_drawing
from app.pages.lenet.moves import SHIFTS, shifted
from app.pages.lenet.paper import INK
from app.pages.lenet.pictures import picture, signed_picture
from app.pages.lenet.words import BACK, MOVES
from app.pages.linear import words
from app.pages.requests import page_and_document
from app.pages.templates import render
from app.settings import Limits
from app.text.encoding import dumps, encode
from app.text.format import decimals
from kernels.cached import cached_property
from kernels.classifier import WEIGHTS, biases, scores, templates
from kernels.softmax import softmax

Array = NDArray[np.float64]

PATH = "/linear-classifier"
OWN = ("x", "shift", "target")
SIDE = 28
FAR = (0, 4)
"""How far the digit moves to show what a template cannot do: down, right."""


@dataclass(frozen=True)
class Asked:
    """A digit, and the template that is shown with it; None shows the one with the highest score."""

    drawing: Drawing
    target: int | None = None

    @cached_property
    def x(self) -> Array:
        """From 0 (paper) to 1 (ink)."""
        return self.drawing.pixels / INK

    @cached_property
    def scores(self) -> Array:
        return scores(self.x)

    @property
    def best(self) -> int:
        return int(self.scores.argmax())

    @property
    def chosen(self) -> int:
        return self.best if self.target is None else self.target

    @property
    def address(self) -> str:
        return self.at(self.target)

    def at(self, target: int | None, drawing: Drawing | None = None, extension: str = "") -> str:
        fields = {**(drawing or self.drawing).spelled, **({} if target is None else {"target": str(target)})}
        return f"{PATH}{extension}" + (f"?{spell_address(fields)}" if fields else "")


@dataclass(frozen=True)
class Template:
    """One of the ten, with its score and the way to its product."""

    label: str
    digit: int
    score: str
    address: str
    picture: Markup
    chosen: bool
    best: bool


def routes() -> list[Route]:
    return page_and_document(PATH, read_asked, linear_page, document)


def read_asked(raw: Raw, limits: Limits) -> Asked:
    """Raises Refusal or Refusals, each with its sentence."""
    check_names(raw, PATH, OWN)
    fields = dict(raw)
    target = fields.pop("target", None)
    text = str(target).strip()
    if target is not None and not (is_count(text) and int(text) < 10):
        raise Refusal(words.TARGET.format(text=shown(text)), loc=("target",))
    return Asked(read_drawing(fields), None if target is None else int(text))


def linear_page(asked: Asked) -> str:
    chosen = asked.chosen
    product = asked.x * templates()[chosen]
    return render(
        "linear.html",
        title=words.TITLE,
        said=words,
        here=PATH,
        canonical=asked.address,
        asked=asked,
        digit=picture(asked.drawing.pixels, INK, "input"),
        weights=template_picture(chosen),
        product=signed(product),
        sum=sum_said(asked),
        templates=[template(asked, digit) for digit in range(10)],
        digits=digits(asked),
        moves=moves(asked),
        softmax=softmax_address(asked),
        far=asked.at(None, moved_to(asked, FAR)),
        why=why(),
    )


def sum_said(asked: Asked) -> str:
    bias, score = float(biases()[asked.chosen]), float(asked.scores[asked.chosen])
    return words.SUM.format(sum=decimals(score - bias), bias=bracketed(bias), score=decimals(score))


def template(asked: Asked, digit: int) -> Template:
    score = decimals(float(asked.scores[digit]), 2)
    return Template(
        label=words.TEMPLATE.format(digit=digit, score=score),
        digit=digit,
        score=score,
        address=asked.at(digit),
        picture=template_picture(digit),
        chosen=digit == asked.chosen,
        best=digit == asked.best,
    )


@cache
def template_picture(digit: int) -> Markup:
    return signed(templates()[digit])


def signed(values: Array) -> Markup:
    """The cells from clear, at 0, to amber above it and brick below."""
    return signed_picture(values, float(np.abs(values).max()), "tap")


def digits(asked: Asked) -> list[Choice]:
    drawings = [read_drawing({"x": f"digit:{digit}"}) for digit in range(10)]
    now = asked.drawing.x.text
    return [Choice(str(n), asked.at(None, each), each.x.text == now) for n, each in enumerate(drawings)]


def moves(asked: Asked) -> list[Choice]:
    """The arrows that lead somewhere, and the way back."""
    found = [(MOVES[name], shifted(asked.drawing, *by)) for name, by in SHIFTS.items()]
    arrows = [Choice(sign, asked.at(asked.target, to), note=title) for (sign, title), to in found if to]
    back = [Choice("⌂", asked.at(asked.target, moved_to(asked, (0, 0))), note=BACK)]
    back = back if asked.drawing.shift != (0, 0) else []
    return [*arrows, *back]


def moved_to(asked: Asked, shift: tuple[int, int]) -> Drawing:
    return replace(asked.drawing, shift=shift)


def softmax_address(asked: Asked) -> str:
    fields = {"scores": ",".join(map(spell_number, asked.scores.tolist())), "target": str(asked.best)}
    return f"/softmax?{spell_address(fields)}"


def bracketed(value: float) -> str:
    return f"({decimals(value)})" if value < 0 else decimals(value)


@cache
def why() -> str:
    facts = json.loads(Path(WEIGHTS).with_suffix(".json").read_text(encoding="utf-8"))
    lenet = figures()["lenet5 with augmentation"]["accuracy"]
    return words.WHY.format(
        held_out=f"{facts['held_out']:,}", accuracy=f"{facts['accuracy']:.1%}", lenet=f"{lenet:.1%}"
    )


def document(asked: Asked) -> bytes:
    return dumps(
        {
            "x": {"shape": asked.drawing.pixels.shape, "values": encode(asked.drawing.pixels)},
            "scores": encode(asked.scores),
            "probabilities": encode(softmax(asked.scores)),
            "digit": asked.best,
        }
    )
