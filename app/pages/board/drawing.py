"""A board as its page draws it at one moment: complete without scripts."""

from collections.abc import Iterator

from markupsafe import Markup

from app.equation.conventions import Conventions
from app.layout.box import TALL, WIDE, Spot
from app.layout.fitting import fit_trees
from app.layout.layout import Layout
from app.layout.sheet import Sheet
from app.pages.board.board import Board, Moment
from app.painters.drawing import curve, page_drawing
from app.painters.palette import PAGE
from app.views.frame import Fill, Outline, Shown


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
    return Markup(page_drawing(layout, seen(moment), "".join(ways(layout, moment))))


def seen(moment: Moment) -> Shown:
    """The moment in the words of the painters."""
    fills: list[Fill] = [{"plane": name, "shown": count} for name, count in moment.shown.items()]
    outlines: list[Outline] = [
        {"plane": name, "cells": list(cells), "role": "window"} for name, cells in moment.lit.items()
    ]
    return {"fills": fills, "outlines": outlines, "links": [], "labels": []}


def ways(layout: Layout, moment: Moment) -> Iterator[str]:
    """The lines between planes where they stand in the wide box; static/js/board/board.js draws them in either."""
    spots = {each.plane.id: (each, layout.wide.spots[number]) for number, each in enumerate(layout.sheets)}
    for start, end in moment.ways:
        yield way(*spots[start], *spots[end])


def way(start: Sheet, at: Spot, end: Sheet, to: Spot) -> str:
    """From the middle of one side to the middle of the side that faces it."""
    right, bottom = at.x + start.plane.cols * at.cell, at.y + start.plane.rows * at.cell
    if to.x >= right:
        middles = (at.y + bottom) / 2, to.y + end.plane.rows * to.cell / 2
        return curve(right, middles[0], to.x, middles[1], PAGE["soft"])
    return ""
