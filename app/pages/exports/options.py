"""What a file may be asked besides its scene: how wide, in what shape, how long, and which steps."""

from collections.abc import Iterable
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict

from app.address.parameters import read_choice, read_count, read_number, reader, refuse, shown
from app.address.query import Raw
from app.address.refusal import Refusal, Refusals
from app.painters.poster import ASPECTS, Sheet
from app.scene.reading import validated
from app.text import refusals as words

NARROWEST, WIDEST = 160, 4000
"""Pixels."""
LONGEST = 60
"""Seconds of a film."""
MOST_STEPS = 60
"""Steps that a link may choose for slides or pictures."""


def read_width(raw: object, *, name: str) -> int:
    value = read_count(raw, name=name, example="1600")
    if value < NARROWEST:
        refuse(words.TOO_SMALL, kind="greater_than_equal", name=name, least=NARROWEST, value=value)
    if value > WIDEST:
        refuse(words.TOO_LARGE, kind="less_than_equal", name=name, most=WIDEST, value=value)
    return value


def read_steps(raw: object, *, name: str) -> tuple[int, ...]:
    """Steps and ranges of steps, `0-5,12`, each once and in their order."""
    entries = raw.split(",") if isinstance(raw, str) else raw if isinstance(raw, list | tuple) else [raw]
    found: set[int] = set()
    for entry in entries:
        first, _, last = entry.partition("-") if isinstance(entry, str) else (entry, "", "")
        start = read_count(first, name=name, example="0-5,12")
        end = read_count(last, name=name, example="0-5,12") if last else start
        if not 0 <= start <= end:
            refuse(words.STEPS_FORM, name=name, text=shown(raw))
        if end - start >= MOST_STEPS or len(found | {start, end}) > MOST_STEPS:
            refuse(words.TOO_MANY_STEPS, kind="too_long", name=name, most=MOST_STEPS)
        found |= set(range(start, end + 1))
    if len(found) > MOST_STEPS:
        refuse(words.TOO_MANY_STEPS, kind="too_long", name=name, most=MOST_STEPS)
    return tuple(sorted(found))


class Options(BaseModel):
    """Each format takes some of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    width: Annotated[int | None, reader(read_width)] = None
    aspect: Annotated[Literal["auto", "16x9", "4x3"], reader(read_choice, choices=tuple(ASPECTS))] = "auto"
    seconds: Annotated[float | None, reader(partial(read_number, example="8", least=0.5, most=LONGEST))] = None

    steps: Annotated[tuple[int, ...] | None, reader(read_steps)] = None

    def sheet(self, *, is_clear: bool = False) -> Sheet:
        """What a picture is drawn on."""
        return Sheet(self.width, ASPECTS[self.aspect], is_clear)


def take_options(raw: Raw, names: Iterable[str]) -> Options:
    """Take a format's options out of the raw values."""
    taken: dict[str, Any] = {name: raw.pop(name) for name in names if name in raw}
    refusals: list[Refusal] = []
    options = validated(Options, taken, refusals)
    if options is None:
        raise Refusals(refusals)
    return options
