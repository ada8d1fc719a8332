"""The way of an upstream gradient back through the activation that followed a convolution, or a pooling.

Forward it was a = ξ(z), z what was convolved or pooled. What comes from above is the gradient of a, and the chain rule
makes of it that of z, number by number: grad_z = grad_output · ξ′(z). From there on it is the gradient without an
activation. z is a grid of its own, since a gradient scene does not compute it; where it is left open it runs through 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.address.refusal import Refusal
from app.grids.literals import Grid
from app.operations.common.grids import Resolved
from app.operations.common.upstream import NAME, read_upstream, resolve_upstream
from app.scene.operation import Operation
from app.scene.outlines import Outline, RawGrid
from app.settings import Limits
from app.text import refusals as words
from kernels.activation import slope

Z, SLOPE, GRAD_Z = "z", "slope", "grad_z"


@dataclass(frozen=True)
class Gate:
    """What the rest of a layer reads, where its slope was taken, and the grids that were made of both."""

    gradient: Resolved
    name: str = NAME
    z: Resolved | None = None
    made: Mapping[str, Resolved] = field(default_factory=dict)

    @property
    def drawn(self) -> tuple[str, ...]:
        """The grids that are drawn beside the gradient."""
        return (NAME, Z, SLOPE) if self.made else ()


def open_gate(
    operation: Operation, activation: str | None, raw: RawGrid, grad_output: Resolved, limits: Limits
) -> Gate:
    """The gradient before the activation, or the upstream gradient itself where none is asked for.

    A form says `none`, and may keep the z of an activation that was chosen before; an address alone may not.
    """
    if activation is None and raw is not None:
        raise Refusal(words.NO_GATE, loc=(Z,))
    if activation in (None, "none"):
        return Gate(grad_output)
    literal = read_upstream(operation, raw, limits, Z)
    z = resolve_upstream(operation, literal, grad_output.shape, limits, name=Z, usual=through_zero)
    if isinstance(grad_output, Outline) or isinstance(z, Outline):
        slopes = product = Outline(grad_output.shape)
        return Gate(product, GRAD_Z, z, {SLOPE: slopes, GRAD_Z: product})
    slopes_at_z = slope(str(activation), z.values)
    through = grad_output.values * slopes_at_z + 0.0  # no −0.0
    made = {SLOPE: Grid(slopes_at_z, str), GRAD_Z: Grid(through, str)}
    return Gate(made[GRAD_Z], GRAD_Z, z, made)


def followed_by(activation: str | None) -> dict[str, str | None]:
    """The activation as JSON shows it: what a form calls `none` is none."""
    return {"activation": None if activation == "none" else activation}


def through_zero(shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Whole numbers in reading order, as many below 0 as above: half of the gates of a ReLU are closed.

    >>> through_zero((1, 4))
    array([[-2., -1.,  0.,  1.]])
    """
    count = int(np.prod(shape))
    return (np.arange(count) - count // 2).astype(np.float64).reshape(shape)
