"""A board for its scripts: every number, and every moment."""

from typing import Any

import numpy as np

from app.layout.sheet import Sheet
from app.pages.board.board import Board, Moment
from app.pages.board.times import times
from app.text.encoding import encode
from app.views.marks import Corners, Sign


def describe(board: Board) -> dict[str, Any]:
    """What the page plays: it looks numbers up, and computes none."""
    return {
        "planes": {each.plane.id: describe_sheet(each) for each in board.sheets},
        "moments": [describe_moment(moment) for moment in board.moments],
        "times": times(board),
        "ways": [{"start": way.start, "end": way.end, "around": way.is_around, "box": way.box} for way in board.ways],
    }


def describe_sheet(sheet: Sheet) -> dict[str, Any]:
    plane = sheet.plane
    return {
        "shape": plane.values.shape,
        "values": encode(np.ravel(plane.values)),
        "scale": plane.scale,
        "title": sheet.title,
        "sign": next((mark.text for mark in sheet.marks if isinstance(mark, Sign)), ""),
        "differs": [
            row * plane.cols + col for mark in sheet.marks if isinstance(mark, Corners) for row, col in mark.cells
        ],
    }


def describe_moment(moment: Moment) -> dict[str, Any]:
    return {
        "lines": moment.lines,
        "shown": moment.shown,
        "lit": moment.lit,
        "flights": [{"start": each.start, "end": each.end, "text": each.text} for each in moment.flights],
        "slides": moment.slides,
    }
