"""What of a drawing is on its way at a moment between two steps: a painter adds it to the frame."""

from collections.abc import Mapping
from typing import NamedTuple


class Motion(NamedTuple):
    """Nothing moves, unless it is said here."""

    glides: Mapping[str, tuple[float, float]] = {}
    """For planes by their ids, how many rows and columns their outline has still to go."""
    shrink: float = 1
    """How large the cells of the products are while they become a sum."""
    turn: float = 0
    """How many degrees a kernel that lies turned has still to go."""
    is_loose: bool = False
    """Whether no ways are drawn from plane to plane."""
    is_pending: bool = False
    """Whether the result of the equation is still to come."""
    is_run: bool = False
    """Whether pictures, too, appear as they are computed."""
    flying: str = ""
    """What flies, drawn over all planes."""


STILL = Motion()
