"""Transposed convolutions in other frameworks."""

from app.operations.common import words
from app.operations.common.snippets.layer_call import LayerCall, layer_call
from app.operations.common.snippets.program import JAX, PYTORCH
from app.operations.common.snippets.source import compact, invoke
from app.operations.common.snippets.stamped import stamped
from app.scene.explanation import Snippet
from app.scene.scene import Scene


def transposed_snippets(scene: Scene) -> tuple[Snippet, ...]:
    call = layer_call(scene)
    return pytorch(call), stamped(call, "x", "c"), jax(call)


def output_padding(call: LayerCall) -> tuple[int, ...]:
    """The rim before is the padding, that after so much less."""
    return tuple(before - after for before, after in (axis.padding for axis in call.axes))


def pytorch(call: LayerCall) -> Snippet:
    line = "y = " + invoke(
        f"F.{call.operation}",
        "x",
        "w",
        "b" if "b" in call.arrays else None,
        stride=compact(call.stride, default=1),
        padding=compact(call.padding, default=0),
        output_padding=compact(output_padding(call), default=0),
        groups=compact((call.groups,), default=1),
        dilation=compact(call.dilation, default=1),
    )
    return PYTORCH.snippet(call, [line])


def jax(call: LayerCall) -> Snippet:
    """The stretched input under the flipped kernel, whose first axis is the filters, as in a convolution."""
    rims = [(axis.extent - 1 - axis.padding[0], axis.extent - 1 - axis.padding[1]) for axis in call.axes]
    called = invoke(
        "lax.conv_general_dilated",
        "x[None]",
        "kernel",
        window_strides=str((1,) * call.spatial),
        padding=str(rims),
        lhs_dilation=str(call.stride) if max(call.stride) > 1 else None,
        rhs_dilation=str(call.dilation) if max(call.dilation) > 1 else None,
        feature_group_count=compact((call.groups,), default=1),
    )
    bias = f" + b[:{', None' * call.spatial}]" if "b" in call.arrays else ""
    return JAX.snippet(call, [*kernel(call), f"y = {called}[0]{bias}"], words.JAX_STRETCHED)


def kernel(call: LayerCall) -> list[str]:
    flipped = f"jnp.flip(w, {tuple(range(-call.spatial, 0))})"
    if call.groups == 1:
        return [f"kernel = {flipped}.swapaxes(0, 1)"]
    members, per_group, *sizes = call.arrays["w"].shape
    members //= call.groups
    return [
        f"grouped = {flipped}.reshape{(call.groups, members, per_group, *sizes)}",
        f"kernel = grouped.swapaxes(1, 2).reshape{(call.groups * per_group, members, *sizes)}",
    ]
