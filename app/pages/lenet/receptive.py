"""What a unit of each layer sees of the digit."""

from functools import cache

from kernels.lenet import LeNetLayer, lenet5

EVERYTHING = (32, 0, -2)
"""What a unit sees that reads the whole digit."""


@cache
def sees() -> dict[str, tuple[int, int, int]]:
    """What a unit of each layer sees of the digit, along one axis: how many cells, how far apart, and the first."""
    size, apart, first = 1, 1, 0
    found = {}
    for layer in lenet5():
        size, apart, first = field(layer, size, apart, first)
        found[layer.name] = (size, apart, first)
    return found | dict.fromkeys(("f6", "output", "hidden", "scores"), EVERYTHING)


def field(layer: LeNetLayer, size: int, apart: int, first: int) -> tuple[int, int, int]:
    """The receptive field behind one more layer: Araujo, Norris and Sim, 2019."""
    return size + (layer.kernel_size[0] - 1) * apart, apart * layer.stride, first - layer.padding * apart
