"""The routes of a scene's representations for programs and slides: .json, .events, .svg."""

from collections.abc import Callable

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from app import data, events
from app.openapi import described
from app.painters.poster import poster
from app.requests import raw_of, scene_of
from app.scene import Operation, Scene

CACHED = {"Cache-Control": "public, max-age=300"}
EVENT_HEADERS = {**CACHED, "X-Accel-Buffering": "no"}


def router_of(operation: Operation) -> APIRouter:
    """The routes of one operation."""
    router = APIRouter()

    async def json(request: Request) -> Response:
        scene = await scene_of(operation, request, await raw_of(request))
        return Response(await computed(data.document, scene), media_type="application/json", headers=CACHED)

    async def svg(request: Request) -> Response:
        scene = await scene_of(operation, request, await raw_of(request))
        return Response(await computed(poster, scene), media_type="image/svg+xml", headers=CACHED)

    async def event_stream(request: Request) -> Response:
        raw = await raw_of(request)
        wanted = events.take_page(raw, request.headers.get("last-event-id"))
        scene = await scene_of(operation, request, raw)
        page = events.page_of(scene, **wanted)
        if page.stop - page.start <= events.BATCH and not scene.is_heavy:
            return Response(events.whole(scene, page), media_type="text/event-stream", headers=EVENT_HEADERS)
        return StreamingResponse(events.stream(scene, page), media_type="text/event-stream", headers=EVENT_HEADERS)

    for extension, endpoint in ((".json", json), (".svg", svg), (".events", event_stream)):
        for methods in (["GET", "HEAD"], ["POST"]):
            router.add_api_route(
                f"/{operation.name}{extension}",
                endpoint,
                methods=methods,
                name=f"{operation.name}{extension}",
                **described(operation, extension, methods),
            )
    return router


async def computed(make: Callable[[Scene], bytes], scene: Scene) -> bytes:
    """The bytes, made in a thread where there is much to compute."""
    return await run_in_threadpool(make, scene) if scene.is_heavy else make(scene)
