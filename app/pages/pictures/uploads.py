"""Uploaded pictures, kept in memory for a while under the hash of their bytes.

The shelf may forget: then the page sends its picture again, so that any copy of the server can answer.
"""

from collections import OrderedDict
from hashlib import blake2b
from threading import Lock

from app.pages.pictures.decoding import Decoded, decode

PREFIX = "upload"
DIGEST = 16


def name_of(data: bytes) -> str:
    """`upload:` and the hash of a file, by which the page calls it."""
    return f"{PREFIX}:{blake2b(data, digest_size=DIGEST).hexdigest()}"


class Uploads:
    """Decoded pictures by name, the least recently used forgotten first; no more than `capacity` bytes of them."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.held = 0
        self.pictures: OrderedDict[str, Decoded] = OrderedDict()
        self.lock = Lock()

    def get(self, name: str) -> Decoded | None:
        with self.lock:
            found = self.pictures.get(name)
            if found:
                self.pictures.move_to_end(name)
            return found

    def take(self, data: bytes) -> tuple[str, Decoded]:
        """The name and the pixels of a file, decoded unless it is known. Raises Refusal."""
        name = name_of(data)
        decoded = self.get(name) or decode(data)
        self.keep(name, decoded)
        return name, decoded

    def keep(self, name: str, decoded: Decoded) -> None:
        with self.lock:
            if name in self.pictures:
                return
            self.pictures[name] = decoded
            self.held += decoded.pixels.nbytes
            while self.held > self.capacity:
                _, oldest = self.pictures.popitem(last=False)
                self.held -= oldest.pixels.nbytes
