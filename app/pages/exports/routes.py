"""The routes of files: each format of a scene, made here at once, or in a process of its own where that takes long."""

import asyncio
from threading import Event
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive

from app.address.refusal import Refusal
from app.pages.exports.formats import FORMATS, Format
from app.pages.exports.job import Job
from app.pages.exports.names import file_name
from app.pages.exports.options import take_options
from app.pages.exports.workers import Cancelled, Workers
from app.pages.public import PUBLIC_URL
from app.pages.requests import raw_of, view_asked
from app.pages.scene_route import Endpoint
from app.scene.operation import Operation
from app.stream.lane import apart
from app.text.encoding import dumps

PROGRESS = "/progress"
UNKEPT = {"Cache-Control": "no-store"}
GONE = 499
"""What nginx calls a reader who has left; nobody receives it."""


def routes() -> list[Route]:
    return [Route(PROGRESS, progress)]


def endpoints(operation: Operation) -> dict[str, Endpoint]:
    return {extension: file(operation, made) for extension, made in FORMATS.items()}


def file(operation: Operation, made: Format) -> Endpoint:
    """The scene as a file of this format."""

    async def answer(request: Request) -> Response:
        raw = await raw_of(request)
        options = take_options(raw, made.options)
        view = await view_asked(operation, request, dict(raw))
        if made.check:
            made.check()
        if made.takes_long:
            job = Job(operation.name, raw, request.app.state.limits, made.make, options, PUBLIC_URL.get())
            body = await made_apart(request, job)
            if body is None:
                return Response(status_code=GONE)
        else:
            body = await apart(made.make, view, options, lambda done, total: None)
        disposition = "attachment" if made.is_download else "inline"
        named = f'{disposition}; filename="{file_name(view.scene, made.extension)}"'
        headers = {"Content-Disposition": named}
        if made.policy:
            headers["Content-Security-Policy"] = await apart(made.policy, view)
        return Response(body, media_type=made.media, headers=headers)

    return answer


async def made_apart(request: Request, job: Job) -> bytes | None:
    """The file from another process; None once the reader has left, which ends the work."""
    workers: Workers = request.app.state.workers
    cancelled = Event()
    leaving = asyncio.ensure_future(left(request.receive))
    leaving.add_done_callback(lambda _: cancelled.set())
    try:
        return await run_in_threadpool(workers.make, address_of(request), job, cancelled)
    except Cancelled:
        return None
    finally:
        leaving.cancel()


async def left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def address_of(request: Request) -> str:
    path, query = request.scope["path"], unquote(request.scope["query_string"].decode("latin-1"))
    return f"{path}?{query}" if query else path


async def progress(request: Request) -> Response:
    """How much of a file is done that is being made by this process: `{"done": 40, "total": 120}`, or nulls."""
    raw = dict(request.query_params)
    if set(raw) != {"of"}:
        raise Refusal("of says the address of the file that is being made.", loc=("of",))
    workers: Workers = request.app.state.workers
    done, total = workers.progress.get(raw["of"], (None, None))
    return Response(dumps({"done": done, "total": total}), media_type="application/json", headers=UNKEPT)
