"""A drawing as one page of PDF: lines, boxes and letters that stay sharp, and a text that can be found and copied."""

import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO

from PIL import Image as Pixels
from PIL import ImageColor

from app.painters.shapes import Box, Drawing, Fill, Image, Path, Run, Segment, Shape, Stroke, Words
from app.painters.typeface import face, metrics, width_of

ROUND = 0.5523
"""How far the handles of a quarter of a circle reach, as a share of its radius."""


def pdf(drawing: Drawing) -> bytes:
    """One page, a point for each unit."""
    page = Page(drawing)
    content = page.content()
    file = File()
    fonts = "".join(f"/{name} {font(file, *look)} 0 R " for look, name in page.fonts.items())
    images = "".join(f"/{name} {picture(file, png)} 0 R " for png, name in page.images.items())
    states = "".join(f"/{name} << /ca {alpha:g} /CA {alpha:g} >> " for alpha, name in page.states.items())
    body = file.stream(content.encode("latin-1"))
    box = f"[0 0 {drawing.width:.2f} {drawing.height:.2f}]"
    resources = f"<< /Font << {fonts}>> /XObject << {images}>> /ExtGState << {states}>> >>"
    pages = file.next + 1
    leaf = file.add(
        f"<< /Type /Page /Parent {pages} 0 R /MediaBox {box} /Contents {body} 0 R /Resources {resources} >>"
    )
    file.add(f"<< /Type /Pages /Kids [{leaf} 0 R] /Count 1 >>")
    catalog = file.add(f"<< /Type /Catalog /Pages {pages} 0 R /ViewerPreferences << /DisplayDocTitle true >> >>")
    facts = file.add(f"<< /Title {written(drawing.title)} /Creator (ConvScope) >>")
    return file.finished(catalog, facts)


