"""The columns of a skyline: the map behind each part as a box, and under it the part's weights and work as bars.

Height is the side of a map, breadth its channels, both by their square roots, so that 224 and 7 fit on one page.
"""

from dataclasses import dataclass, replace
from html import escape
from math import log2, sqrt

from markupsafe import Markup

from app.address.phrases import times
from app.pages.networks import words
from app.pages.networks.amounts import compact
from app.pages.networks.sections import sections
from app.pages.networks.wiring import Group, Inside, Wiring, inside, wiring
from kernels.layers import Shape
from kernels.network import Counted, Network

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
"""From this number of columns on, two networks stand one above the other."""
GAP = 9.0
LEFT = 62.0
BARS = 54.0
"""Units of the tallest bar."""
WEIGHTS, WORK, NAMES = BARS + 24, 2 * BARS + 40, 2 * BARS + 54
"""How far below the maps' ground the bars and the names stand."""


LANE, LANE_GAP, LANE_STEP = 6.0, 3.5, 11.0
"""Units of a lane's height, between lanes, and from layer to layer along one."""
MOST_LANE = 5
"""Layers of a lane that are drawn; a longer one ends in these."""
ARC = 17.0
"""Units that an arc rises above the higher of its ends, at least."""
CROSSING = 14.0
"""Units of the lines from two towers to a layer that reads both."""
DOWN = 26.0
"""Units by which each halving of the side lowers a column of a U."""


@dataclass(frozen=True)
class Column:
    """A group of sections where it stands: its box, and its bars from 0 to 1."""

    group: Group | None
    """None for the input."""
    inside: Inside
    key: str
    name: str
    label: str
    shape: Shape
    weights: float
    work: float
    x: float
    height: float
    breadth: float
    lowered: float = 0.0
    """How far below the ground of the input it stands, in a U."""

    has_towers: bool = False
    """Whether its map is two halves that see nothing of each other, …"""
    crosses: bool = False
    """… and whether its layer reads both all the same."""

    @property
    def is_input(self) -> bool:
        return self.group is None

    @property
    def lean(self) -> float:
        """How far the box goes back; a list of numbers is flat."""
        return self.height * LEAN if self.height > FLAT else 0.0

    @property
    def lanes_breadth(self) -> float:
        """What the lanes take before the box."""
        if self.crosses:
            return CROSSING
        longest = max((min(len(lane), MOST_LANE) for lane in self.inside.lanes), default=0)
        return longest * LANE_STEP + 12 if longest else 0.0

    @property
    def box_x(self) -> float:
        return self.x + self.lanes_breadth

    @property
    def top(self) -> float:
        """How far its highest point lies above its own ground."""
        lanes = len(self.inside.lanes) * (LANE + LANE_GAP)
        return max(self.height + self.lean, lanes) + (ARC if self.inside.shortcuts else 0)


def side(shape: Shape) -> int:
    return max(shape[1:], default=1)


def height_of(shape: Shape, tallest: int) -> float:
    return max(TALL * sqrt(side(shape) / tallest), 1.5 * FLAT) if side(shape) > 1 else FLAT


@dataclass(frozen=True)
class Scale:
    """What has the full height of a box and of a bar."""

    side: int
    weights: int
    work: int


def scale_of(*networks: Network, folds: bool = True) -> Scale:
    """The largest of what these networks have, so that they are drawn on one scale."""
    groups = [group for network in networks for group in wiring(network, sections(network), folds).groups]
    return Scale(
        side=max(map(largest_side, networks)),
        weights=max((group.totals.parameters for group in groups), default=0) or 1,
        work=max((group.totals.multiplications for group in groups), default=0) or 1,
    )


def columns(network: Network, scale: Scale | None = None, *, folds: bool = True) -> tuple[list[Column], Wiring]:
    """The input and every group of sections, from left to right."""
    wired = wiring(network, sections(network), folds)
    scale = scale or scale_of(network, folds=folds)
    tallest, most_weights, most_work = scale.side, scale.weights, scale.work
    least = LEAST if len(wired.groups) > SEVERAL else ROOMY
    start = Column(
        None, Inside(), "", words.INPUT, "", network.input, 0, 0, LEFT, *sized(network.input, tallest, least)
    )
    placed = [start]
    for number, group in enumerate(wired.groups):
        x = placed[-1].x + placed[-1].breadth + GAP
        shares = group.totals.parameters / most_weights, group.totals.multiplications / most_work
        height, breadth = sized(group.shape, tallest, least)
        shown = inside(network, group.first)
        column = Column(
            group, shown, group.first.key, named(group), labelled(group), group.shape, *shares, x, height, breadth
        )
        crosses = wired.towers.get(number)
        before = CROSSING if crosses else column.lanes_breadth
        column = replace(column, breadth=breadth + before, has_towers=crosses is not None, crosses=bool(crosses))
        if wired.is_u:
            column = replace(column, lowered=DOWN * max(log2(side(network.input) / side(group.shape)), 0))
        placed.append(column)
    return placed, wired


