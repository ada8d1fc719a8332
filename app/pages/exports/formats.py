"""The table of files that a scene can be had as. Routes, the OpenAPI document, Share and the command line read it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from app.pages.exports import moving, offline, slides, still, words
from app.pages.exports.moving import Progress
from app.pages.exports.options import Options
from app.stream import cells
from app.views.view import View

PICTURE = ("width", "aspect")
POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
FILM = ("width", "aspect", "seconds")


@dataclass(frozen=True)
class Format:
    """One kind of file."""

    extension: str
    media: str
    note: str
    """A sentence on what it is good for."""
    options: tuple[str, ...]
    """Which options it takes."""
    make: Callable[[View, Options, Progress], bytes]
    is_download: bool = False
    """Whether a browser keeps it rather than shows it."""
    takes_long: bool = False
    """Whether it is made in a process of its own, which refuses what would take too long before it draws any of it."""
    check: Callable[[], None] | None = None
    """Refuses what cannot be made here at all, whatever the scene."""
    policy: Callable[[View], str] | None = None
    """Of a document: what it may load, where that is not what our pages may."""


def at_once(make: Callable[[View, Options], bytes]) -> Callable[[View, Options, Progress], bytes]:
    """What is made in one go has no progress to speak of."""
    return lambda view, options, progress: make(view, options)


def of_data(write: Callable[[View], bytes]) -> Callable[[View, Options, Progress], bytes]:
    return lambda view, options, progress: write(view)


download = partial(Format, is_download=True)

FORMATS = {
    made.extension: made
    for made in (
        Format(".svg", "image/svg+xml", words.SVG, PICTURE, at_once(still.svg)),
        Format(".png", "image/png", words.PNG, PICTURE, at_once(still.png)),
        Format(".gif", "image/gif", words.GIF, FILM, moving.gif, takes_long=True),
        Format(".webp", "image/webp", words.WEBP, FILM, moving.webp, takes_long=True),
        Format(".mp4", "video/mp4", words.MP4, FILM, moving.mp4, takes_long=True, check=moving.check_pyav),
        download(".pptx", POWERPOINT, words.PPTX, ("aspect", "steps"), slides.pptx, takes_long=True),
        download(".html", "text/html", words.HTML, (), at_once(offline.html), policy=offline.policy_of),
        download(".zip", "application/zip", words.ZIP, (*PICTURE, "steps"), slides.frames, takes_long=True),
        Format(".pdf", "application/pdf", words.PDF, PICTURE, at_once(still.pdf)),
        download(".tex", "application/x-tex", words.TEX, PICTURE, at_once(still.tex)),
        download(".csv", "text/csv", words.CSV, (), of_data(cells.table)),
        download(".npz", "application/x-npz", words.NPZ, (), of_data(cells.arrays)),
    )
}
