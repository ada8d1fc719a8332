"""Under a path, behind a proxy that takes it off: nothing is asked for beside it, and everything goes on as usual."""

import re
from collections.abc import Iterator
from threading import Thread

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect
from starlette.types import ASGIApp, Receive, Scope, Send

from app.main import create_app
from app.settings import Settings
from tests.browser.agreement import agrees
from tests.browser.stage import Stage
from tests.browser.waiting import becomes
from tests.conftest import listen
from tests.program import free_port

PREFIX = "/conv"


class Proxy:
    """What nginx does with `proxy_pass http://copy/;` in `location /conv/`. Whatever is beside it is an error."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.beside: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            path = scope["path"]
            if not path.startswith(f"{PREFIX}/"):
                self.beside.append(path)
            path = path.removeprefix(PREFIX)
            scope = {**scope, "path": path, "raw_path": path.encode()}
        await self.app(scope, receive, send)


@pytest.fixture(scope="module")
def proxy() -> Proxy:
    return Proxy(create_app(Settings(root_path=PREFIX)))


@pytest.fixture(scope="module")
def under(proxy: Proxy) -> Iterator[str]:
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(proxy, port=port, log_level="warning"))
    thread = Thread(target=server.run)
    thread.start()
    becomes(lambda: server.started, True)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def page(browser: Browser, under: str, complaints: list[str]) -> Iterator[Page]:
    with browser.new_context(base_url=under, reduced_motion="reduce") as context:
        page = context.new_page()
        listen(page, under, complaints)
        yield page
    assert not complaints, "\n".join(complaints)


def test_a_scene_is_edited_presented_and_left_under_the_path(stage: Stage, page: Page, proxy: Proxy) -> None:
    stage.open(f"{PREFIX}/conv2d")
    stage.edit("x.0", 0, 1, "7.5")
    expect(page).to_have_url(re.compile(rf"{PREFIX}/conv2d\?x="))
    agrees(stage)
    page.get_by_role("link", name="Stride: one more").click()
    expect(page).to_have_url(re.compile("stride=2"))
    agrees(stage)
    page.keyboard.press("f")
    expect(page).to_have_url(re.compile(rf"{PREFIX}/present/conv2d\?x="))
    expect(page.locator("conv-stage.alive")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(rf"{PREFIX}/conv2d\?x="))
    assert proxy.beside == []


@pytest.mark.parametrize(
    "address",
    ["/", "/compare", "/learn", "/pictures", "/train", "/networks/vgg16", "/networks/lenet5/live", "/embed/conv2d"],
)
def test_every_link_of_a_page_stays_under_the_path(page: Page, proxy: Proxy, address: str) -> None:
    page.goto(PREFIX + address)
    page.wait_for_load_state("networkidle")
    links = page.locator("a[href], img[src], script[src], link[href]").evaluate_all(
        "(all) => all.map((each) => each.getAttribute('href') ?? each.getAttribute('src'))"
    )
    assert [link for link in links if link.startswith("/") and not link.startswith(f"{PREFIX}/")] == []
    assert proxy.beside == []


def test_share_says_addresses_with_the_path(page: Page, proxy: Proxy) -> None:
    page.goto(f"{PREFIX}/conv2d?stride=2")
    page.get_by_role("link", name="Share").click()
    field = page.locator("input[readonly]").first
    expect(field).to_have_value(re.compile(rf"^http://127\.0\.0\.1:\d+{PREFIX}/conv2d\?stride=2"))
    assert proxy.beside == []
