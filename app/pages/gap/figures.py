"""What the decks say of GoogLeNet, answered with what its layers count."""

from itertools import accumulate

from app.address.phrases import times
from app.pages.gap import words
from app.pages.networks.catalogue import catalogue
from app.text.format import grouped

MILLION = 1_000_000
SAID = 2 * MILLION
"""The smaller of the two figures."""


def answers() -> list[tuple[str, str]]:
    """Each quotation with its answer."""
    numbers = figures()
    said = {name: grouped(value) if isinstance(value, int) else value for name, value in numbers.items()}
    return [(quote, words.ANSWERS[name].format(**said)) for name, quote in words.QUOTES.items()]


def figures() -> dict[str, int | str]:
    """The real numbers: of the whole, of its classifier, of what that would need without the average, of AlexNet."""
    network, alexnet = catalogue()["googlenet"], catalogue()["alexnet"].totals.parameters
    whole = network.totals.parameters
    [head] = [layer for layer in network.layers if layer.kind == "linear"]
    [average] = [layer for layer in network.layers if layer.kind == "globalpool"]
    (before,), (classes,) = average.measured.inputs, head.shape
    body = whole - head.parameters
    sums = accumulate(layer.parameters for layer in network.layers)
    passed = next(layer for layer, total in zip(network.layers, sums, strict=True) if total > SAID)
    return {
        "whole": whole,
        "body": body,
        "head": head.parameters,
        "part": passed.part,
        "inputs": int(average.shape[0]),
        "classes": int(classes),
        "map": times(before),
        "dense": before[0] * before[1] * before[2] * classes + classes,
        "alexnet": alexnet,
        "ratio": f"{alexnet / whole:.1f}",
        "body_ratio": f"{alexnet / body:.1f}",
    }
