"""Waiting for what a page will show, where Playwright's `expect` has no word for it."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE = 30
"""Seconds for which every wait goes on: a busy machine is slow, and what is right comes in the end."""


def becomes(read: Callable[[], T], wanted: T) -> None:
    """Read again until it is what is wanted; the last value is reported where it never is."""
    deadline = time.monotonic() + PATIENCE
    while (found := read()) != wanted and time.monotonic() < deadline:
        time.sleep(0.02)
    assert found == wanted, f"{found!r} is not {wanted!r}"
