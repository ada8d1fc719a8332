"""What is called, when there are windows and no weights."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.operations.common.snippets.gates import gates
from app.operations.common.snippets.layer_call import arrays_of
from app.operations.common.snippets.program import Called
from app.scene.scene import Scene
from kernels.adaptive import AdaptiveAxis
from kernels.axis import Axis
from kernels.relation import Reduction


@dataclass(frozen=True, kw_only=True)
class PoolCall(Called):
    """A pooling with everything resolved: x (C, *space), and indices or grad_output of the shape that PyTorch wants."""

    function: str
    """PyTorch's name for it, or for the pooling whose gradient it is."""
    reduction: Reduction
    """What becomes of a window."""
    parameters: Mapping[str, Any]
    axes: tuple[Axis | AdaptiveAxis, ...]
    output_size: tuple[int, ...]
    gradient: str
    """What goes back: grad_output, or what an activation left of it."""
    gates: Mapping[str, list[str]]
    """In each framework the lines that make it."""

    @property
    def spatial(self) -> int:
        return len(self.axes)

    @property
    def is_gradient(self) -> bool:
        return "grad_output" in self.arrays

    @property
    def is_inverse(self) -> bool:
        return "indices" in self.arrays

    @property
    def windows(self) -> tuple[Axis, ...]:
        """The axes of all but the adaptive."""
        return tuple(axis for axis in self.axes if isinstance(axis, Axis))

    @property
    def fitted(self) -> tuple[AdaptiveAxis, ...]:
        return tuple(axis for axis in self.axes if isinstance(axis, AdaptiveAxis))

    @property
    def padding(self) -> tuple[int, ...]:
        """The padding that was asked for, as much before as after."""
        return tuple(axis.padding[0] for axis in self.windows)

    @property
    def hanging(self) -> tuple[int, ...]:
        """How many cells the last window hangs over that padding."""
        return tuple(max(axis.padding[1] - axis.padding[0], 0) for axis in self.windows)

    @property
    def counts_windows(self) -> bool:
        """Whether a mean must look how many cells a window has, as they have not all the same number."""
        if self.parameters.get("divisor_override") is not None:
            return False
        return any(self.hanging) or (any(self.padding) and not self.parameters.get("count_include_pad", True))


def pool_call(scene: Scene, function: str, reduction: Reduction) -> PoolCall:
    return PoolCall(
        function=function,
        reduction=reduction,
        arrays=arrays_of(scene),
        parameters=scene.layer.parameters,
        axes=scene.layer.axes,
        output_size=scene.layer.y_shape[1:],
        gradient=scene.layer.data,
        gates=gates(scene),
        json_url=scene.address(".json", step=None),
    )
