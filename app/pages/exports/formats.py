"""The table of files that a scene can be had as. Routes, the OpenAPI document, Share and the command line read it."""

from collections.abc import Callable
from dataclasses import dataclass

from app.pages.exports import still, words
from app.pages.exports.options import Options
from app.stream import cells
from app.views.view import View

PICTURE = ("width", "aspect", "theme")


@dataclass(frozen=True)
class Format:
    """One kind of file."""

    extension: str
    media: str
    note: str
    """A sentence on what it is good for."""
    options: tuple[str, ...]
    """Which options it takes."""
    make: Callable[[View, Options], bytes]
    is_download: bool = False
    """Whether a browser keeps it rather than shows it."""


FORMATS = {
    made.extension: made
    for made in (
        Format(".svg", "image/svg+xml", words.SVG, PICTURE, still.svg),
        Format(".png", "image/png", words.PNG, PICTURE, still.png),
        Format(".pdf", "application/pdf", words.PDF, PICTURE, still.pdf),
        Format(".tex", "application/x-tex", words.TEX, PICTURE, still.tex, is_download=True),
        Format(
            ".csv",
            "text/csv",
            words.CSV,
            (),
            lambda view, options: cells.table(view),
            is_download=True,
        ),
        Format(
            ".npz",
            "application/x-npz",
            words.NPZ,
            (),
            lambda view, options: cells.arrays(view),
            is_download=True,
        ),
    )
}
