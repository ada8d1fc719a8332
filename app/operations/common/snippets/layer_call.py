"""What a program for one layer is written around, whatever its operation."""

from dataclasses import dataclass

from app.operations.common.snippets.call import Pairs
from app.operations.common.snippets.program import Array, Called
from app.scene.scene import Scene
from kernels.axis import Axis


@dataclass(frozen=True, kw_only=True)
class LayerCall(Called):
    """A layer with everything resolved: its grids by name, and an axis of the one relation for each axis of space."""

    operation: str
    axes: tuple[Axis, ...]
    groups: int
    y_shape: tuple[int, ...]

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


def arrays_of(scene: Scene) -> dict[str, Array]:
    """Its grids by name, without the bias where there is none."""
    grids = {name: scene.values(name) for name in scene.layer.grids}
    return {name: values for name, values in grids.items() if values is not None}


def layer_call(scene: Scene) -> LayerCall:
    return LayerCall(
        operation=scene.operation.name,
        arrays=arrays_of(scene),
        axes=scene.layer.windows,
        groups=scene.layer.groups,
        y_shape=scene.layer.y_shape,
        json_url=scene.address(".json", step=None),
    )
