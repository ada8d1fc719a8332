"""A scene: one operation, its parameters and its data. It spells its own address."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.address.query import addressed, spell_field
from app.equation.conventions import Conventions
from app.grids.photos import PREFIX
from app.scene.layer import Layer
from app.scene.operation import Operation, Roles
from app.scene.outlines import Outline
from app.scene.presentation import Presentation
from app.settings import Limits
from app.text import page as words
from kernels.activation import ACTIVATIONS
from kernels.cached import cached_property
from kernels.trace import Trace

Array = NDArray[np.float64]

SLOPE = "ξ′(z)"
"""The lectures' name for the derivative of an activation."""


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
        resolved = self.layer.find(grid)
        return None if resolved is None else resolved.values

    def letter(self, grid: str) -> str:
        """What readers call a grid."""
        return {"y": self.operation.letter, "slope": SLOPE}.get(grid, grid)

    @property
    def roles(self) -> Roles:
        """What readers call what is read, and what that is multiplied with; made of others, it is no longer those."""
        made = {role: words.MADE for role in ("data", "weights") if getattr(self.layer, role) in self.layer.made}
        return replace(self.operation.roles, **made)

    def text(self, grid: str) -> str:
        """The canonical text of a grid, empty where there is none."""
        resolved = self.layer.grids.get(grid)
        return resolved.text if resolved else ""

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
    def shows_photograph(self) -> bool:
        """Whether the data are a photograph by name, or part of one."""
        return f"{PREFIX}:" in self.text(self.layer.data)

    @property
    def tones(self) -> str:
        """How large results are painted: `grey` as a picture, `signed` in the colours of their space."""
        return self.presentation.tones or ("grey" if self.shows_photograph else "signed")

    @property
    def is_heavy(self) -> bool:
        """Whether showing the whole is worth a thread of its own: what is computed, and what is drawn."""
        drawn = self.layer.held + self.layer.outputs
        return self.layer.multiplications + 20 * drawn > 100_000

    def spelled(self, **changes: str | None) -> dict[str, str]:
        """The canonical fields of this scene's address, some of them replaced; None leaves one out."""
        fields: dict[str, str | None] = {**self.fields, **changes}
        return {name: value for name, value in fields.items() if value is not None and self.says(name, value)}

    @cached_property
    def fields(self) -> dict[str, str]:
        """Everything that is not at its default."""
        return {**self.layer.spelled, **self.presentation.spelled()}

    def says(self, name: str, value: str) -> bool:
        """Whether an address has to say it: in its own view an operation is shown anyway."""
        return name != "view" or value != self.operation.own_view

    @cached_property
    def spelled_fields(self) -> dict[str, str]:
        """All fields as an address writes them, so that sixty neighbours write only what differs."""
        return {name: self.spell(name, value) for name, value in self.fields.items()}

    def spell(self, name: str, value: str | None) -> str:
        """A field as an address writes it, or nothing where it leaves it out."""
        return spell_field(name, value) if value is not None and self.says(name, value) else ""

    @cached_property
    def outlined(self) -> dict[str, str | Outline]:
        """What is computed and not at its default, with outlines for grids."""
        return {name: self.operation.outline(name, text) for name, text in self.layer.spelled.items()}

    @property
    def canonical(self) -> str:
        """The address of what is computed, however it is shown."""
        return addressed(f"/{self.operation.name}", self.layer.spelled)

    def address(self, extension: str = "", prefix: str = "", /, **changes: str | None) -> str:
        """The canonical path and query of this scene, or of one of its representations."""
        fields = self.spelled_fields | {name: self.spell(name, value) for name, value in changes.items()}
        query = "&".join(filter(None, fields.values()))
        path = f"{prefix}/{self.operation.name}{extension}"
        return f"{path}?{query}" if query else path


def as_planes(values: Array, spatial: int) -> Array:
    """The grid with its leading axes made one."""
    return values.reshape(-1, *values.shape[values.ndim - spatial :])
