"""Calls as Python text, in the pieces that several frameworks share."""

from collections.abc import Mapping, Sequence

from app.operations.common.snippets.call import Call, Pairs

WIDTH = 72
"""Longer calls are broken as Black breaks them: the card beside the stage is narrow."""

NUMPY_MODES = {"zeros": None, "reflect": "reflect", "replicate": "edge", "circular": "wrap"}
"""What NumPy, and whoever took its words, call PyTorch's padding modes; None is the default."""


def invoke(function: str, *arguments: str | None, **keywords: str | None) -> str:
    """A call, leaving out what is None: the default.

    >>> invoke("F.conv2d", "x", "w", None, stride="2", padding=None)
    'F.conv2d(x, w, stride=2)'
    """
    given = [text for text in arguments if text is not None]
    given += [f"{name}={text}" for name, text in keywords.items() if text is not None]
    line = ", ".join(given)
    if len(function + line) <= WIDTH:
        return f"{function}({line})"
    if len(line) <= WIDTH:
        return f"{function}(\n    {line}\n)"
    return f"{function}(\n    " + ",\n    ".join(given) + ",\n)"


def quoted(text: str | None) -> str | None:
    return None if text is None else f'"{text}"'


def compact(values: Sequence[int], *, default: int) -> str | None:
    """One number where all axes agree, and None where it is the default.

    >>> compact((2, 2), default=1), compact((2, 1), default=1), compact((1, 1), default=1)
    ('2', '(2, 1)', None)
    """
    if len(set(values)) > 1:
        return str(tuple(values))
    return None if values[0] == default else str(values[0])


def pad_widths(padding: Pairs, *, before: int = 0, after: int = 0) -> str:
    """(before, after) for every axis as NumPy wants it, with axes in front and behind that are not padded.

    >>> pad_widths(((1, 2), (0, 1)), before=1)
    '((0, 0), (1, 2), (0, 1))'
    """
    return str((*[(0, 0)] * before, *padding, *[(0, 0)] * after))


def every(strides: Sequence[int], *, before: int = 0) -> str:
    """The slice that keeps every stride-th cell, after axes that are kept whole; nothing where all are kept.

    >>> every((2, 1), before=1), every((1, 1))
    ('[:, ::2, :]', '')
    """
    if max(strides) == 1:
        return ""
    return "[" + ", ".join([":"] * before + [f"::{stride}" if stride > 1 else ":" for stride in strides]) + "]"


def bias_of_planes(call: Call) -> str:
    """The bias as one more term, spread over its filter's plane; nothing where there is none."""
    return f" + b[:{', None' * call.spatial}]" if call.b is not None else ""


def activate(call: Call, spellings: Mapping[str, str]) -> list[str]:
    """The line after y, where an activation is asked for."""
    return [f"a = {spellings[call.activation]}"] if call.activation else []


def one_or_each(values: Sequence[int]) -> str:
    """One number where all axes agree."""
    return str(values[0]) if len(set(values)) == 1 else str(tuple(values))


def sliding_windows(extents: Sequence[int]) -> str:
    """NumPy's view of all windows, behind the channels. Along one axis it takes plain numbers."""
    if len(extents) == 1:
        return invoke("sliding_window_view", "x", str(extents[0]), axis="1")
    return invoke("sliding_window_view", "x", str(tuple(extents)), axis=str(tuple(range(1, len(extents) + 1))))
