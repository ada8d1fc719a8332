"""Which channels and filters of a scene are drawn large."""

from dataclasses import dataclass

MAX_CELLS = 3000
"""Cells with numbers that are drawn at most."""


@dataclass(frozen=True)
class Arrangement:
    """Which channels and filters are drawn large; the others fold into links."""

    channels: tuple[int, ...]
    filters: tuple[int, ...]

    @property
    def is_single(self) -> bool:
        """One channel and one filter need no table."""
        return len(self.channels) == len(self.filters) == 1


def around(chosen: int, shown: int, count: int) -> tuple[int, ...]:
    """`shown` of `count` neighbours with the chosen one among them."""
    first = min(chosen // shown * shown, count - shown)
    return tuple(range(first, first + shown))
