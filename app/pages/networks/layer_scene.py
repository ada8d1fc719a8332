"""From a layer to its sum: the scene of its own kind, with its kernel, stride, padding and groups, small enough to see.

The input has as few cells as show three windows along each axis, and a channel or two; the numbers are made up. A
layer whose sum no scene shows, such as an activation alone, has none.
"""

from urllib.parse import quote

from app.pages.networks import words
from kernels.layers import GLOBAL_POOLS
from kernels.network import Counted
from kernels.windows import Window

WINDOWS = 3
"""Windows along each axis of the small input."""
MOST_SIDE, MOST_KERNEL, MOST_PAD = 14, 7, 3
SAFE = ",;:~!()x="
OPERATIONS = {"conv": "conv", "convtranspose": "conv_transpose", "maxpool": "max_pool", "avgpool": "avg_pool"}


def layer_scene(layer: Counted) -> tuple[str, str] | None:
    """(address, what it is) of the scene of a layer; None where there is none."""
    windows = layer.measured.windows
    if layer.kind == "linear" and len(layer.measured.inputs[0]) == 1:
        return f"/networks/flatten-linear?{query({'x': 'random:2x2x2:4', 'w': 'random:2x2x2x2:7'})}", words.SCENE_LINEAR
    if layer.kind in GLOBAL_POOLS and len(windows) == 2:
        side = min(windows[0].kernel, 4)
        name = "max_pool2d" if "max" in layer.kind else "avg_pool2d"
        return f"/{name}?{query({'x': f'random:{side}x{side}:3', 'kernel_size': str(side)})}", words.SCENE_SMALL
    if layer.kind not in OPERATIONS or not 1 <= len(windows) <= 2 or not all(map(fits, windows)):
        return None
    rank = len(windows)
    asked = {"x": f"random:{'x'.join(map(str, (*channels(layer), *sides(layer))))}:3", **settings(layer)}
    if layer.kind in ("conv", "convtranspose"):
        asked["w"] = f"random:{'x'.join(map(str, weights(layer)))}:1"
        asked |= {"groups": str(groups(layer))} if groups(layer) > 1 else {}
    else:
        asked["kernel_size"] = each([window.kernel for window in windows])
    return f"/{OPERATIONS[layer.kind]}{rank}d?{query(asked)}", words.SCENE_SMALL


def query(values: dict[str, str]) -> str:
    return "&".join(f"{name}={quote(text, safe=SAFE)}" for name, text in values.items())


def fits(window: Window) -> bool:
    """Whether the layer can be shown on a small input."""
    return window.kernel <= MOST_KERNEL and max(window.padding) <= MOST_PAD and window.extent <= MOST_SIDE


def groups(layer: Counted) -> int:
    """Two stand for any number."""
    return min(layer.layer.groups, 2)


def channels(layer: Counted) -> tuple[int, ...]:
    """A channel for a pool or for one; two where the layer reads several, one for each group."""
    is_one = layer.kind not in ("conv", "convtranspose") or layer.measured.inputs[0][0] == 1
    return () if is_one else (2,)


def weights(layer: Counted) -> tuple[int, ...]:
    """(O, C/groups, …), or (C, O/groups, …) of a transposed layer: as few as there are groups."""
    count = channels(layer)[0] if channels(layer) else 1
    kernel = tuple(window.kernel for window in layer.measured.windows)
    outputs = groups(layer)
    if layer.kind == "convtranspose":
        return (count, 1, *kernel)
    return (outputs, count // groups(layer), *kernel)


def sides(layer: Counted) -> tuple[int, ...]:
    """As many cells as three windows need, the padding's among them."""
    if layer.kind == "convtranspose":
        return (WINDOWS,) * len(layer.measured.windows)
    needed = ((WINDOWS - 1) * each.stride + each.extent - sum(each.padding) for each in layer.measured.windows)
    return tuple(max(min(cells, MOST_SIDE), WINDOWS) for cells in needed)


def settings(layer: Counted) -> dict[str, str]:
    """Stride, padding and dilation, where they are not the default."""
    windows = layer.measured.windows
    found = {"stride": each([window.stride for window in windows])}
    if any(before != after for before, after in (window.padding for window in windows)):
        found["padding"] = ",".join(f"{before}:{after}" for before, after in (window.padding for window in windows))
    elif any(window.padding[0] for window in windows):
        found["padding"] = each([window.padding[0] for window in windows])
    if any(window.dilation > 1 for window in windows):
        found["dilation"] = each([window.dilation for window in windows])
    if any(window.output_padding for window in windows):
        found["output_padding"] = each([window.output_padding for window in windows])
    if layer.layer.ceil_mode:
        found["ceil_mode"] = "true"
    is_pool = layer.kind in ("maxpool", "avgpool")
    return {name: text for name, text in found.items() if is_pool or (name, text) != ("stride", "1")}


def each(values: list[int]) -> str:
    return str(values[0]) if len(set(values)) == 1 else ",".join(map(str, values))
