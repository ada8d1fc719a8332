"""A network as a skyline: the map behind each part as a box, and under it the part's weights and work as bars.

Height is the side of a map, breadth its channels, both by their square roots, so that 224 and 7 fit on one page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from math import sqrt

from markupsafe import Markup

from app.address.phrases import times
from app.pages.networks import words
from app.pages.networks.amounts import compact
from app.pages.networks.sections import Section, sections
from kernels.layers import Shape
from kernels.network import Network

TALL = 132.0
"""Units of the tallest map."""
FLAT = 5.0
"""Units of a list of numbers, which has no side."""
CHANNELS = 1.35
"""Units of breadth for the root of a channel."""
LEAN = 0.32
"""How far a box goes back, as a part of its height."""
LEAST, ROOMY, SEVERAL = 18.0, 46.0, 8
"""The least breadth of a column, and that where there are only several."""
MANY = 9
"""From this number of columns on, a phone shows a part of the picture at a time."""
GAP = 9.0
LEFT = 62.0
BARS = 54.0
"""Units of the tallest bar."""
WEIGHTS, WORK, NAMES = BARS + 24, 2 * BARS + 40, 2 * BARS + 54
"""How far below the maps' ground the bars and the names stand."""


@dataclass(frozen=True)
class Column:
    """A section where it stands: its box, and its bars from 0 to 1."""

    key: str
    name: str
    label: str
    shape: Shape
    weights: float
    work: float
    x: float
    height: float
    breadth: float

    @property
    def is_input(self) -> bool:
        return not self.label

    @property
    def lean(self) -> float:
        """How far the box goes back; a list of numbers is flat."""
        return self.height * LEAN if self.height > FLAT else 0.0


def side(shape: Shape) -> int:
    return max(shape[1:], default=1)


def height_of(shape: Shape, tallest: int) -> float:
    return max(TALL * sqrt(side(shape) / tallest), 1.5 * FLAT) if side(shape) > 1 else FLAT


def columns(network: Network, tallest: int = 0) -> list[Column]:
    """The input and every section, from left to right; `tallest` is the side that has the full height."""
    rows = sections(network)
    tallest = tallest or largest_side(network)
    most_weights = max(row.totals.parameters for row in rows) or 1
    most_work = max(row.totals.multiplications for row in rows) or 1
    least = LEAST if len(rows) > SEVERAL else ROOMY
    placed = [column("", words.INPUT, "", network.input, 0, 0, LEFT, tallest, least)]
    for row in rows:
        x = placed[-1].x + placed[-1].breadth + GAP
        shares = row.totals.parameters / most_weights, row.totals.multiplications / most_work
        label = labelled(row)
        placed.append(column(row.key, row.name, label, row.shape, *shares, x, tallest, least))
    return placed


def column(
    key: str, name: str, label: str, shape: Shape, weights: float, work: float, x: float, tallest: int, least: float
) -> Column:
    height = height_of(shape, tallest)
    box = CHANNELS * sqrt(shape[0]) + (height * LEAN if height > FLAT else 0)
    return Column(key, name, label, shape, weights, work, x, height, max(box, least))


def labelled(row: Section) -> str:
    return words.PART_TITLE.format(
        name=row.name,
        shape=times(row.shape),
        weights=compact(row.totals.parameters),
        work=compact(row.totals.multiplications),
    )


def largest_side(network: Network) -> int:
    return max(side(network.input), *(side(layer.shape) for layer in network.layers))


def picture(network: Network, links: Mapping[str, str], chosen: str = "", tallest: int = 0) -> Markup:
    """The skyline as SVG; each section is a link where `links` has one."""
    placed = columns(network, tallest)
    ground = max(column.height + column.lean for column in placed) + 22
    names = ground + NAMES
    longest = max(len(column.name) for column in placed[1:])
    width, height = placed[-1].x + placed[-1].breadth + 20, names + 12 + min(longest, 14) * 4.4
    label = words.PICTURE_LABEL.format(title=network.title)
    label = escape(label, quote=True)
    parts = "".join(
        drawn(column, before, ground, links.get(column.key), not column.is_input and column.key == chosen)
        for before, column in zip([None, *placed], placed, strict=False)
    )
    return Markup(
        f'<svg class="skyline{" long" if len(placed) > MANY else ""}" role="{"group" if links else "img"}"'
        f' aria-label="{label}"'
        f' viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}">'
        f"{axes(ground, width)}{parts}</svg>"
    )


def axes(ground: float, width: float) -> str:
    """The ground on which maps and bars stand, with their names."""
    rows = ((words.MAPS, 0.0, "output"), (words.WEIGHTS, WEIGHTS, "tap"), (words.WORK, WORK, "product"))
    return "".join(
        f'<line x1="{LEFT - 8}" x2="{width:.0f}" y1="{ground + y:.1f}" y2="{ground + y:.1f}" stroke="var(--line)"/>'
        f'<text x="0" y="{ground + y - 2:.1f}" font-size="13" fill="var(--{role})">{name}</text>'
        for name, y, role in rows
    )


