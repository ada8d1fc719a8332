"""The events of a stream, as a reader gets them."""

import json
from typing import Any


def events_of(body: bytes) -> list[tuple[str, Any]]:
    """Name and data of each."""
    found = []
    for block in body.decode().strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n"))
        found.append((fields["event"], json.loads(fields["data"])))
    return found
