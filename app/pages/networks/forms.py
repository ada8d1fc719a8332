"""What a form posts: fields of text, and at most one file. No bytes are kept longer than the request."""

import re
from dataclasses import dataclass

from starlette.requests import Request

from app.address.query import read_address, read_body, with_line_feeds
from app.address.refusal import Refusal
from app.pages.networks import words
from app.pages.requests import read_bounded

MOST_PARTS = 8
MOST_HEADER = 1_000
MOST_AROUND = 100_000
"""Bytes of fields and headers beside a file."""
BOUNDARY = re.compile(r'boundary="?([^";,\s]{1,70})"?')
NAME = re.compile(rb'name="([^"\r\n]{0,40})"')


@dataclass(frozen=True)
class Form:
    fields: dict[str, str]
    file: bytes = b""


async def read_form(request: Request, most_text: int, most_file: int) -> Form:
    """The form of a request: as multipart, as an address, or as JSON."""
    kind = request.headers.get("content-type", "")
    if kind.startswith("multipart/form-data"):
        try:
            body = await read_bounded(request.receive, most_file + MOST_AROUND)
        except Refusal as refusal:
            sentence = words.ONNX_TOO_LARGE.format(most=most_file // 1_000_000)
            raise Refusal(sentence, type=refusal.type, loc=("file",)) from None
        return multipart(body, kind)
    body = await read_bounded(request.receive, most_text)
    raw = read_body(body) if kind.startswith("application/json") else read_address(body)
    return Form({name: str(value) for name, value in raw.items()})


def multipart(body: bytes, kind: str) -> Form:
    """The parts between the boundaries (RFC 7578); a field is text, and the part with the name `file` is bytes."""
    found = BOUNDARY.search(kind)
    if not found:
        raise Refusal(words.FORM_BROKEN, type="form")
    fields: dict[str, str] = {}
    file = b""
    for header, start, stop in parts(body, b"--" + found[1].encode()):
        named = NAME.search(header)
        if not named:
            raise Refusal(words.FORM_BROKEN, type="form")
        name = named[1].decode("utf-8", "replace")
        if name == "file":
            file = body[start:stop]
        elif text := body[start : min(stop, start + MOST_AROUND)].decode("utf-8", "replace").strip():
            fields[name] = with_line_feeds(text)
    return Form(fields, file)


def parts(body: bytes, boundary: bytes) -> list[tuple[bytes, int, int]]:
    """(header, where its content starts, where it stops) of each part."""
    found: list[tuple[bytes, int, int]] = []
    place = body.find(boundary)
    while place >= 0 and body.startswith(b"\r\n", place + len(boundary)):
        start = place + len(boundary) + 2
        middle = body.find(b"\r\n\r\n", start, start + MOST_HEADER)
        stop = body.find(b"\r\n" + boundary, start)
        if middle < 0 or stop < 0 or len(found) >= MOST_PARTS:
            raise Refusal(words.FORM_BROKEN, type="form")
        found.append((body[start:middle], min(middle + 4, stop), stop))
        place = stop + 2
    return found
