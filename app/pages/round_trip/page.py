"""There and back: `/there-and-back?x=…&w=…&stride=…`, a convolution and its transpose, and what did not come back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from markupsafe import Markup
from starlette.routing import Route

from app.address.names import check_names
from app.address.parameters import spell_counts, spell_pair
from app.address.phrases import counted, times
from app.address.query import Raw, addressed
from app.address.refusal import Refusal
from app.grids.spelling import spell
from app.operations import OPERATIONS
from app.operations.common.fields import left_out
from app.pages.compare.page import OWN_SETTINGS, Side, pair_box
from app.pages.controls import Choice
from app.pages.figure import Figure
from app.pages.requests import page_and_document
from app.pages.round_trip import words
from app.pages.scene.stage import stage
from app.pages.templates import render
from app.painters.svg import plane_svg
from app.scene.reading import read_scene
from app.scene.scene import Array, Scene
from app.settings import Limits
from app.stream import document as data
from app.text import page
from app.text.encoding import dumps
from app.text.format import short
from app.views.plane import Plane, largest
from app.views.table import view_of
from kernels.cached import cached_property

PATH = "/there-and-back"
DEFAULTS = {"x": "random:6x6:1", "w": "0,1,0;1,2,1;0,1,0", "stride": "2", "padding": "0", "dilation": "1"}
"""What a bare page shows: a stride that leaves the last row and column unread."""
KERNELS = ("0,1,0;1,2,1;0,1,0", "identity", "box", "sobel-x", "ones:2x2")
INPUTS = ("random:6x6:1", "seven", "x-bits", "ramp:5x5")
NUMBERS = ("1", "2", "3")
WIDTH, LEAST_CELL, MOST_CELL = 740, 10, 40


@dataclass(frozen=True)
class RoundTrip:
    """A convolution, and the transposed convolution with the same weights over its output."""

    forward: Scene
    back: Scene

    @cached_property
    def difference(self) -> Array:
        """What came back minus what it was, the shape of x."""
        difference: Array = self.back.y - self.forward.x + 0.0
        return difference

    @property
    def changed(self) -> int:
        return int(np.count_nonzero(self.difference))

    @property
    def unread(self) -> int:
        """How many cells of x no window reads, in one channel."""
        sides = self.forward.x.shape[1:]
        read = [side - len(unused) for side, unused in zip(sides, self.forward.layer.unused, strict=True)]
        return int(np.prod(sides) - np.prod(read))

    @cached_property
    def spelled(self) -> dict[str, str]:
        """The canonical fields, defaults left out."""
        layer = self.forward.layer
        fields = {"x": self.forward.text("x"), "w": self.forward.text("w"), **defaulted(layer.spelled)}
        return left_out(fields, DEFAULTS)

    def address(self, extension: str = "", /, **changes: str) -> str:
        """The canonical path and query, some fields replaced."""
        return addressed(PATH + extension, left_out({**self.spelled, **changes}, DEFAULTS))

    @property
    def sentences(self) -> list[str]:
        shapes = {"x": size_of(self.forward.x), "y": size_of(self.forward.y)}
        return [words.SHAPE.format(**shapes), self.about_values, *self.about_unread]

    @property
    def about_values(self) -> str:
        count = self.difference.size
        if not self.changed:
            return words.NONE_CHANGED.format(count=count)
        sizes = np.abs(self.difference)
        first, *others = np.argwhere(sizes == sizes.max()).tolist()
        place = ", ".join(map(str, first if len(sizes) > 1 else first[1:]))
        also = words.ALSO.format(places=counted(len(others), "other place")) if others else ""
        largest = short(float(sizes.max()))
        return words.CHANGED.format(changed=self.changed, count=count, largest=largest, place=place, also=also)

    @property
    def about_unread(self) -> list[str]:
        """Of the cells that no window reads, if there are any."""
        if not self.unread:
            return []
        cells, them, they = words.CELLS[self.unread == 1]
        rim = output_padding(self.forward)
        sentence = words.UNREAD if any(rim) else words.UNREAD_INSIDE
        cells = cells.format(count=self.unread)
        return [sentence.format(cells=cells, them=them, they=they, output_padding=spell_counts(rim))]


def size_of(grid: Array) -> str:
    """6×6; the channels go along where there are several."""
    return times(grid.shape if len(grid) > 1 else grid.shape[1:])


def routes() -> list[Route]:
    return page_and_document(PATH, read_round_trip, round_trip_page, document)


def read_round_trip(raw: Raw, limits: Limits) -> RoundTrip:
    """The two halves that these raw values ask for. Raises Refusal or Refusals, each with its sentence."""
    operation = OPERATIONS["conv2d"]
    check_names(raw, words.PAGE, DEFAULTS)
    forward = read_scene(operation, {**DEFAULTS, **raw}, limits)
    for axis in forward.layer.windows:
        if axis.padding[0] != axis.padding[1]:
            raise Refusal(words.ONE_SIDED.format(padding=spell_pair(axis.padding)), loc=("padding",))
    return RoundTrip(forward, read_scene(OPERATIONS["conv_transpose2d"], way_back(forward), limits))


def way_back(forward: Scene) -> Raw:
    """The fields of the transposed convolution: the same weights and numbers, over the output."""
    axes = forward.layer.windows
    return {
        "x": spell(forward.y, 2, "input"),
        "w": spell(forward.w, 2, "weights", shared=0),
        "stride": spell_counts(tuple(axis.stride for axis in axes)),
        "padding": spell_counts(tuple(axis.padding[0] for axis in axes)),
        "dilation": spell_counts(tuple(axis.dilation for axis in axes)),
        "output_padding": spell_counts(output_padding(forward)),
    }


def output_padding(forward: Scene) -> tuple[int, ...]:
    """How many cells at the end no window read: the output's size alone does not determine it."""
    return tuple(
        axis.padded_size - (axis.output_size - 1) * axis.stride - axis.extent for axis in forward.layer.windows
    )


