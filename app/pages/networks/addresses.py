"""The query of an address that holds a network, as readable as it can be."""

from collections.abc import Mapping
from urllib.parse import quote

from app.pages.receptive_field.question import BARE


def spell_query(values: Mapping[str, str]) -> str:
    return "&".join(f"{name}={quote(text, safe=BARE)}" for name, text in values.items())
