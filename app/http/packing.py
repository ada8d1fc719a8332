"""Large answers are compressed in a thread: a megabyte takes as long as ten pages, and other readers wait for the loop.

It stands inside the compression of everything else, which leaves alone what is compressed already.
"""

import gzip
from functools import partial

import brotli  # type: ignore[import-untyped]
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGE = 131_072
"""Bytes that take some milliseconds. For fewer a thread costs more than it spares, where five hundred ask at once."""
TEXTS = ("text/", "application/json", "image/svg+xml")
BROTLI_QUALITY, GZIP_LEVEL = 3, 4
"""One step more of the one, or two of the other, spare a page 4 % of its bytes for 5 to 10 % of its processor time."""
PACK = {
    "br": partial(brotli.compress, quality=BROTLI_QUALITY),
    "gzip": partial(gzip.compress, compresslevel=GZIP_LEVEL, mtime=0),
}


class Packing:
    """The middleware. Which compression a reader takes, app/http/answers.py has chosen before."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        encoding = Headers(scope=scope).get("accept-encoding", "") if scope["type"] == "http" else ""
        pack = PACK.get(encoding)
        if pack is None:
            return await self.app(scope, receive, send)
        start: Message | None = None

        async def send_packed(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and is_large_text(message):
                start = message
                return
            if start is not None:
                begun, start = start, None
                if is_whole(message):
                    body = await run_in_threadpool(pack, message["body"])
                    headers = MutableHeaders(raw=begun["headers"])
                    headers["content-encoding"] = encoding
                    headers["content-length"] = str(len(body))
                    headers.add_vary_header("Accept-Encoding")
                    message = {**message, "body": body}
                await send(begun)
            await send(message)

        await self.app(scope, receive, send_packed)


def is_large_text(start: Message) -> bool:
    """Whether much follows that is worth compressing; what is streamed does not say how much."""
    headers = Headers(raw=start["headers"])
    length = headers.get("content-length", "")
    is_text = headers.get("content-type", "").startswith(TEXTS) and "content-encoding" not in headers
    return start["status"] == 200 and is_text and length.isdecimal() and int(length) > LARGE


def is_whole(message: Message) -> bool:
    """Whether this is all of a large answer: not the first part of a file, and not nothing, as the head alone is."""
    return not message.get("more_body", False) and len(message.get("body", b"")) > LARGE
