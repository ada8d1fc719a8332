"""Write goldens/*.npz: what torch==2.13.0 answers in float64, so that the tests need no torch.

    python -m tests.kernels.make_goldens

The values are small whole numbers and quarters, which float64 adds without rounding, and which pack well.
"""

import json
import random
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import torch

from tests.kernels import make_pooling_goldens, make_relation_goldens

GOLDENS = Path(__file__).parent / "goldens"
SETTINGS = 480
MODES = ("zeros", "reflect", "replicate", "circular")
PADDINGS = ("none", "both", "pairs", "same", "full")
ACTIVATIONS = (None, None, "relu", "sigmoid", "tanh")


def main() -> None:
    assert torch.__version__.split("+")[0] == "2.13.0", torch.__version__
    torch.set_default_dtype(torch.float64)
    GOLDENS.mkdir(exist_ok=True)
    dice = random.Random(2)
    kinds = list(product((1, 2), MODES, PADDINGS, (False, True), ACTIVATIONS))
    dice.shuffle(kinds)
    write("convolutions", [answered(torch, dice, *kinds[at % len(kinds)]) for at in range(SETTINGS)])
    write("same", [answered_same(torch, *sizes) for sizes in product(range(1, 8), range(1, 4), range(4, 7))])
    for maker in (make_relation_goldens, make_pooling_goldens):
        for name, (seed, counts, answer) in maker.ANSWERS.items():
            dice = random.Random(seed)
            write(name, [golden for rank in counts for golden in accepted(torch, dice, rank, counts[rank], answer)])


def accepted(torch: Any, dice: random.Random, rank: int, count: int, answer: Callable[..., Any]) -> list[Any]:
    """Random settings that PyTorch accepts, on this number of axes of space, and what it answers."""
    found: list[Any] = []
    while len(found) < count:
        try:
            setting, grids = answer(torch, dice, rank)
        except (RuntimeError, ValueError):
            continue
        if all(grid is None or (grid.size and np.isfinite(grid).all()) for grid in grids.values()):
            found.append((setting, grids))
    return found


def answered(torch: Any, dice: random.Random, rank: int, mode: str, padding: str, flip: bool, activation: str | None):
    """A random setting of one kind, and what PyTorch answers; drawn again while PyTorch refuses it."""
    while True:
        taps = [dice.randint(1, 4) for _ in range(rank)]
        dilations = [dice.randint(1, 3) for _ in taps]
        setting = {
            "stride": [1 if padding == "same" else dice.randint(1, 3) for _ in taps],
            "dilation": dilations,
            "padding": [draw_pair(dice, padding, *window) for window in zip(taps, dilations, strict=True)],
            "padding_mode": mode,
            "groups": dice.choice((1, 1, 2, 3)),
            "flip": flip,
            "activation": activation,
        }
        grids = draw_grids(dice, setting["groups"], taps)
        try:
            y = convolved(
                torch, setting, padding, *(None if grid is None else torch.tensor(grid) for grid in grids.values())
            )
        except (RuntimeError, ValueError):
            continue
        a = getattr(torch, activation)(y).numpy() if activation else None
        return setting, grids | {"y": y.numpy(), "a": a}


def draw_pair(dice: random.Random, padding: str, tap_count: int, dilation: int) -> tuple[int, int]:
    """(before, after) as a kind of padding resolves it; `same` splits it as PyTorch's documentation of Conv2d says."""
    reach = dilation * (tap_count - 1)
    same = dice.randint(0, 3)
    pairs = {"none": (0, 0), "both": (same, same), "pairs": (dice.randint(0, 3), dice.randint(0, 3))}
    return (pairs | {"same": (reach // 2, reach - reach // 2), "full": (reach, reach)})[padding]


def draw_grids(dice: random.Random, groups: int, taps: list[int]) -> dict[str, np.ndarray | None]:
    """x of whole numbers from −9 to 9; w, and in half of them b, of quarters from −2 to 2."""
    numbers = np.random.default_rng(dice.getrandbits(32))
    group_channels, group_filters = dice.choice((1, 1, 2, 3)), dice.choice((1, 2, 3))
    x = numbers.integers(-9, 9, (groups * group_channels, *(dice.randint(2, 9) for _ in taps)), endpoint=True) * 1.0
    w = numbers.integers(-8, 8, (groups * group_filters, group_channels, *taps), endpoint=True) / 4
    b = numbers.integers(-8, 8, len(w), endpoint=True) / 4
    return {"x": x, "w": w, "b": dice.choice((b, None))}


def convolved(torch: Any, setting: dict[str, Any], padding: str, x: Any, w: Any, b: Any) -> Any:
    """y by torch.nn.Conv1d or Conv2d; only where a side may differ from the other does F.pad go before it."""
    before_it = padding in ("pairs", "full")
    if before_it:
        sides = [side for pair in reversed(setting["padding"]) for side in pair]
        mode = "constant" if setting["padding_mode"] == "zeros" else setting["padding_mode"]
        x = torch.nn.functional.pad(x[None], sides, mode=mode)[0]
    layer = (torch.nn.Conv1d, torch.nn.Conv2d)[w.ndim - 3](
        len(x),
        len(w),
        tuple(w.shape[2:]),
        stride=setting["stride"],
        padding=0 if before_it else "same" if padding == "same" else [before for before, _ in setting["padding"]],
        padding_mode="zeros" if before_it else setting["padding_mode"],
        dilation=setting["dilation"],
        groups=setting["groups"],
        bias=b is not None,
    )
    with torch.inference_mode():
        layer.weight.copy_(torch.flip(w, tuple(range(2, w.ndim))) if setting["flip"] else w)
        if b is not None:
            layer.bias.copy_(b)
        return layer(x[None])[0]


def answered_same(torch: Any, tap_count: int, dilation: int, input_size: int):
    """What padding="same" answers; how it splits an odd padding shows in the numbers."""
    setting = {"dilation": dilation}
    x = np.arange(1.0, input_size + 1)[np.newaxis]
    w = np.arange(1.0, tap_count + 1)[np.newaxis, np.newaxis]
    y = torch.nn.functional.conv1d(torch.tensor(x), torch.tensor(w), padding="same", dilation=dilation)
    return setting, {"x": x, "w": w, "y": y.numpy()}


def write(name: str, goldens: list[tuple[dict[str, Any], dict[str, np.ndarray | None]]]) -> None:
    """The settings as JSON, and for each grid all values one after the other: thousands of arrays would not pack."""
    settings = [
        setting | {f"{grid}_shape": None if values is None else values.shape for grid, values in grids.items()}
        for setting, grids in goldens
    ]
    values = {
        grid: np.concatenate([grids[grid].ravel() for _, grids in goldens if grids[grid] is not None])
        for grid in goldens[0][1]
    }
    np.savez_compressed(GOLDENS / f"{name}.npz", settings=json.dumps(settings), **values)
    print(f"{name}.npz: {len(goldens)} settings, {(GOLDENS / f'{name}.npz').stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
