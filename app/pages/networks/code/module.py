"""Modules: layers, and what holds them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from app.pages.networks.code.definitions import UserClass
from app.pages.networks.torch_graph import Map
from kernels.layers import Shape, StackLayer


@dataclass(eq=False)
class Module:
    """A layer, or several: what stands in a Sequential, or is called in a forward."""

    layer: StackLayer | None = None
    children: list[tuple[str, "Module"]] = field(default_factory=list)
    is_chain: bool = False
    made_by: UserClass | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    line: int = 0
    name: str = ""
    """What Keras's code itself calls it."""
    is_input: bool = False
    """Whether this is Keras's Input, and if so, of which shape, and the map that it became when a layer read it."""
    input: Shape | None = None
    begins: Map | None = None

    def set(self, name: str, value: Any) -> None:
        """An attribute; a module among them is a child, too."""
        self.attributes[name] = value
        if not isinstance(value, Module):
            return
        if name in dict(self.children):
            self.children = [(each, value if each == name else child) for each, child in self.children]
        else:
            self.children.append((name, value))

    def name_of(self, key: Any) -> str | None:
        """The name of a child by its number or its name; a ModuleDict takes new ones."""
        if isinstance(key, str):
            return key
        is_place = type(key) is int and -len(self.children) <= key < len(self.children)
        return self.children[key][0] if is_place else None

    def remove(self, name: str) -> None:
        """No longer a child; those of a chain or a list that stand behind it have other numbers then."""
        self.attributes.pop(name, None)
        left = [(each, child) for each, child in self.children if each != name]
        is_numbered = all(each.isdigit() for each, _ in self.children)
        self.children = [(str(at) if is_numbered else each, child) for at, (each, child) in enumerate(left)]

    def append(self, child: "Module") -> None:
        """One more child of a list, under the next number."""
        self.children.append((str(len(self.children)), child))

    def insert(self, place: int, child: "Module") -> None:
        """A child of a list before another; those behind it have other numbers then."""
        children = [each for _, each in self.children]
        children.insert(place, child)
        self.children = [(str(number), each) for number, each in enumerate(children)]


def named(module: Module) -> Iterator[tuple[int, str]]:
    """The modules within a module with the names that PyTorch gives them: layer1.0.conv2.

    A module that stands in several places has the name of the first, and is gone through once.
    """
    waiting, seen = [(module, "")], {id(module)}
    while waiting:
        each, prefix = waiting.pop()
        if prefix:
            yield id(each), prefix
        for name, child in reversed(each.children):
            if id(child) not in seen:
                seen.add(id(child))
                waiting.append((child, f"{prefix}.{name}" if prefix else name))


def first_given(module: Module) -> tuple[int | None, int]:
    """What the first convolution says that it is given, and its axes; of a network without one, its first layer."""
    layers = [each.layer for each in inner(module) if each.layer is not None]
    if layers and layers[0].kind == "attention":
        return None, 1
    for kinds in (("conv",), ("batchnorm", "convtranspose", "linear")):
        found = next((layer for layer in layers if layer.kind in kinds and layer.expects), None)
        if found:
            is_flat = layers[0] is found and (found.kind == "linear" or found.called == "BatchNorm1d")
            rank = int(digits[0]) if (digits := re.findall("[123]", found.called)) else 2
            return (found.expects if found.kind != "linear" or is_flat else None), 0 if is_flat else rank
    return None, 2


def inner(module: Module) -> Iterator[Module]:
    """The module, and all within it, each once however often it is used."""
    waiting, seen = [module], {id(module)}
    while waiting:
        each = waiting.pop()
        yield each
        fresh = [child for _, child in reversed(each.children) if id(child) not in seen]
        seen.update(map(id, fresh))
        waiting.extend(fresh)


def largest(networks: list[Module]) -> Module:
    """The last network that is no part of another: a model that layers were added to, or the one that holds all."""
    parts = {id(part) for module in networks for part in inner(module) if part is not module}
    wholes = [module for module in networks if id(module) not in parts]
    return (wholes or networks)[-1]
