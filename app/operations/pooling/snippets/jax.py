"""The call in JAX, where its one function for windows can express it; the gradient is JAX's own."""

from math import prod

from app.operations.common.snippets.program import JAX
from app.operations.common.snippets.source import invoke, quoted
from app.operations.pooling import words
from app.operations.pooling.snippets.call import PoolCall
from app.scene.explanation import Snippet


def jax(call: PoolCall) -> Snippet | None:
    if not can_tell(call):
        return None
    return JAX.snippet(call, gradient(call) if call.is_gradient else [f"y = {pooled(call)}"], words.JAX)


def can_tell(call: PoolCall) -> bool:
    """Whether windows have a fixed size and, in a mean, equally many cells; a dilated maximum has no gradient there."""
    if not call.windows or call.is_inverse:
        return False
    is_dilated = any(axis.dilation > 1 for axis in call.windows)
    return not (call.is_gradient and is_dilated) and (call.reduction == "max" or not call.counts_windows)


def gradient(call: PoolCall) -> list[str]:
    pool = f"def pool(x):\n    return {pooled(call)}\n"
    return [*call.gates["JAX"], pool, f"(y,) = jax.vjp(pool, x)[1]({call.gradient})"]


def pooled(call: PoolCall) -> str:
    power = call.parameters.get("norm_type", 1)
    window = [axis.kernel_size for axis in call.windows]
    dilations = [axis.dilation for axis in call.windows]
    total = invoke(
        "lax.reduce_window",
        "x" if power == 1 else f"x**{power}",
        *(("-jnp.inf", "lax.max") if call.reduction == "max" else ("0.0", "lax.add")),
        str((1, *window)),
        str((1, *(axis.stride for axis in call.windows))),
        padding(call),
        window_dilation=str((1, *dilations)) if max(dilations) > 1 else None,
    )
    if call.reduction == "mean":
        return f"{total} / {call.parameters.get('divisor_override') or prod(window)}"
    return total if power == 1 else f"{total} ** (1 / {power})"


def padding(call: PoolCall) -> str:
    """What lies outside is the value that changes nothing: −∞, or 0."""
    sides = [(rim, rim + over) for rim, over in zip(call.padding, call.hanging, strict=True)]
    return str([(0, 0), *sides]) if any(map(any, sides)) else str(quoted("VALID"))
