"""A layer: an operation with its parameters resolved."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Any

from app.grids.literals import Grid
from app.scene.outlines import ORDINARY, Outline
from app.scene.sizes import Size
from kernels.adaptive import AdaptiveAxis
from kernels.axis import Axis, Cells
from kernels.cached import cached_property
from kernels.relation import Relation
from kernels.trace import Trace

GRID_SPACES = {"x": "input", "w": "tap", "b": "tap", "y": "output", "a": "output", "grad_output": "output"}
"""Where a grid lives, unless its layer says otherwise: the gradient of the weights is a grid of taps."""


@dataclass(frozen=True, eq=False)
class Layer:
    """An operation with everything resolved: arrays of final shape, one axis for each spatial axis."""

    parameters: Mapping[str, Any]
    """Every parameter as JSON shows it, defaults filled in."""
    spell: Callable[[], Mapping[str, str]]
    grids: Mapping[str, Grid | Outline | None]
    """Those that are given, or follow from the others where they are not."""
    axes: tuple[Axis | AdaptiveAxis, ...]
    y_shape: tuple[int, ...]
    relation: Relation
    """What each number of y reads."""
    multiplications: int
    compute: Callable[[int, int], Trace]
    """(start, stop) → what these steps compute, one for each number of y."""
    sizes: Callable[[], Sequence[Size]]
    """Along each axis, the formula of the output's size."""
    data: str = "x"
    """The grid that is read."""
    weights: str | None = "w"
    """The grid that it is multiplied with, if any."""
    sources: tuple[int, ...] | None = None
    """For each data plane as it is drawn, the grid's plane that it shows, or −1 for zeros; None where they are one."""
    spaces: Mapping[str, str] = field(default_factory=dict)
    """The spaces (input, tap, output) of the grids that are not where their letter says: w in taps, x in the input.

    Colours follow the space, not the letter: in a gradient the upstream gradient is green, the result blue or amber.
    """
    made: Mapping[str, Grid | Outline] = field(default_factory=dict)
    """Grids that are made of those, number by number, before anything is read."""
    gate: tuple[str, ...] = ()
    """Of the grids those that have a number for each of the upstream gradient, and are drawn beside it."""
    groups: int = 1
    activation: str | None = None
    find_targets: Callable[[], Cells] | None = None
    """Where each number of the data goes, when an index says it and no window, as in an unpooling: its flat cell in the
    plane of y."""

    @cached_property
    def targets(self) -> Cells | None:
        """What `find_targets` finds, shape of the data."""
        return self.find_targets() if self.find_targets else None

    @cached_property
    def spelled(self) -> Mapping[str, str]:
        """The parameters that are not at their default, as the canonical address writes them."""
        return self.spell()

    def space(self, grid: str) -> str:
        """The space that a grid lives in, which is its colour."""
        return self.spaces.get(grid) or GRID_SPACES.get(grid, "output")

    @property
    def outputs(self) -> int:
        """How many numbers y has."""
        return prod(self.y_shape)

    def shape(self, grid: str) -> tuple[int, ...]:
        """The shape of a grid that this operation always has."""
        resolved = self.find(grid)
        assert resolved is not None
        return resolved.shape

    def find(self, grid: str) -> Grid | Outline | None:
        """A grid, given or made; None where this layer has none of that name."""
        return self.made.get(grid) or self.grids.get(grid)

    @property
    def inputs(self) -> int:
        """How many numbers the data has."""
        return prod(self.shape(self.data))

    @cached_property
    def held(self) -> int:
        """How many numbers the grids have."""
        return sum(grid.size for grid in self.grids.values() if grid is not None)

    @cached_property
    def is_ordinary(self) -> bool:
        """Whether no sum of these numbers can be too large, so that their shapes decide what is around it."""
        return all(grid.largest <= ORDINARY for grid in self.grids.values() if grid is not None)

    @cached_property
    def windows(self) -> tuple[Axis, ...]:
        """Its axes along which windows of one size move: all but the adaptive."""
        return tuple(axis for axis in self.axes if isinstance(axis, Axis))

    @property
    def unused(self) -> list[list[int]]:
        """Along each axis, the input cells that nothing reads."""
        return [list(axis.unused) if isinstance(axis, Axis) else [] for axis in self.axes]
