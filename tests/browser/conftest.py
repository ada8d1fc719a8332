"""What the browser tests share: a browser that keeps still unless a test is about motion, and the stage in it."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.stage import Stage
from tests.browser.waiting import PATIENCE
from tests.conftest import listen

expect.set_options(timeout=1000 * PATIENCE)


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    """Reduced motion, so that what is tested is there at once; `moving` takes it back."""
    return browser_context_args | {"reduced_motion": "reduce", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def stage(page: Page) -> Stage:
    """The stage of this test's page; `stage.open(address)` brings a scene to it."""
    return Stage(page)


@pytest.fixture
def refusals(page: Page, complaints: list[str]) -> Iterator[None]:
    """For a test that provokes a 422: Chromium logs it, and that is no complaint."""
    yield
    complaints[:] = [complaint for complaint in complaints if "status of 422" not in complaint]


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: pytest is the one who talks."""


@pytest.fixture
def slide(tmp_path: Path) -> Path:
    """The file of a slide, to be written by its test."""
    return tmp_path / "slide.html"


@pytest.fixture
def elsewhere(slide: Path) -> Iterator[str]:
    """The slide's address on a host of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(slide.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def visitor(browser: Browser, base_url: str) -> Iterator[tuple[Page, list[str]]]:
    """A page of somebody else's, and what it complains of that concerns us."""
    context = browser.new_context(viewport={"width": 1100, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    complaints: list[str] = []
    listen(page, base_url, complaints)
    yield page, complaints
    context.close()
