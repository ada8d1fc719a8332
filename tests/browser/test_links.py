"""The gallery: every thumbnail is a scene that opens, and moves while it is pointed at."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stage import Stage, moving


def test_every_thumbnail_opens_its_scene(stage: Stage, page: Page) -> None:
    page.goto("/")
    addresses = [link.get_attribute("href") or "" for link in page.locator(".thumb").all()]
    assert len(addresses) >= 14
    for address in dict.fromkeys(addresses):
        stage.open(address)
        expect(stage.equation).not_to_be_empty()


def test_a_thumbnail_says_what_is_in_it(page: Page) -> None:
    page.goto("/")
    for card in page.locator(".thumb").all():
        expect(card.locator("strong")).not_to_be_empty()
        expect(card.locator("small").first).not_to_be_empty()


@moving
@pytest.mark.parametrize("way", ["hover", "focus"])
def test_a_thumbnail_walks_while_it_is_pointed_at(page: Page, way: str) -> None:
    page.clock.install(time=0)
    page.goto("/")
    page.clock.pause_at(60_000)  # from here on no time passes by itself, however slow the machine is
    card = page.locator("#seven-stride-2")
    window = card.locator(".overlay").first
    card.hover() if way == "hover" else card.focus()
    page.clock.run_for(160 * 3)
    expect(window).to_have_attribute("style", "transform: translate(0px, 80px);")
    page.mouse.move(0, 0) if way == "hover" else page.locator("#seven-stride-3").focus()
    expect(window).to_have_attribute("style", "transform: translate(0px, 0px);")


def test_with_reduced_motion_a_thumbnail_keeps_still(page: Page) -> None:
    page.clock.install(time=0)
    page.goto("/")
    page.locator("#seven").hover()
    page.clock.run_for(1000)
    expect(page.locator("#seven .overlay").first).not_to_have_attribute("style", "transform")


def test_the_head_of_every_page_leads_everywhere(page: Page) -> None:
    page.goto("/")
    menu = page.get_by_role("navigation", name="Operations")
    page.get_by_role("button", name="Operations").click()
    menu.get_by_role("link", name="Convolution", exact=True).click()
    expect(page).to_have_url("/conv2d")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="Operations").click()
    menu.get_by_role("link", name="Convolution in one dimension", exact=True).click()
    expect(page).to_have_url("/conv1d")
    page.get_by_role("button", name="Operations").click()
    expect(menu.get_by_role("link", name="Convolution in one dimension", exact=True)).to_have_attribute(
        "aria-current", "page"
    )
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Gallery").click()
    expect(page).to_have_url("/")
    expect(page.get_by_role("link", name="Gallery")).to_have_attribute("aria-current", "page")


def test_what_is_not_there_leads_to_the_gallery(page: Page, complaints: list[str]) -> None:
    page.goto("/conv9d")
    page.get_by_role("link", name="To the gallery").click()
    expect(page).to_have_url("/")
    complaints[:] = [complaint for complaint in complaints if "status of 404" not in complaint]
