"""What is to be learned: x, the y that is wanted of it, where the weights start and how fast they go.

/learn?x=seven&wanted=sobel-x      the output that a kernel gives
/learn?x=seven&y=0,1,…             or one of the reader's own
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from app.address.names import unknown_name
from app.address.parameters import Counts, spell_counts, spell_number, spell_padding
from app.address.phrases import times
from app.address.query import Raw, addressed
from app.address.refusal import Refusal, Refusals
from app.operations import OPERATIONS
from app.operations.common.fields import for_each_axis, left_out
from app.operations.common.grids import Resolved, check_kernel, read_field, resolve_input, resolved, weight_space
from app.operations.convolution.layer import ConvolutionParameters, resolve_axes
from app.pages.learn import words
from app.pages.learn.fields import ITERATIONS, LearnParameters
from app.pages.learn.rates import rates
from app.scene.outlines import RawGrid
from app.scene.reading import validated
from app.settings import Limits
from app.text import refusals
from kernels.axis import Axis
from kernels.cached import cached_property
from kernels.learning import Descent, steepest
from kernels.trace import pad, trace

Array = NDArray[np.float64]

PATH = "/learn"
CONV2D = OPERATIONS["conv2d"]
DEFAULTS = {
    "x": CONV2D.defaults["x"],
    "wanted": "sobel-x",
    "init": "zeros",
    "stride": "1",
    "padding": "0",
    "learning_rate": "right",
    "momentum": "0",
    "weight_decay": "0",
    "iterations": str(ITERATIONS),
    "scale": "linear",
    "weight": "0,0",
}
KERNEL_SIZE = (3, 3)
"""Of a wanted y that no kernel made."""
MOST_SIDE = 32
"""Cells a side of x with its padding: every one of them shows its number."""
MOST_KERNEL = 7
LARGEST = 1e6
"""The magnitude of a value, so that no descent leaves float64 before it is broken off."""
MOST_MULTIPLICATIONS = 8_000_000
MOST_NUMBERS = 300_000
"""Of a whole lesson."""


@dataclass(frozen=True)
class Task:
    """Everything resolved: one channel, one filter."""

    parameters: LearnParameters
    grid: Resolved
    """x as it is written, (1, H, W)."""
    kernel: Resolved | None
    """The kernel whose output is wanted, where one is named."""
    own: Resolved | None
    """The wanted output, where it is the reader's own."""
    begin: tuple[str, Array]
    """Where the weights start: as it is written, and its values, (*taps)."""
    axes: tuple[Axis, ...]

    @property
    def x(self) -> Array:
        """(*inputs)"""
        x: Array = self.grid.values[0]
        return x

    @cached_property
    def padded(self) -> Array:
        padded: Array = pad(self.grid.values, self.axes)[0]
        return padded

    @cached_property
    def wanted(self) -> Array:
        """(*outputs)"""
        if self.own is not None:
            own: Array = self.own.values[0]
            return own
        assert self.kernel is not None
        return trace(self.grid.values, self.kernel.values, axes=self.axes).y.reshape(self.y_shape)

    @property
    def y_shape(self) -> tuple[int, ...]:
        return tuple(axis.output_size for axis in self.axes)

    @property
    def kernel_size(self) -> tuple[int, ...]:
        return tuple(axis.kernel_size for axis in self.axes)

    @cached_property
    def rates(self) -> Mapping[str, float]:
        """Those with a name."""
        return rates(steepest(self.x, axes=self.axes))

    @property
    def learning_rate(self) -> float:
        given = self.parameters.learning_rate
        rate: float = self.rates[given] if isinstance(given, str) else given
        return rate

    @property
    def descent(self) -> Descent:
        given = self.parameters
        return Descent(self.learning_rate, given.momentum, given.weight_decay, given.batch_size)

    @property
    def is_plain(self) -> bool:
        """Whether every step is the gradient itself."""
        return self.descent == Descent(self.learning_rate)

    @cached_property
    def spelled(self) -> dict[str, str]:
        """The canonical fields, defaults left out."""
        parameters = self.parameters
        rate = parameters.learning_rate
        usual = self.kernel.values.shape[2:] if self.kernel else KERNEL_SIZE
        fields = {
            "x": self.grid.text,
            "wanted": self.kernel.text if self.kernel else "",
            "y": self.own.text if self.own else "",
            "kernel_size": spell_counts(self.kernel_size) if self.kernel_size != usual else "",
            "stride": spell_counts(parameters.stride),
            "padding": "0" if parameters.padding == "valid" else spell_padding(parameters.padding),
            "init": self.begin[0],
            "learning_rate": rate if isinstance(rate, str) else spell_number(rate),
            "momentum": spell_number(parameters.momentum),
            "weight_decay": spell_number(parameters.weight_decay),
            "batch_size": "" if parameters.batch_size is None else str(parameters.batch_size),
            "iterations": str(parameters.iterations),
            "scale": parameters.scale,
            "weight": ",".join(map(str, parameters.weight)),
            "step": "" if parameters.step is None else str(parameters.step),
        }
        return left_out(fields, DEFAULTS)

    def address(self, extension: str = "", /, **changes: str | None) -> str:
        """The canonical path and query, some fields replaced; None leaves one out."""
        return addressed(PATH + extension, {**self.spelled, **changes})


