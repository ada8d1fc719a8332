"""From a request to a scene, bounded before anything is read or computed."""

import re
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope

from app.address.query import Raw, read_address, read_body
from app.address.refusal import Refusal
from app.http import bounds
from app.scene.operation import Operation
from app.settings import Limits
from app.stream.lane import apart, in_turn
from app.text import refusals as words
from app.views.table import read_view
from app.views.view import View

LONG = 1_500
"""Bytes of a query that take noticeable time to read."""
LARGE_NAME = re.compile(rb"\d{2,}x\d{2,}")
"""A size such as 64x64 in a name."""


METHODS = ["GET", "HEAD", "POST"]
Asked = TypeVar("Asked")
Waits = Callable[..., Awaitable[str | bytes]]
"""A lane, by what calls a function in it."""


class HasAddress(Protocol):
    def address(self) -> str: ...


Located = TypeVar("Located", bound=HasAddress)


def page_and_document(
    path: str,
    read: Callable[[Raw, Limits], Asked],
    page: Callable[[Asked], str],
    document: Callable[[Asked], bytes],
) -> list[Route]:
    """The routes of what `read` makes of the raw values: as a page, and as JSON."""
    return [
        Route(path, endpoint(read, page, "text/html"), methods=METHODS),
        Route(f"{path}.json", endpoint(read, document, "application/json"), methods=METHODS),
    ]


def endpoint(
    read: Callable[[Raw, Limits], Asked],
    write: Callable[[Asked], str | bytes],
    media_type: str,
    waits: Waits = in_turn,
) -> Callable[[Request], Awaitable[Response]]:
    """Reads what is asked for, and writes the answer, both in a thread, when it is its turn."""

    def answered(raw: Raw, limits: Limits) -> str | bytes:
        return write(read(raw, limits))

    async def answer(request: Request) -> Response:
        body = await waits(answered, await raw_of(request), request.app.state.limits)
        return Response(body, media_type=media_type)

    return answer


def swapped(
    read: Callable[[Raw, Limits], Located], page: Callable[[Located], str]
) -> Callable[[Request], Awaitable[Response]]:
    """Answers a page of which htmx takes a piece, with the address that the browser is to show."""

    def answered(raw: Raw, limits: Limits) -> tuple[str, str]:
        asked = read(raw, limits)
        return page(asked), asked.address()

    async def answer(request: Request) -> Response:
        html, address = await in_turn(answered, await raw_of(request), request.app.state.limits)
        return Response(html, media_type="text/html", headers=pushed(address, request.app.state.limits))

    return answer


def pushed(address: str, limits: Limits) -> dict[str, str]:
    """The address for htmx to write into the history, where it is not longer than we read."""
    return {"HX-Push-Url": address} if len(address) <= limits.url_bytes else {}


async def raw_of(request: Request) -> Raw:
    """The raw values of a request: its query, or its JSON body."""
    limits: Limits = request.app.state.limits
    check_address(request.scope, limits.url_bytes)
    if request.method == "POST":
        raw = await in_turn(read_body, await read_bounded(request.receive, limits.body_bytes))
    else:
        raw = read_address(request.scope["query_string"])
    request.state.given = dict(raw)  # so that a refusal can hand the form back
    return raw


async def view_asked(operation: Operation, request: Request, raw: Raw) -> View:
    """The scene in its view, read in a thread where there is much to read, or a name makes much."""
    limits: Limits = request.app.state.limits
    query: bytes = request.scope["query_string"]
    if request.method == "POST" or len(query) > LONG or LARGE_NAME.search(query):
        return await apart(read_view, operation, raw, limits)
    return read_view(operation, raw, limits)


def check_address(scope: Scope, most: int) -> None:
    """Refuse an address that is longer than we read."""
    length = bounds.address_bytes(scope)
    if length > most:
        raise Refusal(words.URL_TOO_LONG.format(value=length, most=most), type="url_too_long")


async def read_bounded(receive: Receive, most: int) -> bytes:
    """The body of a request, refused as soon as it passes its bound."""
    body = await bounds.read_body(receive, most)
    if body is None:
        raise Refusal(words.BODY_TOO_LONG.format(most=most), type="body_too_long")
    return body
