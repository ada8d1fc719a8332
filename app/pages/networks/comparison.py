"""Two networks side by side: their pictures on one scale, the larger one's; their sums, and how many times as much.

One of them may be the reader's own: then the address holds it, too.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from app.pages.networks import words
from app.pages.networks.addresses import spell_query
from app.pages.networks.amounts import in_bytes, ratio
from app.pages.networks.catalogue import catalogue
from app.pages.networks.picture import MANY, Scale, columns, scale_of, share_bar
from app.pages.networks.sections import sections
from app.pages.networks.skyline import extent, picture, whole
from app.pages.networks.view import headline, spelled
from kernels.network import Network

TIE = "1.0"
"""A ratio that would say nothing: the two are as good as equal."""


@dataclass(frozen=True)
class Compared:
    """A network, and where it and its parts are shown."""

    network: Network
    address: str
    part: Callable[[str], str]
    query: dict[str, str]
    """What the address of the comparison holds of it beside its name; nothing of a network that is shipped."""


def shipped(network: Network) -> Compared:
    address = f"/networks/{network.name}"
    return Compared(network, address, lambda key: f"{address}?part={quote(key)}", {})


@dataclass(frozen=True)
class Side:
    """One of the two."""

    field: str
    network: Network
    address: str
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
    address: str
    swapped: str
    kept: dict[str, str]
    """What the form carries along of a network of the reader's own."""
    is_long: bool
    """Whether the letters of the pictures must be larger than their columns allow names for."""


def compare(first: Compared, second: Compared) -> Comparison:
    both = (first, second)
    one, other = first.network, second.network
    scale = scale_of(one, other)
    placed = [columns(network, scale) for network in (one, other)]
    extents = [extent(whole(*each)) for each in placed]
    wide, high = max(each.width for each in extents), max(each.height for each in extents)
    kept = {**first.query, **second.query}
    own = [each.network for each in both if each.query]
    return Comparison(
        sides=(
            side("a", first, own, scale, (wide, high)),
            side("b", second, own, scale, (wide, high)),
        ),
        sentences=[sentence(name, one, other) for name in words.COMPARISON],
        lines=lines(one, other),
        address=address_of(one, other, kept),
        swapped=address_of(other, one, kept),
        kept=kept,
        is_long=max(len(each) for each, _ in placed) > MANY,
    )


def address_of(one: Network, other: Network, kept: dict[str, str]) -> str:
    return "/networks/compare?" + spell_query({"a": one.name, "b": other.name, **kept})


def side(field: str, compared: Compared, own: Sequence[Network], scale: Scale, frame: tuple[float, float]) -> Side:
    network = compared.network
    links = {section.key: compared.part(section.key) for section in sections(network)}
    known = [*own[:1], *catalogue().values()]
    options = [(each.name, each.title, each.name == network.name) for each in known]
    drawn = picture(network, links, scale=scale, frame=frame)
    return Side(field, network, compared.address, drawn, headline(network, sections(network)), options)


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
