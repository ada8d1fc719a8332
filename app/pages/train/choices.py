"""What one chooses of a run, each by a link: a digit, the layer whose filters are shown, one of their channels."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from markupsafe import Markup

from app.pages.lenet.pictures import picture
from app.pages.train import words
from app.pages.train.fields import SAMPLE
from app.pages.train.filters import pictured, shown_channels
from app.pages.train.showing import sample
from app.pages.train.task import Task
from kernels.trainable import CLASSES


@dataclass(frozen=True)
class Sample:
    digit: int
    label: str
    address: str
    picture: Markup
    chosen: bool


def samples(task: Task) -> list[Sample]:
    return [
        Sample(
            digit,
            words.SAMPLE.format(digit=digit),
            task.address(sample=None if digit == SAMPLE else str(digit)),
            sample_picture(digit),
            digit == task.parameters.sample,
        )
        for digit in range(CLASSES)
    ]


@cache
def sample_picture(digit: int) -> Markup:
    return picture(sample(digit).astype(np.float64), 1.0, "input")


@dataclass(frozen=True)
class Stepper:
    """Which layer's filters are shown, or which of their channels, with the way to the one before and after."""

    name: str
    label: str
    back: str | None
    forward: str | None
    back_label: str
    forward_label: str


def steppers(task: Task) -> list[Stepper]:
    layer, layers = task.pictured, pictured(task.network)
    places = [each.place for each in layers]
    by_layer = [task.address(layer=place if index else None, channel=None) for index, place in enumerate(places)]
    by_channel = [task.address(channel=str(index) if index else None) for index in range(shown_channels(layer))]
    channel, last = task.parameters.channel, shown_channels(layer) - 1
    return [
        stepper("layer", words.SLICE_LAYER.format(place=layer.place), by_layer, places.index(layer.place)),
        stepper("channel", words.SLICE_CHANNEL.format(channel=channel, last=last), by_channel, channel),
    ]


def stepper(name: str, label: str, addresses: Sequence[str], index: int) -> Stepper:
    back = addresses[index - 1] if index else None
    forward = addresses[index + 1] if index + 1 < len(addresses) else None
    return Stepper(name, label, back, forward, *words.SLICE_STEPS[name])
