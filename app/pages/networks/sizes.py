"""The size of an input as people write it: 3x224x224, 1,3,224,224, (224, 224, 3), 3 × 224 × 224."""

import re

from app.address.phrases import is_count
from app.pages.receptive_field.inputs import read_input
from kernels.layers import Shape

MARKS = re.compile(r"[\sx×*,;]+", re.IGNORECASE)
BRACKETS = "()[]{} "
FEW = 4
"""Up to this many channels a number at the end is one of channels, where that at the beginning is none."""
IMAGENET_SIDE = 224
USUAL_SIDES = (32, 28, 224, 64, 227, 299, 256, 128, 96, 48, 160, 384, 512, 100, 150, 180, 300, 320, 400, 416, 572, 640)
"""Sizes of pictures that networks are made for, the likeliest first."""


def read_size(text: str) -> Shape:
    """The shape (C, *space) that this text means; a Refusal at `input` where it means none.

    >>> [read_size(text) for text in ("1,3,224,224", "224,224,3", "3x224x224", "(None, 28, 28, 1)")]
    [(3, 224, 224), (3, 224, 224), (3, 224, 224), (1, 28, 28)]
    """
    entries = [entry for entry in MARKS.split(text.strip(BRACKETS)) if entry]
    if len(entries) > 1 and not is_count(entries[0]):
        entries = entries[1:] if entries[0].lower() in ("none", "n", "b", "-1", "batch") else entries
    elif len(entries) == 4 and entries[0] == "1":
        entries = entries[1:]
    if len(entries) == 3 and all(map(is_count, entries)):
        first, *_, last = map(int, entries)
        if last <= FEW < first:
            entries = [entries[2], *entries[:2]]
    if len(entries) == 2 and "," in text and is_count(entries[0]) and entries[0] == "1":
        return (max(int(entries[1]), 1),) if is_count(entries[1]) else read_input(text)
    return read_input("x".join(entries) or text)
