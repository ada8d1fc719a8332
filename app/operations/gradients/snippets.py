"""The gradients of a convolution in other frameworks."""

from collections.abc import Sequence
from dataclasses import replace

from app.operations.common import words
from app.operations.common.snippets.gates import gates
from app.operations.common.snippets.layer_call import LayerCall, layer_call
from app.operations.common.snippets.program import JAX, NUMPY_WINDOWS, PYTORCH
from app.operations.common.snippets.source import compact, every, invoke, pad_widths, quoted, sliding_windows
from app.operations.common.snippets.stamped import stamped
from app.scene.explanation import Snippet
from app.scene.scene import Scene

LETTERS = {1: ("i", "a"), 2: ("ij", "ab")}


def input_gradient_snippets(scene: Scene) -> tuple[Snippet, ...]:
    call = layer_call(scene)
    shape = (1, *call.y_shape)
    name, gate = scene.layer.data, gates(scene)
    torch = pytorch(call, gate["PyTorch"], [str(shape), "w", f"{name}[None]"], "[0]", words.TORCH_INPUT)
    back = jax(call, gate["JAX"], "x", f"jnp.zeros({shape})", "x, w", f"{name}[None]", "[0]")
    return torch, stamped(call, name, "o", gate["NumPy"]), back


def weight_gradient_snippets(scene: Scene) -> tuple[Snippet, ...]:
    call = layer_call(scene)
    name, gate = scene.layer.weights or "", gates(scene)
    torch = pytorch(call, gate["PyTorch"], ["x[None]", str(call.y_shape), f"{name}[None]"], "", words.TORCH_WEIGHT)
    back = jax(call, gate["JAX"], "w", f"jnp.zeros({call.y_shape})", "x[None], w", f"{name}[None]", "")
    return torch, windows(call, name, gate["NumPy"]), back


def pytorch(call: LayerCall, gate: Sequence[str], arguments: Sequence[str], taken: str, note: str) -> Snippet:
    called = invoke(
        f"torch.nn.grad.{call.operation}",
        *arguments,
        stride=compact(call.stride, default=1),
        padding=compact(call.padding, default=0),
        dilation=compact(call.dilation, default=1),
        groups=compact((call.groups,), default=1),
    )
    broken = called if "\n" in called else called.replace("(", "(\n    ", 1)[:-1] + "\n)"  # the card is narrow
    line = f"y = {broken}{taken}"
    return replace(PYTORCH, imports=("import torch",)).snippet(call, [*gate, line], note)


def windows(call: LayerCall, name: str, gate: Sequence[str]) -> Snippet:
    """Each weight meets one number of each window: their products with grad_output, added up."""
    out, tap = LETTERS[call.spatial]
    pads = [f"x = np.pad(x, {pad_widths(call.rims, before=1)})"] * any(call.padding)
    view = sliding_windows([axis.extent for axis in call.axes])
    lines = [*gate, *pads, f"windows = {view}{kept(call)}", *summed(call, name, out, tap)]
    return NUMPY_WINDOWS.snippet(call, lines, words.NUMPY_WINDOWS)


def kept(call: LayerCall) -> str:
    """Of all windows those that the stride keeps, and of each the cells under its taps."""
    steps = [*call.stride, *call.dilation]
    return every(steps, before=1)


def summed(call: LayerCall, name: str, out: str, tap: str) -> list[str]:
    if call.groups == 1:
        return [f'y = np.einsum("o{out},c{out}{tap}->oc{tap}", {name}, windows)']
    gradient, seen = call.arrays["grad_output"].shape, (len(call.arrays["x"]), *call.outputs, *call.kernel)
    return [
        f"{name} = {name}.reshape{(call.groups, gradient[0] // call.groups, *gradient[1:])}",
        f"windows = windows.reshape{(call.groups, seen[0] // call.groups, *seen[1:])}",
        f'y = np.einsum("go{out},gc{out}{tap}->goc{tap}", {name}, windows).reshape{call.y_shape}',
    ]


def jax(
    call: LayerCall, gate: Sequence[str], name: str, zeros: str, operands: str, arriving: str, taken: str
) -> Snippet:
    """The convolution itself, and what automatic differentiation makes of it; it is linear, so zeros will do."""
    convolved = invoke(
        "lax.conv_general_dilated",
        *operands.split(", "),
        window_strides=str(call.stride),
        padding=str(list(call.rims)) if any(call.padding) else quoted("VALID"),
        rhs_dilation=str(call.dilation) if max(call.dilation) > 1 else None,
        feature_group_count=compact((call.groups,), default=1),
    )
    lines = [
        *gate,
        f"def convolve({name}):",
        "    return " + convolved.replace("\n", "\n    "),
        "",
        f"_, backward = jax.vjp(convolve, {zeros})",
        f"y = backward({arriving})[0]{taken}",
    ]
    return JAX.snippet(call, lines, words.JAX_VJP)
