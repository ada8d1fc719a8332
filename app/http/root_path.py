"""A program under a path, as https://university.example/conv/conv2d, behind a proxy that takes the path off.

Inside, nobody knows of it: every address begins with a slash. On its way out each such address gets the path in front,
in pages, pictures, documents, streams and headers; on its way in, it is taken off addresses that stand in a query. A
page's scripts find it in their own address (static/js/root.js).
"""

import re
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ATTRIBUTE = re.compile(rb"""(\s(?!data-prefix|data-page)[\w:.-]+=["'])/(?!/)""")
"""An attribute whose value is an address of ours; two say what a page is called, whatever it stands under."""
MARKUP, JSON = (b"text/html", b"image/svg+xml"), (b"application/json", b"text/event-stream")
SLASH, COLON = rb"(?:/|%2[fF])", rb"(?::|%3[aA])"
HOST = rb"https?" + COLON + SLASH + SLASH + rb"[^/&%]+(?:%3[aA]\d+)?"
"""As they stand in a query, escaped or not."""
HEADERS = ("location", "hx-push-url", "content-location")


class RootPath:
    """The middleware, which stands inside the compression, so that it reads what is written."""

    def __init__(self, app: ASGIApp, path: str, pages: Iterable[str]) -> None:
        self.app = app
        self.path = path.encode()
        # A string of JSON that names a page: pictures in base64 may begin with a slash, too.
        first = b"|".join(sorted(re.escape(page.strip("/").split("/")[0].encode()) for page in pages))
        self.string = re.compile(rb'([:,\[]\s?")/(?=(?:' + first + rb')[/?.#"])')
        steps = b"".join(SLASH + re.escape(step) for step in self.path.strip(b"/").split(b"/"))
        self.given = re.compile(rb"(=(?:" + HOST + rb")?)" + steps + rb"(?=" + SLASH + rb")")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        scope = {**scope, "query_string": self.given.sub(rb"\1", scope["query_string"])}
        pattern: re.Pattern[bytes] | None = None
        start: Message | None = None

        async def send_under(message: Message) -> None:
            nonlocal pattern, start
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                pattern = self.pattern_for(headers)
                for name in HEADERS:
                    if headers.get(name, "").startswith("/"):
                        headers[name] = self.path.decode() + headers[name]
                start = message
                return
            body = message.get("body", b"")
            if pattern:
                body = pattern.sub(rb"\1" + self.path + b"/", body)
            if start:
                headers = MutableHeaders(raw=start["headers"])
                if pattern and "content-length" in headers:
                    headers["content-length"] = str(len(body))
                if pattern and scope["method"] == "HEAD":
                    del headers["content-length"]  # without the body nobody knows
                await send(start)
                start = None
            await send({**message, "body": body} if pattern else message)

        await self.app(scope, receive, send_under)

    def pattern_for(self, headers: Headers) -> re.Pattern[bytes] | None:
        kind = headers.get("content-type", "").encode()
        return ATTRIBUTE if kind.startswith(MARKUP) else self.string if kind.startswith(JSON) else None
