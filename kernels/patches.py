"""The nine digits that excite a unit of LeNet-5, or of its fully connected neighbour, most, and where on each.

They were looked for among held-out digits by tests/train/make_patches.py; tests/train/NOTICE.md says whose they are.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kernels.lenet import WEIGHTS

PATCHES = WEIGHTS.with_name("patches.npz")
SHOWN = 9


@dataclass(frozen=True)
class Patch:
    """One digit, the place (row, column) at which it excites the unit's map most, and the activation there."""

    pixels: NDArray[np.uint8]
    """The whole digit, (28, 28), from 0 (paper) to 255 (ink)."""
    row: int
    col: int
    activation: float


def patches(network: str, layer: str, unit: int) -> list[Patch]:
    """The nine digits that excite this map, or this single unit, most; the strongest first.

    >>> [round(patch.activation, 2) for patch in patches("lenet5", "c1", 5)][:2]
    [1.13, 1.12]
    """
    kept = stored()
    places, activations = kept[f"{network}.{layer}.places"][unit], kept[f"{network}.{layer}.activations"][unit]
    return [
        Patch(kept["digits"][digit], int(row), int(col), float(activation))
        for (digit, row, col), activation in zip(places, activations, strict=True)
    ]


@cache
def stored() -> dict[str, NDArray[Any]]:
    with np.load(PATCHES) as file:
        return dict(file.items())
