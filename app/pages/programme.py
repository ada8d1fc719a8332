"""/present?scenes=…: one picture after the other, as a clicker goes through them."""

import re

from pydantic_core import PydanticCustomError
from starlette.requests import Request
from starlette.routing import Route, Router
from starlette.types import Receive, Scope, Send

from app.address.parameters import read_count
from app.address.phrases import shown
from app.address.query import Raw, spell_address
from app.address.refusal import Refusal
from app.pages.frames.table import can_be_framed
from app.pages.framing import PREFIXES, PRESENT, PROGRAMME, Programme
from app.pages.gallery import worked_scenes
from app.pages.requests import raw_of
from app.text import refusals as words

BETWEEN = re.compile(r"[|\s]+|,(?=/|[a-z][a-z0-9-]*(?:,|$))")
"""What stands between two entries: a line, a space, a bar; or a comma before an address or a name."""
MOST = 100


class Present:
    """The entry of a programme that an address names, presented as its own address would be."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        raw = await raw_of(Request(scope, receive))
        addresses, place = read_programme(raw)
        given = {"scenes": str(raw["scenes"])}

        def at(number: int) -> str:
            return f"{PRESENT}?{spell_address(given | {'at': str(number)})}" if 0 <= number < len(addresses) else ""

        path, _, query = (PRESENT + addresses[place]).partition("?")
        inner = {**scope, "path": path, "raw_path": path.encode(), "query_string": query.encode()}
        router: Router = scope["app"].router
        token = PROGRAMME.set(Programme(preceding=at(place - 1), following=at(place + 1)))
        try:
            await router(inner, receive, send)
        finally:
            PROGRAMME.reset(token)


def routes() -> list[Route]:
    return [Route(PRESENT, Present(), methods=["GET", "HEAD"])]


def read_programme(raw: Raw) -> tuple[list[str], int]:
    """The addresses of a programme, and which of them is meant. Raises Refusal."""
    for name in raw:
        if name not in ("scenes", "at"):
            raise Refusal(words.PROGRAMME_TAKES.format(name=shown(name)), type="extra_forbidden", loc=(name,))
    if "scenes" not in raw:
        raise Refusal(words.PROGRAMME_EMPTY, type="missing", loc=("scenes",))
    addresses = [address_of(entry) for entry in BETWEEN.split(str(raw["scenes"])) if entry][:MOST]
    if not addresses:
        raise Refusal(words.PROGRAMME_EMPTY, type="missing", loc=("scenes",))
    try:
        place = read_count(raw.get("at", 0), name="at", example="1")
    except PydanticCustomError as error:
        raise Refusal(error.message(), type=error.type, loc=("at",)) from None
    if not 0 <= place < len(addresses):
        sentence = words.INDEX_RANGE.format(name="at", most=len(addresses) - 1, value=place)
        raise Refusal(sentence, type="less_than_equal", loc=("at",))
    return addresses, place


def address_of(entry: str) -> str:
    """An entry as the address of a page: it may be one already, or the name of a worked scene."""
    if entry in worked_scenes():
        return worked_scenes()[entry].address
    address = entry if entry.startswith("/") else f"/{entry}"
    for prefix in PREFIXES:
        address = address.removeprefix(prefix) if address.startswith(f"{prefix}/") else address
    if not can_be_framed(address):
        raise Refusal(words.PROGRAMME_ENTRY.format(text=shown(entry)), type="value_error", loc=("scenes",))
    return address
