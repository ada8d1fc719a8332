"""A step of a scene as a picture, a page or a drawing for TeX: what the SVG shows, in other formats."""

from io import BytesIO

from PIL import Image as Pixels

from app.address.refusal import Refusal
from app.pages.exports import words
from app.pages.exports.options import Options
from app.painters.pdf import pdf as pdf_file
from app.painters.poster import Sheet
from app.painters.raster import raster
from app.painters.reading import read
from app.painters.shapes import Drawing, Image
from app.painters.tikz import tikz
from app.stream.picture import poster
from app.views.view import View

QUICK = 4
"""How hard a picture is packed: twice as hard takes twice as long, for a few bytes in a hundred."""
WIDTH = 1600
"""Pixels, unless a link says."""
MOST_PIXELS = 16_000_000
MOST_DRAWN = 30_000
"""Cells of a drawing that TeX compiles in seconds."""


def svg(view: View, options: Options) -> bytes:
    return poster(view, sheet(view, options))


def png(view: View, options: Options) -> bytes:
    return pixels(drawing(view, options), options.width or WIDTH)


def pixels(drawn: Drawing, width: int) -> bytes:
    """A drawing as PNG."""
    check_pixels(drawn, width)
    return packed(raster(drawn, width))


def packed(image: Pixels.Image) -> bytes:
    written = BytesIO()
    image.save(written, "PNG", compress_level=QUICK)
    return written.getvalue()


def pdf(view: View, options: Options) -> bytes:
    return pdf_file(drawing(view, options))


def tex(view: View, options: Options) -> bytes:
    drawn = drawing(view, options)
    cells = sum(cells_of(shape) for shape in drawn.shapes if isinstance(shape, Image))
    if cells > MOST_DRAWN:
        raise Refusal(words.CELLS.format(value=cells, most=MOST_DRAWN), loc=("x",))
    return tikz(drawn)


def drawing(view: View, options: Options) -> Drawing:
    return read(poster(view, sheet(view, options)))


def sheet(view: View, options: Options) -> Sheet:
    return options.sheet(is_clear=view.scene.presentation.theme == "transparent")


def cells_of(image: Image) -> int:
    """The pixels of a PNG, as its header says them."""
    return int.from_bytes(image.png[16:20]) * int.from_bytes(image.png[20:24])


def check_pixels(drawn: Drawing, width: int) -> None:
    height = round(width * drawn.height / drawn.width)
    if width * height > MOST_PIXELS:
        sentence = words.PIXELS.format(width=width, height=height, most=MOST_PIXELS)
        raise Refusal(sentence, type="less_than_equal", loc=("width",))
