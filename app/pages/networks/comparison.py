"""Two networks side by side: their pictures on one scale, the larger one's; their sums, and how many times as much."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from app.pages.networks import words
from app.pages.networks.amounts import in_bytes, ratio
from app.pages.networks.catalogue import catalogue
from app.pages.networks.picture import MANY, Scale, columns, extent, picture, scale_of, share_bar
from app.pages.networks.sections import sections
from app.pages.networks.view import headline, spelled
from kernels.network import Network

WIDEST = 1300.0
"""Units up to which a picture is seen whole on half a laptop's screen."""
TIE = "1.0"
"""A ratio that would say nothing: the two are as good as equal."""


@dataclass(frozen=True)
class Side:
    """One of the two."""

    field: str
    network: Network
    picture: Markup
    headline: list[str]
    options: list[tuple[str, str, bool]]
    """Every network's name and title, and whether it is this one."""


@dataclass(frozen=True)
class Line:
    """One sum of both, with bars on one scale."""

    label: str
    colour: str
    texts: tuple[str, str]
    bars: tuple[Markup, Markup]
    ratio: str


@dataclass(frozen=True)
class Comparison:
    sides: tuple[Side, Side]
    sentences: list[str]
    lines: list[Line]
    swapped: str
    is_long: bool
    """Whether the letters of the pictures must be larger than their columns allow names for."""
    is_longer: bool
    """Whether any screen shows a part of the pictures at a time."""


def compare(one: Network, other: Network) -> Comparison:
    scale = scale_of(one, other)
    placed = [columns(network, scale) for network in (one, other)]
    extents = [extent(*each) for each in placed]
    wide, high = max(each.width for each in extents), max(each.height for each in extents)
    return Comparison(
        sides=(side("a", one, scale, (wide, high)), side("b", other, scale, (wide, high))),
        sentences=[sentence(name, one, other) for name in words.COMPARISON],
        lines=lines(one, other),
        swapped=f"/networks/compare?a={other.name}&b={one.name}",
        is_long=max(len(each) for each, _ in placed) > MANY,
        is_longer=wide > WIDEST,
    )


def side(field: str, network: Network, scale: Scale, frame: tuple[float, float]) -> Side:
    links = {section.key: f"/networks/{network.name}?part={section.key}" for section in sections(network)}
    options = [(name, each.title, name == network.name) for name, each in catalogue().items()]
    drawn = picture(network, links, scale=scale, frame=frame)
    return Side(field, network, drawn, headline(network, sections(network)), options)


def sentence(name: str, one: Network, other: Network) -> str:
    """How many times as much, the larger one first."""
    less, more = sorted((one, other), key=lambda network: int(getattr(network.totals, name)))
    small, large = (int(getattr(network.totals, name)) for network in (less, more))
    if small == large:
        return words.SAME[name]
    if not small:
        return ""
    if ratio(large, small) == TIE:
        return words.NEARLY_SAME[name].format(more=more.title, less=less.title)
    return words.COMPARISON[name].format(more=more.title, less=less.title, ratio=ratio(large, small))


COLOURS = {"parameters": "tap", "multiplications": "product"}


def lines(one: Network, other: Network) -> list[Line]:
    made = [
        line(label, name, [sum_of(network, name) for network in (one, other)]) for name, label in words.TOTALS.items()
    ]
    return [*made, line(words.DEPTH, "depth", [depth(one), depth(other)])]


def sum_of(network: Network, name: str) -> int:
    return network.peak_memory if name == "peak_memory" else int(getattr(network.totals, name))


def depth(network: Network) -> int:
    """How many layers multiply with weights."""
    return sum(layer.multiplications > 0 for layer in network.layers)


def line(label: str, name: str, values: Sequence[int]) -> Line:
    most, (a, b) = max(values), values
    spell = in_bytes if name in ("memory", "peak_memory") else spelled
    colour = COLOURS.get(name, "output")
    times = f"{ratio(max(a, b), min(a, b))} ×" if min(a, b) else ""
    if a == b or times == f"{TIE} ×":
        times = words.EQUAL_SUMS if a == b else words.NEARLY_EQUAL
    return Line(
        label=label,
        colour=colour,
        texts=(spell(a), spell(b)),
        bars=(share_bar(a, most, colour), share_bar(b, most, colour)),
        ratio=times,
    )
