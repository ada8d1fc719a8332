"""The addresses of a drawing: its page, its JSON, its stream, and the way from a unit to its scene."""

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from app.http.answers import forget
from app.pages.lenet.document import document
from app.pages.lenet.drawing import PATH, read_drawing
from app.pages.lenet.page import live_page
from app.pages.lenet.stream import stream
from app.pages.lenet.unit import scene_address, take_unit
from app.pages.requests import METHODS, page_and_document, raw_of

UNBUFFERED = {"X-Accel-Buffering": "no"}
"""nginx sends events on as they come."""


def routes() -> list[Route]:
    return [
        *page_and_document(PATH, lambda raw, limits: read_drawing(raw), live_page, document),
        Route(f"{PATH}.events", event_stream, methods=METHODS),
        Route(f"{PATH}/unit", unit, methods=["GET", "HEAD"]),
    ]


async def event_stream(request: Request) -> Response:
    drawing = read_drawing(await raw_of(request))
    events = stream(drawing, failed=partial(forget, request.scope))
    return StreamingResponse(events, media_type="text/event-stream", headers=UNBUFFERED)


async def unit(request: Request) -> Response:
    """A short address for each unit; the scene's own carries all that it reads."""
    raw = await raw_of(request)
    wanted = take_unit(raw)
    address = await run_in_threadpool(scene_address, read_drawing(raw), wanted)
    return RedirectResponse(address, 303, headers={"Cache-Control": "no-store"})
