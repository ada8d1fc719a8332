"""How fast the kernels are, against PyTorch and SciPy, one thread each.

    python tests/bench/bench_kernels.py

We and PyTorch take turns, and the best round counts, so that a noisy machine is noisy for both. SciPy comes after, as
its Fourier transforms would leave the others a cold cache. OpenBLAS says which processor it took this one for; where it
does not know it, `OPENBLAS_CORETYPE=SkylakeX` before the command shows what its kernels for AVX-512 would do.
"""

import os
import sys
from pathlib import Path

if __name__ == "__main__":  # Before NumPy is imported: BLAS reads these when it is loaded, and names its core.
    os.environ |= dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    os.environ["OPENBLAS_VERBOSE"] = "2"
    sys.path.insert(0, str(Path(__file__).parents[2]))

from collections.abc import Callable
from time import perf_counter
from types import ModuleType

import numpy as np

from kernels.axis import Axis
from kernels.convolution import convolve
from kernels.trace import trace

ROUNDS = 60
SIZES = {(3, 8): (224, 512), (1, 1): (224, 512, 1024)}
TARGETS = {(3, 8): 1.3, (1, 1): 0.7}

Contenders = dict[str, Callable[[], object]]


def main() -> None:
    torch = torch_or_none()
    print(f"NumPy {np.__version__}, PyTorch {torch.__version__ if torch else 'is missing, so its ratios are left out'}")
    print(
        f"\n{'conv2d, float32, padding same':32}{'ours µs':>9}{'torch µs':>10}{'scipy µs':>10}{'ratio':>7}{'target':>8}"
    )
    for (channels, filters), sizes in SIZES.items():
        for kernel in (3, 5):
            for size in sizes:
                print(row(torch, channels, filters, kernel, size))
    print(f"\n{'trace, float64':32}{'µs':>9}{'ns per multiplication':>25}")
    for shape in ((1, 1, 3, 7), (1, 1, 3, 64), (3, 8, 3, 64), (16, 8, 3, 128), (1, 1, 15, 128)):
        print(trace_row(*shape))


def torch_or_none() -> ModuleType | None:
    try:
        import torch
    except ImportError:
        return None
    torch.set_num_threads(1)
    return torch


def row(torch: ModuleType | None, channels: int, filters: int, kernel: int, size: int) -> str:
    x, w, axes = layer(channels, filters, kernel, size, np.float32)
    contenders: Contenders = {"ours": lambda: convolve(x, w, axes=axes)}
    if torch:
        contenders |= torch_contenders(torch, x, w)
    best = best_of(contenders) | best_of({"scipy": lambda: scipy_convolve(x, w)}, rounds=3)
    text = f"{channels}→{filters}, {kernel}×{kernel}, {size}²"
    if not torch:
        return f"{text:32}{best['ours']:9.0f}{'missing':>10}{best['scipy']:10.0f}"
    fastest = min(best["default"], best["channels_last"])
    ratio, target = best["ours"] / fastest, TARGETS[channels, filters]
    verdict = "met" if ratio <= target else "MISSED"
    return f"{text:32}{best['ours']:9.0f}{fastest:10.0f}{best['scipy']:10.0f}{ratio:7.2f}{target:8.1f}  {verdict}"


def trace_row(channels: int, filters: int, kernel: int, size: int) -> str:
    x, w, axes = layer(channels, filters, kernel, size, np.float64)
    best = best_of({"trace": lambda: trace(x, w, axes=axes)})["trace"]
    multiplications = filters * size**2 * w[0].size
    return f"{f'{channels}→{filters}, {kernel}×{kernel}, {size}²':32}{best:9.0f}{best / multiplications * 1000:25.2f}"


def layer(
    channels: int, filters: int, kernel: int, size: int, dtype: type
) -> tuple[np.ndarray, np.ndarray, list[Axis]]:
    numbers = np.random.default_rng(0)
    x = numbers.normal(size=(channels, size, size)).astype(dtype)
    w = numbers.normal(size=(filters, channels, kernel, kernel)).astype(dtype)
    return x, w, [Axis(size, kernel, padding=(kernel // 2, kernel // 2))] * 2


def torch_contenders(torch: ModuleType, x: np.ndarray, w: np.ndarray) -> Contenders:
    def in_layout(layout: object) -> Callable[[], object]:
        batch, weights = (torch.from_numpy(grid).to(memory_format=layout) for grid in (x[np.newaxis], w))
        return torch.inference_mode()(lambda: torch.nn.functional.conv2d(batch, weights, padding=w.shape[2] // 2))

    return {"default": in_layout(torch.contiguous_format), "channels_last": in_layout(torch.channels_last)}


def scipy_convolve(x: np.ndarray, w: np.ndarray) -> np.ndarray:
    """SciPy has no channels: one three-dimensional correlation for each filter, which keeps its middle plane."""
    from scipy.signal import correlate

    middle = (len(x) - 1) // 2
    return np.stack([correlate(x, weights, mode="same")[middle] for weights in w])


def best_of(contenders: Contenders, rounds: int = ROUNDS) -> dict[str, float]:
    """The best time of each, in µs."""
    best = dict.fromkeys(contenders, float("inf"))
    for _ in range(rounds):
        for name, contender in contenders.items():
            start = perf_counter()
            contender()
            best[name] = min(best[name], (perf_counter() - start) * 1e6)
    return best


if __name__ == "__main__":
    main()
