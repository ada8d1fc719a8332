"""A scene: one operation, its parameters and its data. An address becomes one, and it spells its own address."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from math import prod
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ValidationError

from app.address.parameters import grid_names
from app.address.query import Raw, spell_address
from app.address.refusal import Refusal
from app.equation.conventions import Conventions
from app.grids.literals import Settled, Space
from app.grids.pictures import Kind
from app.scene.explanation import Explanation
from app.scene.outlines import ORDINARY, Outline, outline
from app.scene.presentation import Presentation
from app.scene.sizes import Size
from app.settings import Limits
from app.text import refusals as words
from kernels.activation import ACTIVATIONS
from kernels.adaptive import AdaptiveAxis
from kernels.axis import Axis, Cells
from kernels.relation import Relation
from kernels.trace import Trace

Array = NDArray[np.float64]
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class GridField:
    """One of an operation's grids: how it is written, what the panel says of it, where its channels and filters lie."""

    kind: Kind
    label: str
    note: str
    channels: int | None = None
    filters: int | None = None
    """The axis along which it has its channels, and its filters. Grids that have them must agree."""
    follows: bool = False
    """Whether it may be left out, and follows from the other grids then."""


@dataclass(frozen=True)
class Roles:
    """What readers call what is read, what that is multiplied with (nothing where there is no such grid), and y."""

    data: str
    weights: str
    result: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Operation:
    """One entry of the table of operations: what it is called, what it takes, and how it becomes a layer."""

    name: str
    title: str
    summary: str
    """A sentence under the title."""
    group: str
    """Where the menu has it."""
    spatial: int
    parameters: type[BaseModel]
    grids: Mapping[str, GridField]
    """Those of its parameters that are grids."""
    roles: Roles
    defaults: Mapping[str, str]
    """What the canonical address leaves out: the bare scene's grids, and the parameters at their default."""
    settle: "Callable[[Operation, Any, Limits], Layer]"
    explain: "Callable[[Scene], Explanation]"
    views: tuple[str, ...]
    """The ways to show it, its own first."""
    steppers: tuple[str, ...]
    """The parameters that the panel moves by one; `w` is the size of the kernel."""
    start_step: int = 0
    """The step that the bare scene shows."""
    shared: int | None = 1
    """The axis of w along which a single plane serves all: its channels."""
    letter: str = "y"
    """What readers call its result, in formulas and words. Documents and streams always say y."""
    stretches: bool = False
    """Whether the data is read with zeros put in between: the relation is solved for its input."""
    dependent_fields: "Callable[[Scene, Raw], Raw]" = lambda scene, changes: {}
    """What else must change along with these changes, so that the grids go on fitting each other."""
    own_to_bare: tuple[str, ...] = ()
    """The parameters whose default holds for the bare scene's x alone: the address of another x says them."""
    starts: tuple[tuple[str, str], ...] = ()
    """Scenes to start from that have a name, and where."""
    examples: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """For a view, the fields of the example to which the bare scene leads, where its own say little."""

    def __post_init__(self) -> None:
        check_entry(self)

    @property
    def flat(self) -> int:
        """How many axes a plane has: a volume is drawn as slices."""
        return min(self.spatial, 2)

    @property
    def own_view(self) -> str:
        """The view that no link has to name."""
        return self.views[0]

    @cached_property
    def fields(self) -> frozenset[str]:
        """The names of its parameters and grids."""
        return frozenset(self.parameters.model_fields)

    @cached_property
    def channel_axes(self) -> Mapping[str, int]:
        """For each grid that has channels, the axis along which it has them."""
        return {name: grid.channels for name, grid in self.grids.items() if grid.channels is not None}

    @cached_property
    def filter_axes(self) -> Mapping[str, int]:
        return {name: grid.filters for name, grid in self.grids.items() if grid.filters is not None}

    def outline(self, name: str, text: str) -> str | Outline:
        """The outline of a grid; other fields are small, and an upstream gradient may be edits alone, with no shape."""
        grid = self.grids.get(name)
        return outline(grid.kind, text, self.spatial) if grid and text[:1] != "!" else text

    def input_space(self, limits: Limits) -> Space:
        """What may be read as x."""
        most = min(limits.channels * limits.side**self.spatial, limits.numbers)
        return Space(self.spatial, 1, "input", most)


