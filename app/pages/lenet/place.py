"""A place in a layer, as an address names it: `unit=3,7,14`."""

from app.address.parameters import shown
from app.address.phrases import is_count, times
from app.address.query import Raw
from app.address.refusal import Refusal
from app.pages.lenet import words


def take_place(raw: Raw, title: str, shape: tuple[int, ...]) -> tuple[int, ...]:
    """Take `unit` out of the raw values: a place of a layer of this shape."""
    text = raw.pop("unit", "")
    text = text if isinstance(text, str) else shown(text)
    places = text.split(",")
    if len(places) != len(shape) or not all(map(is_count, places)):
        example = ",".join("0" for _ in shape)
        raise Refusal(words.UNIT_FORM.format(layer=title, example=example, text=shown(text)), loc=("unit",))
    place = tuple(map(int, places))
    if any(index >= size for index, size in zip(place, shape, strict=True)):
        sentence = words.UNIT_RANGE.format(layer=title, shape=times(shape), text=shown(text))
        raise Refusal(sentence, type="less_than_equal", loc=("unit",))
    return place
