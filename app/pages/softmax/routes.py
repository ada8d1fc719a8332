"""The addresses of scores on their way to a loss: their page and their JSON."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.pages.requests import METHODS, endpoint, raw_of
from app.pages.softmax.asked import PATH, read_asked
from app.pages.softmax.document import document
from app.pages.softmax.page import softmax_page


def routes() -> list[Route]:
    return [
        Route(PATH, page, methods=METHODS),
        Route(f"{PATH}.json", endpoint(read_asked, document, "application/json"), methods=METHODS),
    ]


async def page(request: Request) -> Response:
    asked = await run_in_threadpool(read_asked, await raw_of(request), request.app.state.limits)
    html = await run_in_threadpool(softmax_page, asked)
    return Response(html, media_type="text/html", headers={"HX-Push-Url": asked.address()})
