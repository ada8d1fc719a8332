"""The graph as SVG: results as boxes, numbers on the edges, forward values above them and gradients below.

Drawn twice from one plan, to the right for a wide screen and downwards for a tall one, where values stand to the left
of an edge and gradients to the right. Whatever appears in a step carries it as `data-known`, and is left out, or for
the page marked `data-ahead`, until then. Presentation attributes only: our policy forbids styles.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from app.pages.backprop import words
from app.pages.backprop.layout import Plan, Size, plan
from app.pages.backprop.reading import Asked
from app.pages.backprop.scenes import convolution_scene
from app.pages.backprop.steps import Steps
from app.pages.backprop.writing import name_of, numbers, written
from app.painters.palette import PAGE, Palette
from app.text.format import decimals
from kernels.computation.expressions import Assignment, inputs_of
from kernels.computation.passes import Edge

Array = NDArray[np.float64]
Point = tuple[float, float]

BOX = 32
"""The height of a box; on a tall drawing also how far it reaches along the flow."""
LETTER, NARROW, DIGIT = 9.8, 6.4, 8.2
"""Units that a letter of a formula takes, a bracket or an index in it, and a digit of a number."""
NARROW_MARKS = frozenset("()[]·,. ₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹⁻il")
CELL_WIDTH, CELL_HEIGHT, CELL_DIGIT = {True: 50, False: 38}, 22, 7.6
"""Of one number of a vector: its cell's least width, wide or tall, its height, and a digit's width."""
CELL_PLACES = {True: 3, False: 2}
"""Its digits behind the point."""
MOST_CELLS = 8
"""Numbers of a vector that are drawn; of a longer one the first."""
STUB, SMALL_STUB, VECTOR_STUB = 34, 24, 2 * CELL_HEIGHT + 20
"""How long a stub on a tall drawing is: beside a number, where there are many, and under a vector and its gradient.
On a wide one it is as long as its numbers."""
GAP, WIDE_GAP, SMALL_GAP = 38, 66, 20
"""Between two layers; where edges part and each has its own number; and where layers are many."""
SHARE_DIGIT = 7.2
"""Units of a digit of what comes back over one edge of several."""
PITCH = 26
"""What an edge takes that passes a layer by."""
CROWDED = 8
"""Results beyond which a box says what is computed, and leaves out its name."""
LONG = 700
"""Units down which a tall drawing needs a whole phone, so that its numbers can be read."""
MARGIN = 12


@dataclass(frozen=True)
class Canvas:
    """One of the two drawings: what it draws with, and which way it runs."""

    asked: Asked
    steps: Steps
    palette: Palette
    is_wide: bool
    shown: int
    is_page: bool
    """Whether the page's script shows and hides; a file leaves out what is not shown."""

    @property
    def is_crowded(self) -> bool:
        """Whether there are so many results that each must be small."""
        return len(self.asked.assignments) > CROWDED


def picture(asked: Asked, shown: int, is_wide: bool) -> Markup:
    """The drawing for the page."""
    made, width, height = drawn(Canvas(asked, Steps(asked.made), PAGE, is_wide, shown, is_page=True))
    side = "wide" if is_wide else "tall long" if height > LONG else "tall"
    label = escape(words.PICTURE.format(graph=asked.text))
    return Markup(
        f'<svg class="graph {side}" viewBox="0 0 {width:.0f} {height:.0f}" role="group" '
        f'aria-label="{label}" font-size="15">{made}</svg>'
    )


def drawn(canvas: Canvas) -> tuple[str, float, float]:
    """Everything inside the picture, and its size."""
    asked = canvas.asked
    used = {name for assignment in asked.assignments for name in inputs_of(assignment.expression)}
    names = [name for name in asked.made.values if name in used or name in canvas.steps.results]
    boxes = {name: box_of(canvas, name) for name in names}
    sizes = {name: size_of(canvas, name, boxes[name]) for name in names}
    laid = plan(asked.assignments, sizes, gap=gap_of(canvas), pitch=PITCH)
    ways = [way_of(canvas, laid, boxes, sizes, each) for each in asked.made.edges]
    parts = [edge(canvas, each, way) for each, way in zip(asked.made.edges, ways, strict=True)]
    parts += [share(canvas, each, way) for each, way in zip(asked.made.edges, ways, strict=True)]
    parts += [node(canvas, laid, boxes[name], sizes[name], name) for name in names]
    dot = f'<circle data-dot="" r="6" fill="{canvas.palette["ink"]}" visibility="hidden"/>' if canvas.is_page else ""
    sides = (laid.along + 2 * MARGIN, laid.across + 2 * MARGIN)
    width, height = sides if canvas.is_wide else sides[::-1]
    return f'<g transform="translate({MARGIN} {MARGIN})">{"".join(parts)}{dot}</g>', width, height


