"""The output-size formula of one axis, with its numbers."""

from collections.abc import Callable, Sequence
from typing import TypedDict, TypeVar

from kernels.adaptive import AdaptiveAxis
from kernels.axis import Axis

AXIS_NAMES = {1: ("length",), 2: ("height", "width"), 3: ("depth", "height", "width")}


class Size(TypedDict):
    """What every operation says of an axis: the formula of its output's size, with the numbers."""

    axis: str
    input: int
    output: int
    formula: str


AnyAxis = TypeVar("AnyAxis", Axis, AdaptiveAxis)
AnySize = TypeVar("AnySize", bound=Size)


class WindowSize(Size):
    """⌊(input + before + after − dilation·(kernel − 1) − 1) / stride⌋ + 1 = output"""

    kernel: int
    stride: int
    padding: tuple[int, int]
    dilation: int
    fits: bool


class TransposedSize(Size):
    """(input − 1)·stride − 2·padding + dilation·(kernel − 1) + output_padding + 1 = output"""

    kernel: int
    stride: int
    padding: int
    output_padding: int
    dilation: int


class GradientSize(Size):
    """The size formula of the convolution, read backwards; `rest` cells, fewer than a stride, it leaves over."""

    grad_output: int
    kernel: int
    stride: int
    padding: int
    dilation: int
    rest: int


def size_of(axis: Axis, name: str) -> WindowSize:
    before, after = axis.padding
    return {
        "axis": name,
        "input": axis.input_size,
        "kernel": axis.kernel_size,
        "stride": axis.stride,
        "padding": axis.padding,
        "dilation": axis.dilation,
        "output": axis.output_size,
        "fits": axis.is_exact,
        "formula": f"⌊({axis.input_size} + {before} + {after} − {axis.dilation}·({axis.kernel_size} − 1) − 1)"
        f" / {axis.stride}⌋ + 1 = {axis.output_size}",
    }


def is_cut_short(axis: Axis) -> bool:
    """Whether the floor leaves out cells at the end of the input, and not the padding behind it alone."""
    return not axis.is_exact and axis.input_size - 1 in axis.unused


def convolution_sizes(axes: Sequence[Axis]) -> list[WindowSize]:
    """The formula along each axis."""
    return sizes_along(axes, size_of)


def sizes_along(axes: Sequence[AnyAxis], size_of: Callable[[AnyAxis, str], AnySize]) -> list[AnySize]:
    """The size of each axis, by the axis and its name."""
    return [size_of(axis, name) for axis, name in zip(axes, AXIS_NAMES[len(axes)], strict=True)]
