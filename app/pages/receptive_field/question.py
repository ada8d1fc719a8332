"""What an address asks about: a stack, its input, a unit of one of its maps, and how it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from app.address.names import unknown_name
from app.address.phrases import is_count, shown, times
from app.address.query import READABLE, Raw
from app.address.refusal import Refusal
from app.pages.receptive_field import words
from app.pages.receptive_field.inputs import read_input, spell_input
from app.pages.receptive_field.measuring import layer_name, measured
from app.pages.receptive_field.notation import read_stack, spell_stack
from kernels.cached import cached_property
from kernels.graph import INPUT, Measured
from kernels.layers import Counts, Shape
from kernels.receptive_field import Field, FieldTooLarge, receptive_field
from kernels.stack import Stack

PATH = "/receptive-field"
NAMES = ("layers", "input", "unit", "picture", "seed", "theme")
DEFAULT_LAYERS = "conv(3);conv(3);conv(3)"
DEFAULT_INPUT = "9x9"
DIGITS = tuple(f"digit:{digit}" for digit in range(10))
PICTURES = ("landscape", *DIGITS)
LARGE = 48
"""Inputs with as many cells a side are shown a landscape, smaller ones a digit."""
THEMES = ("light", "dark", "auto")
MOST_SEED = 10**9 - 1
BARE = READABLE + "="
"""What the text of a stack may carry bare in an address."""


@dataclass(frozen=True)
class Chosen:
    """A unit: its node in the flat list (−1 is the input) and its place in the map."""

    node: int
    unit: Counts


@dataclass(frozen=True)
class Question:
    stack: Stack
    shape: Shape
    asked: Chosen | None = None
    picture: str = ""
    seed: int = 1
    theme: str = ""

    @cached_property
    def measured(self) -> tuple[Measured, ...]:
        return measured(self.stack, self.shape)

    @cached_property
    def fields(self) -> tuple[tuple[Field, ...], ...]:
        try:
            return receptive_field(self.measured, self.spatial)
        except FieldTooLarge as error:
            node = next(layer.node for layer in self.measured if layer.place == error.place)
            sentence = words.FIELD_TOO_LARGE.format(layer=layer_name(node))
            raise Refusal(sentence, type="too_large", loc=("layers",)) from None

    @property
    def spatial(self) -> Counts:
        return self.shape[1:]

    @property
    def chosen(self) -> Chosen:
        """The unit that is shown: the middle one of the last map, unless another is asked for."""
        return self.asked or self.middle(len(self.measured) - 1)

    def middle(self, node: int) -> Chosen:
        return Chosen(node, tuple(size // 2 for size in self.spatial_of(node)))

    def spatial_of(self, node: int) -> Counts:
        return self.spatial if node == INPUT else self.measured[node].spatial

    def place_of(self, node: int) -> str:
        return "0" if node == INPUT else self.measured[node].place

    @property
    def shown_picture(self) -> str:
        return self.picture or ("landscape" if min(self.spatial) >= LARGE else "digit:7")

    @property
    def spelled(self) -> dict[str, str]:
        """The canonical fields of the address; what is the default is left out."""
        fields = {
            "layers": spell_stack(self.stack),
            "input": spell_input(self.shape),
            "unit": self.spell_unit(self.asked) if self.asked else "",
            "picture": self.picture,
            "seed": str(self.seed) if self.seed != 1 else "",
            "theme": self.theme,
        }
        defaults = {"layers": DEFAULT_LAYERS, "input": DEFAULT_INPUT}
        return {name: text for name, text in fields.items() if text and text != defaults.get(name)}

    def spell_unit(self, chosen: Chosen) -> str:
        place = self.place_of(chosen.node)
        return place if chosen == self.middle(chosen.node) else f"{place}:{','.join(map(str, chosen.unit))}"

    def address(self, extension: str = "") -> str:
        return spell(self.spelled, extension)

    def with_stack(self, stack: Stack) -> "Question":
        """The same with another stack, seen from its middle unit again."""
        return replace(self, stack=stack, asked=None)

    @property
    def is_heavy(self) -> bool:
        """Whether the answer is worth a thread of its own."""
        return max(self.spatial) > 32 or len(self.stack) > 12


def spell(fields: Mapping[str, str], extension: str = "") -> str:
    query = "&".join(f"{name}={quote(text, safe=BARE)}" for name, text in fields.items())
    return f"{PATH}{extension}" + (f"?{query}" if query else "")


def read_question(raw: Raw) -> Question:
    """The question that these raw values ask; a Refusal where one of them cannot be taken."""
    check_names(raw)
    texts = {name: value if isinstance(value, str) else str(value) for name, value in raw.items()}
    stack = read_stack(texts.get("layers", DEFAULT_LAYERS))
    shape = read_input(texts.get("input", DEFAULT_INPUT))
    question = Question(stack, shape, picture=read_picture(texts), seed=read_seed(texts), theme=read_theme(texts))
    if "unit" not in texts:
        return question
    chosen = read_unit(question, texts["unit"])
    is_default = chosen == question.chosen
    return question if is_default else replace(question, asked=chosen)


def check_names(raw: Raw) -> None:
    for name in raw:
        if name not in NAMES:
            raise unknown_name(name, words.NAME, NAMES)


def read_unit(question: Question, text: str) -> Chosen:
    """`3` for the middle of layer 3, `3:1,2` for one of its units; layer 0 is the input."""
    place, colon, where = text.strip().partition(":")
    entries = where.replace("x", ",").split(",") if colon else []
    if not all(map(is_count, [*place.split("."), *map(str.strip, entries)])):
        raise unit_refusal(words.NOT_A_UNIT, text=shown(text))
    places = {"0": INPUT} | {layer.place: index for index, layer in enumerate(question.measured)}
    if place not in places:
        raise unit_refusal(words.NO_SUCH_LAYER, place=shown(place))
    node = places[place]
    if not colon:
        return question.middle(node)
    unit, sizes = tuple(map(int, entries)), question.spatial_of(node)
    if len(unit) != len(sizes) or any(at >= size for at, size in zip(unit, sizes, strict=True)):
        raise unit_refusal(words.NO_SUCH_UNIT, unit=shown(where), place=place, shape=times(sizes))
    return Chosen(node, unit)


def unit_refusal(sentence: str, **numbers: object) -> Refusal:
    return Refusal(sentence.format(**numbers), type="unit", loc=("unit",))


def read_picture(texts: Mapping[str, str]) -> str:
    text = texts.get("picture", "").strip().lower()
    if text and text not in PICTURES:
        sentence = words.NOT_A_PICTURE.format(choices=", ".join(PICTURES), text=shown(text))
        raise Refusal(sentence, type="literal_error", loc=("picture",))
    return text


def read_seed(texts: Mapping[str, str]) -> int:
    text = texts.get("seed", "1").strip()
    if not is_count(text):
        raise Refusal(words.NOT_A_SEED.format(most=MOST_SEED, text=shown(text)), type="int_parsing", loc=("seed",))
    return int(text)


def read_theme(texts: Mapping[str, str]) -> str:
    text = texts.get("theme", "").strip().lower()
    if text and text not in THEMES:
        raise Refusal(words.NOT_A_THEME.format(text=shown(text)), type="literal_error", loc=("theme",))
    return "" if text == "auto" else text
