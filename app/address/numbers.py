"""One number: as text, and back as short as it goes without losing a bit."""

from fractions import Fraction
from functools import lru_cache

from app.address.phrases import shown
from app.address.refusal import Refusal
from app.text import grids as words

PLAIN = frozenset("0123456789+-.eE/ \t\r\n")
"""All that a number may be made of. Without it `float` would take nan, inf, 1_0 and the digits of every script."""
EXACT = 2**53
MAX_DENOMINATOR = 999


def read_number(text: str) -> float:
    """The number that this text means: whole, decimal, with an exponent, or a fraction of whole numbers."""
    token = text.strip()
    if not PLAIN.issuperset(token):
        raise Refusal(words.NOT_A_NUMBER.format(text=shown(token)))
    try:
        value = read_fraction(token) if "/" in token else float(token)
    except ValueError:
        raise Refusal(words.NOT_A_NUMBER.format(text=shown(token))) from None
    except ZeroDivisionError:
        raise Refusal(words.DIVIDES_BY_ZERO.format(text=shown(token))) from None
    if value in (float("inf"), float("-inf")):
        raise Refusal(words.TOO_LARGE_NUMBER.format(text=shown(token)), type="finite_number")
    return value + 0.0  # −0 becomes 0: a zero has no sign on the page


def read_fraction(token: str) -> float:
    """`1/9`: whole numbers that a float holds exactly, so that one division gives the nearest float."""
    numerator, denominator = (int(part) if len(part) < 20 else EXACT for part in token.split("/", 1))
    if max(abs(numerator), abs(denominator)) >= EXACT:
        raise ValueError(token)
    return numerator / denominator


@lru_cache(maxsize=4096)
def spell_number(value: float) -> str:
    """The shortest of the decimal and the fraction that read back as exactly this number."""
    decimal = spell_decimal(value)
    if len(decimal) <= len("1/2"):
        return decimal
    fraction = Fraction(value).limit_denominator(MAX_DENOMINATOR)
    spelled = f"{fraction.numerator}/{fraction.denominator}"
    is_exact = abs(fraction.numerator) < EXACT and fraction.numerator / fraction.denominator == value
    return spelled if is_exact and len(spelled) < len(decimal) else decimal


def spell_decimal(value: float) -> str:
    """The shortest decimal that reads back as exactly this number; whole numbers carry no point."""
    if abs(value) < EXACT and value == int(value):
        return str(int(value))
    # An address reads + as a space, so an exponent goes without.
    return repr(value).replace("e+", "e").replace("e-0", "e-").removesuffix(".0")
