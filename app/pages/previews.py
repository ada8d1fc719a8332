"""Where the pictures of pages are."""

from collections.abc import Mapping

from app.pages.frames.table import can_be_framed

PICTURES = {".svg": "image/svg+xml", ".png": "image/png"}
"""The formats of the picture of a page beyond one scene."""
PHOTOGRAPHS = "/pictures"
"""The page whose .png is no drawing of it, but the photograph that it shows."""
SHOWN = 1200
"""Pixels of a picture that others show with a link."""


def preview_of(address: str, width: int = SHOWN) -> str | None:
    """The address of the picture of a page, for those who show a link with one; None where there is none.

    Of the page of photographs it is the one that the address asks for or, as its question is not to be answered, the
    one before any kernel.
    """
    path, _, query = address.partition("?")
    if not can_be_framed(address):
        return None
    if path == PHOTOGRAPHS:
        return f"{path}.png?{query or 'w=1'}"
    return with_query(f"{path}.png?{query}", {"width": str(width)})


def with_query(address: str, fields: Mapping[str, str]) -> str:
    """An address with fields behind those that it has; what it says already, it says once."""
    path, _, query = address.partition("?")
    kept = [part for part in query.split("&") if part and part.partition("=")[0] not in fields]
    said = "&".join([*kept, *(f"{name}={value}" for name, value in fields.items())])
    return f"{path}?{said}" if said else path