def gap_of(canvas: Canvas) -> float:
    """What lies between two layers."""
    if canvas.is_crowded:
        return SMALL_GAP
    parts = any(len(readers) > 1 for readers in canvas.asked.made.readers.values())
    return WIDE_GAP if parts and canvas.is_wide else GAP


def title_of(canvas: Canvas, name: str) -> str:
    """What a box says: the name of a value, or the formula of a result."""
    assignment = assignment_of(canvas, name)
    if assignment is None:
        return name_of(name)
    formula = written(assignment.expression)
    return formula if canvas.is_crowded else f"{name_of(name)} = {formula}"


def assignment_of(canvas: Canvas, name: str) -> Assignment | None:
    at = canvas.steps.results.get(name)
    return None if at is None else canvas.asked.assignments[at - 1]


def box_of(canvas: Canvas, name: str) -> float:
    """How wide a box is."""
    title = title_of(canvas, name)
    return max(BOX, sum(NARROW if mark in NARROW_MARKS else LETTER for mark in title) + 24)


def width_of(canvas: Canvas, name: str, value: Array) -> float:
    """How wide a number or a vector is as it is drawn."""
    return cell_width(canvas, name) * cells_of(value) if value.ndim else DIGIT * len(decimals(float(value)))


def cell_width(canvas: Canvas, name: str) -> float:
    """One for a vector and its gradient, which stand one under the other: as wide as the longest number asks for."""
    made, places = canvas.asked.made, CELL_PLACES[canvas.is_wide]
    drawn_numbers = [each for vector in (made.values[name], made.gradients[name]) for each in vector[:MOST_CELLS]]
    longest = max(len(decimals(float(each), places)) for each in drawn_numbers)
    return max(CELL_WIDTH[canvas.is_wide], CELL_DIGIT * longest + 8)


def cells_of(value: Array) -> int:
    return min(value.size, MOST_CELLS + 1)


def size_of(canvas: Canvas, name: str, box: float) -> Size:
    value, gradient = canvas.asked.made.values[name], canvas.asked.made.gradients[name]
    label = max(width_of(canvas, name, value), width_of(canvas, name, gradient), DIGIT * 5)
    if canvas.is_wide:
        return Size(box + label + (12 if canvas.is_crowded else 22), 2 * (CELL_HEIGHT + 16) + 8)
    return Size(BOX + stub_of(canvas, value), max(box, label if value.ndim else 2 * label + 30) + 14)


def stub_of(canvas: Canvas, value: Array) -> float:
    """How long the stub is on a tall drawing."""
    if value.ndim:
        return VECTOR_STUB
    return SMALL_STUB if canvas.is_crowded else STUB


def at(canvas: Canvas, along: float, across: float) -> Point:
    return (along, across) if canvas.is_wide else (across, along)


def node(canvas: Canvas, laid: Plan, box: float, size: Size, name: str) -> str:
    """A box with its stub, the value above and the gradient below it."""
    place, steps = laid.places[name], canvas.steps
    forward, backward = steps.forward(name), steps.gradients.get(name, steps.turn)
    if canvas.is_wide:
        start, end = (place.along + box, place.across), (place.along + size.along, place.across)
        left, top = place.along, place.across - BOX / 2
    else:
        start, end = (place.across, place.along + BOX), (place.across, place.along + size.along)
        left, top = place.across - box / 2, place.along
    stub = line(canvas, [start, end], name)
    return (
        f'<g data-node="{name}">{stub}{boxed(canvas, name, left, top, box)}</g>'
        + known(canvas, forward, label(canvas, name, start, end, is_gradient=False))
        + known(canvas, backward, label(canvas, name, start, end, is_gradient=True))
    )


def role_of(canvas: Canvas, name: str) -> str:
    """Data are blue, what is learned amber, what is computed green."""
    if name in canvas.steps.results:
        return "output"
    return "input" if canvas.asked.is_data(name) else "tap"


