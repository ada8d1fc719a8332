"""The page of the network that runs, complete without scripts: the digit, every map, both verdicts."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from app.address.query import spell_address
from app.grids.literals import Grid
from app.grids.spelling import spell
from app.pages.lenet import words
from app.pages.lenet.chart import axes, curves, figures
from app.pages.lenet.drawing import PATH, Drawing, read_drawing
from app.pages.lenet.edited import LAYERS, Filter, learned
from app.pages.lenet.moves import edits, moves, steppers
from app.pages.lenet.paper import INK, PATCH
from app.pages.lenet.pictures import picture, signed_picture, slices
from app.pages.lenet.reading import Reading, Verdict, read
from app.pages.lenet.receptive import sees
from app.pages.lenet.stream import struck
from app.pages.lenet.why import Why
from app.pages.templates import render
from app.text.encoding import dumps
from app.text.format import short
from kernels.lenet import parameters

Array = NDArray[np.float64]

LAID_OUT = {"c5": (10, 12), "f6": (7, 12), "hidden": (6, 13)}
"""Single numbers are shown as the next layer reads them: as one map."""
EMPTY = "zeros:28x28"
THIN = "\u202f"
"""A narrow space that no line breaks at."""


@dataclass(frozen=True)
class Kernel:
    """The filter behind a map, as a picture; its link opens its weights."""

    name: str
    label: str
    address: str
    picture: Markup
    is_open: bool


@dataclass(frozen=True)
class Map:
    """One map of a layer with its kernel; its link leads to the unit that answers most."""

    index: int
    label: str
    address: str
    rows: int
    cols: int
    picture: Markup
    kernel: Kernel | None


@dataclass(frozen=True)
class Editor:
    """The weights of one filter, to be changed."""

    filter: Filter
    title: str
    text: str
    """As the address writes them."""
    values: str
    """As JSON, for the cells that the scripts make of them."""
    links: dict[str, str]
    """Where its own links lead, by name."""
    hidden: dict[str, str]
    """What the form carries along unseen."""


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
    answers, arrows = list(read(drawing)), {move.name: move for move in moves(drawing)}
    readings = [each for each in answers if isinstance(each, Reading) and each.name != "output"]
    outputs = {each.network: each for each in answers if isinstance(each, Reading) and each.name == "output"}
    verdicts = {each.network: each for each in answers if isinstance(each, Verdict)}
    return render(
        "live.html",
        title=words.TITLE,
        live=words,
        drawing=drawing,
        digit=picture(drawing.pixels, INK, "input"),
        struck=[divmod(unit, LAID_OUT["f6"][1]) for unit in struck(drawing)],
        samples=samples(drawing),
        moves=arrows,
        steppers=steppers(drawing, arrows),
        patch=PATCH,
        clear=drawing.of(named(EMPTY)).address(),
        rows={each.name: row(drawing, each) for each in readings},
        editor=editor(drawing, drawing.edit) if drawing.edit else None,
        why=Why(drawing) if drawing.why else None,
        about=about(drawing, verdicts["lenet5"].before),
        whys={name: drawing.changed(why=name).address() for name in words.WHYS},
        opinions={name: opinion(drawing, verdicts[name], outputs[name].kept) for name in drawing.networks},
        curves=curves(),
        axes=axes(),
        honest=honest(),
    )


def about(drawing: Drawing, digit: int | None) -> str:
    """What the pictures of the question say, or what is to be done first."""
    if drawing.why:
        return words.WHYS[drawing.why][1]
    return words.WHY_DRAW if digit is None else words.WHY_HINT.format(digit=digit)


def samples(drawing: Drawing) -> list[Sample]:
    digits = [f"digit:{digit}" for digit in range(10)]
    return [
        Sample(
            words.SAMPLE.format(digit=name[-1]), drawing.of(named(name)).address(), sample(name), drawing.x.text == name
        )
        for name in digits
    ]


@cache
def named(name: str) -> Grid:
    return read_drawing({"x": name}).x


@cache
def sample(name: str) -> Markup:
    """A shipped digit, drawn once."""
    return picture(named(name).values[0], INK, "input")


def row(drawing: Drawing, reading: Reading) -> Row:
    title, about = words.LAYERS[reading.name]
    return Row(
        name=reading.name,
        title=title,
        about=about,
        shape=words.MAPS.get(reading.name) or words.UNITS[reading.name],
        kept=kept(reading.kept),
        scale=words.SCALE.format(most=short(reading.most)) if reading.most else "",
        sees=sees().get(reading.name, (0, 0, 0)),
        maps=maps(drawing, reading),
    )


def maps(drawing: Drawing, reading: Reading) -> list[Map]:
    name, y = reading.name, reading.shown
    planes = y.reshape(1, *LAID_OUT[name]) if name in LAID_OUT else y
    return [
        Map(
            index,
            label=label(reading, index),
            address=unit_address(drawing, name, strongest(y, plane, index)),
            rows=plane.shape[0],
            cols=plane.shape[1],
            picture=picture(plane, reading.most, "output"),
            kernel=kernel(drawing, Filter(name, index)) if name in LAYERS else None,
        )
        for index, plane in enumerate(planes)
    ]


def kernel(drawing: Drawing, filter: Filter) -> Kernel:
    return Kernel(
        name=filter.name,
        label=words.KERNEL_LABEL.format(layer=words.LAYERS[filter.layer][0], index=filter.index),
        address=drawing.changed(edit=filter).address(),
        picture=kernel_picture(drawing, filter),
        is_open=drawing.edit == filter,
    )


def weights(drawing: Drawing, filter: Filter) -> Array:
    """The weights of this filter as they are now."""
    changed = drawing.weights.get(filter.layer)
    values: Array = (changed.w if changed else learned(filter.layer))[filter.index]
    return values


def kernel_picture(drawing: Drawing, filter: Filter) -> Markup:
    changed = drawing.weights.get(filter.layer)
    is_learned = changed is None or filter.index not in changed.changed
    return learned_picture(filter) if is_learned else drawn_kernel(weights(drawing, filter))


@cache
def learned_picture(filter: Filter) -> Markup:
    return drawn_kernel(learned(filter.layer)[filter.index])


def drawn_kernel(values: Array) -> Markup:
    return signed_picture(slices(values), float(np.abs(values).max()), "tap")


def editor(drawing: Drawing, filter: Filter) -> Editor:
    values = weights(drawing, filter)
    return Editor(
        filter=filter,
        title=words.EDITOR.format(layer=words.LAYERS[filter.layer][0], index=filter.index),
        text=spell(values, 2, "weights", None),
        values=dumps(values.tolist()).decode(),
        links=edits(drawing),
        hidden=drawing.spelled,
    )


def label(reading: Reading, index: int) -> str:
    title, count = words.LAYERS[reading.name][0], len(reading.outcome.y)
    if reading.name in LAID_OUT:
        return words.UNITS_LABEL.format(layer=title, count=count)
    return words.MAP_LABEL.format(layer=title, index=index)


def strongest(y: Array, plane: Array, index: int) -> str:
    """The unit of this map that answers most, as an address names it."""
    place = int(plane.argmax())
    if y[0].size == 1:
        return str(place)
    row, col = divmod(place, plane.shape[1])
    return f"{index},{row},{col}"


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
    count = parameters(drawing.networks[network])
    about = words.ABOUT[network].format(parameters=f"{count:,}".replace(",", THIN))
    first = verdict.digit
    shares = verdict.probabilities if first is not None else np.zeros(len(verdict.probabilities))
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
                "" if first is None else percent(float(share)),
                round(float(share) * 100, 1),
                unit_address(drawing, "output" if network == "lenet5" else "scores", str(digit)),
                digit == first,
            )
            for digit, share in enumerate(shares)
        ],
    )


def honest() -> str:
    found: dict[str, Any] = figures()
    shares = {
        "lenet5": found["lenet5 with augmentation"]["accuracy"],
        "dense": found["dense without augmentation"]["accuracy"],
    }
    counts = {name: f"{found[name]:,}".replace(",", THIN) for name in ("training", "held_out")}
    known = {name: f"{share:.1%}".replace("%", f"{THIN}%") for name, share in shares.items()}
    return words.HONEST.format(**counts, **known)
