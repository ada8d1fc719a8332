"""How the numbers of a scene's data are scattered over its result: what a scatter knows of the operation."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.address.refusal import Refusal
from app.scene.scene import Scene
from app.text.encoding import encode
from app.views.plane import as_plane
from app.views.words import scatter as words
from kernels.axis import Axis, Cells
from kernels.pooling import divisors
from kernels.relation import NOTHING, Feeds, plane_feeds
from kernels.scatter import (
    Added,
    AxisTargets,
    ScatterMap,
    ScatterTrace,
    column_map,
    entries,
    products,
    scatter,
    scatter_map_along,
    scatter_to,
    sends_of,
    shares,
    stamp_targets,
    window_targets,
)

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Scattering:
    """How the data of one scene are scattered."""

    scatter_map: ScatterMap
    added: Added
    compute: Callable[[int, int, Sequence[int]], ScatterTrace]
    """(start, stop, result planes) → what these steps did to these planes."""
    kernels: Array | None = None
    """The weights in the order of a stamp's places, shape (planes, places)."""
    spots: Cells | None = None
    """Where an index says it: the cell of each number of the data, shape (C, data cells)."""
    adds: bool = True
    """Whether a number is added to its cell, or replaces what the cell holds."""
    divisors: Cells | None = None
    """What each number of a data plane is divided by before it is added, shape (data cells,)."""
    witness: str | None = None
    """The grid that says where everything goes, where no window does: the indices, or the x that was pooled."""
    ruled: bool = False
    """Whether the stamps lie a stride apart."""

    @property
    def is_lanes(self) -> bool:
        """Whether every channel goes its own way, without weights."""
        return self.kernels is None

    def cells(self, channel: int, data: int) -> list[int]:
        """On which cell each place of a stamp lands, or −1."""
        return self.scatter_map.stamp(data) if self.spots is None else [int(self.spots[channel, data])]

    def numbers(self, channel: int, data: int, plane: int) -> list[float | None]:
        """What a number of the data adds to a result plane at each place; None for a place that lands nowhere."""
        cells, pair = np.array(self.cells(channel, data)), (plane, self.sends(channel)[plane])
        numbers = self.added(channel, [pair], np.arange(len(cells)), data) + 0.0  # no −0.0
        listed: list[float | None] = np.where(cells == NOTHING, np.array(None), numbers).ravel().tolist()
        return listed

    def sends(self, channel: int) -> dict[int, int]:
        """The result planes that a data plane's numbers land on, each with its plane of weights, or −1."""
        return dict(self.scatter_map.sends[channel])

    def counts(self, plane: int, step: int) -> Cells:
        """How many numbers have been added to each cell of a result plane after a step, shape (rows, cols)."""
        if self.spots is None:
            return self.scatter_map.counts(plane, step)
        last, data = divmod(step, self.scatter_map.size)
        stop = self.scatter_map.size if plane < last else data + 1 if plane == last else 0
        rows, cols = self.scatter_map.shape
        return np.bincount(self.spots[plane][:stop], minlength=rows * cols).reshape(rows, cols)


def check_zeros(scene: Scene) -> None:
    """Only zeros may stand around the data: copies would be added more than once."""
    mode = scene.layer.parameters.get("padding_mode", "zeros")
    if mode != "zeros" and any(any(axis.padding) for axis in scene.layer.windows):
        raise Refusal(words.ONLY_ZEROS.format(mode=mode), loc=("padding_mode",))


def forward(scene: Scene) -> Scattering:
    """A convolution by its inputs."""
    return weighed(scene, window_targets)


def transposed(scene: Scene) -> Scattering:
    """A transposed convolution, or the gradient of a convolution's input."""
    return weighed(scene, stamp_targets, ruled=True)


def averaged(scene: Scene) -> Scattering:
    """The gradient of an average: every window shares its number out among its cells."""
    options: Mapping[str, Any] = {
        name: scene.layer.parameters[name] for name in ("count_include_pad", "divisor_override")
    }
    counts = divisors(scene.layer.windows, **options).ravel()
    scatter_map = scatter_map_of(scene, stamp_targets, plane_feeds(len(scene.data)))
    return summed(scatter_map, shares(flat(scene.data) / counts), divisors=counts, ruled=True)


def folded(scene: Scene) -> Scattering:
    """Columns, each added where its window was."""
    scatter_map = column_map(scene.layer.windows, scene.layer.y_shape[0])
    return summed(scatter_map, entries(scene.x.reshape(scatter_map.planes, scatter_map.places, -1)))


def indexed(scene: Scene) -> Scattering:
    """Every number goes to the cell that an index names; unpooling lets the last one stay, gradients add up."""
    layer = scene.layer
    assert layer.targets is not None
    rows, cols = layer.y_shape[-2:]
    spots, data, adds = layer.targets.reshape(len(scene.data), -1), flat(scene.data), layer.data != "x"
    sides = as_plane(scene.data[0]).shape
    targets = [
        AxisTargets(np.zeros((side, 1), np.intp), drawn) for side, drawn in zip(sides, (rows, cols), strict=True)
    ]
    scatter_map = scatter_map_along(targets, plane_feeds(len(data)), len(data))
    compute = partial(scatter_to, data, spots, rows * cols, adds)
    witness = "x" if adds else "indices"
    return Scattering(scatter_map, shares(data), compute, spots=spots, adds=adds, witness=witness)


SCATTERINGS = {"windows": forward, "stamps": transposed, "shares": averaged, "index": indexed}


def scattering_of(scene: Scene) -> Scattering:
    """How the data of this scene get to its result."""
    assert scene.operation.scatters
    return SCATTERINGS[scene.operation.scatters](scene)


def weighed(scene: Scene, targets: Callable[[Axis], AxisTargets], ruled: bool = False) -> Scattering:
    """Every number, times a kernel."""
    assert scene.weights is not None
    scatter_map, kernels = scatter_map_of(scene, targets, scene.layer.relation.feeds), flat(scene.weights)
    kernels = kernels[:, ::-1] if scatter_map.cols.turned else kernels
    return summed(scatter_map, products(flat(scene.data), kernels), kernels=kernels, ruled=ruled)


def summed(scatter_map: ScatterMap, added: Added, **more: Any) -> Scattering:
    return Scattering(scatter_map, added, partial(scatter, added, scatter_map), **more)


def scatter_map_of(scene: Scene, targets: Callable[[Axis], AxisTargets], feeds: Feeds) -> ScatterMap:
    sides = [targets(axis) for axis in scene.layer.windows]
    return scatter_map_along(sides, sends_of(feeds, len(scene.data)), len(scene.results))


def flat(planes: Array) -> Array:
    return planes.reshape(len(planes), -1)


def tables(scene: Scene, scatter_map: ScatterMap, drawn: Sequence[int]) -> dict[str, Any]:
    """The scatter map, as the stream sends it; `drawn` are the result planes whose sums it sends."""
    return {
        "roles": {"data": scene.layer.data, "weights": scene.layer.weights},
        "axes": [table(targets) for targets in (scatter_map.rows, scatter_map.cols)],
        "spatial": scene.operation.spatial,
        "sends": scatter_map.sends,
        "told": drawn,
    }


@lru_cache(128)
def table(targets: AxisTargets) -> dict[str, Any]:
    """targets[data number][place] is a drawn cell of the result, or −1; `margin` cells (before, after) are cut off."""
    sides = {"input": targets.size, "drawn": targets.drawn, "margin": targets.margin, "lands": encode(targets.cells)}
    return {**sides, "turned": True} if targets.turned else sides