def boxed(canvas: Canvas, name: str, left: float, top: float, box: float) -> str:
    palette, role = canvas.palette, role_of(canvas, name)
    is_value = role != "output"
    radius = BOX / 2 if is_value else 8
    drawing = (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{box:.1f}" height="{BOX}" rx="{radius}" fill="{palette["paper"]}"'
        f' stroke="{palette[role]}" stroke-width="2"/>'
        f'<text x="{left + box / 2:.1f}" y="{top + BOX / 2 + 5:.1f}" text-anchor="middle" fill="{palette[role]}"'
        f' font-weight="600">{escape(title_of(canvas, name))}</text>'
    )
    assignment = assignment_of(canvas, name)
    scene = convolution_scene(canvas.asked, assignment) if canvas.is_page and assignment else ""
    if not scene:
        return drawing
    about = escape(words.OPEN_SCENE.format(name=name))
    marks = f'href="{escape(scene)}" data-scene="" hx-boost="false" aria-label="{about}"'
    return f"<a {marks}>{drawing}<title>{about}</title></a>"


def label(canvas: Canvas, name: str, start: Point, end: Point, is_gradient: bool) -> str:
    """A value above its stub, or a gradient below it; beside it on a tall drawing."""
    made = canvas.asked.made
    value = made.gradients[name] if is_gradient else made.values[name]
    middle_x, middle_y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    if canvas.is_wide:
        x, y, anchor = middle_x, middle_y + (CELL_HEIGHT / 2 + 7 if is_gradient else -CELL_HEIGHT / 2 - 7), "middle"
    elif value.ndim:  # a row under the other, on the stub
        x, y, anchor = middle_x, start[1] + 8 + CELL_HEIGHT * (1.7 if is_gradient else 0.5), "middle"
    else:
        x, y, anchor = middle_x + (9 if is_gradient else -9), middle_y, "start" if is_gradient else "end"
    colour = canvas.palette["product" if is_gradient else role_of(canvas, name)]
    kind = "gradient" if is_gradient else "value"
    numbers_drawn = cells(canvas, name, value, x, y, anchor, is_gradient, colour)
    about = (words.GRADIENT_OF if is_gradient else words.VALUE_OF).format(
        name=name_of(name), loss=name_of(made.loss), value=numbers(value)
    )
    role = "group" if kind == "value" and name in canvas.asked.given else "img"
    return f'<g data-{kind}="{name}" role="{role}" aria-label="{escape(about)}">{numbers_drawn}</g>'


def cells(
    canvas: Canvas, name: str, value: Array, x: float, y: float, anchor: str, is_gradient: bool, colour: str
) -> str:
    """A number, or the numbers of a vector in a row; what a reader may change carries its index as `data-entry`."""
    count = cells_of(value) if value.ndim else 1
    width = cell_width(canvas, name) if value.ndim else max(DIGIT * len(decimals(float(value))) + 10, 30)
    left = x - {"start": 0, "middle": count * width / 2, "end": count * width}[anchor]
    is_editable = not is_gradient and name not in canvas.steps.results and canvas.is_page
    is_framed = value.ndim or (not is_gradient and name not in canvas.steps.results)
    parts = []
    for index, each in enumerate(value.ravel()[:count].tolist()):
        is_more = value.size > count and index == count - 1
        side = "wide" if canvas.is_wide else "tall"
        marks = f' class="entry" id="{side}-{name}-{index}" data-entry="{index}" tabindex="0"'
        own = marks if is_editable and not is_more else ""
        spin = spinning(words.ENTRY.format(name=name, index=index) if value.ndim else name, each) if own else ""
        frame = (
            f'<rect x="{left + index * width:.1f}" y="{y - CELL_HEIGHT / 2:.1f}" width="{width:.1f}"'
            f' height="{CELL_HEIGHT}" rx="{2 if value.ndim else 6}" fill="{canvas.palette["paper"]}"'
            f' stroke="{colour if own else canvas.palette["line"]}"/>'
            if is_framed
            else ""
        )
        size = ' font-size="13"' if value.ndim else ""
        places = CELL_PLACES[canvas.is_wide] if value.ndim else CELL_PLACES[True]
        parts.append(
            f'<g{own}{spin}>{frame}<text x="{left + (index + 0.5) * width:.1f}" y="{y + 5:.1f}" text-anchor="middle"'
            f' fill="{colour}"{size}>{"…" if is_more else decimals(each, places)}</text></g>'
        )
    return "".join(parts)


def spinning(about: str, value: float) -> str:
    """A number that arrows change, for those who cannot see it."""
    return (
        f' role="spinbutton" aria-label="{escape(about)}" aria-valuenow="{value!r}" aria-valuetext="{decimals(value)}"'
    )


def way_of(canvas: Canvas, laid: Plan, boxes: dict[str, float], sizes: dict[str, Size], each: Edge) -> list[Point]:
    """From the stub of what is read to the box that reads it, by way of the layers between."""
    source, target = laid.places[each.source], laid.places[each.target]
    points = [(source.along + sizes[each.source].along, source.across)]
    for begin, end, across in laid.bends[each.source, each.target]:
        points += [(begin, across), (end, across)]
    port = port_of(canvas, laid, boxes, each)
    points.append((target.along - 4, port))
    return [at(canvas, *point) for point in points]


