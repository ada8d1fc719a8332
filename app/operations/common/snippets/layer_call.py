"""What a program for one layer is written around, whatever its operation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.operations.common.snippets.call import Pairs
from app.operations.common.snippets.literal import literal
from app.scene.scene import Scene
from kernels.axis import Axis

Array = NDArray[np.float64]


@dataclass(frozen=True)
class LayerCall:
    """A layer with everything resolved: its grids by name, and an axis of the one relation for each axis of space."""

    operation: str
    arrays: Mapping[str, Array]
    axes: tuple[Axis, ...]
    groups: int
    y_shape: tuple[int, ...]
    json_url: str
    results = ("y",)

    @property
    def spatial(self) -> int:
        return len(self.axes)

    @property
    def stride(self) -> tuple[int, ...]:
        return tuple(axis.stride for axis in self.axes)

    @property
    def dilation(self) -> tuple[int, ...]:
        return tuple(axis.dilation for axis in self.axes)

    @property
    def padding(self) -> tuple[int, ...]:
        """As PyTorch takes it: as much before as after."""
        return tuple(axis.padding[0] for axis in self.axes)

    @property
    def rims(self) -> Pairs:
        """(before, after) for each axis."""
        return tuple((side, side) for side in self.padding)

    @property
    def kernel(self) -> tuple[int, ...]:
        return tuple(axis.kernel_size for axis in self.axes)

    @property
    def inputs(self) -> tuple[int, ...]:
        return tuple(axis.input_size for axis in self.axes)

    @property
    def outputs(self) -> tuple[int, ...]:
        return tuple(axis.output_size for axis in self.axes)

    @cached_property
    def literals(self) -> dict[str, str]:
        return {name: literal(values.tolist()) for name, values in self.arrays.items()}

    @property
    def numbers(self) -> int:
        return sum(values.size for values in self.arrays.values())


def layer_call(scene: Scene) -> LayerCall:
    grids = {name: scene.values(name) for name in scene.layer.grids}
    return LayerCall(
        operation=scene.operation.name,
        arrays={name: values for name, values in grids.items() if values is not None},
        axes=tuple(axis for axis in scene.layer.axes if isinstance(axis, Axis)),
        groups=scene.layer.groups,
        y_shape=scene.layer.y_shape,
        json_url=scene.address(".json", step=None),
    )


def one_or_each(values: Sequence[int]) -> str:
    """One number where all axes agree."""
    return str(values[0]) if len(set(values)) == 1 else str(tuple(values))
