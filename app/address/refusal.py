"""A value that cannot be taken, and why."""

from collections.abc import Iterable
from typing import Self


class Refusal(ValueError):
    """A refused value, with a sentence that a student understands and the numbers in it.

    `type` is the word that programs read, as in pydantic's errors; `loc` says where the value stands.
    """

    def __init__(self, msg: str, *, type: str = "value_error", loc: tuple[str | int, ...] = ()) -> None:
        super().__init__(msg)
        self.type = type
        self.loc = loc

    def at(self, *loc: str | int) -> Self:
        """The same refusal, one level further out: `refusal.at("w")` is about the field w."""
        return self.__class__(str(self), type=self.type, loc=(*loc, *self.loc))


class Refusals(Exception):
    """Several refusals at once, one for each field that is wrong."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(" ".join(map(str, self.refusals)))