def edge(canvas: Canvas, each: Edge, way: Sequence[Point]) -> str:
    step = canvas.steps.backward(each)
    is_shut = not each.gradient.any() and canvas.asked.made.gradients[each.target].any()
    marks = f' data-edge="{each.source} {each.target}" data-back="{step}"' if canvas.is_page else ""
    shut = ' stroke-dasharray="3 5"' if is_shut and (canvas.is_page or canvas.shown >= step) else ""
    shut_mark = ' data-shut=""' if is_shut and canvas.is_page else ""
    colour = canvas.palette["soft"]
    curve = (
        f'<path{marks}{shut_mark} d="{curved(canvas, way)}" fill="none" stroke="{colour}" stroke-width="1.6"{shut}/>'
    )
    return curve + arrow(canvas, way[-1])


def share(canvas: Canvas, each: Edge, way: Sequence[Point]) -> str:
    """Where a value is read in several places, what comes back over this edge alone: in the middle of its curve."""
    if len(canvas.asked.made.readers[each.source]) < 2 or each.gradient.ndim or canvas.is_crowded:
        return ""
    (x0, y0), (x1, y1) = way[-2:]
    x, y, said = (x0 + x1) / 2, (y0 + y1) / 2, decimals(float(each.gradient))
    width, paper = SHARE_DIGIT * len(said) + 6, canvas.palette["paper"]
    text = (
        f'<rect x="{x - width / 2:.1f}" y="{y - 9:.1f}" width="{width:.1f}" height="18" fill="{paper}"/>'
        f'<text x="{x:.1f}" y="{y + 4.5:.1f}" text-anchor="middle" font-size="13" fill="{canvas.palette["product"]}">'
        f"{said}</text>"
    )
    return known(canvas, canvas.steps.backward(each), text)


def port_of(canvas: Canvas, laid: Plan, boxes: dict[str, float], each: Edge) -> float:
    """Where an edge meets its box: edges from above meet it above."""
    assignment = assignment_of(canvas, each.target)
    assert assignment is not None

    def last_place(source: str) -> float:
        bends = laid.bends[source, each.target]
        return bends[-1][2] if bends else laid.places[source].across

    inputs = sorted(inputs_of(assignment.expression), key=last_place)
    room = BOX - 12 if canvas.is_wide else boxes[each.target] - 24
    apart = min(room / len(inputs), 14 if canvas.is_wide else 30)
    return laid.places[each.target].across + (inputs.index(each.source) - (len(inputs) - 1) / 2) * apart


def curved(canvas: Canvas, way: Sequence[Point]) -> str:
    """A smooth line that leaves and arrives along the flow."""
    parts = [f"M{way[0][0]:.1f} {way[0][1]:.1f}"]
    for (x0, y0), (x1, y1) in pairwise(way):
        if canvas.is_wide:
            middle = (x0 + x1) / 2
            parts.append(f"C{middle:.1f} {y0:.1f} {middle:.1f} {y1:.1f} {x1:.1f} {y1:.1f}")
        else:
            middle = (y0 + y1) / 2
            parts.append(f"C{x0:.1f} {middle:.1f} {x1:.1f} {middle:.1f} {x1:.1f} {y1:.1f}")
    return "".join(parts)


def line(canvas: Canvas, way: Sequence[Point], name: str) -> str:
    (x0, y0), (x1, y1) = way
    marks = f' data-stub="{name}"' if canvas.is_page else ""
    return (
        f'<path{marks} d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}" stroke="{canvas.palette["soft"]}" stroke-width="1.6"/>'
    )


def arrow(canvas: Canvas, end: Point) -> str:
    x, y = end
    tip = f"M{x - 5:.1f} {y - 4:.1f}L{x + 3:.1f} {y:.1f}L{x - 5:.1f} {y + 4:.1f}z"
    if not canvas.is_wide:
        tip = f"M{x - 4:.1f} {y - 5:.1f}L{x:.1f} {y + 3:.1f}L{x + 4:.1f} {y - 5:.1f}z"
    return f'<path d="{tip}" fill="{canvas.palette["soft"]}"/>'


def known(canvas: Canvas, step: int, inner: str) -> str:
    """What is seen from this step on."""
    if not canvas.is_page:
        return inner if canvas.shown >= step else ""
    ahead = "" if canvas.shown >= step else ' data-ahead=""'
    return f'<g data-known="{step}"{ahead}>{inner}</g>'
