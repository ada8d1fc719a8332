"""A drawing on a slide of PowerPoint: cells, numbers, outlines and lines as shapes of its own, each to be edited.

A number stands in the shape of its cell, so that both move together. python-pptx has no quick way to write a thousand
shapes, so that their XML is written here.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from PIL import Image as Pixels
from pptx.oxml import parse_xml
from pptx.slide import Slide

from app.painters.shapes import Box, Drawing, Fill, Group, Image, Path, Run, Segment, Shape, Stroke, Words
from app.painters.typeface import width_of

POINT = 12_700
"""English metric units."""
FACE = "Segoe UI"
"""What PowerPoint has; other programs put their own in its place."""
EACH = 16
"""Pixels of a cell of a picture."""
SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
ASCENT = 0.93
"""How far above its base line a line of text begins, as a share of its size."""


class Frame(NamedTuple):
    """Where the drawing lies on the slide, in English metric units."""

    left: float
    top: float
    scale: float

    def lengths(self, *units: float) -> list[int]:
        return [round(unit * self.scale) for unit in units]

    def place(self, x: float, y: float) -> tuple[int, int]:
        return round(self.left + x * self.scale), round(self.top + y * self.scale)

    def points(self, size: float) -> int:
        """Hundredths of a point of letters."""
        return max(round(size * self.scale / POINT * 100), 100)


def paint(slide: Slide, drawing: Drawing, frame: Frame) -> None:
    """Adds all shapes of the drawing to the slide."""
    tree: Any = slide.shapes._spTree
    first = len(tree) + 1
    texts = list(shapes(slide, drawing, frame))
    for number, text in enumerate(texts, first):
        tree.append(parse_xml(text.replace('id="0"', f'id="{number}"', 1)))


def shapes(slide: Slide, drawing: Drawing, frame: Frame) -> Iterator[str]:
    for part in drawing.parts:
        if isinstance(part, Group):
            yield from row(part.shapes, frame)
        elif isinstance(part, Image):
            yield image(slide, part, frame)
        else:
            yield shape(part, frame)


def row(cells: Sequence[Shape], frame: Frame) -> Iterator[str]:
    """Cells with their numbers; the strokes of negative ones lie over them."""
    cell: Box | None = None
    strokes: list[str] = []
    for each in cells:
        if isinstance(each, Box):
            if cell:
                yield box(cell, frame, None)
            yield from strokes
            cell, strokes = each, []
        elif isinstance(each, Words) and cell and each.text:
            yield box(cell, frame, each)
            yield from strokes
            cell, strokes = None, []
        elif isinstance(each, Path):
            strokes.append(shape(each, frame))
    if cell:
        yield box(cell, frame, None)
    yield from strokes


def shape(each: Shape, frame: Frame) -> str:
    match each:
        case Box():
            return box(each, frame, None)
        case Path():
            return path(each, frame)
        case Words():
            return words(each, frame)
    raise TypeError(type(each))


def box(each: Box, frame: Frame, number: Words | None) -> str:
    x, y = frame.place(each.x, each.y)
    width, height = frame.lengths(each.width, each.height)
    geometry = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    if each.radius:
        share = min(round(each.radius / min(each.width, each.height) * 100_000), 50_000)
        guide = f'<a:avLst><a:gd name="adj" fmla="val {share}"/></a:avLst>'
        geometry = f'<a:prstGeom prst="roundRect">{guide}</a:prstGeom>'
    looks = filled(each.fill) + stroked(each.stroke, frame)
    text = body(number, frame, "ctr", "ctr") if number else ""
    return made("cell" if number else "box", (x, y, width, height), geometry, looks, text)


def path(each: Path, frame: Frame) -> str:
    """Lines and curves in their own rectangle."""
    points = [point for _, values in each.segments for point in zip(values[::2], values[1::2], strict=True)]
    xs, ys = zip(*points, strict=True)
    left, top = frame.place(min(xs), min(ys))
    width, height = (max(length, 1) for length in frame.lengths(max(xs) - min(xs), max(ys) - min(ys)))
    drawn = "".join(segment(part, frame, left, top) for part in each.segments)
    unfilled = "" if each.fill else ' fill="none"'
    geometry = (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{width}" h="{height}"{unfilled}>{drawn}</a:path></a:pathLst></a:custGeom>'
    )
    return made("line", (left, top, width, height), geometry, filled(each.fill) + stroked(each.stroke, frame), "")


def segment(part: Segment, frame: Frame, left: int, top: int) -> str:
    kind, values = part
    if kind == "Z":
        return "<a:close/>"
    name = {"M": "moveTo", "L": "lnTo", "C": "cubicBezTo"}[kind]
    places = (frame.place(x, y) for x, y in zip(values[::2], values[1::2], strict=True))
    points = "".join(f'<a:pt x="{x - left}" y="{y - top}"/>' for x, y in places)
    return f"<a:{name}>{points}</a:{name}>"


def words(each: Words, frame: Frame) -> str:
    """A box of text around its line; what is written upwards is turned."""
    size = max((run.size for run in each.runs), default=1.0)
    width, height = sum(map(width_of, each.runs)) * 1.04 + 2, size * 1.25
    ahead = {"start": 0.0, "middle": width / 2, "end": width}[each.anchor]
    align = {"start": "l", "middle": "ctr", "end": "r"}[each.anchor]
    if each.is_upward:
        middle = each.x - size * ASCENT + height / 2, each.y + ahead - width / 2
        left, top = middle[0] - width / 2, middle[1] - height / 2
    else:
        left, top = each.x - ahead, each.y - size * ASCENT
    place = (*frame.place(left, top), *frame.lengths(width, height))
    geometry = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    text = body(each, frame, align, "t")
    return made("text", place, geometry, "<a:noFill/>", text, turn=-5_400_000 if each.is_upward else 0)


def body(each: Words, frame: Frame, align: str, anchor: str) -> str:
    runs = "".join(letters(run, frame) for run in each.runs if run.text)
    inset = 'lIns="0" tIns="0" rIns="0" bIns="0"'
    paragraph = f'<a:p><a:pPr algn="{align}"/>{runs}</a:p>'
    return f'<p:txBody><a:bodyPr wrap="none" {inset} anchor="{anchor}"><a:noAutofit/></a:bodyPr>{paragraph}</p:txBody>'


def letters(run: Run, frame: Frame) -> str:
    looks = f'lang="en-US" sz="{frame.points(run.size)}" b="{int(run.is_bold)}" i="{int(run.is_italic)}"'
    face = f'{filled(Fill(run.colour, 1))}<a:latin typeface="{FACE}"/>'
    return f"<a:r><a:rPr {looks}>{face}</a:rPr><a:t>{escape(run.text)}</a:t></a:r>"


def filled(fill: Fill | None) -> str:
    if not fill:
        return "<a:noFill/>"
    return f"<a:solidFill>{colour(fill.colour, fill.opacity)}</a:solidFill>"


def stroked(stroke: Stroke | None, frame: Frame) -> str:
    if not stroke:
        return "<a:ln><a:noFill/></a:ln>"
    (width,) = frame.lengths(stroke.width)
    dash = '<a:prstDash val="sysDash"/>' if stroke.dashes else ""
    cap = ' cap="rnd"' if stroke.is_round else ""
    return f'<a:ln w="{max(width, 1)}"{cap}>{filled(Fill(stroke.colour, stroke.opacity))}{dash}</a:ln>'


def colour(code: str, opacity: float) -> str:
    alpha = f'<a:alpha val="{round(opacity * 100_000)}"/>' if opacity < 1 else ""
    return f'<a:srgbClr val="{code.lstrip("#").upper()}">{alpha}</a:srgbClr>'


def made(name: str, place: Sequence[int], geometry: str, looks: str, text: str, turn: int = 0) -> str:
    x, y, width, height = place
    turned = f' rot="{turn}"' if turn else ""
    size = f'<a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/>'
    return (
        f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="0" name={quoteattr(name)}/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>'
        f"<a:xfrm{turned}>{size}</a:xfrm>{geometry}{looks}</p:spPr>"
        f"{text}</p:sp>"
    )


def image(slide: Slide, each: Image, frame: Frame) -> str:
    """Pixels, so many for each cell that no program softens their edges."""
    held = BytesIO()
    with Pixels.open(BytesIO(each.png)) as cells:
        large = cells.convert("RGBA").resize((cells.width * EACH, cells.height * EACH), Pixels.Resampling.NEAREST)
    large.save(held, "PNG")
    held.seek(0)
    _, link = slide.part.get_or_add_image_part(held)
    x, y = frame.place(each.x, each.y)
    width, height = frame.lengths(each.width, each.height)
    return (
        f'<p:pic {SPACES}><p:nvPicPr><p:cNvPr id="0" name="picture"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>'
        f'<p:blipFill><a:blip r:embed="{link}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>'
        f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )
