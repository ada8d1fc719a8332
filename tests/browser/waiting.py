"""Waiting for what a page will show, where Playwright's `expect` has no word for it."""

import time
from collections.abc import Callable
from re import Pattern
from typing import TypeVar

from playwright.sync_api import Page, Request, Route

T = TypeVar("T")

PATIENCE = 30
"""Seconds for which every wait goes on: a busy machine is slow, and what is right comes in the end."""


def becomes(read: Callable[[], T], wanted: T) -> None:
    """Read again until it is what is wanted; the last value is reported where it never is."""
    deadline = time.monotonic() + PATIENCE
    while (found := read()) != wanted and time.monotonic() < deadline:
        time.sleep(0.02)
    assert found == wanted, f"{found!r} is not {wanted!r}"


class Held:
    """Requests that do not go on before a test lets them."""

    def __init__(self, page: Page, address: str | Pattern[str] | Callable[[str], bool]) -> None:
        self.page = page
        self.routes: list[Route] = []
        self.is_over = False
        page.route(address, self.hold)

    def hold(self, route: Route) -> None:
        if self.is_over:
            route.continue_()
        else:
            self.routes.append(route)

    def comes(self) -> Request:
        """Wait until one is held: whatever is asked of a page brings the news of its requests, too."""
        becomes(lambda: (self.page.title(), len(self.routes) > 0)[1], True)
        return self.routes[0].request

    def goes_on(self) -> None:
        """Let the one go on that came first; later ones are held still."""
        self.comes()
        self.routes.pop(0).continue_()

    def let_go(self) -> None:
        """Let all go on, and those that are still to come."""
        self.is_over = True
        while self.routes:
            self.routes.pop(0).continue_()
