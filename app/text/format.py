"""Numbers as a reader sees them in a cell: short, with a real minus sign. static/js/format.js says the same."""

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from math import inf, isnan

MINUS = "−"


@lru_cache(16_384)
def short(value: float) -> str:
    """At most about six characters: 31, −2.4, 0.333, 1.2e6; a question mark for NaN, which is a number asked for."""
    if isnan(value):
        return "?"
    size = abs(value)
    if size == inf:
        return sign(value) + "∞"
    if value == int(value) and size < 100_000:
        return sign(value) + str(int(size))
    if size < 0.0005 or size >= 99_999.5:
        return sign(value) + scientific(size)
    places = 3 if size < 1 else 2 if size < 10 else 1 if size < 100 else 0
    return sign(value) + trimmed(fixed(size, places))


def exact(value: float) -> str:
    """Every digit that distinguishes this float64 from its neighbours, in the notation that JavaScript has too."""
    if abs(value) == inf:
        return sign(value) + "∞"
    size = Decimal(repr(float(abs(value)))).normalize()
    return sign(value) + (f"{size:f}" if 1e-6 <= size < 1e21 or size == 0 else f"{size:e}")


@lru_cache(4096)
def decimals(value: float, places: int = 3) -> str:
    """At most so many digits behind the point, as the lectures print them: −1.462, 1, 0.5, 3e-7.

    >>> decimals(-1.4621), decimals(2.0), decimals(1e-9)
    ('−1.462', '2', '1e-9')
    """
    size = abs(value)
    if not 0.5 * 10.0**-places <= size < 1e4 or value == int(value):
        return short(value)
    return sign(value) + trimmed(fixed(size, places))


def sign(value: float) -> str:
    return MINUS if value < 0 else ""


def fixed(size: float, places: int) -> str:
    """Rounded half up on the exact binary value, as JavaScript's toFixed rounds."""
    return str(Decimal(size).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def scientific(size: float) -> str:
    """One decimal and a power of ten, such as 1.2e6 or 4e-4."""
    exponent = Decimal(size).adjusted()
    mantissa = Decimal(size).scaleb(-exponent).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if mantissa == 10:
        mantissa, exponent = Decimal(1), exponent + 1
    return f"{trimmed(str(mantissa))}e{exponent}"


def grouped(count: int) -> str:
    """A whole number in groups of three, with narrow spaces that do not break between them."""
    return sign(count) + f"{abs(count):,}".replace(",", "\u202f")
