"""How the parameters of a task are written: those of a convolution, and those of a descent."""

from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, PlainValidator

from app.address.parameters import (
    Counts,
    PaddingField,
    Stride,
    decimal,
    read_choice,
    read_count,
    read_counts,
    read_number,
    reader,
    refuse,
    shown,
)
from app.pages.learn import words
from app.scene.outlines import RawGrid
from app.text import refusals

MOST_ITERATIONS = 500
ITERATIONS = 60
MOST_RATE = 1000
MOST_MOMENTUM = 0.99
MOST_DECAY = 10_000

MOST_POSITIONS = 1_024
"""Of the window on the largest x."""

RateName = Literal["small", "right", "large"]
RATE_NAMES: tuple[RateName, ...] = get_args(RateName)
SCALES = ("linear", "log")


def read_rate(raw: object) -> RateName | float:
    """A word, or a positive number."""
    text = raw.strip().lower() if isinstance(raw, str) else raw
    if text in RATE_NAMES:
        return text
    rate = decimal(text)
    if not 0 < rate <= MOST_RATE:  # also of NaN
        refuse(words.RATE_FORM, text=shown(raw), most=MOST_RATE)
    return rate


def read_bounded(raw: object, *, name: str, least: int, most: int) -> int:
    value = read_count(raw, name=name, example="40")
    if value < least:
        refuse(refusals.TOO_SMALL, kind="greater_than_equal", name=name, least=least, value=value)
    if value > most:
        refuse(refusals.TOO_LARGE, kind="less_than_equal", name=name, most=most, value=value)
    return value


def read_place(raw: object, *, name: str) -> tuple[int, int]:
    """A row and a column, from 0."""
    try:
        row, col = read_counts(raw, name=name, least=0)
    except ValueError:  # not two of them, or not whole numbers
        refuse(words.WEIGHT_FORM, text=shown(raw))
    return row, col


class LearnParameters(BaseModel):
    """A convolution with one channel and one filter, of which w is not known, and how it is looked for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    x: RawGrid = None
    wanted: RawGrid = None
    y: RawGrid = None
    kernel_size: Annotated[Counts | None, reader(read_counts, least=1)] = None
    stride: Stride = (1,)
    padding: PaddingField = ((0, 0),)
    init: RawGrid = None
    learning_rate: Annotated[Any, PlainValidator(read_rate)] = "right"
    momentum: Annotated[float, reader(read_number, example="0.9", least=0, most=MOST_MOMENTUM)] = 0.0
    weight_decay: Annotated[float, reader(read_number, example="100", least=0, most=MOST_DECAY)] = 0.0
    batch_size: Annotated[int | None, reader(read_bounded, least=1, most=MOST_POSITIONS)] = None
    iterations: Annotated[int, reader(read_bounded, least=1, most=MOST_ITERATIONS)] = ITERATIONS
    scale: Annotated[str, reader(read_choice, choices=SCALES)] = "linear"
    step: Annotated[int | None, reader(read_bounded, least=0, most=MOST_ITERATIONS)] = None
    weight: Annotated[tuple[int, int], reader(read_place)] = (0, 0)