def sized(shape: Shape, tallest: int, least: float) -> tuple[float, float]:
    """The height and the breadth of a box."""
    height = height_of(shape, tallest)
    box = CHANNELS * sqrt(shape[0]) + (height * LEAN if height > FLAT else 0)
    return height, max(box, least)


def named(group: Group) -> str:
    return group.name if group.count == 1 else words.REPEATED.format(name=group.name, count=group.count)


def labelled(group: Group) -> str:
    return words.PART_TITLE.format(
        name=named(group),
        shape=times(group.shape),
        weights=compact(group.totals.parameters),
        work=compact(group.totals.multiplications),
    )


def largest_side(network: Network) -> int:
    return max(side(network.input), *(side(layer.shape) for layer in network.layers))


def drawn(
    column: Column, before: Column | None, own_ground: float, ground: float, link: str | None, chosen: bool, id: str
) -> str:
    """One column: its lanes and its box on the ground, its bars and its name below; others may use it by its id."""
    body = lanes(column, own_ground) + box(column, own_ground) + shortcuts(column, own_ground)
    body += sizes(column, before, own_ground)
    if not column.is_input:
        body += bar(column, column.weights, ground + WEIGHTS, "tap") + bar(
            column, column.work, ground + WORK, "product"
        )
        body += name(column, ground + NAMES)
    body = f'<title>{escape(column.label or words.INPUT)}</title><g id="{id}">{body}</g>'
    if link is None:
        return f"<g>{body}</g>"
    label = f' aria-label="{escape(column.label)}"'
    return f'<a href="{escape(link)}"{label}{current(chosen)}>{frame(column, ground, chosen)}{body}</a>'


def drawn_again(column: Column, by: tuple[float, float], ground: float, link: str | None, chosen: bool, id: str) -> str:
    """A column that is drawn elsewhere, moved to another place."""
    used = f"<title>{escape(column.label or words.INPUT)}</title>"
    used += f'<use href="#{id}" transform="translate({by[0]:.1f} {by[1]:.1f})"/>'
    if link is None:
        return f"<g>{used}</g>"
    return f'<a href="{escape(link)}"{current(chosen)}>{frame(column, ground, chosen)}{used}</a>'


def current(chosen: bool) -> str:
    return ' aria-current="true"' if chosen else ""


def frame(column: Column, ground: float, chosen: bool) -> str:
    """What is touched of a column, and how the chosen one is marked."""
    return (
        f'<rect class="hit" x="{column.x - GAP / 2:.1f}" y="0" width="{column.breadth + GAP:.1f}"'
        f' height="{ground + WORK + 4:.1f}" rx="5" fill="var(--ink)" fill-opacity="{0.08 if chosen else 0}"/>'
    )


def lanes(column: Column, ground: float) -> str:
    """Paths side by side: each a line with its layers on it, from where they part to where they are joined."""
    paths = column.inside.lanes
    if not paths:
        return ""
    middle = ground - column.height / 2
    start, end = column.x, column.box_x
    highest = min(middle - len(paths) * (LANE + LANE_GAP) / 2, ground - len(paths) * (LANE + LANE_GAP))
    drawn_lanes = []
    for number, path in enumerate(paths):
        y = highest + number * (LANE + LANE_GAP) + LANE / 2
        line = f"M{start:.1f} {middle:.1f}L{start + 4:.1f} {y:.1f}H{end - 4:.1f}L{end:.1f} {middle:.1f}"
        drawn_lanes.append(
            f'<path d="{line}" fill="none" stroke="var(--ink)" stroke-opacity=".45" stroke-width="1"'
            ' stroke-linejoin="round"/>'
        )
        drawn_lanes += [lane_layer(layer, start + 6 + at * LANE_STEP, y) for at, layer in enumerate(path[-MOST_LANE:])]
    return "".join(drawn_lanes)


def lane_layer(layer: Counted, x: float, y: float) -> str:
    """A layer on a lane: full where it multiplies with weights, hollow where it does not, such as a pool."""
    has_weights = layer.multiplications > 0
    fill = "var(--tap)" if has_weights else "var(--paper)"
    return (
        f'<rect x="{x:.1f}" y="{y - LANE / 2:.1f}" width="{LANE_STEP - 3:.1f}" height="{LANE:.1f}" rx="1.5"'
        f' fill="{fill}" stroke="var(--tap)" stroke-width="1"/>'
    )


