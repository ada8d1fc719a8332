"""A scene: one operation, its parameters and its data. An address becomes one, and it spells its own address."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from math import prod
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ValidationError

from app.literals import Settled, Space
from app.presentation import Presentation
from app.query import Raw, spell_address
from app.refusal import Refusal
from app.settings import Limits
from app.words import refusals as words
from kernels.activation import ACTIVATIONS
from kernels.axis import Axis
from kernels.trace import Trace

Array = NDArray[np.float64]
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Operation:
    """One entry of the table of operations: what it is called, what it takes, and how it becomes a layer."""

    name: str
    spatial: int
    parameters: type[BaseModel]
    defaults: Mapping[str, str]
    settle: "Callable[[Operation, Any, Limits], Layer]"
    rest: int
    """The step on which the bare scene comes to rest."""

    def input_space(self, limits: Limits) -> Space:
        """What may be read as x."""
        return Space(self.spatial, 1, "input", limits.channels * limits.side**self.spatial)


@dataclass(frozen=True)
class Layer:
    """An operation with everything resolved: arrays of final shape, one axis for each spatial axis."""

    parameters: Mapping[str, Any]
    """Every parameter as JSON shows it, defaults filled in."""
    spell: Callable[[], Mapping[str, str]]
    grids: Mapping[str, Settled | None]
    axes: tuple[Axis, ...]
    y_shape: tuple[int, ...]
    groups: int
    activation: str | None
    multiplications: int
    compute: Callable[[int, int], Trace]
    """(start, stop) → what these steps compute."""

    @cached_property
    def spelled(self) -> Mapping[str, str]:
        """The parameters that are not at their default, as the canonical address writes them."""
        return self.spell()


@dataclass(frozen=True)
class Scene:
    """A layer and how it is shown."""

    operation: Operation
    layer: Layer
    presentation: Presentation
    limits: Limits

    @property
    def steps(self) -> int:
        """One step for each number of the output."""
        return prod(self.layer.y_shape)

    def trace(self, start: int = 0, stop: int | None = None) -> Trace:
        return self.layer.compute(start, self.steps if stop is None else stop)

    @cached_property
    def whole_trace(self) -> Trace:
        return self.trace()

    @cached_property
    def y(self) -> Array:
        """The output, shape `y_shape`."""
        return self.whole_trace.y.reshape(self.layer.y_shape)

    def activate(self, y: Array) -> Array | None:
        """The activation of these outputs, or None where none is asked for."""
        return ACTIVATIONS[self.layer.activation](y) if self.layer.activation else None

    def values(self, grid: str) -> Array | None:
        settled = self.layer.grids[grid]
        return None if settled is None else settled.values

    def text(self, grid: str) -> str:
        """The canonical text of a grid, empty where there is none."""
        settled = self.layer.grids[grid]
        return settled.text if settled else ""

    @property
    def x(self) -> Array:
        values = self.values("x")
        assert values is not None
        return values

    @property
    def w(self) -> Array:
        values = self.values("w")
        assert values is not None
        return values

    @property
    def b(self) -> Array | None:
        return self.values("b")

    @property
    def rest(self) -> int:
        """The step that the stage shows first: the link's, the bare scene's own, or the one that says most."""
        if self.presentation.step is not None:
            return self.presentation.step
        if self.presentation.filter is not None:
            area = prod(self.layer.y_shape[1:])
            first = self.presentation.filter * area
            return first + int(np.abs(self.whole_trace.y[first : first + area]).argmax())
        return int(np.abs(self.whole_trace.y).argmax()) if self.layer.spelled else self.operation.rest

    @property
    def is_heavy(self) -> bool:
        """Whether showing the whole is worth a thread of its own: what is computed, and what is drawn."""
        drawn = self.x.size + self.w.size + prod(axis.padded_size for axis in self.layer.axes)
        return self.layer.multiplications + 20 * drawn > 100_000

    def spelled(self, **changes: str | None) -> dict[str, str]:
        """The canonical fields of this scene's address, some of them replaced; None leaves one out."""
        fields: dict[str, str | None] = {**self.layer.spelled, **self.presentation.spelled(), **changes}
        return {name: value for name, value in fields.items() if value is not None}

    @property
    def canonical(self) -> str:
        """The address of what is computed, however it is shown."""
        query = spell_address(self.layer.spelled)
        return f"/{self.operation.name}" + (f"?{query}" if query else "")

    def address(self, extension: str = "", room: str = "", /, **changes: str | None) -> str:
        """The canonical path and query of this scene, or of one of its representations."""
        query = spell_address(self.spelled(**changes))
        return f"{room}/{self.operation.name}{extension}" + (f"?{query}" if query else "")


def read_scene(operation: Operation, raw: Raw, limits: Limits) -> Scene:
    """The scene that these raw values ask for. Raises Refusals: every field that is wrong, each with its sentence."""
    shown = {name: value for name, value in raw.items() if name in Presentation.model_fields}
    computed = {name: value for name, value in raw.items() if name not in shown}
    check_names(operation, computed)
    refusals: list[Refusal] = []
    parameters = validated(operation.parameters, computed, refusals)
    presentation = validated(Presentation, shown, refusals)
    if parameters is None or presentation is None:
        raise Refusals(refusals)
    scene = Scene(operation, operation.settle(operation, parameters, limits), presentation, limits)
    check_place(scene)
    return scene


def validated(model: type[Model], raw: Raw, refusals: list[Refusal]) -> Model | None:
    """The model, or None with what is wrong added to `refusals`."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        refusals += [Refusal(e["msg"], type=e["type"], loc=e["loc"][:1]) for e in error.errors(include_url=False)]
        return None


class Refusals(Exception):
    """Several refusals at once, one for each field that is wrong."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__("; ".join(map(str, self.refusals)))


def check_names(operation: Operation, raw: Raw) -> None:
    """Refuse what this operation does not take, and guess what was meant."""
    known = [*operation.parameters.model_fields, *Presentation.model_fields]
    unknown = [name for name in raw if name not in operation.parameters.model_fields]
    if unknown:
        raise Refusals(unknown_parameter(operation, name, known) for name in unknown)


def unknown_parameter(operation: Operation, name: str, known: list[str]) -> Refusal:
    close = get_close_matches(name.lower()[:40], known, n=1)
    hint = words.DID_YOU_MEAN.format(name=close[0]) if close else ""
    shown = name if len(name) <= 40 else name[:37] + "…"
    sentence = words.UNKNOWN_PARAMETER.format(name=shown, operation=operation.name, hint=hint)
    return Refusal(sentence, type="extra_forbidden", loc=(name,))


def check_place(scene: Scene) -> None:
    """The step, channel and filter that a link opens at must be there."""
    places = {
        "step": (scene.presentation.step or 0, scene.steps),
        "channel": (scene.presentation.channel or 0, scene.x.shape[0]),
        "filter": (scene.presentation.filter or 0, scene.layer.y_shape[0]),
    }
    for name, (value, count) in places.items():
        if value >= count:
            sentence = words.STEP_RANGE if name == "step" else words.INDEX_RANGE
            raise Refusal(
                sentence.format(name=name, most=count - 1, steps=count, value=value),
                type="less_than_equal",
                loc=(name,),
            )
