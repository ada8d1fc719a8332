"""The page of a lesson: complete without scripts, at its last iteration or at the one that the link names."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from markupsafe import Markup

from app.address.parameters import spell_counts
from app.address.phrases import counted
from app.address.query import spell_address
from app.grids.spelling import spell
from app.operations import OPERATIONS
from app.operations.common.fields import left_out
from app.pages.controls import Choice, Field
from app.pages.figure import Figure
from app.pages.learn import words
from app.pages.learn.chart import HEIGHT, WIDTH, chart
from app.pages.learn.fields import RATE_NAMES, SCALES
from app.pages.learn.lesson import lesson_of, other_losses, verdict
from app.pages.learn.rates import written
from app.pages.learn.sheet import Moment, Sheet, drawn
from app.pages.learn.task import DEFAULTS, KERNEL_SIZE, PATH, Task
from app.pages.templates import render
from app.text.format import short

KERNELS = ("sobel-x", "sobel-y", "sharpen", "emboss", "box", "identity")
INPUTS = ("seven", "x-bits", "random:7x7:1", "digit:7", "impulse:7x7", "ramp:7x7")
STARTS = ("zeros", "random:1")
LONGEST = 2_000
"""Characters of a link to the gradient's own scene."""


@dataclass(frozen=True)
class LessonPage:
    """What the template receives."""

    task: Task
    moment: Moment
    planes: dict[str, Figure]
    is_fine: bool
    chart: Markup
    chart_label: str
    verdict: str
    still: str
    """What a page without scripts says of the iteration that it shows."""
    last: int
    rate: str
    """The learning rate in a few digits."""
    is_bare: bool
    is_open: bool
    """Whether the link names the iteration that is shown."""
    own: str
    """The wanted output as text, for those who go on drawing it."""
    rates: list[Choice]
    scales: list[Choice]
    kernels: list[Choice]
    inputs: list[Choice]
    starts: list[Choice]
    ways: list[Choice]
    """How a step is taken."""
    fields: list[Field]
    gradient_scene: str


def learn_page(task: Task) -> str:
    lesson = lesson_of(task)
    last = len(lesson.loss) - 1
    step = last if task.parameters.step is None else min(task.parameters.step, last)
    moment = Moment(task, lesson, step, task.parameters.weight)
    losses = {name: other.loss for name, other in other_losses(task).items()}
    own = own_rate(task)
    made = LessonPage(
        task=task,
        moment=moment,
        planes=drawn(moment),
        is_fine=Sheet(task).is_fine,
        chart=chart({**losses, own: lesson.loss}, own, task.parameters.iterations, task.parameters.scale == "log"),
        chart_label=words.CHART_LABEL.format(
            first=short(lesson.loss[0]), last=short(lesson.loss[-1]), steps=counted(last, "iteration")
        ),
        verdict=verdict(task, lesson),
        still=words.NO_SCRIPT.format(steps=counted(step, "iteration")),
        last=last,
        rate=written(task.learning_rate),
        is_bare=not task.spelled,
        is_open=task.parameters.step is not None,
        own=task.own.text if task.own else spell(task.wanted[None], 2, "input"),
        rates=rate_chips(task),
        scales=chips(task, "scale", SCALES, words.SCALES),
        kernels=kernel_chips(task),
        inputs=input_chips(task),
        starts=chips(task, "init", STARTS, words.START_NAMES),
        ways=way_chips(task),
        fields=fields(task),
        gradient_scene=gradient_scene(moment),
    )
    return render("learn.html", title=words.TITLE, page=made, said=words, here=PATH, size=(WIDTH, HEIGHT), path=PATH)


def own_rate(task: Task) -> str:
    """The name of the rate that is played."""
    return next((name for name in RATE_NAMES if task.rates[name] == task.learning_rate), "own")


def rate_chips(task: Task) -> list[Choice]:
    own = own_rate(task)
    made = [
        Choice(
            words.RATES[name], with_setting(task, "learning_rate", name), own == name, written(task.rates[name]), name
        )
        for name in RATE_NAMES
    ]
    if own == "own":
        made.append(Choice(words.OWN_RATE, task.address(), True, written(task.learning_rate), "own"))
    return made


def chips(task: Task, name: str, values: Sequence[str], labels: dict[str, str], **changes: None) -> list[Choice]:
    now = task.spelled.get(name, DEFAULTS[name])
    return [Choice(labels[value], with_setting(task, name, value, **changes), now == value) for value in values]


def way_chips(task: Task) -> list[Choice]:
    """The plain step, and what may be made of it, each alone."""
    others: dict[str, str | None] = dict.fromkeys(("momentum", "weight_decay", "batch_size", "step"))
    now = {name: text for name, text in task.spelled.items() if name in others and name != "step"}
    return [Choice(label, task.address(**{**others, **way}), way == now) for label, way in words.WAYS.items()]


def kernel_chips(task: Task) -> list[Choice]:
    now = task.kernel.text if task.kernel else None
    made = [Choice(name, with_setting(task, "wanted", name, **other_wish(task)), now == name) for name in KERNELS]
    rows, cols = task.y_shape
    size = "" if task.kernel_size == KERNEL_SIZE else spell_counts(task.kernel_size)
    blank = task.address(wanted=None, y=f"zeros:{rows}x{cols}", kernel_size=size, step=None)
    return [*made, Choice(words.OWN_OUTPUT, task.address() if task.own else blank, task.own is not None)]


def input_chips(task: Task) -> list[Choice]:
    """An output of one's own does not fit another x: there a kernel's is wanted."""
    changes = other_wish(task) if task.own else {}
    return chips(task, "x", INPUTS, {name: name.partition(":")[0] for name in INPUTS}, **changes)


def other_wish(task: Task) -> dict[str, None]:
    """What does not outlast another wanted output: the size of the kernel, and first weights of that size."""
    is_made = task.begin[0].partition(":")[0] in ("zeros", "random")
    return {"y": None, "kernel_size": None} | ({} if is_made else {"init": None})


def with_setting(task: Task, name: str, value: str, **changes: str | None) -> str:
    """The address with one setting changed, left out where it is the default."""
    said = left_out({name: value}, DEFAULTS).get(name)
    gone = {"step": None, "weight": None} if name in ("x", "wanted") else {"step": None}
    return task.address(**{**gone, **changes, name: said})


def fields(task: Task) -> list[Field]:
    """Every setting as the address writes it, its default behind it."""
    return [
        Field(name, label, task.spelled.get(name, ""), placeholder(task, name)) for name, label in words.FIELDS.items()
    ]


def placeholder(task: Task, name: str) -> str:
    if name == "wanted" and task.own:
        return ""
    return {"kernel_size": spell_counts(task.kernel_size), "y": "", "batch_size": str(prod(task.y_shape)), **DEFAULTS}[
        name
    ]


def gradient_scene(moment: Moment) -> str:
    """The address of this iteration's gradient as a scene of its own, empty where it would be too long."""
    task = moment.task
    own: dict[str, str] = {
        "x": task.grid.text,
        "kernel_size": ",".join(map(str, task.kernel_size)),
        "grad_output": spell(moment.lesson.error[moment.step][None], 2, "input"),
        **{name: task.spelled[name] for name in ("stride", "padding") if name in task.spelled},
        "step": str(moment.place),
    }
    address = f"/{OPERATIONS['conv2d_weight'].name}?{spell_address(own)}"
    return address if len(address) <= LONGEST else ""
