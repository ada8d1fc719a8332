"""A network as a skyline: all its columns in one line, and for a narrow screen the same columns in several.

What is read by others than the next is an arc over all between, or in a U a line across it. Where lines are broken, it
runs out at the end of one and comes in at the beginning of another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from math import ceil

from markupsafe import Markup

from app.pages.networks import words
from app.pages.networks.picture import (
    ARC,
    GAP,
    LEFT,
    NAMES,
    WEIGHTS,
    WORK,
    Column,
    Scale,
    box,
    columns,
    drawn,
    drawn_again,
    lanes,
)
from app.pages.networks.wiring import Wiring
from kernels.network import Network

NARROW = 560.0
"""Units of a line on a narrow screen, the same for all, so that two networks have one scale there, too."""
WIDE = 850.0
"""From here on a tablet shows several lines, too."""
MARGIN = 20.0
TURN = 24.0
"""Units in which an arc turns into the way to another line."""


@dataclass(frozen=True)
class Arc:
    """What is read by others than the next; its ends may stand in other lines."""

    start: Column
    stop: Column
    starts: bool = True
    stops: bool = True


@dataclass(frozen=True)
class Line:
    """Columns from left to right."""

    columns: Sequence[Column]
    arcs: Sequence[Arc]
    is_u: bool = False

    @property
    def right(self) -> float:
        return self.columns[-1].x + self.columns[-1].breadth


@dataclass(frozen=True)
class Extent:
    """Where the grounds of a line lie, and how large it is, in units."""

    base: float
    """Of the input's box."""
    ground: float
    """Of the lowest one."""
    width: float
    height: float


def whole(placed: Sequence[Column], wired: Wiring) -> Line:
    return cut_out(placed, wired, 0, len(placed))


def cut_out(placed: Sequence[Column], wired: Wiring, first: int, stop: int) -> Line:
    """These columns as a line of their own."""
    offset = placed[first].x - LEFT
    moved = {number: replace(placed[number], x=placed[number].x - offset) for number in range(first, stop)}
    arcs = []
    for start, end in ((start + 1, end + 1) for start, end in wired.arcs):
        if start in moved or end in moved:
            ends = moved.get(start, placed[start]), moved.get(end, placed[end])
            arcs.append(Arc(*ends, starts=start in moved, stops=end in moved))
    return Line(list(moved.values()), arcs, wired.is_u)


def broken(placed: Sequence[Column], wired: Wiring) -> list[Line]:
    """Lines about as long as one another, none longer than a narrow screen is wide; a U breaks where it is lowest."""
    most = NARROW - LEFT - MARGIN
    total = placed[-1].x + placed[-1].breadth - LEFT
    count = ceil(total / most)
    if wired.is_u and total <= 2 * NARROW:
        lowest = max(range(len(placed)), key=lambda number: placed[number].lowered) + 1
        return [cut_out(placed, wired, 0, lowest), cut_out(placed, wired, lowest, len(placed))]
    lines, first = [], 0
    for number, column in enumerate(placed):
        length = column.x + column.breadth - placed[first].x
        if number > first and (length > most or column.x - placed[first].x > total / count):
            lines.append(cut_out(placed, wired, first, number))
            first = number
    return [*lines, cut_out(placed, wired, first, len(placed))]


def extent(line: Line, drop: float | None = None) -> Extent:
    """How far the lowest ground lies below the input's is a line's own, or as it is told."""
    above = max(column.top - column.lowered for column in line.columns)
    base = above + highest_arc(line) + 22
    ground = base + (max(column.lowered for column in line.columns) if drop is None else drop)
    longest = max((len(column.name) for column in line.columns if not column.is_input), default=4)
    return Extent(base, ground, line.right + MARGIN, ground + NAMES + 12 + min(longest, 14) * 4.4)


def picture(
    network: Network,
    links: Mapping[str, str],
    chosen: str = "",
    scale: Scale | None = None,
    frame: tuple[float, float] | None = None,
    *,
    folds: bool = True,
) -> Markup:
    """The skyline as SVG; each group of sections is a link where `links` has one.

    One that is wider than a phone is there a second time, in several lines; the sheet shows one of the two. In a frame,
    which it fills at least, it stays one line: another stands beside it on every screen.
    """
    placed, wired = columns(network, scale, folds=folds)
    line = whole(placed, wired)
    own = extent(line)
    width, height = (max(*each) for each in zip((own.width, own.height), frame or (0, 0), strict=True))
    kind = "" if frame or width <= NARROW else " wide" if width > WIDE else " long"
    parts = (
        drawn(
            column,
            before,
            own.base + column.lowered,
            own.ground,
            links.get(column.key),
            is_chosen(column, chosen),
            f"{network.name}-{number}",
        )
        for number, (before, column) in enumerate(zip([None, *placed], placed, strict=False))
    )
    view = f"0 {own.height - height:.0f} {width:.0f} {height:.0f}"
    body = f"{axes(own.ground, own.width)}{skips(line, own.base)}{''.join(parts)}"
    made = svg(network, f"skyline{kind}", view, body, is_group=bool(links))
    return made + in_lines(network, placed, wired, links, chosen, kind) if kind else made


