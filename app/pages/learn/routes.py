"""The addresses of a lesson: its page, its JSON, its stream."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from app.address.refusal import Refusal
from app.http.answers import forget
from app.pages.learn.document import document
from app.pages.learn.page import learn_page
from app.pages.learn.stream import stream
from app.pages.learn.task import PATH, Task, read_task
from app.pages.representations import RESUMED, UNBUFFERED
from app.pages.requests import METHODS, endpoint, raw_of, swapped
from app.stream.events import take_page
from app.stream.lane import in_turn
from app.text import refusals


def routes() -> list[Route]:
    return [
        Route(PATH, swapped(read_task, learn_page), methods=METHODS),
        Route(f"{PATH}.json", endpoint(read_task, document, "application/json"), methods=METHODS),
        Route(f"{PATH}.events", events, methods=METHODS),
    ]


async def events(request: Request) -> Response:
    raw = await raw_of(request)
    last = request.headers.get("last-event-id")
    asked = take_page(raw, last)
    task = await in_turn(read_task, raw, request.app.state.limits)
    wanted = page_of(task, asked["start"] or 0, asked["stop"])
    headers = UNBUFFERED if last is None else {**UNBUFFERED, **RESUMED}
    answer = stream(task, wanted, failed=partial(forget, request.scope))
    return StreamingResponse(answer, media_type="text/event-stream", headers=headers)


def page_of(task: Task, start: int, stop: int | None) -> range:
    """The iterations that are asked for: a stop past the end means the end."""
    steps = task.parameters.iterations + 1
    if start > steps:
        sentence = refusals.STEP_RANGE.format(name="start", most=steps, steps=steps, value=start)
        raise Refusal(sentence, type="less_than_equal", loc=("start",))
    if stop is not None and start > stop:
        raise Refusal(refusals.START_AFTER_STOP.format(start=start, stop=stop), loc=("start",))
    return range(start, steps if stop is None else min(stop, steps))
