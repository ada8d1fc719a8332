"""One request as a plain mapping of names to raw values, whether it came as an address or as a JSON body.

Strict where frameworks are lax: a repeated name, bytes that are not UTF-8 and too many fields are refused;
an empty value means the default, and the marks that mail programs and social networks add pass unread.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import quote, unquote_to_bytes

import orjson

from app.address.refusal import Refusal
from app.text import refusals as words

Raw = dict[str, Any]

TRACKERS = ("utm_", "mc_", "pk_", "_hs")
TRACKER_NAMES = {"fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "igshid", "yclid", "twclid", "ref_src"}
MAX_FIELDS = 64
READABLE = ",;:~!/()*@$x-._"
"""What an address may carry bare in its query, so that a link stays legible."""
PLAIN = re.compile(f"[A-Za-z0-9{re.escape(READABLE)}]*")


def is_tracker(name: str) -> bool:
    return name in TRACKER_NAMES or name.startswith(TRACKERS)


def read_address(query: bytes) -> Raw:
    """The raw values of a query string."""
    fields = [field for field in query.split(b"&") if field]
    pairs = [read_field(field) for field in fields[: MAX_FIELDS + 1]]
    check_count([name for name, _ in pairs])
    pairs = [(name, value) for name, value in pairs if not is_tracker(name)]
    refuse_repeated(name for name, _ in pairs)
    return without_blanks(dict(pairs))


def read_field(field: bytes) -> tuple[str, str]:
    """`name=value`, percent signs resolved."""
    name, _, value = (unquote_to_bytes(part.replace(b"+", b" ")) for part in field.partition(b"="))
    try:
        return name.decode(), with_line_feeds(value.decode())
    except UnicodeDecodeError:
        raise Refusal(words.BAD_ENCODING, type="unicode_error", loc=(name.decode(errors="replace"),)) from None


def read_body(body: bytes) -> Raw:
    """The raw values of a JSON body: an object with the same names."""
    try:
        raw = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Refusal(words.BODY_NOT_JSON.format(reason=error.msg), type="json_invalid") from None
    if not isinstance(raw, dict):
        raise Refusal(words.BODY_NOT_OBJECT.format(), type="dict_type")
    check_count(list(raw))
    check_repeated(body)
    return without_blanks({name: with_line_feeds(v) if isinstance(v, str) else v for name, v in raw.items()})


def with_line_feeds(text: str) -> str:
    """The text with a line feed at the end of each line: a form sends CR LF instead, whatever the reader pasted."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def check_count(names: list[str]) -> None:
    if len(names) > MAX_FIELDS:
        raise Refusal(words.TOO_MANY_FIELDS.format(limit=MAX_FIELDS), type="too_long", loc=(names[MAX_FIELDS],))


def check_repeated(body: bytes) -> None:
    """Refuse a name that a body gives twice, of which orjson would keep the last."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        refuse_repeated(name for name, _ in pairs)
        return dict(pairs)

    with suppress(RecursionError):  # nested too deeply to be any grid, which its reader will say
        json.loads(body, object_pairs_hook=once)


def refuse_repeated(names: Iterable[str]) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            raise Refusal(words.REPEATED.format(name=name[:40], count=count), type="repeated", loc=(name,))


def without_blanks(raw: Raw) -> Raw:
    return {name: value for name, value in raw.items() if not (value is None or value == "" or is_blank(value))}


def is_blank(value: object) -> bool:
    return isinstance(value, str) and not value.strip()


def spell_address(values: Mapping[str, str]) -> str:
    """A query string that reads back as these values."""
    return "&".join(spell_field(name, value) for name, value in values.items())


def addressed(path: str, fields: Mapping[str, str | None]) -> str:
    """A path with these fields; what has no value is left out, as an empty one means the default."""
    query = spell_address({name: text for name, text in fields.items() if text})
    return f"{path}?{query}" if query else path


def spell_field(name: str, value: str) -> str:
    """Most values are fit for an address as they are, which is quicker to see than to quote them."""
    return f"{name}={value if PLAIN.fullmatch(value) else quote(value, safe=READABLE)}"
