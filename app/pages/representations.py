"""The routes of a scene's representations: .json and .events for programs, and a file of every format."""

from collections.abc import Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from app.http.answers import forget
from app.http.guards import NOT_COMPRESSED
from app.pages.exports.routes import endpoints
from app.pages.requests import raw_of, view_asked
from app.pages.scene_route import Endpoint, route
from app.scene.operation import Operation
from app.stream import document as data
from app.stream import events
from app.stream.lane import apart
from app.views.view import View

UNBUFFERED = {"X-Accel-Buffering": "no"}
"""nginx sends events on as they come."""
RESUMED = {"Cache-Control": "no-store"}
"""The rest of a stream is at the whole one's address, so nobody may keep it."""
ONE_PACKET = 1400
"""Bytes that travel as fast plain as compressed."""


def routes(operation: Operation) -> list[Route]:
    """The routes of one operation, the busiest first."""

    async def json(request: Request) -> Response:
        view = await view_asked(operation, request, await raw_of(request))
        return Response(await computed(data.document, view), media_type="application/json")

    async def event_stream(request: Request) -> Response:
        raw = await raw_of(request)
        last = request.headers.get("last-event-id")
        wanted = events.take_page(raw, last)
        view = await view_asked(operation, request, raw)
        page = events.page_of(view, **wanted)
        headers = UNBUFFERED if last is None else {**UNBUFFERED, **RESUMED}
        if page.numbers <= events.LIGHT and not view.scene.is_heavy:
            body = events.whole(view, page)
            headers = headers if len(body) > ONE_PACKET else {**headers, **NOT_COMPRESSED}
            return Response(body, media_type="text/event-stream", headers=headers)
        stream = events.stream(view, page, failed=partial(forget, request.scope))
        return StreamingResponse(stream, media_type="text/event-stream", headers=headers)

    found: dict[str, Endpoint] = {".events": event_stream, ".json": json, **endpoints(operation)}
    return [route(operation, extension, endpoint) for extension, endpoint in found.items()]


async def computed(make: Callable[[View], bytes], view: View) -> bytes:
    """The bytes, made in a thread where there is much to compute."""
    return await apart(make, view) if view.scene.is_heavy else make(view)
