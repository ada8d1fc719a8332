"""Two new signs, a few drawings of each: learned behind LeNet's locked layers, and from nothing."""

from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import numpy as np
import orjson
from markupsafe import Markup

from app.address.names import unknown_name
from app.address.parameters import read_raw_grid
from app.address.phrases import times
from app.address.query import Raw
from app.address.refusal import Refusal, Refusals
from app.grids.literals import Space, read_grid, resolve
from app.pages.lenet.pictures import picture, shades
from app.pages.templates import render
from app.pages.train import words
from app.pages.train.strokes import DRAWINGS, examples
from app.settings import Limits
from app.text.encoding import dumps
from kernels.augmentation import warped
from kernels.batched import Array
from kernels.finetuning import COPIES, STEPS, learn_signs, shares
from kernels.mnist import SIDE
from kernels.training import INK

PATH = "/train/signs"
MOST_EXAMPLES = 8
SPACE = Space(spatial=2, leading=1, kind="input", max_values=MOST_EXAMPLES * SIDE * SIDE)
NAMES = ("a", "b", "x")
SHIPPED = Path(__file__).parent / "runs" / "signs.json"
"""What tests/train/train_runs.py wrote down of the drawings that the page opens with."""
WIDTH, HEIGHT = 260, 110
MOST_LOSS = 1.0


@dataclass(frozen=True)
class Signs:
    """Drawings from 0 to 1: some of each sign, (N, 28, 28), and one to ask about, (28, 28)."""

    a: Array
    b: Array
    x: Array | None


@dataclass(frozen=True)
class Drawing:
    """As one sees it, and as a picture in greys, whose pixels the scripts read."""

    picture: Markup
    greys: str


@dataclass(frozen=True)
class Side:
    """One of the two ways to learn, and what came of it; `known`: the share of changed copies that it reads rightly."""

    name: str
    learning: int
    loss: list[float]
    known: float
    probabilities: list[float] | None
    """How sure it is of each sign in the drawing that is asked about."""

    @property
    def title(self) -> str:
        return words.SIDES[self.name][0]

    @property
    def about(self) -> str:
        return words.SIDES[self.name][1].format(count=f"{self.learning:,}".replace(",", "\u202f"))

    @property
    def points(self) -> str:
        """The curve of its loss."""
        across = WIDTH / (STEPS - 1)
        return " ".join(f"{step * across:.1f},{height(loss):.1f}" for step, loss in enumerate(self.loss))

    @property
    def percent(self) -> str:
        return f"{100 * self.known:.0f}\u202f%"


def height(loss: float) -> float:
    return HEIGHT - HEIGHT * min(loss / MOST_LOSS, 1.05)


def read_signs(raw: Raw, limits: Limits) -> Signs:
    """The drawings of an address or a body; where there are none, the two that come with the program."""
    wrong = [unknown_name(name, PATH, NAMES) for name in raw if name not in NAMES]
    drawn: dict[str, Array] = {}
    for name in NAMES:
        try:
            if name in raw:
                drawn[name] = read_drawings(raw[name], name)
        except Refusal as refusal:
            wrong.append(refusal.at(name))
    if ("a" in drawn) != ("b" in drawn) and not wrong:
        wrong.append(Refusal(words.TWO_SIGNS, loc=("b" if "a" in drawn else "a",)))
    if wrong:
        raise Refusals(wrong)
    if not drawn:
        return opening()
    a, b = (drawn.get(name, examples(index)) for index, name in enumerate(NAMES[:2]))
    return Signs(a, b, drawn["x"][0] if "x" in drawn else None)


def read_drawings(raw: object, name: str) -> Array:
    grid = read_grid(read_raw_grid(raw, name=name), SPACE)
    values = resolve(grid, grid.values.shape, SPACE).values
    most = 1 if name == "x" else MOST_EXAMPLES
    if values.ndim != 3 or values.shape[1:] != (SIDE, SIDE) or len(values) > most:
        raise Refusal(words.NOT_DRAWINGS.format(most=most, shape=times(values.shape)))
    if values.min() < 0 or values.max() > INK:
        raise Refusal(words.NOT_INK)
    return (values / INK).astype(np.float32)


def sides(signs: Signs) -> list[Side]:
    """Both ways; those of the drawings that come with the program come with it, too."""
    if signs is opening():
        return [Side(**side) for side in orjson.loads(SHIPPED.read_bytes())]
    return learned_sides(signs)


def learned_sides(signs: Signs) -> list[Side]:
    images = np.concatenate([signs.a, signs.b])
    labels = np.repeat([0, 1], [len(signs.a), len(signs.b)])
    made = []
    for name in words.SIDES:
        learned = learn_signs(images, labels, locked=name == "locked")
        sure = None if signs.x is None else [round(float(share), 4) for share in shares(learned, signs.x)]
        made.append(Side(name, learned.learning, learned.losses, learned.known, sure))
    return made


def document(signs: Signs) -> bytes:
    described = {side.name: {**asdict(side), "name": side.title} for side in sides(signs)}
    return dumps({**described, "copies": COPIES * (len(signs.a) + len(signs.b))})


def page(signs: Signs) -> str:
    rows = {name: getattr(signs, name) for name in NAMES[:2]}
    return render(
        "signs.html",
        title=words.SIGNS,
        say=words,
        rows=[(sign, [drawing(each) for each in drawn]) for sign, drawn in rows.items()],
        asked=None if signs.x is None else drawing(signs.x),
        sides=sides(signs),
        size=(WIDTH, HEIGHT),
        steps=STEPS,
        copies=COPIES * (len(signs.a) + len(signs.b)),
        canonical=PATH,
        here=PATH,
    )


def drawing(ink: Array) -> Drawing:
    values = ink.astype(np.float64)
    return Drawing(picture(values, 1.0, "input"), shades(values, 1.0))


@cache
def opening() -> Signs:
    """What the page opens with."""
    return Signs(examples(0), examples(1), another())


@cache
def another() -> Array:
    """One more drawing of the first sign, turned further than the examples are."""
    one = np.array([1.0])
    turned: Array = warped(DRAWINGS[0][np.newaxis], -one, one, 17 * one, 0.9 * one)[0].astype(np.float32)
    return turned
