"""What tests share: the program, the application without a network, and a browser whose every error fails the test."""

import gc
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from starlette.testclient import TestClient

from tests import machine
from tests.program import running

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page, Request  # which takes half a second

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

collect_ignore_glob = ["*/make_*.py", "*/network_models.py", "bench/*", "train/*"]
"""pytest looks for doctests in every file, but these scripts are run by hand, and need what the tests go without."""

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    """The application in this process; an exception inside it fails the test with its traceback."""
    from app.main import create_app

    with TestClient(create_app()) as client:
        yield client


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of `python -m app`, started once."""
    with running() as url:
        yield url


@pytest.fixture(scope="session")
def base_url(server: str) -> str:
    """So that `page.goto("/conv2d")` needs no host."""
    return server


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    if machine.CHROMIUM is None:
        (pytest.fail if machine.EVERYTHING_IS_REQUIRED else pytest.skip)(machine.NO_CHROMIUM)
    return browser_type_launch_args | {"executable_path": machine.CHROMIUM, "args": CHROMIUM_FLAGS}


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of. A test that provokes a complaint, such as a 422, takes it out itself."""
    return []


@pytest.fixture
def page(page: "Page", base_url: str, complaints: list[str]) -> "Iterator[Page]":
    """A page that fails its test for any console error, any exception, and any request to another host."""
    listen(page, base_url, complaints)
    yield page
    assert not complaints, "\n".join(complaints)


def listen(page: "Page", base_url: str, complaints: list[str]) -> None:
    """Write down what a page complains of; for pages that a test opens in a context of its own, too."""

    def on_console(message: "ConsoleMessage") -> None:
        if message.type == "error":
            complaints.append(f"console: {message.text}")

    def on_request(request: "Request") -> None:
        if not request.url.startswith((f"{base_url}/", "data:", "blob:")):
            complaints.append(f"another host: {request.url}")

    page.on("console", on_console)
    page.on("request", on_request)
    page.on("pageerror", lambda error: complaints.append(f"exception: {error}"))


def pytest_collection_finish() -> None:
    """Look through thousands of collected tests and modules, which all stay, at no later collection of garbage."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Repeat what `python -m tests` found before pytest, so that it is not lost above a long run."""
    for failure in filter(None, os.environ.get("CONVSCOPE_FAILED_CHECKS", "").split(",")):
        terminalreporter.write_line(f"FAILED before the tests: {failure}", red=True)
