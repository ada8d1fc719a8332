"""The call in JAX, whose one convolution takes everything and assumes little."""

from app.operations.common.snippets import words
from app.operations.common.snippets.call import Call
from app.operations.common.snippets.program import JAX
from app.operations.common.snippets.source import (
    NUMPY_MODES,
    activate,
    bias_of_planes,
    compact,
    invoke,
    pad_widths,
    quoted,
)
from app.scene.explanation import Snippet

ACTIVATIONS = {"relu": "jax.nn.relu(y)", "sigmoid": "jax.nn.sigmoid(y)", "tanh": "jnp.tanh(y)"}


def jax(call: Call) -> Snippet:
    return JAX.snippet(call, [*pad(call), convolve(call), *activate(call, ACTIVATIONS)], words.JAX)


def pad(call: Call) -> list[str]:
    """Zeros are an argument of the convolution; anything else comes before it."""
    if call.pads_with_zeros or not call.is_padded:
        return []
    widths = pad_widths(call.padding, before=1)
    return [f"x = {invoke('jnp.pad', 'x', widths, mode=quoted(NUMPY_MODES[call.padding_mode]))}"]


def convolve(call: Call) -> str:
    turned = f"jnp.flip(w, {tuple(range(-call.spatial, 0))})"
    called = invoke(
        "lax.conv_general_dilated",
        "x[None]",
        turned if call.flip else "w",
        window_strides=str(call.stride),
        padding=padding(call),
        rhs_dilation=str(call.dilation) if call.is_dilated else None,
        feature_group_count=compact((call.groups,), default=1),
    )
    return f"y = {called}[0]{bias_of_planes(call)}"


def padding(call: Call) -> str | None:
    if pad(call) or not call.is_padded:
        return quoted("VALID")
    if call.padding_word == "same":
        return quoted("SAME")
    return str(list(call.padding))
