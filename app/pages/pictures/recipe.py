"""What is made of a picture: a kernel, how it is laid on, and what is done with its sums.

y = |scale · (picture ⋆ w, `repeat` times) + offset|        the bars with absolute=true, as OpenCV's convertScaleAbs
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import prod
from typing import Annotated, Any, Literal, TypeVar, get_args

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, PlainValidator

from app.address.names import unknown_name
from app.address.parameters import (
    Dilation,
    Flag,
    Padding,
    Stride,
    read_choice,
    read_count,
    read_number,
    read_padding,
    reader,
    refuse,
    shown,
    spell_counts,
    spell_number,
    spell_padding,
)
from app.address.phrases import is_count, times
from app.address.query import Raw, spell_address
from app.address.refusal import Refusal, Refusals
from app.grids.literals import Grid, Space, read_grid, resolve
from app.operations.common.fields import bounded
from app.operations.convolution.layer import axis_of, resolve_padding
from app.pages.pictures import words
from app.pages.pictures.source import Picture, read_picture
from app.pages.pictures.uploads import Uploads
from app.scene.legality import check_padding_mode
from app.scene.reading import validated
from app.scene.sizes import AXIS_NAMES
from app.settings import Limits
from kernels.axis import Axis, PaddingMode, same_padding
from kernels.cached import cached_property

Read = TypeVar("Read")

PATH = "/pictures"
DEFAULT_PICTURE = "cat"
DEFAULT_KERNEL = "sobel-x"
MOST_KERNELS = 8
MOST_REPEATS = 20
MOST_POOL = 8
MOST_MULTIPLICATIONS = 1_000_000_000
MOST_NUMBERS = 7_000_000
"""… of a result, and of whatever stands between two repetitions."""
LARGEST = 1e16
"""Far below what float32 holds, so that squares and scales have space, too."""
SHOWS = ("auto", "clip", "grey", "signed")
VIEWS = ("divider", "side")


def read_repeat(raw: object, *, name: str) -> int:
    value = read_count(raw, name=name)
    if not 1 <= value <= MOST_REPEATS:
        refuse(words.MOST_REPEATS, kind="less_than_equal", most=MOST_REPEATS, value=value)
    return value


def read_pool(raw: object, *, name: str) -> tuple[str, int] | None:
    """`max:2`, `avg:3`, or `none`."""
    text = str(raw).strip().lower()
    if text == "none":
        return None
    kind, _, size = text.partition(":")
    if kind not in ("max", "avg") or not is_count(size) or not 2 <= int(size) <= MOST_POOL:
        refuse(words.POOL_FORM, most=MOST_POOL, text=shown(raw))
    return kind, int(size)


def read_text(raw: object, *, name: str) -> str | list[Any]:
    return raw if isinstance(raw, list) else str(raw)


Number = Annotated[float, reader(read_number, example="0.5", least=-100_000, most=100_000)]


class Parameters(BaseModel):
    """The parameters of /pictures.png and /pictures.json, by PyTorch's names where it has one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    picture: Annotated[Any, reader(read_text)] = DEFAULT_PICTURE
    w: Annotated[Any, reader(read_text)] = DEFAULT_KERNEL
    colour: Annotated[Literal["grey", "rgb"], reader(read_choice, choices=("grey", "rgb"))] = "grey"
    stride: Stride = (1,)
    padding: Annotated[Padding | None, PlainValidator(read_padding)] = None
    padding_mode: Annotated[PaddingMode, reader(read_choice, choices=get_args(PaddingMode))] = "replicate"
    dilation: Dilation = (1,)
    repeat: Annotated[int, reader(read_repeat)] = 1
    join: Annotated[Literal["none", "magnitude"], reader(read_choice, choices=("none", "magnitude"))] = "none"
    scale: Number = 1.0
    offset: Number = 0.0
    absolute: Flag = False
    pool: Annotated[tuple[str, int] | None, reader(read_pool)] = None
    show: Annotated[Literal["auto", "clip", "grey", "signed"], reader(read_choice, choices=SHOWS)] = "auto"
    view: Annotated[Literal["divider", "side"], reader(read_choice, choices=VIEWS)] = "divider"


