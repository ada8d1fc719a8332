"""Whose number a scene computes: `of=lenet5.c3.5.5.5` is C3[5,5,5] of LeNet-5, `of=train.filter.4.3.2` channel 2 of
filter 3 in layer 4 of a network that learns. It changes no number.

The address names a place that there is, never a text of its own, so that no link can put words into our mouth.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

from app.address.parameters import refuse, shown
from app.address.phrases import counted, is_count
from app.text import page as words
from kernels.cached import cached_property
from kernels.lenet import SIDE, LeNetLayer, dense, lenet5

SCORES = 10


@dataclass(frozen=True)
class Home:
    """A layer of one of the networks that run here, by a name of its own."""

    network: str
    name: str
    index: int
    """Which of the network's layers it is."""

    @property
    def title(self) -> str:
        return words.ORIGIN_LAYERS[self.name]

    @cached_property
    def layer(self) -> LeNetLayer:
        return {"lenet5": lenet5, "dense": dense}[self.network]()[self.index]

    @property
    def has_maps(self) -> bool:
        return prod(self.layer.writes[1:]) > 1

    @property
    def shape(self) -> tuple[int, ...]:
        """How many places there are, along each axis by which one is named."""
        return self.layer.writes if self.has_maps else self.layer.writes[:1]

    @property
    def reads(self) -> str:
        """What one of its numbers is made of."""
        channels = 1 if self.layer.w is None else self.layer.reads[0]
        if channels == 1 and not self.has_maps:
            return counted(prod(self.layer.reads), "number")
        return counted(channels, "channel")


@dataclass(frozen=True)
class Gradients:
    """How much each pixel moves each score of a network."""

    network: str
    name: str

    title = words.ORIGIN_GRADIENT
    shape = (SCORES, SIDE, SIDE)
    reads = words.ORIGIN_GRADIENT_READS


HOMES: Mapping[str, Home] = {
    **{name: Home("lenet5", name, at) for at, name in enumerate(("c1", "s2", "c3", "s4", "c5", "f6", "output"))},
    "hidden": Home("dense", "hidden", 0),
    "scores": Home("dense", "scores", 1),
}
TRAINED = "train"
"""The network of /train, whatever its layers are."""
DEEPEST = 8
"""Numbers of a place in it, a layer's within others, a filter's and a channel's."""
GRADIENTS = {network: Gradients(network, "gradient") for network in ("lenet5", "dense")}


@dataclass(frozen=True)
class Origin:
    """A place in a network."""

    home: Home | Gradients
    place: tuple[int, ...]

    @property
    def text(self) -> str:
        """As the address writes it."""
        return ".".join([self.home.network, self.home.name, *map(str, self.place)])

    def sentence(self, first_index: int = 0) -> str:
        """C3[5,5,5] of LeNet-5, 6 channels"""
        place = ",".join(str(index + first_index) for index in self.place)
        network = words.ORIGIN_NETWORKS[self.home.network]
        return words.ORIGIN.format(layer=self.home.title, place=place, network=network, reads=self.home.reads)


@dataclass(frozen=True)
class Slice:
    """What one filter of a network that learns holds for one channel: its weights, or the gradient of each."""

    kind: str
    layer: str
    """Its place, 4 or 3.1.1."""
    filter: int
    channel: int

    @property
    def text(self) -> str:
        """As the address writes it."""
        return f"{TRAINED}.{self.kind}.{self.layer}.{self.filter}.{self.channel}"

    def sentence(self, first_index: int = 0) -> str:
        """Filter 3 of layer 4 for channel 2, while it learns"""
        numbers = {"filter": self.filter + first_index, "channel": self.channel + first_index}
        return words.ORIGIN_SLICES[self.kind].format(layer=self.layer, **numbers)


def read_origin(raw: object, *, name: str) -> str:
    """The canonical text of a place that there is."""
    return origin_of(raw, name).text


def origin_of(raw: object, name: str = "of") -> Origin | Slice:
    network, _, remainder = str(raw).strip().lower().partition(".")
    layer, *places = remainder.split(".")
    if network == TRAINED:
        return slice_of(layer, places, name, raw)
    home: Home | Gradients | None = GRADIENTS.get(network) if layer == "gradient" else HOMES.get(layer)
    is_place = all(map(is_count, places)) and home is not None and len(places) == len(home.shape)
    if home is None or home.network != network or not is_place:
        refuse(words.NOT_AN_ORIGIN, name=name, text=shown(raw))
    place = tuple(map(int, places))
    if any(index >= size for index, size in zip(place, home.shape, strict=True)):
        refuse(words.NOT_AN_ORIGIN, name=name, text=shown(raw))
    return Origin(home, place)


def slice_of(kind: str, places: list[str], name: str, raw: object) -> Slice:
    is_place = 3 <= len(places) <= DEEPEST and all(is_count(place) and len(place) < 5 for place in places)
    if kind not in words.ORIGIN_SLICES or not is_place:
        refuse(words.NOT_AN_ORIGIN, name=name, text=shown(raw))
    *layer, filter, channel = map(int, places)
    return Slice(kind, ".".join(map(str, layer)), filter, channel)
