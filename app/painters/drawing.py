"""The drawing of a scene: every plane in its place with its words, and between planes the ways from one to the next.

For the page it carries what scripts and screen readers need, and the places in a tall box; for files, in the wide one.
"""

from collections.abc import Iterator, Sequence
from html import escape

from app.layout.box import CELL, TALL, Box, Spot
from app.layout.fitting import Fitted
from app.layout.layout import Layout
from app.layout.sheet import LINE, SHAPE, TITLE, Sheet
from app.painters.marks import marks_svg
from app.painters.motion import STILL, Motion
from app.painters.palette import PAGE, Palette
from app.painters.svg import OUTLINE, apart, drawing, plane_facts
from app.text.format import short
from app.views.frame import Shown, cells_of
from app.views.plane import Plane

ABOVE = 7
"""Units between a plane and the words over it."""
MARGIN = 4
"""Units around the whole."""
NOWHERE = Spot(0, 0, CELL)
"""Until a script brings it forward, a channel that is not large has no place for its products in any box."""


def page_drawing(layout: Layout, frame: Shown, ways: str = "") -> str:
    """The drawing as an element of the page, which fills its box. `ways` are lines between its planes."""
    wide, tall = view_box(layout.wide, layout.wide_box), view_box(layout.tall, TALL)
    return (
        f'<svg class="drawing" viewBox="{wide}" data-wide="{wide}" data-tall="{tall}"'
        f' data-cells="{layout.wide.cell:g} {layout.tall.cell:g}"'
        f' preserveAspectRatio="xMidYMid meet">{drawn(layout, frame, PAGE)}<g class="links">{ways}</g></svg>'
    )


def view_box(fitted: Fitted, box: Box) -> str:
    """The whole with its margin; a few cells do not become a wall."""
    width, height = (
        max(size + 2 * MARGIN, least) for size, least in zip((fitted.width, fitted.height), box.least, strict=True)
    )
    return f"{(fitted.width - width) / 2:g} {(fitted.height - height) / 2:g} {width:g} {height:g}"


def drawn(layout: Layout, frame: Shown, palette: Palette, motion: Motion = STILL) -> str:
    """All sheets, the ways between them, and what flies."""
    is_page = palette is PAGE
    parts = [
        sheet_svg(number, sheet, layout, frame, palette, motion)
        for number, sheet in enumerate(layout.sheets)
        if is_page or is_seen(number, sheet, layout)
    ]
    ways = [] if is_page or motion.is_loose else links(layout, frame, palette)
    return "".join([*parts, *ways, motion.flying])


def is_seen(number: int, sheet: Sheet, layout: Layout) -> bool:
    """Whether a sheet stands in the wide box, and does not belong to another filter than the one that is seen."""
    return number in layout.wide.spots and sheet.filter in (None, layout.active)


def sheet_svg(number: int, sheet: Sheet, layout: Layout, frame: Shown, palette: Palette, motion: Motion = STILL) -> str:
    plane, spots = sheet.plane, [fitted.spots.get(number) for fitted in (layout.wide, layout.tall)]
    spot = next(filter(None, spots), NOWHERE)
    unit = CELL / spot.cell
    shown = next((fill["shown"] for fill in frame["fills"] if fill["plane"] == plane.id and "shown" in fill), None)
    shows_part = not layout.is_complete and (not plane.is_picture or palette is PAGE or motion.is_run)
    inner = drawing(
        plane,
        palette,
        shown=shown if shows_part else None,
        window=cells_of(frame["outlines"], plane.id, but="winner"),
        winners=cells_of(frame["outlines"], plane.id, role="winner"),
        texts=layout.letters.get(plane.id),
        ahead=layout.shows_ahead,
        roles=palette is PAGE,
        glide=motion.glides.get(plane.id, (0, 0)),
        turn=motion.turn if plane.turned and plane.id.startswith("w.") else 0,
    )
    if plane.id.startswith("p.") and motion.shrink != 1:
        inner = shrunk(inner, plane, motion.shrink)
    marks = marks_svg(sheet.marks, plane, palette, unit, shown if shows_part and palette is not PAGE else None)
    inner += frame_svg(sheet, palette)
    inner += (f'<g class="mark">{marks}</g>' if marks else "") + subtotal(sheet, layout, frame, palette)
    facts = (plane_facts(plane, sheet.label) + " ") if palette is PAGE else ""
    own = f'<g {facts}transform="scale({spot.cell / CELL:g})">{inner}</g>'
    words = caption(sheet, palette, spot) if palette is PAGE or spot.is_titled else ""
    return f"<g {places(sheet, spots, layout, palette)}>{apart(words, palette)}{side_title(sheet, palette)}{own}</g>"


