"""Three learning rates for one slope: too small, right, too large.

Along its steepest direction the error shrinks by |1 − rate · curvature| with each step: at rate = 1 / curvature it is
gone at once, from 2 / curvature on it grows. Two digits are enough, and keep their bytes the same on every machine.
In a link a rate is a word, so that the link keeps its meaning when x changes.
"""

from collections.abc import Mapping

from app.text.format import exact, short

SHARES: Mapping[str, float] = {"small": 1 / 50, "right": 1.0, "large": 2.2}
"""Of 1 / curvature. The last stays above 2 when it is rounded."""


def rates(curvature: float) -> dict[str, float]:
    """The rates for a largest curvature; a picture of zeros has none, and any rate does.

    >>> rates(40.0)
    {'small': 0.0005, 'right': 0.025, 'large': 0.055}
    """
    return {name: float(f"{share / (curvature or 1.0):.2g}") for name, share in SHARES.items()}


def written(rate: float) -> str:
    """A rate as a reader sees it: 0.00089 keeps its digits, 0.0000081 would be counted zeros.

    >>> written(0.00089), written(8.1e-06)
    ('0.00089', '8.1e-6')
    """
    return exact(rate) if rate >= 1e-4 else short(rate)