class File:
    """Numbered objects, one after the other."""

    def __init__(self) -> None:
        self.objects: list[bytes] = []

    @property
    def next(self) -> int:
        return len(self.objects) + 1

    def add(self, body: str | bytes) -> int:
        self.objects.append(body.encode() if isinstance(body, str) else body)
        return len(self.objects)

    def stream(self, data: bytes, facts: str = "") -> int:
        packed = zlib.compress(data, 9)
        head = f"<< /Length {len(packed)} /Filter /FlateDecode {facts}>>\nstream\n".encode()
        return self.add(head + packed + b"\nendstream")

    def finished(self, catalog: int, facts: int) -> bytes:
        parts, places, length = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"], [], 0
        for number, body in enumerate(self.objects, 1):
            length += len(parts[-1])
            places.append(length)
            parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        length += len(parts[-1])
        table = b"".join(b"%010d 00000 n \n" % place for place in places)
        count = len(places) + 1
        parts.append(b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table))
        parts.append(b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\n" % (count, catalog, facts))
        parts.append(b"startxref\n%d\n%%%%EOF\n" % length)
        return b"".join(parts)


class Page:
    """What is drawn, in order; fonts, images and opacities get their names as they are met."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.fonts: dict[tuple[bool, bool], str] = {}
        self.images: dict[bytes, str] = {}
        self.states: dict[float, str] = {}

    def content(self) -> str:
        width, height, paper = self.drawing.width, self.drawing.height, self.drawing.paper
        ground = [Box(0, 0, width, height, 0, Fill(paper, 1), None)] if paper else []
        shapes: Sequence[Shape] = [*ground, *self.drawing.shapes]
        turned = f"1 0 0 -1 0 {height:.2f} cm"  # units run downwards, points of a page upwards
        return "\n".join([turned, *(line for shape in shapes for line in self.drawn(shape))])

    def drawn(self, shape: Shape) -> Iterator[str]:
        match shape:
            case Box():
                yield from self.painted(box_path(shape), shape.fill, shape.stroke)
            case Path():
                yield from self.painted(path(shape.segments), shape.fill, shape.stroke)
            case Words():
                yield from self.words(shape)
            case Image():
                yield from self.image(shape)

    def painted(self, outline: str, fill: Fill | None, stroke: Stroke | None) -> Iterator[str]:
        if fill:
            yield f"{self.state(fill.opacity)} {colour(fill.colour)} rg {outline} f*"
        if stroke:
            dashes = f"[{' '.join(f'{dash:g}' for dash in stroke.dashes)}] 0 d"
            cap = f"{int(stroke.is_round)} J"
            looks = f"{colour(stroke.colour)} RG {stroke.width:.2f} w {cap} {dashes}"
            yield f"{self.state(stroke.opacity)} {looks} {outline} S"

    def state(self, opacity: float) -> str:
        return f"/{self.states.setdefault(opacity, f'G{len(self.states)}')} gs"

    def words(self, words: Words) -> Iterator[str]:
        width = sum(map(width_of, words.runs))
        ahead = {"start": 0.0, "middle": width / 2, "end": width}[words.anchor]
        at = (words.y + ahead) if words.is_upward else (words.x - ahead)
        yield self.state(1)
        for run in words.runs:
            place = f"0 -1 -1 0 {words.x:.2f} {at:.2f}" if words.is_upward else f"1 0 0 -1 {at:.2f} {words.y:.2f}"
            if words.halo:
                looks = f"{colour(words.halo.colour)} RG {words.halo.width:.2f} w [] 0 d 1 j 1 Tr"
                yield self.letters(run, place, looks)
            yield self.letters(run, place, f"{colour(run.colour)} rg 0 Tr")
            at += -width_of(run) if words.is_upward else width_of(run)

    def letters(self, run: Run, place: str, looks: str) -> str:
        look = run.is_bold, run.is_italic
        name = self.fonts.setdefault(look, f"F{len(self.fonts)}")
        glyphs = "".join(f"{metrics(*look).glyph(letter):04x}" for letter in run.text)
        return f"BT {looks} /{name} {run.size:.2f} Tf {place} Tm <{glyphs}> Tj ET"

    def image(self, image: Image) -> Iterator[str]:
        name = self.images.setdefault(image.png, f"I{len(self.images)}")
        clip = f"{path(image.region)} W n " if image.region else ""
        place = f"{image.width:.2f} 0 0 {-image.height:.2f} {image.x:.2f} {image.y + image.height:.2f} cm"
        yield f"q {self.state(1)} {clip}{place} /{name} Do Q"


def colour(said: str) -> str:
    return " ".join(f"{part / 255:.3f}" for part in ImageColor.getrgb(said)[:3])


def path(segments: Sequence[Segment]) -> str:
    signs = {"M": "m", "L": "l", "C": "c", "Z": "h"}
    return " ".join(" ".join([*(f"{value:.2f}" for value in values), signs[kind]]) for kind, values in segments)


def box_path(box: Box) -> str:
    if not box.radius:
        return f"{box.x:.2f} {box.y:.2f} {box.width:.2f} {box.height:.2f} re"
    return path(rounded(box))


def rounded(box: Box) -> list[Segment]:
    """A box with round corners as lines and curves."""
    left, top, right, bottom = box.x, box.y, box.x + box.width, box.y + box.height
    radius, bend = box.radius, box.radius * (1 - ROUND)
    return [
        ("M", (left + radius, top)),
        ("L", (right - radius, top)),
        ("C", (right - bend, top, right, top + bend, right, top + radius)),
        ("L", (right, bottom - radius)),
        ("C", (right, bottom - bend, right - bend, bottom, right - radius, bottom)),
        ("L", (left + radius, bottom)),
        ("C", (left + bend, bottom, left, bottom - bend, left, bottom - radius)),
        ("L", (left, top + radius)),
        ("C", (left, top + bend, left + bend, top, left + radius, top)),
        ("Z", ()),
    ]


def written(text: str) -> str:
    """Text as a PDF writes what is not on a page."""
    return f"<feff{text.encode('utf-16-be').hex()}>"


# What a page draws with.


def font(file: File, is_bold: bool, is_italic: bool) -> int:
    """A face, whole, whose letters are named by the numbers of their glyphs."""
    own, measures = face(is_bold, is_italic), metrics(is_bold, is_italic)
    data = own.data
    program = file.stream(data, f"/Length1 {len(data)} ")
    italic = "/ItalicAngle -11" if is_italic else "/ItalicAngle 0"
    heights = "/FontBBox [-1021 -463 1793 1232] /Ascent 928 /Descent -236 /CapHeight 729"
    looks = f"/Flags 4 {italic} {heights} /StemV {120 if is_bold else 80} /FontFile2 {program} 0 R"
    facts = file.add(f"<< /Type /FontDescriptor /FontName /{own.name} {looks} >>")
    widths = " ".join(f"{width:.0f}" for width in measures.advances)
    kind = "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /CIDToGIDMap /Identity"
    glyphs = file.add(
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{own.name} {kind} /FontDescriptor {facts} 0 R"
        f" /W [0 [{widths}]] >>"
    )
    letters = file.stream(letter_map(measures.glyphs).encode())
    return file.add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{own.name} /Encoding /Identity-H"
        f" /DescendantFonts [{glyphs} 0 R] /ToUnicode {letters} 0 R >>"
    )


def letter_map(glyphs: dict[str, int]) -> str:
    """From glyphs back to letters, a hundred a block, as PDF wants it; so that text can be found."""
    letters = {glyph: letter for letter, glyph in reversed(glyphs.items()) if glyph and ord(letter) < 0x10000}
    entries = [f"<{glyph:04x}> <{ord(letter):04x}>" for glyph, letter in sorted(letters.items())]
    blocks = [entries[first : first + 100] for first in range(0, len(entries), 100)]
    written = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Letters def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{written}\nendcmap end end"
    )


def picture(file: File, png: bytes) -> int:
    """Pixels with sharp edges, and how clear each is."""
    with Pixels.open(BytesIO(png)) as opened:
        pixels = opened.convert("RGBA")
    size = f"/Type /XObject /Subtype /Image /Width {pixels.width} /Height {pixels.height} /BitsPerComponent 8 "
    mask = file.stream(pixels.getchannel("A").tobytes(), size + "/ColorSpace /DeviceGray ")
    return file.stream(pixels.convert("RGB").tobytes(), f"{size}/ColorSpace /DeviceRGB /SMask {mask} 0 R ")
