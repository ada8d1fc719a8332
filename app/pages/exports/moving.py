"""A scene as a film: GIF, WebP and MP4 of the same frames."""

from collections.abc import Callable, Iterator

from PIL import Image

from app.address.refusal import Refusal
from app.film.gif import gif as gif_file
from app.film.mp4 import is_there
from app.film.mp4 import mp4 as mp4_file
from app.film.reel import Reel, reel
from app.film.webp import webp as webp_file
from app.pages.exports import words
from app.pages.exports.options import Options
from app.stream.picture import colours
from app.views.view import View

WIDTH = 800
"""Pixels, unless a link says."""
MOST_PIXELS = 2_100_000
"""Of one frame: as many as a projector has."""
FEWEST = 24
"""Frames that a film has at least; one that would have fewer takes too long to draw."""

Progress = Callable[[int, int], None]


def check_pyav() -> None:
    if not is_there():
        raise Refusal(words.NO_PYAV, type="missing_extra")


def reel_of(view: View, options: Options) -> Reel:
    """The film, of which nothing is drawn yet. Raises Refusal where it would be too large."""
    width = options.width or WIDTH
    made = reel(view, colours(view), options.sheet(), width, options.seconds)
    if width * made.height > MOST_PIXELS:
        sentence = words.PIXELS.format(width=width, height=made.height, most=MOST_PIXELS)
        raise Refusal(sentence, type="less_than_equal", loc=("width",))
    if len(made.ticks) < min(FEWEST, made.wanted):
        raise Refusal(words.SLOW, type="less_than_equal", loc=("width",))
    return made


def frames(made: Reel, progress: Progress) -> Iterator[tuple[Image.Image, float]]:
    for done, frame in enumerate(made.frames()):
        progress(done, len(made.ticks))
        yield frame


def gif(view: View, options: Options, progress: Progress) -> bytes:
    made = reel_of(view, options)
    return gif_file(frames(made, progress), made.palette)


def webp(view: View, options: Options, progress: Progress) -> bytes:
    return webp_file(frames(reel_of(view, options), progress))


def mp4(view: View, options: Options, progress: Progress) -> bytes:
    return mp4_file(frames(reel_of(view, options), progress))
