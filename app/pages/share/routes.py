"""The address of the panel: `/share?url=` and the address of a page, with what a frame of it is to do."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.address.query import spell_address
from app.operations import OPERATIONS
from app.pages.exports.formats import FORMATS
from app.pages.public import PUBLIC_URL
from app.pages.requests import raw_of
from app.pages.share import words
from app.pages.share.code import MOST, qr_code
from app.pages.share.shared import Shared, read_shared
from app.pages.share.snippets import snippets
from app.pages.templates import render

PATH = "/share"
PREVIEW, COPIED = 640, 1600
"""Pixels of the picture that shows what the files show, and of the one for the clipboard."""


def routes() -> list[Route]:
    return [Route(PATH, panel)]


async def panel(request: Request) -> Response:
    raw = await raw_of(request)
    shared = read_shared(raw, PUBLIC_URL.get(), request.app.routes)
    html = render(
        "share.html",
        title=words.TITLE,
        said=words,
        shared=shared,
        code=qr_code(shared.link, words.QR_LABEL) if shared.base else None,
        too_long=words.QR_TOO_LONG.format(count=len(shared.link.encode()), most=MOST),
        tabs=snippets(shared),
        files=files(shared),
        preview=shared.preview(PREVIEW),
        copied=shared.preview(COPIED),
        more=further(shared),
        asked=raw,
    )
    return Response(html, media_type="text/html")


def further(shared: Shared) -> list[tuple[str, str]]:
    """What else there is of the page: its numbers, and a comparison."""
    found = [(words.JSON, shared.file(".json"))] if shared.has_numbers else []
    if shared.path.removeprefix("/") in OPERATIONS:
        sides = spell_address({"a": shared.page, "b": shared.path})
        found.append((words.COMPARE, f"{shared.base}/compare?{sides}"))
    return found


def files(shared: Shared) -> list[tuple[str, str, str, bool]]:
    """Every file of the page: what it is called, where it is, what it is good for, and whether it takes a while."""
    return [
        (extension, shared.file(extension), FORMATS[extension].note, FORMATS[extension].takes_long)
        for extension in shared.extensions
    ]
