"""The call in NumPy: all windows side by side, as a view, and one number for each."""

from math import prod
from typing import Any

from app.operations.common.snippets.program import NUMPY, NUMPY_WINDOWS
from app.operations.common.snippets.source import every, invoke, pad_widths, sliding_windows
from app.operations.pooling import words
from app.operations.pooling.snippets.call import PoolCall
from app.scene.explanation import Snippet


def numpy(call: PoolCall) -> Snippet | None:
    if call.is_gradient:
        return None
    if call.is_inverse:
        return NUMPY.snippet(call, unpool_lines(call))
    if call.fitted:
        return NUMPY.snippet(call, fitted_lines(call))
    return NUMPY_WINDOWS.snippet(call, window_lines(call), words.NUMPY_WINDOWS)


def unpool_lines(call: PoolCall) -> list[str]:
    channels, area = len(call.arrays["x"]), prod(call.output_size)
    places, values = "indices.astype(int).reshape(len(x), -1)", "x.reshape(len(x), -1)"
    return [
        f"y = np.zeros(({channels}, {area}))",
        invoke("np.put_along_axis", "y", places, values, axis="1"),
        f"y = y.reshape{(channels, *call.output_size)}",
    ]


def fitted_lines(call: PoolCall) -> list[str]:
    """One window after the other: they may differ in size."""
    function = "max" if call.reduction == "max" else "mean"
    if set(call.output_size) == {1}:
        return [f"y = x.{function}(axis=(1, 2), keepdims=True)"]
    names = ("rows", "cols")
    spans = [
        f"{name} = [slice(i * {axis.input_size} // {axis.output_size}, -(-(i + 1) * {axis.input_size} // "
        f"{axis.output_size})) for i in range({axis.output_size})]"
        for name, axis in zip(names, call.fitted, strict=True)
    ]
    return [
        *spans,
        f"y = np.array([[x[:, r, c].{function}(axis=(1, 2)) for c in cols] for r in rows])",
        "y = np.moveaxis(y, -1, 0)",
    ]


def window_lines(call: PoolCall) -> list[str]:
    """All windows side by side, as a view; then one number for each."""
    view = sliding_windows([axis.extent for axis in call.windows])
    view += every([axis.stride for axis in call.windows], before=1)
    dilations = [axis.dilation for axis in call.windows]
    if max(dilations) > 1:
        view += every(dilations).replace("[", "[..., ", 1)
    return [*pads(call), f"windows = {view}", f"y = {reduced(call)}"]


def pads(call: PoolCall) -> list[str]:
    """What lies outside: −∞ never wins, a zero counts in the mean, and what is no number does not."""
    rim = tuple((padding, padding) for padding in call.padding)
    over = tuple((0, cells) for cells in call.hanging)
    both = tuple((before, after + cells) for (before, after), (_, cells) in zip(rim, over, strict=True))
    if call.reduction == "max":
        return [pad(both, "-np.inf")] if any(map(any, both)) else []
    if not call.counts_windows:
        return [pad(both, None)] if any(map(any, both)) else []
    if not call.parameters.get("count_include_pad", True):
        return [pad(both, "np.nan")]
    return [*([pad(rim, None)] if any(map(any, rim)) else []), pad(over, "np.nan")]


def pad(widths: Any, value: str | None) -> str:
    return f"x = {invoke('np.pad', 'x', pad_widths(widths, before=1), constant_values=value)}"


def reduced(call: PoolCall) -> str:
    axis = str(tuple(range(-call.spatial, 0))) if call.spatial > 1 else "-1"
    if call.reduction == "max":
        return f"windows.max(axis={axis})"
    divisor = call.parameters.get("divisor_override")
    if call.reduction == "mean" and divisor is not None:
        return f"windows.sum(axis={axis}) / {divisor}"
    if call.reduction == "mean":
        return f"np.nanmean(windows, axis={axis})" if call.counts_windows else f"windows.mean(axis={axis})"
    power = call.parameters["norm_type"]
    powers = "windows" if power == 1 else f"windows**{power}"
    size = prod(axis.kernel_size for axis in call.windows)
    total = f"np.nanmean({powers}, axis={axis}) * {size}" if call.counts_windows else summed(powers, axis)
    grouped = f"({total})" if call.counts_windows else total
    return total if power == 1 else f"{grouped} ** (1 / {power})"


def summed(powers: str, axis: str) -> str:
    return f"{powers}.sum(axis={axis})" if powers == "windows" else f"({powers}).sum(axis={axis})"
