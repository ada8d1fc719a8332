"""The finished run that is most like one that has to wait."""

from collections import OrderedDict
from collections.abc import Mapping
from math import log10

from app.pages.train.shipped import shipped
from app.pages.train.task import Task
from app.training.pool import Pool
from kernels.training import Settings

NUMBERS = ("batch", "learning_rate", "momentum", "weight_decay", "dropout", "init", "digits", "steps")
WORDS = ("stack", "schedule", "augment")
WEIGHT = {"stack": 3.0, "digits": 2.0, "learning_rate": 2.0, "seed": 0.0}
"""What changes a run more than the others, and what hardly does."""
SMALLEST = 1e-4
"""Smaller values are as good as none."""


def nearest(task: Task, pool: Pool) -> dict[str, str]:
    """Its name and its address."""
    settings: Mapping[str, Settings] = {key: each.task.settings for key, each in shipped().items()}
    finished = OrderedDict((key, run.settings) for key, run in list(pool.finished.items()))
    key = min({**settings, **finished}.items(), key=lambda each: distance(task.settings, each[1]))[0]
    name = shipped()[key].title if key in shipped() else key
    return {"title": name, "address": key}


def distance(one: Settings, other: Settings) -> float:
    """How unlike two runs are: numbers by their ratio, in powers of ten, words by whether they are the same."""
    apart = 0.0
    for name in NUMBERS:
        here, there = (log10(max(float(getattr(settings, name)), SMALLEST)) for settings in (one, other))
        apart += WEIGHT.get(name, 1.0) * abs(here - there)
    for name in WORDS:
        apart += WEIGHT.get(name, 1.0) * (getattr(one, name) != getattr(other, name))
    return apart
