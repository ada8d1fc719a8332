"""Learned kernels that a reader has changed: `c1=learned!3.0.2.2:1`, filter 3, channel 0, row 2, column 2.

`learned!3:0` is all of filter 3; instead of `learned` there may stand a grid as any w. And `edit=c1.3` with `kernel=…`
gives that filter's weights at once, as its form does.
"""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from app.address.numbers import read_number, spell_number
from app.address.parameters import read_raw_grid, shown
from app.address.phrases import is_count, times
from app.address.refusal import Refusal
from app.grids.edits import apply, differences, read_edits
from app.grids.literals import Space, read_grid, resolve
from app.pages.lenet import words
from app.text.format import short
from kernels.cached import cached_property
from kernels.lenet import LeNetLayer, lenet5

Array = NDArray[np.float64]

LEARNED = "learned"
LAYERS = ("c1", "c3")
"""Whose kernels are small enough to be written by hand."""
MOST_EDITS = 300
"""Edits of one layer, as many as two filters of C3 have weights: what fits into an address."""
LARGEST = 1000
"""A weight beyond it means nothing here."""


@dataclass(frozen=True)
class Filter:
    """One filter of a layer, `c3.5`."""

    layer: str
    index: int

    @property
    def name(self) -> str:
        return f"{self.layer}.{self.index}"

    @property
    def shape(self) -> tuple[int, ...]:
        return learned(self.layer).shape[1:]


@cache
def learned(layer: str) -> Array:
    """The weights of this layer as they were learned, shape (filters, channels, 5, 5)."""
    w = next(each.w for each in lenet5() if each.name == layer)
    assert w is not None
    return w


@dataclass(frozen=True, eq=False)
class Weights:
    """The weights w of a layer, some of which are no longer as they were learned."""

    layer: str
    w: Array

    @cached_property
    def text(self) -> str:
        """The fewest edits that make them of the learned ones: whole filters first, then single weights."""
        base = np.array(learned(self.layer))
        filters = []
        for index in self.changed:
            values, counts = np.unique(self.w[index], return_counts=True)
            if 2 * counts.max() > self.w[index].size:  # mostly one number
                base[index] = values[counts.argmax()]
                filters.append(f"!{index}:{spell_number(float(base[index].flat[0]))}")
        return LEARNED + "".join([*filters, *map(str, differences(base, self.w, 2))])

    @property
    def changed(self) -> list[int]:
        """Which filters are changed."""
        return np.flatnonzero((self.w != learned(self.layer)).any(axis=(1, 2, 3))).tolist()


def read_weights(raw: object, layer: str) -> Weights | None:
    """The weights of a layer, where they are not the learned ones."""
    w = learned(layer)
    text = read_raw_grid(raw, name=layer)
    base, *edits = text.split("!") if isinstance(text, str) else ("",)
    if isinstance(text, str) and base.strip().lower() == LEARNED:
        filters = [edit for edit in edits if "." not in edit.partition(":")[0]]
        others = read_edits([edit for edit in edits if edit not in filters], 2, 2, w.size)
        return checked(apply(others, with_filters(filters, layer)), layer)
    space = Space(spatial=2, leading=2, kind="weights", max_values=w.size)
    return checked(resolve(read_grid(text, space), w.shape, space).values, layer)


def with_filters(edits: list[str], layer: str) -> Array:
    """The learned weights with whole filters set to one number, `3:0`."""
    w = np.array(learned(layer))
    for edit in edits:
        index, _, value = edit.partition(":")
        w[read_filter(f"{layer}.{index}").index] = read_number(value)
    return w


def checked(w: Array, layer: str) -> Weights | None:
    largest = float(w.flat[np.abs(w).argmax()])
    if abs(largest) > LARGEST:
        raise Refusal(words.WEIGHT_RANGE.format(most=short(LARGEST), value=short(largest)), type="less_than_equal")
    weights = Weights(layer, w)
    count = weights.text.count("!")
    if count > MOST_EDITS:
        sentence = words.TOO_MANY_WEIGHTS.format(layer=words.LAYERS[layer][0], most=MOST_EDITS, count=f"{count:,}")
        raise Refusal(sentence, type="too_large")
    return weights if count else None


def read_filter(raw: object) -> Filter:
    layer, _, index = str(raw).strip().partition(".")
    if layer not in LAYERS or not is_count(index) or int(index) >= len(learned(layer)):
        raise Refusal(words.NOT_A_FILTER.format(text=shown(raw)))
    return Filter(layer, int(index))


def read_kernel(raw: object, filter: Filter) -> Array:
    """A filter's new weights, as any w is written: names too, and one plane serves every channel."""
    channels, *sides = filter.shape
    space = Space(spatial=2, leading=1, kind="weights", max_values=channels * sides[0] * sides[1])
    grid = read_grid(read_raw_grid(raw, name="kernel"), space)
    if grid.values.shape[-2:] != tuple(sides):
        raise Refusal(words.KERNEL_SHAPE.format(shape=times(grid.values.shape[-2:]), wanted=times(sides)))
    return resolve(grid, filter.shape, space).values


def with_kernel(weights: Weights | None, filter: Filter, kernel: Array) -> Weights | None:
    """The layer's weights with this filter replaced."""
    changed = np.array(weights.w if weights else learned(filter.layer))
    changed[filter.index] = kernel
    return checked(changed, filter.layer)


def with_weights(layers: tuple[LeNetLayer, ...], weights: dict[str, Weights]) -> tuple[LeNetLayer, ...]:
    """The network with these layers' weights."""
    return tuple(replace(each, w=weights[each.name].w) if each.name in weights else each for each in layers)