def defaulted(spelled: Mapping[str, str]) -> dict[str, str]:
    """The parameters of the convolution, where its own default is not this page's."""
    return {name: spelled.get(name, usual) for name, usual in (("stride", "1"), ("padding", "0"), ("dilation", "1"))}


def round_trip_page(trip: RoundTrip) -> str:
    return render(
        "round_trip.html",
        title=words.TITLE,
        said=words,
        path=PATH,
        here=PATH,
        trip=trip,
        sides=[side("there", trip.forward), side("back", trip.back)],
        results=results(trip),
        groups=groups(trip),
        fields={name: (trip.spelled.get(name, ""), usual) for name, usual in DEFAULTS.items()},
    )


def side(name: str, scene: Scene) -> Side:
    drawn = stage(view_of(scene), box=pair_box())
    kept = {key: value for key, value in drawn.settings.items() if key not in OWN_SETTINGS}
    return Side(name, scene, replace(drawn, settings=kept))


def results(trip: RoundTrip) -> list[list[Figure]]:
    """For each channel, what came back, what it was, and the difference."""
    x, back = trip.forward.x, trip.back.y
    cell = min(max(WIDTH // (3 * x.shape[-1]), LEAST_CELL), MOST_CELL)
    rows = []
    for channel in range(len(x)):
        note = words.CHANNEL.format(index=channel) if len(x) > 1 else ""
        planes = [
            Plane(f"b.{channel}", "input", "", back[channel], largest(back)),
            Plane(f"x.{channel}", "input", "", x[channel], largest(x)),
            Plane(f"d.{channel}", "product", "", trip.difference[channel], largest(trip.difference)),
        ]
        rows.append([draw(plane, note, cell) for plane in planes])
    return rows


def draw(plane: Plane, note: str, cell: int) -> Figure:
    title, letter, label = words.RESULTS[plane.id[0]]
    said = page.PLANE_LABEL.format(what=f"{label} {note}".strip(), rows=plane.rows, cols=plane.cols)
    svg = plane_svg(plane, label=said, width=plane.cols * cell)
    return Figure(plane.id, Markup(svg), title, plane.space, letter, note)


def groups(trip: RoundTrip) -> list[tuple[str, list[Choice]]]:
    """The round trips around this one, setting by setting."""
    return [
        (words.STRIDES, chips(trip, "stride", NUMBERS)),
        (words.PADDINGS, chips(trip, "padding", ("0", "1"))),
        (words.KERNELS, chips(trip, "w", KERNELS)),
        (words.INPUTS, chips(trip, "x", INPUTS)),
    ]


def chips(trip: RoundTrip, name: str, values: tuple[str, ...]) -> list[Choice]:
    now = trip.spelled.get(name, DEFAULTS[name])
    return [Choice(words.NAMES.get(value, value), trip.address(**{name: value}), now == value) for value in values]


def document(trip: RoundTrip) -> bytes:
    """Both halves, and what did not come back."""
    return dumps(
        {
            "there": data.describe(view_of(trip.forward)),
            "back": data.describe(view_of(trip.back)),
            "difference": data.grid(trip.difference),
            "changed": trip.changed,
            "unread": trip.unread * len(trip.forward.x),
            "output_padding": output_padding(trip.forward),
        }
    )
