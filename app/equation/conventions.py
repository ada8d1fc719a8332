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
    in_lines: bool = False
    """Whether it is written in lines of text, which hold no matrix."""
    is_complete: bool = False
    """Whether the result is shown finished: sums on the way to it would contradict it."""