def drawn(column: Column, before: Column | None, ground: float, link: str | None, chosen: bool) -> str:
    """One column: its box on the ground, its bars and its name below."""
    body = box(column, ground) + sizes(column, before, ground)
    if not column.is_input:
        body += bar(column, column.weights, ground + WEIGHTS, "tap") + bar(
            column, column.work, ground + WORK, "product"
        )
        body += name(column, ground + NAMES)
    title = f"<title>{escape(column.label or words.INPUT)}</title>"
    if link is None:
        return f"<g>{title}{body}</g>"
    current = ' aria-current="true"' if chosen else ""
    frame = (
        f'<rect class="hit" x="{column.x - GAP / 2:.1f}" y="0" width="{column.breadth + GAP:.1f}"'
        f' height="{ground + WORK + 4:.1f}" rx="5" fill="var(--ink)" fill-opacity="{0.08 if chosen else 0}"/>'
    )
    return f'<a href="{escape(link)}" aria-label="{escape(column.label)}"{current}>{title}{frame}{body}</a>'


def name(column: Column, y: float) -> str:
    """The name, slanting, so that long ones do not meet."""
    x = column.x + column.breadth / 2
    shown = column.name if len(column.name) <= 14 else column.name[:13] + "…"
    return (
        f'<text x="{x + 4:.1f}" y="{y:.1f}" font-size="10.5" text-anchor="end" fill="var(--soft)"'
        f' transform="rotate(-38 {x + 4:.1f} {y:.1f})">{escape(shown)}</text>'
    )


def box(column: Column, ground: float) -> str:
    """A box seen from the front and above: breadth for channels, height and depth for the sides of the map."""
    colour = "input" if column.is_input else "output"
    height, lean = column.height, column.lean
    x, y, wide = column.x, ground - height, CHANNELS * sqrt(column.shape[0])
    wide = max(wide, column.breadth if not lean else 2.5)
    faces = [(f"M{x:.1f} {y:.1f}h{wide:.1f}v{height:.1f}h{-wide:.1f}z", 0.34)]
    if lean:
        faces.append((f"M{x:.1f} {y:.1f}l{lean:.1f} {-lean:.1f}h{wide:.1f}l{-lean:.1f} {lean:.1f}z", 0.18))
        faces.append((f"M{x + wide:.1f} {y:.1f}l{lean:.1f} {-lean:.1f}v{height:.1f}l{-lean:.1f} {lean:.1f}z", 0.55))
    return "".join(
        f'<path d="{path}" fill="var(--{colour})" fill-opacity="{opacity}" stroke="var(--{colour})"'
        ' stroke-width=".8" stroke-linejoin="round"/>'
        for path, opacity in faces
    )


def sizes(column: Column, before: Column | None, ground: float) -> str:
    """Side above and channels below, where they differ from the column before."""
    given = before.shape if before else (0,)
    middle = column.x + column.breadth / 2
    texts = []
    if len(column.shape) > 1 and column.shape[1:] != given[1:]:
        above = ground - column.height - column.lean - 5
        texts.append((times(column.shape[1:] if len(set(column.shape[1:])) > 1 else column.shape[1:2]), above))
    if column.shape[0] != given[0]:
        texts.append((str(column.shape[0]), ground + 13))
    return "".join(
        f'<text x="{middle:.1f}" y="{y:.1f}" font-size="11" text-anchor="middle" fill="var(--soft)">{text}</text>'
        for text, y in texts
    )


def bar(column: Column, share: float, ground: float, colour: str) -> str:
    """A bar that stands on its ground; what is not nothing can be seen."""
    if not share:
        return ""
    height = max(share * BARS, 1.2)
    wide = min(column.breadth, 22.0)
    x = column.x + (column.breadth - wide) / 2
    place = f'x="{x:.1f}" y="{ground - height:.1f}" width="{wide:.1f}" height="{height:.1f}"'
    return f'<rect {place} rx="1.5" fill="var(--{colour})"/>'


def outline(network: Network) -> Markup:
    """The maps alone, small, for a card."""
    placed = columns(network)
    right, top = placed[-1].x + placed[-1].breadth, max(column.height + column.lean for column in placed)
    boxes = "".join(box(column, top) for column in placed)
    frame = f"{LEFT - 2:.0f} -2 {right - LEFT + 4:.0f} {top + 4:.0f}"
    return Markup(f'<svg class="outline" viewBox="{frame}" aria-hidden="true">{boxes}</svg>')


def share_bar(part: int, whole: int, colour: str) -> Markup:
    """A thin horizontal bar."""
    length = 100 * part / whole if whole else 0
    shown = max(length, 0.7) if part else 0
    return Markup(
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{shown:.2f}" height="6" fill="var(--{colour})"/></svg>'
    )
