"""The picture of any page that marks one, as a file: what the page draws, in one SVG without its style sheets.

A page is made by its own route, so that its picture is the one that readers see. Its drawings are taken out of it with
their captions, the rules of the style sheets become attributes, and colours those of the theme.
"""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring, register_namespace, tostring

from app.layout.box import CELL
from app.painters.drawing import text
from app.painters.palette import Palette
from app.painters.poster import MARGIN, Sheet, file
from app.painters.reading import HANDED_DOWN
from app.paths import static_folder

SVG = "http://www.w3.org/2000/svg"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LARGE = 40
"""Units of the smallest drawing; icons are smaller."""
WIDEST = 1300
"""Units of a row of drawings."""
GAP, CAPTION = 36, 26
"""Units between drawings, and over one for its caption."""
IMAGE = 288
"""Units of the longer side of a small image."""
LETTER = 7.8
"""Units of a letter of a caption."""
SAID = HANDED_DOWN | {"opacity", "paint-order", "vector-effect", "display"}
"""What a rule may say that a drawing keeps."""

Names = tuple[str, frozenset[str], Mapping[str, str]]
"""A tag, its classes and its attributes."""


Images = Mapping[str, bytes]
"""The images of a page by their addresses, as PNG."""


class Found(NamedTuple):
    """A drawing of a page, what it stands in, and what is written over it."""

    svg: str
    around: tuple[Names, ...]
    caption: str


# Out of the page.


class Finder(HTMLParser):
    """Finds the drawings within what a page marks as its picture."""

    def __init__(self, html: str, images: Images) -> None:
        super().__init__(convert_charrefs=True)
        self.html = html
        self.images = images
        self.starts = [0, *(match.end() for match in re.finditer("\n", html))]
        self.open: list[Names] = []
        self.found: list[Found] = []
        self.figures: list[list[int]] = []
        self.captions: list[str] = []
        self.cells: list[list[str]] | None = None
        self.is_nameless = False
        self.begun: int | None = None
        self.marked: int | None = None
        self.feed(html)

    @property
    def at(self) -> int:
        line, column = self.getpos()
        return self.starts[line - 1] + column

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "img" and self.marked is not None and given.get("src") in self.images:
            self.take(image_svg(self.images[given["src"]]), given.get("alt", ""))
            self.is_nameless = not given.get("alt")
        if tag == "table" and self.marked is not None:
            self.cells = []
        if tag == "tr" and self.cells is not None:
            self.cells.append([])
        if tag == "td" and self.cells:
            self.cells[-1].append("")
        if tag in VOID:
            return
        self.open.append((tag, frozenset(given.get("class", "").split()), given))
        if "data-picture" in given and self.marked is None and self.begun is None:
            self.marked = len(self.open)
        if tag == "svg" and self.begun is None and self.marked is not None:
            self.begun = self.at
        if tag == "figure":
            self.figures.append([])
        if tag == "figcaption":
            self.captions.append("")

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """What closes itself holds nothing."""

    def handle_data(self, data: str) -> None:
        if self.captions and self.open and any(tag == "figcaption" for tag, _, _ in self.open):
            self.captions[-1] += data
        elif self.cells and self.cells[-1] and self.open[-1][0] == "td":
            self.cells[-1][-1] += data
        elif self.is_nameless and data.strip():
            self.found[-1], self.is_nameless = self.found[-1]._replace(caption=data.strip()), False

    def handle_endtag(self, tag: str) -> None:
        if not any(name == tag for name, _, _ in self.open):
            return
        while self.open.pop()[0] != tag:
            pass
        if tag == "svg" and self.begun is not None and not any(name == "svg" for name, _, _ in self.open):
            self.take(self.html[self.begun : self.at + len("</svg>")])
            self.begun = None
        if tag == "table" and self.cells:
            self.take(table_svg(self.cells))
            self.cells = None
        if tag == "figcaption" and self.figures:
            self.figures[-1].append(-1)
        if tag == "figure" and self.figures:
            self.name(self.figures.pop())
        if self.marked is not None and len(self.open) < self.marked:
            self.marked = None

    def take(self, svg: str, caption: str = "") -> None:
        self.is_nameless = False
        if self.figures:
            self.figures[-1].append(len(self.found))
        self.found.append(Found(svg, tuple(self.open), caption))

    def name(self, figure: list[int]) -> None:
        """The caption of a figure is its first drawing's."""
        drawings = [number for number in figure if number >= 0]
        if -1 in figure and self.captions:
            caption = " ".join(self.captions.pop().split())
            if drawings:
                self.found[drawings[0]] = self.found[drawings[0]]._replace(caption=caption)


