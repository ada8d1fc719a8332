"""Max unpooling: each pooled value goes back to where it was the largest, and all other cells are zero."""

from collections.abc import Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

from kernels.axis import Cells
from kernels.convolution import Real


def unpooled_size(input_size: int, kernel_size: int, stride: int, padding: int = 0) -> int:
    """The smallest input whose pooling has this size: (input_size − 1)·stride − 2·padding + kernel_size.

    It is what torch.nn.MaxUnpool2d takes where no output_size is given, as many inputs pool to the same size.

    >>> unpooled_size(2, 2, 2)
    4
    """
    return (input_size - 1) * stride - 2 * padding + kernel_size


def max_unpool(x: NDArray[Real], indices: Cells, output_size: Sequence[int]) -> NDArray[Real]:
    """y.flat[indices] = x in each channel, else 0; x and indices have shape (C, *inputs), y (C, *output_size).

    Nothing is checked: each index must be a cell of the output plane. Where several values go to one cell, the last
    one stays. The formula is that of torch.nn.MaxUnpool2d.

    >>> max_unpool(np.array([[3.0, 2.0]]), np.array([[1, 2]]), [4])
    array([[0., 3., 2., 0.]])
    """
    y = np.zeros((len(x), prod(output_size)), x.dtype)
    np.put_along_axis(y, indices.reshape(len(x), -1), x.reshape(len(x), -1), axis=1)
    return y.reshape(len(x), *output_size)
