"""An ONNX file without its weights: what describes the network, sifted from the bytes as they arrive.

ONNX is protocol buffers: fields of (number, wire type), nested. A few bytes can stand for very many objects, so fields
are counted as they pass, and what is kept is bounded, too; weights are passed over, so that a file of any size needs
little memory. Field numbers: onnx.proto. The browser does the same before it sends a file
(static/js/networks/strip-weights.js), so with scripts the weights stay on the reader's computer.
"""

from collections.abc import Generator, Mapping
from math import inf

MOST_FIELDS = 200_000
MOST_KEPT = 2_000_000
MOST_TEXT = 512
"""Bytes of one name, one list of sizes, or a small constant; longer ones are data."""
VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
WIDTH = {FIXED64: 8, FIXED32: 4}
MOST_DIGITS = 10
MOST_HEAD = 2 * MOST_DIGITS
"""Bytes of a field's number and length."""


class Broken(ValueError):
    """Bytes that are no protocol buffer."""


class TooMuch(ValueError):
    """More than a network needs."""


Message = Mapping[int, "Message | None"]
"""The fields of a message that are kept, by their numbers: small ones, and messages in their turn."""
SMALL: Message | None = None
TENSOR: Message = dict.fromkeys((1, 2, 4, 5, 7, 8, 9, 14), SMALL)
"""dims, data_type, float, int32 and int64 data, name, raw data, and whether they lie in another file; in which is not
asked."""
ATTRIBUTE: Message = {**dict.fromkeys((1, 2, 3, 4, 7, 8, 20), SMALL), 5: TENSOR}
"""name, f, i, s, floats, ints, type, t; no graphs inside."""
NODE: Message = {**dict.fromkeys((1, 2, 3, 4, 7), SMALL), 5: ATTRIBUTE}
"""input, output, name, op_type, domain, attribute."""
VALUE: Message = dict.fromkeys((1, 2), SMALL)
"""name, type."""
GRAPH: Message = {1: NODE, 2: SMALL, 5: TENSOR, 11: VALUE, 12: VALUE}
"""node, name, initializer, input, output."""
MODEL: Message = {1: SMALL, 2: SMALL, 7: GRAPH, 8: SMALL}
"""ir_version, producer_name, graph, opset_import."""

Sifting = Generator[int, bytes, bytes]
"""Asks for so many bytes, or with a minus sign passes over so many; 0 looks at the next few. Returns what is kept."""


def without_weights(data: bytes) -> bytes:
    """The same model, its weights and everything that no picture needs left out."""
    stripper = Stripper()
    stripper.take(data)
    return stripper.end()


class Stripper:
    """Takes a file piece by piece."""

    def __init__(self) -> None:
        self.sifting = sift(MODEL, inf, Counter())
        self.wanted = next(self.sifting)
        self.waiting = b""
        """What has arrived of the bytes that are asked for."""

    def take(self, piece: bytes) -> None:
        """One more piece; Broken and TooMuch as soon as they are certain."""
        data, place = self.waiting + piece if self.waiting else piece, 0
        while place < len(data):
            wanted = self.wanted or MOST_HEAD
            if wanted < 0:
                passed = min(-wanted, len(data) - place)
                place += passed
                self.wanted = wanted + passed
                if self.wanted:
                    break
                self.wanted = self.sifting.send(b"")
            elif place + wanted > len(data):
                break
            else:
                found = data[place : place + wanted]
                place += self.wanted
                self.wanted = self.sifting.send(found)
        self.waiting = data[place:]

    def end(self) -> bytes:
        """What was kept, when no more comes."""
        try:
            while self.wanted >= 0:  # the last few bytes, of which one can look at fewer than usual
                found, self.waiting = self.waiting[: self.wanted or MOST_HEAD], self.waiting[self.wanted :]
                self.wanted = self.sifting.send(found)
                if self.wanted < 0 and len(self.waiting) >= -self.wanted:
                    self.waiting = self.waiting[-self.wanted :]
                    self.wanted = self.sifting.send(b"")
        except StopIteration as finished:
            kept: bytes = finished.value
            return kept
        raise Broken


class Counter:
    """How many fields have passed."""

    def __init__(self) -> None:
        self.fields = 0

    def count(self) -> None:
        self.fields += 1
        if self.fields > MOST_FIELDS:
            raise TooMuch


def sift(kept: Message, length: float, counter: Counter) -> Sifting:
    """The fields of a message of so many bytes that are kept; the file itself ends where nothing more comes."""
    made = bytearray()
    while length > 0:
        seen = yield 0
        if not seen and length == inf:
            break
        counter.count()
        tag, start = read_varint(seen, 0)
        number, wire = tag >> 3, tag & 7
        value, stop = read_varint(seen, start) if wire in (VARINT, BYTES) else (0, start)
        size = value if wire == BYTES else WIDTH.get(wire, 0)
        length -= stop + size
        if wire not in (VARINT, BYTES, *WIDTH) or not number or length < 0:
            raise Broken
        inner = kept.get(number)
        if inner is not None and wire == BYTES:
            yield -stop
            content = yield from sift(inner, size, counter)
            made += seen[:start] + varint(len(content)) + content
        elif number in kept and size <= MOST_TEXT:
            found = yield stop + size
            if len(found) != stop + size:
                raise Broken
            made += found
        else:
            yield -(stop + size)
        if len(made) > MOST_KEPT:
            raise TooMuch
    return bytes(made)


def read_varint(seen: bytes, place: int) -> tuple[int, int]:
    """A number of seven bits a byte, and where it ends."""
    value = 0
    for count, byte in enumerate(seen[place : place + MOST_DIGITS]):
        value |= (byte & 0x7F) << 7 * count
        if byte < 0x80:
            return value, place + count + 1
    raise Broken


def varint(value: int) -> bytes:
    made = bytearray()
    while value > 0x7F:
        made.append(value & 0x7F | 0x80)
        value >>= 7
    made.append(value)
    return bytes(made)
