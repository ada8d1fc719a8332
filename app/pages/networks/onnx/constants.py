"""Numbers in an ONNX file that are known without running it: small constants, and what is computed from shapes."""

from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST_CONSTANT = 64
"""Numbers of a constant that is kept; a longer one is a weight."""
Array = NDArray[Any]


@dataclass(frozen=True)
class Constant:
    """A tensor of the file: its shape, its numbers where they are few, and its name where it may be learned."""

    shape: tuple[int, ...]
    values: Array | None = None
    learned: str = ""


def tensor_of(proto: Any, *, is_learned: bool) -> Constant:
    """A tensor of the file."""
    shape = tuple(int(size) for size in proto.dims)
    return Constant(shape, values_of(proto, shape), proto.name if is_learned else "")


def values_of(proto: Any, shape: tuple[int, ...]) -> Array | None:
    """The numbers of a small tensor; of a larger one, or one whose data do not fit its shape, none."""
    from onnx import numpy_helper

    if len(shape) > 4 or not 0 <= prod(shape) <= MOST_CONSTANT or not has_data(proto):
        return None
    try:
        return np.asarray(numpy_helper.to_array(proto))
    except (ValueError, TypeError, KeyError):
        return None


def has_data(proto: Any) -> bool:
    return bool(proto.raw_data or proto.float_data or proto.int32_data or proto.int64_data) or 0 in proto.dims


def folded(op: str, inputs: list[Constant | None], attributes: dict[str, Any]) -> Constant | None:
    """What an operation on constants alone makes: its numbers where they are known, at least its shape."""
    first = inputs[0] if inputs else None
    if first is None:
        return None
    if op in SAME_SHAPE:
        return Constant(first.shape, cast(op, first.values, attributes), first.learned)
    if op == "Transpose":
        order = tuple(attributes.get("perm", range(len(first.shape))[::-1]))
        turned = None if first.values is None else first.values.transpose(order)
        return Constant(tuple(first.shape[axis] for axis in order), turned, first.learned)
    arrays = [each.values if each is not None else None for each in inputs]
    if op == "Shape":
        return Constant((len(first.shape),), np.asarray(first.shape, dtype=np.int64))
    if op in VIEWS and first.values is None and first.shape:
        # A long tensor, of which only the shape is known: nothing is copied, so nothing is large.
        arrays[0] = np.broadcast_to(np.int8(0), first.shape)
    is_known = all(each is not None or given is None for each, given in zip(arrays, inputs, strict=True))
    if op not in EVALUATED or not is_known:
        return None
    made = np.asarray(EVALUATED[op](arrays, attributes))
    if first.values is None:
        return Constant(made.shape, None, first.learned)
    return Constant(made.shape, made, first.learned if op in VIEWS else "") if made.size <= MOST_CONSTANT else None


def cast(op: str, values: Array | None, attributes: dict[str, Any]) -> Array | None:
    is_whole = op == "Cast" and attributes.get("to") in (6, 7)
    return values.astype(np.int64) if values is not None and is_whole else values


VIEWS = frozenset({"Unsqueeze", "Squeeze", "Reshape", "Expand"})
"""Operations after which learned numbers are the same learned numbers."""
SAME_SHAPE = frozenset({"Identity", "Cast", "DequantizeLinear", "QuantizeLinear"})


def axes_of(arrays: list[Any], attributes: dict[str, Any]) -> tuple[int, ...]:
    given = attributes.get("axes", arrays[1] if len(arrays) > 1 else ())
    return tuple(int(axis) for axis in np.asarray(given if given is not None else ()).ravel())


def unsqueezed(arrays: list[Any], attributes: dict[str, Any]) -> Array:
    return np.asarray(np.expand_dims(arrays[0], axes_of(arrays, attributes)))


def squeezed(arrays: list[Any], attributes: dict[str, Any]) -> Array:
    axes = axes_of(arrays, attributes)
    return np.asarray(np.squeeze(arrays[0], axes or None))


