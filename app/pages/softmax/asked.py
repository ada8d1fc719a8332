"""Scores and the truth, out of an address: `scores=2,1,0.1&target=1`."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.address.names import check_names
from app.address.numbers import read_number, spell_number
from app.address.phrases import is_count, shown
from app.address.query import Raw, addressed
from app.address.refusal import Refusal
from app.pages.softmax import words
from app.settings import Limits
from kernels.cached import cached_property
from kernels.elementary import exp
from kernels.softmax import cross_entropy, cross_entropy_gradient, softmax

Array = NDArray[np.float64]

PATH = "/softmax"
OWN = ("scores", "target", "labels", "temperature", "step")
SCORES, TARGET, LABELS = "2,1,0.1", 1, ("cat", "dog", "ship")
"""What the page opens on: the truth is the dog, and the scores prefer the cat."""
MOST_SCORES = 20
MOST_SCORE = 1e6
LEAST_TEMPERATURE, MOST_TEMPERATURE = 0.05, 100.0
MOST_LABEL = 12
STEPS = 6
"""Scores, powers, their sum, probabilities, the loss, the gradient: each once."""


@dataclass(frozen=True)
class Asked:
    """Scores, which of them is the truth, and how they are shown."""

    scores: Array
    target: int = TARGET
    labels: tuple[str, ...] = LABELS
    temperature: float = 1.0
    step: int | None = None

    @property
    def logits(self) -> Array:
        """What goes into the exponential: the scores, divided by the temperature."""
        return self.scores / self.temperature

    @cached_property
    def powers(self) -> Array:
        """e^score; infinite where it is beyond what a float64 holds."""
        with np.errstate(all="ignore"):
            return exp(self.logits)

    @cached_property
    def probabilities(self) -> Array:
        return softmax(self.logits)

    @cached_property
    def loss(self) -> float:
        return cross_entropy(self.logits, self.target)

    @cached_property
    def gradient(self) -> Array:
        """Of the loss with respect to each score."""
        return cross_entropy_gradient(self.logits, self.target) / self.temperature

    @cached_property
    def spelled(self) -> dict[str, str]:
        """The canonical fields, defaults left out."""
        fields = {
            "scores": spell(self.scores),
            "target": str(self.target),
            "labels": ",".join(self.labels),
            "temperature": spell_number(self.temperature),
            "step": "" if self.step is None else str(self.step),
        }
        usual = {"scores": SCORES, "temperature": "1", "labels": ",".join(labels_for(len(self.scores)))}
        usual["target"] = str(target_for(len(self.scores)))
        return {name: text for name, text in fields.items() if text and text != usual.get(name)}

    def address(self, extension: str = "", /, **changes: str | None) -> str:
        """The canonical path and query, some fields replaced; None leaves one out."""
        return addressed(PATH + extension, {**self.spelled, **changes})


def read_asked(raw: Raw, limits: Limits) -> Asked:
    """What these raw values ask for. Raises Refusal or Refusals, each with its sentence."""
    check_names(raw, PATH, OWN)
    scores = read_scores(raw.get("scores", SCORES))
    return Asked(
        scores=scores,
        target=read_target(raw.get("target", target_for(len(scores))), len(scores)),
        labels=read_labels(raw.get("labels"), len(scores)),
        temperature=read_temperature(raw.get("temperature", 1)),
        step=read_step(raw.get("step")),
    )


def labels_for(count: int) -> tuple[str, ...]:
    """Three classes are the animals and the ship that the page opens on; any others are numbered from 0."""
    return LABELS if count == len(LABELS) else tuple(map(str, range(count)))


def target_for(count: int) -> int:
    return TARGET if count == len(LABELS) else 0


def read_scores(raw: object) -> Array:
    try:
        numbers = [number_of(each) for each in (raw.split(",") if isinstance(raw, str) else listed(raw))]
    except Refusal:
        raise Refusal(words.NOT_SCORES.format(text=shown(str(raw))), loc=("scores",)) from None
    if len(numbers) < 2:
        raise Refusal(words.FEW.format(value=len(numbers)), type="too_short", loc=("scores",))
    if len(numbers) > MOST_SCORES:
        raise Refusal(words.MANY.format(value=len(numbers), most=MOST_SCORES), type="too_large", loc=("scores",))
    for number in numbers:
        if abs(number) > MOST_SCORE:
            raise Refusal(words.FAR.format(value=number, most=int(MOST_SCORE)), type="too_large", loc=("scores",))
    return np.array(numbers)


def listed(raw: object) -> list[object]:
    if isinstance(raw, list):
        return raw
    raise Refusal("")


def number_of(raw: object) -> float:
    """A number as text or as JSON has it."""
    if isinstance(raw, str):
        return read_number(raw)
    if isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) < 1e300:
        return float(raw) + 0.0
    raise Refusal("")


def read_target(raw: object, count: int) -> int:
    text = raw.strip() if isinstance(raw, str) else str(raw)
    if is_count(text) and int(text) < count:
        return int(text)
    raise Refusal(words.TARGET.format(count=count, last=count - 1, text=shown(text)), loc=("target",))


def read_labels(raw: object, count: int) -> tuple[str, ...]:
    if raw is None:
        return labels_for(count)
    labels = tuple(label.strip() for label in str(raw).split(","))
    if len(labels) != count or not all(0 < len(label) <= MOST_LABEL for label in labels):
        raise Refusal(words.LABELS.format(count=count, most=MOST_LABEL), loc=("labels",))
    return labels


def read_temperature(raw: object) -> float:
    try:
        value = number_of(raw)
    except Refusal:
        value = 0.0
    if not LEAST_TEMPERATURE <= value <= MOST_TEMPERATURE:
        sentence = words.TEMPERATURE.format(least=LEAST_TEMPERATURE, most=int(MOST_TEMPERATURE), text=shown(str(raw)))
        raise Refusal(sentence, loc=("temperature",))
    return value


def read_step(raw: object) -> int | None:
    if raw is None:
        return None
    text = str(raw).strip()
    if not is_count(text) or int(text) >= STEPS:
        raise Refusal(words.STEP.format(most=STEPS - 1, value=shown(text)), loc=("step",))
    return int(text)


def spell(values: Array) -> str:
    return ",".join(spell_number(float(value)) for value in values)
