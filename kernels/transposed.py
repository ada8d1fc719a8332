"""A transposed convolution at once: the relation solved for `in`, where every input cell stamps the kernel into y.

Its input x lies where a convolution's output lies, and its y where that one's input lies, so an `Axis` of it counts x
as `out` and y as `in`. A stride s spreads the stamps s cells apart, and then cells of y that lie s apart see the same
taps: each such phase of y is an ordinary convolution of x with a part of the kernel, and y is their interleaving (Shi
et al., "Is the deconvolution layer the same as a convolutional layer?", 2016). No zero is ever multiplied.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import gcd
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kernels.axis import Axis
from kernels.convolution import Real, convolve, turn


def transposed_axis(
    input_size: int, kernel_size: int, *, stride: int = 1, padding: int = 0, output_padding: int = 0, dilation: int = 1
) -> Axis:
    """The axis on which `input_size` stamps lie, as torch.nn.ConvTranspose1d names its parameters; sizes in cells.

    `axis.input_size` is the size of y: (input_size − 1)·stride − 2·padding + dilation·(kernel_size − 1) +
    output_padding + 1, which must be at least 1. `padding` cuts cells off both ends, and `output_padding`, which must
    be below the stride or the dilation, gives cells back at the far end; where that passes the last stamp, the
    axis's padding after is negative.

    >>> axis = transposed_axis(3, 3, stride=2, padding=1, output_padding=1)
    >>> axis.input_size, axis.output_size, axis.padding
    (6, 3, (1, 0))
    """
    stamped = (input_size - 1) * stride + dilation * (kernel_size - 1) + 1
    rim = (padding, padding - output_padding)
    return Axis(stamped - sum(rim), kernel_size, stride, dilation, rim)


def conv_transpose(
    x: NDArray[Real], w: NDArray[Real], b: NDArray[Real] | None = None, *, axes: Sequence[Axis], groups: int = 1
) -> NDArray[Real]:
    """y[filter, in] = Σ x[channel, out]·w[channel, filter, tap] + b[filter], over the channels and stamps that meet it.

    x has shape (C, *outs), w (C, O/groups, *taps), b (O,) or is None, and y (O, *ins), all of one type, float32 or
    float64. There is an `Axis` for each axis of space, as `transposed_axis` makes them, or of the convolution that
    this transposes; padding_mode must be zeros. Nothing is checked: `axes` must fit x and w, and `groups` divide C.
    The formula is that of torch.nn.ConvTranspose2d.

    >>> conv_transpose(np.array([[1.0, 2.0]]), np.array([[[1.0, 10.0, 100.0]]]), axes=[transposed_axis(2, 3, stride=2)])
    array([[  1.,  10., 102.,  20., 200.]])
    """
    weights = swap_channels(turn(w, axes), groups)
    y = np.zeros((len(weights), *(axis.input_size for axis in axes)), x.dtype)
    phase: tuple[Phase, ...]
    for phase in product(*map(phases, axes)):
        cells = (slice(None), *(along.cells for along in phase))
        taps = (slice(None), slice(None), *(along.taps for along in phase))
        convolve(x, weights[taps], axes=[along.axis for along in phase], groups=groups, out=y[cells])
    if b is not None:
        y += b.reshape(-1, *(1 for _ in axes))
    return y


def swap_channels(w: NDArray[Any], groups: int) -> NDArray[Any]:
    """w (C, O/groups, *taps) as a convolution from C channels to O filters has it: (O, C/groups, *taps)."""
    grouped = w.reshape(groups, -1, *w.shape[1:]).swapaxes(1, 2)
    return grouped.reshape(-1, *grouped.shape[2:])


@dataclass(frozen=True)
class Phase:
    """Cells of y a stride apart, the taps that reach them, and how windows of these taps lie over x."""

    cells: slice
    taps: slice
    axis: Axis


@lru_cache(maxsize=1024)
def phases(axis: Axis) -> tuple[Phase, ...]:
    """The phases of y along an axis that some tap reaches; a dilation that shares a factor with the stride skips some.

    Tap t stamps padded cell out·stride + t·dilation. So cells with remainder r are reached by each t with
    t·dilation ≡ r (mod stride), which lie stride / gcd apart, from windows whose taps lie dilation / gcd apart.
    """
    common = gcd(axis.stride, axis.dilation)
    before, size = axis.padding[0], axis.output_size
    found = []
    for first_tap in range(min(axis.stride // common, axis.kernel_size)):
        shift, remainder = divmod(first_tap * axis.dilation, axis.stride)
        first_cell = (remainder - before) % axis.stride
        cells = range(first_cell, axis.input_size, axis.stride)
        taps = range(first_tap, axis.kernel_size, axis.stride // common)
        if not cells:
            continue
        span = (len(taps) - 1) * (axis.dilation // common)
        rim_before = span + shift - (first_cell + before) // axis.stride
        rim = (rim_before, len(cells) + span - size - rim_before)
        window = Axis(size, len(taps), 1, axis.dilation // common, rim, flip=True)
        found.append(Phase(slice(first_cell, None, axis.stride), slice(first_tap, None, taps.step), window))
    return tuple(found)
