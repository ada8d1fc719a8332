"""How a layer lies along the axes of a map: its windows, with everything decided that its input decides."""

from typing import NamedTuple, Protocol

from kernels.axis import same_padding
from kernels.layers import ADAPTIVE_POOLS, GLOBAL_POOLS, POOLS, Counts, Misfit, Pairs, Shape, StackLayer


class Placed(Protocol):
    """A layer and its place in a network, for a refusal."""

    @property
    def layer(self) -> StackLayer: ...

    @property
    def place(self) -> str: ...


class Window(NamedTuple):
    """How a layer lies along one axis of space, everything decided; of a pool over the whole map too."""

    kernel: int
    stride: int
    padding: tuple[int, int]
    dilation: int
    output_padding: int

    @property
    def extent(self) -> int:
        """How many cells it spans, the gaps of a dilated one included."""
        return self.dilation * (self.kernel - 1) + 1


def windows_of(node: Placed, shape: Shape, spatial: Counts) -> tuple[Window, ...]:
    """A layer over space with one value for each axis, and everything that its input decides decided."""
    layer, axes = node.layer, len(spatial)
    if len(shape) == 1:
        raise Misfit("flat", node.place, kind=layer.kind, numbers=shape[0])
    if layer.kind in GLOBAL_POOLS:
        return tuple(Window(size, size, (0, 0), 1, 0) for size in spatial)
    kernel = each(node, "kernel", layer.kernel, axes)
    stride = each(node, "stride", layer.stride or (layer.kernel if layer.kind in POOLS else (1,)), axes)
    dilation = each(node, "dilation", layer.dilation, axes)
    further = each(node, "output_padding", layer.output_padding, axes)
    if layer.kind == "pixelunshuffle":
        stride = kernel
    padding = cropping(kernel, spatial) if layer.kind == "crop" else padding_of(node, kernel, stride, dilation)
    if layer.kind in ("pad", "crop"):
        kernel = (1,) * axes
    return tuple(Window(*values) for values in zip(kernel, stride, padding, dilation, further, strict=True))


def cropping(sizes: Counts, spatial: Counts) -> Pairs:
    """The cells that a crop to these sizes leaves out on each side, as a negative padding; an odd one goes after.

    >>> cropping((2,), (5,))
    ((-1, -2),)
    """
    surplus = [there - wanted for wanted, there in zip(sizes, spatial, strict=True)]
    return tuple((-(cells // 2), cells // 2 - cells) for cells in surplus)


def each(node: Placed, name: str, values: Counts, axes: int) -> Counts:
    """One value for each axis."""
    if len(values) not in (1, axes):
        raise Misfit("axes", node.place, name=name, given=len(values), axes=axes)
    return values if len(values) == axes else values * axes


def padding_of(node: Placed, kernel: Counts, stride: Counts, dilation: Counts) -> Pairs:
    """One pair for each axis; `same` keeps the size at stride 1, an odd cell goes after."""
    padding, axes = node.layer.padding, len(kernel)
    if padding == "same":
        if set(stride) != {1}:
            raise Misfit("same_stride", node.place, stride=max(stride))
        return tuple(same_padding(k, d) for k, d in zip(kernel, dilation, strict=True))
    if len(padding) not in (1, axes):
        raise Misfit("axes", node.place, name="padding", given=len(padding), axes=axes)
    return padding if len(padding) == axes else padding * axes


def check_groups(node: Placed, channels: int, filters: int) -> None:
    for name, count in (("channels", channels), ("filters", filters)):
        if count % node.layer.groups:
            raise Misfit("groups", node.place, name=name, count=count, groups=node.layer.groups)


def output_size(node: Placed, window: Window, input_size: int) -> int:
    """How many cells a layer makes along one axis: the formulas of torch.nn under "Shape"."""
    layer, (before, after) = node.layer, window.padding
    if layer.kind in ("upsample", "pixelshuffle"):
        return input_size * window.kernel
    if layer.kind == "resize" or layer.kind in ADAPTIVE_POOLS:
        return window.kernel
    if layer.kind == "crop" and after > 0:
        raise Misfit("crop", node.place, size=input_size, wanted=input_size + before + after)
    if layer.kind == "convtranspose":
        return transposed_size(node, window, input_size)
    if layer.kind in POOLS and 2 * max(window.padding) > window.extent:
        raise Misfit("pool_padding", node.place, padding=max(window.padding), covers=window.extent)
    padded = input_size + before + after
    if padded < window.extent:
        raise Misfit("kernel", node.place, covers=window.extent, padded=padded, size=input_size)
    windows, remainder = divmod(padded - window.extent, window.stride)
    # One more window may hang over the end, if it begins before the padding there does.
    hangs_over = layer.ceil_mode and remainder > 0 and (windows + 1) * window.stride - before < input_size
    return windows + 1 + hangs_over


def transposed_size(node: Placed, window: Window, input_size: int) -> int:
    if window.output_padding >= max(window.stride, window.dilation):
        numbers = {"given": window.output_padding, "stride": window.stride, "dilation": window.dilation}
        raise Misfit("output_padding", node.place, **numbers)
    size = (input_size - 1) * window.stride + window.extent - sum(window.padding) + window.output_padding
    if size < 1:
        raise Misfit("empty", node.place, size=size, padding=sum(window.padding))
    return size
