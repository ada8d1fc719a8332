"""Backpropagation: from the gradient of y, which comes from above, those of what y was made of.

All sums are over the one relation. The gradient of the input is the transposed convolution, solved for `in`; that of
the weights is solved for `tap`. A maximum passes its gradient to the winner, and a mean to each of its cells alike.
"""

from collections.abc import Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

from kernels.axis import Axis
from kernels.convolution import Array, Real, pad, turn, windows_of
from kernels.pooling import divisors

BLOCK = 131072
"""How many numbers a block of columns holds, as in `convolution`."""

SMALL = 1_000_000
"""How many multiplications of a matrix product OpenBLAS still takes for small, where that is several times faster."""


def conv_weight(
    x: NDArray[Real], grad_output: NDArray[Real], *, axes: Sequence[Axis], groups: int = 1
) -> NDArray[Real]:
    """grad_w[filter, channel, tap] = Σ grad_output[filter, out]·x[channel, in], over every position of the window.

    x has shape (C, *inputs), grad_output (O, *outputs) and the result (O, C/groups, *taps), of one type, float32 or
    float64; axes are those of the convolution, and know the kernel's size. Nothing is checked. The formula is that of
    torch.nn.grad.conv2d_weight.

    >>> conv_weight(np.array([[1.0, 2.0, 4.0]]), np.array([[1.0, 10.0]]), axes=[Axis(3, 2)])
    array([[[21., 42.]]])
    """
    if len(axes) == 1:  # a picture one row high, as in `convolve`
        row = Axis(input_size=1, kernel_size=1)
        return conv_weight(x[:, np.newaxis], grad_output[:, np.newaxis], axes=[row, *axes], groups=groups)[:, :, 0]
    padded = pad(x, axes)
    by_place = np.empty((len(grad_output), len(x) // groups, *(axis.kernel_size for axis in axes)), x.dtype)
    group_x, group_grad, group_w = (
        grid.reshape(groups, -1, *grid.shape[1:]) for grid in (padded, grad_output, by_place)
    )
    for group in range(groups):
        add_up_positions(group_x[group], group_grad[group], group_w[group], axes)
    return turn(by_place, axes)


def add_up_positions(x: Array, grad_output: Array, w: Array, axes: Sequence[Axis]) -> None:
    """Write w of one group, by place, block by block of output rows; x is padded.

    As in `correlate`, only windows one row high are copied; each row of the kernel sees the same columns, shifted.
    """
    rows, *others = axes
    lines = windows_of(x, others).swapaxes(0, 1)
    channels, *row_taps = lines.shape[1 : 1 + len(axes)]
    taps, width = channels * prod(row_taps), prod(lines.shape[1 + len(axes) :])
    gradients = grad_output.reshape(len(grad_output), -1, width)
    total = np.zeros((rows.kernel_size, len(w), taps), x.dtype)
    block = max(1, min((BLOCK // (taps * width) - rows.extent) // rows.stride + 1, SMALL // (len(w) * taps * width)))
    for first in range(0, rows.output_size, block):
        gradient = gradients[:, first : first + block].reshape(len(w), -1)
        span = (gradient.shape[1] // width - 1) * rows.stride + 1
        read = lines[first * rows.stride :][: span + rows.extent - 1]
        columns = np.ascontiguousarray(np.moveaxis(read, 0, len(axes))).reshape(taps, len(read), width)
        for tap in range(rows.kernel_size):
            seen = columns[:, tap * rows.dilation :][:, : span : rows.stride]
            total[tap] += gradient @ seen.reshape(taps, -1).T
    w[...] = np.moveaxis(total.reshape(-1, len(w), channels, *row_taps), 0, 2)


def shared_out(
    grad_output: NDArray[Real],
    axes: Sequence[Axis],
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> tuple[NDArray[Real], NDArray[Real]]:
    """The x and w whose stamps are the gradient of an average: what each cell of a window gets, and a kernel of ones.

    >>> shared_out(np.array([[2.0, 4.0]]), [Axis(3, 2)])
    (array([[1., 2.]]), array([[[1., 1.]]]))
    """
    counts = divisors(axes, count_include_pad, divisor_override)
    ones = np.ones((len(grad_output), 1, *(axis.kernel_size for axis in axes)), grad_output.dtype)
    return np.divide(grad_output, counts, dtype=grad_output.dtype), ones
