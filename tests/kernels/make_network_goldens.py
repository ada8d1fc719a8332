"""Write goldens/networks.json: every layer of PyTorch models of our networks, its shape and its parameters.

    python -m tests.kernels.make_network_goldens

The models are written as a PyTorch user writes them, from the papers and torchvision's sources, not from
kernels/architectures. A forward pass without memory (device "meta") reports each layer in the order in which it runs:
of a residual block first the layers, then the shortcut; of an inception module its paths from left to right.
"""

import json
from pathlib import Path
from typing import Any

import torch

from tests.kernels import network_models

GOLDEN = Path(__file__).parent / "goldens" / "networks.json"


def main() -> None:
    assert torch.__version__.split("+")[0] == "2.13.0", torch.__version__
    with torch.device("meta"):
        goldens = {name: report(torch, *network_models.model(name)) for name in network_models.NAMES}
    GOLDEN.write_text(spelled(goldens), encoding="utf-8")
    for name, golden in goldens.items():
        print(f"{name}: {len(golden['layers'])} layers, {golden['parameters']:,} parameters")


def report(torch: Any, model: Any, shape: tuple[int, ...]) -> dict[str, Any]:
    """Input, parameters, and for each layer its kind, output shape and parameters."""
    layers: list[list[Any]] = []

    def heard(module: Any, _: Any, output: Any) -> None:
        parameters = sum(weights.numel() for weights in module.parameters())
        layers.append([type(module).__name__, list(output.shape[1:]), parameters])

    for module in model.modules():
        if not list(module.children()):
            module.register_forward_hook(heard)
    model.eval()(torch.empty(1, *shape))
    return {"input": list(shape), "parameters": sum(w.numel() for w in model.parameters()), "layers": layers}


def spelled(goldens: dict[str, Any]) -> str:
    """JSON with one layer a line, so that a change can be read."""
    networks = []
    for name, golden in goldens.items():
        lines = ",\n".join(f"      {json.dumps(layer)}" for layer in golden["layers"])
        facts = f'"input": {golden["input"]}, "parameters": {golden["parameters"]}'
        networks.append(f'  "{name}": {{{facts},\n    "layers": [\n{lines}\n    ]}}')
    return "{\n" + ",\n".join(networks) + "\n}\n"


if __name__ == "__main__":
    main()
