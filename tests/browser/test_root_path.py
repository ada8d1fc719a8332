"""Under a path, behind an nginx that takes it off: nothing is asked for beside it, and everything goes on as usual."""

import re
from collections import deque
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from string import punctuation
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import urlopen

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, Request, expect

from tests import machine
from tests.browser.agreement import agrees
from tests.browser.stage import Stage
from tests.cluster import cluster
from tests.conftest import listen

pytestmark = machine.needs("nginx")

PREFIX = "/conv"
ATTRIBUTE = re.compile(r"""\s([\w:.-]+)=["'](/(?!/)[^"']*)["']""")
NAMES = ("data-prefix", "data-page")
"""Attributes that say what a page is called, whatever it stands under."""


@pytest.fixture(scope="module")
def under(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with cluster(tmp_path_factory.mktemp("nginx"), "rewrite", ROOT_PATH=PREFIX) as made:
        yield made.url


@pytest.fixture
def beside() -> list[str]:
    """What was asked for that is not under the path."""
    return []


@pytest.fixture
def page(browser: Browser, under: str, complaints: list[str], beside: list[str]) -> Iterator[Page]:
    def on_request(request: Request) -> None:
        if request.url.startswith("http") and not request.url.startswith(f"{under}{PREFIX}/"):
            beside.append(request.url)

    with browser.new_context(base_url=under, reduced_motion="reduce") as context:
        page = context.new_page()
        listen(page, under, complaints)
        page.on("request", on_request)
        yield page
    assert not complaints, "\n".join(complaints)
    assert beside == []


def test_a_scene_is_edited_presented_and_left_under_the_path(stage: Stage, page: Page) -> None:
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


def test_no_address_of_any_page_leaves_the_path(under: str) -> None:
    """A walk through one page of each kind; what stands before the question mark says the kind."""
    waiting, seen, leaving = deque([f"{PREFIX}/"]), {f"{PREFIX}/"}, []
    while waiting:
        page = waiting.popleft()
        with urlopen(under + quote(page, safe=punctuation), timeout=30) as answer:
            html = answer.read().decode()
        for name, address in ATTRIBUTE.findall(html):
            leaving += [(page, name, address)] if name not in NAMES and not address.startswith(f"{PREFIX}/") else []
        for _, address in re.findall(r"""<a\b[^>]*?\shref=(["'])(.*?)\1""", html):
            link = urlsplit(urljoin(page, unescape(address)))
            if not link.netloc and "." not in link.path and link.path not in seen:
                seen.add(link.path)
                waiting.append(link._replace(fragment="").geturl())
    assert leaving == []
    assert len(seen) > 60


def test_the_scripts_of_every_kind_of_page_ask_under_the_path(page: Page) -> None:
    for address in ("/", "/compare", "/learn", "/pictures", "/train", "/backprop", "/laws", "/valley", "/embed/conv2d"):
        page.goto(PREFIX + address)
        page.wait_for_load_state("networkidle")
    for address in ("/networks/vgg16", "/networks/lenet5/live", "/receptive-field", "/present/conv2d", "/lectures"):
        page.goto(PREFIX + address)
        page.wait_for_load_state("networkidle")


def snippets(page: Page) -> list[str]:
    """What Share has to be pasted."""
    texts = "(all) => all.map((each) => each.value ?? each.textContent)"
    found: list[str] = page.locator("textarea, input[readonly], pre").evaluate_all(texts)
    return found


def test_share_says_addresses_with_the_path(page: Page, under: str) -> None:
    page.goto(f"{PREFIX}/conv2d?stride=2")
    page.get_by_role("link", name="Share").click()
    expect(page.locator("input[readonly]").first).to_have_value(f"{under}{PREFIX}/conv2d?stride=2")
    said = snippets(page)
    addresses = re.findall(rf"{re.escape(under)}(/[^\s\"'<>)\]]*)", "\n".join(said))
    assert len(addresses) > 5
    assert [address for address in addresses if not address.startswith(f"{PREFIX}/")] == []
    picture = Image.open(BytesIO(page.locator("svg.qr").screenshot()))
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [f"{under}{PREFIX}/conv2d?stride=2"]


def test_a_snippet_frames_a_stage_that_lives(page: Page, under: str) -> None:
    page.goto(f"{PREFIX}/share?url={under}{PREFIX}/conv2d")
    frame = next(found for text in snippets(page) if (found := re.search(r'<iframe[^>]* src="([^"]+)"', text)))
    page.goto(unescape(frame[1]))
    expect(page).to_have_url(re.compile(rf"^{re.escape(under)}{PREFIX}/embed/conv2d"))
    expect(page.locator("conv-stage.alive")).to_be_visible()


def test_a_film_and_an_oembed_are_had_under_the_path(under: str) -> None:
    with urlopen(f"{under}{PREFIX}/conv2d.svg", timeout=30) as answer:
        assert answer.headers["content-type"] == "image/svg+xml"
    with urlopen(f"{under}{PREFIX}/oembed?url={under}{PREFIX}/conv2d%3Fstride=2", timeout=30) as answer:
        assert f'src=\\"{under}{PREFIX}/embed/conv2d?stride=2'.encode() in answer.read()
