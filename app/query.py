"""One request as a plain mapping of names to raw values, whether it came as an address or as a JSON body.

Strict where frameworks are lax: a repeated name, bytes that are not UTF-8 and too many fields are refused;
an empty value means the default, and the marks that mail programs and social networks add pass unread.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, quote

import orjson

from app.refusal import Refusal
from app.words import refusals as words

Raw = dict[str, Any]

TRACKERS = ("utm_", "mc_", "pk_", "_hs")
TRACKER_NAMES = {"fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "igshid", "yclid", "twclid", "ref_src"}
MAX_FIELDS = 64
READABLE = ",;:~!/()*@$x-._"
"""What an address may carry bare in its query, so that a link stays legible."""


def is_tracker(name: str) -> bool:
    return name in TRACKER_NAMES or name.startswith(TRACKERS)


def read_address(query: bytes) -> Raw:
    """The raw values of a query string."""
    try:
        pairs = parse_qsl(
            query.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MAX_FIELDS,
        )
    except UnicodeDecodeError:
        raise Refusal(words.BAD_ENCODING, type="unicode_error") from None
    except ValueError:
        raise Refusal(words.TOO_MANY_FIELDS.format(limit=MAX_FIELDS), type="too_long") from None
    pairs = [(name, value) for name, value in pairs if not is_tracker(name)]
    for name, count in Counter(name for name, _ in pairs).items():
        if count > 1:
            raise Refusal(words.REPEATED.format(name=name[:40], count=count), type="repeated", loc=(name,))
    return without_blanks(dict(pairs))


def read_body(body: bytes) -> Raw:
    """The raw values of a JSON body: an object with the same names."""
    try:
        raw = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Refusal(words.BODY_NOT_JSON.format(reason=error.msg), type="json_invalid") from None
    if not isinstance(raw, dict):
        raise Refusal(words.BODY_NOT_OBJECT.format(), type="dict_type")
    return without_blanks(raw)


def without_blanks(raw: Raw) -> Raw:
    return {name: value for name, value in raw.items() if not (value is None or value == "" or is_blank(value))}


def is_blank(value: object) -> bool:
    return isinstance(value, str) and not value.strip()


def spell_address(values: Mapping[str, str]) -> str:
    """A query string that reads back as these values."""
    return "&".join(f"{name}={quote(value, safe=READABLE)}" for name, value in values.items())
