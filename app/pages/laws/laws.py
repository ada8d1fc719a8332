"""The laws, and when each of them holds."""

from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from typing import NamedTuple

from app.address.phrases import times
from app.address.query import Raw
from app.address.refusal import Refusal
from app.pages.laws import associative, commutative, linear, shift, words
from app.pages.laws.task import Law, Task, task_of
from app.text.format import short

LAWS: Mapping[str, Law] = {each.LAW.name: each.LAW for each in (commutative, linear, associative, shift)}


class Holds(NamedTuple):
    """Whether a law holds for some numbers in one way to compute, and where that is seen."""

    is_equal: bool
    address: str
    is_now: bool


def verdict(task: Task) -> str:
    """Whether both sides are one, and if not, why."""
    left, right = task.sides
    if right is None:
        return words.NO_WINDOW[task.law.name]
    if task.differing is None:
        return f"{words.OTHER_SIZE.format(left=times(left.shape), right=times(right.shape))} {words.WHY_NOT['padding']}"
    if task.is_equal:
        return words.EQUAL.format(count=left.size)
    differ = words.DIFFERENT.format(
        differ=int((task.differing > 0).sum()), count=left.size, most=short(float(task.differing.max()))
    )
    return f"{differ} {words.WHY_NOT[reason(task)]}"


def reason(task: Task) -> str:
    """The setting that the law does not bear."""
    if task.law is linear.LAW:
        return "relu"
    if task.law is shift.LAW:
        return "border"
    if task.law is commutative.LAW:
        return "padding" if task.flip else "turned"
    return "associative"


def holds(task: Task) -> dict[str, list[Holds]]:
    """For each law, whether it holds in each way to compute."""
    return {name: [cell(task, law, *setting) for setting in words.COLUMNS] for name, law in LAWS.items()}


def cell(task: Task, law: Law, is_full: bool, flip: bool) -> Holds:
    """This law with the task's own numbers, or with its usual ones where they are another law's or do not fit."""
    setting = {"padding": "full" if is_full else "valid", "flip": str(flip).lower()}
    own = {name: text for name, text in task.spelled.items() if name not in ("law", "step", *setting)}
    found = usual(law.name, is_full, flip)
    if own and law is task.law:
        with suppress(Refusal):
            found = outcome({**own, "law": law.name, **setting})
    return Holds(*found, is_now=law is task.law and (is_full, flip) == (task.is_full, task.flip))


@cache
def usual(law: str, is_full: bool, flip: bool) -> tuple[bool, str]:
    return outcome({"law": law, "padding": "full" if is_full else "valid", "flip": str(flip).lower()})


def outcome(raw: Raw) -> tuple[bool, str]:
    """Whether both sides are one, and the address that shows it."""
    made = task_of(raw, LAWS)
    return made.is_equal, made.address()