def shrunk(inner: str, plane: Plane, size: float) -> str:
    """A plane drawn smaller, about its middle."""
    x, y = (count * CELL / 2 * (1 - size) for count in (plane.cols, plane.rows))
    return f'<g transform="translate({x:g} {y:g}) scale({size:g})">{inner}</g>'


def places(sheet: Sheet, spots: Sequence[Spot | None], layout: Layout, palette: Palette) -> str:
    """Where a sheet stands in each box, and with which channel or filter it comes and goes."""
    spot = next(filter(None, spots), NOWHERE)
    at = f'transform="translate({spot.x:g} {spot.y:g})"'
    if palette is not PAGE:
        return at
    named = "".join(
        f' data-{name}="{value}"'
        for name, value in (("channel", sheet.channel), ("filter", sheet.filter))
        if value is not None
    )
    boxes = "".join(
        f' data-{name}="{spot.x:g} {spot.y:g} {spot.cell / CELL:g}{"" if spot.is_titled else " bare"}"'
        for name, spot in zip(("wide", "tall"), spots, strict=True)
        if spot
    )
    away = "" if spots[0] and sheet.filter in (None, layout.active) else " away"
    bare = "" if spot.is_titled else " bare"
    return f'class="sheet{away}{bare}"{named}{boxes} {at}'


def caption(sheet: Sheet, palette: Palette, spot: Spot) -> str:
    """The title and the shape, in one line or two."""
    plane, extent = sheet.plane, sheet.extent
    if not sheet.title:
        return ""
    is_product = plane.space == "product"
    letter = f' <tspan font-style="italic">{sheet.letter}</tspan>' if sheet.letter else ""
    base = plane.rows * spot.cell + 18 if plane.clearance[0] else -ABOVE - extent.above
    shape = ""
    if sheet.shape and extent.lines < 2:
        looks = f'class="shape" font-size="{SHAPE}" font-weight="400" fill="{palette["soft"]}"'
        shape = f" <tspan {looks}>{escape(sheet.shape)}</tspan>"
    if extent.lines == 2:
        shape = text(0, base, sheet.shape, palette["soft"], SHAPE, name="shape")
        return title(0, base - LINE, sheet.title, letter, palette[plane.space], is_product) + "</text>" + shape
    colour = palette["soft" if is_product else plane.space]
    return f"{title(0, base, sheet.title, letter, colour, is_product)}{shape}</text>"


def side_title(sheet: Sheet, palette: Palette) -> str:
    """What is written beside a plane: a letter, or a few words from its upper corner down."""
    colour = palette[sheet.frame or sheet.plane.space]
    if len(sheet.side_title) == 1:
        return text(-9, TITLE, sheet.side_title, colour, TITLE, 700, "end")
    if not sheet.side_title:
        return ""
    return (
        f'<text class="aside-title" transform="translate(-8 0) rotate(-90)" text-anchor="end" font-size="{SHAPE}"'
        f' fill="{colour}">{escape(sheet.side_title)}</text>'
    )


