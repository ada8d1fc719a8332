"""The size of an input as people write it: 3x224x224, 1,3,224,224, (224, 224, 3), 3 × 224 × 224."""

import re

from app.address.phrases import is_count, shown
from app.address.refusal import Refusal
from app.pages.receptive_field import words
from kernels.layers import Shape

MARKS = re.compile(r"[\sx×*,;]+", re.IGNORECASE)
BRACKETS = "()[]{} "
BATCHES = frozenset({"none", "n", "b", "-1", "batch"})
WITH_BATCH = frozenset({4, 5})
"""How many sizes a picture and a film have with a batch of one before them."""
MOST_CHANNELS, MOST_SIDE, MOST_LENGTH, MOST_NUMBERS = 4_096, 1_024, 32_768, 1_000_000
"""Of a map: its channels, and its sides, or its length where it has only one; of a list, its numbers."""
FEW = 4
"""Up to this many channels a number at the end is one of channels, where that at the beginning is none."""
IMAGENET_SIDE = 224
SMALL_SIDES = (1, 4, 7, 8, 16)
"""Sizes of maps from which pictures are made."""
USUAL_SIDES = (
    *(32, 28, 224, 64, 227, 299, 256, 128, 96, 48, 160, 384, 512, 100, 150, 180, 300, 320, 400, 416, 572, 640),
    *(84, 50, 200, 120, 448),
)
"""Sizes of pictures that networks are made for, the likeliest first."""


def read_size(text: str) -> Shape:
    """The shape (C, *space) that this text means; a Refusal at `input` where it means none.

    >>> [read_size(text) for text in ("1,3,224,224", "224,224,3", "3x224x224", "(None, 28, 28, 1)", "1,784")]
    [(3, 224, 224), (3, 224, 224), (3, 224, 224), (1, 28, 28), (784,)]
    """
    entries = [entry for entry in MARKS.split(text.strip(BRACKETS)) if entry]
    if (len(entries) > 1 and entries[0].lower() in BATCHES) or (
        entries and entries[0] == "1" and len(entries) in WITH_BATCH
    ):
        entries = entries[1:]
    if not 1 <= len(entries) <= 4 or not all(map(is_count, entries)):
        raise refused(words.NOT_AN_INPUT.format(text=shown(text)))
    sizes = tuple(map(int, entries))
    if len(sizes) == 3 and sizes[2] <= FEW < min(sizes[:2]):
        sizes = (sizes[2], *sizes[:2])
    if len(sizes) == 2 and "," in text and sizes[0] == 1:
        shape: Shape = sizes[1:]
    else:
        shape = sizes if len(sizes) > 2 else (1, *sizes)
    check_range(shape)
    return shape


def check_range(shape: Shape) -> None:
    """Refuse sizes that are too large to be followed."""
    most_side = MOST_LENGTH if len(shape) == 2 else MOST_SIDE
    channels = MOST_NUMBERS if len(shape) == 1 else MOST_CHANNELS
    for name, most, values in ((words.CHANNELS, channels, shape[:1]), (words.SIDE, most_side, shape[1:])):
        for value in values:
            if not 1 <= value <= most:
                raise refused(words.INPUT_RANGE.format(name=name, most=most, value=value))


def refused(sentence: str) -> Refusal:
    return Refusal(sentence, type="input", loc=("input",))


def spell_size(shape: Shape) -> str:
    """The shortest text that reads back as this shape.

    >>> [spell_size(shape) for shape in ((1, 28, 28), (784,), (1, 8000), (1, 16, 56, 56))]
    ['28x28', '1,784', '8000', '1x1x16x56x56']
    """
    if len(shape) == 1:
        return f"1,{shape[0]}"
    if len(shape) == 4:
        return "x".join(map(str, (1, *shape) if shape[0] == 1 else shape))
    return "x".join(map(str, shape[1:] if shape[0] == 1 else shape))
