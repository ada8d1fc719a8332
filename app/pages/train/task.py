"""A run as its address says it: every setting, and all its work counted before any of it is done."""

from dataclasses import dataclass, replace
from typing import NoReturn

from app.address.names import check_names
from app.address.parameters import spell_number
from app.address.phrases import shown, times
from app.address.query import Raw, addressed, read_address
from app.address.refusal import Refusal, Refusals
from app.pages.receptive_field.measuring import layer_name, measured
from app.pages.receptive_field.notation import read_stack, spell_stack
from app.pages.train import words
from app.pages.train.fields import SAMPLE, TrainParameters
from app.pages.train.filters import pictured, shown_channels
from app.scene.reading import validated
from app.settings import Limits
from kernels.cached import cached_property
from kernels.graph import Measured
from kernels.layers import POOLS, StackLayer
from kernels.mnist import SIDE
from kernels.stack import PREVIOUS, Item, Stack, Step, nodes
from kernels.trainable import CLASSES, KINDS, TOGETHER, Network, can_learn, network_of
from kernels.training import Settings, work

PATH = "/train"
SHOWN = ("step", "sample", "layer", "channel", "against")
"""Fields that decide what the page opens with, and nothing of the run."""
USUAL_DROPOUT = 0.5
"""Of a stack that names a dropout, as PyTorch's."""
MOST_WEIGHTS = 200_000
MOST_NUMBERS = 24_000_000
BILLION = 1e9


@dataclass(frozen=True)
class Task:
    parameters: TrainParameters
    stack: Stack
    """As it is written."""
    network: Network
    """With the dropout that is asked for."""
    rival: "Task | None" = None
    """The run that it is compared with."""

    @cached_property
    def settings(self) -> Settings:
        given = self.parameters
        return Settings(
            stack=self.learning_stack,
            seed=given.seed,
            batch=given.batch,
            learning_rate=given.learning_rate,
            schedule=given.schedule,
            momentum=given.momentum,
            weight_decay=given.weight_decay,
            dropout=self.dropout,
            augment=given.augment,
            init=given.init,
            digits=given.digits,
            steps=given.steps,
        )

    @property
    def learning_stack(self) -> Stack:
        return with_dropout(self.stack) if self.dropout else self.stack

    @property
    def dropout(self) -> float:
        return usual_dropout(self.stack) if self.parameters.dropout is None else self.parameters.dropout

    @cached_property
    def spelled(self) -> dict[str, str]:
        """The canonical settings of the run, defaults left out."""
        given, usual = self.parameters, TrainParameters()
        fields = {name: spell(getattr(given, name)) for name in TrainParameters.model_fields if name not in SHOWN}
        fields |= {"layers": spell_stack(self.stack), "dropout": spell_number(self.dropout)}
        defaults = {name: spell(getattr(usual, name)) for name in fields}
        defaults["dropout"] = spell_number(usual_dropout(self.stack))
        return {name: text for name, text in fields.items() if text != defaults[name]}

    @cached_property
    def key(self) -> str:
        """The canonical address of the run, wherever the page opens."""
        return addressed(PATH, self.spelled)

    @cached_property
    def pictured(self) -> Measured:
        """The layer whose filters are shown."""
        layers = pictured(self.network)
        return next((layer for layer in layers if layer.place == self.parameters.layer), layers[0])

    @cached_property
    def opened(self) -> dict[str, str]:
        """The canonical fields that say where the page opens."""
        given = self.parameters
        is_first = self.pictured is pictured(self.network)[0]
        fields = {
            "step": given.step,
            "sample": None if given.sample == SAMPLE else given.sample,
            "layer": None if is_first else self.pictured.place,
            "channel": given.channel or None,
            "against": self.rival.key if self.rival else None,
        }
        return {name: str(value) for name, value in fields.items() if value is not None}

    def address(self, extension: str = "", /, **changes: str | None) -> str:
        """The canonical path and query, some fields replaced; None leaves one out."""
        fields = {**self.spelled, **self.opened, **changes}
        return addressed(PATH + extension, fields)

    def shows(self, **changes: object) -> "Task":
        """The same run, or one with other settings, that opens elsewhere."""
        return replace(self, parameters=self.parameters.model_copy(update=changes))


def spell(value: object) -> str:
    """A setting as an address writes it."""
    if isinstance(value, float):
        return spell_number(value)
    if isinstance(value, tuple):
        return ",".join(value) or "none"
    return str(value)


def read_task(raw: Raw, limits: Limits) -> Task:
    """The run that these raw values ask for. Raises Refusal or Refusals, each with its sentence."""
    check_names(raw, words.PAGE, list(TrainParameters.model_fields))
    wrong: list[Refusal] = []
    parameters = validated(TrainParameters, raw, wrong)
    if parameters is None:
        raise Refusals(wrong)
    stack = read_stack(parameters.layers)
    check_kinds(stack)
    measured(stack, (1, SIDE, SIDE))  # refuses what does not fit, with its sentence
    written = Task(parameters, stack, network_of(stack))
    task = replace(written, network=network_of(written.learning_stack))
    check_size(task)
    check_work(task, limits)
    check_opening(task)
    return task if parameters.against is None else replace(task, rival=read_rival(parameters.against, limits))