def sliced(arrays: list[Any], attributes: dict[str, Any]) -> Array:
    if "starts" in attributes:
        starts, stops = list(attributes["starts"]), list(attributes["ends"])
        axes, steps = list(attributes.get("axes", range(len(starts)))), [1] * len(starts)
    else:
        given = [[] if each is None else np.ravel(each).tolist() for each in (*arrays[1:], None, None)]
        starts, stops, axes, steps = given[:4]
        axes, steps = axes or list(range(len(starts))), steps or [1] * len(starts)
    made = np.asarray(arrays[0])
    for start, stop, axis, step in zip(starts, stops, axes, steps, strict=True):
        cut = [slice(None)] * made.ndim
        cut[int(axis)] = slice(int(start), int(stop), int(step))
        made = made[tuple(cut)]
    return made


def expanded(arrays: list[Any], attributes: dict[str, Any]) -> Array:
    return np.broadcast_to(arrays[0], np.broadcast_shapes(arrays[0].shape, tuple(int(each) for each in arrays[1])))


def filled(arrays: list[Any], attributes: dict[str, Any]) -> Array:
    value = attributes.get("value")
    size = [int(each) for each in np.asarray(arrays[0]).ravel()]
    if prod(size) > MOST_CONSTANT:
        raise ValueError(size)
    return np.full(size, 0 if value is None else np.asarray(values_of(value, (1,))).ravel()[0])


def ranged(arrays: list[Any], attributes: dict[str, Any]) -> Array:
    start, stop, step = (int(np.asarray(each).ravel()[0]) for each in arrays)
    if not step or abs(stop - start) > MOST_CONSTANT:
        raise ValueError(stop)
    return np.arange(start, stop, step)


def divided(arrays: list[Any], attributes: dict[str, Any]) -> Array:
    one, other = np.asarray(arrays[0]), np.asarray(arrays[1])
    if (other == 0).any():
        raise ValueError(other)
    return np.asarray(one // other if np.issubdtype(one.dtype, np.integer) else one / other)


EVALUATED: dict[str, Callable[[list[Any], dict[str, Any]], Any]] = {
    "Gather": lambda arrays, attributes: np.take(arrays[0], arrays[1].astype(int), axis=attributes.get("axis", 0)),
    "Concat": lambda arrays, attributes: np.concatenate(arrays, axis=attributes.get("axis", 0)),
    "Unsqueeze": unsqueezed,
    "Squeeze": squeezed,
    "Slice": sliced,
    "Add": lambda arrays, attributes: arrays[0] + arrays[1],
    "Sub": lambda arrays, attributes: arrays[0] - arrays[1],
    "Mul": lambda arrays, attributes: arrays[0] * arrays[1],
    "Div": divided,
    "Neg": lambda arrays, attributes: -arrays[0],
    "Floor": lambda arrays, attributes: np.floor(arrays[0]),
    "Ceil": lambda arrays, attributes: np.ceil(arrays[0]),
    "Reshape": lambda arrays, attributes: np.reshape(arrays[0], [int(each) for each in arrays[1]]),
    "ConstantOfShape": filled,
    "Range": ranged,
    "Mod": lambda arrays, attributes: np.mod(arrays[0], arrays[1]) if np.all(arrays[1]) else arrays[0],
    "Sqrt": lambda arrays, attributes: np.sqrt(np.abs(arrays[0])),
    "Min": lambda arrays, attributes: np.minimum.reduce(arrays),
    "Max": lambda arrays, attributes: np.maximum.reduce(arrays),
    "Not": lambda arrays, attributes: np.logical_not(arrays[0]),
    "And": lambda arrays, attributes: np.logical_and(arrays[0], arrays[1]),
    "Expand": expanded,
    "Equal": lambda arrays, attributes: arrays[0] == arrays[1],
    "Where": lambda arrays, attributes: np.where(arrays[0], arrays[1], arrays[2]),
    "ReduceProd": lambda arrays, attributes: np.prod(arrays[0], keepdims=bool(attributes.get("keepdims", 1))),
}
"""Small operations on whole numbers, with which an export computes the sizes of a reshape."""
