"""What is called, and how one framework writes it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.operations.common.snippets.literal import literal
from kernels.axis import full_padding, same_padding

Array = NDArray[np.float64]
Pairs = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Call:
    """A convolution with everything resolved: x (C, *space), w (O, C/groups, *kernel), b (O,) or None."""

    operation: str
    """conv1d, conv2d or conv3d"""
    x: Array
    w: Array
    b: Array | None
    stride: tuple[int, ...]
    padding: Pairs
    """(before, after) for each axis, words already resolved"""
    padding_word: str | None
    """same, valid or full, where the user wrote a word"""
    padding_mode: str
    """zeros, reflect, replicate or circular"""
    dilation: tuple[int, ...]
    groups: int
    flip: bool
    activation: str | None
    """relu, sigmoid or tanh"""
    json_url: str

    @property
    def spatial(self) -> int:
        return len(self.stride)

    @property
    def is_padded(self) -> bool:
        return any(map(any, self.padding))

    @property
    def pads_with_zeros(self) -> bool:
        return self.padding_mode == "zeros"

    @property
    def is_strided(self) -> bool:
        return max(self.stride) > 1

    @property
    def is_dilated(self) -> bool:
        return max(self.dilation) > 1

    @property
    def is_plane(self) -> bool:
        """One channel and one filter, so that plain matrices say it all."""
        return self.w.shape[:2] == (1, 1)

    @property
    def is_depthwise(self) -> bool:
        """One filter for each channel, and nothing summed across channels."""
        return bool(self.groups == self.x.shape[0] == self.w.shape[0])

    @cached_property
    def extents(self) -> tuple[int, ...]:
        """How many cells the dilated kernel spans along each axis."""
        sizes = self.w.shape[2:]
        return tuple(dilation * (size - 1) + 1 for size, dilation in zip(sizes, self.dilation, strict=True))

    @property
    def is_same(self) -> bool:
        """Padded with the zeros that keep the size: the odd one, if there is one, at the end."""
        return self.pads_with_zeros and self.padding == tuple(same_padding(extent, 1) for extent in self.extents)

    @property
    def is_full(self) -> bool:
        """Padded with zeros until one tap alone touches the input's edge."""
        return self.pads_with_zeros and self.padding == tuple(full_padding(extent, 1) for extent in self.extents)

    @property
    def results(self) -> tuple[str, ...]:
        """The names of what is computed."""
        return ("y", "a") if self.activation else ("y",)

    @cached_property
    def arrays(self) -> dict[str, Array]:
        """The data by name, without the bias where there is none."""
        given = {"x": self.x, "w": self.w, "b": self.b}
        return {name: values for name, values in given.items() if values is not None}

    @property
    def numbers(self) -> int:
        return sum(values.size for values in self.arrays.values())

    @cached_property
    def literals(self) -> dict[str, str]:
        """The data as nested lists, written once for all frameworks."""
        return {name: literal(values.tolist()) for name, values in self.arrays.items()}
