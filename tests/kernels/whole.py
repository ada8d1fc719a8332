"""The whole answer at once of operations that the program works out step by step alone.

PyTorch's golden files hold these formulas, and these hold the steps.
"""

from collections.abc import Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

from kernels.adaptive import AdaptiveAxis
from kernels.axis import Axis
from kernels.convolution import Real
from kernels.gradients import shared_out
from kernels.pooling import argmax, avg_pool, max_pool
from kernels.transposed import conv_transpose


def lp_pool(x: NDArray[Real], norm_type: float, *, axes: Sequence[Axis]) -> NDArray[Real]:
    """y[channel, out] = (Σ x[channel, in]^norm_type)^(1/norm_type); 1 is the sum, 2 the length, ∞ would be the largest.

    Shapes and types as in `max_pool`; there is no padding. As in PyTorch, a window that `ceil_mode` lets hang over
    counts its missing cells as much as the average of the others, and where an odd power makes the sum negative, the
    root is NaN. The formula is that of torch.nn.LPPool2d.

    >>> lp_pool(np.array([[3.0, 4.0, 0.0, 1.0]]), 2, axes=[Axis(4, 2, 2)])
    array([[5., 1.]])
    """
    whole_windows = avg_pool(x**norm_type, axes=axes) * prod(axis.kernel_size for axis in axes)
    y: NDArray[Real] = whole_windows ** (1 / norm_type)
    return y


def adaptive_max_pool(x: NDArray[Real], *, axes: Sequence[AdaptiveAxis]) -> NDArray[Real]:
    """y[channel, out] = the largest value of its window; x has shape (C, *inputs), y (C, *outputs), of one type.

    The formula is that of torch.nn.AdaptiveMaxPool2d; `pooling.argmax` says where it stands.

    >>> adaptive_max_pool(np.array([[1.0, 5.0, 2.0]]), axes=[AdaptiveAxis(3, 2)])
    array([[5., 5.]])
    """
    return reduce_windows(x, axes, np.maximum)


def adaptive_avg_pool(x: NDArray[Real], *, axes: Sequence[AdaptiveAxis]) -> NDArray[Real]:
    """y[channel, out] = the mean of its window; x has shape (C, *inputs), y (C, *outputs), of one type.

    The formula is that of torch.nn.AdaptiveAvgPool2d.

    >>> adaptive_avg_pool(np.array([[1.0, 5.0, 2.0]]), axes=[AdaptiveAxis(3, 2)])
    array([[3. , 3.5]])
    """
    counts = np.ones((), np.intp)
    for axis in axes:
        counts = np.multiply.outer(counts, [end - begin for begin, end in axis.windows])
    return np.divide(reduce_windows(x, axes, np.add), counts, dtype=x.dtype)


def reduce_windows(x: NDArray[Real], axes: Sequence[AdaptiveAxis], reduce: np.ufunc) -> NDArray[Real]:
    """Reduce along one axis after the other: a window is a box."""
    for place, axis in enumerate(axes, start=1):
        lines = x.swapaxes(place, 0)
        x = np.stack([reduce.reduce(lines[begin:end]) for begin, end in axis.windows]).swapaxes(place, 0)
    return x


def conv_input(w: NDArray[Real], grad_output: NDArray[Real], *, axes: Sequence[Axis], groups: int = 1) -> NDArray[Real]:
    """grad_x[channel, in] = Σ grad_output[filter, out]·w[filter, channel, tap]: what x did to y, filter by filter.

    w has shape (O, C/groups, *taps), grad_output (O, *outputs) and the result (C, *inputs), of one type, float32 or
    float64; axes are those of the convolution, with padding_mode zeros, and know the input's size. Nothing is checked.
    The formula is that of torch.nn.grad.conv2d_input.

    >>> conv_input(np.array([[[1.0, 10.0]]]), np.array([[1.0, 2.0]]), axes=[Axis(3, 2)])
    array([[ 1., 12., 20.]])
    """
    return conv_transpose(grad_output, w, axes=axes, groups=groups)


def max_pool_input(x: NDArray[Real], grad_output: NDArray[Real], *, axes: Sequence[Axis]) -> NDArray[Real]:
    """grad_x[channel, in] = Σ grad_output[channel, out] over the windows that `in` won, of equals the first.

    x has shape (C, *inputs), grad_output (C, *outputs) and the result x's, of one type, float32 or float64. Nothing is
    checked. The formula is that of torch.nn.MaxPool2d's gradient.

    >>> max_pool_input(np.array([[1.0, 3.0, 2.0]]), np.array([[5.0, 7.0]]), axes=[Axis(3, 2)])
    array([[ 0., 12.,  0.]])
    """
    winners = argmax(x, max_pool(x, axes=axes), axes=axes).reshape(len(x), -1)
    cells = winners + np.arange(len(x))[:, np.newaxis] * x[0].size
    return np.bincount(cells.ravel(), grad_output.ravel(), x.size).reshape(x.shape).astype(x.dtype)


def avg_pool_input(
    grad_output: NDArray[Real],
    *,
    axes: Sequence[Axis],
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> NDArray[Real]:
    """grad_x[channel, in] = Σ grad_output[channel, out] / divisor[out], over the windows that read `in`.

    grad_output has shape (C, *outputs), the result (C, *inputs), of one type, float32 or float64; the values of x do
    not matter, and the axes know its size. Nothing is checked. It is the transposed convolution with ones for weights,
    channel by channel; the formula is that of torch.nn.AvgPool2d's gradient.

    >>> avg_pool_input(np.array([[2.0, 4.0]]), axes=[Axis(3, 2)])
    array([[1., 3., 2.]])
    """
    shares, ones = shared_out(grad_output, axes, count_include_pad, divisor_override)
    return conv_transpose(shares, ones, axes=axes, groups=len(grad_output))
