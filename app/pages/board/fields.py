"""How a board's own fields are written."""

from typing import Annotated, Any

from app.address.parameters import read_count, read_flag, read_raw_grid, reader, refuse
from app.text import refusals

GridField = Annotated[str | list[Any] | None, reader(read_raw_grid)]
Flag = Annotated[bool, reader(read_flag)]


def read_step(raw: object, *, name: str) -> int:
    """A moment, from 0; whether there are so many, the board says."""
    step = read_count(raw, name=name, example="4")
    if step < 0:
        refuse(refusals.TOO_SMALL, kind="greater_than_equal", name=name, least=0, value=step)
    return step


Step = Annotated[int | None, reader(read_step)]
