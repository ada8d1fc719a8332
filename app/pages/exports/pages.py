"""The picture of a page beyond one scene, as SVG and as PNG: /receptive-field.svg, /networks/vgg16.png …"""

from collections.abc import Callable
from functools import partial

from starlette.concurrency import run_in_threadpool
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
from app.pages.exports.page_picture import picture_of
from app.pages.exports.still import WIDTH, pixels
from app.pages.frames.table import FRAMED
from app.pages.lenet.drawing import PATH as LENET
from app.pages.lenet.drawing import read_drawing
from app.pages.lenet.poster import poster as lenet_poster
from app.pages.previews import PICTURES
from app.pages.requests import raw_of
from app.painters.palette import DARK, LIGHT, Palette
from app.painters.poster import Sheet
from app.painters.reading import read

OPTIONS = ("width", "aspect")
THEMES = ("auto", "light", "dark", "transparent")

Drawn = Callable[[Palette, Sheet], bytes | None]


def routes() -> list[Route]:
    """Before those of the pages, whose names of networks would take an extension for a part of the name."""
    return [Route(path + extension, partial(answer, extension)) for path in FRAMED for extension in PICTURES]


async def answer(extension: str, request: Request) -> Response:
    raw = await raw_of(request)
    options = take_options(raw, OPTIONS)
    theme = lowered(raw.pop("theme")) if raw.get("theme") in THEMES else "auto"
    palette, sheet = DARK if theme == "dark" else LIGHT, options.sheet(is_clear=theme == "transparent")
    path = request.scope["path"].removesuffix(extension)
    drawn = await drawing_of(request, path, raw)
    svg = await run_in_threadpool(drawn, palette, sheet)
    if svg is None:
        raise HTTPException(404)
    name = path.strip("/").replace("/", "-")
    body = svg if extension == ".svg" else await run_in_threadpool(png, svg, options.width or WIDTH)
    headers = {"Content-Disposition": f'inline; filename="{name}{extension}"'}
    return Response(body, media_type=PICTURES[extension], headers=headers)


def png(svg: bytes, width: int) -> bytes:
    return pixels(read(svg), width)


async def drawing_of(request: Request, path: str, raw: Raw) -> Drawn:
    """What draws the page: of the network that runs, its own picture; of others, what stands on the page."""
    if path == LENET:
        drawing = await run_in_threadpool(read_drawing, raw)
        return partial(lenet_poster, drawing)
    html = await page_of(request, path, raw)
    return partial(picture_of, html)


async def page_of(request: Request, path: str, raw: Raw) -> str:
    """The page, made by its own route. What that refuses is refused here."""
    query = spell_address({name: str(value) for name, value in raw.items()}).encode()
    scope = {**request.scope, "path": path, "raw_path": path.encode(), "query_string": query, "method": "GET"}
    scope["starlette.exception_handlers"] = ({}, {})  # a refusal is ours to answer, as data
    messages: list[Message] = []

    async def send(message: Message) -> None:
        messages.append(message)

    await request.app.router(scope, request.receive, send)
    if messages[0]["status"] == 404:
        raise HTTPException(404)
    if messages[0]["status"] != 200:
        raise Refusal(words.PAGE_REFUSES.format(path=path), loc=("path",))
    return b"".join(message.get("body", b"") for message in messages[1:]).decode()
