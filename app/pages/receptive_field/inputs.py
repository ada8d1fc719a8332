"""The picture that a stack is given: `32` for a line, `224x224`, or `3x224x224` with its channels."""

from app.address.phrases import is_count, shown
from app.address.refusal import Refusal
from app.pages.receptive_field import words
from kernels.layers import Shape

MOST_SIDE = 1_024
MOST_CHANNELS = 4_096


def read_input(text: str) -> Shape:
    """The shape (C, *space) that this text means; a Refusal at `input` where it means none."""
    entries = [entry.strip() for entry in text.lower().split("x")]
    if len(entries) > 3 or not all(map(is_count, entries)):
        raise Refusal(words.NOT_AN_INPUT.format(text=shown(text)), type="input", loc=("input",))
    sizes = tuple(map(int, entries))
    shape = sizes if len(sizes) == 3 else (1, *sizes)
    for name, most, values in ((words.CHANNELS, MOST_CHANNELS, shape[:1]), (words.SIDE, MOST_SIDE, shape[1:])):
        for value in values:
            if not 1 <= value <= most:
                sentence = words.INPUT_RANGE.format(name=name, most=most, value=value)
                raise Refusal(sentence, type="input", loc=("input",))
    return shape


def spell_input(shape: Shape) -> str:
    """The shortest text that reads back as this shape."""
    return "x".join(map(str, shape[1:] if shape[0] == 1 else shape))
