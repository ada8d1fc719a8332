"""From a request to a scene, bounded before anything is read or computed."""

import re

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import Receive, Scope

from app.address.query import Raw, read_address, read_body
from app.address.refusal import Refusal
from app.http import bounds
from app.scene.operation import Operation
from app.settings import Limits
from app.text import refusals as words
from app.views.table import read_view
from app.views.view import View

LONG = 1_500
"""Bytes of a query that take noticeable time to read."""
LARGE_NAME = re.compile(rb"\d{2,}x\d{2,}")
"""A size such as 64x64 in a name."""


async def raw_of(request: Request) -> Raw:
    """The raw values of a request: its query, or its JSON body."""
    limits: Limits = request.app.state.limits
    check_address(request.scope, limits.url_bytes)
    if request.method == "POST":
        raw = await run_in_threadpool(read_body, await read_bounded(request.receive, limits.body_bytes))
    else:
        raw = read_address(request.scope["query_string"])
    request.state.given = dict(raw)  # so that a refusal can hand the form back
    return raw


async def view_asked(operation: Operation, request: Request, raw: Raw) -> View:
    """The scene in its view, read in a thread where there is much to read, or a name makes much."""
    limits: Limits = request.app.state.limits
    query: bytes = request.scope["query_string"]
    if request.method == "POST" or len(query) > LONG or LARGE_NAME.search(query):
        return await run_in_threadpool(read_view, operation, raw, limits)
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
