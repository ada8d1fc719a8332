"""Two networks side by side: their pictures to one scale, their sums, and how many times as much."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from app.pages.networks import words
from app.pages.networks.amounts import in_bytes, ratio
from app.pages.networks.catalogue import catalogue
from app.pages.networks.picture import largest_side, picture, share_bar
from app.pages.networks.sections import sections
from app.pages.networks.view import headline, spelled
from kernels.network import Network


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


def compare(one: Network, other: Network) -> Comparison:
    tallest = max(largest_side(one), largest_side(other))
    return Comparison(
        sides=(side("a", one, tallest), side("b", other, tallest)),
        sentences=[sentence(name, one, other) for name in words.COMPARISON],
        lines=lines(one, other),
        swapped=f"/networks/compare?a={other.name}&b={one.name}",
    )


def side(field: str, network: Network, tallest: int) -> Side:
    links = {section.key: f"/networks/{network.name}?part={section.key}" for section in sections(network)}
    options = [(name, each.title, name == network.name) for name, each in catalogue().items()]
    return Side(field, network, picture(network, links, tallest=tallest), headline(network, sections(network)), options)


def sentence(name: str, one: Network, other: Network) -> str:
    """How many times as much, the larger one first."""
    less, more = sorted((one, other), key=lambda network: int(getattr(network.totals, name)))
    small, large = (int(getattr(network.totals, name)) for network in (less, more))
    if small == large or not small:
        return words.SAME[name] if small == large else ""
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
    return Line(
        label=label,
        colour=colour,
        texts=(spell(a), spell(b)),
        bars=(share_bar(a, most, colour), share_bar(b, most, colour)),
        ratio=times if a != b else "=",
    )
