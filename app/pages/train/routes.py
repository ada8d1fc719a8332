"""The addresses of a run: its page, its JSON, its stream, and the held-out digits as one picture."""

from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from app.address.refusal import Refusal
from app.pages.failures import UNKEPT, later
from app.pages.requests import METHODS, page_and_document, raw_of
from app.pages.train import signs, words
from app.pages.train.document import document
from app.pages.train.page import train_page
from app.pages.train.runs import begun, finished, pool_of
from app.pages.train.scene import scene_address, take_place
from app.pages.train.stream import PATIENCE, stream, whole
from app.pages.train.task import PATH, Task, read_task
from app.pages.train.wall import wall_picture
from app.stream.lane import in_turn
from app.training.pool import Pool
from app.training.run import Run, State, Watcher

UNBUFFERED = {"X-Accel-Buffering": "no"}
"""nginx sends events on as they come."""
AGAIN = 30
"""Seconds after which a run that waits ahead may have ended."""


def routes() -> list[Route]:
    return [
        Route(PATH, page, methods=METHODS),
        Route(f"{PATH}.json", json, methods=METHODS),
        Route(f"{PATH}.events", events, methods=METHODS),
        Route(f"{PATH}/digits.png", picture),
        *page_and_document(signs.PATH, signs.read_signs, signs.page, signs.document),
        Route(f"{PATH}/scene/{{of}}", scene, methods=["GET", "HEAD"]),
    ]


async def page(request: Request) -> Response:
    task = await task_of(request)
    pool = pool_of(request)
    is_whole = all(finished(each, pool) for each in (task, task.rival) if each)
    html = await in_turn(train_page, task, pool)
    # What is not trained yet will be: the page then says more.
    return Response(html, media_type="text/html", headers={} if is_whole else UNKEPT)


async def json(request: Request) -> Response:
    """Answers when the run has ended: who waits, watches."""
    task, pool = await task_of(request), pool_of(request)
    run = finished(task, pool)
    if run is not None:
        return Response(await in_turn(document, task, run), media_type="application/json")
    if pool.is_full_for(task.key):
        return later(request, words.FULL, seconds=AGAIN)
    with pool.watch(task.key, task.settings) as (run, watcher):
        await ended(run, watcher, request)
    if run.state is not State.ENDED:
        return later(request, words.FAILED, kind="internal", seconds=AGAIN)
    return Response(await in_turn(document, task, run), media_type="application/json")


async def ended(run: Run, watcher: Watcher, request: Request) -> None:
    """Until the run is over, or nobody waits for it any more."""
    while not run.is_over and not await request.is_disconnected():
        await watcher.changed(PATIENCE / 5)


async def events(request: Request) -> Response:
    task, pool = await task_of(request), pool_of(request)
    after = resumed(request)
    run = finished(task, pool)
    if run is not None:
        headers = UNBUFFERED if not after else {**UNBUFFERED, **UNKEPT}
        return Response(await in_turn(whole, task, run, after), media_type="text/event-stream", headers=headers)
    if pool.is_full_for(task.key):
        return later(request, words.FULL, seconds=AGAIN)
    # The stream reports waiting, too: a later request gets the finished run at once.
    headers = {**UNBUFFERED, **UNKEPT}
    return StreamingResponse(watched(task, pool, after), media_type="text/event-stream", headers=headers)


async def watched(task: Task, pool: Pool, after: int) -> AsyncIterator[bytes]:
    """The stream of a run, which is watched for as long as somebody reads it."""
    with pool.watch(task.key, task.settings) as (run, watcher):
        async for sent in stream(task, pool, run, watcher, after):
            yield sent


def resumed(request: Request) -> int:
    """The last step that a broken connection had."""
    last = request.headers.get("last-event-id", "")
    return int(last) if last.isascii() and last.isdigit() and len(last) < 10 else 0


async def scene(request: Request) -> Response:
    """A short address for each filter and each gradient; the scene's own carries all that it reads."""
    raw, pool = await raw_of(request), pool_of(request)
    of, place = request.path_params["of"], take_place(raw)
    task = await in_turn(read_task, raw, request.app.state.limits)
    run = begun(task, pool)
    if run is None:
        raise Refusal(words.NOT_TRAINED)
    address = await in_turn(scene_address, task, run, of, *place, request.app.state.limits)
    return RedirectResponse(address, 303, headers={"Cache-Control": "no-store"})


async def picture(request: Request) -> Response:
    """The digits of the wall, which a page tiles with."""
    return Response(await in_turn(wall_picture), media_type="image/png")


async def task_of(request: Request) -> Task:
    return await in_turn(read_task, await raw_of(request), request.app.state.limits)
