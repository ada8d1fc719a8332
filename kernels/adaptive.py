"""Adaptive pooling: the size of y is given, and the windows are made to fit it.

They begin and end where ⌊i·n/m⌋ and ⌈(i + 1)·n/m⌉ say, so they may differ by a cell and overlap by one: no stride
would lay them so, and they have an axis of their own. One window over all of x, output size 1, is global pooling.
"""

from dataclasses import dataclass

import numpy as np

from kernels.axis import ZERO, Cells, read_only
from kernels.cached import cached_property


@dataclass(frozen=True)
class AdaptiveAxis:
    """How the windows of an adaptive pooling lie along one axis; both sizes are at least 1, and nothing is checked.

    >>> AdaptiveAxis(input_size=5, output_size=3).windows
    ((0, 2), (1, 4), (3, 5))
    """

    input_size: int
    output_size: int

    @property
    def windows(self) -> tuple[tuple[int, int], ...]:
        """For each output cell i, the input cells [⌊i·n/m⌋, ⌈(i + 1)·n/m⌉), as torch.nn.AdaptiveAvgPool2d has them."""
        n, m = self.input_size, self.output_size
        return tuple((i * n // m, -(-(i + 1) * n // m)) for i in range(m))

    @cached_property
    def reads(self) -> Cells:
        """For each output cell and place, the input cell it reads, or −1 past its window; as wide as the widest.

        >>> AdaptiveAxis(input_size=5, output_size=3).reads
        array([[ 0,  1, -1],
               [ 1,  2,  3],
               [ 3,  4, -1]])
        """
        begins, ends = np.array(self.windows).T[:, :, np.newaxis]
        cells = begins + np.arange((ends - begins).max())
        return read_only(np.where(cells < ends, cells, ZERO))
