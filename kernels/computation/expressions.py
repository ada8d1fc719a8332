"""What a computation is written in: numbers, names, and operations on them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache


@dataclass(frozen=True)
class Number:
    """A number that is written in the text; nothing flows back to it."""

    value: float
    place: int = field(default=0, compare=False)
    """Where it stands in its text, so that a refusal can say so."""


@dataclass(frozen=True)
class Name:
    """A value, or the result of an earlier assignment."""

    name: str
    place: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Call:
    """An operation on its arguments; `settings` are whole numbers, such as a stride."""

    operation: str
    arguments: tuple["Expression", ...]
    settings: tuple[tuple[str, int], ...] = ()
    place: int = field(default=0, compare=False)


Expression = Number | Name | Call


@dataclass(frozen=True)
class Assignment:
    """One node of the graph: a name, and the expression that makes it."""

    name: str
    expression: Expression


def names_in(expression: Expression) -> Iterator[str]:
    """The names that an expression reads, in its order, each as often as it stands there."""
    if isinstance(expression, Name):
        yield expression.name
    elif isinstance(expression, Call):
        for argument in expression.arguments:
            yield from names_in(argument)


@lru_cache(4096)
def inputs_of(expression: Expression) -> tuple[str, ...]:
    """The names that an expression reads, each once: the edges that lead into a node.

    >>> inputs_of(Call("*", (Name("x"), Call("exp", (Name("x"),)))))
    ('x',)
    """
    return tuple(dict.fromkeys(names_in(expression)))
