"""The call in Keras 3, on whichever of its backends: channels last, and only two kinds of padding."""

from app.operations.common.snippets import words
from app.operations.common.snippets.call import Call
from app.operations.common.snippets.program import Framework
from app.operations.common.snippets.source import NUMPY_MODES, activate, compact, every, invoke, pad_widths, quoted
from app.scene.explanation import Snippet

ACTIVATIONS = {"relu": "ops.relu(y)", "sigmoid": "ops.sigmoid(y)", "tanh": "ops.tanh(y)"}
EVERYWHERE = ("zeros", "reflect")
"""The padding modes that keras.ops.pad has on every backend."""


def keras(call: Call) -> Snippet:
    framework = Framework(
        "Keras",
        imports(call),
        'ops.array({}, dtype="float64")',
        "print(ops.moveaxis({}[0], -1, 0))  # channels first again, as on the page",
        ["import os"],
    )
    return framework.snippet(call, [*pad(call), convolve(call), *activate(call, ACTIVATIONS)], note(call), layout(call))


def imports(call: Call) -> list[str]:
    """JAX, where it is the backend, reads that setting when it is imported: it must come first."""
    return [
        'os.environ["JAX_ENABLE_X64"] = "1"  # float64, where JAX is the backend',
        "",
        *["import numpy as np"] * pads_with_numpy(call),
        "from keras import ops",
    ]


def layout(call: Call) -> list[str]:
    x, w = words.KERAS_AXES[call.spatial]
    return [f"x = ops.moveaxis(x, 0, -1)[None]  # {x}", f"w = ops.moveaxis(w, (0, 1), (-1, -2))  # {w}"]


def says_same(call: Call) -> bool:
    """Whether padding="same" means what PyTorch means: with a stride, Keras pads less."""
    return call.is_padded and call.is_same and not call.is_strided


def needs_pad(call: Call) -> bool:
    return call.is_padded and not says_same(call)


def pads_with_numpy(call: Call) -> bool:
    return needs_pad(call) and call.padding_mode not in EVERYWHERE


def strides_by_slice(call: Call) -> bool:
    """TensorFlow refuses a stride together with a dilation."""
    return call.is_strided and call.is_dilated


def pad(call: Call) -> list[str]:
    if not needs_pad(call):
        return []
    function, x = ("np.pad", "ops.convert_to_numpy(x)") if pads_with_numpy(call) else ("ops.pad", "x")
    widths = pad_widths(call.padding, before=1, after=1)
    return [f"x = {invoke(function, x, widths, mode=quoted(NUMPY_MODES[call.padding_mode]))}"]


def convolve(call: Call) -> str:
    called = invoke(
        "ops.conv",
        "x",
        f"ops.flip(w, {tuple(range(call.spatial))})" if call.flip else "w",
        strides=None if strides_by_slice(call) else compact(call.stride, default=1),
        padding=quoted("same") if says_same(call) else None,
        dilation_rate=compact(call.dilation, default=1),
    )
    kept = every(call.stride, before=1) if strides_by_slice(call) else ""
    return f"y = {called}{kept}" + " + b" * (call.b is not None)


def note(call: Call) -> str:
    x, w = words.KERAS_AXES[call.spatial]
    notes = [words.KERAS_LAYOUT.format(x=x, w=w)]
    if pads_with_numpy(call):
        notes.append(words.KERAS_PAD.format(mode=NUMPY_MODES[call.padding_mode]))
    if strides_by_slice(call):
        notes.append(words.KERAS_STRIDE)
    if call.groups > 1:
        notes.append(words.KERAS_GROUPS)
    if call.activation == "tanh":
        notes.append(words.KERAS_TANH)
    return " ".join(notes)
