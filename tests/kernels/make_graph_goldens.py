"""Write goldens/graphs.json: random graphs, counted on a real forward pass of PyTorch, and what its gradients reach.

    python -m tests.kernels.make_graph_goldens

Three hundred graphs with branches, joins, groups and transposed layers, drawn by hypothesis as test_graph.py draws
them. For each node its shape, parameters and multiplications; for the middle row of the last map the first and the
last input row with a gradient, through random positive weights. Needs torch==2.13.0.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, seed, settings

from kernels.graph import INPUT, Node
from kernels.layers import StackLayer
from tests.kernels.test_graph import CHANNELS, SIZE, graphs, joined, multiplications_of, torch_modules

GOLDEN = Path(__file__).parent / "goldens" / "graphs.json"
COUNT = 300


def main() -> None:
    import torch  # Only here: pytest looks for doctests in this file, too.

    assert torch.__version__.split("+")[0] == "2.13.0", torch.__version__
    found: list[dict[str, Any]] = []

    @seed(15)
    @settings(max_examples=COUNT, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(graphs())
    def draw(graph: tuple[Node, ...]) -> None:
        found.append(report(torch, graph))

    draw()
    lines = ",\n".join(json.dumps(each, separators=(",", ":")) for each in found)
    GOLDEN.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    print(len(found), "graphs")


def report(torch: Any, graph: tuple[Node, ...]) -> dict[str, Any]:
    """The graph, and what PyTorch makes of it."""
    torch.manual_seed(0)
    x = torch.rand(1, CHANNELS, SIZE, SIZE, dtype=torch.float64, requires_grad=True)
    maps, nodes = {INPUT: x}, []
    for index, node in enumerate(graph):
        sources = [maps[source] for source in node.sources]
        parameters = multiplications = 0
        if node.is_join:
            maps[index] = joined(torch, node.layer.kind, sources)
        else:
            module = torch_modules(torch, node.layer, sources[0].shape[1]).double().eval()
            for parameter in module.parameters():
                torch.nn.init.uniform_(parameter, 0.1, 1)
            maps[index] = module(sources[0])
            parameters = sum(parameter.numel() for parameter in module.parameters())
            multiplications = multiplications_of(torch, module, sources[0], maps[index])
        counts = [list(maps[index].shape[1:]), parameters, multiplications]
        nodes.append([settings_of(node.layer), list(node.sources), *counts])
    last = maps[len(graph) - 1]
    (gradient,) = torch.autograd.grad(last[0, :, last.shape[2] // 2].sum(), x)
    rows = gradient[0].abs().sum((0, 2)).nonzero().flatten().tolist()
    return {"nodes": nodes, "reached": [rows[0], rows[-1]] if rows else None}


def settings_of(layer: StackLayer) -> dict[str, Any]:
    """What a layer has other than its kind's defaults."""
    plain = asdict(StackLayer(layer.kind))
    return {"kind": layer.kind, **{name: value for name, value in asdict(layer).items() if value != plain[name]}}


if __name__ == "__main__":
    main()
