"""The counted table of a network as a file: one line for each layer, for spreadsheets."""

import csv
from io import StringIO

from app.address.phrases import times
from app.pages.networks.describing import describe
from kernels.network import Network

COLUMNS = (
    *("part", "name", "layer", "input", "output", "parameters", "multiplications", "other operations"),
    *("units", "connections", "bytes", "receptive field"),
)


def table(network: Network) -> str:
    """All layers that are known, with their sums below where everything is."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for layer in network.layers:
        seen = network.fields.get(layer.place)
        writer.writerow(
            [
                plain(layer.part),
                plain(layer.layer.name or layer.place),
                describe(layer),
                " + ".join(times(shape) for shape in layer.measured.inputs),
                times(layer.shape),
                *(layer.parameters, layer.multiplications, layer.other_operations),
                *(layer.units, layer.connections, layer.memory),
                times([axis.size for axis in seen]) if seen else "",
            ]
        )
    if not network.unknown:
        sums = network.totals
        counted = (sums.parameters, sums.multiplications, sums.other_operations)
        writer.writerow(["", "", "", "", "", *counted, sums.units, sums.connections, sums.memory, ""])
    return out.getvalue()


def plain(text: str) -> str:
    """A name that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@" else text