@dataclass(frozen=True)
class Recipe:
    """A picture and what is made of it, everything resolved and bounded; nothing is computed yet."""

    picture: Picture
    w: Grid
    parameters: Parameters
    axes: tuple[tuple[Axis, ...], ...] = field(repr=False)
    """Both axes of each repetition."""

    @property
    def planes(self) -> int:
        """How many planes the picture has: one, or red, green and blue."""
        return 3 if self.parameters.colour == "rgb" else 1

    @property
    def kernels(self) -> NDArray[np.float64]:
        """The kernels, shape (count, rows, columns); each is applied to each plane alone."""
        return self.w.values[:, 0]

    @cached_property
    def x(self) -> NDArray[np.float32]:
        return self.picture.in_colour(self.parameters.colour).astype(np.float32)

    @property
    def summed_shape(self) -> tuple[int, int]:
        """(rows, columns) of what the kernel leaves."""
        rows, cols = self.axes[-1]
        return rows.output_size, cols.output_size

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns) of the result."""
        size = self.parameters.pool[1] if self.parameters.pool else 1
        rows, cols = self.summed_shape
        return rows // size, cols // size

    @property
    def results(self) -> int:
        """How many planes the result has."""
        return self.planes * (1 if self.parameters.join == "magnitude" else len(self.kernels))

    @property
    def tiles(self) -> int:
        """How many pictures stand side by side in the result: one for each kernel, unless they are joined."""
        return self.results // self.planes

    @cached_property
    def shows(self) -> tuple[str, ...]:
        """How each tile is painted: about mid-grey, where the weights sum to zero, else as it is, clipped."""
        asked = self.parameters.show
        if asked != "auto":
            return (asked,) * self.tiles
        is_signed = not self.parameters.absolute and self.parameters.join == "none" and self.parameters.offset == 0
        sums = self.kernels.sum(axis=(1, 2))[: self.tiles]
        return tuple("grey" if is_signed and abs(total) < 1e-9 else "clip" for total in sums.tolist())

    @property
    def show(self) -> str:
        """How all of the result is painted, or `mixed`."""
        return self.shows[0] if len(set(self.shows)) == 1 else "mixed"

    @cached_property
    def spelled(self) -> dict[str, str]:
        """The canonical fields; what is at its default is left out."""
        given = self.parameters
        texts = {
            "picture": self.picture.text,
            "w": self.w.text,
            "colour": given.colour,
            "stride": spell_counts(given.stride),
            "padding": "" if given.padding is None else spell_padding(given.padding),
            "padding_mode": given.padding_mode,
            "dilation": spell_counts(given.dilation),
            "repeat": str(given.repeat),
            "join": given.join,
            "scale": spell_number(given.scale),
            "offset": spell_number(given.offset),
            "absolute": str(given.absolute).lower(),
            "pool": "none" if given.pool is None else f"{given.pool[0]}:{given.pool[1]}",
            "show": given.show,
            "view": given.view,
        }
        return {name: text for name, text in texts.items() if name in ("picture", "w") or text != USUAL[name]}

    def address(self, extension: str = "", /, **changes: str | None) -> str:
        """The canonical path and query; None leaves a field out."""
        fields: Mapping[str, str | None] = {**self.spelled, **changes}
        query = spell_address({name: text for name, text in fields.items() if text is not None})
        return f"{PATH}{extension}?{query}"


USUAL = {
    "colour": "grey",
    "stride": "1",
    "padding": "",
    "padding_mode": "replicate",
    "dilation": "1",
    "repeat": "1",
    "join": "none",
    "scale": "1",
    "offset": "0",
    "absolute": "false",
    "pool": "none",
    "show": "auto",
    "view": "divider",
}
"""What the canonical address leaves out."""


def read_recipe(raw: Raw, limits: Limits, known: Uploads, sent: Picture | None = None) -> Recipe:
    """The recipe that these raw values mean; `sent` is the picture that came with them. Raises Refusals."""
    wrong = [unknown_name(name, words.PAGE, list(Parameters.model_fields)) for name in raw if not is_known(name)]
    parameters = validated(Parameters, {name: value for name, value in raw.items() if is_known(name)}, wrong)
    if wrong or parameters is None:
        raise Refusals(wrong)
    picture = sent or read_picture(parameters.picture, known)
    w = read_kernels(parameters.w, limits)
    if parameters.join != "none" and len(w.values) == 1:
        raise Refusal(words.JOIN_ONE, loc=("join",))
    axes = tuple(repeated_axes(parameters, picture.pixels.shape[1:], w.shape[2:], limits))
    recipe = Recipe(picture, w, parameters, axes)
    check_work(recipe)
    check_magnitude(recipe)
    check_pool(recipe)
    return recipe


def is_known(name: str) -> bool:
    return name in Parameters.model_fields


def read_kernels(raw: str | list[Any], limits: Limits) -> Grid:
    """One kernel for a plane, or several; each serves every channel alike."""
    space = Space(2, 2, "weights", limits.filters * limits.channels * limits.kernel**2)

    def read() -> Grid:
        grid = read_grid(raw, space)
        filters, planes, *sides = grid.shape
        if planes != 1:
            raise Refusal(words.ONE_KERNEL.format(planes=planes))
        if filters > MOST_KERNELS:
            raise Refusal(words.MOST_KERNELS.format(most=MOST_KERNELS, value=filters), type="too_large")
        if max(sides) > limits.kernel:
            raise Refusal(words.KERNEL_SIDE.format(most=limits.kernel, shape=times(sides)), type="too_large")
        return resolve(grid, grid.shape, space)

    return at("w", read)


def at(name: str, read: Callable[[], Read]) -> Read:
    try:
        return read()
    except Refusal as refusal:
        raise refusal.at(name) from None


def repeated_axes(
    parameters: Parameters, shape: tuple[int, ...], kernel: tuple[int, ...], limits: Limits
) -> list[tuple[Axis, ...]]:
    """Both axes of each repetition: each reads what the one before it has left."""
    strides = bounded("stride", parameters.stride, 2, limits.stride)
    dilations = bounded("dilation", parameters.dilation, 2, limits.stride)
    padding = sides_of(parameters.padding, strides, kernel, dilations, limits)
    made: list[tuple[Axis, ...]] = []
    sizes = shape
    for done in range(parameters.repeat):
        axes = tuple(
            axis_of(*each, parameters.padding_mode, False)
            for each in zip(sizes, kernel, strides, dilations, padding, strict=True)
        )
        for axis, name in zip(axes, AXIS_NAMES[2], strict=True):
            check_padding_mode(axis, name)
        if any(axis.extent > axis.padded_size for axis in axes):
            said = words.NOTHING_LEFT.format(shape=times(shape), done=done, times=parameters.repeat)
            raise Refusal(said, loc=("w",))
        sizes = tuple(axis.output_size for axis in axes)
        made.append(axes)
    return made


def sides_of(
    padding: Padding | None,
    strides: tuple[int, ...],
    kernel: tuple[int, ...],
    dilations: tuple[int, ...],
    limits: Limits,
) -> tuple[tuple[int, int], ...]:
    """(before, after) along each axis; unless it is given, as much as keeps the size at stride 1."""
    if padding is None:
        return tuple(same_padding(size, dilation) for size, dilation in zip(kernel, dilations, strict=True))
    sides = resolve_padding(padding, strides, kernel, dilations)
    most = 2 * limits.padding
    for side in (max(pair) for pair in sides):
        if side > most:
            raise Refusal(words.PADDING_LARGE.format(most=most, value=side), type="less_than_equal", loc=("padding",))
    return sides


def check_work(recipe: Recipe) -> None:
    """Count the multiplications before doing any."""
    taps = prod(recipe.w.shape)
    count = sum(recipe.planes * taps * prod(axis.output_size for axis in axes) for axes in recipe.axes)
    if count > MOST_MULTIPLICATIONS:
        raise Refusal(words.TOO_MUCH.format(value=count, most=MOST_MULTIPLICATIONS), type="too_large", loc=("w",))
    numbers = max(recipe.planes * len(recipe.kernels) * prod(axis.output_size for axis in axes) for axes in recipe.axes)
    if numbers > MOST_NUMBERS:
        raise Refusal(words.TOO_LARGE.format(value=numbers, most=MOST_NUMBERS), type="too_large", loc=("picture",))


def check_magnitude(recipe: Recipe) -> None:
    """Refuse what could leave float32: a repetition makes numbers larger by at most the sum of its weights."""
    largest = 255.0
    for _ in range(recipe.parameters.repeat):
        largest *= max(1.0, float(np.abs(recipe.kernels).sum(axis=(1, 2)).max()))
        if largest > LARGEST:
            raise Refusal(words.OVERFLOW, type="too_large", loc=("w",))


def check_pool(recipe: Recipe) -> None:
    if recipe.parameters.pool and not all(recipe.shape):
        size, shape = recipe.parameters.pool[1], times(recipe.summed_shape)
        raise Refusal(words.POOL_TOO_LARGE.format(size=size, shape=shape), loc=("pool",))
