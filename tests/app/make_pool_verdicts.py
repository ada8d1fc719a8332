"""Write pool_verdicts.json: which random settings of every pooling torch==2.13.0 takes, and which it refuses.

    python -m tests.app.make_pool_verdicts

An answer that is not finite, or empty, counts as refused: such a scene cannot be shown.
"""

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import torch

VERDICTS = Path(__file__).parent / "pool_verdicts.json"
EACH = 60
OPERATIONS = ("max_pool1d", "max_pool2d", "avg_pool1d", "avg_pool2d", "lp_pool2d", "max_unpool2d")


def main() -> None:
    assert torch.__version__.split("+")[0] == "2.13.0", torch.__version__
    dice = random.Random(3)
    verdicts = [verdict(torch, dice, operation) for operation in OPERATIONS for _ in range(EACH)]
    VERDICTS.write_text("[\n" + ",\n".join(map(json.dumps, verdicts)) + "\n]\n", encoding="utf-8")
    taken = sum(entry["taken"] for entry in verdicts)
    print(f"{VERDICTS.name}: {taken} settings taken, {len(verdicts) - taken} refused")


def verdict(torch: Any, dice: random.Random, operation: str) -> dict[str, Any]:
    """One setting, as raw values of an address, and whether PyTorch takes it."""
    spatial = 1 if operation.endswith("1d") else 2
    shape = [dice.randint(1, 2), *(dice.randint(1, 6) for _ in range(spatial))]
    parameters = draw(dice, operation, spatial)
    x = torch.ones(shape, dtype=torch.float64)
    indices = torch.arange(x[0].numel()).expand(shape[0], -1).reshape(shape)
    raw = {name: spelled(value) for name, value in parameters.items()} | {"x": f"ones:{'x'.join(map(str, shape))}"}
    if operation == "max_unpool2d":
        raw["indices"] = f"ramp:{'x'.join(map(str, shape[1:]))}"
        parameters["indices"] = indices
    try:
        y = getattr(torch.nn.functional, operation)(x, **parameters)
        taken = bool(y.numel() and np.isfinite(y.numpy()).all())
    except (RuntimeError, ValueError):
        taken = False
    return {"operation": operation, "raw": raw, "taken": taken}


def draw(dice: random.Random, operation: str, spatial: int) -> dict[str, Any]:
    """Some of the parameters that this operation has, often a little out of bounds."""

    def some(least: int, most: int) -> list[int]:
        return [dice.randint(least, most) for _ in range(spatial)]

    parameters: dict[str, Any] = {"kernel_size": some(1, 4)}
    choices: dict[str, Any] = {
        "stride": some(1, 4),
        "padding": some(0, 3),
        "dilation": some(1, 3),
        "ceil_mode": True,
        "count_include_pad": False,
        "divisor_override": dice.choice([0, 3, -2]),
        "output_size": some(1, 9),
    }
    known = {
        "max_pool": ("stride", "padding", "dilation", "ceil_mode"),
        "avg_pool": ("stride", "padding", "ceil_mode", "count_include_pad"),
        "lp_pool": ("stride", "ceil_mode"),
        "max_unpool": ("stride", "padding", "output_size"),
    }[operation[:-2]]
    known += ("divisor_override",) if operation == "avg_pool2d" else ()
    parameters |= {name: choices[name] for name in known if dice.random() < 0.5}
    return parameters | ({"norm_type": dice.randint(1, 5)} if operation == "lp_pool2d" else {})


def spelled(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value).lower()


if __name__ == "__main__":
    main()
