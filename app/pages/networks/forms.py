"""What a form posts: fields of text, and at most one file, whose weights are passed over as they arrive."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import Receive

from app.address.query import read_address, read_body, with_line_feeds
from app.address.refusal import Refusal
from app.pages.networks import words
from app.pages.networks.onnx.strip_weights import Broken, Stripper, TooMuch
from app.pages.requests import read_bounded

MOST_PARTS = 8
MOST_HEADER = 1_000
MOST_FIELD = 400_100
"""Bytes of a field: more than are read of any text, so that one that is too long is refused, and never cut."""
MOST_AROUND = 1_000_000
"""Bytes of all that stands around a file."""
MOST_WHOLE = 1_000_000
"""Bytes of a file that is kept as it is: any text, and a small network."""
BOUNDARY = re.compile(r'boundary="?([^";,\s]{1,70})"?')
NAME = re.compile(rb'name="([^"\r\n]{0,40})"')


@dataclass(frozen=True)
class Form:
    fields: dict[str, str]
    file: bytes = b""
    """The file; of a large one, what is left without its weights."""


async def read_form(request: Request, most_text: int, most_file: int) -> Form:
    """The form of a request: as multipart, as an address, or as JSON."""
    kind = request.headers.get("content-type", "")
    if kind.startswith("multipart/form-data"):
        found = BOUNDARY.search(kind)
        if not found:
            raise Refusal(words.FORM_BROKEN, type="form")
        return await multipart(Arriving(request.receive, most_file), found[1].encode())
    body = await read_bounded(request.receive, most_text)
    raw = read_body(body) if kind.startswith("application/json") else read_address(body)
    return Form({name: str(value) for name, value in raw.items()})


class Arriving:
    """The bytes of a body with a file of at most so many, as they arrive; only a few wait here."""

    def __init__(self, receive: Receive, most: int) -> None:
        self.receive, self.most = receive, most
        self.count = 0
        self.waiting = bytearray()
        self.is_more = True

    async def more(self) -> None:
        """Waits for the next bytes; a Refusal where there are none, or too many."""
        message = await self.receive() if self.is_more else {}
        piece = message.get("body", b"")
        self.is_more = message.get("more_body", False)
        self.count += len(piece)
        self.waiting += piece
        if self.count > self.most + MOST_AROUND:
            sentence = words.ONNX_TOO_LARGE.format(most=self.most // 1_000_000)
            raise Refusal(sentence, type="body_too_long", loc=("file",))
        if not piece and not self.is_more:
            raise Refusal(words.FORM_BROKEN, type="form")

    async def until(self, mark: bytes) -> AsyncIterator[bytes]:
        """The bytes before a mark, piece by piece; the mark is taken, too."""
        while (found := self.waiting.find(mark)) < 0:
            if (ready := len(self.waiting) - len(mark) + 1) > 0:
                yield self.take(ready)
            await self.more()
        yield self.take(found)
        self.take(len(mark))

    def take(self, count: int) -> bytes:
        taken = bytes(self.waiting[:count])
        del self.waiting[:count]
        return taken

    async def next(self, count: int) -> bytes:
        """The next few bytes."""
        while len(self.waiting) < count:
            await self.more()
        return self.take(count)


async def multipart(body: Arriving, boundary: bytes) -> Form:
    """The parts between the boundaries (RFC 7578); a field is text, and the part with the name `file` is bytes."""
    fields: dict[str, str] = {}
    file = b""
    await gathered(body.until(b"--" + boundary), MOST_AROUND)
    for _ in range(MOST_PARTS):
        if await body.next(2) != b"\r\n":
            return Form(fields, file)
        named = NAME.search(await gathered(body.until(b"\r\n\r\n"), MOST_HEADER))
        if not named:
            raise Refusal(words.FORM_BROKEN, type="form")
        name, content = named[1].decode("utf-8", "replace"), body.until(b"\r\n--" + boundary)
        if name == "file":
            file = await slim_file(content)
        elif text := (await gathered(content, MOST_FIELD)).decode("utf-8", "replace").strip():
            fields[name] = with_line_feeds(text)
    raise Refusal(words.FORM_BROKEN, type="form")


async def gathered(pieces: AsyncIterator[bytes], most: int) -> bytes:
    """The first of these bytes; the others are passed over."""
    found = b""
    async for piece in pieces:
        found += piece[: most - len(found)]
    return found


async def slim_file(pieces: AsyncIterator[bytes]) -> bytes:
    """A small file as it is; of a large one what describes the network, or its beginning where it is none."""
    beginning, stripper = b"", Stripper()
    is_network, count = True, 0
    async for piece in pieces:
        beginning += piece[: MOST_WHOLE - len(beginning)]
        count += len(piece)
        if is_network:
            is_network = await run_in_threadpool(takes, stripper, piece)
    if count <= MOST_WHOLE or not is_network:
        return beginning
    try:
        return stripper.end()
    except Broken:
        return beginning


def takes(stripper: Stripper, piece: bytes) -> bool:
    """Whether this may still be a network behind one more piece."""
    try:
        stripper.take(piece)
    except (Broken, TooMuch):
        return False
    return True
