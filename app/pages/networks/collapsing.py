"""/networks/two-convolutions: two convolutions in a row are one, until a ReLU stands between them."""

from dataclasses import dataclass

import numpy as np
from starlette.requests import Request
from starlette.responses import Response

from app.address.phrases import times
from app.address.query import spell_address
from app.address.refusal import Refusal
from app.grids.literals import spell
from app.pages.board.grids import Array, read
from app.pages.controls import Choice
from app.pages.networks import words
from app.pages.networks.grids import Figure, figure
from app.pages.networks.pages import HTML, take
from app.pages.requests import raw_of
from app.pages.templates import render
from app.text.format import short
from kernels.activation import ACTIVATIONS
from kernels.collapse import composed, correlate

ADDRESS = "/networks/two-convolutions"
DEFAULTS = {"x": words.BAR, "w1": "sobel-x", "w2": "1,1,1;1,1,1;1,1,1"}
MOST_SIDE, MOST_KERNEL = 16, 5
ALIKE = 1e-9
"""What rounding may differ by, for numbers around 1."""


@dataclass(frozen=True)
class Row:
    """One way through the layers, from left to right, with what stands between two grids."""

    title: str
    steps: list[tuple[str, Figure]]
    verdict: str


@dataclass(frozen=True)
class Collapse:
    rows: list[Row]
    choices: list[tuple[str, list[Choice]]]
    address: str
    fields: dict[str, str]


async def page(request: Request) -> Response:
    values = take(await raw_of(request), *DEFAULTS)
    html = render("network_collapse.html", title=words.COLLAPSE, say=words, shown=collapse(values))
    return Response(html, media_type=HTML)


def collapse(values: dict[str, str]) -> Collapse:
    """The three rows of the page, for this picture and these two kernels."""
    given = {**DEFAULTS, **values}
    kernel = (1, 1, MOST_KERNEL, MOST_KERNEL)
    x = read(given["x"], "x", 1, (1, MOST_SIDE, MOST_SIDE), "input")
    w1, w2 = (read(given[name], name, 2, kernel, "weights") for name in ("w1", "w2"))
    check_room(x.values[0], w1.values[0, 0], w2.values[0, 0])
    texts = {"x": x.text, "w1": w1.text, "w2": w2.text}
    return Collapse(
        rows=rows(x.values[0], w1.values[0, 0], w2.values[0, 0], texts),
        choices=choices(texts),
        address=address(texts),
        fields=texts,
    )


def check_room(x: Array, w1: Array, w2: Array) -> None:
    """Refuse kernels that together cover more than the picture."""
    covers = tuple(a + b - 1 for a, b in zip(w1.shape, w2.shape, strict=True))
    if any(cover > side for cover, side in zip(covers, x.shape, strict=True)):
        sentence = words.NO_ROOM.format(covers=times(covers), given=times(x.shape))
        raise Refusal(sentence, type="kernel", loc=("x",))


def rows(x: Array, w1: Array, w2: Array, texts: dict[str, str]) -> list[Row]:
    """Two steps, one step, and two steps with a ReLU between."""
    first, one = correlate(x, w1), composed(w1, w2)
    twice, once = correlate(first, w2), correlate(x, one)
    rectified = ACTIVATIONS["relu"](first)
    bent = correlate(rectified, w2)
    scale = float(max(np.abs(twice).max(), np.abs(bent).max())) or 1.0
    start = figure("x", x, "input")
    kernels = figure("w₁", w1, "tap"), figure("w₂", w2, "tap")
    relu = scene(texts["x"], texts["w1"], "relu")
    return [
        Row(
            words.TWO_STEPS,
            [
                ("", start),
                ("⋆", kernels[0]),
                ("=", figure("x ⋆ w₁", first, "output", address=scene(texts["x"], texts["w1"]))),
                ("⋆", kernels[1]),
                ("=", figure("y", twice, "output", address=scene(text(first), texts["w2"]), scale=scale)),
            ],
            "",
        ),
        Row(
            words.ONE_STEP,
            [
                ("", start),
                ("⋆", figure("w₁ ∗ w₂", one, "tap", address=scene(texts["x"], weights(one)))),
                ("=", figure("y", once, "output", address=scene(texts["x"], weights(one)), scale=scale)),
            ],
            verdict(twice, once, scale),
        ),
        Row(
            words.RELU_BETWEEN,
            [
                ("", start),
                ("⋆", kernels[0]),
                ("ReLU →", figure("max(x ⋆ w₁, 0)", rectified, "output", address=relu)),
                ("⋆", kernels[1]),
                ("=", figure("y", bent, "output", address=scene(text(rectified), texts["w2"]), scale=scale)),
            ],
            verdict(twice, bent, scale),
        ),
    ]


def verdict(expected: Array, found: Array, scale: float) -> str:
    """Whether two answers are one, and how far they are apart."""
    apart = np.abs(expected - found)
    if apart.max() <= ALIKE * scale:
        return words.ALIKE if apart.max() else words.EQUAL
    differ = int((apart > ALIKE * scale).sum())
    return words.DIFFERENT.format(count=differ, whole=apart.size, most=short(float(apart.max())))


def scene(x: str, w: str, activation: str = "") -> str:
    """The convolution page of one step."""
    asked = {"x": x, "w": w} | ({"activation": activation} if activation else {})
    return f"/conv2d?{spell_address(asked)}"


def text(plane: Array) -> str:
    return spell(plane[np.newaxis], 2, "input")


def weights(kernel: Array) -> str:
    return spell(kernel[np.newaxis, np.newaxis], 2, "weights")


def address(texts: dict[str, str]) -> str:
    """What is not the default, as an address."""
    asked = {name: value for name, value in texts.items() if value != DEFAULTS[name]}
    return f"{ADDRESS}?{spell_address(asked)}" if asked else ADDRESS


def choices(texts: dict[str, str]) -> list[tuple[str, list[Choice]]]:
    return [
        (label, [Choice(name, address({**texts, field: value}), texts[field] == value) for name, value in options])
        for field, label, options in words.COLLAPSE_CHOICES
    ]
