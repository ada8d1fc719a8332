"""What PyTorch's autograd gives for sixty graphs: python -m tests.kernels.make_computation_goldens, with torch==2.13.0.

With a number behind it, that many graphs are compared instead, and none is written.
"""

import json
import sys
from collections.abc import Callable
from random import Random
from typing import Any

import torch

from tests.kernels.computations import Values, drawn
from tests.kernels.golden_files import GOLDENS
from tests.kernels.test_computation import check

SEEDS = range(60)


def autograd(text: str, values: Values) -> tuple[Values, Values]:
    """Every value and every gradient of the last line, float64."""
    names: dict[str, Any] = {
        name: torch.tensor(value, dtype=torch.float64, requires_grad=True) for name, value in values.items()
    }
    for statement in text.split("; "):
        name, expression = statement.split(" = ", 1)
        names[name] = eval(expression, {**functions(torch), **names})
        names[name].retain_grad()
    names[name].backward()
    leaves = {key: torch.zeros_like(each) if each.grad is None else each.grad for key, each in names.items()}
    return (
        {key: tensor.tolist() for key, tensor in names.items()},
        {key: each.tolist() for key, each in leaves.items()},
    )


def functions(torch: Any) -> dict[str, Callable[..., Any]]:
    """Our functions in PyTorch's words."""

    def largest(first: Any, *others: Any) -> Any:
        for other in others:
            first = torch.maximum(first, torch.as_tensor(other, dtype=torch.float64))
        return first if others else first.max()

    def conv1d(x: Any, w: Any, b: Any = None, stride: int = 1, padding: int = 0) -> Any:
        bias = None if b is None else b.reshape(1)
        return torch.nn.functional.conv1d(x[None, None], w[None, None], bias, stride, padding)[0, 0]

    return {
        "exp": torch.exp,
        "ln": torch.log,
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "relu": torch.relu,
        "max": largest,
        "sum": torch.sum,
        "mean": torch.mean,
        "dot": torch.dot,
        "conv1d": conv1d,
        "maxpool1d": lambda x, *args, **more: torch.nn.functional.max_pool1d(x[None], *args, **more)[0],
        "softmax": lambda v: torch.softmax(v, 0),
        "nll": lambda p, target=None: -torch.log(p if target is None else p[target]),
    }


def golden(seed: int) -> dict[str, Any]:
    text, values = drawn(Random(seed))
    found, gradients = autograd(text, values)
    return {"graph": text, "given": values, "values": found, "gradients": gradients}


def main(count: int = 0) -> None:
    if not count:
        (GOLDENS / "computations.json").write_text(
            json.dumps([golden(seed) for seed in SEEDS], indent=None) + "\n", encoding="utf-8"
        )
        return
    for seed in range(1000, 1000 + count):
        check(golden(seed))
    print(f"{count} graphs agree")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
