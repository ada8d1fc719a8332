"""From scores to a loss: softmax, the negative logarithm of what it gives the truth, and the gradient p − 1."""

import numpy as np
from numpy.typing import NDArray

from kernels.elementary import exp, ln
from kernels.trace import add_up

Array = NDArray[np.float64]


def softmax(scores: Array) -> Array:
    """e^score, shared out so that the sum is 1; shape (classes,). The same bytes on every machine, as `trace`'s.

    >>> softmax(np.array([0.0, 0.0, -1000.0])).round(3)
    array([0.5, 0.5, 0. ])
    """
    powers = powers_of(scores)
    return powers / add_up(powers)


def cross_entropy(scores: Array, target: int) -> float:
    """−ln p of the target, without ever making p: ln Σ e^score − the target's score. So it is exact where p is 0.

    >>> round(cross_entropy(np.array([2.0, 1.0, 0.1]), 1), 3), cross_entropy(np.array([1000.0, 0.0]), 1)
    (1.417, 1000.0)
    """
    return float(ln(add_up(powers_of(scores))) + (scores.max() - scores[target])) + 0.0


def cross_entropy_gradient(scores: Array, target: int) -> Array:
    """The gradient of that loss with respect to each score: p, and p − 1 at the target; it sums to 0.

    >>> cross_entropy_gradient(np.array([0.0, 0.0]), 1)
    array([ 0.5, -0.5])
    """
    gradient = softmax(scores)
    others = np.delete(gradient, target)
    gradient[target] = -add_up(others)  # p − 1, which near 1 would lose its bits
    return gradient


def powers_of(scores: Array) -> Array:
    """e^(score − largest score): the same shares as of e^score, but none overflows; a small power keeps its bits."""
    return exp(scores - scores.max())
