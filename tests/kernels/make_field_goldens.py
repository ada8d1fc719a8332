"""Writes goldens/fields.npz: gradients of one unit with respect to the input, by PyTorch's autograd.

    python -m tests.kernels.make_field_goldens        (needs torch==2.13.0)

Every weight is 1, there is one channel, and average pools are multiplied by their size: a gradient counts paths.
The models stand beside the stacks of the same names in test_receptive_field.py.
"""

from typing import Any

import numpy as np
import torch
from torch import nn

from tests.kernels.golden_files import GOLDENS


class Pool(nn.Module):
    """The sum over windows of 3×3."""

    def __init__(self, **settings: int) -> None:
        super().__init__()
        self.pool = nn.AvgPool2d(3, **settings)

    def forward(self, x: Any) -> Any:
        return self.pool(x) * 9


class Sum(nn.Module):
    """Paths from one map, added. Joining them and adding the channels up in the next layer counts alike."""

    def __init__(self, *paths: nn.Module) -> None:
        super().__init__()
        self.paths = nn.ModuleList(paths)

    def forward(self, x: Any) -> Any:
        return torch.stack([path(x) for path in self.paths]).sum(0)


def conv(kernel: Any, **settings: Any) -> nn.Module:
    return nn.Conv2d(1, 1, kernel, bias=False, **settings)


def models() -> dict[str, tuple[nn.Module, tuple[int, int]]]:
    down, same = {"stride": 2, "padding": 1}, {"padding": 1}
    transposed = nn.ConvTranspose2d(1, 1, 4, stride=2, padding=1, bias=False)
    inception = Sum(
        conv(1),
        nn.Sequential(conv(1), conv(3, **same)),
        nn.Sequential(conv(1), conv(5, padding=2)),
        nn.Sequential(Pool(stride=1, padding=1), conv(1)),
    )
    block = Sum(nn.Sequential(conv(3, **down), conv(3, **same)), conv(1, stride=2))
    return {
        "chain": (nn.Sequential(conv((3, 2), dilation=(2, 1)), Pool(stride=2), conv(3, **same)), (1, 2)),
        "transposed": (nn.Sequential(conv(3, **down), transposed, conv(3)), (4, 5)),
        "inception": (inception, (0, 6)),
        "residual": (nn.Sequential(conv(3, **same), block, conv(3, **same)), (3, 3)),
    }


def main() -> None:
    written: dict[str, np.ndarray] = {}
    for name, (model, unit) in models().items():
        model.double()
        for parameter in model.parameters():
            nn.init.ones_(parameter)
        x = torch.zeros(1, 1, 12, 12, dtype=torch.float64, requires_grad=True)
        y = model(x)
        y[(0, 0, *unit)].backward()
        written[f"{name}_spatial"] = np.array(y.shape[2:])
        # A mean times nine is off in the last bit.
        written[f"{name}_gradient"] = x.grad[0, 0].numpy().round(6)
    np.savez_compressed(GOLDENS / "fields.npz", **written)


if __name__ == "__main__":
    main()
