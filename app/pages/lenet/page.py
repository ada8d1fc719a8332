"""The page of the network that runs, complete without scripts: the digit, every map, both verdicts."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from app.address.query import spell_address
from app.pages.lenet import words
from app.pages.lenet.chart import axes, curves, figures
from app.pages.lenet.drawing import INK, PATH, Drawing, read_drawing
from app.pages.lenet.moves import moves
from app.pages.lenet.pictures import picture
from app.pages.lenet.reading import NETWORKS, Reading, Verdict, read
from app.pages.templates import render
from app.text.format import short
from kernels.lenet import LeNetLayer, lenet5, parameters

Array = NDArray[np.float64]

LAID_OUT = {"c5": (10, 12), "f6": (7, 12), "hidden": (6, 13)}
"""Single numbers are shown as the next layer reads them: as one map."""
EMPTY = "zeros:28x28"
THIN = "\u202f"
"""A narrow space that no line breaks at."""
EVERYTHING = (32, 0, -2)
"""What a unit sees that reads the whole digit."""


@dataclass(frozen=True)
class Map:
    """One map of a layer; its link leads to the unit that answers most."""

    index: int
    label: str
    address: str | None
    rows: int
    cols: int
    picture: Markup


@dataclass(frozen=True)
class Row:
    """One layer as the page shows it. `sees`: how many cells of the digit a unit sees, how far apart, from where on."""

    name: str
    title: str
    about: str
    shape: str
    kept: str
    scale: str
    sees: tuple[int, int, int]
    maps: list[Map]


@dataclass(frozen=True)
class Bar:
    """How sure a network is of one digit, and the link to the sum behind it."""

    digit: int
    percent: str
    width: float
    address: str | None
    is_first: bool


@dataclass(frozen=True)
class Opinion:
    """A network's verdict with its words."""

    network: str
    title: str
    about: str
    digit: str
    sure: str
    scores: str
    """The address at which its ten scores become probabilities."""
    bars: list[Bar]


@dataclass(frozen=True)
class Sample:
    """A shipped digit, drawn small."""

    label: str
    address: str
    picture: Markup
    chosen: bool


def live_page(drawing: Drawing) -> str:
    answers = list(read(drawing))
    readings = [each for each in answers if isinstance(each, Reading) and each.name != "output"]
    outputs = {each.network: each for each in answers if isinstance(each, Reading) and each.name == "output"}
    verdicts = {each.network: each for each in answers if isinstance(each, Verdict)}
    return render(
        "live.html",
        title=words.TITLE,
        live=words,
        drawing=drawing,
        digit=picture("digit", drawing.pixels, INK, "input"),
        samples=samples(drawing),
        moves={move.name: move for move in moves(drawing)},
        clear=read_drawing({"x": EMPTY}).address(),
        rows={each.name: row(drawing, each) for each in readings},
        opinions={name: opinion(drawing, verdicts[name], outputs[name].kept) for name in NETWORKS},
        curves=curves(),
        axes=axes(),
        honest=honest(),
    )


def samples(drawing: Drawing) -> list[Sample]:
    return [
        Sample(words.SAMPLE.format(digit=digit), address, drawn, chosen=drawing.x.text == f"digit:{digit}")
        for digit, (address, drawn) in enumerate(shipped())
    ]


@cache
def shipped() -> list[tuple[str, Markup]]:
    """The address and the picture of each shipped digit."""
    drawings = [read_drawing({"x": f"digit:{digit}"}) for digit in range(10)]
    return [(each.address(), picture(f"sample-{n}", each.pixels, INK, "input")) for n, each in enumerate(drawings)]


def row(drawing: Drawing, reading: Reading) -> Row:
    title, about = words.LAYERS[reading.name]
    return Row(
        name=reading.name,
        title=title,
        about=about,
        shape=words.MAPS.get(reading.name) or words.UNITS[reading.name],
        kept=kept(reading.kept),
        scale=words.SCALE.format(most=short(reading.most)),
        sees=sees().get(reading.name, (0, 0, 0)),
        maps=maps(drawing, reading),
    )