def in_lines(
    network: Network, placed: Sequence[Column], wired: Wiring, links: Mapping[str, str], chosen: str, kind: str
) -> Markup:
    """The same columns once more, line under line."""
    own = extent(whole(placed, wired))
    pieces, top, number, widest = [], 0.0, 0, NARROW
    for line in broken(placed, wired):
        size = extent(line, own.ground - own.base)
        body = axes(size.ground, size.width) + skips(line, size.base)
        for column in line.columns:
            by = column.x - placed[number].x, size.base - own.base
            link, is_current = links.get(column.key), is_chosen(column, chosen)
            body += drawn_again(column, by, size.ground, link, is_current, f"{network.name}-{number}")
            number += 1
        pieces.append(f'<g transform="translate(0 {top:.1f})">{body}</g>')
        top, widest = top + size.height, max(widest, size.width)
    view = f"0 0 {widest:.0f} {top:.0f}"
    return svg(network, f"skyline lines{kind}", view, "".join(pieces), is_group=bool(links))


def svg(network: Network, kind: str, view: str, body: str, *, is_group: bool) -> Markup:
    label = escape(words.PICTURE_LABEL.format(title=network.title), quote=True)
    width, height = view.split()[2:]
    return Markup(
        f'<svg class="{kind}" role="{"group" if is_group else "img"}" aria-label="{label}"'
        f' viewBox="{view}" width="{width}" height="{height}">{body}</svg>'
    )


def is_chosen(column: Column, chosen: str) -> bool:
    return column.group is not None and any(section.key == chosen for section in column.group.sections)


def highest_arc(line: Line) -> float:
    """How far arcs rise above the columns."""
    return 0.0 if line.is_u else max((rise(*ends(arc, line)) for arc in line.arcs), default=0.0)


def ends(arc: Arc, line: Line) -> tuple[float, float]:
    """Where an arc begins and ends on a line, which may be the line's own ends."""
    return arc.start.x if arc.starts else LEFT - GAP, arc.stop.x if arc.stops else line.right + GAP


def rise(start: float, stop: float) -> float:
    """An arc over a longer way rises higher."""
    return ARC + min((stop - start) / 14, 46)


def skips(line: Line, base: float) -> str:
    return "".join(
        f'<path class="skip" d="{across(arc, line, base) if line.is_u else over(arc, line, base)}" fill="none"'
        ' stroke="var(--ink)" stroke-opacity=".5" stroke-width="1.3"/>'
        for arc in line.arcs
    )


def across(arc: Arc, line: Line, base: float) -> str:
    """A line across a U, from one side of it to the other."""
    left, right = ends(arc, line)
    y = base + arc.start.lowered - arc.start.height * 0.86
    start = left + arc.start.breadth - 2 if arc.starts else left
    return f"M{start:.1f} {y:.1f}H{right + 2 if arc.stops else right:.1f}"


def over(arc: Arc, line: Line, base: float) -> str:
    """An arc over all columns between."""
    left, right = ends(arc, line)
    between = [column for column in line.columns if left <= column.x <= right]
    top = base - max(column.top for column in between) - rise(left, right)
    from_x, to_x = arc.start.box_x + 4, right + 2
    foot, end = (base - column.height - column.lean - 2 for column in (arc.start, arc.stop))
    if not arc.stops:
        return f"M{from_x:.1f} {foot:.1f}Q{from_x:.1f} {top:.1f} {from_x + TURN:.1f} {top:.1f}H{right:.1f}"
    if not arc.starts:
        return f"M{left:.1f} {top:.1f}H{to_x - TURN:.1f}Q{to_x:.1f} {top:.1f} {to_x:.1f} {end:.1f}"
    return f"M{from_x:.1f} {foot:.1f}C{from_x:.1f} {top:.1f} {to_x:.1f} {top:.1f} {to_x:.1f} {end:.1f}"


def axes(ground: float, width: float) -> str:
    """The ground on which maps and bars stand, with their names."""
    rows = ((words.MAPS, 0.0, "output"), (words.WEIGHTS, WEIGHTS, "tap"), (words.WORK, WORK, "product"))
    return "".join(
        f'<line x1="{LEFT - 8}" x2="{width:.0f}" y1="{ground + y:.1f}" y2="{ground + y:.1f}" stroke="var(--line)"/>'
        f'<text x="0" y="{ground + y - 2:.1f}" font-size="13" fill="var(--{role})">{name}</text>'
        for name, y, role in rows
    )


def outline(network: Network) -> Markup:
    """The maps alone, small, for a card."""
    line = whole(*columns(network))
    top, lowest = max(each.top - each.lowered for each in line.columns), max(each.lowered for each in line.columns)
    boxes = "".join(lanes(each, top + each.lowered) + box(each, top + each.lowered) for each in line.columns)
    lines = skips(line, top) if line.is_u else ""
    frame = f"{LEFT - 2:.0f} -2 {line.right - LEFT + 4:.0f} {top + lowest + 4:.0f}"
    return Markup(f'<svg class="outline" viewBox="{frame}" aria-hidden="true">{lines}{boxes}</svg>')
