"""The networks that come with the program, read once."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from app.pages.receptive_field.notation import read_stack
from kernels.network import Network, load, names


@cache
def catalogue() -> Mapping[str, Network]:
    """Every network by name, in the order of the page."""
    return MappingProxyType({name: load(name, read_stack) for name in names()})


def is_block(network: Network) -> bool:
    """Whether it is a piece of a network: such files say so."""
    return network.facts.get("kind") == "block"
