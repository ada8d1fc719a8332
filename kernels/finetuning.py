"""Two new signs from a few examples each: LeNet's first layers as they are, and one new layer behind them that learns.

C1 to S4 know strokes and corners already, from 8,500 digits. Locked, they turn a drawing into 400 numbers, and two
weighted sums of these are all that is to be learned. Beside it the same layers begin with random weights and must all
learn from the same few drawings.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from kernels import batched
from kernels.augmentation import augmented
from kernels.batched import Array
from kernels.layers import StackLayer
from kernels.lenet import stored
from kernels.stack import Stack
from kernels.trainable import Labels, Network, Pass, answers, as_batch, initial, learn_from, network_of

SIGNS = 2
TRUNK = {"1": "c1", "4": "c3"}
"""The places of LeNet's layers in this stack."""
HEAD = "8"
STEPS = 60
RATE, LOCKED_RATE = 0.1, 0.03
"""Of what begins with nothing, and behind what is locked: each learns well at its own."""
COPIES = 10
"""How many changed copies of each example are tried, moved, turned and scaled."""


@dataclass(frozen=True)
class Learned:
    """What came of it: the loss before each step, the weights at the end, the share of changed copies that it knows."""

    network: Network
    weights: dict[str, Array]
    losses: list[float]
    known: float
    learning: int
    """How many weights learned."""


@cache
def trunk_and_head() -> Network:
    relu, pool = StackLayer("relu"), StackLayer("maxpool", (2,))
    stack: Stack = (
        StackLayer("conv", (5,), 6, padding=((2, 2),)),
        *(relu, pool),
        StackLayer("conv", (5,), 16),
        *(relu, pool),
        StackLayer("flatten"),
        StackLayer("linear", channels=SIGNS),
    )
    return network_of(stack)


def learn_signs(images: Array, labels: Labels, *, locked: bool, seed: int = 1) -> Learned:
    """Full-batch descent on drawings (N, 28, 28), from 0 to 1, with their labels (N,), 0 or 1.

    >>> drawings = np.zeros((2, 28, 28), np.float32)
    >>> drawings[0, 5:23, 13:15] = drawings[1, 13:15, 5:23] = 1.0
    >>> learn_signs(drawings, np.array([0, 1]), locked=True).learning
    802
    """
    network = trunk_and_head()
    weights = initial(network, 1.0, np.random.default_rng(seed))
    if locked:
        weights |= trained()
    losses = descend_head(network, weights, images, labels) if locked else descend(network, weights, images, labels)
    free = [name for name in weights if not locked or name.startswith(f"{HEAD}.")]
    tried, truth = changed(images, labels, seed)
    known = float((answers(network, weights, tried) == truth).mean())
    return Learned(network, weights, losses, known, sum(weights[name].size for name in free))


def descend(network: Network, weights: dict[str, Array], images: Array, labels: Labels) -> list[float]:
    """Every weight learns, in place; the loss before each step."""
    x, losses = as_batch(images), []
    for _ in range(STEPS):
        outcome = learn_from(network, weights, x, labels)
        losses.append(outcome.loss)
        for name, gradient in outcome.gradients.items():
            weights[name] = weights[name] - np.float32(RATE) * gradient
    return losses


def descend_head(network: Network, weights: dict[str, Array], images: Array, labels: Labels) -> list[float]:
    """Only the last layer learns, in place: what the locked ones make of the drawings is computed once."""
    features = Pass(network, weights, as_batch(images)).outputs[-2]
    w, b, losses = weights[f"{HEAD}.w"], weights[f"{HEAD}.b"], []
    for _ in range(STEPS):
        scores, back = batched.linear(features, w, b, needs_x=False)
        each, of_scores = batched.cross_entropy(scores, labels)
        _, of_w, of_b = back(of_scores / np.float32(len(labels)))
        assert of_b is not None
        losses.append(float(each.mean()))
        w, b = w - np.float32(LOCKED_RATE) * of_w, b - np.float32(LOCKED_RATE) * of_b
    weights |= {f"{HEAD}.w": w, f"{HEAD}.b": b}
    return losses


def trained() -> dict[str, Array]:
    """LeNet's weights of C1 and C3, by their places here."""
    return {
        f"{place}.{kind}": stored()[f"lenet5.{name}.{kind}"].astype(np.float32)
        for place, name in TRUNK.items()
        for kind in "wb"
    }


def changed(images: Array, labels: Labels, seed: int) -> tuple[Array, Labels]:
    """Copies of the examples that nobody has learned from."""
    random = np.random.default_rng([seed, 1])
    copies = augmented(np.repeat(images, COPIES, axis=0), ("move", "rotate", "scale"), random)
    return copies, np.repeat(labels, COPIES)


def shares(learned: Learned, image: NDArray[np.float32]) -> Array:
    """How sure it is of each of the two signs, for one drawing (28, 28)."""
    scores = Pass(learned.network, learned.weights, as_batch(image[np.newaxis])).scores[:, 0]
    powers = np.exp(scores - scores.max())
    made: Array = powers / powers.sum()
    return made
