"""How the windows of a pooling lie: its parameters one number for each axis, and everything illegal refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Annotated, Any, Protocol

import numpy as np

from app.address.parameters import Counts, Flag, Label, read_counts, reader, spell_counts
from app.address.phrases import times
from app.address.refusal import Refusal
from app.operations.common.fields import bounded, spelled
from app.scene.operation import Operation
from app.scene.sizes import AXIS_NAMES, WindowSize, size_of
from app.settings import Limits
from app.text import refusals as words
from kernels.axis import Axis
from kernels.cached import cached_property
from kernels.pooling import in_padding, pooling_axis

KernelSize = Annotated[Counts, reader(read_counts, least=1)]
OwnStride = Annotated[Counts | None, reader(read_counts, least=1)]
"""None is PyTorch's default: as large as the window, so that windows lie side by side."""
Rim = Annotated[Counts, reader(read_counts, least=0)]
"""Padding as pooling takes it: as much before as after."""
CeilMode = Annotated[Flag, Label("Keep the last window that begins inside (ceil_mode)")]


class Windowed(Protocol):
    """What the parameters of every pooling say; some say padding and dilation, too."""

    @property
    def kernel_size(self) -> Counts: ...

    @property
    def stride(self) -> Counts | None: ...

    @property
    def ceil_mode(self) -> bool: ...


@dataclass(frozen=True)
class Windows:
    """How the windows of a pooling lie, one number for each axis; `sides` are those of x."""

    sides: tuple[int, ...]
    kernel_size: tuple[int, ...]
    stride: tuple[int, ...]
    padding: tuple[int, ...]
    dilation: tuple[int, ...]
    ceil_mode: bool

    @cached_property
    def axes(self) -> tuple[Axis, ...]:
        numbers = zip(self.sides, self.kernel_size, self.stride, self.padding, self.dilation, strict=True)
        return tuple(axis_of(*along, self.ceil_mode) for along in numbers)

    @property
    def outputs(self) -> tuple[int, ...]:
        return tuple(axis.output_size for axis in self.axes)


def spelled_windows(operation: Operation, fields: Mapping[str, Any]) -> dict[str, str]:
    """The canonical fields: a stride as large as the window says nothing."""
    return spelled(operation, {**fields, "stride": None} if fields["stride"] == fields["kernel_size"] else fields)


@lru_cache(128)
def axis_of(size: int, kernel: int, stride: int, padding: int, dilation: int, ceil_mode: bool) -> Axis:
    return pooling_axis(size, kernel, stride=stride, padding=padding, dilation=dilation, ceil_mode=ceil_mode)


def resolve_windows(parameters: Windowed, sides: tuple[int, ...], limits: Limits) -> Windows:
    """How the windows lie, everything that PyTorch refuses of it refused; not every pooling can pad or dilate."""
    spatial = len(sides)
    kernels = bounded("kernel_size", parameters.kernel_size, spatial, limits.kernel)
    windows = Windows(
        sides=sides,
        kernel_size=kernels,
        stride=kernels if parameters.stride is None else bounded("stride", parameters.stride, spatial, limits.stride),
        padding=bounded("padding", getattr(parameters, "padding", (0,)), spatial, limits.padding),
        dilation=bounded("dilation", getattr(parameters, "dilation", (1,)), spatial, limits.stride),
        ceil_mode=parameters.ceil_mode,
    )
    check_rim(windows)
    check_windows_fit(windows)
    return windows


def check_rim(windows: Windows) -> None:
    """At most half of a window may lie in the padding."""
    names = AXIS_NAMES[len(windows.sides)]
    for padding, kernel, name in zip(windows.padding, windows.kernel_size, names, strict=True):
        if 2 * padding > kernel:
            sentence = words.POOL_PADDING.format(padding=padding, kernel=kernel, most=kernel // 2, axis=name)
            raise Refusal(sentence, loc=("padding",))


def check_windows_fit(windows: Windows) -> None:
    """At least one window must fit along every axis; with ceil_mode it may hang over by less than a stride."""
    if min(windows.outputs) >= 1:
        return
    is_dilated = max(windows.dilation) > 1
    padded = [side + 2 * padding for side, padding in zip(windows.sides, windows.padding, strict=True)]
    sentence = words.POOL_TOO_LARGE.format(
        kernel=times(windows.kernel_size),
        dilated=f" with dilation {spell_counts(windows.dilation)}" if is_dilated else "",
        covers=times([axis.extent for axis in windows.axes]),
        padded="padded " if any(windows.padding) else "",
        input=times(padded),
    )
    raise Refusal(sentence, loc=("dilation" if is_dilated else "kernel_size",))


def check_inside(windows: Windows) -> None:
    """A dilated window may step over a small input and see nothing but padding."""
    missing = in_padding(windows.axes)
    if missing.any():
        sentence = words.POOL_IN_PADDING.format(
            index=spell_index(np.argwhere(missing)[0].tolist()), dilation=spell_counts(windows.dilation)
        )
        raise Refusal(sentence, loc=("dilation",))


def check_looks(looks: int, limits: Limits) -> None:
    """How many numbers all windows read together."""
    if looks > limits.multiplications:
        sentence = words.POOL_WORK.format(value=looks, most=limits.multiplications)
        raise Refusal(sentence, type="too_large", loc=("x",))


def spell_index(index: Sequence[int]) -> str:
    return ", ".join(map(str, index))


class PoolSize(WindowSize):
    """A size that may be rounded up: with ceil_mode a last window may hang over the end.

    But not one that would begin in the padding after x: `left_out` says that there is such a window.
    """

    ceil_mode: bool
    left_out: bool


def pooling_sizes(axes: Sequence[Axis], ceil_mode: bool) -> list[PoolSize]:
    """The formula along each axis."""
    return [pool_size_of(axis, ceil_mode, name) for axis, name in zip(axes, AXIS_NAMES[len(axes)], strict=True)]


def pool_size_of(axis: Axis, ceil_mode: bool, name: str) -> PoolSize:
    """The padding that was asked for, not the cells beyond it that a last window hangs over."""
    asked = replace(axis, padding=(axis.padding[0], axis.padding[0]))
    size = size_of(asked, name)
    beyond = ceil_mode and rounded_up(size) > axis.output_size
    formula = size["formula"].rpartition(" = ")[0]
    if ceil_mode:
        formula = formula.replace("⌊", "⌈").replace("⌋", "⌉") + " − 1" * beyond
    return {
        **size,
        "output": axis.output_size,
        "formula": f"{formula} = {axis.output_size}",
        "ceil_mode": ceil_mode,
        "left_out": beyond,
    }


def rounded_up(size: WindowSize) -> int:
    """⌈(input + padding − dilation·(kernel − 1) − 1) / stride⌉ + 1, before a window beyond the input is left out."""
    free = size["input"] + sum(size["padding"]) - size["dilation"] * (size["kernel"] - 1) - 1
    return -(-free // size["stride"]) + 1
