"""The call in PyTorch: the page's words are its words."""

from app.operations.common.snippets.program import PYTORCH
from app.operations.common.snippets.source import compact, invoke, one_or_each
from app.operations.pooling import words
from app.operations.pooling.snippets.call import PoolCall
from app.scene.explanation import Snippet


def pytorch(call: PoolCall) -> Snippet:
    lines = torch_gradient(call) if call.is_gradient else [f"y = {torch_call(call)}"]
    return PYTORCH.snippet(call, lines, words.TORCH_GRADIENT if call.is_gradient else None)


def torch_gradient(call: PoolCall) -> list[str]:
    return [
        *call.gates["PyTorch"],
        "x.requires_grad_()",
        f"pooled = {torch_call(call)}",
        f"(y,) = torch.autograd.grad(pooled, x, {call.gradient})",
    ]


def torch_call(call: PoolCall) -> str:
    function = f"F.{call.function}"
    if call.fitted:
        return invoke(function, "x", one_or_each(call.output_size))
    sizes = [axis.kernel_size for axis in call.windows]
    strides = [axis.stride for axis in call.windows]
    stride = None if strides == sizes else one_or_each(strides)
    if call.is_inverse:
        return invoke(
            function,
            "x",
            "indices.long()",
            one_or_each(sizes),
            stride=stride,
            padding=compact(call.padding, default=0),
            output_size=str(call.output_size) if has_own_size(call) else None,
        )
    parameters = call.parameters
    divisor = parameters.get("divisor_override")
    return invoke(
        function,
        "x",
        str(parameters["norm_type"]) if "norm_type" in parameters else None,
        one_or_each(sizes),
        stride=stride,
        padding=compact(call.padding, default=0),
        dilation=compact([axis.dilation for axis in call.windows], default=1),
        ceil_mode="True" if parameters["ceil_mode"] else None,
        count_include_pad=None if parameters.get("count_include_pad", True) else "False",
        divisor_override=None if divisor is None else str(divisor),
    )


def has_own_size(call: PoolCall) -> bool:
    """Whether output_size asks for another size than the usual, which ends with the last window."""
    return any(sum(axis.padding) != 2 * axis.padding[0] for axis in call.windows)
