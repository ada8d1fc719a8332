"""Values of a text that are neither plain nor maps: methods, weights, and how a function or a loop is left."""

from dataclasses import dataclass
from typing import Any

from app.pages.networks.code.definitions import UserFunction
from app.pages.networks.code.module import Module


@dataclass(eq=False)
class Method:
    function: UserFunction
    owner: Module


@dataclass(frozen=True)
class Bound:
    """A method of a map, a list, or a module, before it is called."""

    owner: Any
    name: str


@dataclass(frozen=True)
class Weight:
    """The weight or the bias of a layer, as a functional call is given it: F.layer_norm(x, …, self.weight)."""

    owner: Module


@dataclass(frozen=True)
class Partial:
    function: Any
    given: list[Any]
    named: dict[str, Any]


class Returned(Exception):
    def __init__(self, value: Any) -> None:
        self.value = value


class Broken(Exception):
    """A loop is left, or goes on."""

    def __init__(self, goes_on: bool) -> None:
        self.goes_on = goes_on
