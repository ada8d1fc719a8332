"""Activations: what follows a convolution in a network, one number at a time.

np.exp and np.tanh differ in the last bit from one processor to the next, because each has its own vector code for them.
A scene promises the same bytes on every machine, so here is one exponential made only of what IEEE 754 fixes to the
last bit: +, −, ×, ÷, rounding to a whole number, and scaling by a power of two.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

LN2_HIGH = float.fromhex("0x1.62e42feep-1")
"""The first 32 bits of ln 2: a whole number of up to 21 bits times this is exact."""
LN2_LOW = float.fromhex("0x1.a39ef35793c76p-33")
"""The rest of ln 2."""

TERMS = 13
"""The first power left out is r¹⁴/14!, below 2⁻⁵⁵ of the result for |r| ≤ ln 2 / 2."""

LARGEST = 709.0
"""Before e^x overflows, at 709.78. Beyond it a sigmoid is 0 or 1, as in PyTorch, and tanh is −1 or 1."""


def expm1(x: Array) -> Array:
    """e^x − 1 for |x| ≤ 709, of any shape: within 4 units in the last place, and the same bits everywhere.

    With x = k·ln 2 + r, k whole and |r| ≤ ln 2 / 2, it is 2^k·(e^r − 1) + (2^k − 1). Subtracting k·ln 2 in two parts
    keeps r's bits (Cody and Waite, 1980); e^r − 1 is its series, r·(1 + r/2·(1 + r/3·(1 + …))), exact near 0.

    >>> expm1(np.array([0.0, 1e-20, 1.0]))
    array([0.00000000e+00, 1.00000000e-20, 1.71828183e+00])
    """
    k = np.rint(x * (1 / (LN2_HIGH + LN2_LOW)))
    r = (x - k * LN2_HIGH) - k * LN2_LOW
    series = np.ones_like(r)
    for n in range(TERMS, 1, -1):
        series = 1 + r / n * series
    power = np.ldexp(1.0, k.astype(np.int32))
    result: Array = power * (r * series) + (power - 1)
    return result


def relu(x: Array) -> Array:
    """x where it is positive, else 0; of any shape (Nair and Hinton, 2010).

    >>> relu(np.array([-2.0, 0.0, 3.0]))
    array([0., 0., 3.])
    """
    return np.where(x > 0, x, 0.0)


def sigmoid(x: Array) -> Array:
    """1 / (1 + e⁻ˣ), of any shape: the logistic function, from 0 to 1.

    Both halves come from e^|x|, which is never small, so that neither cancels: e^|x| / (1 + e^|x|) and 1 / (1 + e^|x|).

    >>> sigmoid(np.array([-1000.0, 0.0, 1000.0])).round(3)
    array([0. , 0.5, 1. ])
    """
    growth = expm1(np.minimum(np.abs(x), LARGEST))
    return np.where(x < -LARGEST, 0.0, np.where(x < 0, 1.0, growth + 1)) / (growth + 2)


def tanh(x: Array) -> Array:
    """(eˣ − e⁻ˣ) / (eˣ + e⁻ˣ), of any shape: the hyperbolic tangent, from −1 to 1.

    As t / (t + 2) with t = e^2|x| − 1, which keeps every bit near 0, where tanh x ≈ x.

    >>> tanh(np.array([-1000.0, 1e-20, 0.5]))
    array([-1.00000000e+00,  1.00000000e-20,  4.62117157e-01])
    """
    growth = expm1(2 * np.minimum(np.abs(x), LARGEST / 2))
    size = growth / (growth + 2)
    return np.where(x < 0, -size, size)


ACTIVATIONS: dict[str, Callable[[Array], Array]] = {"relu": relu, "sigmoid": sigmoid, "tanh": tanh}
"""By PyTorch's names, in the order in which a menu shows them."""


def slope(name: str, z: Array) -> Array:
    """ξ′(z), the derivative of an activation where its input is z, of any shape; that of ReLU is 0 at 0, as in PyTorch.

    >>> slope("relu", np.array([-2.0, 0.0, 3.0])), slope("sigmoid", np.zeros(1)), slope("tanh", np.zeros(1))
    (array([0., 0., 1.]), array([0.25]), array([1.]))
    """
    return SLOPES[name](z)


SLOPES: dict[str, Callable[[Array], Array]] = {
    "relu": lambda z: np.where(z > 0, 1.0, 0.0),
    "sigmoid": lambda z: sigmoid(z) * sigmoid(-z),  # 1 − σ(z) would lose its digits where σ(z) is nearly 1
    "tanh": lambda z: 1 - tanh(z) ** 2,
}
