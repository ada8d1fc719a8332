"""The small grids of a board, read from an address."""

from math import prod

import numpy as np
from numpy.typing import NDArray

from app.address.phrases import times
from app.address.refusal import Refusal
from app.grids.literals import Grid, Space, read_grid, resolve
from app.grids.pictures import Kind
from app.text.format import short

Array = NDArray[np.float64]

TOO_LARGE = "{name} is {given}; at most {most} is shown here."
LARGEST = 1e60
"""Five such numbers can be multiplied, and what comes of it be added up, before a float64 overflows."""
TOO_GREAT = "{name} holds {value}; numbers of up to 10⁶⁰ are multiplied here."


def read(raw: str | list[object], name: str, leading: int, most: tuple[int, ...], kind: Kind) -> Grid:
    """The grid of a field, at most so large along each axis."""
    space = Space(2, leading, kind, prod(most))
    try:
        grid = read_grid(raw, space)
        if any(given > bound for given, bound in zip(grid.values.shape, most, strict=True)):
            given, bound = times(grid.values.shape), times(most)
            raise Refusal(TOO_LARGE.format(name=name, given=given, most=bound), type="too_large")
        made = resolve(grid, grid.values.shape, space)
        greatest = made.values.flat[np.abs(made.values).argmax()]
        if abs(greatest) > LARGEST:
            raise Refusal(TOO_GREAT.format(name=name, value=short(greatest)), type="finite_number")
        return made
    except Refusal as refusal:
        raise refusal.at(name) from None
