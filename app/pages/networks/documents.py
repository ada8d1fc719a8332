"""Networks for programs: the list, and every layer of one."""

from collections.abc import Sequence
from typing import Any

from app.pages.networks import words
from app.pages.networks.catalogue import is_block
from app.pages.networks.describing import describe
from app.pages.networks.source import Listed
from kernels.graph import INPUT, parameters_alone
from kernels.network import Counted, Network

SETTINGS = ("kernel", "stride", "padding", "dilation", "output_padding")


def entry(network: Network) -> dict[str, Any]:
    """A network in one line of the list."""
    sums = totals_document(network)
    return {
        "name": network.name,
        "title": network.title,
        "kind": "block" if is_block(network) else "network",
        "year": network.facts.get("year"),
        "input": network.input,
        **{name: sums[name] for name in ("parameters", "multiplications", "units")},
    }


def document(network: Network) -> dict[str, Any]:
    """A network with all its layers and totals."""
    return {
        **entry(network),
        "paper": network.facts.get("paper"),
        "notes": network.facts.get("notes", []),
        "accuracy": network.facts.get("accuracy"),
        "layers": [layer_document(network, layer) for layer in network.layers],
        "nodes": [node_document(network, index) for index in range(len(network.nodes))],
        "unknown": network.unknown,
        "totals": totals_document(network),
    }


def totals_document(network: Network) -> dict[str, int | None]:
    """The sums, all of them or none: each is null where a node is unknown."""
    sums = network.totals
    found = {
        "parameters": sums.parameters,
        "weights": sums.weights,
        "units": sums.units,
        "connections": sums.connections,
        "multiplications": sums.multiplications,
        "other_operations": sums.other_operations,
        "activation_bytes": sums.memory,
    }
    if network.unknown:
        return {**dict.fromkeys(found), "peak_activation_bytes": None}
    return {**found, "peak_activation_bytes": network.peak_memory}


def node_document(network: Network, index: int) -> dict[str, Any]:
    """One node of the graph, what is unknown of it null."""
    node = network.nodes[index]
    counted = network.by_place.get(node.place)
    seen = network.fields.get(node.place)
    return {
        "name": node.layer.name or node.place,
        "place": node.place,
        "kind": node.layer.kind,
        "called": node.layer.called or None,
        "reads": ["input" if source == INPUT else network.nodes[source].place for source in node.sources],
        "shape": counted.shape if counted else None,
        "parameters": counted.parameters if counted else parameters_alone(node.layer),
        "multiplications": counted.multiplications if counted else None,
        "other_operations": counted.other_operations if counted else None,
        "connections": counted.connections if counted else None,
        "activation_bytes": counted.memory if counted else None,
        "receptive_field": [axis.size for axis in seen] if seen else None,
    }


def listed_document(listed: Sequence[Listed]) -> dict[str, Any]:
    """A printout whose layers are known, but not how they are connected: parameters, and nothing else."""
    rows = [
        {
            **dict.fromkeys(("shape", "multiplications", "other_operations", "connections", "activation_bytes")),
            **{"name": each.name, "kind": each.layer.kind, "called": each.layer.called, "parameters": each.parameters},
        }
        for each in listed
    ]
    sums = listed_totals(listed)
    whole = {name: sums[name] for name in ("parameters", "multiplications", "units")}
    return {**whole, "nodes": rows, "unknown": unknown_of(listed), "totals": sums}


def unknown_of(listed: Sequence[Listed]) -> list[str]:
    """What keeps the sums of a printout from being whole: its forward, and layers that nobody here knows."""
    return [words.THE_FORWARD, *dict.fromkeys(each.layer.called for each in listed if each.parameters is None)]


def listed_totals(listed: Sequence[Listed]) -> dict[str, int | None]:
    counts = [each.parameters for each in listed]
    known = [count for count in counts if count is not None]
    names = ("weights", "units", "connections", "multiplications", "other_operations", "activation_bytes")
    whole = sum(known) if len(known) == len(counts) else None
    return {"parameters": whole, **dict.fromkeys((*names, "peak_activation_bytes"))}


def layer_document(network: Network, layer: Counted) -> dict[str, Any]:
    """One layer. `units` is 0 where it works in place; sizes have one number for each axis of space."""
    measured, seen = layer.measured, network.fields.get(layer.place)
    return {
        "part": layer.part,
        "name": layer.layer.name,
        "place": layer.place,
        "kind": layer.kind,
        "describes": describe(layer),
        "input_shapes": measured.inputs,
        "output_shape": layer.shape,
        **{name: [getattr(window, name) for window in measured.windows] for name in SETTINGS if measured.windows},
        "groups": layer.layer.groups,
        "units": layer.units,
        "weights": measured.weights,
        "biases": measured.biases,
        "parameters": layer.parameters,
        "connections": layer.connections,
        "multiplications": layer.multiplications,
        "other_operations": layer.other_operations,
        "activation_bytes": layer.memory,
        "receptive_field": [axis.size for axis in seen] if seen else None,
        "effective_stride": [None if axis.stride is None else number(axis.stride) for axis in seen] if seen else None,
    }


def number(stride: Any) -> int | float:
    """A stride may be a fraction behind a transposed layer."""
    return int(stride) if stride.denominator == 1 else float(stride)
