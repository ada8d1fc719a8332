"""ONNX's operations that join maps along an axis, and those that take pieces of one."""

from app.pages.networks.onnx.environment import FullShape, Made
from app.pages.networks.onnx.operation import NotKnown, Operation
from app.pages.networks.onnx.shapes import rearranged, reshaping
from app.pages.networks.torch_graph import Map
from kernels.layers import StackLayer

MOST_PIECES = 256


def concat(op: Operation) -> Made:
    """Maps side by side; learned numbers among them, such as a class token, become a node."""
    shapes = [op.shape_of(index) for index in range(len(op.names))]
    if any(not shape or shape[0] != 1 for shape in shapes):
        raise NotKnown
    axis = op.axis(len(shapes[0]))
    if axis == 0:
        raise NotKnown
    maps = [op.map(index) if op.is_map(index) else constant_map(op, index) for index in range(len(op.names))]
    full = list(shapes[0])
    full[axis] = sum(shape[axis] for shape in shapes)
    return op.add(StackLayer("concat", axis=axis - 1), maps), tuple(full)


def constant_map(op: Operation, index: int) -> Map:
    """Numbers of the file as a node that reads nothing."""
    constant = op.constant(index)
    assert constant is not None
    layer = StackLayer("parameter", sizes=constant.shape[1:], affine=op.environment.claim(constant))
    return op.environment.graph.add(layer, [])


def slice_(op: Operation) -> Made:
    full = op.batched()
    starts, stops, axes, steps = bounds(op)
    if not starts or not len(starts) == len(stops) == len(axes) == len(steps):
        raise NotKnown
    made = op.map()
    for start, stop, axis, step in zip(starts, stops, axes, steps, strict=True):
        axis %= len(full)
        cut = slice(start, stop, step).indices(full[axis])
        if cut == (0, full[axis], 1):
            continue
        if axis == 0 or step < 1:
            raise NotKnown
        made, full = cut_along(op, made, full, axis, cut)
    return made, full


def bounds(op: Operation) -> tuple[tuple[int, ...], ...]:
    """Where a slice starts and stops, on which axes, in which steps; before version 10 these were attributes."""
    if "starts" in op.attributes:
        starts, stops = op.counts("starts"), op.counts("ends")
        return starts, stops, op.counts("axes") or tuple(range(len(starts))), (1,) * len(starts)
    starts, stops = op.integers(1), op.integers(2)
    axes = op.integers(3) if op.has(3) else tuple(range(len(starts)))
    return starts, stops, axes, op.integers(4) if op.has(4) else (1,) * len(starts)


def cut_along(op: Operation, source: Map, full: FullShape, axis: int, cut: tuple[int, int, int]) -> Made:
    size = len(range(*cut))
    if not size:
        raise NotKnown
    layer = StackLayer("slice", axis=axis - 1, sizes=cut)
    return op.add(layer, [source]), (*full[:axis], size, *full[axis + 1 :])


def split(op: Operation) -> list[Made]:
    full = op.batched()
    axis, count = op.axis(len(full)), len(op.outputs)
    each = -(-full[axis] // count)
    pieces = op.counts("split") or op.integers(1) or (each,) * (count - 1) + (full[axis] - each * (count - 1),)
    return pieces_along(op, full, axis, pieces)


def split_to_sequence(op: Operation) -> list[Made]:
    """Pieces of one size, or of those that are listed, in a list from which each is taken by its number."""
    full, sizes = op.batched(), op.constant(1)
    axis, pieces = op.axis(len(full)), op.integers(1)
    if sizes is not None and not sizes.shape and pieces and pieces[0] > 0:
        whole, left = divmod(full[axis], pieces[0])
        pieces = (pieces[0],) * min(whole, MOST_PIECES) + ((left,) if left else ())
    return pieces_along(op, full, axis, pieces)


def sequence_at(op: Operation) -> Made:
    pieces, (index, *_) = op.environment.sequences.get(op.names[0], []), op.integers(1) or (0,)
    if not -len(pieces) <= index < len(pieces):
        raise NotKnown
    return pieces[index]


def pieces_along(op: Operation, full: FullShape, axis: int, pieces: tuple[int, ...]) -> list[Made]:
    """A map cut along an axis into pieces of these sizes."""
    if axis == 0 or sum(pieces) != full[axis] or len(pieces) > MOST_PIECES or min(pieces) < 1:
        raise NotKnown
    start, made = 0, []
    for size in pieces:
        made.append(cut_along(op, op.map(), full, axis, (start, start + size, 1)))
        start += size
    return made


def gather(op: Operation) -> Made:
    """One entry along an axis; q, k and v are often taken apart so."""
    full, index = op.full(), op.constant(1)
    axis = op.axis(len(full))
    if index is None or index.values is None or index.values.size != 1:
        raise NotKnown
    at = int(index.values.ravel()[0]) % full[axis]
    without = (*full[:axis], *index.shape, *full[axis + 1 :])
    has_batch = full[0] == 1 and op.map().shape == full[1:]
    if has_batch and axis == 0:
        return rearranged(op, without)
    if has_batch:
        made, whole = cut_along(op, op.map(), full, axis, (at, at + 1, 1))
    else:
        layer = StackLayer("slice", axis=axis, sizes=(at, at + 1, 1))
        made, whole = op.environment.graph.add(layer, [op.map()]), (*full[:axis], 1, *full[axis + 1 :])
    shape = without[1:] if len(without) > 1 and without[0] == 1 else without
    if without == whole or made.shape == shape:
        return made, without
    return op.environment.graph.add(reshaping(shape), [made]), without
