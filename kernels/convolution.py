"""A convolution at once, for all of y, as fast as NumPy goes."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from kernels.axis import Axis

Real = TypeVar("Real", np.float32, np.float64)


def convolve(
    x: NDArray[Real], w: NDArray[Real], b: NDArray[Real] | None = None, *, axes: Sequence[Axis], groups: int = 1
) -> NDArray[Real]:
    """y[filter, out] = Σ x[channel, in]·w[filter, channel, tap] + b[filter], over the channels and taps that read `out`.

    >>> convolve(np.array([[1.0, 2.0, 4.0]]), np.array([[[1.0, 10.0]]]), axes=[Axis(3, 2)])
    array([[21., 42.]])
    """
    for place, axis in enumerate(axes, start=1):
        if any(axis.padding):
            zeros = np.zeros((*x.shape[:place], 1, *x.shape[place + 1 :]), x.dtype)
            x = np.concatenate((x, zeros), axis=place).take(axis.source, axis=place)
        if axis.flip:
            w = np.flip(w, place + 1)
    space = tuple(range(1, len(axes) + 1))
    windows = sliding_window_view(x, tuple(axis.extent for axis in axes), axis=space)
    windows = windows[
        (
            slice(None),
            *(slice(None, None, axis.stride) for axis in axes),
            *(slice(None, None, axis.dilation) for axis in axes),
        )
    ]
    group_x = windows.reshape(groups, -1, *windows.shape[1:])
    group_w = w.reshape(groups, -1, *w.shape[1:])
    rank = len(axes)
    y = np.concatenate(
        [
            np.tensordot(gw, gx, axes=(tuple(range(1, rank + 2)), (0, *range(rank + 1, 2 * rank + 1))))
            for gw, gx in zip(group_w, group_x, strict=True)
        ]
    )
    return y if b is None else y + b.reshape(-1, *[1] * rank)
