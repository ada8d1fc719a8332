"""A network that learns digits by mini-batch gradient descent, step by step, as a lecture writes it down:

    v ← momentum · v + gradient + weight_decay · w        w ← w − rate(k) · v

and as torch.optim.SGD computes it. All chance comes from the seed, each kind from a generator of its own: two runs that
differ in dropout alone begin with the same weights and meet the same digits in the same order.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kernels.augmentation import augmented
from kernels.batched import Array
from kernels.mnist import HELD_OUT, Digits
from kernels.stack import Stack
from kernels.trainable import Network, Outcome, answers, as_batch, initial, learn_from

SCHEDULES = ("constant", "steps", "1/k")
HALVED_EVERY = 100
"""Steps after which the schedule `steps` halves the rate."""
SLOWED_BY = 50
"""Steps after which the schedule `1/k` has halved it."""
INK = 255
SMALL = 20_000
"""Weights of a network that has many checkpoints."""


@dataclass(frozen=True)
class Settings:
    """Everything that decides a run."""

    stack: Stack
    seed: int
    batch: int
    learning_rate: float
    schedule: str
    momentum: float
    weight_decay: float
    dropout: float
    augment: tuple[str, ...]
    init: float
    digits: int
    steps: int


@dataclass(frozen=True)
class Step:
    """One step: what its batch came to before the weights were changed. `held_out` is measured after, where it is.

    A loss that is no number any more is None: the run has diverged, and ends there.
    """

    step: int
    loss: float | None
    accuracy: float
    held_out: float | None


@dataclass(frozen=True)
class Checkpoint:
    """The network after so many steps.

    `weights` hold of each what a float16 holds. `answers` are what it reads in the held-out digits, (1500,), and
    `gradients` how large the next batch's gradient is, layer by layer: the root of its mean square.
    """

    step: int
    weights: dict[str, NDArray[np.float16]]
    answers: NDArray[np.uint8]
    gradients: dict[str, float]


def rate(settings: Settings, step: int) -> float:
    """The learning rate of a step; the first one is 1.

    `1/k` is that of the lectures, slowed so that the first steps are not the last: μ · 50/(50 + k − 1).
    """
    if settings.schedule == "steps":
        return settings.learning_rate * 0.5 ** ((step - 1) // HALVED_EVERY)
    if settings.schedule == "1/k":
        return settings.learning_rate * SLOWED_BY / (SLOWED_BY + step - 1)
    return settings.learning_rate


def marks(steps: int, parameters: int) -> tuple[int, ...]:
    """The steps after which there is a checkpoint: close together at first, where most happens, and the last.

    A large network has fewer of them, as each keeps all its weights.

    >>> marks(30, 7_000), marks(30, 60_000)
    ((0, 1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30), (0, 1, 2, 5, 10, 20, 30))
    """
    tenths = (10, 15, 20, 30, 40, 50, 60, 80) if parameters <= SMALL else (10, 20, 50)
    nice = {0, steps}
    decade = 1
    while decade <= steps:
        nice |= {decade * tenth // 10 for tenth in tenths if decade * tenth % 10 == 0}
        decade *= 10
    return tuple(sorted(step for step in nice if step <= steps))


def work(network: Network, settings: Settings) -> int:
    """Multiplications of a whole run: forward, the two ways back, and the held-out digits at every checkpoint."""
    learned = 3 * settings.batch * settings.steps
    return network.multiplications * (learned + HELD_OUT * len(marks(settings.steps, network.parameters)))


class Trainer:
    """A network in the middle of learning. Between two steps it can be pickled, and goes on as if nothing had been."""

    def __init__(self, network: Network, settings: Settings, training: Digits) -> None:
        self.network = network
        self.settings = settings
        self.training = training
        weights, batches, self.masks, self.changes = chances(settings.seed)
        self.weights = initial(network, settings.init, weights)
        self.velocity = {name: np.zeros_like(values) for name, values in self.weights.items()}
        self.order = BatchOrder(settings, batches)
        self.step = 0
        self.has_ended = False
        self.read = np.empty(0, np.uint8)
        """What it read in the held-out digits when it was last asked."""

    def __getstate__(self) -> dict[str, Any]:
        """Without the digits, which whoever goes on has too."""
        return {**self.__dict__, "training": None}

    def next_batch(self) -> tuple[Array, NDArray[np.uint8]]:
        """The digits of the next step as they are fed, (N, 28, 28) from 0 to 1, and what each one shows."""
        chosen = self.order.next_batch()
        return fed(self.training.images[chosen], self.settings.augment, self.changes), self.training.labels[chosen]

    def next_masks(self) -> Mapping[str, Array]:
        p = self.settings.dropout
        if p == 0:
            return {}
        shapes = {layer.place: (*layer.shape, self.settings.batch) for layer in self.network.dropouts}
        return {
            place: (self.masks.random(shape, dtype=np.float32) >= p).astype(np.float32) / np.float32(1 - p)
            for place, shape in shapes.items()
        }

    def look(self) -> Outcome:
        """What the next batch comes to with the weights as they are."""
        images, labels = self.next_batch()
        return learn_from(self.network, self.weights, as_batch(images), labels, self.next_masks())

    def descend(self, gradients: Mapping[str, Array]) -> None:
        """One step down this gradient."""
        self.step += 1
        now = np.float32(rate(self.settings, self.step))
        decay, momentum = np.float32(self.settings.weight_decay), np.float32(self.settings.momentum)
        with np.errstate(all="ignore"):
            for name, gradient in gradients.items():
                self.velocity[name] = momentum * self.velocity[name] + (gradient + decay * self.weights[name])
                self.weights[name] = self.weights[name] - now * self.velocity[name]


def chances(seed: int) -> list[np.random.Generator]:
    """What draws the first weights, the order of the digits, the masks of dropout, and how digits are changed."""
    return [np.random.default_rng(each) for each in np.random.SeedSequence(seed).spawn(4)]


def fed(images: NDArray[np.uint8], augment: tuple[str, ...], changes: np.random.Generator) -> Array:
    """Digits from 0 to 255 as a network meets them, from 0 to 1."""
    return augmented(images.astype(np.float32) / np.float32(INK), augment, changes)


@dataclass
class BatchOrder:
    """The digits of each step: all of them in a random order, then in another one, and so on."""

    settings: Settings
    random: np.random.Generator
    waiting: NDArray[np.intp] = field(default_factory=lambda: np.empty(0, np.intp))

    def next_batch(self) -> NDArray[np.intp]:
        while len(self.waiting) < self.settings.batch:
            self.waiting = np.concatenate([self.waiting, self.random.permutation(self.settings.digits)])
        batch, self.waiting = np.split(self.waiting, [self.settings.batch])
        return batch


def train(network: Network, settings: Settings, training: Digits, held_out: Digits) -> Iterator[Step | Checkpoint]:
    """A whole run: every step in its order, and every checkpoint behind the step that it is of."""
    return go_on(Trainer(network, settings, training), held_out)


def go_on(trainer: Trainer, held_out: Digits) -> Iterator[Step | Checkpoint]:
    """A run from where it stands to its end. Where a Step has come, it stands between two steps."""
    network, steps = trainer.network, trainer.settings.steps
    unseen = held_out.images.astype(np.float32) / np.float32(INK)
    marked = set(marks(steps, network.parameters))
    if trainer.step == 0:
        trainer.read = answers(network, trainer.weights, unseen)
    while not trainer.has_ended:
        outcome = trainer.look()
        if trainer.step in marked:
            yield checkpoint(trainer, outcome)
        loss = outcome.loss if isfinite(outcome.loss) else None
        if loss is None:
            trainer.step += 1
        else:
            trainer.descend(outcome.gradients)
        trainer.has_ended = trainer.step == steps or loss is None
        known: float | None = None
        if trainer.step in marked or trainer.has_ended:
            trainer.read = answers(network, trainer.weights, unseen)
            known = float((trainer.read == held_out.labels).mean())
        yield Step(trainer.step, loss, outcome.accuracy, known)
    yield checkpoint(trainer, trainer.look())


def checkpoint(trainer: Trainer, outcome: Outcome) -> Checkpoint:
    largest = float(np.finfo(np.float16).max)
    with np.errstate(all="ignore"):
        kept = {
            name: np.nan_to_num(np.clip(values, -largest, largest)).astype(np.float16)
            for name, values in trainer.weights.items()
        }
        sizes = {
            layer.place: float(np.sqrt(np.mean(np.square(outcome.gradients[f"{layer.place}.w"], dtype=np.float64))))
            for layer in trainer.network.weighted
        }
    finite = {place: size if isfinite(size) else largest for place, size in sizes.items()}
    return Checkpoint(trainer.step, kept, trainer.read, finite)


def first_batch(settings: Settings, training: Digits) -> Array:
    """The digits of the first step as they are fed, (N, 28, 28) from 0 to 1."""
    _, batches, _, changes = chances(settings.seed)
    chosen = BatchOrder(settings, batches).next_batch()
    return fed(training.images[chosen], settings.augment, changes)
