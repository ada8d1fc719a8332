"""Finished answers: validated by ETag, kept in memory, never computed twice.

One URL has one answer for as long as this build runs, so the URL and the build name the bytes:
a matching If-None-Match is answered before any work is done, and a repeated request is sent from memory,
compressed as it was the first time. So an ETag names the URL, its compression and the build, and not the bytes.
"""

import re
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import blake2b

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ENCODINGS = ("br", "gzip")
REFUSED = re.compile(r";\s*q=0(\.0*)?\s*$")
FAILED = "convscope.failed"
OVERHEAD = 2000
"""Bytes that an answer takes besides its body: headers, key and places in lists come to 1,700 to 1,850."""
KEPT_SHARE = 16
"""No single answer may fill more than this part of the memory."""


@dataclass(frozen=True)
class Answer:
    headers: list[tuple[bytes, bytes]]
    body: bytes

    @property
    def weight(self) -> int:
        """Bytes of memory, near enough: the body, and what stands around it."""
        return len(self.body) + OVERHEAD


class Shelf:
    """Answers by key, the least recently used thrown away first."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.held = 0
        self.answers: OrderedDict[bytes, Answer] = OrderedDict()
        self.found = 0
        """How many requests were answered from here."""

    def get(self, key: bytes) -> Answer | None:
        answer = self.answers.get(key)
        if answer:
            self.answers.move_to_end(key)
            self.found += 1
        return answer

    def keep(self, key: bytes, answer: Answer) -> None:
        if answer.weight * KEPT_SHARE > self.capacity or key in self.answers:
            return
        self.answers[key] = answer
        self.held += answer.weight
        while self.held > self.capacity:
            _, oldest = self.answers.popitem(last=False)
            self.held -= oldest.weight


class Answers:
    """The middleware. It stands outside the compression, so that what it keeps is compressed."""

    def __init__(self, app: ASGIApp, build: str, shelf: Shelf) -> None:
        self.app = app
        self.build = build.encode()
        self.shelf = shelf

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = Headers(scope=scope)
        encoding = chosen(headers.getlist("accept-encoding"))
        scope = offering(scope, encoding)
        if scope["method"] not in ("GET", "HEAD") or "last-event-id" in headers:
            return await self.app(scope, receive, send)
        key = self.key(scope, encoding)
        tag = b'W/"' + key.hex().encode() + b'"'
        if tag in headers.get("if-none-match", "").encode("latin-1"):
            policy = (b"cache-control", freshness(scope["path"]))
            return await respond(send, 304, [(b"etag", tag), policy, (b"vary", b"Accept-Encoding")], b"")
        kept = self.shelf.get(key)
        if kept:
            return await respond(send, 200, kept.headers, b"" if scope["method"] == "HEAD" else kept.body)
        await self.app(scope, receive, Recorder(self.shelf, key, tag, send, scope))

    def key(self, scope: Scope, encoding: str) -> bytes:
        """What decides the bytes: this build, the URL, and how they are compressed."""
        raw_path = scope.get("raw_path") or scope["path"].encode()
        parts = b"\n".join((self.build, raw_path, scope["query_string"], encoding.encode()))
        return blake2b(parts, digest_size=12).digest()


def chosen(accepted: list[str]) -> str:
    """The compression that a reader gets: the best of ours that its Accept-Encoding names and does not refuse."""
    tokens = [token.strip().lower() for header in accepted for token in header.split(",")]
    taken = {token.split(";")[0].strip() for token in tokens if not REFUSED.search(token)}
    return next((encoding for encoding in ENCODINGS if encoding in taken), "")


def offering(scope: Scope, encoding: str) -> Scope:
    """The request with this one compression to choose from, so that nobody behind us can choose another."""
    others = [header for header in scope["headers"] if header[0] != b"accept-encoding"]
    offered = [(b"accept-encoding", encoding.encode())] if encoding else []
    return {**scope, "headers": [*others, *offered]}


IMMUTABLE = b"max-age=31536000, immutable"


def freshness(path: str) -> bytes:
    """How long an answer may be kept unasked: a build's files for good, data for minutes, pages not at all."""
    if path.startswith("/static/"):
        return IMMUTABLE
    return b"public, max-age=300" if "." in path.rsplit("/", 1)[-1] else b"public, no-cache"


async def respond(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def forget(scope: Scope) -> None:
    """Say that the answer that is being sent has failed midway, and must not be kept by anybody."""
    scope[FAILED] = True


class Recorder:
    """A `send` that tags a good answer on its way out, and shelves it once it is complete."""

    def __init__(self, shelf: Shelf, key: bytes, tag: bytes, send: Send, scope: Scope) -> None:
        self.shelf = shelf
        self.key = key
        self.tag = tag
        self.send = send
        self.scope = scope
        self.headers: list[tuple[bytes, bytes]] = []
        self.parts: list[bytes] | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start(message)
        elif message["type"] == "http.response.body":
            if FAILED in self.scope and not message.get("more_body", False):
                return  # left without its end, so that no cache on the way takes it for the answer
            self.record(message)
        await self.send(message)

    def start(self, message: Message) -> None:
        headers = MutableHeaders(raw=message["headers"])
        if message["status"] == 200 and "cache-control" not in headers:
            headers["cache-control"] = freshness(self.scope["path"]).decode()
            if "accept-encoding" not in headers.get("vary", "").lower():
                headers.add_vary_header("Accept-Encoding")
            if headers["cache-control"] != IMMUTABLE.decode():  # nobody asks again for what never changes
                headers["etag"] = self.tag.decode("latin-1")
            self.headers = headers.raw
            self.parts = [] if self.scope["method"] == "GET" else None
        message["headers"] = headers.raw

    def record(self, message: Message) -> None:
        if self.parts is None:
            return
        self.parts.append(message.get("body", b""))
        if sum(map(len, self.parts)) * KEPT_SHARE > self.shelf.capacity:
            self.parts = None
        elif not message.get("more_body", False):
            self.shelf.keep(self.key, Answer(self.headers, b"".join(self.parts)))