def check_entry(operation: Operation) -> None:
    """An entry that does not agree with its own parameters stops the program as it starts."""
    grids, taken = operation.grids, grid_names(operation.parameters)
    examples = [name for fields in operation.examples.values() for name in fields]
    needed = [name for name, grid in grids.items() if not grid.follows and grid.kind != "bias"]
    agreements: Sequence[tuple[str, Iterable[str], Container[str]]] = (
        ("parameter", [*operation.defaults, *operation.steppers, *operation.own_to_bare, *examples], operation.fields),
        ("description of the grid", taken, grids),
        ("grid among its parameters that is called", grids, taken),
        ("default of", [*needed, *operation.own_to_bare], operation.defaults),
        ("view", operation.examples, operation.views),
        ("start on the page", [address.partition("?")[0] for _, address in operation.starts], f"/{operation.name}"),
        ("name of the weights in roles, but", ["w"] if "w" in grids else [], "w" if operation.roles.weights else ""),
    )
    missing = [f"no {what} {name}" for what, names, known in agreements for name in names if name not in known]
    missing += [] if operation.views else ["no view"]
    if missing:
        raise ValueError(f"The entry of {operation.name} is not whole. It has {'; '.join(missing)}.")


GRID_SPACES = {"x": "input", "w": "tap", "b": "tap", "y": "output", "a": "output", "grad_output": "output"}
"""Where a grid lives, unless its layer says otherwise: the gradient of the weights is a grid of taps."""


@dataclass(frozen=True, eq=False)
class Layer:
    """An operation with everything resolved: arrays of final shape, one axis for each spatial axis."""

    parameters: Mapping[str, Any]
    """Every parameter as JSON shows it, defaults filled in."""
    spell: Callable[[], Mapping[str, str]]
    grids: Mapping[str, Settled | Outline | None]
    axes: tuple[Axis | AdaptiveAxis, ...]
    y_shape: tuple[int, ...]
    relation: Relation
    """What each number of y reads."""
    multiplications: int
    compute: Callable[[int, int], Trace]
    """(start, stop) → what these steps compute, one for each number of y."""
    sizes: Callable[[], Sequence[Size]]
    """Along each axis, the formula of the output's size."""
    data: str = "x"
    """The grid that is read."""
    weights: str | None = "w"
    """The grid that it is multiplied with, if any."""
    sources: tuple[int, ...] | None = None
    """For each data plane as it is drawn, the grid's plane that it shows, or −1 for zeros; None where they are one."""
    spaces: Mapping[str, str] = field(default_factory=dict)
    """The spaces (input, tap, output) of the grids that are not where their letter says: w in taps, x in the input."""
    groups: int = 1
    activation: str | None = None
    land: Callable[[], Cells] | None = None
    """Where each number of the data goes, when an index says it and no window: its flat cell in the plane of y."""

    @cached_property
    def landing(self) -> Cells | None:
        """What `land` says, shape of the data."""
        return self.land() if self.land else None

    @cached_property
    def spelled(self) -> Mapping[str, str]:
        """The parameters that are not at their default, as the canonical address writes them."""
        return self.spell()

    def space(self, grid: str) -> str:
        """The space that a grid lives in, which is its colour."""
        return self.spaces.get(grid) or GRID_SPACES.get(grid, "output")

    @property
    def outputs(self) -> int:
        """How many numbers y has."""
        return prod(self.y_shape)

    def shape(self, grid: str) -> tuple[int, ...]:
        """The shape of a grid that this operation always has."""
        settled = self.grids[grid]
        assert settled is not None
        return settled.shape

    @property
    def inputs(self) -> int:
        """How many numbers the data has."""
        return prod(self.shape(self.data))

    @cached_property
    def held(self) -> int:
        """How many numbers the grids have."""
        return sum(grid.size for grid in self.grids.values() if grid is not None)

    @cached_property
    def is_ordinary(self) -> bool:
        """Whether no sum of these numbers can be too large, so that their shapes decide what is around it."""
        return all(grid.largest <= ORDINARY for grid in self.grids.values() if grid is not None)

    @property
    def unused(self) -> list[list[int]]:
        """Along each axis, the input cells that nothing reads."""
        return [list(axis.unused) if isinstance(axis, Axis) else [] for axis in self.axes]


