"""Where a page is shown: by itself, in a frame on somebody's slide, or on a whole wall.

A page does not ask. It is made as ever, and templates/base.html shows what is marked as its picture.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from app.address.parameters import Flag, lowered, read_choice, read_number, reader
from app.address.refusal import Refusal, Refusals
from app.scene.presentation import Index, Pace, Presentation, Speed, Theme, spell

EMBED, PRESENT = "/embed", "/present"
PREFIXES = (EMBED, PRESENT)

HIDEABLE = ("controls", "equation", "kernel", "captions", "legend", "hint")
"""What a frame may leave out, by the names that `hide=` takes."""
LOCKABLE = ("all", "input", "kernel", "bias", "x", "w", "b", "grad_output")
"""What may not be changed in a frame, by the names that `lock=` takes: everything, a role, or a grid."""
SIZES = {"normal": 1.0, "large": 1.35, "huge": 1.75}
"""Words for how large the writing of a frame is."""


def read_names(raw: object, *, name: str, choices: tuple[str, ...]) -> tuple[str, ...]:
    """Words with commas between them, each of them once."""
    given = raw if isinstance(raw, list | tuple) else lowered(raw).replace(" ", ",").split(",")
    return tuple(dict.fromkeys(read_choice(word, name=name, choices=choices) for word in given if word))


def read_size(raw: object, *, name: str) -> float:
    """A word, or how many times as large as usual."""
    return SIZES.get(lowered(raw)) or read_number(raw, name=name, example="1.5", least=0.5, most=4)


class Framing(BaseModel):
    """What the address of any frame may ask for, whatever page is in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    step: Index | None = None
    pace: Pace = "auto"
    autoplay: Flag = False
    loop: Flag = False
    speed: Speed = 1.0
    theme: Theme = "auto"
    hide: Annotated[tuple[str, ...], reader(read_names, choices=HIDEABLE)] = ()
    lock: Annotated[tuple[str, ...], reader(read_names, choices=LOCKABLE)] = ()
    size: Annotated[float, reader(read_size)] = 1.0
    deck: Annotated[Literal["reveal"] | None, reader(read_choice, choices=("reveal",))] = None
    """Whose slides the frame stands on, so that clicker keys past its last step go on there."""

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Self:
        """The options of these raw values. Raises Refusals, each with its sentence."""
        try:
            return cls.model_validate(raw)
        except ValidationError as error:
            faults = error.errors(include_url=False)
            raise Refusals(Refusal(each["msg"], type=each["type"], loc=each["loc"][:1]) for each in faults) from None

    def spelled(self, *names: str) -> dict[str, str]:
        """Those of the options that are not their defaults, as an address writes them."""
        usual = {name: known.default for name, known in type(self).model_fields.items()}
        said = {name: getattr(self, name) for name in names}
        return {
            name: ",".join(value) if isinstance(value, tuple) else spell(value)
            for name, value in said.items()
            if value != usual[name]
        }


FRAME_ONLY = tuple(name for name in Framing.model_fields if name not in Presentation.model_fields)
"""What means something in a frame alone; of the rest a scene knows itself."""
PLAYED = ("autoplay", "loop", "speed", "pace", "step")


@dataclass(frozen=True)
class Frame:
    """What stands around a picture: which address it is a frame of, and how it is to be shown."""

    prefix: str
    page: str
    """The address of the whole page."""
    options: Framing
    own: tuple[str, ...] = ()
    """Those of the options that are the page's own parameters, and so stay in its address."""
    plays: bool = True
    """Whether the frame's own script plays, seeks and loops; a scene's stage does so itself."""

    @property
    def is_wall(self) -> bool:
        return self.prefix == PRESENT

    @property
    def theme(self) -> str:
        """The colours: those for light paper serve on a background that is not ours."""
        return "light" if self.options.theme == "transparent" else self.options.theme

    @property
    def classes(self) -> str:
        """What its styles go by."""
        hidden = [f"hides-{name}" for name in self.options.hide]
        clear = ["transparent"] if self.options.theme == "transparent" else []
        return " ".join(["framed", self.prefix.removeprefix("/"), *clear, *hidden])

    @property
    def settings(self) -> dict[str, str]:
        """What its scripts go by, as attributes."""
        names = (*(PLAYED if self.plays else ()), "lock", "size", "deck")
        said = {f"data-{name}": text for name, text in self.options.spelled(*names).items()}
        return {"data-options": " ".join(name for name in Framing.model_fields if name not in self.own), **said}


FRAME: ContextVar[Frame | None] = ContextVar("frame", default=None)
"""The frame of the page that is being made, if it is made for one."""


class Programme(NamedTuple):
    """What is presented before a picture and after it, as addresses; empty where nothing is."""

    preceding: str = ""
    following: str = ""


ALONE = Programme()
PROGRAMME: ContextVar[Programme] = ContextVar("programme", default=ALONE)
"""Where the picture that is being made stands in a row of them."""
