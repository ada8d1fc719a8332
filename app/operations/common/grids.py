"""The grids of a layer: read as text or lists, given their final shape, bounded."""

from collections.abc import Callable
from typing import TypeVar

import numpy as np

from app.address.phrases import check_count, counted, times
from app.address.refusal import Refusal
from app.grids.literals import Grid, GridLiteral, Space, check_fills, read_grid, resolve
from app.scene.operation import Operation
from app.scene.outlines import Outline, RawGrid
from app.settings import Limits
from app.text import refusals as words

Answer = TypeVar("Answer")

Read = GridLiteral | Outline
"""A grid as it is written, with its numbers or without."""
Resolved = Grid | Outline
"""A grid in its final shape."""


def resolve_input(operation: Operation, raw: RawGrid, limits: Limits, name: str = "x") -> Resolved:
    """What is read, shape (C, *sides)."""
    space = operation.input_space(limits)
    grid = read_field(name, raw, operation, space)
    channels, *sides = grid.shape
    if channels > limits.channels:
        sentence = words.INPUT_CHANNELS.format(name=name, most=limits.channels, value=channels)
        raise Refusal(sentence, type="too_large", loc=(name,))
    check_sides(name, tuple(sides), limits)
    return resolved(name, grid, grid.shape, space)


def check_sides(name: str, sides: tuple[int, ...], limits: Limits) -> None:
    if max(sides) > limits.side:
        sentence = words.INPUT_SIDE.format(name=name, most=limits.side, shape=times(sides))
        raise Refusal(sentence, type="too_large", loc=(name,))


def resolve_weights(
    operation: Operation, raw: RawGrid, limits: Limits, *, channels: int, groups: int, whole: tuple[int, ...] = ()
) -> Resolved:
    """w of shape (O, C/groups, *kernel): a single plane serves every channel, and every group.

    `whole` are the sides of the input, which a kernel may cover where it would otherwise be too large.
    """
    per_group = channels // groups
    space = weight_space(operation, limits)
    grid = read_field("w", raw, operation, space)
    filters, given, *sides = grid.shape
    if filters == 1:
        filters = groups
    check_kernel(filters, tuple(sides), limits, whole)
    if filters % groups:
        raise Refusal(words.GROUPS_FILTERS.format(filters=filters, groups=groups), loc=("groups",))
    if given not in (1, per_group):
        sentence = words.KERNEL_CHANNELS.format(
            wanted=counted(per_group, "channel"),
            channels=counted(channels, "input channel"),
            groups=counted(groups, "group"),
            given=given,
        )
        raise Refusal(sentence, loc=("w",))
    return resolved("w", grid, (filters, per_group, *sides), space)


def weight_space(operation: Operation, limits: Limits) -> Space:
    """What may be read as w."""
    most = min(limits.filters * limits.channels * limits.kernel**operation.spatial, limits.numbers)
    return Space(operation.spatial, 2, "weights", most, operation.shared)


LARGEST_WHOLE = 28
"""Cells along each side of an input that a single kernel may cover: a unit that reads a whole digit."""


def check_kernel(filters: int, sides: tuple[int, ...], limits: Limits, whole: tuple[int, ...] = ()) -> None:
    if filters > limits.filters:
        raise Refusal(words.FILTERS.format(most=limits.filters, value=filters), type="too_large", loc=("w",))
    is_whole = sides == whole and max(sides) <= LARGEST_WHOLE  # one window, whatever its size
    if max(sides) > limits.kernel and not is_whole:
        raise Refusal(words.KERNEL_SIDE.format(most=limits.kernel, shape=times(sides)), type="too_large", loc=("w",))


def resolve_bias(raw: RawGrid, limits: Limits, filters: int) -> Resolved | None:
    if raw is None:
        return None
    space = Space(1, 0, "bias", limits.filters)
    grid: Read = at("b", read, raw, space)
    if grid.size not in (1, filters):
        raise Refusal(words.BIAS_COUNT.format(filters=filters, given=grid.size), loc=("b",))
    if isinstance(grid, GridLiteral) and grid.size < filters:
        grid = GridLiteral(text=grid.text, named=grid.named, values=np.repeat(grid.values, filters), edits=grid.edits)
    return Outline((filters,)) if isinstance(grid, Outline) else resolved("b", grid, (filters,), space)


def read_field(name: str, raw: RawGrid, operation: Operation, space: Space) -> Read:
    grid: Read = at(name, read, operation.defaults[name] if raw is None else raw, space)
    if grid.size == 0:
        raise Refusal(words.EMPTY_GRID.format(name=name), loc=(name,))
    return grid


def read(raw: str | list[object] | Outline, space: Space) -> Read:
    """The grid, or what is known of it already, which is bounded alike."""
    if not isinstance(raw, Outline):
        return read_grid(raw, space)
    check_count(raw.size, space.max_values)
    return raw


def resolved(name: str, grid: Read, shape: tuple[int, ...], space: Space) -> Resolved:
    return at(name, fill, grid, shape, space)


def fill(grid: Read, shape: tuple[int, ...], space: Space) -> Resolved:
    """The grid in this shape, as far as it is known."""
    if not isinstance(grid, Outline):
        return resolve(grid, shape, space)
    check_fills(grid.shape, shape, space)
    return grid.filling(shape)


def at(name: str, call: Callable[..., Answer], *arguments: object) -> Answer:
    """Call, and say of a refusal which field it is about."""
    try:
        return call(*arguments)
    except Refusal as refusal:
        raise refusal.at(name) from None
