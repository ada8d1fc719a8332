"""Im2col: all windows as the columns of one matrix X, all kernels as the rows of W, and the output is W · X.

What lights is regular, so both sides take it from the same tables; static/js/views/im2col.js says what a cell is.
"""

from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.address.parameters import spell_counts
from app.address.phrases import counted
from app.address.refusal import Refusal
from app.scene.scene import Scene
from app.views.common.gather import Gather
from app.views.common.lighting import Lighting
from app.views.common.note import Note, Way, ways_to
from app.views.common.small_grids import small_grids
from app.views.frame import Frame
from app.views.marks import blocks, matrix_legend
from app.views.plane import Plane, largest
from app.views.view import Place, Titled
from app.views.words import columns as words
from kernels.cached import cached_property

Array = NDArray[np.float64]

MOST = 400
"""Cells that the matrices may take along one side, as they lie beside each other."""


class Im2col(Gather):
    """A convolution as one product of matrices: step k is a row of W times a column of X."""

    name = "im2col"

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        if scene.layer.groups > 1:
            raise Refusal(words.ONE_GROUP.format(groups=scene.layer.groups), loc=("groups",))
        rows, cols = self.taps + self.filters, self.taps + self.area
        if max(rows, cols) > MOST:
            sentence = words.SIZE.format(rows=rows, cols=cols, most=MOST)
            raise Refusal(sentence, type="too_large", loc=("view",))

    @property
    def taps(self) -> int:
        """The weights of a filter: the length of a row of W, and of a column of X."""
        return prod(self.scene.layer.shape("w")[1:])

    @property
    def is_table(self) -> bool:
        """Never: the matrices are the table."""
        return False

    # The matrices.

    @cached_property
    def unfolded(self) -> Array:
        """X, shape (channels · places, windows): under each window what it reads, as it is drawn."""
        rows, cols = self.reads
        windows = (
            rows.taps[:, np.newaxis, :, np.newaxis] * cols.drawn + cols.taps[np.newaxis, :, np.newaxis, :]
        ).reshape(self.area, -1)
        return np.concatenate([self.drawn(channel).ravel()[windows].T for channel in range(len(self.scene.data))])

    @cached_property
    def kernels(self) -> Array:
        """W, shape (filters, channels · places): each filter as a row, turned where the kernel is."""
        channels = range(len(self.scene.data))
        rows = [[self.slice(self.weight_of(filter, c)).ravel() for c in channels] for filter in range(self.filters)]
        return np.array([np.concatenate(row) for row in rows])

    # What one step shows.

    @property
    def lighting(self) -> tuple[Lighting, ...]:
        """A row of W, a column of X, and their product in Y."""
        return (
            Lighting("W.0", "kernel", by_filter=self.taps, by_cell=0, count=self.taps),
            Lighting("X.0", "window", by_filter=0, by_cell=1, count=self.taps, every=self.area),
            Lighting("Y.0", "output", by_filter=self.area, by_cell=1),
        )

    # What is drawn.

    def places(self, frame: Frame) -> tuple[Place, ...]:
        """The grids as one knows them; under them W, and to its right X over Y, so that rows and columns meet in Y."""
        kernels, unfolded, written = self.titled_matrices()
        small = small_grids(self, self.place(frame["step"])[0])
        return (
            Place("grids", small),
            Place("kernels", (kernels,), is_grounded=True),
            Place("columns", (unfolded, written), is_grounded=True),
        )

    def titled_matrices(self) -> tuple[Titled, Titled, Titled]:
        """W, X and Y, their cells of one size."""
        layer, first = self.scene.layer, self.scene.presentation.first_index
        kernels = Plane("W.0", "tap", "", self.kernels, largest(self.scene.weights))
        unfolded = Plane("X.0", self.space(layer.data), "", self.unfolded, largest(self.scene.data))
        written = Plane("Y.0", self.space("y"), "", self.scene.y.reshape(self.filters, -1), largest(self.scene.y))
        channels = len(self.scene.data)
        legend = matrix_legend(unfolded, channels, self.reads[1].places, first)
        bias = "" if self.scene.b is None else words.AND_BIAS
        many = self.filters > 1
        return (
            Titled(kernels, words.W, words.ROWS_MANY if many else words.ROWS, small=False),
            Titled(unfolded, words.X, words.WINDOWS, (*legend, *blocks(channels))),
            Titled(written, words.Y.format(bias=bias), words.RESULTS if many else words.ONE_RESULT, small=False),
        )

    # The note.

    def note(self, prefix: str) -> Note:
        product = words.PRODUCT.format(filters=self.filters, taps=self.taps, windows=self.area)
        size = self.scene.data.size
        more = self.unfolded.size > size
        written = words.WRITTEN.format(x=counted(size, "number"), columns=f"{self.unfolded.size:,}")
        return Note(product + (written if more else words.ONCE), self.unfold_alone(prefix))

    def unfold_alone(self, prefix: str) -> tuple[Way, ...]:
        """The same windows as unfold's, which knows pictures and even rims of zeros only."""
        axes = self.scene.layer.windows
        is_even = all(axis.padding[0] == axis.padding[1] >= 0 for axis in axes)
        mode: Any = self.scene.layer.parameters["padding_mode"]
        if len(axes) < 2 or not is_even or mode != "zeros":
            return ()
        numbers = {
            "kernel_size": [axis.kernel_size for axis in axes],
            "dilation": [axis.dilation for axis in axes],
            "padding": [axis.padding[0] for axis in axes],
            "stride": [axis.stride for axis in axes],
        }
        usual = {"kernel_size": "2", "dilation": "1", "padding": "0", "stride": "1"}
        spelled = {name: spell_counts(tuple(each)) for name, each in numbers.items()}
        fields = {name: text for name, text in spelled.items() if text != usual[name]}
        return ways_to(self.scene, words.UNFOLD_ALONE, f"{prefix}/unfold", {"x": self.scene.text("x"), **fields})
