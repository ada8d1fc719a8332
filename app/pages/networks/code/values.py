"""Values of a text that are neither plain nor maps: methods, weights, and how a function or a loop is left."""

from dataclasses import dataclass
from typing import Any

from app.pages.networks.code.definitions import UserFunction
from app.pages.networks.code.module import Module
from kernels.layers import Shape


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
    name: str

    @property
    def shape(self) -> Shape | None:
        """Of a convolution or a linear layer, as PyTorch has it."""
        layer = self.owner.layer
        if layer is None or layer.kind not in ("conv", "linear") or not layer.channels or not layer.expects:
            return None
        kernel = layer.kernel if layer.kind == "conv" else ()
        return (layer.channels, layer.expects // layer.groups, *kernel) if self.name == "weight" else (layer.channels,)


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
