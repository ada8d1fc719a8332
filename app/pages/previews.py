"""Where the pictures of pages are."""

from app.pages.frames.table import can_be_framed

PICTURES = {".svg": "image/svg+xml", ".png": "image/png"}
"""The formats of the picture of a page beyond one scene."""
NOTHING_DRAWN = frozenset({"/pictures", "/networks/own", "/linear-classifier"})
"""Pages that begin with what a reader brings, and one of small pictures alone, 28 by 28, which a browser masks."""
SHOWN = 1200
"""Pixels of a picture that others show with a link."""


def preview_of(address: str) -> str | None:
    """The address of the picture of a page, for those who show a link with one; None where it draws none."""
    path, _, query = address.partition("?")
    if not can_be_framed(address) or path in NOTHING_DRAWN:
        return None
    return f"{path}.png?{query}{'&' * bool(query)}width={SHOWN}"