def read_task(raw: Raw, limits: Limits) -> Task:
    """The task that these raw values ask for. Raises Refusal or Refusals, each with its sentence."""
    check_names(raw)
    wrong: list[Refusal] = []
    parameters = validated(LearnParameters, raw, wrong)
    if parameters is None:
        raise Refusals(wrong)
    if parameters.wanted is not None and parameters.y is not None:
        raise Refusal(words.TWO_WISHES, loc=("y",))
    grid = resolve_one_channel(parameters.x, limits)
    kernel = None if parameters.y is not None else resolve_kernel("wanted", parameters.wanted, limits)
    size = size_of(parameters, kernel)
    axes = axes_of(parameters, grid, size, limits)
    own = resolve_own(parameters.y, axes, limits)
    task = Task(parameters, grid, kernel, own, begin_of(parameters.init, size, limits), axes)
    check_batch(task)
    check_place(task)
    check_amount(task)
    check_magnitudes(task)
    return task


def check_names(raw: Raw) -> None:
    known = list(LearnParameters.model_fields)
    unknown = [name for name in raw if name not in known]
    if unknown:
        raise Refusals(unknown_name(name, PATH, known) for name in unknown)


def resolve_one_channel(raw: RawGrid, limits: Limits) -> Resolved:
    grid = resolve_input(CONV2D, raw, limits)
    if len(grid.values) != 1:
        raise Refusal(words.ONE_CHANNEL.format(given=len(grid.values)), loc=("x",))
    return grid


def resolve_kernel(name: str, raw: RawGrid, limits: Limits) -> Resolved:
    """A kernel of one filter and one channel."""
    space = weight_space(CONV2D, limits)
    grid = read_field(name, DEFAULTS[name] if raw is None else raw, CONV2D, space)
    filters, channels, *sides = grid.values.shape
    if (filters, channels) != (1, 1):
        raise Refusal(words.ONE_KERNEL.format(name=name, filters=filters, channels=channels), loc=(name,))
    try:
        check_kernel(1, tuple(sides), limits.model_copy(update={"kernel": min(MOST_KERNEL, limits.kernel)}))
    except Refusal as refusal:
        raise Refusal(str(refusal), type=refusal.type, loc=(name,)) from None
    return resolved(name, grid, grid.values.shape, space)


def size_of(parameters: LearnParameters, kernel: Resolved | None) -> tuple[int, ...]:
    usual = kernel.values.shape[2:] if kernel else KERNEL_SIZE
    if parameters.kernel_size is None:
        return usual
    size: Counts = for_each_axis("kernel_size", parameters.kernel_size, 2)
    if max(size) > MOST_KERNEL:
        sentence = refusals.TOO_LARGE.format(name="kernel_size", most=MOST_KERNEL, value=max(size))
        raise Refusal(sentence, type="less_than_equal", loc=("kernel_size",))
    if kernel and size != usual:
        raise Refusal(words.OTHER_SIZE.format(wanted=times(usual), given=times(size)), loc=("kernel_size",))
    return size


