"""In a frame on somebody's slide: another origin, a sandbox, a file on a disk, a host without HTTPS."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.stage import Stage, moving
from tests.browser.waiting import becomes


def framed(address: str, **attributes: str) -> str:
    extra = "".join(f' {name}="{value}"' for name, value in attributes.items())
    icon = '<link rel="icon" href="data:,">'
    return f'<!doctype html><title>Slide</title>{icon}<iframe src="{address}" width="960" height="620"{extra}></iframe>'


def plays_and_steps(frame: FrameLocator) -> None:
    position = frame.locator("[data-position]")
    expect(position).to_have_text("13 of 25")
    frame.get_by_role("button", name="Step forward").click()
    expect(position).to_have_text("14 of 25")
    expect(frame.locator("[data-equation] .output.result")).to_have_text("−13")
    frame.get_by_role("button", name="Play", exact=True).click()
    expect(position).to_have_text(re.compile(r"^(1[5-9]|2\d) of 25$"))


def test_a_frame_on_another_origin_plays_and_steps(
    visitor: tuple[Page, list[str]], slide: Path, elsewhere: str, base_url: str
) -> None:
    page, complaints = visitor
    slide.write_text(framed(f"{base_url}/embed/conv2d?step=12"))
    page.goto(f"{elsewhere}/slide.html")
    plays_and_steps(page.frame_locator("iframe"))
    assert [complaint for complaint in complaints if elsewhere not in complaint] == []


def test_a_sandboxed_frame_plays_and_steps(
    visitor: tuple[Page, list[str]], slide: Path, elsewhere: str, base_url: str
) -> None:
    page, complaints = visitor
    slide.write_text(framed(f"{base_url}/embed/conv2d?step=12", sandbox="allow-scripts"))
    page.goto(f"{elsewhere}/slide.html")
    plays_and_steps(page.frame_locator("iframe"))
    assert [complaint for complaint in complaints if elsewhere not in complaint] == []


def test_a_deck_opened_from_disk_plays_and_steps(visitor: tuple[Page, list[str]], slide: Path, base_url: str) -> None:
    page, complaints = visitor
    slide.write_text(framed(f"{base_url}/embed/conv2d?step=12"))
    page.goto(slide.as_uri())
    plays_and_steps(page.frame_locator("iframe"))
    assert [complaint for complaint in complaints if "file://" not in complaint] == []


def test_the_page_itself_is_not_to_be_framed(
    visitor: tuple[Page, list[str]], slide: Path, elsewhere: str, base_url: str
) -> None:
    page, complaints = visitor
    slide.write_text(framed(f"{base_url}/conv2d"))
    with page.expect_event("console", lambda message: "frame-ancestors" in message.text):
        page.goto(f"{elsewhere}/slide.html")
    expect(page.frame_locator("iframe").locator("conv-stage")).to_have_count(0)
    assert any("frame-ancestors" in complaint for complaint in complaints)


def test_an_embedded_stage_that_is_locked_shows_and_inspects_but_does_not_edit(stage: Stage, page: Page) -> None:
    stage.open("/embed/conv2d?lock=all")
    stage.cell("x.0", 1, 1).hover()
    expect(stage.hint).to_have_text("x[1, 1] = 9 · read by 4 outputs")
    stage.cell("x.0", 1, 1).click()
    expect(page.locator(".cell-field")).to_have_count(0)
    stage.plane("x.0").focus()
    page.keyboard.press("Delete")
    expect(stage.cell("x.0", 1, 1)).to_have_text("9")
    page.get_by_role("banner").or_(stage.button("Play")).first.hover()
    expect(stage.hint).not_to_contain_text("Click a blue cell and type")


@moving
def test_the_curves_of_an_embedded_stage_end_at_the_products(stage: Stage, page: Page) -> None:
    stage.open("/embed/conv2d")
    page.wait_for_selector(".links path", state="attached")
    gap = """() => {
        const path = document.querySelector(".links path")
        const end = path.getPointAtLength(path.getTotalLength()).matrixTransform(path.getScreenCTM()).y
        return Math.abs(end - document.querySelector('[data-plane="p.0"]').getScreenCTM().f)
    }"""
    becomes(lambda: page.evaluate(gap) < 1, True)


def test_an_embedded_stage_leads_to_the_whole_page(page: Page) -> None:
    page.goto("/embed/conv2d?stride=2")
    link = page.get_by_role("link", name="ConvScope")
    expect(link).to_have_attribute("href", "/conv2d?stride=2")
    expect(link).to_have_attribute("target", "_blank")


@pytest.mark.parametrize("can_copy", [True, False], ids=["the older command helps", "nothing helps but the hand"])
def test_without_https_copying_falls_back(stage: Stage, page: Page, can_copy: bool) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.add_init_script(f"document.execCommand = command => (globalThis.asked = command, {str(can_copy).lower()})")
    stage.open("/conv2d?stride=2")
    page.get_by_role("link", name="Share").click()
    button = page.locator("#share [data-copies]").first
    button.click()
    expect(button).to_have_text("Copied" if can_copy else "Press Ctrl+C to copy")
    assert page.evaluate("globalThis.asked") == "copy"
    assert page.evaluate("getSelection().toString()") == page.url


def test_the_link_is_copied_where_there_is_a_clipboard(stage: Stage, page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    stage.open("/conv2d?stride=2")
    page.get_by_role("link", name="Share").click()
    page.locator("#share [data-copies]").first.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_the_copied_snippet_is_a_frame_that_works(
    stage: Stage, page: Page, visitor: tuple[Page, list[str]], slide: Path, elsewhere: str
) -> None:
    stage.open("/conv2d?x=seven!2.2:5&stride=2")
    page.get_by_role("link", name="Share").click()
    page.locator("#share").get_by_text("Documents").click()
    snippet = page.get_by_label("Web page")
    expect(snippet).to_have_value(re.compile('src="http'))
    slide.write_text(snippet.input_value())
    visitor[0].goto(f"{elsewhere}/slide.html")
    expect(visitor[0].frame_locator("iframe").locator("[data-position]")).to_have_text(re.compile("of 9$"))


def test_the_program_can_be_copied(stage: Stage, page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    stage.open("/conv2d?stride=2")
    page.get_by_role("button", name="Copy the program").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert "import torch" in page.evaluate("navigator.clipboard.readText()")
