"""There and back in a real browser: one playhead, first over the windows, then over the stamps."""

from playwright.sync_api import Page, expect

from tests.browser.stage import is_no_wider
from tests.browser.test_accessibility import violations


def opened(page: Page, address: str = "/there-and-back") -> None:
    page.goto(address)
    expect(page.locator("[data-common]")).to_be_visible()


def test_one_playhead_goes_there_and_then_back(page: Page) -> None:
    opened(page)
    position = page.locator("[data-common] [data-position]")
    expect(position).to_have_text("and back: 4 of 4")
    page.keyboard.press("Home")
    expect(position).to_have_text("there: 1 of 4")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(position).to_have_text("and back: 1 of 4")
    expect(page.locator("[data-side=there] [data-position]")).to_have_text("4 of 4")
    expect(page.locator("[data-side=back] [data-position]")).to_have_text("1 of 4")
    page.keyboard.press("ArrowLeft")
    expect(position).to_have_text("there: 4 of 4")


def test_the_scrubber_leads_both_and_playing_can_be_paused(page: Page) -> None:
    opened(page)
    page.locator("[data-common] [data-scrubber]").fill("6")
    expect(page.locator("[data-common] [data-position]")).to_have_text("and back: 3 of 4")
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    expect(page.locator("[data-common] [data-play-word]")).to_have_text("Pause")
    page.keyboard.press("Space")
    expect(page.locator("[data-common] [data-play-word]")).to_have_text("Play")


def test_what_came_back_and_the_difference_are_said_and_shown(page: Page) -> None:
    opened(page)
    expect(page.locator(".came-back")).to_contain_text("The shape came back: 6×6 became 2×2, and then 6×6 again.")
    expect(page.locator('.came-back svg[data-plane="d.0"] .cells > g > g')).to_have_count(36)
    expect(page.locator('.came-back svg[data-plane="b.0"] .cells > g').last).to_have_text("0" * 6)


def test_a_chip_leads_to_another_stride(page: Page) -> None:
    opened(page)
    page.get_by_role("navigation", name="Stride").get_by_role("link", name="1").click()
    page.wait_for_url("**/there-and-back?stride=1")
    expect(page.locator("[data-common] [data-position]")).to_have_text("and back: 16 of 16")


def test_axe_finds_nothing(page: Page, complaints: list[str]) -> None:
    opened(page)
    assert violations(page) == ""


def test_on_a_phone_nothing_is_wider_than_the_screen(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page)
    is_no_wider(page, 390)
