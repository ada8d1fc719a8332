"""Layers and parts in words: 96 filters 11×11 at stride 4; 1×1 → 3×3 → 1×1."""

from collections.abc import Sequence

from app.address.phrases import times
from app.pages.networks import words
from kernels.layers import CONVOLUTIONS, JOINS, POINTWISE, POOLS, VIEWS, StackLayer
from kernels.network import Counted, Part
from kernels.stack import Branch, Gate, Item, Residual, Stack, Step

QUIET = POINTWISE | VIEWS | {"pad", "slice", "parameter"}
"""Kinds that a summary leaves out or names last."""


MOST_OUTLINED = 12
"""Layers that a summary names one by one."""


def describe(counted: Counted) -> str:
    """One layer of a network: what it is, with its settings."""
    layer, measured = counted.layer, counted.measured
    if layer.kind in words.ELEMENTWISE:
        return words.ELEMENTWISE[layer.kind]
    if layer.kind in JOINS:
        return words.JOINED[layer.kind].format(count=len(measured.inputs))
    if layer.kind == "linear":
        return words.LINEAR.format(count=counted.shape[-1])
    if layer.kind in CONVOLUTIONS:
        sentence = words.CONV if layer.kind == "conv" else words.TRANSPOSED
        filters = f"{counted.shape[0]} {words.FILTERS[counted.shape[0] != 1]}"
        return sentence.format(filters=filters, kernel=kernel(counted), at=at(counted), groups=groups(layer))
    over_space = words.OVER_SPACE.get(layer.kind)
    if over_space is None:
        return words.OTHER_LAYERS.get(layer.kind, layer.kind).format(shape=times(counted.shape), groups=layer.groups)
    return over_space.format(kernel=kernel(counted), at=at(counted))


def kernel(counted: Counted) -> str:
    return times([window.kernel for window in counted.measured.windows])


def at(counted: Counted) -> str:
    """Stride and dilation, where they are worth a word: a pool that steps by its kernel is the usual one."""
    strides = [window.stride for window in counted.measured.windows]
    dilations = [window.dilation for window in counted.measured.windows]
    stride = words.AT_STRIDE.format(stride=each(strides)) if set(strides) != {1} or counted.kind in POOLS else ""
    return stride + (words.DILATED.format(dilation=each(dilations)) if set(dilations) != {1} else "")


def each(values: Sequence[int]) -> str:
    return str(values[0]) if len(set(values)) == 1 else times(values)


def groups(layer: StackLayer) -> str:
    return words.IN_GROUPS.format(groups=layer.groups) if layer.groups > 1 else ""


def summarize(part: Part, layers: Sequence[Counted]) -> str:
    """A part in one line: its only layer, or the way through its block."""
    weighty = [item for item in part.stack if not (isinstance(item, StackLayer) and item.kind in QUIET)]
    if len(weighty) == 1 and isinstance(weighty[0], StackLayer):
        return ", ".join([describe(layer) for layer in layers if layer.kind not in QUIET][:1]) or words.NOT_KNOWN
    if len(weighty) > MOST_OUTLINED:
        return words.SEVERAL.format(first=outline(weighty[0]), last=outline(weighty[-1]), count=len(weighty))
    return " → ".join(map(outline, weighty)) if weighty else ", ".join(describe(layer) for layer in layers)


def outline(item: Item) -> str:
    """An item in a word: 3×3, pool, or the outlines of its paths."""
    if isinstance(item, Step):
        return outline(item.layer)
    if isinstance(item, Branch):
        return " | ".join(way(path) or words.SHORTCUT for path in item.paths)
    if isinstance(item, Residual | Gate):
        main, *others = item.paths
        return words.AND_A.format(path=way(main), other=" + ".join(way(path) or words.SHORTCUT for path in others))
    if item.kind in CONVOLUTIONS:
        return times(item.kernel * 2 if len(item.kernel) == 1 else item.kernel)
    return words.POOL if item.kind in POOLS else item.kind


def way(path: Stack) -> str:
    """A path: 1×1 → 3×3."""
    return " → ".join(outline(item) for item in path if not (isinstance(item, StackLayer) and item.kind in QUIET))
