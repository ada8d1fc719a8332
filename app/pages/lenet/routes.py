"""The addresses of a drawing: its page, its JSON, its stream, what would change its answer, and the way to a scene."""

from collections.abc import Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from app.address.query import Raw
from app.http.answers import forget
from app.pages.lenet.document import document
from app.pages.lenet.drawing import PATH, read_drawing
from app.pages.lenet.exciting import patches_document
from app.pages.lenet.page import live_page
from app.pages.lenet.stream import stream
from app.pages.lenet.unit import scene_address
from app.pages.lenet.why import Occlusion, saliency_of, take_target
from app.pages.requests import METHODS, Waits, endpoint, page_and_document, raw_of
from app.settings import Limits
from app.stream.lane import apart, in_turn

UNBUFFERED = {"X-Accel-Buffering": "no"}
"""nginx sends events on as they come."""


def routes() -> list[Route]:
    return [
        *page_and_document(PATH, lambda raw, limits: read_drawing(raw), live_page, document),
        Route(f"{PATH}.events", event_stream, methods=METHODS),
        data("occlusion", occlusion, apart),
        data("saliency", saliency),
        data("patches", lambda raw, limits: patches_document(raw)),
        Route(f"{PATH}/unit", unit, methods=["GET", "HEAD"]),
    ]


def data(name: str, answer: Callable[[Raw, Limits], bytes], waits: Waits = in_turn) -> Route:
    return Route(f"{PATH}/{name}.json", endpoint(answer, bytes, "application/json", waits), methods=METHODS)


def occlusion(raw: Raw, limits: Limits) -> bytes:
    return Occlusion(read_drawing(raw)).document()


def saliency(raw: Raw, limits: Limits) -> bytes:
    target = take_target(raw)
    return saliency_of(read_drawing(raw), target).document()


async def event_stream(request: Request) -> Response:
    drawing = read_drawing(await raw_of(request))
    events = stream(drawing, failed=partial(forget, request.scope))
    return StreamingResponse(events, media_type="text/event-stream", headers=UNBUFFERED)


async def unit(request: Request) -> Response:
    """A short address for each number; the scene's own carries all that it reads."""
    address = await in_turn(scene_address, await raw_of(request))
    return RedirectResponse(address, 303, headers={"Cache-Control": "no-store"})
