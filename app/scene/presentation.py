"""How a scene is shown, not what it computes: part of every link, read by every representation, changing no number."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict

from app.address.parameters import (
    Flag,
    check_axes,
    lowered,
    read_choice,
    read_count,
    read_number,
    read_raw_grid,
    reader,
    refuse,
    spell_number,
    split_axes,
)
from app.address.refusal import Refusal
from app.grids.literals import Space, read_grid, resolve
from app.scene.origin import origin_of, read_origin
from app.text import refusals as words


def read_index(raw: object, *, name: str) -> int:
    value = read_count(raw, name=name, example="0")
    if value < 0:
        refuse(words.TOO_SMALL, kind="greater_than_equal", name=name, least=0, value=value)
    return value


def read_word(raw: object, *, name: str) -> str:
    """The name of a view; whether the operation has it, the scene knows."""
    return lowered(raw)[:40]


def read_moves(raw: object, *, name: str) -> tuple[int, ...]:
    """A whole number for each axis, negative ones too."""
    entries = split_axes(raw)
    check_axes(entries, raw, name)
    return tuple(read_count(entry, name=name, example="1") for entry in entries)


def read_row(raw: object, *, name: str) -> tuple[float, ...] | None:
    """A line of numbers as a grid is written; a line of ones is left out, as it is what holds anyway."""
    try:
        line = read_grid(read_raw_grid(raw, name=name), ROW)
        values = resolve(line, line.shape, ROW).values
    except Refusal as refusal:
        refuse("{said}", kind=refusal.type, said=str(refusal))
    if len(values) > 1:
        refuse(words.ONE_ROW, name=name, given=len(values))
    return None if (values == 1).all() else tuple(values[0].tolist())


ROW = Space(1, 1, "input", 400)

Index = Annotated[int, reader(read_index)]
Pace = Annotated[
    Literal["auto", "product", "sum", "row"], reader(read_choice, choices=("auto", "product", "sum", "row"))
]
Speed = Annotated[float, reader(read_number, example="0.5", least=0.1, most=10)]

Theme = Annotated[
    Literal["auto", "light", "dark", "transparent"],
    reader(read_choice, choices=("auto", "light", "dark", "transparent")),
]


class Presentation(BaseModel):
    """The conventions and the place to open at."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    view: Annotated[str | None, reader(read_word)] = None
    step: Index | None = None
    channel: Index | None = None
    filter: Index | None = None
    indices: Annotated[Literal["0", "1"], reader(read_choice, choices=("0", "1"))] = "0"
    symbol: Annotated[Literal["star", "asterisk"], reader(read_choice, choices=("star", "asterisk"))] = "star"
    shapes: Annotated[Literal["chw", "nchw"], reader(read_choice, choices=("chw", "nchw"))] = "chw"
    letters: Flag = False
    predict: Flag = False
    centres: Flag = False
    reads: Flag = False
    connections: Annotated[
        Literal["full", "local", "shared"], reader(read_choice, choices=("full", "local", "shared"))
    ] = "shared"
    direction: Annotated[Literal["forward", "backward"], reader(read_choice, choices=("forward", "backward"))] = (
        "forward"
    )
    """Whether connections say what they carry forward, or what flows back over them."""
    upstream: Annotated[tuple[float, ...] | None, reader(read_row)] = None
    """What flows back into each output of these; ones, unless a link says."""
    shift: Annotated[tuple[int, ...] | None, reader(read_moves)] = None
    ahead: Annotated[Literal["shown", "hidden"] | None, reader(read_choice, choices=("shown", "hidden"))] = None
    """Whether results ahead of the playhead are shown without fill, or wait; unless a link says, the page decides."""
    tones: Annotated[Literal["grey", "signed"] | None, reader(read_choice, choices=("grey", "signed"))] = None
    """How a result too large for numbers is painted; unless a link says, that of a photograph is grey."""
    pace: Pace = "auto"
    """The player's gear."""
    autoplay: Flag = False
    loop: Flag = False
    speed: Speed = 1.0
    of: Annotated[str | None, reader(read_origin)] = None
    """Whose number the scene computes, where a network has opened it."""
    theme: Theme = "auto"

    @property
    def first_index(self) -> int:
        return int(self.indices)

    @property
    def whose(self) -> str:
        """The same in words, with the reader's way of counting; nothing where the scene is its own."""
        return origin_of(self.of).sentence(self.first_index) if self.of else ""

    def spelled(self) -> dict[str, str]:
        """Every field that is not its default, as an address writes it."""
        changed = {name: getattr(self, name) for name in type(self).model_fields if name in self.model_fields_set}
        return {name: spell(value) for name, value in changed.items() if value != type(self).model_fields[name].default}


def spell(value: bool | float | str | tuple[float, ...]) -> str:
    if isinstance(value, tuple):
        return ",".join(map(spell_number, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else spell_number(value)
