"""eˣ, ln x and x^y, made as `activation.expm1` is: only of what IEEE 754 fixes to the last bit.

So a gradient has the same bytes on every machine. What leaves the numbers that a float64 has becomes ±∞ or NaN, as
NumPy has it: whoever calls these looks for that.
"""

from math import inf, nan

import numpy as np
from numpy.typing import NDArray

from kernels.activation import LARGEST, LN2_HIGH, LN2_LOW, expm1

Array = NDArray[np.float64]

OVERFLOWS = 709.782712893384
"""The largest x of which eˣ is a float64."""
VANISHES = 746.0
"""From here on e⁻ˣ is 0: half of the smallest float64 that there is."""
HALF_ROOT = float.fromhex("0x1.6a09e667f3bcdp-1")
"""√½: a number is taken as m·2^k with m from here up to twice this, so that ln m is small."""
SERIES = 12
"""Terms of artanh: the first that is left out is below 2⁻⁵⁵ of the sum for |s| ≤ 0.172."""
MOST_SQUARINGS = 10
"""Whole powers up to 2¹⁰ are products; larger ones go by way of the logarithm."""


def exp(x: Array) -> Array:
    """e^x, of any shape. A small power is one by a large one, which keeps its bits.

    >>> exp(np.array([0.0, 1.0, -1.0])).round(6)
    array([1.      , 2.718282, 0.367879])
    """
    power = expm1(np.minimum(np.abs(x), LARGEST)) + 1
    above = expm1(np.clip(x - LARGEST, 0, OVERFLOWS - LARGEST)) + 1  # 1 but for the last powers that there are
    below = expm1(np.clip(-x - LARGEST, 0, VANISHES - LARGEST)) + 1
    found = np.where(x < 0, 1 / power / below, np.where(x > OVERFLOWS, inf, power * above))
    return np.where(np.isnan(x), nan, found)


def ln(x: Array) -> Array:
    """The natural logarithm, of any shape: −∞ at 0, NaN below.

    With x = m·2^k it is k·ln 2 + ln m, and ln m = 2 artanh s with s = (m − 1)/(m + 1), a series in s².

    >>> ln(np.array([1.0, 2.0, 0.5])).round(6)
    array([ 0.      ,  0.693147, -0.693147])
    """
    mantissa, power = np.frexp(np.where(x > 0, x, 1.0))  # 0.5 ≤ mantissa < 1
    is_low = mantissa < HALF_ROOT
    mantissa, power = np.where(is_low, 2 * mantissa, mantissa), power - is_low
    s = (mantissa - 1) / (mantissa + 1)
    square = s * s
    series = np.zeros_like(s)
    for n in range(SERIES, 0, -1):
        series = 1 / (2 * n + 1) + square * series
    small = 2 * s + 2 * s * square * series
    found = power * LN2_HIGH + (power * LN2_LOW + small)
    return np.where(x > 0, found, np.where(x == 0, -inf, nan))


def power(base: Array, exponent: Array) -> Array:
    """base^exponent, both of one shape. A negative base has real powers for whole exponents only.

    >>> power(np.array([3.0, -2.0, 4.0]), np.array([2.0, 3.0, 0.5])).round(6)
    array([ 9., -8.,  2.])
    """
    is_whole = exponent == np.rint(exponent)
    is_product = is_whole & (np.abs(exponent) < 2**MOST_SQUARINGS)
    if is_product.all():  # as squares are, which need no logarithm
        return product(base, exponent)
    size = exp(exponent * ln(np.abs(base)))
    is_odd = is_whole & (np.abs(exponent) < 2.0**53) & (np.rint(exponent / 2) * 2 != exponent)
    signed = np.where(base < 0, np.where(is_whole, np.where(is_odd, -size, size), nan), size)
    at_zero = np.where(exponent == 0, 1.0, np.where(exponent > 0, 0.0, inf))
    general = np.where(exponent == 0, 1.0, np.where(base == 0, at_zero, signed))
    return np.where(is_product, product(base, np.where(is_product, exponent, 0.0)), general)


def product(base: Array, exponent: Array) -> Array:
    """A whole power as a product, by squaring: x¹³ = x⁸ · x⁴ · x."""
    remaining = np.abs(exponent).astype(np.int64)
    result, square = np.ones_like(base), base
    while remaining.any():
        result = np.where(remaining % 2 == 1, result * square, result)
        remaining = remaining // 2
        square = np.where(remaining > 0, square, 1.0) ** 2  # what is not used must not overflow
    return np.where(exponent < 0, 1 / result, result)
