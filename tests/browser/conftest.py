"""What the browser tests share: a browser that keeps still unless a test is about motion, and the stage in it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stage import Stage
from tests.browser.waiting import PATIENCE

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
