"""A board as its page draws it at one moment: complete without scripts."""

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from app.equation.conventions import Conventions
from app.layout.box import TALL, WIDE, Spot
from app.layout.fitting import fit_trees
from app.layout.layout import Layout
from app.layout.sheet import CAPTION, Sheet
from app.pages.board.board import Board, Moment
from app.painters.drawing import page_drawing
from app.painters.palette import PAGE
from app.views.frame import Fill, Outline, Shown

BELOW = 46
"""Units that a line round below other planes hangs under them."""


def draw(board: Board, moment: Moment, title: str, *, is_whole: bool) -> Markup:
    """The drawing, which fills its box. A whole one shows also what the moment has not reached."""
    layout = Layout(
        title=title,
        sheets=board.sheets,
        wide=fit_trees(board.wide, WIDE),
        tall=fit_trees(board.tall, TALL),
        active=None,
        letters={},
        is_complete=is_whole,
        shows_ahead=False,
        conventions=Conventions(),
        spaces={},
        notes=(),
    )
    return Markup(page_drawing(layout, seen(moment), "".join(ways(board, layout))))


def seen(moment: Moment) -> Shown:
    """The moment in the words of the painters."""
    fills: list[Fill] = [{"plane": name, "shown": count} for name, count in moment.shown.items()]
    outlines: list[Outline] = [
        {"plane": name, "cells": list(cells), "role": "window"} for name, cells in moment.lit.items()
    ]
    return {"fills": fills, "outlines": outlines, "links": [], "labels": []}


def ways(board: Board, layout: Layout) -> Iterator[str]:
    """The arrows between planes where they stand in the wide box; static/js/board/way.js draws them in either."""
    boxes = {
        each.plane.id: rectangle(each, layout.wide.spots[number])
        for number, each in enumerate(layout.sheets)
        if number in layout.wide.spots
    }
    for each in board.ways:
        if each.box != "tall" and each.start in boxes and each.end in boxes:
            yield way_svg(boxes[each.start], boxes[each.end], each.is_around)


class Rectangle(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


def rectangle(sheet: Sheet, spot: Spot) -> Rectangle:
    """The cells of a plane, in units of the drawing."""
    right, bottom = spot.x + sheet.plane.cols * spot.cell, spot.y + sheet.plane.rows * spot.cell
    return Rectangle(spot.x, spot.y, right, bottom)


def way_svg(start: Rectangle, end: Rectangle, is_around: bool) -> str:
    """From side to side where these face each other, or from the foot of one to the words over the other."""
    (x1, y1), (x2, y2) = start.middle, end.middle
    if is_around and start.top < end.bottom and end.top < start.bottom:
        low = max(start.bottom, end.bottom) + BELOW
        path = f"M{x1:g} {start.bottom:g}C{x1:g} {low:g} {x2:g} {low:g} {x2:g} {end.bottom:g}"
        tip = f"M{x2:g} {end.bottom:g}l-4 8h8z"
    elif end.left >= start.right or end.right <= start.left:
        x1, x2, back = (start.right, end.left, -8) if end.left >= start.right else (start.left, end.right, 8)
        half = (x1 + x2) / 2
        path, tip = f"M{x1:g} {y1:g}C{half:g} {y1:g} {half:g} {y2:g} {x2:g} {y2:g}", f"M{x2:g} {y2:g}l{back} -4v8z"
    else:
        y2 = end.top - CAPTION
        half = (start.bottom + y2) / 2
        path, tip = (
            f"M{x1:g} {start.bottom:g}C{x1:g} {half:g} {x2:g} {half:g} {x2:g} {y2:g}",
            f"M{x2:g} {y2:g}l-4 -8h8z",
        )
    line = f'<path d="{path}" fill="none" stroke="{PAGE["soft"]}" stroke-width="1.4"/>'
    return f'<g class="way" opacity=".6">{line}<path d="{tip}" fill="{PAGE["soft"]}"/></g>'
