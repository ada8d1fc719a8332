"""The catalogue's cards."""

from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from app.pages.networks import words
from app.pages.networks.amounts import compact
from app.pages.networks.catalogue import catalogue, is_block
from app.pages.networks.picture import share_bar
from app.pages.networks.skyline import outline
from kernels.network import Network


@dataclass(frozen=True)
class Card:
    """A network in the catalogue, drawn small, its bars on one scale with its family's."""

    network: Network
    address: str
    picture: Markup
    parameters: str
    work: str
    weights_bar: Markup
    work_bar: Markup


@dataclass(frozen=True)
class Pair:
    """Two networks that are worth a comparison."""

    address: str
    label: str


@dataclass(frozen=True)
class Listing:
    families: list[tuple[str, bool, list[Card]]]
    pairs: list[Pair]


@cache
def listing() -> Listing:
    families = [(name, blocks, cards(blocks)) for name, blocks in words.FAMILIES]
    return Listing(families, [Pair(f"/networks/compare?a={a}&b={b}", label) for a, b, label in words.PAIRS])


def cards(blocks: bool) -> list[Card]:
    family = [network for network in catalogue().values() if is_block(network) == blocks]
    most_weights = max(network.totals.parameters for network in family)
    most_work = max(network.totals.multiplications for network in family)
    return [
        Card(
            network=network,
            address=f"/networks/{network.name}",
            picture=outline(network),
            parameters=compact(network.totals.parameters),
            work=compact(network.totals.multiplications),
            weights_bar=share_bar(network.totals.parameters, most_weights, "tap"),
            work_bar=share_bar(network.totals.multiplications, most_work, "product"),
        )
        for network in family
    ]
