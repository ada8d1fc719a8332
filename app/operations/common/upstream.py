"""The gradient of y that comes from above: a grid like any other, and where nothing is given, ones.

Ones need no size, since it follows; so an address leaves them out, and holds only the cells that differ: `!0.1:5`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.address.phrases import counted
from app.address.refusal import Refusal
from app.grids.edits import Edit, read_edits
from app.grids.literals import Grid, GridLiteral, Space
from app.operations.common.grids import Read, Resolved, at, check_sides, read, resolved
from app.scene.operation import Operation
from app.scene.outlines import Outline, RawGrid
from app.settings import Limits
from app.text import refusals as words

NAME = "grad_output"


@dataclass(frozen=True)
class Upstream:
    """The gradient as it is written: a grid, or, where that is None, ones with these edits."""

    grid: Read | None
    edits: tuple[Edit, ...] = ()

    @property
    def planes(self) -> int:
        return 1 if self.grid is None else self.grid.shape[0]

    @property
    def sides(self) -> tuple[int, ...] | None:
        """Its cells along each axis of space, or None where they follow."""
        return None if self.grid is None else self.grid.shape[1:]


def upstream_space(operation: Operation, limits: Limits) -> Space:
    """What may be read as the gradient: a plane for each filter."""
    return Space(operation.spatial, 1, "input", min(limits.filters * limits.side**operation.spatial, limits.numbers))


def read_upstream(operation: Operation, raw: RawGrid, limits: Limits, name: str = NAME) -> Upstream:
    """The gradient as it is written, its size bounded; or another grid, `name`, with a number for each of its own."""
    space = upstream_space(operation, limits)
    if raw is None:
        return Upstream(None)
    if isinstance(raw, str) and raw.strip().startswith("!"):
        _, *texts = raw.split("!")
        return Upstream(None, at(name, read_edits, texts, space.leading, space.spatial, space.max_values))
    grid: Read = at(name, read, raw, space)
    if grid.size == 0:
        raise Refusal(words.EMPTY_GRID.format(name=name), loc=(name,))
    planes, *sides = grid.shape
    if planes > limits.filters:
        sentence = words.GRADIENT_FILTERS.format(name=name, most=limits.filters, value=planes)
        raise Refusal(sentence, type="too_large", loc=(name,))
    check_sides(name, tuple(sides), limits)
    return Upstream(grid)


def resolve_upstream(
    operation: Operation,
    upstream: Upstream,
    shape: tuple[int, ...],
    limits: Limits,
    *,
    follows: bool = True,
    name: str = NAME,
    usual: Callable[[tuple[int, ...]], NDArray[np.float64]] = np.ones,
) -> Resolved:
    """The gradient in its shape, (O, *outputs): a single plane serves every filter.

    `follows` says whether the shape would be the same if the gradient were left out; then it holds what is `usual`.
    """
    space = upstream_space(operation, limits)
    if upstream.planes not in (1, shape[0]):
        sentence = words.GRADIENT_PLANES.format(name=name, filters=counted(shape[0], "filter"), given=upstream.planes)
        raise Refusal(sentence, loc=(name,))
    plane = usual((1, *shape[1:]))
    if upstream.grid is None:
        return resolved(name, GridLiteral("", True, plane, upstream.edits), shape, space)
    grid = resolved(name, upstream.grid, shape, space)
    if isinstance(grid, Outline) or not (follows and (grid.values == plane).all()):
        return grid
    return Grid(grid.values, str)


def says_its_size(upstream: Resolved) -> bool:
    """Whether the text of the gradient, as it is written, says how large it is."""
    return bool(upstream.text) and not upstream.text.startswith("!")
