"""The one relation of convolution, along one axis.

An output cell, a tap and an input cell belong together when

    in = out · stride − padding + tap · dilation

Counting the padded cells instead (`padded = in + padding`) takes the padding out of it, and what a padded cell holds
(a zero, or a copy of some input cell) becomes a table of its own. So a window is read in two looks:

    taps[out, tap] → padded cell        source[padded cell] → input cell, or −1 for a zero

A picture has two such axes, a row has one, and each is an `Axis`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from kernels.cached import cached_property

Cells = NDArray[np.intp]
PaddingMode = Literal["zeros", "reflect", "replicate", "circular"]

ZERO = -1
"""In a table of input cells: no cell, but a zero that padding put there."""


def reflected(cells: Cells, size: int) -> Cells:
    """A mirror on the first and on the last cell, which are not repeated: 2 1 | 0 1 2 | 1 0."""
    mirrored: Cells = size - 1 - np.abs(size - 1 - np.abs(cells))
    return mirrored


SOURCES: dict[PaddingMode, Callable[[Cells, int], Cells]] = {
    "zeros": lambda cells, size: np.where((cells >= 0) & (cells < size), cells, ZERO),
    "reflect": reflected,
    "replicate": lambda cells, size: cells.clip(0, size - 1),
    "circular": lambda cells, size: cells % size,
}
"""Where a cell beyond the edge takes its value from, for each of PyTorch's padding modes."""


@dataclass(frozen=True)
class Axis:
    """How windows lie along one axis, held as tables; sizes are in cells.

    The names are those of torch.nn.Conv2d, but `padding` is (before, after), and with `flip` the kernel is turned
    round: tap t lies at place kernel_size − 1 − t of the window, which makes the sum a true convolution.

    A negative padding crops the input instead, in `zeros` mode.

    Nothing is checked here. It must hold that the window fits (extent ≤ padded_size), that `reflect` pads by less than
    input_size and `circular` by no more than it, and that sizes, stride and dilation are at least 1.

    >>> axis = Axis(input_size=4, kernel_size=3, stride=2, padding=(1, 1))
    >>> axis.output_size
    2
    >>> axis.reads
    array([[-1,  0,  1],
           [ 1,  2,  3]])
    """

    input_size: int
    kernel_size: int
    stride: int = 1
    dilation: int = 1
    padding: tuple[int, int] = (0, 0)
    padding_mode: PaddingMode = "zeros"
    flip: bool = False

    @property
    def extent(self) -> int:
        """How many cells a window spans, the gaps of a dilated one included.

        >>> Axis(input_size=9, kernel_size=3, dilation=2).extent
        5
        """
        return self.dilation * (self.kernel_size - 1) + 1

    @property
    def padded_size(self) -> int:
        """How many cells the input has with its padding.

        >>> Axis(input_size=7, kernel_size=3, padding=(1, 2)).padded_size
        10
        """
        return self.input_size + sum(self.padding)

    @property
    def exact_size(self) -> Fraction:
        """How many windows fit, before the floor: (padded_size − extent) / stride + 1.

        >>> Axis(input_size=7, kernel_size=3, stride=3).exact_size
        Fraction(7, 3)
        """
        return Fraction(self.padded_size - self.extent, self.stride) + 1

    @property
    def is_exact(self) -> bool:
        """Whether windows fit without a floor.

        >>> Axis(input_size=7, kernel_size=3, stride=3).is_exact
        False
        """
        return (self.padded_size - self.extent) % self.stride == 0

    @property
    def output_size(self) -> int:
        """How many whole windows fit: the floor that torch.nn.Conv2d takes under "Shape".

        >>> Axis(input_size=7, kernel_size=3, stride=3).output_size
        2
        """
        return (self.padded_size - self.extent) // self.stride + 1

    @cached_property
    def source(self) -> Cells:
        """For each padded cell, the input cell whose value it holds, or −1 for a zero; shape (padded_size,).

        >>> Axis(input_size=3, kernel_size=3, padding=(2, 1), padding_mode="reflect").source
        array([2, 1, 0, 1, 2, 1])
        """
        before, after = self.padding
        cells = np.arange(-before, self.input_size + after)
        return read_only(SOURCES[self.padding_mode](cells, self.input_size))

    @cached_property
    def taps(self) -> Cells:
        """For each output cell and tap, the padded cell they meet; shape (output_size, kernel_size).

        >>> Axis(input_size=5, kernel_size=2, stride=2, flip=True).taps
        array([[1, 0],
               [3, 2]])
        """
        place = np.arange(self.kernel_size)
        if self.flip:
            place = place[::-1]
        out = np.arange(self.output_size)[:, np.newaxis]
        return read_only(out * self.stride + place * self.dilation)

    @cached_property
    def reads(self) -> Cells:
        """For each output cell and tap, the input cell they meet, or −1 for a zero; shape (output_size, kernel_size).

        >>> Axis(input_size=3, kernel_size=2, padding=(1, 0), padding_mode="circular").reads
        array([[2, 0],
               [0, 1],
               [1, 2]])
        """
        return read_only(self.source[self.taps])

    @cached_property
    def writes(self) -> Cells:
        """For each input cell and tap, the output cell they meet, or −1 for none; shape (input_size, kernel_size).

        The relation solved for `out`, which is whole only where the stride divides. Copies of a cell that padding
        made are left out, so that with `zeros` alone it says all that `reads` says.

        >>> Axis(input_size=4, kernel_size=3, stride=2, padding=(1, 1)).writes
        array([[-1,  0, -1],
               [ 1, -1,  0],
               [-1,  1, -1],
               [-1, -1,  1]])
        """
        place = np.arange(self.kernel_size)
        if self.flip:
            place = place[::-1]
        distance = np.arange(self.input_size)[:, np.newaxis] + self.padding[0] - place * self.dilation
        out, remainder = np.divmod(distance, self.stride)
        return read_only(np.where((remainder == 0) & (out >= 0) & (out < self.output_size), out, ZERO))

    @cached_property
    def read_counts(self) -> Cells:
        """For each input cell, how many pairs of an output cell and a tap read it; shape (input_size,).

        >>> Axis(input_size=6, kernel_size=3).read_counts
        array([1, 2, 3, 3, 2, 1])
        """
        return read_only(np.bincount(self.reads[self.reads != ZERO], minlength=self.input_size))

    @property
    def unused(self) -> tuple[int, ...]:
        """The input cells that no window reads: left over at the end, or skipped by the stride.

        >>> Axis(input_size=6, kernel_size=2, stride=3).unused
        (2, 5)
        """
        return tuple(np.flatnonzero(self.read_counts == 0).tolist())


def read_only(table: NDArray[Any]) -> NDArray[Any]:
    """The tables of an axis are shared, so nobody may write into them."""
    table.setflags(write=False)
    return table


def same_padding(kernel_size: int, dilation: int) -> tuple[int, int]:
    """The padding that keeps the size at stride 1, as PyTorch splits it: an odd cell goes after.

    >>> same_padding(3, 1), same_padding(4, 1), same_padding(2, 3)
    ((1, 1), (1, 2), (1, 2))
    """
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


def full_padding(kernel_size: int, dilation: int) -> tuple[int, int]:
    """The padding in which every overlap of window and input counts, as SciPy's mode="full".

    >>> full_padding(3, 2)
    (4, 4)
    """
    span = dilation * (kernel_size - 1)
    return span, span
