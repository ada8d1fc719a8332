"""Bounds: how long a request is, before anything of it is read."""

from starlette.types import Receive, Scope


def address_bytes(scope: Scope) -> int:
    """The length of an address: its path, the question mark and its query."""
    return len(scope.get("raw_path") or scope["path"].encode()) + 1 + len(scope["query_string"])


async def read_body(receive: Receive, most: int) -> bytes | None:
    """The body of a request; None as soon as it has more than `most` bytes."""
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > most:
            return None
    return bytes(body)
