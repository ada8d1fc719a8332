"""What is called, and how one framework writes it."""

from dataclasses import dataclass

from app.operations.common.snippets.program import Array, Called
from kernels.axis import full_padding, same_padding
from kernels.cached import cached_property

Pairs = tuple[tuple[int, int], ...]


@dataclass(frozen=True, kw_only=True)
class Call(Called):
    """A convolution with everything resolved: x (C, *space), w (O, C/groups, *kernel), b (O,) or None."""

    operation: str
    """conv1d, conv2d or conv3d"""
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

    @property
    def x(self) -> Array:
        return self.arrays["x"]

    @property
    def w(self) -> Array:
        return self.arrays["w"]

    @property
    def b(self) -> Array | None:
        return self.arrays.get("b")

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