def frame_svg(sheet: Sheet, palette: Palette) -> str:
    if not sheet.frame:
        return ""
    width, height = (count * CELL + 8 for count in (sheet.plane.cols, sheet.plane.rows))
    return (
        f'<rect class="colour-frame" x="-4" y="-4" width="{width}" height="{height}" rx="4" fill="none"'
        f' stroke="{palette[sheet.frame]}" stroke-width="2" vector-effect="non-scaling-stroke"/>'
    )


def title(x: float, y: float, what: str, letter: str, colour: str, is_small: bool) -> str:
    size = f'font-size="{SHAPE}"' if is_small else f'font-size="{TITLE}" font-weight="650"'
    return f'<text class="title" x="{x:g}" y="{y:g}" fill="{colour}" {size}>{escape(what)}{letter}'


def text(
    x: float,
    y: float,
    what: str,
    colour: str,
    size: float,
    weight: int = 400,
    anchor: str = "start",
    name: str = "",
) -> str:
    named = f' class="{name}"' if name else ""
    return (
        f'<text{named} x="{x:g}" y="{y:g}" fill="{colour}" font-size="{size:g}" font-weight="{weight}"'
        f' text-anchor="{anchor}">{escape(what)}</text>'
    )


def subtotal(sheet: Sheet, layout: Layout, frame: Shown, palette: Palette) -> str:
    """The sum of a channel, beside its products."""
    plane = sheet.plane
    if plane.space != "product" or sheet.channel is None or layout.active is None:
        return ""
    slices = [each.plane.id for each in layout.sheets if each.channel == sheet.channel]
    said = "".join(f"Σ = {short(label['value'])}" for label in frame["labels"] if label["plane"] in slices)
    return (
        f'<text class="subtotal" x="{plane.cols * CELL + 12}" y="{plane.rows * CELL / 2 + 6:g}"'
        f' fill="{palette["product"]}" font-size="18" font-weight="650">{said}</text>'
    )


# Ways between planes.


def links(layout: Layout, frame: Shown, palette: Palette) -> Iterator[str]:
    """From the window to its products, in the space between the planes; where a sum goes, its own outline says."""
    spots = {
        sheet.plane.id: (sheet, layout.wide.spots[number])
        for number, sheet in enumerate(layout.sheets)
        if is_seen(number, sheet, layout)
    }
    kernels = [outline["plane"] for outline in frame["outlines"] if outline["role"] == "kernel"]
    ways = [
        link for link in frame["links"] if link["role"] == "window" and {link["start"], link["end"]} <= spots.keys()
    ]
    for place, link in enumerate(ways):
        start, at = spots[link["start"]]
        ends = [link["end"], *kernels[place : place + 1]]
        beside = [spots[end] for end in ends if end in spots and is_beside(*spots[end], start, at)]
        if beside:
            yield way(start, at, *min(beside, key=lambda end: end[1].x), frame, palette)


def is_beside(end: Sheet, to: Spot, start: Sheet, at: Spot) -> bool:
    """Whether a plane stands to the right of another, at some of its height."""
    is_right = to.x >= at.x + start.plane.cols * at.cell
    return is_right and to.y < at.y + start.plane.rows * at.cell and at.y < to.y + end.plane.rows * to.cell


def way(start: Sheet, at: Spot, end: Sheet, to: Spot, frame: Shown, palette: Palette) -> str:
    """Lines from beside the window to the corners of what stands next to it."""
    right, bottom = at.x + start.plane.cols * at.cell, to.y + end.plane.rows * to.cell
    cells = cells_of(frame["outlines"], start.plane.id)
    if not cells:
        return ""
    top, low = (at.y + (cell // start.plane.cols + more) * at.cell for cell, more in ((cells[0], 0), (cells[-1], 1)))
    colour = palette[OUTLINE[start.plane.space]]
    return curve(right, top, to.x, to.y, colour) + curve(right, low, to.x, bottom, colour)


def curve(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    bend = max((x2 - x1) / 2, 10)
    path = f"M{x1:g} {y1:g}C{x1 + bend:g} {y1:g} {x2 - bend:g} {y2:g} {x2:g} {y2:g}"
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.2" stroke-opacity=".6"/>'
