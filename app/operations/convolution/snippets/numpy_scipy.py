"""The call in NumPy and SciPy, which know how to slide one plane over another and leave the rest to write out."""

from dataclasses import replace

from app.operations.common.snippets import words
from app.operations.common.snippets.call import Call
from app.operations.common.snippets.literal import indented
from app.operations.common.snippets.program import NUMPY
from app.operations.common.snippets.source import (
    NUMPY_MODES,
    activate,
    bias_of_planes,
    every,
    invoke,
    pad_widths,
    quoted,
)
from app.scene.explanation import Snippet

SLIDES = {1: "np.correlate", 2: "signal.correlate2d", 3: "signal.correlate"}
TURNS = {1: "np.convolve", 2: "signal.convolve2d", 3: "signal.convolve"}
ACTIVATIONS = {"relu": "np.maximum(y, 0)", "sigmoid": "special.expit(y)", "tanh": "np.tanh(y)"}


def numpy_scipy(call: Call) -> Snippet:
    framework = replace(NUMPY, name="NumPy / SciPy", imports=imports(call))
    lines = [*pad(call), *spread(call), *convolve(call), *activate(call, ACTIVATIONS)]
    return framework.snippet(call, lines, note(call), layout(call))


def imports(call: Call) -> list[str]:
    used = ["signal"] * (call.spatial > 1) + ["special"] * (call.activation == "sigmoid")
    return [*NUMPY.imports, *[f"from scipy import {', '.join(used)}"] * bool(used)]


def layout(call: Call) -> list[str]:
    """One channel and one filter need no axes for channels."""
    if not call.is_plane:
        return []
    names, places = ("x, w, b", "x[0], w[0, 0], b[0]") if call.b is not None else ("x, w", "x[0], w[0, 0]")
    return [f"{names} = {places}  # one channel and one filter: the planes alone"]


def mode(call: Call) -> str:
    """How far the kernel may hang over the edge, in SciPy's words.

    Its `same` centres as PyTorch does only for odd extents, and in np.correlate only for kernels within the input.
    """
    if not call.is_padded:
        return "valid"
    if call.is_full:
        return "full"
    sizes = zip(call.extents, call.x.shape[1:], strict=True)
    centred = all(extent % 2 == 1 and extent <= size for extent, size in sizes)
    return "same" if call.is_same and centred else "valid"


def pad(call: Call) -> list[str]:
    if not call.is_padded or mode(call) != "valid":
        return []
    return [f"x = {invoke('np.pad', 'x', widths(call), mode=quoted(NUMPY_MODES[call.padding_mode]))}"]


def widths(call: Call) -> str:
    sides = {side for pair in call.padding for side in pair}
    if call.is_plane and len(sides) == 1:
        return str(sides.pop())
    if call.is_plane and call.spatial == 1:
        return str(call.padding[0])
    return pad_widths(call.padding, before=0 if call.is_plane else 1)


def spread(call: Call) -> list[str]:
    """A dilated kernel, written out: zeros between its taps."""
    if not call.is_dilated:
        return []
    shape = call.extents if call.is_plane else (*call.w.shape[:2], *call.extents)
    places = every(call.dilation, before=0 if call.is_plane else 2)
    return [f"dilated = np.zeros({shape if len(shape) > 1 else shape[0]})", f"dilated{places} = w"]


def convolve(call: Call) -> list[str]:
    if call.is_plane:
        return [f"y = {slide(call, 'x', kernel(call))}{every(call.stride)}" + " + b" * (call.b is not None)]
    kept = every(call.stride, before=1) + bias_of_planes(call)
    return [f"y = np.stack([\n    {indented(planes(call), 4)}\n])"] + [f"y = y{kept}"] * bool(kept)


def kernel(call: Call) -> str:
    return "dilated" if call.is_dilated else "w"


def slide(call: Call, plane: str, taps: str) -> str:
    """One plane over another. The mode is always said, because its default differs from function to function."""
    function = (TURNS if call.flip else SLIDES)[call.spatial]
    return invoke(function, plane, taps, mode=quoted(mode(call)))


def planes(call: Call) -> str:
    """The planes of y, one for each filter: in the general case, sums over channels within groups."""
    w = kernel(call)
    if call.is_depthwise:
        return f"{slide(call, 'plane', 'kernel')}\nfor plane, kernel in zip(x, {w}[:, 0])"
    if call.x.shape[0] == 1:
        return f"{slide(call, 'x[0]', 'kernel')}\nfor kernel in {w}[:, 0]"
    channels = "x" if call.groups == 1 else "planes"
    one = f"sum(\n    {slide(call, 'plane', 'kernel')}\n    for plane, kernel in zip({channels}, kernels)\n)"
    if call.groups == 1:
        return f"{one}\nfor kernels in {w}"
    groups = f"zip(np.split(x, {call.groups}), np.split({w}, {call.groups}))"
    return f"{one}\nfor planes, filters in {groups}\nfor kernels in filters"


def note(call: Call) -> str:
    sentence = words.TURNS if call.flip else words.SLIDES
    notes = [sentence.format(slides=SLIDES[call.spatial], turns=TURNS[call.spatial])]
    if call.is_strided:
        notes.append(words.NUMPY_STRIDE)
    if call.is_dilated:
        notes.append(words.NUMPY_DILATION)
    return " ".join(notes)
