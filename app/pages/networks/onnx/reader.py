"""The nodes of a file in their order: a layer for each that works on maps, numbers for those that are known."""

import re
from collections.abc import Sequence
from dataclasses import replace
from math import prod
from typing import Any

import numpy as np

from app.address.phrases import shown
from app.pages.networks import words
from app.pages.networks.onnx.constants import Constant, folded, tensor_of
from app.pages.networks.onnx.environment import Environment, FullShape
from app.pages.networks.onnx.operation import NotKnown, Operation
from app.pages.networks.onnx.operations import OPERATIONS
from app.pages.networks.onnx.pieces import split_to_sequence
from app.pages.networks.onnx.refusing import refuse
from app.pages.networks.torch_graph import Map
from kernels.layers import UNKNOWN, StackLayer

MOST_EDGES = 10_000
ALIASES = frozenset({"Identity", "Cast", "CastLike"})
"""What hands on the same numbers."""
PARAMETER = re.compile(r"[A-Za-z_]\w*(\.\w+)*")
"""What PyTorch calls a parameter; what an export computes has other marks in its name."""
PLAIN_VALUES = ("value_ints", "value_int", "value_floats", "value_float")


def follow(environment: Environment, nodes: Any) -> None:
    """Puts the nodes down, one after another."""
    edges = 0
    for node in nodes:
        edges += len(node.input)
        if edges > MOST_EDGES:
            refuse(words.ONNX_TOO_MUCH)
        if not node.output and node.op_type:
            refuse(words.ONNX_BROKEN)
        if not all(not name or environment.knows(name) for name in node.input):
            refuse(words.ONNX_ORDER, op=shown(node.op_type))
        put_down(Operation(environment, node, attributes_of(node)))


def attributes_of(node: Any) -> dict[str, Any]:
    from onnx import helper

    return {each.name: helper.get_attribute_value(each) for each in node.attribute}


def put_down(op: Operation) -> None:
    """One node: numbers that are known, or a layer."""
    environment = op.environment
    reads_map = any(name in environment.maps or name in environment.sequences for name in op.names)
    if op.op in ("Constant", "ConstantOfShape") or not reads_map:
        keep_constant(op)
    elif op.op in ("Shape", "Size"):
        keep_shape(op)
    elif op.op in ALIASES or (op.op == "Dropout" and not op.attributes):
        keep_alias(op)
    else:
        try:
            keep_maps(op)
        except NotKnown:
            keep_unknown(op)


def keep_constant(op: Operation) -> None:
    made = evaluated(op)
    for name in op.outputs:
        op.environment.constants[name] = renamed(made, name) if made else Constant(())


def evaluated(op: Operation) -> Constant | None:
    """The numbers of a node that reads no map, where they can be known."""
    if op.op == "Constant":
        value = op.attributes.get("value")
        if hasattr(value, "dims"):
            return tensor_of(value, is_learned=False)
        plain = next((op.attributes[name] for name in PLAIN_VALUES if name in op.attributes), None)
        return None if plain is None else Constant(np.shape(plain), np.asarray(plain))
    inputs = [op.constant(index) if op.has(index) else None for index in range(len(op.names))]
    try:
        return folded(op.op, inputs, op.attributes)
    except (ValueError, TypeError, IndexError):
        return None


def renamed(constant: Constant, name: str) -> Constant:
    """A copy of a learned tensor under the name of another parameter is that one: exports store equal ones once."""
    is_parameter = bool(constant.learned) and PARAMETER.fullmatch(name)
    return replace(constant, learned=name) if is_parameter else constant


def keep_shape(op: Operation) -> None:
    full = op.environment.full.get(op.names[0])
    start, stop = op.attributes.get("start", 0), op.attributes.get("end")
    values = None if full is None else np.asarray(full[start:stop], dtype=np.int64)
    if values is not None and op.op == "Size":
        values = np.asarray(prod(full or ()))
    op.environment.constants[op.outputs[0]] = Constant(() if values is None else values.shape, values)


def keep_alias(op: Operation) -> None:
    environment, name, output = op.environment, op.names[0], op.outputs[0]
    if name in environment.maps:
        environment.maps[output], environment.full[output] = environment.maps[name], environment.full.get(name)
    else:  # numbers, in the type of a map
        environment.constants[output] = environment.constants[name]


def keep_maps(op: Operation) -> None:
    """The maps of an operation under their names; NotKnown for one that cannot be followed."""
    environment = op.environment
    if op.op == "SplitToSequence":
        environment.sequences[op.outputs[0]] = split_to_sequence(op)
        return
    if op.op not in OPERATIONS:
        raise NotKnown
    if any(name in environment.maps and environment.full[name] is None for name in op.names):
        made: Sequence[tuple[Map, FullShape | None]] = [behind_unknown(op)]
    else:
        one_or_several = OPERATIONS[op.op](op)
        made = one_or_several if isinstance(one_or_several, list) else [one_or_several]
    for name, (map_, full) in zip(op.outputs, made, strict=False):
        environment.maps[name], environment.full[name] = map_, full
    for name in op.outputs[len(made) :]:
        environment.constants[name] = Constant(())


def behind_unknown(op: Operation) -> tuple[Map, None]:
    """A layer on a map whose shape nobody knows: it is named, and what it learns may be counted."""
    return op.add(StackLayer("identity", called=op.op), op.maps), None


def keep_unknown(op: Operation) -> None:
    """An operation that nobody here knows: what is behind it cannot be followed."""
    made = op.add(StackLayer(UNKNOWN, called=shown(op.op or "?")), op.maps)
    for output in op.outputs:
        op.environment.maps[output], op.environment.full[output] = made, None
