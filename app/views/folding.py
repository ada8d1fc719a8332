"""Folding: a scatter whose stamps are columns of x. static/js/views/columns.js makes the same frames."""

from typing import Any

from app.address.phrases import counted
from app.grids.spelling import spell
from app.scene.scene import Scene
from app.text.encoding import encode
from app.views.arrangement import Arrangement
from app.views.common.columns import Columns
from app.views.common.note import Note, Way
from app.views.common.running_sums import RunningSums
from app.views.common.scattering import folded
from app.views.frame import Frame
from app.views.marks import cut_off
from app.views.rhythm import Rhythm
from app.views.view import Place, Titled
from app.views.words import columns as words


class Folding(Columns):
    """torch.nn.functional.fold: each column of x lands where its window was, and what meets there adds up."""

    letter = "x"

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene, scene.layer.y_shape[0], scene.presentation.filter)
        self.sums = RunningSums(scene, folded(scene), self.drawn)

    @property
    def filters(self) -> int:
        return self.scatter_map.planes

    @property
    def arrangement(self) -> Arrangement:
        return Arrangement((0,), self.drawn)

    @property
    def rhythm(self) -> Rhythm:
        """A column of nothing but zeros is plain."""
        cols, size = self.scatter_map.cols.size, self.scatter_map.size
        return Rhythm(self.steps, cols, size, lambda step: not self.matrix[:, step].any())

    def places(self, frame: Frame) -> tuple[Place, ...]:
        pictures = tuple(self.titled_picture(plane, frame["step"]) for plane in self.drawn)
        return self.placed(pictures, self.titled_matrix(self.matrix))

    def titled_picture(self, plane: int, step: int) -> Titled:
        drawn = self.sums.plane(plane, step)
        marks = (*self.sums.dots(plane, step, drawn), *cut_off(drawn.margin))
        return Titled(drawn, self.channel_title(plane), marks=marks)

    @property
    def numbers_per_step(self) -> int:
        return 2 * len(self.drawn) * self.scatter_map.places

    def batch(self, start: int, stop: int) -> dict[str, Any]:
        """Of the planes that are drawn, what the cells touched held before and after each step; the picture before
        these steps, rim included, and at the end y: not where they are too large for numbers."""
        trace = self.sums.scattering.compute(start, stop, self.drawn)
        computed = {"was": encode(trace.was), "after": encode(trace.after)}
        if self.is_photo:
            return computed
        y = self.scene.results[list(self.drawn)]
        end = {"y": encode(y.reshape(len(y), -1))} if stop == self.steps else {}
        return {**computed, "before": encode(trace.before), **end}

    def frame(self, step: int) -> Frame:
        tallies = [tally for plane in self.drawn for tally in self.sums.tallies(plane, step)]
        return {
            "step": step,
            "fills": self.sums.fills(step),
            "outlines": self.outlines(step),
            "links": [],
            "labels": [],
            "equation": self.equation(step, tallies),
        }

    def note(self, prefix: str) -> Note:
        met = int((self.covered > 1).sum()) * self.filters
        is_count = bool((self.matrix == 1).all())
        sentence = words.COUNTED if is_count else words.ADDED if met else words.LAID_OUT
        again = () if self.scene.presentation.predict else self.again(prefix)
        ways = (*(() if is_count or not met else self.ones(prefix)), *again)
        return Note(sentence.format(cells=counted(met, "cell")), ways)

    def again(self, prefix: str) -> tuple[Way, ...]:
        """The windows of y: an address that holds every number of it."""
        return self.ways(words.UNFOLD_AGAIN, prefix, "unfold", {"x": spell(self.scene.y, 2, "input")})
