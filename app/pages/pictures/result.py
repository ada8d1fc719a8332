"""The numbers of a result: whole, a band of its rows, or every few of them; and what one of them is made of."""

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from app.pages.pictures.recipe import Recipe
from kernels.cached import cached_property
from kernels.filtering import filtered, pooled

Planes = NDArray[np.float32]
"""Shape (planes, rows, columns)."""
BAND = 200_000
"""Numbers of one band, which is computed in a few milliseconds."""
FIRST_BAND = 16_000
"""The first is small, so that something shows at once."""


@dataclass(frozen=True)
class Result:
    """A recipe's numbers, of which no more are computed than are asked for."""

    recipe: Recipe

    @cached_property
    def before(self) -> list[Planes]:
        """For each kernel, what its last repetition reads."""
        return [self.repeated(kernel) for kernel in self.recipe.kernels]

    def repeated(self, kernel: NDArray[np.float64]) -> Planes:
        x = self.recipe.x
        for axes in self.recipe.axes[:-1]:
            x = filtered(x, kernel, axes)
        return x

    def sums(self, start: int, stop: int, every: int = 1) -> list[Planes]:
        """For each kernel, these rows of its last repetition, before anything else is done with them."""
        pairs = zip(self.before, self.recipe.kernels, strict=True)
        axes = self.recipe.axes[-1]
        return [filtered(x, kernel, axes, start=start, stop=stop, every=every) for x, kernel in pairs]

    def finished(self, sums: list[Planes]) -> Planes:
        """Joined, scaled, moved and without its sign, as far as the recipe says so."""
        given = self.recipe.parameters
        y = length(sums) if given.join == "magnitude" else np.concatenate(sums)
        if given.scale != 1:
            y *= np.float32(given.scale)
        if given.offset:
            y += np.float32(given.offset)
        return np.abs(y, out=y) if given.absolute else y

    def rows(self, start: int = 0, stop: int | None = None, every: int = 1) -> Planes:
        """The rows [start, stop) of y, shape (planes, rows, columns); with `every`, every so many rows and columns."""
        stop = self.recipe.shape[0] if stop is None else stop
        if self.recipe.parameters.pool is None:
            return self.finished(self.sums(start, stop, every))
        kind, size = self.recipe.parameters.pool
        return pooled(self.finished(self.sums(start * size, stop * size)), size, kind)[:, ::every, ::every]

    def bands(self) -> list[tuple[int, int]]:
        """The rows of the result in parts, (start, stop), a small one first."""
        rows, cols = self.recipe.shape
        across = cols * self.recipe.results
        first = min(rows, max(1, FIRST_BAND // across))
        height = max(1, BAND // across)
        return [(0, first), *((start, min(start + height, rows)) for start in range(first, rows, height))]


def length(parts: list[Planes]) -> Planes:
    """The square root of the sum of squares, number by number."""
    total = parts[0] * parts[0]
    for part in parts[1:]:
        total += part * part
    return cast(Planes, np.sqrt(total, out=total))
