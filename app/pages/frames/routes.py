"""From the address of a frame to its page, made by the page's own route."""

from urllib.parse import unquote_to_bytes

from starlette.exceptions import HTTPException
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.address.query import read_address
from app.pages.frames.table import own_options
from app.pages.framing import FRAME, PREFIXES, Frame, Framing


def routes() -> list[Route]:
    """After all others, as a scene's frame has a route of its own."""
    return [Route(prefix + "/{page:path}", Framed(prefix)) for prefix in PREFIXES]


class Framed:
    """Answers an address of a frame by its page."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"].removeprefix(self.prefix)
        own = own_options(path)
        if own is None:
            raise HTTPException(404)
        taken, left = split(scope["query_string"], own)
        page = path + (f"?{left.decode('latin-1')}" if left else "")
        frame = Frame(self.prefix, page, Framing.read(read_address(taken)), own)
        inner = {**scope, "path": path, "raw_path": path.encode(), "query_string": left}
        router: Router = scope["app"].router
        await framed(frame, router, inner, receive, send)


async def framed(frame: Frame, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """What a page answers when it is made for this frame. Where it names its address, that is the frame's."""

    async def send_framed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = message["headers"]
            message["headers"] = [(n, frame.prefix.encode() + v if n == b"hx-push-url" else v) for n, v in headers]
        await send(message)

    token = FRAME.set(frame)
    try:
        await app(scope, receive, send_framed)
    finally:
        FRAME.reset(token)


def split(query: bytes, own: tuple[str, ...]) -> tuple[bytes, bytes]:
    """The fields of a query that are the frame's, and those that are the page's."""
    names = {name.encode() for name in Framing.model_fields if name not in own}
    taken: list[bytes] = []
    left: list[bytes] = []
    for part in filter(None, query.split(b"&")):
        (taken if unquote_to_bytes(part.partition(b"=")[0]) in names else left).append(part)
    return b"&".join(taken), b"&".join(left)
