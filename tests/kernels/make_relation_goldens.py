"""What PyTorch answers for the operations that sum over the one relation; run by make_goldens.py."""

import random
from typing import Any

import numpy as np

Answer = tuple[dict[str, Any], dict[str, np.ndarray | None]]


def whole(numbers: np.random.Generator, *shape: int) -> np.ndarray:
    """Whole numbers from −9 to 9."""
    return numbers.integers(-9, 9, shape, endpoint=True) * 1.0


def quarters(numbers: np.random.Generator, *shape: int) -> np.ndarray:
    """Quarters from −2 to 2."""
    return numbers.integers(-8, 8, shape, endpoint=True) / 4


def several(dice: random.Random, rank: int, least: int, most: int) -> list[int]:
    """A number for each axis of space."""
    return [dice.randint(least, most) for _ in range(rank)]


def parameters(dice: random.Random, rank: int) -> dict[str, Any]:
    """What every operation over the relation takes."""
    return {
        "stride": several(dice, rank, 1, 3),
        "padding": several(dice, rank, 0, 3),
        "dilation": several(dice, rank, 1, 3),
        "groups": dice.choice((1, 1, 2, 3)),
    }


def convolution3d(torch: Any, dice: random.Random, rank: int) -> Answer:
    numbers, setting = np.random.default_rng(dice.getrandbits(32)), parameters(dice, rank)
    groups = setting["groups"]
    x = whole(numbers, groups * dice.randint(1, 2), *several(dice, rank, 1, 5))
    w = quarters(numbers, groups * dice.randint(1, 2), len(x) // groups, *several(dice, rank, 1, 3))
    b = dice.choice((None, quarters(numbers, len(w))))
    y = torch.nn.functional.conv3d(batch(torch, x), tensor(torch, w), tensor(torch, b), **setting)[0]
    return setting, {"x": x, "w": w, "b": b, "y": y.numpy()}


def transposed(torch: Any, dice: random.Random, rank: int) -> Answer:
    numbers, setting = np.random.default_rng(dice.getrandbits(32)), parameters(dice, rank)
    setting["output_padding"] = several(dice, rank, 0, 2)
    groups = setting["groups"]
    x = whole(numbers, groups * dice.randint(1, 2), *several(dice, rank, 1, 5))
    w = quarters(numbers, len(x), dice.randint(1, 2), *several(dice, rank, 1, 4))
    b = dice.choice((None, quarters(numbers, groups * w.shape[1])))
    function = getattr(torch.nn.functional, f"conv_transpose{rank}d")
    y = function(batch(torch, x), tensor(torch, w), tensor(torch, b), **setting)[0]
    return setting, {"x": x, "w": w, "b": b, "y": y.numpy()}


def gradients(torch: Any, dice: random.Random, rank: int) -> Answer:
    """Both gradients of one convolution, by torch.nn.grad."""
    numbers, setting = np.random.default_rng(dice.getrandbits(32)), parameters(dice, rank)
    groups = setting["groups"]
    x = whole(numbers, groups * dice.randint(1, 2), *several(dice, rank, 2, 7 if rank < 3 else 4))
    w = quarters(numbers, groups * dice.randint(1, 2), len(x) // groups, *several(dice, rank, 1, 3))
    y = getattr(torch.nn.functional, f"conv{rank}d")(batch(torch, x), tensor(torch, w), **setting)
    grad_output = quarters(numbers, *y.shape[1:])
    above = batch(torch, grad_output)
    by_input, by_weight = (getattr(torch.nn.grad, f"conv{rank}d_{what}") for what in ("input", "weight"))
    grad_x = by_input((1, *x.shape), tensor(torch, w), above, **setting)[0]
    grad_w = by_weight(batch(torch, x), w.shape, above, **setting)
    return setting, {
        "x": x,
        "w": w,
        "grad_output": grad_output,
        "grad_x": grad_x.numpy(),
        "grad_w": grad_w.numpy(),
    }


def gated(torch: Any, dice: random.Random, rank: int) -> Answer:
    """Both gradients of a convolution that an activation followed, by autograd: forward once, and back once."""
    numbers, setting = np.random.default_rng(dice.getrandbits(32)), parameters(dice, rank)
    groups = setting["groups"]
    grids = {"x": quarters(numbers, groups * dice.randint(1, 2), *several(dice, rank, 2, 5))}
    grids["w"] = quarters(numbers, groups * dice.randint(1, 2), len(grids["x"]) // groups, *several(dice, rank, 1, 3))
    grids["b"] = quarters(numbers, len(grids["w"]))
    x, w, b = (torch.tensor(grid, requires_grad=True) for grid in grids.values())
    z = getattr(torch.nn.functional, f"conv{rank}d")(x[None], w, b, **setting)[0]
    z.retain_grad()
    activation = dice.choice(("relu", "sigmoid", "tanh"))
    above = whole(numbers, *z.shape)
    getattr(torch, activation)(z).backward(torch.tensor(above))
    grids |= {"z": z.detach().numpy(), "grad_output": above, "grad_z": z.grad.numpy()}
    return setting | {"activation": activation}, {**grids, "grad_x": x.grad.numpy(), "grad_w": w.grad.numpy()}


def folds(torch: Any, dice: random.Random, rank: int) -> Answer:
    """unfold of x, and fold of other columns of that shape; PyTorch has both for pictures only."""
    numbers, setting = np.random.default_rng(dice.getrandbits(32)), parameters(dice, rank)
    del setting["groups"]
    setting["kernel_size"] = several(dice, rank, 1, 4)
    x = whole(numbers, dice.randint(1, 3), *several(dice, rank, 2, 7))
    unfolded = torch.nn.functional.unfold(batch(torch, x), **setting)[0]
    columns = whole(numbers, *unfolded.shape)
    folded = torch.nn.functional.fold(batch(torch, columns), x.shape[1:], **setting)[0]
    return setting, {"x": x, "unfolded": unfolded.numpy(), "columns": columns, "folded": folded.numpy()}


def tensor(torch: Any, grid: np.ndarray | None) -> Any:
    return None if grid is None else torch.tensor(grid)


def batch(torch: Any, grid: np.ndarray) -> Any:
    return torch.tensor(grid)[None]


# Name of the file: seed, how many settings on how many axes of space, how one is drawn and answered.
ANSWERS = {
    "convolutions3d": (30, {3: 200}, convolution3d),
    "transposed": (31, {1: 200, 2: 200, 3: 40}, transposed),
    "gradients": (32, {1: 60, 2: 200, 3: 40}, gradients),
    "gated": (34, {1: 30, 2: 70}, gated),
    "folds": (33, {2: 200}, folds),
}
