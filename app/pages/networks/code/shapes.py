"""Shapes of tensors whose numbers nobody knows, the batch among their axes: what code asks them, and makes of them."""

from math import prod
from typing import Any

from app.pages.networks.code.plain import NOT_PLAIN
from kernels.layers import Shape

MOST_AXES = 8


def asked_of(shape: Shape, name: str, given: list[Any]) -> Any:
    """x.size(), x.size(1), x.dim(), x.numel(); NOT_PLAIN for a method that asks nothing."""
    if name == "size":
        is_axis = bool(given) and type(given[0]) is int and -len(shape) <= given[0] < len(shape)
        return shape if not given else shape[given[0]] if is_axis else NOT_PLAIN
    answers = {"dim": len(shape), "ndimension": len(shape), "numel": prod(shape), "nelement": prod(shape)}
    return answers.get(name, NOT_PLAIN)


def seen(shape: Shape, name: str, given: list[Any]) -> Shape | None:
    """The shape of x.view(1, -1) and its like; None where the method is another, or does not fit."""
    entries = given[0] if len(given) == 1 and isinstance(given[0], list | tuple) else given
    if not all(type(each) is int for each in entries):
        return None
    if name in ("view", "reshape"):
        return viewed(shape, tuple(entries))
    if name == "flatten" and len(entries) <= 1:
        kept = (entries[0] if entries else 0) % len(shape)
        return (*shape[:kept], prod(shape[kept:]))
    if name == "t" and len(shape) == 2:
        return shape[::-1]
    if name == "unsqueeze" and len(entries) == 1 and len(shape) < MOST_AXES:
        place = entries[0] % (len(shape) + 1)
        return (*shape[:place], 1, *shape[place:])
    if name in ("transpose", "permute"):
        return moved(shape, name, [axis % len(shape) for axis in entries])
    return None


def viewed(shape: Shape, wanted: Shape) -> Shape | None:
    """The same numbers in another shape, of which one size may be left open."""
    known = prod(size for size in wanted if size != -1)
    if not 1 <= len(wanted) <= MOST_AXES or known < 1 or wanted.count(-1) > 1 or prod(shape) % known:
        return None
    made = tuple(prod(shape) // known if size == -1 else size for size in wanted)
    return made if prod(made) == prod(shape) else None


def moved(shape: Shape, name: str, axes: list[int]) -> Shape | None:
    """The axes in another order, or two of them exchanged."""
    order = axes
    if name == "transpose" and len(axes) == 2:
        order = list(range(len(shape)))
        order[axes[0]], order[axes[1]] = axes[1], axes[0]
    return tuple(shape[axis] for axis in order) if sorted(order) == list(range(len(shape))) else None
