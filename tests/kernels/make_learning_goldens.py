"""Writes goldens/learning.npz: kernels learned by torch.optim.SGD on ½ Σ (conv2d(x, w) − wanted)², by autograd.

python -m tests.kernels.make_learning_goldens        (needs torch==2.13.0)
"""

import json
import random
from typing import Any

import numpy as np
import torch

from tests.kernels.golden_files import GOLDENS

SETTINGS = 40
ITERATIONS = 12
GRIDS = ("x", "wanted", "start", "w", "gradient", "loss")


def learned(torch: Any, dice: random.Random, ways: random.Random) -> dict[str, Any]:
    numbers = np.random.default_rng(dice.getrandbits(32))
    kernel = [dice.randint(1, 3), dice.randint(1, 3)]
    stride, padding = [dice.randint(1, 2), dice.randint(1, 2)], [dice.randint(0, 1), dice.randint(0, 1)]
    x = torch.tensor(numbers.integers(-4, 5, [dice.randint(4, 7), dice.randint(4, 7)]) * 1.0)
    w = torch.tensor(numbers.integers(-8, 9, kernel) / 4, requires_grad=True)
    start = w.detach().numpy().copy()

    def forward() -> Any:
        return torch.nn.functional.conv2d(x[None, None], w[None, None], stride=stride, padding=padding)[0, 0]

    wanted = torch.tensor(numbers.integers(-9, 10, tuple(forward().shape)) * 1.0)
    learning_rate = dice.choice((0.001, 0.004, 0.02))
    momentum, weight_decay = ways.choice((0.0, 0.0, 0.5, 0.9)), ways.choice((0.0, 0.0, 2.0, 20.0))
    descent = torch.optim.SGD([w], lr=learning_rate, momentum=momentum, weight_decay=weight_decay)
    history: dict[str, list[Any]] = {"w": [], "gradient": [], "loss": []}
    for _ in range(ITERATIONS + 1):
        descent.zero_grad()
        loss = ((forward() - wanted) ** 2).sum() / 2
        loss.backward()
        for name, value in (("w", w), ("gradient", w.grad), ("loss", loss)):
            history[name].append(value.detach().numpy().copy())
        descent.step()
    grids = {"x": x.numpy(), "wanted": wanted.numpy(), "start": start}
    grids |= {name: np.array(values) for name, values in history.items()}
    shapes = {f"{name}_shape": grids[name].shape for name in GRIDS}
    way = {"learning_rate": learning_rate, "momentum": momentum, "weight_decay": weight_decay}
    return {"stride": stride, "padding": padding, **way, **shapes, "grids": grids}


def main() -> None:
    assert torch.__version__.split("+")[0] == "2.13.0", torch.__version__
    torch.set_default_dtype(torch.float64)
    dice, ways = random.Random(3), random.Random(4)
    made = [learned(torch, dice, ways) for _ in range(SETTINGS)]
    grids = [setting.pop("grids") for setting in made]
    values = {name: np.concatenate([each[name].ravel() for each in grids]) for name in GRIDS}
    np.savez_compressed(GOLDENS / "learning.npz", settings=json.dumps(made), **values)


if __name__ == "__main__":
    main()
