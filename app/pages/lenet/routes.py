"""The addresses of a drawing: its page, its JSON, its stream, and the way from a unit to its scene."""

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from app.http.answers import forget
from app.pages.lenet.document import document
from app.pages.lenet.drawing import PATH, Drawing, read_drawing
from app.pages.lenet.page import live_page
from app.pages.lenet.stream import stream
from app.pages.lenet.unit import scene_address, take_unit
from app.pages.requests import raw_of

METHODS = ["GET", "HEAD", "POST"]
UNBUFFERED = {"X-Accel-Buffering": "no"}
"""nginx sends events on as they come."""


def routes() -> list[Route]:
    return [
        Route(PATH, page, methods=METHODS),
        Route(f"{PATH}.json", json, methods=METHODS),
        Route(f"{PATH}.events", event_stream, methods=METHODS),
        Route(f"{PATH}/unit", unit, methods=["GET", "HEAD"]),
    ]


async def page(request: Request) -> Response:
    html = await run_in_threadpool(live_page, await drawing_of(request))
    return Response(html, media_type="text/html")


async def json(request: Request) -> Response:
    body = await run_in_threadpool(document, await drawing_of(request))
    return Response(body, media_type="application/json")


async def event_stream(request: Request) -> Response:
    drawing = await drawing_of(request)
    events = stream(drawing, failed=partial(forget, request.scope))
    return StreamingResponse(events, media_type="text/event-stream", headers=UNBUFFERED)


async def unit(request: Request) -> Response:
    """A short address for each unit; the scene's own carries all that it reads."""
    raw = await raw_of(request)
    wanted = take_unit(raw)
    address = await run_in_threadpool(scene_address, read_drawing(raw), wanted)
    return RedirectResponse(address, 303, headers={"Cache-Control": "no-store"})


async def drawing_of(request: Request) -> Drawing:
    return read_drawing(await raw_of(request))
