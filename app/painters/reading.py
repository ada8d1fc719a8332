"""From the SVG of a drawing to its shapes, so that pictures, pages and slides show what the page shows.

It reads what our own painters write, and no other SVG: groups that are moved, scaled and turned upwards,
presentation attributes that groups hand down, and a few kinds of elements. What frames of a film share stands on a line
of its own, as rows of cells, outlines and captions do; a film reads it once, however many of its frames have it.
"""

import re
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import cos, radians, sin
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring

from app.painters.palette import LIGHT, Palette
from app.painters.shapes import Anchor, Box, Drawing, Fill, Group, Image, Path, Run, Segment, Shape, Stroke, Words

SPACE = "{http://www.w3.org/2000/svg}"
COMMAND = re.compile(r"([A-Za-z])([^A-Za-z]*)")
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
TRANSFORM = re.compile(r"(\w+)\(([^)]*)\)")
LINE = re.compile(
    r'^(?:<g transform="translate\(0 \d+\)">.*</g>|<g class="overlay">.*</g>|<text (?:(?!</text>).)*</text>)$',
    re.MULTILINE,
)
ROW = "<g transform"
VARIABLE = re.compile(r"var\(--(\w+)\)")
BOLD = 600
"""The weight from which letters are bold."""


class Place(NamedTuple):
    """Where the units of an element lie in those of the whole: x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def moved(self, transform: str | None) -> "Place":
        place = self
        for name, numbers in TRANSFORM.findall(transform or ""):
            values = [float(number) for number in NUMBER.findall(numbers)]
            place = place.within(*matrix(name, values))
        return place

    def within(self, a: float, b: float, c: float, d: float, e: float, f: float) -> "Place":
        """The place of what is moved so within this one."""
        x, y = self.point(e, f)
        return Place(
            self.a * a + self.c * b,
            self.b * a + self.d * b,
            self.a * c + self.c * d,
            self.b * c + self.d * d,
            x,
            y,
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    @property
    def scale(self) -> float:
        """How much longer lengths become, on average."""
        return float(abs(self.a * self.d - self.b * self.c) ** 0.5)

    @property
    def is_upright(self) -> bool:
        return not self.b and not self.c

    @property
    def is_upward(self) -> bool:
        """Whether what is written to the right is seen from below up."""
        return self.b < 0 and abs(self.a) < 1e-6 * abs(self.b)


def matrix(name: str, values: Sequence[float]) -> tuple[float, float, float, float, float, float]:
    """What a transformation does, as an SVG writes it."""
    if name == "translate":
        return 1, 0, 0, 1, values[0], values[1] if len(values) > 1 else 0
    if name == "scale":
        return values[0], 0, 0, values[-1], 0, 0
    if name == "rotate":
        sine, cosine = sin(radians(values[0])), cos(radians(values[0]))
        turned = cosine, sine, -sine, cosine
        if len(values) < 3:
            return *turned, 0, 0
        x, y = values[1:3]
        return *turned, x - cosine * x + sine * y, y - sine * x - cosine * y
    a, b, c, d, e, f = values
    return a, b, c, d, e, f


Look = Mapping[str, str]
"""What an element has of its own, and what its groups hand down."""
HANDED_DOWN = {
    *("fill", "fill-opacity"),
    *("stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap"),
    *("font-size", "font-weight", "font-style", "text-anchor", "visibility"),
}


def read(svg: bytes | str, palette: Palette = LIGHT, read_line: "ReadLine | None" = None) -> Drawing:
    """The drawing of an SVG file of ours; where it names a colour of the page, that of the palette.

    Who reads many drawings hands in a `read_line` that remembers, and goes with them.
    """
    read_line = read_line or ReadLine()
    read_line.turn()
    lines: list[str] = []

    def set_aside(line: re.Match[str]) -> str:
        lines.append(line[0])
        return f'<line-apart number="{len(lines) - 1}"/>'

    root = fromstring(LINE.sub(set_aside, svg if isinstance(svg, str) else svg.decode()))
    left, top, width, height = (float(number) for number in root.get("viewBox", "0 0 1 1").split())
    scale = float(root.get("width", width)) / width
    parts: list[Shape | Group] = []
    paper, reader = None, Reader(palette, lines, read_line)
    for child in root:
        if child.get("width") == "100%":
            paper = child.get("fill")
        else:
            parts += reader.parts(child, own_look(root, {}), Place(scale, 0, 0, scale, -left * scale, -top * scale))
    title = root.findtext(f"{SPACE}title") or ""
    return Drawing(width * scale, height * scale, paper, tuple(parts), title)


def own_look(element: Element, look: Look) -> Look:
    own = {name: value for name, value in element.attrib.items() if name in HANDED_DOWN}
    return {**look, **own} if own else look


def line_of(text: str, look: tuple[tuple[str, str], ...], place: Place) -> tuple[Shape | Group, ...]:
    """What stands on a line of its own, and names all its colours itself; a row of cells is a group."""
    parts = Reader(LIGHT).parts(fromstring(text), dict(look), place)
    shapes = tuple(shape for shape in parts if not isinstance(shape, Group))
    return (Group(shapes),) if text.startswith(ROW) else shapes


Line = tuple[str, tuple[tuple[str, str], ...], Place]
"""What is written on it, and the look and the place that it is handed down."""


class ReadLine:
    """Reads each line once, for as long as one drawing after the other has it: so no more is held than a drawing."""

    def __init__(self) -> None:
        self.before: dict[Line, tuple[Shape | Group, ...]] = {}
        self.now: dict[Line, tuple[Shape | Group, ...]] = {}

    def turn(self) -> None:
        """The next drawing begins."""
        self.before, self.now = self.now, {}

    def __call__(self, text: str, look: tuple[tuple[str, str], ...], place: Place) -> tuple[Shape | Group, ...]:
        line = text, look, place
        if line not in self.now:
            self.now[line] = self.before.get(line) or line_of(*line)
        return self.now[line]


class Reader:
    """Reads elements in the colours of one palette; `lines` are those that have been set aside."""

    def __init__(self, palette: Palette, lines: Sequence[str] = (), read_line: ReadLine | None = None) -> None:
        self.palette = palette
        self.lines = lines
        self.read_line = read_line or ReadLine()

    def parts(self, element: Element, look: Look, place: Place) -> Iterator[Shape | Group]:
        name = element.tag.rpartition("}")[2]
        look = own_look(element, look)
        if look.get("visibility") == "hidden":
            return
        transform = element.get("transform")
        place = place.moved(transform) if transform else place
        if name in ("g", "svg", "a"):
            for child in element:
                yield from self.parts(child, look, place)
        elif name == "line-apart":
            yield from self.read_line(self.lines[int(element.get("number", "0"))], tuple(look.items()), place)
        elif name == "rect":
            yield self.box(element, look, place)
        elif name == "text":
            yield self.words(element, look, place)
        elif name == "path":
            drawn = segments(element.get("d", ""), place)
            if drawn:
                yield self.path(drawn, look, place, element)
        elif name == "circle":
            yield self.circle(element, look, place)
        elif name == "image":
            yield image(element, place)
        elif name in ("line", "polyline", "polygon"):
            yield self.path(segments(line(element, name), place), look, place, element)

    def box(self, element: Element, look: Look, place: Place) -> Box | Path:
        x, y, width, height, radius = (number(element, name) for name in ("x", "y", "width", "height", "rx"))
        if not place.is_upright:
            return self.path(segments(f"M{x} {y}h{width}v{height}h{-width}z", place), look, place, element)
        x, y = place.point(x, y)
        sides = width * place.scale, height * place.scale, min(radius, width / 2, height / 2) * place.scale
        return Box(x, y, *sides, self.fill(look), self.stroke(look, place, element))

    def circle(self, element: Element, look: Look, place: Place) -> Box:
        radius = number(element, "r") * place.scale
        x, y = place.point(number(element, "cx"), number(element, "cy"))
        side = 2 * radius
        return Box(x - radius, y - radius, side, side, radius, self.fill(look), self.stroke(look, place, element))

    def path(self, read: tuple[Segment, ...], look: Look, place: Place, element: Element) -> Path:
        return Path(read, self.fill(look) if has_area(read) else None, self.stroke(look, place, element))

    def words(self, element: Element, look: Look, place: Place) -> Words:
        x, y = place.point(number(element, "x"), number(element, "y"))
        runs = tuple(self.runs(element, look, place.scale))
        anchor: Anchor = look.get("text-anchor", "start")  # type: ignore[assignment]
        halo = self.stroke(look, place, element) if element.get("paint-order") else None
        return Words(x, y, trimmed(runs), anchor, place.is_upward, halo)

    def runs(self, element: Element, look: Look, scale: float) -> Iterator[Run]:
        if element.text:
            yield self.run(element.text, look, scale)
        for child in element:
            yield from self.runs(child, own_look(child, look), scale)
            if child.tail:
                yield self.run(child.tail, look, scale)

    def run(self, text: str, look: Look, scale: float) -> Run:
        weight, is_hidden = look.get("font-weight", "400"), look.get("visibility") == "hidden"
        return Run(
            text,
            "" if is_hidden else self.colour(look.get("fill", self.palette["ink"])),
            float(look.get("font-size", "16")) * scale,
            weight == "bold" or (weight.isdigit() and int(weight) >= BOLD),
            look.get("font-style") == "italic",
        )

    def fill(self, look: Look) -> Fill | None:
        colour, opacity = look.get("fill", "#000000"), float(look.get("fill-opacity", "1"))
        return None if colour == "none" or not opacity else Fill(self.colour(colour), opacity)

    def stroke(self, look: Look, place: Place, element: Element) -> Stroke | None:
        colour = look.get("stroke", "none")
        if colour == "none":
            return None
        scale = 1 if element.get("vector-effect") else place.scale
        return Stroke(
            self.colour(colour),
            float(look.get("stroke-opacity", "1")),
            float(look.get("stroke-width", "1")) * scale,
            tuple(float(dash) * scale for dash in NUMBER.findall(look.get("stroke-dasharray", ""))),
            look.get("stroke-linecap") == "round",
        )

    def colour(self, said: str) -> str:
        named = VARIABLE.match(said)
        if named:
            return self.palette.get(named[1], self.palette["ink"])
        return said if said.startswith("#") else self.palette["ink"]


def has_area(path: Iterable[Segment]) -> bool:
    """Whether any of its lines has more than two points: strokes alone hold nothing to be filled."""
    points = 0
    for kind, _ in path:
        points = 1 if kind == "M" else points + (3 if kind == "C" else 1)
        if points > 2:
            return True
    return False


def trimmed(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Spaces around a line are not written."""
    if not runs:
        return ()
    first, last = runs[0], runs[-1]
    if len(runs) == 1:
        return (first._replace(text=first.text.strip(" ")),)
    return (first._replace(text=first.text.lstrip(" ")), *runs[1:-1], last._replace(text=last.text.rstrip(" ")))


