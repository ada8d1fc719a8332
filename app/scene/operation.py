"""An operation: one entry of the table of operations, in which all is said of it."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel

from app.address.parameters import Label
from app.address.query import Raw
from app.grids.literals import Space
from app.grids.pictures import Kind
from app.scene.explanation import Explanation, Snippet
from app.scene.layer import Layer
from app.scene.outlines import Outline, grid_names, outline
from app.settings import Limits
from kernels.cached import cached_property


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


@dataclass(frozen=True)
class Ready:
    """A whole scene, whose picture and kernel are made for each other, and what to do with it first."""

    label: str
    address: str
    invitation: str


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
    resolve: Callable[["Operation", Any, Limits], Layer]
    explain: Callable[[Any], Explanation]
    """A scene → its explanation. Unless an index in x decides where its numbers go, it follows from the
    shape of x and from the other fields."""
    snippets: Callable[[Any], tuple[Snippet, ...]]
    """A scene → the same call in other frameworks."""
    views: tuple[str, ...]
    """The ways to show it, its own first."""
    steppers: tuple[str, ...]
    """The parameters that the panel moves by one; `w` is the size of the kernel."""
    start_step: int = 0
    """The step that the bare scene shows."""
    shared: int | None = 1
    """The axis of w along which a single plane serves all: its channels."""
    letter: str = "y"
    """What readers call its result, in formulas and words: x̄ or w̄ for a gradient, as lectures do. Documents, streams
    and code always say y."""
    scatters: Literal["windows", "stamps", "shares", "index"] | None = None
    """How each number of the data gets to the result, for the view scatter: through the windows that read it, as a
    stamp, in equal shares, or to the cell that an index names."""
    dependent_fields: Callable[[Any, Raw], Raw] = lambda scene, changes: {}
    """(scene, changes) → what else must change along with these changes, so that the grids go on fitting each other."""
    own_to_bare: tuple[str, ...] = ()
    """The parameters whose default holds for the bare scene's x alone: the address of another x says them."""
    further: Callable[[Any], tuple[tuple[str, str], ...]] = lambda scene: ()
    """A scene → scenes that go on from there: what they show, and where."""
    starts: tuple[tuple[str, str], ...] = ()
    """Scenes to start from that have a name, and where."""
    ready: tuple[Ready, ...] = ()
    """What the panel offers beside the inputs."""
    examples: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """For a view, the fields of the example to which the bare scene leads, where its own say little: how much a pooling
    forgives a shift is seen best where x is a lone spike."""

    def __post_init__(self) -> None:
        check_entry(self)

    @property
    def flat(self) -> int:
        """How many axes a plane has: a volume is drawn as slices."""
        return min(self.spatial, 2)

    @property
    def stretches(self) -> bool:
        """Whether the data is read with zeros put in between: the relation is solved for its input."""
        return self.scatters == "stamps"

    @property
    def own_view(self) -> str:
        """The view that no link has to name."""
        return self.views[0]

    @cached_property
    def fields(self) -> frozenset[str]:
        """The names of its parameters and grids."""
        return frozenset(self.parameters.model_fields)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What those of its parameters are called that it does not share with other operations."""
        fields = self.parameters.model_fields.items()
        return {name: part.text for name, field in fields for part in field.metadata if isinstance(part, Label)}

    @cached_property
    def flags(self) -> Sequence[str]:
        """The names of its parameters that hold or do not."""
        return [name for name, field in self.parameters.model_fields.items() if field.annotation is bool]

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
    addresses = [address for _, address in operation.starts] + [ready.address for ready in operation.ready]
    agreements: Sequence[tuple[str, Iterable[str], Container[str]]] = (
        ("parameter", [*operation.defaults, *operation.steppers, *operation.own_to_bare, *examples], operation.fields),
        ("description of the grid", taken, grids),
        ("grid among its parameters that is called", grids, taken),
        ("default of", [*needed, *operation.own_to_bare], operation.defaults),
        ("view", operation.examples, operation.views),
        ("way (scatters) for its view", {"scatter"} & set(operation.views), ["scatter"] if operation.scatters else []),
        ("start on the page", [address.partition("?")[0] for address in addresses], f"/{operation.name}"),
        ("name of the weights in roles, but", ["w"] if "w" in grids else [], "w" if operation.roles.weights else ""),
    )
    missing = [f"no {what} {name}" for what, names, known in agreements for name in names if name not in known]
    missing += [] if operation.views else ["no view"]
    if missing:
        raise ValueError(f"The entry of {operation.name} is not whole. It has {'; '.join(missing)}.")