def maps(drawing: Drawing, reading: Reading) -> list[Map]:
    name, y = reading.name, reading.outcome.y
    planes = y.reshape(1, *LAID_OUT[name]) if name in LAID_OUT else y
    return [
        Map(
            index,
            label=label(reading, index),
            address=None if reading.network == "dense" else unit_address(drawing, name, strongest(y, plane, index)),
            rows=plane.shape[0],
            cols=plane.shape[1],
            picture=picture(f"{name}-{index}", plane, reading.most, "output"),
        )
        for index, plane in enumerate(planes)
    ]


def label(reading: Reading, index: int) -> str:
    title, count = words.LAYERS[reading.name][0], len(reading.outcome.y)
    if reading.name in LAID_OUT:
        return words.UNITS_LABEL.format(layer=title, count=count)
    return words.MAP_LABEL.format(layer=title, index=index)


def strongest(y: Array, plane: Array, index: int) -> str:
    """The unit of this map that answers most, as an address names it."""
    row, col = np.unravel_index(int(plane.argmax()), plane.shape)
    return f"{index},{row},{col}" if y[0].size > 1 else str(int(plane.argmax()))


def unit_address(drawing: Drawing, layer: str, unit: str) -> str:
    return f"{PATH}/unit?" + spell_address({**drawing.spelled, "layer": layer, "unit": unit})


def kept(share: float | None) -> str:
    return "" if share is None else words.KEPT.format(percent=percent(share))


def percent(share: float) -> str:
    """Whole percent, but never a certainty that is none."""
    whole = f"{share * 100:.0f}"
    if whole == "100" and share < 1:
        return f">99{THIN}%"
    return f"<1{THIN}%" if whole == "0" and share > 0 else f"{whole}{THIN}%"


def opinion(drawing: Drawing, verdict: Verdict, share: float | None) -> Opinion:
    network = verdict.network
    about = words.ABOUT[network].format(parameters=f"{parameters(NETWORKS[network]()):,}".replace(",", THIN))
    first = verdict.digit
    return Opinion(
        network=network,
        title=words.NETWORKS[network],
        about=about,
        digit="?" if first is None else str(first),
        sure=words.NOTHING if first is None else words.SURE.format(percent=percent(verdict.probabilities[first])),
        scores=verdict.scores_address,
        bars=[
            Bar(
                digit,
                percent(float(probability)),
                round(float(probability) * 100, 1),
                unit_address(drawing, "output", str(digit)) if network == "lenet5" else None,
                digit == first,
            )
            for digit, probability in enumerate(verdict.probabilities)
        ],
    )


@cache
def sees() -> dict[str, tuple[int, int, int]]:
    """What a unit of each layer sees of the digit, along one axis: how many cells, how far apart, and the first."""
    size, apart, first = 1, 1, 0
    found = {}
    for layer in lenet5():
        size, apart, first = field(layer, size, apart, first)
        found[layer.name] = (size, apart, first)
    return found | dict.fromkeys(("f6", "output", "hidden"), EVERYTHING)


def field(layer: LeNetLayer, size: int, apart: int, first: int) -> tuple[int, int, int]:
    """The receptive field behind one more layer: Araujo, Norris and Sim, 2019."""
    return size + (layer.kernel_size[0] - 1) * apart, apart * layer.stride, first - layer.padding * apart


def honest() -> str:
    found: dict[str, Any] = figures()
    shares = {
        "lenet5": found["lenet5 with augmentation"]["accuracy"],
        "dense": found["dense without augmentation"]["accuracy"],
    }
    counts = {name: f"{found[name]:,}".replace(",", THIN) for name in ("training", "held_out")}
    known = {name: f"{share:.1%}".replace("%", f"{THIN}%") for name, share in shares.items()}
    return words.HONEST.format(**counts, **known)
