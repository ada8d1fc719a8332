"""Flip: cross-correlation and convolution side by side: the kernel as it is, and turned by 180° before it slides.

The scene's own sums come first; beside them stand those of the same scene with the other `flip`.
static/js/views/flip.js makes the same frames.
"""

import re
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.scene.scene import Scene
from app.views.common.companion import OTHER, Pair, changed, marked, other_outlines, other_plane
from app.views.common.gather import Gather
from app.views.frame import Fill, Frame, Link
from app.views.marks import differences
from app.views.plane import as_plane
from app.views.view import Place, Titled
from app.views.words import flip as words
from kernels.cached import cached_property

CORRELATION, CONVOLUTION = "⋆", "∗"
NAME = re.compile(r"[a-z][a-z-]*(:\d+)?")
"""A kernel's text that is a name and can be said."""


@dataclass(frozen=True)
class FlipNote:
    """What turning does to this kernel."""

    sentence: str
    turn: str = words.TURN


class Flip(Pair):
    """A convolution computed twice at every step, with its kernel as it is and turned."""

    name = "flip"
    act = "turn"

    @property
    def is_turned(self) -> bool:
        """Whether the scene itself is a true convolution."""
        return bool(self.scene.layer.parameters["flip"])

    @cached_property
    def other(self) -> Scene:
        scene = changed(self.scene, flip=None if self.is_turned else "true")
        assert scene is not None  # turning a kernel moves no window, so nothing is refused
        return scene

    @cached_property
    def apart(self) -> NDArray[np.float64]:
        """How far apart both outputs are, shape (filters, *cells)."""
        return np.abs(self.scene.results - self.other.results)

    @property
    def telling_step(self) -> int:
        """Where turning changes most."""
        chosen = self.scene.presentation.filter
        if chosen is None:
            return int(self.apart.argmax()) if self.apart.any() else super().telling_step
        return chosen * self.area + int(self.apart[chosen].argmax())

    # What one step shows.

    def frame(self, step: int) -> Frame:
        own, other = super().frame(step), self.companion.frame(step)
        marks = (CONVOLUTION, CORRELATION) if self.is_turned else (CORRELATION, CONVOLUTION)
        fills: list[Fill] = [{**fill, "plane": fill["plane"] + OTHER} for fill in other["fills"]]
        links: list[Link] = [
            {**link, "start": link["start"] + OTHER, "end": link["end"] + OTHER} for link in other["links"]
        ]
        turned = [outline for outline in other["outlines"] if not outline["plane"].startswith("x.")]
        return {
            "step": step,
            "fills": [*own["fills"], *fills],
            "outlines": [*own["outlines"], *other_outlines(turned)],
            "links": [link for link in (*own["links"], *links) if link["role"] == "output"],
            "labels": [],
            "equation": {**marked(own["equation"], marks[0]), "other": marked(other["equation"], marks[1])},
        }

    def places(self, frame: Frame) -> tuple[Place, ...]:
        """The input, and two lanes: kernel, products and output of each."""
        step = frame["step"]
        filter, _ = self.place(step)
        [channel] = self.arrangement.channels
        first, second = ("turned", "as-is") if self.is_turned else ("as-is", "turned")
        return (
            Place("input", (self.titled_input(channel),)),
            Place(f"lane {first}", self.lane(self, filter, channel, step)),
            Place(f"lane {second}", tuple(map(in_other_lane, self.lane(self.companion, filter, channel, step)))),
        )

    def lane(self, view: Gather, filter: int, channel: int, step: int) -> tuple[Titled, ...]:
        """One way to lay the kernel: the kernel, its products with the window, and the output."""
        turned = view.turned
        output = view.output_plane(filter)
        marks = () if self.scene.presentation.predict else differences(as_plane(self.apart[filter]), output)
        title = words.CONVOLUTION if turned else words.CORRELATION
        return (
            Titled(view.slice_plane(filter, channel), words.TURNED if turned else words.AS_GIVEN),
            Titled(
                view.product_plane(filter, channel, step),
                words.PRODUCTS,
                words.WITH_TURNED if turned else words.WITH_IT,
            ),
            Titled(output, title, marks=marks),
        )

    # The note.

    def note(self, prefix: str) -> FlipNote:
        weights = self.scene.w
        turned = np.flip(weights, tuple(range(2, weights.ndim)))
        name = self.scene.text("w")
        kernel, be = (name, "is") if NAME.fullmatch(name) else words.THESE if len(weights) > 1 else words.THIS
        differ, count = int((self.apart != 0).sum()), self.apart.size
        if np.array_equal(turned, weights):
            sentence = words.SYMMETRIC
        elif not differ:
            sentence = words.BY_CHANCE
        else:
            sentence = words.OPPOSITE if np.array_equal(turned, -weights) else words.OTHERWISE
        bias = "" if self.scene.b is None else words.BEFORE_BIAS
        marked = "" if self.output_plane(0).is_picture else words.MARKED
        said = sentence.format(kernel=kernel, be=be, bias=bias, differ=differ, count=count, marked=marked)
        return FlipNote(said[0].upper() + said[1:] if kernel != name else said)


def in_other_lane(titled: Titled) -> Titled:
    return replace(titled, plane=other_plane(titled.plane))
