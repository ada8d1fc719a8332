"""How a reader wants equations written."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Conventions:
    first_index: int = 0
    letters: bool = False
    """Whether weights are letters rather than numbers."""
    activation: str | None = None
    result: str = "y"
    """What readers call y."""
    most: int = 9
    """Terms, numbers or channels that are written out; of more, the first few; with 0, of a sum its result alone."""
