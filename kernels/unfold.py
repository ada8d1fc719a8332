"""Windows as the columns of a matrix (im2col), and columns added back to where they were read (col2im)."""

from collections.abc import Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

from kernels.axis import Axis
from kernels.convolution import Real, pad, turn, unpad, windows_of


def unfold(x: NDArray[Real], *, axes: Sequence[Axis]) -> NDArray[Real]:
    """y[(channel, tap), out] = x[channel, in]: column `out` is what its window holds, channel by channel.

    x has shape (C, *inputs), y (C · taps, outputs), of one type, float32 or float64; there is an `Axis` for each axis
    of space. Nothing is checked. The formula is that of torch.nn.Unfold.

    >>> unfold(np.array([[1.0, 2.0, 4.0]]), axes=[Axis(3, 2)])
    array([[1., 2.],
           [2., 4.]])
    """
    windows = windows_of(pad(x, axes), axes)[np.newaxis]  # so that its taps are where those of w are
    columns = np.array(turn(windows, axes), order="C")  # a copy, even where the one window is x itself
    return columns.reshape(len(x) * prod(axis.kernel_size for axis in axes), -1)


def fold(columns: NDArray[Real], *, axes: Sequence[Axis]) -> NDArray[Real]:
    """y[channel, in] = Σ columns[(channel, tap), out] over all that meet there: overlaps add up.

    columns has shape (C · taps, outputs), y (C, *inputs), of one type; there is an `Axis` for each axis of space, with
    padding_mode zeros: what lands in the padding is dropped. Nothing is checked. The formula is that of torch.nn.Fold,
    whose `output_size` is each axis's input_size; it is the transpose of `unfold`, and not its inverse.

    >>> fold(np.array([[1.0, 2.0], [2.0, 4.0]]), axes=[Axis(3, 2)])
    array([[1., 4., 4.]])
    """
    kernel, outputs = [axis.kernel_size for axis in axes], [axis.output_size for axis in axes]
    read = turn(columns.reshape(1, -1, *kernel, *outputs), axes)[0]
    padded = np.zeros((len(read), *(axis.padded_size for axis in axes)), columns.dtype)
    windows = windows_of(padded, axes)
    targets, fallen = (np.moveaxis(grid, 0, len(axes)) for grid in (windows, read))
    for place in np.ndindex(*kernel):
        targets[place] += fallen[place]
    return unpad(padded, axes)