def usual_dropout(stack: Stack) -> float:
    return USUAL_DROPOUT if any(node.layer.kind == "dropout" for node in nodes(stack)) else 0.0


def with_dropout(stack: Stack) -> Stack:
    """Where no dropout is named, it stands before the last layer that has weights."""
    if any(node.layer.kind == "dropout" for node in nodes(stack)):
        return stack
    kinds = [kind_of(item) for item in stack]
    last = max((place for place, kind in enumerate(kinds) if kind in ("conv", "linear")), default=0)
    return (*stack[:last], StackLayer("dropout"), *stack[last:])


def kind_of(item: Item) -> str:
    """The kind of a layer that reads what stands before it."""
    if isinstance(item, Step):
        return item.layer.kind if item.sources == (PREVIOUS,) else ""
    return item.kind if isinstance(item, StackLayer) else ""


def check_kinds(stack: Stack) -> None:
    for node in nodes(stack):
        layer = node.layer
        if layer.kind not in KINDS:
            kinds = [*sorted(KINDS - {"concat", "add"}), "branch", "residual"]
            refuse_layers(words.NOT_TRAINABLE, kind=layer.kind, kinds=", ".join(kinds))
        sides = () if isinstance(layer.padding, str) else layer.padding
        if layer.kind in POOLS and any(before != after for before, after in sides):
            refuse_layers(words.UNEVEN_POOL, kind=layer.kind)


def check_size(task: Task) -> None:
    network = task.network
    for layer in network.layers:
        if not can_learn(layer):
            refuse_layers(words.NOT_SO, layer=layer_name(layer.node), shape=times(layer.inputs[0]))
    if not network.weighted:
        refuse_layers(words.NO_WEIGHTS)
    shape = network.layers[-1].shape
    if shape != (CLASSES,):
        refuse_layers(words.NOT_TEN, shape=times(shape))
    for value, most, sentence in (
        (network.parameters, MOST_WEIGHTS, words.TOO_MANY_WEIGHTS),
        (TOGETHER * network.numbers, MOST_NUMBERS, words.TOO_MUCH_MEMORY),
    ):
        if value > most:
            numbers = {"value": value, "over": value - most, "most": most, "together": TOGETHER}
            raise Refusal(sentence.format(**numbers), type="too_large", loc=("layers",))


def refuse_layers(sentence: str, **numbers: object) -> NoReturn:
    raise Refusal(sentence.format(**numbers), type="layers", loc=("layers",))


def check_work(task: Task, limits: Limits) -> None:
    """Refuse what is too much, and say by how much, and what would do."""
    amount, most = work(task.network, task.settings), limits.training
    if amount <= most:
        return
    steps = most_steps(task, most)
    numbers = {"value": amount, "over": amount - most, "most": most}
    sentence = words.TOO_MUCH_WORK.format(
        **{name: words.BILLIONS.format(value=number / BILLION) for name, number in numbers.items()},
        times=f"{amount / most:.1f}" if amount < 10 * most else f"{amount / most:,.0f}",
        hint=words.FITS.format(steps=steps) if steps else words.NEVER_FITS,
    )
    raise Refusal(sentence, type="too_large", loc=("steps",))


def most_steps(task: Task, most: int) -> int:
    """How many steps of this run are not too much; 0 where even one is."""
    fits, too_many = 0, task.settings.steps
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        if work(task.network, replace(task.settings, steps=middle)) <= most:
            fits = middle
        else:
            too_many = middle
    return fits


def check_opening(task: Task) -> None:
    step, last = task.parameters.step, task.settings.steps
    if step is not None and step > last:
        raise Refusal(words.STEP_RANGE.format(most=last, value=step), type="less_than_equal", loc=("step",))
    places = [layer.place for layer in pictured(task.network)]
    place, channel = task.parameters.layer, task.parameters.channel
    if place is not None and place not in places:
        raise Refusal(words.LAYER_CHOICE.format(places=", ".join(places), text=shown(place)), loc=("layer",))
    most = shown_channels(task.pictured) - 1
    if channel > most:
        numbers = {"place": task.pictured.place, "most": most, "value": channel}
        raise Refusal(words.CHANNEL_RANGE.format(**numbers), type="less_than_equal", loc=("channel",))


def read_rival(text: str, limits: Limits) -> Task:
    """The run at this address; what is wrong with it is wrong with `against`."""
    path, _, query = text.partition("?")
    if path != PATH or len(text) > 2_000:
        raise Refusal(words.NOT_A_RUN.format(text=shown(text)), loc=("against",))
    raw = {name: value for name, value in read_address(query.encode()).items() if name not in SHOWN}
    try:
        return read_task(raw, limits)
    except Refusal as refusal:
        raise Refusal(str(refusal), type=refusal.type, loc=("against",)) from None
    except Refusals as refusals:
        first = refusals.refusals[0]
        raise Refusal(str(first), type=first.type, loc=("against",)) from None
