"""The list of layers beside the picture: each can be changed, moved and taken out, and others put in.

Every control is a link to the stack that it leads to, so that it works without scripts; a link that would lead to a
stack that does not fit is not offered. With scripts, layers are dragged too (static/js/receptive/list.js).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from app.address.refusal import Refusal
from app.pages.receptive_field import words
from app.pages.receptive_field.inputs import read_input, spell_input
from app.pages.receptive_field.layer_notation import PER_AXIS, PLACES, bounds
from app.pages.receptive_field.measuring import measured
from app.pages.receptive_field.notation import broken, names_of, read_stack, size, spell_item, spell_stack
from app.pages.receptive_field.question import Question
from kernels.layers import CONVOLUTIONS, POOLS, StackLayer
from kernels.stack import Item, Stack

MOST_STEPPERS, MOST_LINKS = 24, 60
"""Larger stacks are dragged, and changed as text: trying all their neighbours would take long."""


@dataclass(frozen=True)
class Stepper:
    name: str
    value: str
    less: str
    more: str
    """Addresses, empty where there is none."""


@dataclass(frozen=True)
class Entry:
    """One layer of the list, or a whole branch."""

    number: int
    text: str
    parts: tuple[str, ...]
    """The text, cut where a line may break."""
    kind: str
    """What it does to the map, for its mark: conv, pool, up, still, flat or join."""
    size: str
    steppers: tuple[Stepper, ...]
    up: str
    down: str
    without: str


@dataclass(frozen=True)
class Choice:
    label: str
    text: str
    """The stack that is put in, or the whole stack of an example."""
    address: str
    note: str = ""


@dataclass(frozen=True)
class Editor:
    entries: tuple[Entry, ...]
    additions: tuple[Choice, ...]
    examples: tuple[Choice, ...]
    pictures: tuple[Choice, ...]
    fields: dict[str, str]
    """What the form holds: the texts of layers and input."""
    kept: dict[str, str]
    """What the form carries along unseen."""


def editor(question: Question) -> Editor:
    stack = question.stack
    return Editor(
        entries=tuple(entry(question, number) for number in range(len(stack))),
        additions=tuple(additions(question)),
        examples=examples(),
        pictures=tuple(pictures(question)),
        fields={"layers": spell_stack(stack), "input": spell_input(question.shape)},
        kept=kept(question),
    )


def kept(question: Question) -> dict[str, str]:
    return {name: text for name, text in question.spelled.items() if name in ("picture", "seed", "theme")}


def entry(question: Question, number: int) -> Entry:
    stack = question.stack
    item = stack[number]
    last = next(layer for layer in question.measured if layer.place == str(number + 1))
    text = spell_item(item, names_of(stack))
    small, linked = len(stack) <= MOST_STEPPERS, len(question.measured) <= MOST_LINKS
    return Entry(
        number=number + 1,
        text=text,
        parts=broken(text),
        kind=mark(item),
        size="×".join(map(str, last.spatial if len(last.shape) > 1 else last.shape)),
        steppers=tuple(steppers(question, number, item)) if small and isinstance(item, StackLayer) else (),
        up=leads_to(question, number - 1, swapped(stack, number - 1)) if linked and number > 0 else "",
        down=leads_to(question, number, swapped(stack, number)) if linked and number < len(stack) - 1 else "",
        without=leads_to(question, number, (*stack[:number], *stack[number + 1 :])) if linked else "",
    )


def mark(item: Item) -> str:
    if not isinstance(item, StackLayer):
        return "join"
    if item.kind in POOLS or item.kind in ("globalpool", "adaptivepool"):
        return "pool"
    if item.kind in ("convtranspose", "upsample"):
        return "up"
    if item.kind == "conv":
        return "conv"
    return "flat" if item.kind in ("linear", "flatten") else "still"


def swapped(stack: Stack, number: int) -> Stack:
    """The stack with a layer and the next one changing places."""
    return (*stack[:number], stack[number + 1], stack[number], *stack[number + 2 :])


def leads_to(question: Question, same: int, stack: Stack) -> str:
    """The address of this stack, whose first items are the `same` as here; empty where it would be refused."""
    if not stack:
        return ""
    try:
        measured(stack, question.shape, question.measured[: size(stack[:same])])
    except Refusal:
        return ""
    return question.with_stack(stack).address()


def steppers(question: Question, number: int, layer: StackLayer) -> Iterator[Stepper]:
    """The small whole numbers of a layer, one less and one more of each."""
    names = [name for name in PLACES.get(layer.kind, ()) if name == "kernel"]
    if layer.kind in CONVOLUTIONS or layer.kind in POOLS:
        names += ["stride", "padding"]
    if layer.kind in CONVOLUTIONS or layer.kind == "maxpool":
        names.append("dilation")
    for name in names:
        values = values_of(layer, name)
        if values is None:
            continue
        less, more = (
            leads_to(question, number, changed(question.stack, number, layer, name, [value + by for value in values]))
            if within(layer.kind, name, [value + by for value in values])
            else ""
            for by in (-1, 1)
        )
        shown = "×".join(map(str, values)) if len(set(values)) > 1 else str(values[0])
        yield Stepper(words.STEPPERS[name], shown, less, more)


def values_of(layer: StackLayer, name: str) -> list[int] | None:
    """The numbers behind a stepper; None where they are no plain numbers."""
    if name == "padding":
        if layer.padding == "same" or any(before != after for before, after in layer.padding):
            return None
        return [int(before) for before, _ in layer.padding]
    if name == "stride":
        return list(layer.stride or (layer.kernel if layer.kind in POOLS else (1,)))
    return list(getattr(layer, name)) if name in PER_AXIS else None


def within(kind: str, name: str, values: list[int]) -> bool:
    least, most = bounds(kind, name)
    return all(least <= value <= most for value in values)


def changed(stack: Stack, number: int, layer: StackLayer, name: str, values: list[int]) -> Stack:
    """The stack with one number of a layer changed; a pool whose stride is its kernel keeps it so."""
    value: object = tuple((v, v) for v in values) if name == "padding" else tuple(values)
    return (*stack[:number], replace(layer, **{name: value}), *stack[number + 1 :])  # type: ignore[arg-type]


def additions(question: Question) -> Iterator[Choice]:
    for label, text in words.ADDITIONS:
        yield Choice(label, text, leads_to(question, len(question.stack), (*question.stack, *addition(text))))


@cache
def addition(text: str) -> Stack:
    return read_stack(text)


@cache
def examples() -> tuple[Choice, ...]:
    return tuple(
        Choice(label, layers, Question(read_stack(layers), read_input(size)).address(), note)
        for label, layers, size, note in words.EXAMPLES
    )


def pictures(question: Question) -> Iterator[Choice]:
    for name, label in words.PICTURES:
        yield Choice(label, name, replace(question, picture=name).address())
