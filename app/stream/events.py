"""The scene as a stream: server-sent events, struct of arrays, few and large.

`scene` says all that the steps refer to, `steps` what they computed, `end` that they are done or where to go on.
Small scenes are one answer; large ones are computed batch by batch while they are sent. Products are left to the
browser, and every sum is sent: nine products for each step would make the stream ten times as long.
"""

import logging
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticCustomError

from app.address.parameters import read_count
from app.address.query import Raw
from app.address.refusal import Refusal
from app.stream.document import grid
from app.stream.lane import further
from app.text import refusals as words
from app.text.encoding import dumps, encode
from app.views.view import View

FIRST_BATCH = 32
"""The first batch is small, so that something moves at once."""
BATCH = 4096
LIGHT = 65_536
"""Numbers that are computed at once, without a thread of their own."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Page:
    """The steps of one answer: [start, stop), and how many numbers it has for them."""

    start: int
    stop: int
    numbers: int

    def batches(self) -> Iterator[tuple[int, int]]:
        start = self.start
        while start < self.stop:
            stop = min(self.stop, start + (FIRST_BATCH if start == 0 else BATCH))
            yield start, stop
            start = stop


def take_page(raw: Raw, last_event_id: str | None) -> dict[str, int | None]:
    """Take start and stop out of the raw values; a broken connection goes on from its last event."""
    page: dict[str, int | None] = {name: read_place(raw.pop(name, None), name) for name in ("start", "stop")}
    if last_event_id and last_event_id.isascii() and last_event_id.isdigit() and len(last_event_id) < 10:
        page["start"] = int(last_event_id)
    return page


def read_place(raw: object, name: str) -> int | None:
    if raw is None:
        return None
    try:
        value = read_count(raw, name=name, example="0")
    except PydanticCustomError as error:
        raise Refusal(error.message(), loc=(name,)) from None
    if value < 0:
        sentence = words.TOO_SMALL.format(name=name, least=0, value=value)
        raise Refusal(sentence, type="greater_than_equal", loc=(name,))
    return value


def page_of(view: View, start: int | None, stop: int | None) -> Page:
    """The page within the scene: a stop past the end means the end.

    A page of more numbers than one answer may have ends early, and its `end` event says where to go on.
    """
    first = start or 0
    last = view.steps if stop is None else min(stop, view.steps)
    if first > view.steps:
        sentence = words.STEP_RANGE.format(name="start", most=view.steps, steps=view.steps, value=first)
        raise Refusal(sentence, type="less_than_equal", loc=("start",))
    if stop is not None and first > stop:
        raise Refusal(words.START_AFTER_STOP.format(start=first, stop=stop), loc=("start",))
    each = view.numbers_per_step
    last = min(last, first + max(view.scene.limits.numbers // each, 1))
    return Page(first, last, (last - first) * each)


def event(name: str, data: object, id: int | None = None) -> bytes:
    identity = b"" if id is None else b"id: %d\n" % id
    return b"event: %s\n%sdata: %s\n\n" % (name.encode(), identity, dumps(data))


def header(view: View) -> dict[str, Any]:
    """What the steps refer to: the grids, the tables of what is read, the shape of y, how many steps.

    By the canonical address a page knows that it has the numbers of the scene that it shows.
    """
    scene, layer = view.scene, view.scene.layer
    address = scene.address(".events", step=None)
    return {
        **({"address": address} if len(address) <= scene.limits.url_bytes else {}),
        "operation": scene.operation.name,
        "view": view.name,
        "parameters": layer.parameters,
        "grids": {name: flat(grid(scene.values(name)), scene.values(name)) for name in (*layer.grids, *layer.made)},
        **({"gate": layer.gate} if layer.gate else {}),
        **view.header(),
        "y": {"shape": layer.y_shape},
        "steps": view.steps,
    }


def flat(described: dict[str, Any] | None, values: Any) -> dict[str, Any] | None:
    return described and {**described, "values": encode(values.ravel())}


def steps(view: View, start: int, stop: int) -> dict[str, Any]:
    """What these steps computed."""
    return {"start": start, **view.batch(start, stop)}


def scene_event(view: View) -> bytes:
    return event("scene", header(view))


def steps_event(view: View, start: int, stop: int) -> bytes:
    return event("steps", steps(view, start, stop), id=stop)


def end(view: View, page: Page) -> bytes:
    return event("end", {"steps": view.steps, "next": page.stop if page.stop < view.steps else None})


def whole(view: View, page: Page) -> bytes:
    """All events of a small page at once."""
    parts = [scene_event(view)] if page.start == 0 else []
    parts += [steps_event(view, *batch) for batch in page.batches()]
    return b"".join([*parts, end(view, page)])


async def stream(view: View, page: Page, failed: Callable[[], None]) -> AsyncIterator[bytes]:
    """The events one by one, each computed when it is its turn: a reader who leaves costs nothing more.

    A stream that fails midway says so in an `error` event, and calls `failed`.
    """
    try:
        if page.start == 0:
            yield await further(scene_event, view)
        for batch in page.batches():
            yield await further(steps_event, view, *batch)
        yield end(view, page)
    except Exception:
        logger.exception("the stream of %s failed", view.scene.operation.name)
        failed()
        yield event("error", {"message": words.FAILED})
