"""What is compared: a law, its grids, and how its convolutions are computed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple

import numpy as np
from pydantic import BaseModel, ConfigDict

from app.address.names import check_names
from app.address.parameters import read_choice, reader
from app.address.phrases import times
from app.address.query import Raw, addressed
from app.address.refusal import Refusal, Refusals
from app.grids.literals import Array, Grid
from app.grids.pictures import Kind
from app.operations.common.fields import left_out
from app.pages.board.board import Board
from app.pages.board.fields import Flag, Step
from app.pages.board.grids import read
from app.pages.board.view import check_step
from app.pages.board.windows import Meeting, meetings
from app.pages.laws import words
from app.scene.reading import validated
from kernels.activation import ACTIVATIONS
from kernels.cached import cached_property
from kernels.collapse import combine, plane_axes

PATH = "/laws"
MOST_SIDE = 9
ALIKE = 1e-9
"""What rounding may make of two equal numbers, as a share of the largest."""


class LawParameters(BaseModel):
    """What all laws have."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    law: Annotated[str, reader(read_choice, choices=words.LAWS)] = "commutative"
    padding: Annotated[str, reader(read_choice, choices=words.PADDINGS)] = "full"
    flip: Flag = True
    step: Step = None

    def scalars(self) -> dict[str, str]:
        """The law's own settings besides its grids, as an address writes them."""
        return {}


class Sides(NamedTuple):
    """What a law says is equal; there is no right side where no window fits."""

    left: Array
    right: Array | None


@dataclass(frozen=True)
class Law:
    """One law: how it is written, what its sides are, how it is drawn."""

    name: str
    parameters: type[LawParameters]
    kinds: Mapping[str, Kind]
    """The fields that are grids, and what they are."""
    usual: Mapping[str, str]
    """What each field is where nothing is said of it, besides those that all laws have."""
    sides: "Callable[[Task], Sides]"
    board: "Callable[[Task], Board]"


@dataclass(frozen=True)
class Task:
    """Everything resolved."""

    law: Law
    parameters: Any
    grids: Mapping[str, Grid]

    @property
    def is_full(self) -> bool:
        return bool(self.parameters.padding == "full")

    @property
    def flip(self) -> bool:
        return bool(self.parameters.flip)

    @property
    def symbol(self) -> str:
        return words.SYMBOLS[self.flip]

    def plane(self, name: str) -> Array:
        """A grid as one plane, (rows, cols)."""
        values = self.grids[name].values
        plane: Array = values.reshape(values.shape[-2:])
        return plane

    def combine(self, x: Array, w: Array) -> Array:
        return combine(x, w, is_full=self.is_full, flip=self.flip)

    def meetings(self, x: Array, w: Array) -> list[Meeting]:
        """What each number of their convolution reads."""
        return meetings(plane_axes(x.shape, w.shape, is_full=self.is_full, flip=self.flip))

    def fits(self, x: Array, w: Array) -> bool:
        """Whether there is a window of w on x."""
        return self.is_full or all(taps <= size for size, taps in zip(x.shape, w.shape, strict=True))

    @cached_property
    def sides(self) -> Sides:
        return self.law.sides(self)

    @cached_property
    def board(self) -> Board:
        return self.law.board(self)

    @cached_property
    def differing(self) -> Array | None:
        """By how much the sides are apart, cell by cell; None where they have no common shape."""
        left, right = self.sides
        if right is None or left.shape != right.shape:
            return None
        apart: Array = np.abs(left - right)
        apart[apart <= ALIKE * max(np.abs(left).max(), np.abs(right).max())] = 0
        return apart

    @property
    def is_equal(self) -> bool:
        return self.differing is not None and not self.differing.any()

    @cached_property
    def spelled(self) -> dict[str, str]:
        """The canonical fields, defaults left out."""
        texts = {
            "law": self.law.name,
            **{name: grid.text for name, grid in self.grids.items()},
            **self.parameters.scalars(),
            "padding": self.parameters.padding,
            "flip": str(self.flip).lower(),
            "step": "" if self.parameters.step is None else str(self.parameters.step),
        }
        return left_out(texts, defaults(self.law))

    def address(self, extension: str = "", /, **changes: str) -> str:
        """The canonical path and query, some fields replaced, of the same law."""
        return addressed(PATH + extension, left_out({**self.spelled, **changes}, defaults(self.law)))


def defaults(law: Law) -> dict[str, str]:
    return {"law": "commutative", "padding": "full", "flip": "true", **law.usual}


def read_task(raw: Raw, laws: Mapping[str, Law]) -> Task:
    """The law that these raw values ask for, at a step there is. Raises Refusal or Refusals, each with its sentence."""
    task = task_of(raw, laws)
    check_step(task.board, task.parameters.step)
    return task


def task_of(raw: Raw, laws: Mapping[str, Law]) -> Task:
    """The same, whatever the step: of a law that is not shown, nothing has to be drawn."""
    wrong: list[Refusal] = []
    asked = validated(LawParameters, {"law": raw["law"]} if "law" in raw else {}, wrong)
    if asked is None:
        raise Refusals(wrong)
    law = laws[asked.law]
    check_names(raw, words.PAGE, list(law.parameters.model_fields))
    usual = {name: text for name, text in defaults(law).items() if raw.get(name) in (None, "")}
    parameters = validated(law.parameters, {**raw, **usual}, wrong)
    if parameters is None:
        raise Refusals(wrong)
    grids = {
        name: read(getattr(parameters, name), name, 1 if kind == "input" else 2, bound(kind), kind)
        for name, kind in law.kinds.items()
    }
    return Task(law, parameters, grids)


def bound(kind: Kind) -> tuple[int, ...]:
    """One channel, and of weights one filter."""
    return (1, MOST_SIDE, MOST_SIDE) if kind == "input" else (1, 1, MOST_SIDE, MOST_SIDE)


def check_fits(task: Task, plane: str, x: Array, kernel: str, w: Array, field: str) -> None:
    """Refuse a first convolution that has no window: there would be nothing to show."""
    if not task.fits(x, w):
        sentence = words.NO_ROOM.format(kernel=kernel, given=times(w.shape), plane=plane, room=times(x.shape))
        raise Refusal(sentence, type="kernel", loc=(field,))


def rectified(values: Array) -> Array:
    return np.asarray(ACTIVATIONS["relu"](values))
