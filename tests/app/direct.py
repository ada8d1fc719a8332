"""The application asked directly, byte for byte: queries that no HTTP client would send, readers that leave."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson
from starlette.types import ASGIApp, Message


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return orjson.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()


class Direct:
    """A client of one application. An exception inside it is raised here."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.loop = asyncio.new_event_loop()

    def __call__(self, url: str | bytes, *, headers: Mapping[str, str] | None = None, method: str = "GET") -> Answer:
        return self.ask(method, url, headers or {}, b"")

    def post(self, url: str, json: object = None, *, body: bytes = b"") -> Answer:
        return self.ask("POST", url, {"content-type": "application/json"}, body or orjson.dumps(json))

    def ask(self, method: str, url: str | bytes, headers: Mapping[str, str], body: bytes) -> Answer:
        messages: list[Message] = []

        async def send(message: Message) -> None:
            messages.append(message)

        self.loop.run_until_complete(self.app(scope_of(method, url, headers), patient(body), send))
        answer = answer_of(messages)
        # An application answers HEAD as it answers GET, and the server before it keeps the body back.
        return replace(answer, body=b"") if method == "HEAD" else answer

    def leave(self, url: str, after: int) -> list[Message]:
        """Ask, and leave once this number of messages has come; the messages that were sent all the same."""
        return self.loop.run_until_complete(leaving(self.app, scope_of("GET", url, {}), after))


def patient(body: bytes) -> Callable[[], Any]:
    """A `receive` that hands in the body, and then stays as long as it is wanted."""
    messages = [{"type": "http.request", "body": body}]

    async def receive() -> Message:
        return messages.pop() if messages else await asyncio.Event().wait()  # type: ignore[return-value]

    return receive


async def leaving(app: ASGIApp, scope: dict[str, Any], after: int) -> list[Message]:
    messages: list[Message] = []
    gone = asyncio.Event()
    requests = [{"type": "http.request", "body": b""}]

    async def receive() -> Message:
        if requests:
            return requests.pop()
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        messages.append(message)
        if len(messages) == after:
            gone.set()

    await app(scope, receive, send)
    return messages


def scope_of(method: str, url: str | bytes, headers: Mapping[str, str]) -> dict[str, Any]:
    path, _, query = (url.encode() if isinstance(url, str) else url).partition(b"?")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path.decode(),
        "raw_path": path,
        "query_string": query,
        "root_path": "",
        "headers": [(b"host", b"testserver"), *((name.encode(), value.encode()) for name, value in headers.items())],
        "client": ("127.0.0.1", 1),
        "server": ("testserver", 80),
    }


def answer_of(messages: list[Message]) -> Answer:
    start, *parts = messages
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in start["headers"]}
    return Answer(start["status"], headers, b"".join(part.get("body", b"") for part in parts))
