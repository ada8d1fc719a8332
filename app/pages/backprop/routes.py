"""The addresses of a graph with its values: its page, its JSON, its picture."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.pages.backprop.document import document
from app.pages.backprop.page import backprop_page
from app.pages.backprop.poster import poster
from app.pages.backprop.reading import PATH, Asked, read_asked
from app.pages.requests import METHODS, endpoint, raw_of
from app.settings import Limits
from app.stream.lane import in_turn


def routes() -> list[Route]:
    return [
        Route(PATH, page, methods=METHODS),
        Route(f"{PATH}.json", endpoint(read_asked, document, "application/json"), methods=METHODS),
        Route(f"{PATH}.svg", endpoint(read_asked, poster, "image/svg+xml"), methods=METHODS),
    ]


async def page(request: Request) -> Response:
    limits: Limits = request.app.state.limits
    asked = await in_turn(read_asked, await raw_of(request), limits)
    html = await in_turn(backprop_page, asked)
    return Response(html, media_type="text/html", headers=pushed(asked, limits))


def pushed(asked: Asked, limits: Limits) -> dict[str, str]:
    """The canonical address for htmx to write into the history, where it is not longer than we read."""
    address = asked.address()
    return {"HX-Push-Url": address} if len(address) <= limits.url_bytes else {}
