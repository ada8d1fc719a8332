"""The rhythm of a view's steps: rows and planes of how many there are, and which of them have nothing to show."""

from collections.abc import Callable
from typing import NamedTuple


class Rhythm(NamedTuple):
    """How many steps a view has, in rows and planes of how many, and which are plain: they show nothing."""

    steps: int
    row: int
    plane: int
    is_plain: Callable[[int], bool]
