"""Unfold and fold in other frameworks."""

from app.operations.common import words
from app.operations.common.snippets.layer_call import LayerCall, layer_call
from app.operations.common.snippets.program import JAX, NUMPY, NUMPY_WINDOWS, PYTORCH
from app.operations.common.snippets.source import (
    compact,
    every,
    invoke,
    one_or_each,
    pad_widths,
    quoted,
    sliding_windows,
)
from app.operations.common.snippets.stamped import cropped
from app.scene.explanation import Snippet
from app.scene.scene import Scene


def unfold_snippets(scene: Scene) -> tuple[Snippet, ...]:
    call = layer_call(scene)
    return pytorch(call, one_or_each(call.kernel)), windows(call), patches(call)


def fold_snippets(scene: Scene) -> tuple[Snippet, ...]:
    call = layer_call(scene)
    return pytorch(call, str(call.inputs), one_or_each(call.kernel)), laid(call)


def pytorch(call: LayerCall, *sizes: str) -> Snippet:
    line = "y = " + invoke(
        f"F.{call.operation}",
        "x",
        *sizes,
        dilation=compact(call.dilation, default=1),
        padding=compact(call.padding, default=0),
        stride=compact(call.stride, default=1),
    )
    return PYTORCH.snippet(call, [line])


def windows(call: LayerCall) -> Snippet:
    """All windows as a view, the taps before the places, and written out as a matrix."""
    pads = [f"x = np.pad(x, {pad_widths(call.rims, before=1)})"] * any(call.padding)
    view = sliding_windows([axis.extent for axis in call.axes])
    kept = every([*call.stride, *call.dilation], before=1)
    shape = ", ".join(map(str, call.y_shape))
    lines = [*pads, f"windows = {view}{kept}", f"y = windows.transpose(0, 3, 4, 1, 2).reshape({shape})"]
    return NUMPY_WINDOWS.snippet(call, lines, words.NUMPY_WINDOWS)


def patches(call: LayerCall) -> Snippet:
    called = invoke(
        "lax.conv_general_dilated_patches",
        "x[None]",
        str(call.kernel),
        window_strides=str(call.stride),
        padding=str(list(call.rims)) if any(call.padding) else quoted("VALID"),
        rhs_dilation=str(call.dilation) if max(call.dilation) > 1 else None,
    )
    line = f"y = {called}[0].reshape({', '.join(map(str, call.y_shape))})"
    return JAX.snippet(call, [line], words.JAX_PATCHES)


def laid(call: LayerCall) -> Snippet:
    """One slice of y for each tap, on which all windows lay what they hold there."""
    channels = call.y_shape[0]
    shape = (channels, *call.kernel, *call.outputs)
    slices = []
    for letter, axis in zip("ab", call.axes, strict=True):
        first = letter if axis.dilation == 1 else f"{axis.dilation}*{letter}"
        span = (axis.output_size - 1) * axis.stride + 1
        step = f":{axis.stride}" if axis.stride > 1 else ""
        slices.append(f"{first}:{first}+{span}{step}")
    cut = cropped(call.axes)
    lines = [
        f"columns = x.reshape({', '.join(map(str, shape))})",
        f"y = np.zeros({(channels, *(axis.padded_size for axis in call.axes))})",
        f"for a, b in np.ndindex{call.kernel}:",
        f"    y[:, {', '.join(slices)}] += columns[:, a, b]",
        *[f"y = y[:, {cut}]"] * bool(cut),
    ]
    return NUMPY.snippet(call, lines, words.NUMPY_TAPS)
