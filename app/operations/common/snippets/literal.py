"""Numbers as Python text."""

from typing import Any

EXACT = 2**53
"""Beyond it a float64 is no longer every whole number, and all those digits would promise too much."""


def literal(values: list[Any]) -> str:
    """Nested lists of floats, aligned as NumPy prints them.

    >>> print(literal([[[0.0, 1.0], [0.5, -1.0]]]))
    [[[0, 1],
      [0.5, -1]]]
    """
    if not isinstance(values[0], list):
        return "[" + ", ".join(map(number, values)) + "]"
    return "[" + indented(",\n".join(map(literal, values)), 1) + "]"


def number(value: float) -> str:
    """Whole numbers as integers, all others with every digit that reads them back."""
    return str(int(value)) if value.is_integer() and abs(value) < EXACT else repr(value)


def indented(text: str, columns: int) -> str:
    """Every line but the first moved to the right."""
    return text.replace("\n", "\n" + " " * columns)