@dataclass(frozen=True)
class Scene:
    """A layer and how it is shown."""

    operation: Operation
    layer: Layer
    presentation: Presentation
    limits: Limits

    @property
    def view(self) -> str:
        """The name of the view in which it is shown."""
        return self.presentation.view or self.operation.own_view

    @property
    def conventions(self) -> Conventions:
        """How its equations are written."""
        shown = self.presentation
        return Conventions(
            first_index=shown.first_index,
            letters=shown.letters,
            activation=self.layer.activation,
            result=self.letter("y"),
            is_complete=shown.step is None,
        )

    def trace(self, start: int = 0, stop: int | None = None) -> Trace:
        """What computed the numbers [start, stop) of y."""
        stop = self.layer.outputs if stop is None else stop
        if "whole_trace" in self.__dict__:  # where all steps have been computed, these have
            return self.whole_trace.part(start, stop)
        return self.layer.compute(start, stop)

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
        settled = self.layer.grids.get(grid)
        return None if settled is None else settled.values

    def letter(self, grid: str) -> str:
        """What readers call a grid."""
        return self.operation.letter if grid == "y" else grid

    def text(self, grid: str) -> str:
        """The canonical text of a grid, empty where there is none."""
        settled = self.layer.grids.get(grid)
        return settled.text if settled else ""

    def grid(self, name: str) -> Array:
        """The values of a grid that this operation always has."""
        values = self.values(name)
        assert values is not None
        return values

    @property
    def x(self) -> Array:
        return self.grid("x")

    @property
    def w(self) -> Array:
        return self.grid("w")

    @property
    def b(self) -> Array | None:
        return self.values("b")

    @cached_property
    def data(self) -> Array:
        """What is read, as planes: shape (planes, *cells)."""
        planes = as_planes(self.grid(self.layer.data), self.operation.flat)
        if self.layer.sources is None:
            return planes
        return np.stack([planes[source] if source >= 0 else np.zeros_like(planes[0]) for source in self.layer.sources])

    @cached_property
    def weights(self) -> Array | None:
        """What the data is multiplied with, as planes: shape (planes, *places); None where there is no such grid."""
        return as_planes(self.grid(self.layer.weights), self.operation.flat) if self.layer.weights else None

    @cached_property
    def results(self) -> Array:
        """y as planes: shape (planes, *cells)."""
        return as_planes(self.y, self.operation.flat)

    @property
    def is_heavy(self) -> bool:
        """Whether showing the whole is worth a thread of its own: what is computed, and what is drawn."""
        drawn = self.layer.held + self.layer.outputs
        return self.layer.multiplications + 20 * drawn > 100_000

    def spelled(self, **changes: str | None) -> dict[str, str]:
        """The canonical fields of this scene's address, some of them replaced; None leaves one out."""
        fields: dict[str, str | None] = {**self.fields, **changes}
        if fields.get("view") == self.operation.own_view:
            fields["view"] = None
        return {name: value for name, value in fields.items() if value is not None}

    @cached_property
    def fields(self) -> dict[str, str]:
        """Everything that is not at its default."""
        return {**self.layer.spelled, **self.presentation.spelled()}

    @cached_property
    def outlined(self) -> dict[str, str | Outline]:
        """What is computed and not at its default, with outlines for grids."""
        return {name: self.operation.outline(name, text) for name, text in self.layer.spelled.items()}

    @property
    def canonical(self) -> str:
        """The address of what is computed, however it is shown."""
        query = spell_address(self.layer.spelled)
        return f"/{self.operation.name}" + (f"?{query}" if query else "")

    def address(self, extension: str = "", room: str = "", /, **changes: str | None) -> str:
        """The canonical path and query of this scene, or of one of its representations."""
        query = spell_address(self.spelled(**changes))
        return f"{room}/{self.operation.name}{extension}" + (f"?{query}" if query else "")


def as_planes(values: Array, spatial: int) -> Array:
    """The grid with its leading axes made one."""
    return values.reshape(-1, *values.shape[values.ndim - spatial :])


def read_scene(operation: Operation, raw: Raw, limits: Limits) -> Scene:
    """The scene that these raw values ask for. Raises Refusals: every field that is wrong, each with its sentence."""
    own = operation.parameters.model_fields  # PyTorch's indices of an unpooling are a grid, and no convention
    shown = {name: value for name, value in raw.items() if name in Presentation.model_fields and name not in own}
    computed = {name: value for name, value in raw.items() if name not in shown}
    check_names(operation, computed)
    refusals: list[Refusal] = []
    parameters = validated(operation.parameters, computed, refusals)
    presentation = validated(Presentation, shown, refusals)
    if parameters is None or presentation is None:
        raise Refusals(refusals)
    check_view(operation, presentation)
    return Scene(operation, operation.settle(operation, parameters, limits), presentation, limits)


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
        raise Refusals(unknown_parameter(operation.name, name, known) for name in unknown)


def unknown_parameter(page: str, name: str, known: list[str]) -> Refusal:
    close = get_close_matches(name.lower()[:40], known, n=1)
    hint = words.DID_YOU_MEAN.format(name=close[0]) if close else ""
    shown = name if len(name) <= 40 else name[:37] + "…"
    sentence = words.UNKNOWN_PARAMETER.format(name=shown, operation=page, hint=hint)
    return Refusal(sentence, type="extra_forbidden", loc=(name,))


def check_view(operation: Operation, presentation: Presentation) -> None:
    if presentation.view is not None and presentation.view not in operation.views:
        views = ", ".join(operation.views)
        sentence = words.NO_SUCH_VIEW.format(view=presentation.view, operation=operation.name, views=views)
        raise Refusal(sentence, type="literal_error", loc=("view",))
