"""An ONNX file without its weights: what describes the network, sifted from the bytes before anything else reads them.

ONNX is protocol buffers: fields of (number, wire type), nested. A few bytes can stand for very many objects, so fields
are counted as they pass, and what is kept is bounded, too. Field numbers: onnx.proto. The browser does the same before
it sends a file (static/js/networks/strip-weights.js), so with scripts the weights stay on the reader's computer; a
file that cannot be sifted is sent whole, and the refusal says what is wrong with it.
"""

from collections.abc import Callable, Iterator, Mapping

MOST_FIELDS = 200_000
MOST_KEPT = 2_000_000
MOST_TEXT = 512
"""Bytes of one name, one list of sizes, or a small constant."""
VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
WIDTH = {FIXED64: 8, FIXED32: 4}


class Broken(ValueError):
    """Bytes that are no protocol buffer."""


class TooMuch(ValueError):
    """More than a network needs."""


class Counter:
    """How many fields have passed, and how many bytes were kept."""

    def __init__(self) -> None:
        self.fields = 0

    def count(self) -> None:
        self.fields += 1
        if self.fields > MOST_FIELDS:
            raise TooMuch


Keep = Callable[[memoryview, Counter], bytes | None]
"""What is kept of a field's payload; None drops the field."""
Message = Mapping[int, Keep]


def small(payload: memoryview, counter: Counter) -> bytes | None:
    """A name or a few numbers; longer ones are data."""
    return bytes(payload) if len(payload) <= MOST_TEXT else None


def message(fields: Message) -> Keep:
    """A nested message, sifted in its turn."""
    return lambda payload, counter: sift(payload, fields, counter)


TENSOR: Message = dict.fromkeys((1, 2, 4, 5, 7, 8, 9, 14), small)
"""dims, data_type, float, int32 and int64 data, name, raw data, and whether they lie in another file; in which is not
asked."""
ATTRIBUTE: Message = {**dict.fromkeys((1, 2, 3, 4, 7, 8, 20), small), 5: message(TENSOR)}
"""name, f, i, s, floats, ints, type, t; no graphs inside."""
NODE: Message = {**dict.fromkeys((1, 2, 3, 4, 7), small), 5: message(ATTRIBUTE)}
"""input, output, name, op_type, domain, attribute."""
VALUE: Message = dict.fromkeys((1, 2), small)
"""name, type."""
GRAPH: Message = {1: message(NODE), 2: small, 5: message(TENSOR), 11: message(VALUE), 12: message(VALUE)}
"""node, name, initializer, input, output."""
MODEL: Message = {1: small, 2: small, 7: message(GRAPH), 8: small}
"""ir_version, producer_name, graph, opset_import."""


def without_weights(data: bytes) -> bytes:
    """The same model, its weights and everything that no picture needs left out."""
    return sift(memoryview(data), MODEL, Counter())


def sift(payload: memoryview, kept: Message, counter: Counter) -> bytes:
    """The fields of a message that are to be kept."""
    made = bytearray()
    for number, wire, start, value, stop in fields(payload, counter):
        keep = kept.get(number)
        if keep is None:
            continue
        if wire != BYTES:
            made += payload[start:stop]
        elif (inner := keep(value, counter)) is not None:
            made += varint(number << 3 | BYTES) + varint(len(inner)) + inner
        if len(made) > MOST_KEPT:
            raise TooMuch
    return bytes(made)


def fields(payload: memoryview, counter: Counter) -> Iterator[tuple[int, int, int, memoryview, int]]:
    """(number, wire type, where it starts, its payload, where it stops) of each field."""
    place = 0
    while place < len(payload):
        counter.count()
        start = place
        tag, place = read_varint(payload, place)
        wire = tag & 7
        if wire == VARINT:
            _, stop = read_varint(payload, place)
        elif wire == BYTES:
            length, place = read_varint(payload, place)
            stop = place + length
        elif wire in WIDTH:
            stop = place + WIDTH[wire]
        else:
            raise Broken
        if stop > len(payload) or not tag >> 3:
            raise Broken
        yield tag >> 3, wire, start, payload[place:stop], stop
        place = stop


def read_varint(payload: memoryview, place: int) -> tuple[int, int]:
    """A number of seven bits a byte, and where it ends."""
    value = 0
    for count, byte in enumerate(payload[place : place + 10]):
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
