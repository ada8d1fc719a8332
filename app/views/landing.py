"""How the numbers of a scene's data land on its result: what a scatter knows of the operation."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.refusal import Refusal
from app.scene import Scene
from app.views.plane import as_plane
from app.words import scatter as words
from kernels.axis import Axis, Cells
from kernels.pooling import divisors
from kernels.relation import plane_feeds
from kernels.scatter import LINE, Landed, Landing, Lands, land, scatter, sends_of, stamp_lands, window_lands

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Scattering:
    """The data of one scene, landing."""

    landing: Landing
    tell: Callable[[int, int, Sequence[int]], Landed]
    """(start, stop, result planes) → what these steps did to these planes."""
    spots: Cells | None = None
    """Where an index says it: the cell of each number of the data, shape (C, data cells)."""
    adds: bool = True
    """Whether what lands is added, or takes the place of what was there."""
    divisors: Cells | None = None
    """What each number of a data plane is divided by before it lands, shape (data cells,)."""
    ruled: bool = False
    """Whether the stamps lie a stride apart."""

    def cells(self, channel: int, data: int) -> list[int]:
        """On which cell each place of a stamp lands, or −1."""
        if self.spots is not None:
            return [int(self.spots[channel, data])]
        at = np.array([data])
        rows, cols = self.landing.rows.places, self.landing.cols.places
        return [int(self.landing.cells(at, row, col)[0]) for row in range(rows) for col in range(cols)]

    @property
    def margin(self) -> tuple[int, int, int, int]:
        """Cells above, right of, below and left of the result, which are cut off."""
        (top, bottom), (left, right) = self.landing.rows.margin, self.landing.cols.margin
        return top, right, bottom, left


def forward(scene: Scene) -> Scattering:
    """A convolution, told by its inputs. Only zeros may stand around them: copies would land more than once."""
    mode = scene.layer.parameters["padding_mode"]
    if mode != "zeros" and any(any(axis.padding) for axis in axes_of(scene)):
        raise Refusal(words.ONLY_ZEROS.format(mode=mode), loc=("padding_mode",))
    return weighed(scene, window_lands)


def transposed(scene: Scene) -> Scattering:
    """A transposed convolution, or the gradient of a convolution's input."""
    return weighed(scene, stamp_lands, ruled=True)


def averaged(scene: Scene) -> Scattering:
    """The gradient of an average: every window shares its number out among its cells."""
    layer = scene.layer
    shares: Mapping[str, Any] = {name: layer.parameters[name] for name in ("count_include_pad", "divisor_override")}
    counts = divisors(axes_of(scene), **shares).ravel()
    landing = landing_of(scene, stamp_lands, plane_feeds(len(scene.data)))
    ones = np.ones((1, landing.places))  # which weight plane −1 takes, as there is but one
    shared = flat(scene.data) / counts

    def tell(start: int, stop: int, told: Sequence[int]) -> Landed:
        return scatter(shared, ones, landing, start, stop, told)

    return Scattering(landing, tell, divisors=counts, ruled=True)


def indexed(scene: Scene) -> Scattering:
    """Every number goes to the cell that an index names; unpooling lets the last one stay, gradients add up."""
    layer = scene.layer
    assert layer.landing is not None
    rows, cols = layer.y_shape[-2:]
    spots, data, adds = layer.landing.reshape(len(scene.data), -1), flat(scene.data), layer.data != "x"
    sides = as_plane(scene.data[0]).shape
    lands = [Lands(np.zeros((side, 1), np.intp), drawn) for side, drawn in zip(sides, (rows, cols), strict=True)]
    landing = Landing(lands[0], lands[1], plane_feeds(len(data)), len(data))

    def tell(start: int, stop: int, told: Sequence[int]) -> Landed:
        landed = land(data, spots, rows * cols, adds=adds, start=start, stop=stop)
        return replace(landed, before=landed.before[list(told)])

    return Scattering(landing, tell, spots=spots, adds=adds)


def weighed(scene: Scene, lands: Callable[[Axis], Lands], ruled: bool = False) -> Scattering:
    """Every number, times a kernel."""
    landing = landing_of(scene, lands, scene.layer.relation.feeds)
    values, kernels = flat(scene.data), laid(scene, landing)

    def tell(start: int, stop: int, told: Sequence[int]) -> Landed:
        return scatter(values, kernels, landing, start, stop, told)

    return Scattering(landing, tell, ruled=ruled)


def landing_of(scene: Scene, lands: Callable[[Axis], Lands], feeds: Any) -> Landing:
    along = [LINE, *map(lands, axes_of(scene))][-2:]
    return Landing(along[0], along[1], sends_of(feeds, len(scene.data)), len(scene.results))


def laid(scene: Scene, landing: Landing) -> Array:
    """The weights in the order of a stamp's places, shape (planes, places)."""
    weights = scene.weights
    assert weights is not None
    values = flat(weights)
    return values[:, ::-1] if landing.cols.turned else values


def flat(planes: Array) -> Array:
    return planes.reshape(len(planes), -1)


def axes_of(scene: Scene) -> list[Axis]:
    return [axis for axis in scene.layer.axes if isinstance(axis, Axis)]
