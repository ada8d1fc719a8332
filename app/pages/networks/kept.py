"""Networks that no address can hold, kept by the hash of their structure: no weights, and never more than a few.

Nothing depends on it. A server that was restarted, or another one, has forgotten; the page that knows the network then
sends it again (static/js/networks/resend.js).
"""

from collections import OrderedDict
from hashlib import sha256
from threading import Lock

from app.pages.networks.sizes import spell_size
from app.pages.receptive_field.notation import spell_stack
from kernels.layers import Shape
from kernels.stack import Stack

MOST = 64
"""Networks; each is at most a hundred thousand characters."""


class Kept:
    """The last few networks, by their hash."""

    def __init__(self) -> None:
        self.networks: OrderedDict[str, tuple[Stack, Shape]] = OrderedDict()
        self.lock = Lock()

    def keep(self, stack: Stack, shape: Shape) -> str:
        """The hash under which this network is found from now on."""
        key = hash_of(stack, shape)
        with self.lock:
            self.networks[key] = stack, shape
            self.networks.move_to_end(key)
            while len(self.networks) > MOST:
                self.networks.popitem(last=False)
        return key

    def get(self, key: str) -> tuple[Stack, Shape] | None:
        with self.lock:
            return self.networks.get(key)


def hash_of(stack: Stack, shape: Shape) -> str:
    """What a network is called: the same structure on the same input has the same hash, on every server."""
    return sha256(f"{spell_stack(stack)} {spell_size(shape)}".encode()).hexdigest()[:24]


KEPT = Kept()
