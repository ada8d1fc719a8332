"""Networks for programs: the list, and every layer of one."""

from typing import Any

from app.pages.networks.catalogue import is_block
from app.pages.networks.describing import describe
from kernels.network import Counted, Network, Totals

SETTINGS = ("kernel", "stride", "padding", "dilation", "output_padding")


def entry(network: Network) -> dict[str, Any]:
    """A network in one line of the list."""
    sums = network.totals
    return {
        "name": network.name,
        "title": network.title,
        "kind": "block" if is_block(network) else "network",
        "year": network.facts.get("year"),
        "input": network.input,
        "parameters": sums.parameters,
        "multiplications": sums.multiplications,
        "units": sums.units,
    }


def document(network: Network) -> dict[str, Any]:
    """A network with all its layers and totals."""
    return {
        **entry(network),
        "paper": network.facts.get("paper"),
        "notes": network.facts.get("notes", []),
        "layers": [layer_document(network, layer) for layer in network.layers],
        "totals": totals_document(network.totals),
    }


def totals_document(sums: Totals) -> dict[str, int]:
    return {
        "parameters": sums.parameters,
        "weights": sums.weights,
        "units": sums.units,
        "connections": sums.connections,
        "multiplications": sums.multiplications,
        "activation_bytes": sums.memory,
    }


def layer_document(network: Network, layer: Counted) -> dict[str, Any]:
    """One layer. `units` is 0 where it works in place; sizes have one number for each axis of space."""
    measured, seen = layer.measured, network.fields.get(layer.place)
    return {
        "part": layer.part,
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
        "activation_bytes": layer.memory,
        "receptive_field": [axis.size for axis in seen] if seen else None,
        "effective_stride": [None if axis.stride is None else number(axis.stride) for axis in seen] if seen else None,
    }


def number(stride: Any) -> int | float:
    """A stride may be a fraction behind a transposed layer."""
    return int(stride) if stride.denominator == 1 else float(stride)
