"""What PyTorch answers for pooling, its inverse and its gradients; run by make_goldens.py."""

import random
from typing import Any

import numpy as np

from tests.kernels.make_relation_goldens import Answer, batch, quarters, several, whole


def few_values(numbers: np.random.Generator, dice: random.Random, rank: int) -> np.ndarray:
    """A grid of which half have many equal values, so that ties are there to be broken."""
    shape = (dice.randint(1, 3), *several(dice, rank, 1, 9 if rank < 3 else 5))
    return dice.choice((whole(numbers, *shape), numbers.integers(-1, 1, shape, endpoint=True) * 1.0))


def max_pool(torch: Any, dice: random.Random, rank: int) -> Answer:
    """y, argmax, the gradient of x, and, where PyTorch can do it, what max_unpool makes of y."""
    numbers = np.random.default_rng(dice.getrandbits(32))
    setting = {
        "kernel_size": several(dice, rank, 1, 4),
        "stride": several(dice, rank, 1, 4),
        "padding": several(dice, rank, 0, 2),
        "dilation": several(dice, rank, 1, 3),
        "ceil_mode": dice.random() < 0.5,
    }
    x = few_values(numbers, dice, rank)
    given = batch(torch, x).requires_grad_()
    function = getattr(torch.nn.functional, f"max_pool{rank}d")
    y, argmax = function(given, **setting, return_indices=True)
    if not torch.isfinite(
        y
    ).all():  # A window in the padding, whose index may lie outside: the next calls would trust it.
        raise ValueError("a window reads nothing")
    grad_output = quarters(numbers, *y.shape[1:])
    (grad_x,) = torch.autograd.grad(y, given, batch(torch, grad_output))
    unpooled = unpool(torch, y.detach(), argmax, setting, x.shape[1:])
    return setting, {
        "x": x,
        "y": y.detach()[0].numpy(),
        "argmax": argmax[0].numpy(),
        "grad_output": grad_output,
        "grad_x": grad_x[0].numpy(),
        "unpooled": unpooled,
    }


def unpool(torch: Any, y: Any, argmax: Any, setting: dict[str, Any], shape: tuple[int, ...]) -> np.ndarray | None:
    """What max_unpool makes of y in the shape of x; None where that is further than a stride from the usual size."""
    function = getattr(torch.nn.functional, f"max_unpool{len(shape)}d")
    windows = {name: setting[name] for name in ("kernel_size", "stride", "padding")}
    try:
        return function(y, argmax, **windows, output_size=shape)[0].numpy()
    except ValueError:
        return None


def avg_pool(torch: Any, dice: random.Random, rank: int) -> Answer:
    numbers = np.random.default_rng(dice.getrandbits(32))
    setting = {
        "kernel_size": several(dice, rank, 1, 4),
        "stride": several(dice, rank, 1, 4),
        "padding": several(dice, rank, 0, 2),
        "ceil_mode": dice.random() < 0.5,
        "count_include_pad": dice.random() < 0.5,
    }
    if rank > 1:  # avg_pool1d has none
        setting["divisor_override"] = dice.choice((None, None, 3, 7))
    x = few_values(numbers, dice, rank)
    given = batch(torch, x).requires_grad_()
    y = getattr(torch.nn.functional, f"avg_pool{rank}d")(given, **setting)
    grad_output = quarters(numbers, *y.shape[1:])
    (grad_x,) = torch.autograd.grad(y, given, batch(torch, grad_output))
    return setting, {"x": x, "y": y.detach()[0].numpy(), "grad_output": grad_output, "grad_x": grad_x[0].numpy()}


def lp_pool(torch: Any, dice: random.Random, rank: int) -> Answer:
    numbers = np.random.default_rng(dice.getrandbits(32))
    setting = {
        "norm_type": dice.randint(1, 5),
        "kernel_size": several(dice, rank, 1, 4) if rank > 1 else dice.randint(1, 4),
        "stride": several(dice, rank, 1, 4) if rank > 1 else dice.randint(1, 4),
        "ceil_mode": dice.random() < 0.5,
    }
    x = few_values(numbers, dice, rank)
    if dice.random() < 0.5:
        x = np.abs(x)
    y = getattr(torch.nn.functional, f"lp_pool{rank}d")(batch(torch, x), **setting)[0]
    for name in ("kernel_size", "stride"):
        setting[name] = np.broadcast_to(setting[name], rank).tolist()  # lp_pool1d takes no list
    return setting, {"x": x, "y": y.numpy()}


def adaptive(torch: Any, dice: random.Random, rank: int) -> Answer:
    numbers = np.random.default_rng(dice.getrandbits(32))
    x = few_values(numbers, dice, rank)
    setting = {"output_size": dice.choice(([1] * rank, several(dice, rank, 1, 11)))}
    maximum, mean = (getattr(torch.nn.functional, f"adaptive_{what}_pool{rank}d") for what in ("max", "avg"))
    largest, argmax = maximum(batch(torch, x), setting["output_size"], return_indices=True)
    averages = mean(batch(torch, x), setting["output_size"])
    return setting, {
        "x": x,
        "max": largest[0].numpy(),
        "argmax": argmax[0].numpy(),
        "avg": averages[0].numpy(),
    }


# Name of the file: seed, how many settings on how many axes of space, how one is drawn and answered.
ANSWERS = {
    "max_pool": (40, {1: 200, 2: 200, 3: 40}, max_pool),
    "avg_pool": (41, {1: 200, 2: 200, 3: 40}, avg_pool),
    "lp_pool": (42, {1: 40, 2: 200}, lp_pool),
    "adaptive": (43, {1: 40, 2: 200, 3: 40}, adaptive),
}
