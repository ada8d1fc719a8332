"""ONNX's operations that give the same numbers another shape, and those that sum over axes."""

from math import prod

import numpy as np

from app.address.refusal import Refusal
from app.pages.networks import words
from app.pages.networks.onnx.constants import axes_of
from app.pages.networks.onnx.environment import FullShape, Made
from app.pages.networks.onnx.operation import NotKnown, Operation
from kernels.layers import StackLayer


def rearranged(op: Operation, full: FullShape) -> Made:
    """The same numbers in another shape, whole or without the batch that comes first."""
    shape = full[1:] if len(full) > 1 and full[0] == 1 else full
    if shape == op.map().shape:
        return op.map(), full
    return op.put(reshaping(shape), full)


def reshaping(shape: tuple[int, ...]) -> StackLayer:
    return StackLayer("flatten") if len(shape) == 1 else StackLayer("reshape", sizes=shape)


def flatten(op: Operation) -> Made:
    full = op.full()
    axis = op.axis(len(full) + 1, default=1)
    return rearranged(op, (prod(full[:axis]), prod(full[axis:])))


def reshape(op: Operation) -> Made:
    """To sizes of which one may be −1, what is left, and 0 the size that stands there."""
    full = op.full()
    wanted = list(op.counts("shape") or op.integers(1))
    if not wanted:
        raise NotKnown
    if not op.integer("allowzero", 0):
        wanted = [full[axis] if size == 0 and axis < len(full) else size for axis, size in enumerate(wanted)]
    if wanted[0] == op.environment.batch:
        wanted[0] = 1
    known = prod(size for size in wanted if size != -1)
    if wanted.count(-1) > 1 or known < 1 or prod(full) % known:
        raise NotKnown
    made = tuple(prod(full) // known if size == -1 else size for size in wanted)
    if prod(made) != prod(full):
        raise Refusal(words.ONNX_RESHAPE.format(wanted=made, given=full), type="onnx", loc=("input",))
    return rearranged(op, made)


def transpose(op: Operation) -> Made:
    full = op.full()
    order = op.counts("perm") or tuple(range(len(full)))[::-1]
    made = tuple(full[axis] for axis in order)
    if full[0] == 1 and order[0] == 0:
        return op.put(StackLayer("permute", sizes=tuple(axis - 1 for axis in order[1:])), made)
    return rearranged(op, made)


def squeeze(op: Operation) -> Made:
    full = op.full()
    given = axes_of([None, op.integers(1) or None], op.attributes)
    axes = {axis % len(full) for axis in given} or {axis for axis, size in enumerate(full) if size == 1}
    return rearranged(op, tuple(size for axis, size in enumerate(full) if axis not in axes))


def unsqueeze(op: Operation) -> Made:
    given = axes_of([None, op.integers(1) or None], op.attributes)
    rank = len(op.full()) + len(given)
    axes, left = {axis % rank for axis in given}, iter(op.full())
    return rearranged(op, tuple(1 if axis in axes else next(left) for axis in range(rank)))


def expand(op: Operation) -> Made:
    """A map as it is, or with each of its cells spread over space."""
    full, wanted = op.full(), op.integers(1)
    if not wanted:
        raise NotKnown
    made = np.broadcast_shapes(full, wanted)
    if prod(made) == prod(full):
        return rearranged(op, made)
    if len(made) != len(full) or len(full) < 3 or made[:2] != full[:2]:
        raise NotKnown
    return op.over_space(StackLayer("resize", made[2:]))


def reduce(op: Operation) -> Made:
    full = op.batched()
    axes = tuple(sorted(axis % len(full) for axis in op.counts("axes") or op.integers(1)))
    keeps = bool(op.integer("keepdims", 1))
    if not axes or 0 in axes:
        raise NotKnown
    made = tuple(1 if axis in axes else size for axis, size in enumerate(full) if keeps or axis not in axes)
    if axes == tuple(range(2, len(full))) and op.op in ("ReduceMean", "ReduceMax"):
        pooled = op.add(StackLayer("globalpool" if op.op == "ReduceMean" else "globalmaxpool"), [op.map()])
        return (pooled if keeps else op.environment.graph.add(StackLayer("flatten"), [pooled])), made
    return op.put(StackLayer("reduce", sizes=tuple(axis - 1 for axis in axes), keep=keeps), made)
