"""Gradient descent in a valley of two weights, where each step can be seen: ½ wᵀ H w, steep one way, flat the other.

H has the curvatures 1 and 12 along axes that are turned, so that the way to the bottom is along neither weight alone.
Descent is stable up to a rate of 2/12.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

CURVATURES = (1.0, 12.0)
COS, SIN = 0.8, 0.6
"""Of the angle by which the valley is turned."""
START = (-2.4, 0.4)
FARTHEST = 1e6
"""A path that has left the valley this far does not go on."""


@dataclass(frozen=True)
class Way:
    """The weights (n, 2), the loss (n,) and the rate (n − 1,) of every step down."""

    weights: Array
    losses: Array
    rates: Array


def hessian() -> Array:
    """H, made of its curvatures and its turn.

    >>> float(np.linalg.det(hessian()).round(9))
    12.0
    """
    flat, steep = CURVATURES
    cross = (flat - steep) * COS * SIN
    return np.array([[flat * COS * COS + steep * SIN * SIN, cross], [cross, flat * SIN * SIN + steep * COS * COS]])


def loss(w: Array) -> float:
    """½ wᵀ H w, term by term."""
    ((a, b), (_, d)), (x, y) = hessian().tolist(), w.tolist()
    return float(0.5 * (a * x * x + 2 * b * x * y + d * y * y))


def gradient(w: Array) -> Array:
    ((a, b), (_, d)), (x, y) = hessian().tolist(), w.tolist()
    return np.array([a * x + b * y, b * x + d * y])


def descend(rate: float, *, momentum: float = 0.0, halves_after: int = 0, steps: int = 40) -> Way:
    """The way down from START. With `halves_after` k, the rate at step n is rate / (1 + n/k): half after k steps.

    >>> bool(descend(0.15).losses[-1] < descend(0.01).losses[-1])
    True
    """
    w, step = np.array(START), np.zeros(2)
    weights, losses, rates = [w], [loss(w)], []
    for n in range(steps):
        rates.append(rate / (1 + n / halves_after) if halves_after else rate)
        step = momentum * step + gradient(w)
        w = w - rates[-1] * step
        if np.abs(w).max() > FARTHEST:
            rates.pop()
            break
        weights.append(w)
        losses.append(loss(w))
    return Way(np.array(weights), np.array(losses), np.array(rates))
