"""The grids of a layer: read as text or lists, given their final shape, bounded."""

from collections.abc import Callable
from typing import TypeVar

import numpy as np

from app.literals import Grid, Settled, Space, read_grid, settle
from app.parameters import RawGrid
from app.refusal import Refusal
from app.scene import Operation
from app.settings import Limits
from app.shapes import counted, times
from app.words import refusals as words

Answer = TypeVar("Answer")


def settle_input(operation: Operation, raw: RawGrid, limits: Limits, name: str = "x") -> Settled:
    """What is read, shape (C, *sides)."""
    space = operation.input_space(limits)
    grid = read_field(name, raw, operation, space)
    channels, *sides = grid.values.shape
    if channels > limits.channels:
        sentence = words.INPUT_CHANNELS.format(name=name, most=limits.channels, value=channels)
        raise Refusal(sentence, type="too_large", loc=(name,))
    check_sides(name, tuple(sides), limits)
    return settled(name, grid, grid.values.shape, space)


def check_sides(name: str, sides: tuple[int, ...], limits: Limits) -> None:
    if max(sides) > limits.side:
        sentence = words.INPUT_SIDE.format(name=name, most=limits.side, shape=times(sides))
        raise Refusal(sentence, type="too_large", loc=(name,))


def settle_weights(operation: Operation, raw: RawGrid, limits: Limits, *, channels: int, groups: int) -> Settled:
    """w of shape (O, C/groups, *kernel): a single plane serves every channel, and every group."""
    per_group = channels // groups
    space = weight_space(operation, limits)
    grid = read_field("w", raw, operation, space)
    filters, given, *sides = grid.values.shape
    if filters == 1:
        filters = groups
    check_kernel(filters, tuple(sides), limits)
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
    return settled("w", grid, (filters, per_group, *sides), space)


def weight_space(operation: Operation, limits: Limits) -> Space:
    """What may be read as w."""
    most = min(limits.filters * limits.channels * limits.kernel**operation.spatial, limits.numbers)
    return Space(operation.spatial, 2, "weights", most, operation.shared)


def check_kernel(filters: int, sides: tuple[int, ...], limits: Limits) -> None:
    if filters > limits.filters:
        raise Refusal(words.FILTERS.format(most=limits.filters, value=filters), type="too_large", loc=("w",))
    if max(sides) > limits.kernel:
        raise Refusal(words.KERNEL_SIDE.format(most=limits.kernel, shape=times(sides)), type="too_large", loc=("w",))


def settle_bias(raw: RawGrid, limits: Limits, filters: int) -> Settled | None:
    if raw is None:
        return None
    space = Space(1, 0, "bias", limits.filters)
    grid = at("b", read_grid, raw, space)
    if grid.values.size not in (1, filters):
        raise Refusal(words.BIAS_COUNT.format(filters=filters, given=grid.values.size), loc=("b",))
    if grid.values.size == filters:
        return settled("b", grid, (filters,), space)
    shared = Grid(text=grid.text, named=grid.named, values=np.repeat(grid.values, filters), edits=grid.edits)
    return settled("b", shared, (filters,), space)


def read_field(name: str, raw: RawGrid, operation: Operation, space: Space) -> Grid:
    grid = at(name, read_grid, operation.defaults[name] if raw is None else raw, space)
    if grid.values.size == 0:
        raise Refusal(words.EMPTY_GRID.format(name=name), loc=(name,))
    return grid


def settled(name: str, grid: Grid, shape: tuple[int, ...], space: Space) -> Settled:
    return at(name, settle, grid, shape, space)


def at(name: str, call: Callable[..., Answer], *arguments: object) -> Answer:
    """Call, and say of a refusal which field it is about."""
    try:
        return call(*arguments)
    except Refusal as refusal:
        raise refusal.at(name) from None
