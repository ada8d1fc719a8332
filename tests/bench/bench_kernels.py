"""How fast the kernels are, against PyTorch and SciPy, one thread each.

    python -m tests.bench.bench_kernels

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
from functools import partial
from time import perf_counter
from types import ModuleType

import numpy as np

from kernels.axis import Axis
from kernels.convolution import convolve
from kernels.gradients import conv_weight
from kernels.pooling import max_pool, pooling_axis
from kernels.trace import trace
from kernels.transposed import conv_transpose, transposed_axis
from tests.kernels.whole import conv_input

ROUNDS = 60
SIZES = {(3, 8): (224, 512), (1, 1): (224, 512, 1024)}
TARGETS = {(3, 8): 1.3, (1, 1): 0.7}

# Channels, kernel, stride, padding, sizes, target.
POOLINGS = [
    (channels, *window, sizes, target)
    for channels, sizes, target in ((1, (224, 512, 1024), 0.15), (64, (56, 112, 224), 1.4))
    for window in ((2, 2, 0), (3, 2, 1), (3, 1, 1))
]
# Channels, filters, sizes, target; each with the windows below.
TRANSPOSED = [(1, 1, (112, 224, 448), 1.2), (8, 3, (56, 112), 2.8), (16, 16, (56, 112), 2.8), (64, 32, (28, 56), 2.8)]
# Kernel, stride, padding, output_padding.
TRANSPOSED_WINDOWS = ((2, 2, 0, 0), (3, 2, 1, 1), (4, 2, 1, 0), (3, 1, 1, 0))
# Channels, filters, kernel, stride, size.
GRADIENTS = [
    (channels, filters, kernel, stride, size)
    for channels, filters, size in ((1, 1, 224), (3, 8, 112), (3, 8, 224), (16, 16, 112))
    for kernel, stride in ((3, 1), (5, 1), (3, 2))
]
INPUT_TARGET, WEIGHT_TARGET = 2.2, 2.8

HEADINGS = f"{'ours µs':>9}{'torch µs':>10}{'ratio':>8}{'target':>8}"

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
    if torch:
        for print_rows in (print_poolings, print_transposed, print_gradients):
            print_rows(torch)


def print_poolings(torch: ModuleType) -> None:
    print(f"\n{'max_pool2d, float32':40}{HEADINGS}")
    for channels, kernel, stride, padding, sizes, target in POOLINGS:
        for size in sizes:
            x = random_grid(channels, size, size)
            axes = [pooling_axis(size, kernel, stride=stride, padding=padding)] * 2
            function = partial(torch.nn.functional.max_pool2d, kernel_size=kernel, stride=stride, padding=padding)
            theirs = in_both_layouts(torch, function, x[np.newaxis])
            name = f"{channels}, {kernel}×{kernel} stride {stride}, {size}²"
            print(comparison(name, partial(max_pool, x, axes=axes), theirs, target))


def print_transposed(torch: ModuleType) -> None:
    print(f"\n{'conv_transpose2d, float32':40}{HEADINGS}")
    for channels, filters, sizes, target in TRANSPOSED:
        for kernel, stride, padding, output_padding in TRANSPOSED_WINDOWS:
            for size in sizes:
                x, w = random_grid(channels, size, size), random_grid(channels, filters, kernel, kernel)
                options = {"stride": stride, "padding": padding, "output_padding": output_padding}
                axes = [transposed_axis(size, kernel, **options)] * 2
                function = partial(torch.nn.functional.conv_transpose2d, **options)
                theirs = in_both_layouts(torch, function, x[np.newaxis], w)
                name = f"{channels}→{filters}, {kernel}×{kernel} stride {stride}, {size}²"
                print(comparison(name, partial(conv_transpose, x, w, axes=axes), theirs, target))


def print_gradients(torch: ModuleType) -> None:
    for by, target in (("input", INPUT_TARGET), ("weight", WEIGHT_TARGET)):
        print(f"\n{f'conv2d_{by}, float32':40}{HEADINGS}")
        for channels, filters, kernel, stride, size in GRADIENTS:
            x, w = random_grid(channels, size, size), random_grid(filters, channels, kernel, kernel)
            axes = [Axis(size, kernel, stride, padding=(kernel // 2, kernel // 2))] * 2
            above = random_grid(filters, *(axis.output_size for axis in axes))
            options = {"stride": stride, "padding": kernel // 2}
            if by == "input":
                ours = partial(conv_input, w, above, axes=axes)
                function = partial(torch.nn.grad.conv2d_input, (1, *x.shape), **options)
                theirs = in_both_layouts(torch, function, w, above[np.newaxis])
            else:
                ours = partial(conv_weight, x, above, axes=axes)
                function = partial(torch_weight_gradient, torch, w.shape, options)
                theirs = in_both_layouts(torch, function, x[np.newaxis], above[np.newaxis])
            name = f"{channels}→{filters}, {kernel}×{kernel} stride {stride}, {size}²"
            print(comparison(name, ours, theirs, target))


def torch_weight_gradient(
    torch: ModuleType, w_shape: tuple[int, ...], options: dict[str, int], x: object, above: object
) -> object:
    return torch.nn.grad.conv2d_weight(x, w_shape, above, **options)


def random_grid(*shape: int) -> np.ndarray:
    return np.random.default_rng(0).normal(size=shape).astype(np.float32)


def comparison(name: str, ours: Callable[[], object], theirs: Contenders, target: float) -> str:
    """One row, against the faster of PyTorch's layouts."""
    best = best_of({"ours": ours} | theirs, rounds=ROUNDS // 2)
    fastest = min(best[layout] for layout in theirs)
    ratio = best["ours"] / fastest
    verdict = "met" if ratio <= target else "MISSED"
    return f"{name:40}{best['ours']:9.0f}{fastest:10.0f}{ratio:8.2f}{target:8.2f}  {verdict}"


def in_both_layouts(torch: ModuleType, function: Callable[..., object], *grids: np.ndarray) -> Contenders:
    """A function of PyTorch on grids of four axes, in its default layout and in channels_last."""

    def in_layout(layout: object) -> Callable[[], object]:
        laid = [torch.from_numpy(grid).to(memory_format=layout) for grid in grids]
        return torch.inference_mode()(lambda: function(*laid))

    return {"default": in_layout(torch.contiguous_format), "channels_last": in_layout(torch.channels_last)}


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
    return in_both_layouts(torch, partial(torch.nn.functional.conv2d, padding=w.shape[2] // 2), x[np.newaxis], w)


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
