"""The sheets of a drawing, as its markup has them."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Drawn:
    """A sheet: its plane's id, and all its markup, its words among it."""

    id: str
    svg: str
    is_away: bool
    scale: float

    @property
    def is_picture(self) -> bool:
        return " data-picture" in self.svg

    @property
    def cells(self) -> list[str]:
        """What its cells say."""
        return re.findall(r'<g role="gridcell"[^>]*>.*?<text [^>]*>([^<]*)</text></g>', self.svg)


def sheets(html: str) -> list[Drawn]:
    """Every sheet of every drawing on a page, in its order."""
    drawings = [part.split('<g class="links">')[0] for part in html.split('<svg class="drawing"')[1:]]
    return [drawn(part) for drawing in drawings for part in drawing.split('<g class="sheet')[1:]]


def drawn(svg: str) -> Drawn:
    plane = re.search(r'data-plane="([^"]*)"[^>]* transform="scale\(([^)]*)\)"', svg)
    assert plane
    return Drawn(plane[1], svg, svg.startswith(" away"), float(plane[2]))


def ids(html: str) -> list[str]:
    return [sheet.id for sheet in sheets(html)]
