"""Stamps in NumPy: each value of the data adds the kernel, times that value, to a slice of y."""

from collections.abc import Sequence
from itertools import starmap

from app.operations.common import words
from app.operations.common.snippets.layer_call import LayerCall
from app.operations.common.snippets.program import NUMPY
from app.scene.explanation import Snippet
from kernels.axis import Axis

PLACES = {1: "i", 2: "ij", 3: "hij"}


def stamped(call: LayerCall, data: str, plane: str, before: Sequence[str] = ()) -> Snippet:
    """y as the sum of all stamps, then cut to its size; `before` are the lines that make the data."""
    letters = PLACES[call.spatial]
    filters = call.y_shape[0]
    place = ", ".join((plane, *letters))
    lines = [
        *before,
        f"y = np.zeros({(filters, *map(canvas, call.axes))})",
        f"for {place} in np.ndindex({data}.shape):",
        f"    y[{target(call, data, plane)}, {slices(letters, call.axes)}] += {data}[{place}] * w[{plane}]",
    ]
    cut = cropped(call.axes)
    lines += [f"y = y[:, {cut}]"] if cut else []
    if "b" in call.arrays:
        lines.append(f"y = y + b[:{', None' * call.spatial}]")
    return NUMPY.snippet(call, lines, words.NUMPY_STAMPS)


def canvas(axis: Axis) -> int:
    """Cells that stamps can touch, the rim that is cut off included; more, where the output goes on behind them."""
    return max(axis.padded_size, axis.padding[0] + axis.input_size)


def target(call: LayerCall, data: str, plane: str) -> str:
    """The planes of y that a plane of the data stamps: all of them, or those of its group."""
    if call.groups == 1:
        return ":"
    members, per_group = len(call.arrays["w"]) // call.groups, call.y_shape[0] // call.groups
    group = plane if members == 1 else f"{plane}//{members}"
    first = group if per_group == 1 else f"{group}*{per_group}"
    return f"{first}:{first}+{per_group}"


def slices(letters: str, axes: Sequence[Axis]) -> str:
    """Where the stamp of value i, j lands: stride·i, and from there a kernel's width."""
    return ", ".join(starmap(slice_of, zip(letters, axes, strict=True)))


def slice_of(letter: str, axis: Axis) -> str:
    first = letter if axis.stride == 1 else f"{axis.stride}*{letter}"
    step = f":{axis.dilation}" if axis.dilation > 1 else ""
    return f"{first}:{first}+{axis.extent}{step}"


def cropped(axes: Sequence[Axis]) -> str:
    """The slice that cuts the rim off; nothing where there is none."""
    if not any(axis.padding[0] or canvas(axis) > axis.input_size for axis in axes):
        return ""
    return ", ".join(f"{axis.padding[0]}:{axis.padding[0] + axis.input_size}" for axis in axes)
