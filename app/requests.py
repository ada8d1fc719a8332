"""From a request to a scene, bounded before anything is read or computed."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from app.guards import check_address, read_bounded
from app.query import Raw, read_address, read_body
from app.scene import Operation, Scene, read_scene
from app.settings import Limits


async def raw_of(request: Request) -> Raw:
    """The raw values of a request: its query, or its JSON body."""
    limits: Limits = request.app.state.limits
    check_address(request.scope, limits.url_bytes)
    if request.method == "POST":
        raw = read_body(await read_bounded(request.receive, limits.body_bytes))
    else:
        raw = read_address(request.scope["query_string"])
    request.state.given = dict(raw)  # so that a refusal can hand the form back
    return raw


async def scene_of(operation: Operation, request: Request, raw: Raw) -> Scene:
    """The scene, read in a thread where its text is long."""
    limits: Limits = request.app.state.limits
    if request.method == "POST":
        return await run_in_threadpool(read_scene, operation, raw, limits)
    return read_scene(operation, raw, limits)
