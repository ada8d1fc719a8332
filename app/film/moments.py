"""What is seen at a moment within a step: the acts of static/js/paint.js and of the paint.js of each view, drawn.

A step's time is shared by its acts: the outline glides, products light in reading order, collapse into their sum, and
the sum flies to its output. Of a scatter a number lifts, its stamp lights, and lands; of columns all numbers of a
window fly at once; and before a flip the kernel turns.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from math import ceil, nan
from typing import NamedTuple

import numpy as np

from app.layout.box import Spot
from app.layout.layout import Layout, arrange
from app.layout.sheet import Sheet
from app.painters.drawing import is_seen
from app.painters.motion import Motion
from app.painters.palette import Palette
from app.painters.reading import ReadLine
from app.text.format import short
from app.views.frame import Fill, Frame, Outline
from app.views.marks import Dots
from app.views.plane import Plane
from app.views.table import view_of
from app.views.view import View

GLIDED, MULTIPLIED, COLLAPSED = 0.22, 0.64, 0.78
LIFTS, LIFTED, STAMPED, LANDED = 0.08, 0.26, 0.52, 0.86
"""Of a scatter."""
AIMED, COPIED = 0.25, 0.85
"""Of columns."""
TURNED = 0.6
"""Of the first step of a flip."""
MOST_FLYING = 600
SHRUNK = 0.35
"""How much smaller products become before they are a sum."""
MOST_NUMBERS = 64
"""More cells than these fly without their numbers."""
RESULTS = "ya"
RUN = Motion(is_run=True)


class Moment(NamedTuple):
    """A drawing, and what of it is on its way."""

    layout: Layout
    frame: Frame
    motion: Motion


class Moments:
    """The moments of one view, in its colours."""

    def __init__(self, view: View, palette: Palette) -> None:
        # A scene that names no step is whole, and a film begins with nothing.
        begun = view.scene.presentation.step or 0
        self.view = shown_with(view, step=begun)
        self.palette = palette
        self.step = lru_cache(3)(self.step_at)
        self.leading = lru_cache(2)(self.leading_at)
        self.read_line = ReadLine()

    def step_at(self, step: int) -> tuple[Layout, Frame]:
        """The drawing of a step in a run: what lies ahead is not complete."""
        layout, frame = arrange(self.leading(self.plane_of(step)), step)
        return replace(layout, is_complete=False), frame

    def plane_of(self, step: int) -> int | None:
        """The filter or channel that the playhead has come to, where not all of them are drawn."""
        plane, drawn = self.view.plane_of(step), self.view.arrangement
        return None if plane in (drawn.filters if self.view.leads == "filter" else drawn.channels) else plane

    def leading_at(self, plane: int | None) -> View:
        """The view in which this plane is drawn."""
        return self.view if plane is None else shown_with(self.view, **{self.view.leads: plane})

    def at(self, step: int, phase: float) -> Moment:
        layout, frame = self.step(step)
        if phase >= 1:
            return Moment(layout, frame, RUN)
        acts = {"sum": self.summed, "stamp": self.stamped, "copy": self.copied, "turn": self.turned}
        return acts[self.view.act](layout, frame, step, phase)

    # A window becomes a number.

    def summed(self, layout: Layout, frame: Frame, step: int, phase: float) -> Moment:
        share = clamped((phase - GLIDED) / (MULTIPLIED - GLIDED))
        collapse = clamped((phase - MULTIPLIED) / (COLLAPSED - MULTIPLIED))
        motion = RUN._replace(
            glides=self.glides(frame, step, ease(min(phase / GLIDED, 1)), "window"),
            shrink=1 - SHRUNK * ease(collapse),
            is_loose=phase < GLIDED or phase > MULTIPLIED,
            is_pending=phase < COLLAPSED,
            flying=self.sum_flying(layout, frame, phase) if phase > MULTIPLIED else "",
        )
        seen: Frame = {
            **frame,
            "fills": [held_back(fill, frame) for fill in frame["fills"]],
            "outlines": [outline for outline in frame["outlines"] if is_seen_at(outline, phase)],
            "labels": frame["labels"] if phase >= MULTIPLIED else [],
        }
        return Moment(with_planes(layout, lambda sheet: lit(sheet, share)), seen, motion)

    def sum_flying(self, layout: Layout, frame: Frame, phase: float) -> str:
        """The sum leaves the products and lands on its output."""
        output = next((outline for outline in frame["outlines"] if outline["role"] == "output"), None)
        spots = spots_of(layout)
        if output is None or output["plane"] not in spots or frame["equation"]["kind"] != "sum":
            return ""
        ways = [link for link in frame["links"] if link["role"] == "output" and link["end"] == output["plane"]]
        sources = [spots[link["start"]] for link in ways if link["start"] in spots]
        if not sources or not output["cells"]:
            return ""
        plane, spot = sources[-1]
        right, bottom = spot.x + plane.cols * spot.cell, spot.y + plane.rows * spot.cell
        start = (right + 46, bottom + 4) if len(ways) > 1 else (right + 34, spot.y + plane.rows * spot.cell / 2)
        end = middle_of(*spots[output["plane"]], output["cells"][0])
        share = ease(clamped((phase - COLLAPSED) / (1 - COLLAPSED)))
        return self.pill(short(frame["equation"]["y"]), between(start, end, share), "output")

    def turned(self, layout: Layout, frame: Frame, step: int, phase: float) -> Moment:
        """Before the first window the kernel that convolves turns into its place."""
        moment = self.summed(layout, frame, step, phase)
        if step or phase >= TURNED:
            return moment
        return moment._replace(motion=moment.motion._replace(turn=180 * (ease(phase / TURNED) - 1)))

    # A window becomes a column, or a column a window.

    def copied(self, layout: Layout, frame: Frame, step: int, phase: float) -> Moment:
        motion = RUN._replace(
            glides=self.glides(frame, step, ease(min(phase / AIMED, 1)), "window", "output"),
            flying=self.copying(layout, frame, (phase - AIMED) / (COPIED - AIMED)),
        )
        return Moment(self.holding(layout, step - 1) if phase < COPIED else layout, frame, motion)

    def copying(self, layout: Layout, frame: Frame, share: float) -> str:
        """Each number leaves its cell, for the cell that is its place in the other plane."""
        column = frame["equation"]
        if not 0 < share < 1 or column["kind"] != "column" or len(column["numbers"]) > MOST_FLYING:
            return ""
        spots, (matrix, *_) = spots_of(layout), matrices(frame, column["grid"])
        tiles = []
        for outline in frame["outlines"]:
            plane, cells = outline["plane"], outline["cells"]
            if plane == matrix["plane"] or not {plane, matrix["plane"]} <= spots.keys():
                continue
            first = int(plane.split(".")[1]) * len(cells)
            for place, cell in enumerate(cells, first):
                ends = box_of(*spots[plane], cell), box_of(*spots[matrix["plane"]], matrix["cells"][place])
                start, end = ends if column["grid"] == "y" else ends[::-1]
                value, is_numbered = self.shown(column["numbers"][place]), len(column["numbers"]) <= MOST_NUMBERS
                tiles.append(self.tile(between(start, end, ease(share)), value, is_numbered))
        return "".join(tiles)

    # A number becomes a stamp.

    def stamped(self, layout: Layout, frame: Frame, step: int, phase: float) -> Moment:
        share = clamped((phase - LIFTED) / (STAMPED - LIFTED))
        motion = RUN._replace(
            glides=self.glides(frame, step, ease(min(phase / LIFTED, 1)), "window", "output"),
            is_loose=phase < LIFTED or phase > STAMPED,
            is_pending=phase < LANDED,
            flying=self.lifting(layout, frame, phase) + self.landing(layout, frame, phase),
        )
        if phase < LANDED:
            layout = self.holding(layout, step - 1)
        return Moment(with_planes(layout, lambda sheet: lit(sheet, share)), frame, motion)

    def holding(self, layout: Layout, step: int) -> Layout:
        """The drawing with results as they were after another step, or before the first one, empty."""
        if step < 0:
            return with_planes(layout, emptied)
        before = {sheet.plane.id: sheet for sheet in self.step(step)[0].sheets}

        def held(sheet: Sheet) -> Sheet:
            was = before.get(sheet.plane.id) if sheet.plane.id[0] in RESULTS else None
            return replace(sheet, plane=was.plane, marks=was.marks) if was else sheet

        return with_planes(layout, held)

    def lifting(self, layout: Layout, frame: Frame, phase: float) -> str:
        """The number leaves its cell for the kernel or, where there is none, for its stamp."""
        spots = spots_of(layout)
        data = next((outline for outline in frame["outlines"] if outline["role"] == "window"), None)
        goals = [outline["plane"] for outline in frame["outlines"] if outline["role"] == "kernel"]
        target = next(
            (spots[goal] for goal in [*goals, *(link["end"] for link in frame["links"])] if goal in spots), None
        )
        if data is None or target is None or data["plane"] not in spots or not LIFTS < phase < LIFTED:
            return ""
        plane, spot = spots[data["plane"]]
        start = middle_of(plane, spot, data["cells"][0])
        goal, at = target
        end = at.x + goal.cols * at.cell / 2, at.y + goal.rows * at.cell / 2
        share = ease((phase - LIFTS) / (LIFTED - LIFTS))
        number = plane.values.ravel()[data["cells"][0]]
        return self.pill(short(float(number)), between(start, end, share), plane.space)

    def landing(self, layout: Layout, frame: Frame, phase: float) -> str:
        """The cells of the stamp leave it, each for the cell of the result on which it lands."""
        if not STAMPED < phase < LANDED:
            return ""
        spots, share = spots_of(layout), ease((phase - STAMPED) / (LANDED - STAMPED))
        fills = {fill["plane"]: fill.get("values", []) for fill in frame["fills"]}
        touched = {outline["plane"]: outline["cells"] for outline in frame["outlines"] if outline["role"] == "output"}
        tiles = []
        for link in frame["links"]:
            start, end = link["start"], link["end"]
            if link["role"] == "output" and start in spots and end in spots:
                flock = [(place, value) for place, value in enumerate(fills[start]) if value is not None]
                for (place, value), cell in zip(flock, touched[end], strict=False):
                    box = between(box_of(*spots[start], place), box_of(*spots[end], cell), share)
                    tiles.append(self.tile(box, self.shown(value), len(flock) <= MOST_NUMBERS))
        return "".join(tiles)

    def shown(self, value: float) -> float:
        """What is asked for flies unsaid."""
        return nan if self.view.scene.presentation.predict else value

    # What both have.

    def glides(self, frame: Frame, step: int, share: float, *roles: str) -> dict[str, tuple[float, float]]:
        """How far the outlines of these roles still are from their places."""
        if share >= 1 or step == 0:
            return {}
        layout, previous = self.step(step - 1)
        cols = {sheet.plane.id: sheet.plane.cols for sheet in layout.sheets}
        before = {
            (outline["plane"], outline["role"]): outline["cells"]
            for outline in previous["outlines"]
            if outline["role"] in roles
        }
        found = {}
        for outline in frame["outlines"]:
            plane, cells = outline["plane"], outline["cells"]
            was = before.get((plane, outline["role"]))
            if was and len(was) == len(cells) and plane in cols:
                start, end = corner(was, cols[plane]), corner(cells, cols[plane])
                found[plane] = ((start[0] - end[0]) * (1 - share), (start[1] - end[1]) * (1 - share))
        return found

    def pill(self, text: str, at: tuple[float, ...], space: str) -> str:
        """A number on its way, on a ground of its own."""
        width, (x, y) = 20 + 10 * len(text), at
        return (
            f'<g transform="translate({x:.2f} {y:.2f})"><rect x="{-width / 2:g}" y="-13" width="{width}" height="26"'
            f' rx="13" fill="{self.palette[space]}"/><text y="6" text-anchor="middle" font-size="17" font-weight="700"'
            f' fill="{self.palette["paper"]}">{text}</text></g>'
        )

    def tile(self, box: tuple[float, ...], value: float, is_numbered: bool) -> str:
        """A cell on its way."""
        left, top, right, bottom = box
        width, height = right - left, bottom - top
        stroke = self.palette["negative" if value < 0 else "output"]
        size = min(height * 0.38, 15)
        number = (
            f'<text x="{left + width / 2:.2f}" y="{top + height / 2 + size * 0.36:.2f}" text-anchor="middle"'
            f' font-size="{size:.2f}" font-weight="600" fill="{self.palette["ink"]}">{short(value)}</text>'
        )
        return (
            f'<rect x="{left:.2f}" y="{top:.2f}" width="{width:.2f}" height="{height:.2f}" rx="2"'
            f' fill="{self.palette["paper"]}" stroke="{stroke}" stroke-width="1.5"/>{number * is_numbered}'
        )


def shown_with(view: View, **changes: int) -> View:
    """The same scene, shown in another way."""
    presentation = view.scene.presentation.model_copy(update=changes)
    return view_of(replace(view.scene, presentation=presentation))


def matrices(frame: Frame, letter: str) -> list[Outline]:
    """The outlines of the column within the matrix, which is called so."""
    return [outline for outline in frame["outlines"] if outline["plane"] == f"{letter}.0"]


def held_back(fill: Fill, frame: Frame) -> Fill:
    """The output that this step writes is not there yet, nor are those that are compared with it."""
    output = next((outline for outline in frame["outlines"] if outline["role"] == "output"), None)
    is_own = output is not None and fill["plane"].split(".")[1] == output["plane"].split(".")[1]
    return {**fill, "shown": max(fill["shown"] - 1, 0)} if is_own and fill.get("shown") else fill


def is_seen_at(outline: Outline, phase: float) -> bool:
    """What wins its window is known once all products are there."""
    return outline["role"] != "winner" or phase > MULTIPLIED


def with_planes(layout: Layout, change: Callable[[Sheet], Sheet]) -> Layout:
    return replace(layout, sheets=tuple(map(change, layout.sheets)))


def lit(sheet: Sheet, share: float) -> Sheet:
    """Products in reading order, as far as they have been computed."""
    plane = sheet.plane
    if plane.space != "product" or plane.id[0] != "p" or share >= 1:
        return sheet
    count = ceil(share * plane.values.size)
    places = np.arange(plane.values.size).reshape(plane.values.shape)
    return replace(sheet, plane=replace(plane, values=np.where(places < count, plane.values, nan)))


def emptied(sheet: Sheet) -> Sheet:
    if sheet.plane.id[0] not in RESULTS:
        return sheet
    plane = replace(sheet.plane, values=np.full(sheet.plane.values.shape, nan))
    return replace(sheet, plane=plane, marks=tuple(mark for mark in sheet.marks if not isinstance(mark, Dots)))


def spots_of(layout: Layout) -> dict[str, tuple[Plane, Spot]]:
    """Where the planes that are seen stand."""
    return {
        sheet.plane.id: (sheet.plane, layout.wide.spots[number])
        for number, sheet in enumerate(layout.sheets)
        if is_seen(number, sheet, layout)
    }


def corner(cells: list[int], cols: int) -> tuple[int, int]:
    rows, columns = zip(*(divmod(cell, cols) for cell in cells), strict=True)
    return min(rows), min(columns)


def box_of(plane: Plane, spot: Spot, cell: int) -> tuple[float, float, float, float]:
    row, col = divmod(cell, plane.cols)
    left, top = spot.x + col * spot.cell, spot.y + row * spot.cell
    return left, top, left + spot.cell, top + spot.cell


def middle_of(plane: Plane, spot: Spot, cell: int) -> tuple[float, float]:
    left, top, right, bottom = box_of(plane, spot, cell)
    return (left + right) / 2, (top + bottom) / 2


def between(start: tuple[float, ...], end: tuple[float, ...], share: float) -> tuple[float, ...]:
    return tuple(a + (b - a) * share for a, b in zip(start, end, strict=True))


def ease(share: float) -> float:
    return share * share * (3 - 2 * share)


def clamped(share: float) -> float:
    return min(max(share, 0.0), 1.0)
