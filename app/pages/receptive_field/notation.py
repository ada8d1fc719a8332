"""A stack as text, readable and writable by hand: `conv(3,64,padding=1);relu;maxpool(2)`.

    stack   = layer ; layer ; …                  one after the other
    layer   = kind | kind(values, name=value, …) first the kernel, then optionally the channels; then PyTorch's keywords
    branch  = branch(stack|stack|…)              paths side by side, joined along the channels
    residual = residual(stack) | residual(stack|stack|…)   paths added; an empty or missing second path is the identity
    gate    = gate(stack) | gate(stack|stack|…)  paths multiplied, number by number
    graph   = name = layer ; layer(name, …) ; …  maps with names: graph_notation.py

A value for each axis is written `3x5`. Spaces do not count.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from app.address.phrases import shown
from app.address.refusal import Refusal
from app.pages.receptive_field import words
from app.pages.receptive_field.graph_notation import is_graph, read_graph, spell_step, with_brackets
from app.pages.receptive_field.layer_notation import (
    LONG_WINDOW,
    WINDOW,
    WRITABLE,
    make_layer,
    refuse,
    spell_layer,
    stranger,
)
from kernels.cached import cached_property
from kernels.layers import StackLayer
from kernels.stack import Branch, Fork, Gate, Item, Residual, Stack, Step

MAX_TEXT = 8_000
MAX_LAYERS = 320
MAX_DEPTH = 4
TOKEN = re.compile(r"\s*([A-Za-z_][A-Za-z_0-9]*|[0-9][0-9xX:.]*|.)\s*", re.DOTALL)
BREAKS = re.compile(r"(?<=[|;,])|(?<=branch\()|(?<=residual\()|(?<=gate\()")
FORK_NAMES: dict[str, type[Fork]] = {"branch": Branch, "residual": Residual, "gate": Gate}
FORKS = {fork: name for name, fork in FORK_NAMES.items()}


def read_stack(
    text: str,
    named: Collection[str] = (),
    *,
    takes_strangers: bool = False,
    most_text: int = MAX_TEXT,
    most_layers: int = MAX_LAYERS,
) -> Stack:
    """The stack that this text means; a Refusal at `layers` where it means none.

    `named` are maps of other stacks that its layers may read. With `takes_strangers`, a layer that nobody here knows is
    one of kind "unknown", instead of a refusal.
    """
    try:
        if len(text) > most_text:
            refuse(words.STACK_TOO_LONG, value=len(text), most=most_text)
        if not text.strip():
            refuse(words.NO_LAYERS, example=words.EXAMPLE)
        if is_graph(text):
            stack = read_graph(text, read_fork, named, takes_strangers, most_text, most_layers)
        else:
            stack = read_tree(text, takes_strangers)
        count = size(stack)
        if count > most_layers:
            refuse(words.TOO_MANY_LAYERS, value=count, most=most_layers)
        return stack
    except Refusal as refusal:
        raise refusal.at("layers") from None


def size(stack: Stack) -> int:
    """How many layers a stack has, its joins counted."""
    return sum(1 + (sum(map(size, item.paths)) if isinstance(item, Fork) else 0) for item in stack)


def read_tree(text: str, takes_strangers: bool) -> Stack:
    """A stack in which no map has a name."""
    reader = Reader(text, takes_strangers)
    stack = reader.stack(0)
    reader.end()
    return stack


def read_fork(text: str) -> Item | None:
    """A branch, a residual or a gate among the statements of a graph; None where the text is none of these."""
    if not re.match(rf"\s*({'|'.join(FORK_NAMES)})\s*\(", text, re.IGNORECASE):
        return None
    (item,) = read_tree(text, False)
    return item


@dataclass(frozen=True)
class Token:
    text: str
    start: int


class Reader:
    """Reads a stack from left to right, one token at a time."""

    def __init__(self, text: str, takes_strangers: bool = False) -> None:
        self.text = text
        self.takes_strangers = takes_strangers
        self.window = LONG_WINDOW if takes_strangers else WINDOW
        self.next = 0

    @cached_property
    def tokens(self) -> list[Token]:
        return [Token(match[1], match.start(1)) for match in TOKEN.finditer(self.text.strip())]

    @property
    def token(self) -> str:
        return self.tokens[self.next].text if self.next < len(self.tokens) else ""

    def take(self) -> str:
        taken = self.token
        self.next += 1
        return taken

    def takes(self, mark: str) -> bool:
        """Whether this mark comes next; it is then taken."""
        if self.token != mark:
            return False
        self.next += 1
        return True

    def expect(self, mark: str) -> None:
        if not self.takes(mark):
            refuse(words.EXPECTED_MARK, before=self.before, mark=mark, found=self.found)

    @property
    def before(self) -> str:
        """What has been read, its end."""
        stop = self.tokens[self.next].start if self.next < len(self.tokens) else len(self.text)
        read = self.text.strip()[:stop].strip()
        return read if len(read) <= 24 else f"…{read[-23:]}"

    @property
    def found(self) -> str:
        return words.QUOTED.format(text=shown(self.token)) if self.token else words.END

    def end(self) -> None:
        if self.token:
            refuse(words.EXPECTED_MARK, before=self.before, mark=";", found=self.found)

    def stack(self, depth: int) -> Stack:
        """Layers with semicolons between them; one behind the last may stay."""
        items = [self.item(depth)]
        while self.takes(";") and self.token not in ("", "|", ")"):
            items.append(self.item(depth))
        return tuple(items)

    def item(self, depth: int) -> Item:
        name = self.token
        if not name[:1].isalpha():
            sentence = words.EXPECTED_LAYER if self.next else words.EXPECTED_FIRST
            refuse(sentence, before=self.before, found=self.found)
        self.next += 1
        kind = name.lower()
        if kind in FORK_NAMES:
            return self.paths(kind, depth + 1)
        if kind in WRITABLE:
            return make_layer(kind, self.arguments(), self.window)
        unknown = stranger(name, self.takes_strangers)
        self.arguments()
        return unknown

    def paths(self, kind: str, depth: int) -> Item:
        if depth > MAX_DEPTH:
            refuse(words.TOO_DEEP, most=MAX_DEPTH)
        self.expect("(")
        paths = [self.path(depth)]
        while self.takes("|"):
            paths.append(self.path(depth))
        self.expect(")")
        if not any(paths):
            refuse(words.IDENTITY_ONLY, kind=kind)
        if kind == "branch":
            if len(paths) < 2:
                refuse(words.ONE_PATH)
            return Branch(tuple(paths))
        return FORK_NAMES[kind](tuple(paths) if len(paths) > 1 else (paths[0], ()))

    def path(self, depth: int) -> Stack:
        return () if self.token in ("|", ")") else self.stack(depth)

    def arguments(self) -> list[tuple[str, str]]:
        """(name, value) of what stands in the brackets; a value without a name has the name ""."""
        if not self.takes("("):
            return []
        found: list[tuple[str, str]] = []
        while not self.takes(")"):
            if found:
                self.expect("," if self.token else ")")
            found.append(self.argument())
        return found

    def argument(self) -> tuple[str, str]:
        name = self.word()
        return (name.lower(), self.word()) if self.takes("=") else ("", name)

    def word(self) -> str:
        """A name or a number, with a sign where somebody writes one."""
        sign = "-" if self.takes("-") else ""
        if not (self.token[:1].isalnum() and self.token.isascii()):
            refuse(words.EXPECTED_VALUE, before=self.before, found=self.found)
        return sign + self.take()


def spell_stack(stack: Stack) -> str:
    """The text that reads back as this stack, the shortest."""
    names = names_of(stack)
    return ";".join(spell_item(item, names) for item in stack)


def names_of(stack: Stack) -> set[str]:
    """The names of its maps."""
    return {item.name for item in stack if isinstance(item, Step)}


def spell_item(item: Item, names: Collection[str] = ()) -> str:
    """One statement; where these are names of maps, a layer that is called like one has brackets: relu()."""
    if isinstance(item, StackLayer):
        return with_brackets(spell_layer(item), names)
    if isinstance(item, Step):
        return spell_step(item, names)
    paths = item.paths
    if isinstance(item, Residual | Gate) and len(paths) == 2 and not paths[1]:
        paths = paths[:1]
    return f"{FORKS[type(item)]}({'|'.join(map(spell_stack, paths))})"


def broken(text: str) -> tuple[str, ...]:
    """The text in parts between which a line may break."""
    return tuple(BREAKS.split(text))