def axes_of(parameters: LearnParameters, x: Resolved, size: tuple[int, ...], limits: Limits) -> tuple[Axis, ...]:
    convolution = ConvolutionParameters(stride=parameters.stride, padding=parameters.padding)
    try:
        axes = resolve_axes(CONV2D, convolution, limits, x.values.shape[1:], size)
    except Refusal as refusal:
        loc = ("kernel_size",) if refusal.loc == ("w",) else refusal.loc
        raise Refusal(str(refusal), type=refusal.type, loc=loc) from None
    sides = [axis.padded_size for axis in axes]
    if max(sides) > MOST_SIDE:
        name = "x" if max(x.values.shape) > MOST_SIDE else "padding"
        raise Refusal(words.TOO_WIDE.format(most=MOST_SIDE, given=times(sides)), type="too_large", loc=(name,))
    return axes


def resolve_own(raw: RawGrid, axes: tuple[Axis, ...], limits: Limits) -> Resolved | None:
    """The reader's own wanted output, in the shape that the convolution gives."""
    if raw is None:
        return None
    space = CONV2D.input_space(limits)
    grid = read_field("y", raw, CONV2D, space)
    shape = (1, *(axis.output_size for axis in axes))
    if grid.values.shape != shape:
        given, kernel = times(grid.values.shape[-2:]), times([axis.kernel_size for axis in axes])
        sentence = words.Y_SHAPE.format(given=given, kernel=kernel, wanted=times(shape[1:]))
        raise Refusal(sentence, loc=("y",))
    return resolved("y", grid, shape, space)


def begin_of(raw: RawGrid, size: tuple[int, ...], limits: Limits) -> tuple[str, Array]:
    """The first weights: `zeros`, `random:seed`, or a kernel."""
    text = raw.strip().lower() if isinstance(raw, str) else ""
    if raw is None or text == "zeros":
        return "zeros", np.zeros(size)
    name, _, seed = text.partition(":")
    if name == "random" and seed.isascii() and seed.isdigit():
        grid = resolve_kernel("init", f"random:1x1x{size[0]}x{size[1]}:{seed}", limits)
        return f"random:{int(seed)}", grid.values[0, 0]
    grid = resolve_kernel("init", raw, limits)
    if grid.values.shape[2:] != size:
        given = times(grid.values.shape[2:])
        raise Refusal(words.START_SIZE.format(given=given, wanted=times(size)), loc=("init",))
    return grid.text, grid.values[0, 0]


def check_place(task: Task) -> None:
    """The weight and the iteration that a link opens at must be there."""
    if any(place >= size for place, size in zip(task.parameters.weight, task.kernel_size, strict=True)):
        given = ",".join(map(str, task.parameters.weight))
        raise Refusal(words.NO_WEIGHT.format(size=times(task.kernel_size), given=given), loc=("weight",))
    step, last = task.parameters.step, task.parameters.iterations
    if step is not None and step > last:
        sentence = refusals.STEP_RANGE.format(name="step", most=last, steps=last + 1, value=step)
        raise Refusal(sentence, type="less_than_equal", loc=("step",))


def check_batch(task: Task) -> None:
    positions, size = prod(task.y_shape), task.parameters.batch_size
    if size is not None and size > positions:
        sentence = words.BATCH.format(most=positions, value=size)
        raise Refusal(sentence, type="less_than_equal", loc=("batch_size",))


def check_amount(task: Task) -> None:
    """Count the work, and the numbers that are sent, before any of it is done."""
    outputs, taps, states = prod(task.y_shape), prod(task.kernel_size), task.parameters.iterations + 1
    for amount, most, sentence in (
        (2 * outputs * taps if task.is_plain else 3 * outputs * taps, MOST_MULTIPLICATIONS, words.MULTIPLICATIONS),
        (2 * (outputs + taps), MOST_NUMBERS, words.NUMBERS),
    ):
        if amount * states > most:
            possible = most // amount - 1
            message = sentence.format(value=amount * states, most=most, iterations=possible)
            raise Refusal(message, type="too_large", loc=("iterations",))


def check_magnitudes(task: Task) -> None:
    grids = {"x": task.x, "init": task.begin[1]}
    grids |= {"y": task.own.values} if task.own else {}
    grids |= {"wanted": task.kernel.values} if task.kernel else {}
    for name, values in grids.items():
        if np.abs(values).max() > LARGEST:
            raise Refusal(words.TOO_STEEP.format(name=name), type="finite_number", loc=(name,))
