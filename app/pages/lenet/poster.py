"""What the networks make of a drawing, as one picture: the digit, the maps of every layer, how sure each digit is."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from app.pages.lenet import words
from app.pages.lenet.drawing import Drawing
from app.pages.lenet.page import LAID_OUT, Bar, opinion
from app.pages.lenet.paper import INK
from app.pages.lenet.reading import Reading, Verdict, read
from app.painters.drawing import text
from app.painters.palette import Palette
from app.painters.picture import data_url
from app.painters.poster import MARGIN, Sheet, file
from app.views.plane import Plane, Space

DIGIT, BARS, BAR = 260, 150, 18
"""Units of the digit, of a bar that is full, and from one bar to the next."""
ROW, GAP, LABEL, WIDTH = 88, 6, 70, 1180
"""Units of a row of maps, between maps, for the name of the layer, and of the whole."""
LARGEST = 66


def poster(drawing: Drawing, palette: Palette, sheet: Sheet) -> bytes:
    """The file."""
    answers = list(read(drawing))
    layers = [each for each in answers if isinstance(each, Reading) and each.network == "lenet5"][:-1]
    verdicts = [each for each in answers if isinstance(each, Verdict)]
    parts = [image(drawing.pixels, INK, "input", MARGIN, MARGIN, DIGIT / len(drawing.pixels), palette)]
    left = MARGIN + DIGIT + 60
    for verdict in verdicts:
        made = opinion(drawing, verdict, None)
        parts += [
            text(left, MARGIN + 14, made.title, palette["ink"], 15, 650),
            text(left, MARGIN + 58, made.digit, palette["output"], 40, 700),
            text(left + 40, MARGIN + 54, made.sure, palette["soft"], 14),
            *bars(made.bars, left, MARGIN + 84, palette),
        ]
        left += BARS + 190
    top = MARGIN + DIGIT + 40
    for layer in layers:
        parts += row(layer, top, palette)
        top += ROW
    return file("".join(parts), (WIDTH, top), words.TITLE, palette, sheet)


def bars(bars: list[Bar], left: float, top: float, palette: Palette) -> Iterator[str]:
    """How sure a network is of each digit."""
    for place, bar in enumerate(bars):
        y, colour = top + place * BAR, palette["output" if bar.is_first else "soft"]
        yield text(left, y + 10, str(bar.digit), colour, 13)
        yield f'<rect x="{left + 18}" y="{y}" width="{BARS}" height="10" fill="{palette["line"]}" fill-opacity="0.5"/>'
        yield f'<rect x="{left + 18}" y="{y}" width="{bar.width / 100 * BARS:g}" height="10" fill="{colour}"/>'
        yield text(left + BARS + 28, y + 10, bar.percent, palette["soft"], 12)


def row(layer: Reading, top: float, palette: Palette) -> Iterator[str]:
    """The maps of a layer, beside its name."""
    title, _ = words.LAYERS[layer.name]
    yield text(MARGIN, top + 24, title, palette["output"], 15, 650)
    y = layer.shown
    planes = y.reshape(1, *LAID_OUT[layer.name]) if layer.name in LAID_OUT else y
    side = min(LARGEST, (WIDTH - 2 * MARGIN - LABEL) / len(planes) - GAP)
    for place, plane in enumerate(planes):
        cell = side / max(plane.shape[0], 1)
        left = MARGIN + LABEL + place * (cell * plane.shape[1] + GAP)
        yield image(plane, layer.most, "output", left, top, cell, palette)


def image(
    values: NDArray[np.float64], most: float, space: Space, left: float, top: float, cell: float, palette: Palette
) -> str:
    """Cells from clear to their full colour, in a thin frame."""
    rows, cols = values.shape
    size = f'x="{left:g}" y="{top:g}" width="{cols * cell:g}" height="{rows * cell:g}"'
    plane = Plane("", space, "", np.maximum(values, 0) / (most or 1.0), 1.0)
    frame = f'<rect {size} fill="none" stroke="{palette["line"]}"/>'
    return f'<image {size} image-rendering="pixelated" href="{data_url(plane)}"/>{frame}'
