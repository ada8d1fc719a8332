"""How the numbers of a scene's data land on its result: what a scatter knows of the operation."""

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
    Landed,
    Landing,
    Lands,
    column_landing,
    entries,
    land,
    landing_along,
    products,
    scatter,
    sends_of,
    shares,
    stamp_lands,
    window_lands,
)

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Scattering:
    """The data of one scene, landing."""

    landing: Landing
    added: Added
    compute: Callable[[int, int, Sequence[int]], Landed]
    """(start, stop, result planes) → what these steps did to these planes."""
    kernels: Array | None = None
    """The weights in the order of a stamp's places, shape (planes, places)."""
    spots: Cells | None = None
    """Where an index says it: the cell of each number of the data, shape (C, data cells)."""
    adds: bool = True
    """Whether what lands is added, or takes the place of what was there."""
    divisors: Cells | None = None
    """What each number of a data plane is divided by before it lands, shape (data cells,)."""
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
        return self.landing.stamp(data) if self.spots is None else [int(self.spots[channel, data])]

    def numbers(self, channel: int, data: int, plane: int) -> list[float | None]:
        """What a number of the data adds to a result plane at each place; None for a place that lands nowhere."""
        pair = plane, self.sends(channel)[plane]
        at = np.array([data])
        return [
            None if cell == NOTHING else float(self.added(channel, [pair], place, at)[0, 0]) + 0.0  # no −0.0
            for place, cell in enumerate(self.cells(channel, data))
        ]

    def sends(self, channel: int) -> dict[int, int]:
        """The result planes that a data plane's numbers land on, each with its plane of weights, or −1."""
        return dict(self.landing.sends[channel])

    def counts(self, plane: int, step: int) -> Cells:
        """How many numbers have landed on each cell of a result plane after a step, shape (rows, cols)."""
        if self.spots is None:
            return self.landing.counts(plane, step)
        last, data = divmod(step, self.landing.size)
        stop = self.landing.size if plane < last else data + 1 if plane == last else 0
        rows, cols = self.landing.shape
        return np.bincount(self.spots[plane][:stop], minlength=rows * cols).reshape(rows, cols)


def check_zeros(scene: Scene) -> None:
    """Only zeros may stand around what lands: copies would land more than once."""
    mode = scene.layer.parameters.get("padding_mode", "zeros")
    if mode != "zeros" and any(any(axis.padding) for axis in axes_of(scene)):
        raise Refusal(words.ONLY_ZEROS.format(mode=mode), loc=("padding_mode",))


def scattering_of(scene: Scene) -> Scattering:
    """How the data of this scene lands: where an index says, in equal shares, as stamps, or as windows read it."""
    if scene.layer.land:
        return indexed(scene)
    if scene.layer.weights is None:
        return averaged(scene)
    return transposed(scene) if scene.operation.stretches else forward(scene)


def forward(scene: Scene) -> Scattering:
    """A convolution by its inputs."""
    return weighed(scene, window_lands)


def transposed(scene: Scene) -> Scattering:
    """A transposed convolution, or the gradient of a convolution's input."""
    return weighed(scene, stamp_lands, ruled=True)


def averaged(scene: Scene) -> Scattering:
    """The gradient of an average: every window shares its number out among its cells."""
    options: Mapping[str, Any] = {
        name: scene.layer.parameters[name] for name in ("count_include_pad", "divisor_override")
    }
    counts = divisors(axes_of(scene), **options).ravel()
    landing = landing_of(scene, stamp_lands, plane_feeds(len(scene.data)))
    return summed(landing, shares(flat(scene.data) / counts), divisors=counts, ruled=True)


def folded(scene: Scene) -> Scattering:
    """Columns, each added where its window was."""
    landing = column_landing(axes_of(scene), scene.layer.y_shape[0])
    return summed(landing, entries(scene.x.reshape(landing.planes, landing.places, -1)))


def indexed(scene: Scene) -> Scattering:
    """Every number goes to the cell that an index names; unpooling lets the last one stay, gradients add up."""
    layer = scene.layer
    assert layer.landing is not None
    rows, cols = layer.y_shape[-2:]
    spots, data, adds = layer.landing.reshape(len(scene.data), -1), flat(scene.data), layer.data != "x"
    sides = as_plane(scene.data[0]).shape
    lands = [Lands(np.zeros((side, 1), np.intp), drawn) for side, drawn in zip(sides, (rows, cols), strict=True)]
    landing = landing_along(lands, plane_feeds(len(data)), len(data))
    compute = partial(land, data, spots, rows * cols, adds)
    witness = "x" if adds else "indices"
    return Scattering(landing, shares(data), compute, spots=spots, adds=adds, witness=witness)


def weighed(scene: Scene, lands: Callable[[Axis], Lands], ruled: bool = False) -> Scattering:
    """Every number, times a kernel."""
    assert scene.weights is not None
    landing, kernels = landing_of(scene, lands, scene.layer.relation.feeds), flat(scene.weights)
    kernels = kernels[:, ::-1] if landing.cols.turned else kernels
    return summed(landing, products(flat(scene.data), kernels), kernels=kernels, ruled=ruled)


def summed(landing: Landing, added: Added, **more: Any) -> Scattering:
    return Scattering(landing, added, partial(scatter, added, landing), **more)


def landing_of(scene: Scene, lands: Callable[[Axis], Lands], feeds: Feeds) -> Landing:
    sides = [lands(axis) for axis in axes_of(scene)]
    return landing_along(sides, sends_of(feeds, len(scene.data)), len(scene.results))


def flat(planes: Array) -> Array:
    return planes.reshape(len(planes), -1)


def axes_of(scene: Scene) -> list[Axis]:
    return [axis for axis in scene.layer.axes if isinstance(axis, Axis)]


def tables(scene: Scene, landing: Landing, drawn: Sequence[int]) -> dict[str, Any]:
    """Where everything lands, as the stream says it; `drawn` are the result planes whose sums it sends."""
    return {
        "roles": {"data": scene.layer.data, "weights": scene.layer.weights},
        "axes": [table(lands) for lands in (landing.rows, landing.cols)],
        "spatial": scene.operation.spatial,
        "sends": landing.sends,
        "told": drawn,
    }


@lru_cache(128)
def table(lands: Lands) -> dict[str, Any]:
    """lands[data number][place] is a drawn cell of the result, or −1; `margin` cells (before, after) are cut off."""
    sides = {"input": lands.size, "drawn": lands.drawn, "margin": lands.margin, "lands": encode(lands.cells)}
    return {**sides, "turned": True} if lands.turned else sides