def shortcuts(column: Column, ground: float) -> str:
    """An arc over the box for each sum or product inside, with its sign where it ends; a layer on it is a square."""
    kinds = column.inside.shortcuts
    if not kinds:
        return ""
    kind, has_layer = kinds[-1]
    left, right = column.box_x - 3, column.box_x + max(column.breadth - column.lanes_breadth, 14) - 2
    foot = ground - column.height - column.lean * 0.5
    top = ground - column.height - column.lean - ARC
    middle = (left + right) / 2
    path = f"M{left:.1f} {foot:.1f}C{left:.1f} {top:.1f} {right:.1f} {top:.1f} {right:.1f} {foot:.1f}"
    high = (foot + 3 * top) / 4
    square = f'<rect x="{middle - 3:.1f}" y="{high - 3:.1f}" width="6" height="6" rx="1.2" fill="var(--tap)"/>'
    sign = "+" if kind == "add" else "×"
    return (
        f'<path class="shortcut" d="{path}" fill="none" stroke="var(--ink)" stroke-opacity=".6" stroke-width="1.3"/>'
        f"{square if has_layer else ''}"
        f'<circle cx="{right:.1f}" cy="{foot:.1f}" r="4.6" fill="var(--paper)" stroke="var(--ink)" stroke-width="1"/>'
        f'<text x="{right:.1f}" y="{foot + 3.2:.1f}" class="sign" text-anchor="middle" fill="var(--ink)">{sign}'
        "</text>"
    )


def name(column: Column, y: float) -> str:
    """The name, slanting, so that long ones do not meet."""
    x = column.x + column.breadth / 2
    shown = column.name if len(column.name) <= 14 else column.name[:13] + "…"
    return (
        f'<text x="{x + 4:.1f}" y="{y:.1f}" class="letters" text-anchor="end" fill="var(--soft)"'
        f' transform="rotate(-38 {x + 4:.1f} {y:.1f})">{escape(shown)}</text>'
    )


def box(column: Column, ground: float) -> str:
    """A box seen from the front and above: breadth for channels, height and depth for the sides of the map.

    Groups that see only their own half of the channels are two boxes, one behind the other: AlexNet's towers. Several
    blocks alike are drawn as a stack of cards.
    """
    folded = range(min(column.group.count - 1, 2) if column.group is not None else 0, 0, -1)
    cards = "".join(faces(column, column.box_x + 3.0 * n, ground - 3.0 * n, 1.0, faint=True) for n in folded)
    if not column.has_towers:
        return cards + faces(column, column.box_x, ground, 1.0)
    half = column.height / 2 + 2.5
    halves = faces(column, column.box_x, ground - half, 0.5) + faces(column, column.box_x, ground, 0.5)
    return halves + (crossing(column, ground) if column.crosses else "")


def crossing(column: Column, ground: float) -> str:
    """Lines from both towers to both: a layer that reads all channels."""
    low, high = ground - column.height * 0.2, ground - column.height * 0.75
    start, end = column.x - 2, column.box_x - 1
    path = f"M{start:.1f} {low:.1f}L{end:.1f} {high:.1f}M{start:.1f} {high:.1f}L{end:.1f} {low:.1f}"
    return f'<path d="{path}" fill="none" stroke="var(--ink)" stroke-opacity=".6" stroke-width="1.2"/>'


def faces(column: Column, x: float, ground: float, part: float, *, faint: bool = False) -> str:
    """The three faces that are seen of a box, or of a part of its height."""
    colour = "input" if column.is_input else "output"
    height, lean = column.height * part - (1 - part) * 5, column.lean * part
    y, wide = ground - height, CHANNELS * sqrt(column.shape[0])
    wide = max(wide, column.breadth - column.lanes_breadth if not lean else 2.5)
    found = [(f"M{x:.1f} {y:.1f}h{wide:.1f}v{height:.1f}h{-wide:.1f}z", 0.34)]
    if lean:
        found.append((f"M{x:.1f} {y:.1f}l{lean:.1f} {-lean:.1f}h{wide:.1f}l{-lean:.1f} {lean:.1f}z", 0.18))
        found.append((f"M{x + wide:.1f} {y:.1f}l{lean:.1f} {-lean:.1f}v{height:.1f}l{-lean:.1f} {lean:.1f}z", 0.55))
    return "".join(
        f'<path d="{path}" fill="var(--{colour})" fill-opacity="{opacity * (0.4 if faint else 1):.2f}"'
        f' stroke="var(--{colour})" stroke-width=".8" stroke-linejoin="round"/>'
        for path, opacity in found
    )


def sizes(column: Column, before: Column | None, ground: float) -> str:
    """Side above and channels below, where they differ from the column before."""
    given = before.shape if before else (0,)
    middle = column.box_x + (column.breadth - column.lanes_breadth) / 2
    texts = []
    if len(column.shape) > 1 and column.shape[1:] != given[1:]:
        above = ground - column.top - 5
        texts.append((times(column.shape[1:] if len(set(column.shape[1:])) > 1 else column.shape[1:2]), above))
    if column.shape[0] != given[0]:
        texts.append((str(column.shape[0]), ground + 13))
    return "".join(
        f'<text x="{middle:.1f}" y="{y:.1f}" class="letters" text-anchor="middle" fill="var(--soft)">{text}</text>'
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


def share_bar(part: int, whole: int, colour: str) -> Markup:
    """A thin horizontal bar."""
    length = 100 * part / whole if whole else 0
    shown = max(length, 0.7) if part else 0
    return Markup(
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{shown:.2f}" height="6" fill="var(--{colour})"/></svg>'
    )
