"""Kernels on pictures, in a browser: guess, look closely, change the kernel, and bring a picture of one's own."""

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from urllib.parse import parse_qs, urlparse
from urllib.request import urlopen

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Playwright, expect

from tests.browser.stage import foot, is_no_wider, letters_are_there, place
from tests.browser.test_accessibility import violations
from tests.browser.test_fits import SCREENS, phone
from tests.browser.waiting import becomes
from tests.conftest import CHROMIUM_FLAGS, listen
from tests.machine import CHROMIUM
from tests.program import running

ANSWERED = "/pictures?guess=sobel-x"


class Bench:
    """The page as a reader sees it and touches it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.look = page.locator("[data-views]")
        self.result = page.locator('[data-view="after"] > canvas')
        self.sum = page.locator("[data-sum]")
        self.range = page.locator("[data-range]")
        self.weights = page.locator('[data-numbers="kernel"] input')

    def open(self, address: str) -> "Bench":
        self.page.goto(address)
        return self.painted()

    def painted(self, times: int = 1) -> "Bench":
        """Wait until so many results have been painted whole."""
        becomes(lambda: self.times() >= times, True)
        letters_are_there(self.page)
        return self

    def times(self) -> int:
        return int(self.page.locator(".pictures").get_attribute("data-painted") or 0)

    def middle(self, row: int, col: int, rows: int, cols: int) -> tuple[float, float]:
        """Where a pixel of the result is on the screen."""
        box = place(self.result)
        return box["x"] + (col + 0.5) * box["width"] / cols, box["y"] + (row + 0.5) * box["height"] / rows

    def shade(self, row: int, col: int) -> list[int]:
        read = "(canvas, [row, col]) => [...canvas.getContext('2d').getImageData(col, row, 1, 1).data].slice(0, 3)"
        shade: list[int] = self.result.evaluate(read, [row, col])
        return shade

    @property
    def fields(self) -> dict[str, str]:
        address = self.page.evaluate("location.search")
        return {name: values[0] for name, values in parse_qs(address.removeprefix("?")).items()}


@pytest.fixture
def bench(page: Page) -> Bench:
    return Bench(page)


def answer(base_url: str, path: str) -> dict:  # type: ignore[type-arg]
    with urlopen(base_url + path) as response:
        return json.load(response)  # type: ignore[no-any-return]


def drawn(rows: int = 40, cols: int = 60, shade: int = 200) -> bytes:
    """A picture as a file: black at the left, and at the right of this shade."""
    pixels = np.zeros((rows, cols, 3), np.uint8)
    pixels[:, cols // 2 :] = shade
    written = BytesIO()
    Image.fromarray(pixels).save(written, "PNG")
    return written.getvalue()


def test_a_reader_guesses_wrong_then_right_and_drags_a_weight(bench: Bench, page: Page) -> None:
    page.goto("/pictures")
    page.get_by_role("link", name="Result D").click()
    expect(page.locator(".verdict")).to_contain_text("A blur adds neighbours up")
    expect(page.locator(".tile.wrong")).to_have_count(1)
    page.get_by_role("link", name="Result C").click()
    bench.painted()
    expect(page.locator("[data-lead]")).to_contain_text("Right: it is right minus left.")
    expect(page.get_by_role("slider", name=re.compile("Divider"))).to_be_visible()
    expect(bench.sum).to_have_text("−450")
    flat = bench.shade(90, 2)
    assert abs(flat[0] - 128) < 30
    bench.weights.nth(3).hover(trial=True)  # it stands still
    before, box = bench.times(), place(bench.weights.nth(3))
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y, steps=8)
    page.mouse.up()
    bench.painted(before + 1)
    expect(bench.weights.nth(3)).to_have_value("2")
    becomes(lambda: bench.shade(90, 2), [255, 255, 255])
    expect(page.locator("[data-about-kernel]")).to_contain_text("The weights sum to 4")
    becomes(lambda: bench.fields.get("w"), "-1,0,1;2,0,2;-1,0,1")


def test_the_divider_moves_by_hand_and_by_keys(bench: Bench, page: Page) -> None:
    bench.open(ANSWERED)
    line = page.get_by_role("slider", name=re.compile("Divider"))
    line.hover(trial=True)  # it stands still
    box, area = place(line), place(bench.result)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] / 4, box["y"] + 30, steps=4)
    page.mouse.up()
    expect(line).to_have_attribute("aria-valuenow", "25")
    line.press("ArrowRight")
    expect(line).to_have_attribute("aria-valuenow", "27")
    line.press("Home")
    becomes(lambda: "0%" in bench.result.evaluate("canvas => canvas.style.clipPath"), True)


def test_a_pixel_is_looked_at_opened_as_a_scene_and_come_back_to(bench: Bench, page: Page, base_url: str) -> None:
    bench.open("/pictures?picture=brick&w=edge")
    page.mouse.move(*bench.middle(100, 77, 256, 256))
    expect(page.locator("[data-place]")).to_have_text("100, 77")
    y = answer(base_url, "/pictures.json?picture=brick&w=edge&region=100,77,1,1")["y"]["values"][0][0][0]
    expect(bench.sum).to_have_text(f"{y}".replace("-", "−"))
    page.mouse.click(*bench.middle(100, 77, 256, 256))
    page.wait_for_url(re.compile("/conv2d"))
    scene = answer(base_url, page.url.removeprefix(base_url).replace("/conv2d?", "/conv2d.json?"))
    step = int(parse_qs(urlparse(page.url).query)["step"][0])
    assert np.ravel(scene["y"]["values"])[step] == y
    page.locator("[data-back]").click()
    bench.painted()
    expect(page.locator("[data-place]")).to_have_text("100, 77")


def test_keys_move_the_magnifier_and_enter_opens_the_spot(bench: Bench, page: Page) -> None:
    bench.open("/pictures?picture=cat:96x96&w=sobel-x&at=10,20")
    page.locator('[data-view="after"]').focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("[data-place]")).to_have_text("11, 30")
    becomes(lambda: bench.fields.get("at", ""), "11,30")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/conv2d"))


def test_settings_and_kernels_change_the_result_and_the_address(bench: Bench, page: Page) -> None:
    bench.open("/pictures?picture=astronaut")
    page.get_by_role("link", name="stronger edges", exact=True).click()
    becomes(lambda: bench.fields.get("w", ""), "strong-edge")
    page.get_by_label("Filter").select_option("rgb")
    expect(page.locator("[data-channels] button")).to_have_count(3)
    page.get_by_label("Stride").fill("2")
    page.get_by_label("Stride").press("Enter")
    expect(page.locator("[data-about]")).to_contain_text("result 192×192")
    page.get_by_label("Then pool").select_option("max:2")
    expect(page.locator("[data-about]")).to_contain_text("result 96×96")
    with page.expect_event("load"):  # the page before it is brought anew
        page.go_back()
    bench.painted()
    assert "pool" not in bench.fields
    page.get_by_role("link", name="A layer of six").click()
    expect(page.locator(".tiles-of canvas")).to_have_count(6)
    page.get_by_role("link", name="Gradient magnitude").click()
    becomes(lambda: bench.fields.get("join"), "magnitude")
    expect(page.locator(".tiles-of")).to_have_count(0)


def test_a_setting_that_cannot_be_is_said_beside_its_field(bench: Bench, page: Page, refusals: None) -> None:
    bench.open("/pictures?picture=cat:96x96")
    page.get_by_label("Stride").fill("0")
    page.get_by_label("Stride").press("Enter")
    expect(page.locator('[data-error="stride"]')).to_contain_text("never move")


# A picture of one's own.


def choose(page: Page, picture: bytes) -> None:
    page.locator("[data-file]").set_input_files({"name": "mine.png", "mimeType": "image/png", "buffer": picture})


HANDED_IN = """
([base64, how]) => {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  const transfer = new DataTransfer()
  transfer.items.add(new File([bytes], "mine.png", { type: "image/png" }))
  const event = how === "paste"
    ? new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true })
    : new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true })
  document.body.dispatchEvent(event)
}
"""


def test_a_picture_is_chosen_dropped_and_pasted(bench: Bench, page: Page) -> None:
    bench.open("/pictures?picture=cat:96x96&w=sobel-x&show=grey")
    choose(page, drawn(40, 60))
    expect(page.locator("[data-about]")).to_contain_text("Picture 40×60")
    becomes(lambda: bench.shade(20, 29), [255, 255, 255])
    for how, rows in (("drop", 30), ("paste", 50)):
        page.evaluate(HANDED_IN, [b64encode(drawn(rows, 60)).decode(), how])
        expect(page.locator("[data-about]")).to_contain_text(f"Picture {rows}×60")
    expect(page.locator("[data-link]")).to_have_attribute("href", re.compile("picture=u8:50x60:"))


def test_a_file_that_is_no_picture_is_refused_in_a_sentence(bench: Bench, page: Page, refusals: None) -> None:
    bench.open("/pictures?picture=cat:96x96")
    choose(page, b"nothing to see")
    expect(page.locator('[data-error=""]')).to_contain_text("not a picture that can be read")


@pytest.fixture(scope="module")
def forgetful() -> Iterator[str]:
    """A server that keeps no picture at all, as one that has just been started."""
    with running(CONVSCOPE_PICTURE_BYTES="0", CONVSCOPE_WEBCAM="0") as url:
        yield url


def test_a_server_that_forgets_is_sent_the_picture_again_also_after_a_reload(
    browser: Browser, forgetful: str, complaints: list[str]
) -> None:
    context = browser.new_context(base_url=forgetful)
    page = context.new_page()
    listen(page, forgetful, complaints)
    bench = Bench(page).open("/pictures?picture=cat:96x96&w=sobel-x&show=grey")
    expect(page.locator("[data-camera]")).to_be_hidden()
    choose(page, drawn(40, 60))
    becomes(lambda: bench.fields.get("picture", "").partition(":")[0], "upload")
    page.get_by_role("link", name="blur", exact=True).click()
    becomes(lambda: bench.fields.get("w", ""), "gaussian")
    becomes(lambda: bench.shade(20, 50), [200, 200, 200])
    page.reload()
    bench.painted()
    becomes(lambda: bench.shade(20, 50), [200, 200, 200])
    context.close()
    complaints[:] = [complaint for complaint in complaints if "status of 404" not in complaint]
    assert not complaints


def test_the_camera_is_a_still_and_live_and_off_when_one_leaves(
    playwright: Playwright, browser: Browser, base_url: str
) -> None:
    fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    camera = playwright.chromium.launch(executable_path=CHROMIUM, args=[*CHROMIUM_FLAGS, *fake])
    page = camera.new_page(base_url=base_url)
    complaints: list[str] = []
    listen(page, base_url, complaints)
    bench = Bench(page).open("/pictures?picture=cat:96x96&w=edge")
    page.get_by_role("button", name="Camera").click()
    page.get_by_role("button", name="Take it").click()
    becomes(lambda: bench.fields.get("picture", "").partition(":")[0], "upload")
    expect(page.get_by_role("button", name="Take it")).to_be_hidden()
    page.get_by_role("button", name="Camera").click()
    page.get_by_role("button", name="Live").click()
    bench.painted(bench.times() + 5)
    page.get_by_role("button", name="Live").click()
    expect(page.get_by_role("button", name="Live")).to_be_hidden()
    assert not complaints
    camera.close()


# Everywhere.


def marked(page: Page) -> Locator:
    return page.locator("[data-picture]:not(.magnifier)")


def ends_above(page: Page, height: float) -> bool:
    return foot(marked(page)) <= height


@pytest.mark.parametrize("address", ["/pictures", ANSWERED])
def test_no_one_is_shut_out(bench: Bench, page: Page, address: str) -> None:
    page.goto(address)
    if address == ANSWERED:
        bench.painted()
    assert violations(page) == ""


@pytest.mark.parametrize("screen", SCREENS)
def test_the_picture_is_seen_whole_without_scrolling(bench: Bench, page: Page, screen: str) -> None:
    width, height = SCREENS[screen]
    page.set_viewport_size({"width": width, "height": height})
    for address in ("/pictures", ANSWERED):
        page.goto(address)
        becomes(partial(ends_above, page, height), True)
        is_no_wider(page, width)


@phone
def test_on_a_phone_the_picture_stays_while_the_controls_scroll(bench: Bench, page: Page) -> None:
    bench.open(ANSWERED)
    page.get_by_label("Then pool").scroll_into_view_if_needed()
    becomes(lambda: place(marked(page))["y"] >= -1 and ends_above(page, 844 / 1.5), True)
    is_no_wider(page, 390)
