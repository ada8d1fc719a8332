"""The small numbers of a layer: one for each axis, as JSON shows them, as the canonical address writes them."""

from collections.abc import Mapping
from typing import Any

from app.address.parameters import Counts, spell_pair
from app.address.refusal import Refusal
from app.scene.operation import Operation
from app.text import refusals as words


def for_each_axis(name: str, values: Any, spatial: int) -> Any:
    """One entry for each axis from one for all, or from one for each."""
    if len(values) == 1:
        return tuple(values) * spatial
    if len(values) != spatial:
        axes = "axis" if spatial == 1 else f"{spatial} axes"
        text = ",".join(spell_pair(value) if isinstance(value, tuple) else str(value) for value in values)
        raise Refusal(words.AXES.format(name=name, axes=axes, text=text, count=len(values)), loc=(name,))
    return tuple(values)


def bounded(name: str, values: Counts, spatial: int, most: int) -> tuple[int, ...]:
    """One value for each axis, none above `most`."""
    each: tuple[int, ...] = for_each_axis(name, values, spatial)
    if max(each) > most:
        sentence = words.TOO_LARGE.format(name=name, most=most, value=max(each))
        raise Refusal(sentence, type="less_than_equal", loc=(name,))
    return each


def compact(values: Counts) -> int | list[int]:
    return values[0] if len(set(values)) == 1 else list(values)


def described(parameters: object, *names: str) -> dict[str, Any]:
    """These parameters as JSON shows them: in PyTorch's forms, and fit to be sent back."""
    values = {name: getattr(parameters, name) for name in names}
    return {name: compact(value) if isinstance(value, tuple) else value for name, value in values.items()}


def spelled(operation: Operation, fields: Mapping[str, Any], **defaults: str) -> dict[str, str]:
    """Grids, and parameters as JSON shows them, as the canonical address writes them: without what is at its default.

    `defaults` are those that are not the operation's.
    """
    usual = {name: field.default for name, field in operation.parameters.model_fields.items()}
    texts = {name: spell(value) for name, value in fields.items() if value != usual[name]}
    return left_out(texts, {**operation.defaults, **defaults})


def spell(value: Any) -> str:
    """The shortest text that reads back as this grid or parameter; nothing for nothing."""
    if isinstance(value, list):
        texts = [spell_pair(tuple(each)) if isinstance(each, list) else str(each) for each in value]
        return texts[0] if len(set(texts)) == 1 else ",".join(texts)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(getattr(value, "text", value))


def left_out(fields: Mapping[str, str], defaults: Mapping[str, str]) -> dict[str, str]:
    """The canonical fields: what is empty or at its default is left out."""
    return {name: text for name, text in fields.items() if text and text != defaults.get(name)}