def image_sources(html: str) -> list[str]:
    """The addresses of the images that a page shows."""
    return list(dict.fromkeys(unescape(source) for source in re.findall(r'<img[^>]* src="(/[^"]*)"', html)))


def image_svg(png: bytes) -> str:
    """An image as a drawing, small ones enlarged by whole numbers, so that every pixel stays a square."""
    width, height = (int.from_bytes(png[place : place + 4]) for place in (16, 20))
    scale = max(IMAGE // max(width, height), 1)
    size = f'width="{width * scale}" height="{height * scale}"'
    href = f"data:image/png;base64,{b64encode(png).decode()}"
    return (
        f'<svg viewBox="0 0 {width * scale} {height * scale}">'
        f'<image {size} preserveAspectRatio="none" image-rendering="pixelated" href="{href}"/></svg>'
    )


def table_svg(rows: Sequence[Sequence[str]]) -> str:
    """A table of numbers as a drawing of its cells."""
    width, height = max(map(len, rows)) * CELL, len(rows) * CELL
    cells = "".join(
        f'<rect x="{col * CELL}" y="{row * CELL}" width="{CELL}" height="{CELL}" fill="none" stroke="var(--line)"/>'
        f'<text x="{(col + 0.5) * CELL:g}" y="{row * CELL + 26}" font-size="16" text-anchor="middle">'
        f"{escape(said)}</text>"
        for row, line in enumerate(rows)
        for col, said in enumerate(line)
    )
    return f'<svg viewBox="0 0 {width} {height}">{cells}</svg>'


def sheets_of(html: str) -> tuple[str, ...]:
    """The names of the style sheets of a page."""
    return tuple(dict.fromkeys(re.findall(r'href="[^"]*/css/([\w-]+)\.css"', html)))


# Rules become attributes.


class Rule(NamedTuple):
    """What holds for elements with these names, one within the other."""

    parts: tuple[str, ...]
    said: tuple[tuple[str, str], ...]


@lru_cache(32)
def rules_of(sheets: tuple[str, ...]) -> tuple[Rule, ...]:
    """The rules that say how something is drawn, the weaker ones first."""
    found = [rule for sheet in sheets for rule in rules(static_folder() / "css" / f"{sheet}.css")]
    return tuple(sorted(found, key=lambda rule: sum(map(weight, rule.parts))))


def rules(path: Path) -> Iterator[Rule]:
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    text = re.sub(r"@[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", text)  # what holds on some screens alone
    for selectors, block in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
        pairs = (part.partition(":") for part in block.split(";"))
        said = tuple((name.strip(), bare(value)) for name, _, value in pairs if name.strip() in SAID)
        for selector in selectors.split(","):
            if said and not re.search(r"[:>+~*]", selector):
                yield Rule(tuple(selector.split()), said)


def bare(value: str) -> str:
    """A value as an attribute has it: lengths in units, and of what depends on a screen or a variable the first."""
    value = value.replace("!important", "").strip()
    length = re.match(r"(?:max\(|min\(|clamp\(|calc\(|var\([\w-]+,)?\s*([\d.]+)(px|rem|em)?\b", value)
    if not length or ("," in value and "(" not in value):
        return value
    return f"{float(length[1]) * (16 if length[2] in ('rem', 'em') else 1):g}"


def weight(part: str) -> int:
    return 10 * len(re.findall(r"[.\[]", part)) + (part[0] not in ".[")


def matches(part: str, names: Names) -> bool:
    """Whether an element has the tag, the classes and the attributes of a part of a selector."""
    tag, classes, attributes = names
    wanted = re.match(r"[\w-]+", part)
    if wanted and wanted[0] != tag:
        return False
    if not set(re.findall(r"\.([\w-]+)", part)) <= classes:
        return False
    conditions = re.findall(r'\[([\w-]+)(?:([\^~]?)="?([^"\]]*)"?)?\]', part)
    return all(holds(attributes.get(name), sign, value) for name, sign, value in conditions)


def holds(given: str | None, sign: str, value: str) -> bool:
    if given is None:
        return False
    if sign == "^":
        return given.startswith(value)
    return value in given.split() if sign == "~" else not value or given == value


def fits(rule: Rule, line: Sequence[Names]) -> bool:
    """Whether a rule is about the last of these, each of which stands in the one before."""
    *above, own = rule.parts
    if not matches(own, line[-1]):
        return False
    place = len(line) - 1
    for part in reversed(above):
        place = next((at for at in range(place - 1, -1, -1) if matches(part, line[at])), -1)
        if place < 0:
            return False
    return True


def styled(found: Found, sheets: tuple[str, ...], palette: Palette) -> Element:
    """The drawing with what the rules say of it as its attributes, and without what they hide."""
    svg = re.sub(r" (data-[\w-]+)(?=[ />])", r' \1=""', found.svg)  # HTML lets an attribute be without a value
    root = fromstring(svg if "xmlns=" in svg else svg.replace("<svg", f'<svg xmlns="{SVG}"', 1))
    dress(root, found.around, rules_of(sheets), palette)
    return root


def dress(element: Element, around: Sequence[Names], rules: Sequence[Rule], palette: Palette) -> None:
    tag = element.tag.rpartition("}")[2]
    line = (*around, (tag, frozenset(element.get("class", "").split()), dict(element.attrib)))
    for rule in rules:
        if fits(rule, line):
            element.attrib.update(rule.said)
    for name, value in element.attrib.items():
        if value.startswith("var("):
            element.set(name, palette.get(value[6:].partition(")")[0], palette["ink"]))
    for child in list(element):
        dress(child, line, rules, palette)
        if child.get("display") == "none" or child.tag.rpartition("}")[2] == "clipPath":
            element.remove(child)
    for name in [name for name, value in element.attrib.items() if is_for_the_page(name, value)]:
        del element.attrib[name]


def is_for_the_page(name: str, value: str) -> bool:
    if name == "href":
        return not value.startswith("data:image/png;base64,")
    return name.startswith(("data-", "aria-")) or name in ("class", "tabindex", "role", "id", "clip-path")


# One file.


def picture_of(html: str, images: Images, palette: Palette, sheet: Sheet) -> bytes | None:
    """The file of a page's picture; None where it draws none."""
    sheets = sheets_of(html)
    drawings = [(found.caption, styled(found, sheets, palette)) for found in Finder(html, images).found]
    large = [
        (caption, root, size_of(root))
        for caption, root in drawings
        if min(size_of(root)) >= LARGE and root.get("display") != "none"
    ]
    if not large:
        return None
    register_namespace("", SVG)
    rows = rows_of([taken(caption, size) for caption, _, size in large])
    parts, top, widest = [], float(MARGIN), 0.0
    placed = iter(large)
    for row in rows:
        left = float(MARGIN)
        for space, _ in row:
            caption, root, (width, _) = next(placed)
            parts.append(text(left, top + 14, caption, palette["soft"], 14) if caption else "")
            parts.append(inner(root, left, top + (CAPTION if caption else 0), width))
            left += space + GAP
        widest = max(widest, left - GAP + MARGIN)
        top += max(height for _, height in row) + GAP
    title = re.findall(r"<title>(.*?)</title>", html)
    return file("".join(parts), (widest, top - GAP + MARGIN), title[0] if title else "", palette, sheet)


def taken(caption: str, size: tuple[float, float]) -> tuple[float, float]:
    """What a drawing takes with its caption."""
    return (max(size[0], LETTER * len(caption)), size[1] + CAPTION) if caption else size


def rows_of(sizes: Sequence[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """Drawings beside each other, as many as a row holds."""
    rows: list[list[tuple[float, float]]] = [[]]
    for size in sizes:
        if rows[-1] and sum(width + GAP for width, _ in rows[-1]) + size[0] > WIDEST:
            rows.append([])
        rows[-1].append(size)
    return rows


def size_of(root: Element) -> tuple[float, float]:
    """As wide as it says itself, or a unit each for its own."""
    _, _, width, height = (float(number) for number in root.get("viewBox", "0 0 1 1").split())
    shown = root.get("width", "")
    scale = float(shown) / width if re.fullmatch(r"[\d.]+", shown) else 1.0
    return width * scale, height * scale


def inner(root: Element, left: float, top: float, width: float) -> str:
    """The drawing as a group, where it belongs."""
    x, y, own, _ = (float(number) for number in root.get("viewBox", "0 0 1 1").split())
    scale = width / own
    held = "".join(tostring(child, encoding="unicode").replace(f' xmlns="{SVG}"', "") for child in root)
    looks = "".join(f' {name}="{escape(value)}"' for name, value in root.attrib.items() if name in HANDED_DOWN)
    place = f"translate({left - x * scale:.2f} {top - y * scale:.2f}) scale({scale:.4f})"
    return f'<g transform="{place}"{looks}>{held}</g>'