def number(element: Element, name: str) -> float:
    said = element.get(name)
    return float(said) if said else 0.0


def image(element: Element, place: Place) -> Image:
    x, y = place.point(number(element, "x"), number(element, "y"))
    width, height = (number(element, name) * place.scale for name in ("width", "height"))
    href = element.get("href", "")
    clip = element.get("clip-path")
    region = segments(clip.removeprefix("path('").removesuffix("')"), place) if clip else None
    return Image(x, y, width, height, b64decode(href.partition(",")[2]), region)


def line(element: Element, name: str) -> str:
    """The path of a straight line or of several."""
    if name == "line":
        x1, y1, x2, y2 = (number(element, side) for side in ("x1", "y1", "x2", "y2"))
        return f"M{x1} {y1}L{x2} {y2}"
    return "M" + element.get("points", "") + ("Z" if name == "polygon" else "")


def segments(path: str, place: Place) -> tuple[Segment, ...]:
    """The path in units of the whole, with M, L, C and Z alone."""
    return tuple(absolute(path, place))


def absolute(path: str, place: Place) -> Iterator[Segment]:
    x = y = start_x = start_y = 0.0
    for command, numbers in COMMAND.findall(path):
        values = [float(each) for each in NUMBER.findall(numbers)]
        kind, is_relative = command.upper(), command.islower()
        if kind == "Z":
            x, y = start_x, start_y
            yield "Z", ()
        elif kind in "HV":
            for value in values:
                if kind == "H":
                    x = value + x * is_relative
                else:
                    y = value + y * is_relative
                yield "L", place.point(x, y)
        elif kind in "ML":
            for pair, (dx, dy) in enumerate(zip(values[::2], values[1::2], strict=True)):
                x, y = dx + x * is_relative, dy + y * is_relative
                is_start = kind == "M" and pair == 0
                start_x, start_y = (x, y) if is_start else (start_x, start_y)
                yield "M" if is_start else "L", place.point(x, y)
        elif kind == "C":
            for first in range(0, len(values), 6):
                pairs = zip(values[first : first + 6 : 2], values[first + 1 : first + 6 : 2], strict=True)
                points = [(dx + x * is_relative, dy + y * is_relative) for dx, dy in pairs]
                x, y = points[-1]
                yield "C", tuple(side for point in points for side in place.point(*point))
