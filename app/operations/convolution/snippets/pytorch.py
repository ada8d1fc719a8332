"""The call in PyTorch: the page's words are its words, so little is left to write."""

from app.operations.common.snippets import words
from app.operations.common.snippets.call import Call
from app.operations.common.snippets.program import PYTORCH
from app.operations.common.snippets.source import activate, compact, invoke, quoted
from app.scene.explanation import Snippet

ACTIVATIONS = {"relu": "F.relu(y)", "sigmoid": "torch.sigmoid(y)", "tanh": "torch.tanh(y)"}


def pytorch(call: Call) -> Snippet:
    return PYTORCH.snippet(call, [*pad(call), convolve(call), *activate(call, ACTIVATIONS)], note(call))


def needs_pad(call: Call) -> bool:
    """Whether the padding is more than conv can say itself: zeros, as many before as after, or the word same."""
    even = all(before == after for before, after in call.padding)
    says_itself = call.pads_with_zeros and (even or call.padding_word == "same")
    return call.is_padded and not says_itself


def pad(call: Call) -> list[str]:
    if not needs_pad(call):
        return []
    sides = tuple(side for pair in reversed(call.padding) for side in pair)
    mode = None if call.pads_with_zeros else quoted(call.padding_mode)
    return [f"x = {invoke('F.pad', 'x', str(sides), mode=mode)}"]


def convolve(call: Call) -> str:
    axes = ", ".join(str(-axis) for axis in range(1, call.spatial + 1))
    return "y = " + invoke(
        f"F.{call.operation}",
        "x",
        f"w.flip({axes})" if call.flip else "w",
        "b" if call.b is not None else None,
        stride=compact(call.stride, default=1),
        padding=None if needs_pad(call) else padding(call),
        dilation=compact(call.dilation, default=1),
        groups=compact((call.groups,), default=1),
    )


def padding(call: Call) -> str | None:
    if call.padding_word == "same":
        return quoted("same")
    return compact([before for before, _ in call.padding], default=0)


def note(call: Call) -> str | None:
    notes = []
    if call.flip:
        notes.append(words.TORCH_FLIP)
    if needs_pad(call):
        notes.append(words.TORCH_PAD.format(order=words.TORCH_PAD_ORDER[call.spatial]))
    return " ".join(notes) or None
