"""The page for lecturers."""

from starlette.requests import Request
from starlette.responses import Response

from app.pages.exports.formats import FORMATS
from app.pages.gallery import worked_scenes
from app.pages.lecturers import words
from app.pages.public import PUBLIC_URL
from app.pages.share import words as share
from app.pages.share.shared import Shared, read_shared
from app.pages.share.snippets import snippets
from app.pages.templates import render

PATH = "/for-lecturers"
EXAMPLE = "/conv2d?stride=2"


async def page(request: Request) -> Response:
    shared = read_shared({"url": EXAMPLE}, PUBLIC_URL.get(), request.app.routes)
    html = render(
        "lecturers.html",
        title=words.TITLE,
        said=words,
        here=PATH,
        tabs=share.TABS,
        snippets=snippets(shared),
        files=files(shared),
        scenes=list(worked_scenes().values()),
    )
    return Response(html, media_type="text/html")


def files(shared: Shared) -> list[tuple[str, str, str]]:
    return [(extension, shared.file(extension), FORMATS[extension].note) for extension in shared.extensions]
