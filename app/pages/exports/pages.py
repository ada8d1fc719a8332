"""The picture of a page beyond one scene, as SVG and as PNG: /receptive-field.svg, /networks/vgg16.png …"""

from collections.abc import Callable
from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message

from app.address.parameters import lowered
from app.address.query import Raw, spell_address
from app.address.refusal import Refusal
from app.pages.exports import words
from app.pages.exports.options import take_options
from app.pages.exports.page_picture import image_sources, picture_of
from app.pages.exports.still import WIDTH, pixels
from app.pages.frames.table import FRAMED
from app.pages.lenet.drawing import PATH as LENET
from app.pages.lenet.drawing import read_drawing
from app.pages.lenet.poster import poster as lenet_poster
from app.pages.linear.page import PATH as LINEAR
from app.pages.linear.page import read_asked
from app.pages.linear.poster import poster as linear_poster
from app.pages.previews import PHOTOGRAPHS, PICTURES
from app.pages.requests import raw_of
from app.painters.palette import DARK, LIGHT, Palette
from app.painters.poster import Sheet
from app.painters.reading import read
from app.stream.lane import apart, in_turn

OPTIONS = ("width", "aspect")
THEMES = ("auto", "light", "dark", "transparent")

Drawn = Callable[[Palette, Sheet], bytes | None]


def routes() -> list[Route]:
    """Before those of the pages, whose names of networks would take an extension for a part of the name."""
    return [
        Route(path + extension, partial(answer, extension))
        for path in FRAMED
        for extension in PICTURES
        if path + extension != f"{PHOTOGRAPHS}.png"  # which is the picture that the page shows
    ]


async def answer(extension: str, request: Request) -> Response:
    raw = await raw_of(request)
    options = take_options(raw, OPTIONS)
    theme = lowered(raw.pop("theme")) if raw.get("theme") in THEMES else "auto"
    palette, sheet = DARK if theme == "dark" else LIGHT, options.sheet(is_clear=theme == "transparent")
    path = request.scope["path"].removesuffix(extension)
    drawn = await drawing_of(request, path, raw)
    svg = await apart(drawn, palette, sheet)
    if svg is None:
        raise HTTPException(404)
    name = path.strip("/").replace("/", "-")
    body = svg if extension == ".svg" else await apart(png, svg, options.width or WIDTH)
    headers = {"Content-Disposition": f'inline; filename="{name}{extension}"'}
    return Response(body, media_type=PICTURES[extension], headers=headers)


def png(svg: bytes, width: int) -> bytes:
    return pixels(read(svg), width)


async def drawing_of(request: Request, path: str, raw: Raw) -> Drawn:
    """What draws the page: its own picture, where it has one apart; of others, what stands on the page."""
    if path == LENET:
        drawing = await in_turn(read_drawing, raw)
        return partial(lenet_poster, drawing)
    if path == LINEAR:
        return partial(linear_poster, read_asked(raw, request.app.state.limits))
    query = spell_address({name: str(value) for name, value in raw.items()})
    html = (await made_here(request, path, query)).decode()
    images = {
        source: await made_here(request, *source.split("?", 1))
        for source in image_sources(html)
        if source.startswith(f"{PHOTOGRAPHS}.png?")
    }
    return partial(picture_of, html, images)


async def made_here(request: Request, path: str, query: str) -> bytes:
    """What one of our routes answers. What that refuses is refused here."""
    scope = {**request.scope, "path": path, "raw_path": path.encode(), "method": "GET"}
    scope |= {"query_string": query.encode(), "starlette.exception_handlers": ({}, {})}  # a refusal is ours, as data
    messages: list[Message] = []

    async def send(message: Message) -> None:
        messages.append(message)

    await request.app.router(scope, request.receive, send)
    if messages[0]["status"] == 404:
        raise HTTPException(404)
    if messages[0]["status"] != 200:
        raise Refusal(words.PAGE_REFUSES.format(path=path), loc=("path",))
    return b"".join(message.get("body", b"") for message in messages[1:])
