"""What is read when the operation goes the other way: the data with zeros between and around, the kernel turned."""

from dataclasses import replace

from app.views.common.gather import Gather
from app.views.plane import Plane
from app.views.view import Titled
from app.views.words import scatter as words


class Stretching(Gather):
    """Windows over data that is not drawn as it is given: the titles say what has become of it."""

    @property
    def stride(self) -> tuple[int, int]:
        """How far apart the numbers of the data are drawn, along rows and columns."""
        if not self.is_stretched:
            return 1, 1
        rows, cols = [1, *(axis.stride for axis in self.scene.layer.windows)][-2:]
        return rows, cols

    @property
    def is_stretched(self) -> bool:
        """Whether the relation is read from its other end, as a transposed convolution does."""
        return self.scene.operation.stretches

    def input_plane(self, channel: int) -> Plane:
        return replace(super().input_plane(channel), spread=self.stride)

    def titled_input(self, channel: int) -> Titled:
        titled = super().titled_input(channel)
        return replace(titled, title=self.drawn_as.format(name=titled.title))

    @property
    def drawn_as(self) -> str:
        """What has become of the data: zeros between its numbers, or only around them."""
        if max(self.stride) > 1:
            return words.STRETCHED
        return words.PADDED if self.is_stretched and self.has_rim else "{name}"

    @property
    def has_rim(self) -> bool:
        return any(side > 0 for reads in self.reads for side in reads.margin)

    def titled_slice(self, filter: int, channel: int) -> Titled:
        titled = super().titled_slice(filter, channel)
        return replace(titled, title=words.TURNED.format(name=titled.title)) if self.turned else titled
