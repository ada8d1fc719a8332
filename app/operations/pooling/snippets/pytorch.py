"""The call in PyTorch: the page's words are its words."""

from collections.abc import Sequence

from app.operations.common.snippets.program import write_program
from app.operations.common.snippets.source import compact, invoke
from app.operations.pooling import words
from app.operations.pooling.snippets.call import PoolCall
from app.scene.explanation import Snippet


def pytorch(call: PoolCall) -> Snippet:
    lines = "\n".join(torch_gradient(call) if call.is_gradient else [f"y = {torch_call(call)}"])
    return Snippet(
        framework="PyTorch",
        call=lines,
        program=write_program(
            call,
            imports=["import torch", "import torch.nn.functional as F"],
            array="torch.tensor({}, dtype=torch.float64)",
            lines=lines,
        ),
        note=words.TORCH_GRADIENT if call.is_gradient else None,
    )


def torch_gradient(call: PoolCall) -> list[str]:
    return [
        "x.requires_grad_()",
        f"pooled = {torch_call(call)}",
        "(y,) = torch.autograd.grad(pooled, x, grad_output)",
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


def one_or_each(values: Sequence[int]) -> str:
    """One number where all axes agree."""
    return str(values[0]) if len(set(values)) == 1 else str(tuple(values))
