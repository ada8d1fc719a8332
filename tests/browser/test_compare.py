"""Two scenes side by side: one playhead moves both, and what differs is marked."""

import re

from playwright.sync_api import Page, expect

from tests.browser.stage import is_no_wider
from tests.browser.test_accessibility import violations

FLIPPED = "/compare?a=/conv2d&b=/conv2d%3Fflip%3Dtrue"


def opened(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("[data-common]")).to_be_visible()


def test_one_key_moves_both_stages_by_the_same_share_of_their_way(page: Page) -> None:
    opened(page, "/compare")
    page.keyboard.press("Home")
    expect(page.locator("[data-common] [data-position]")).to_have_text("a 1 of 25 · b 1 of 9")
    page.keyboard.press("End")
    expect(page.locator("[data-common] [data-position]")).to_have_text("a 25 of 25 · b 9 of 9")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[data-common] [data-position]")).to_have_text("a 24 of 25 · b 9 of 9")


def test_both_rest_on_one_moment_and_the_playhead_stands_there(page: Page) -> None:
    opened(page, "/compare")
    expect(page.locator("[data-common] [data-position]")).to_have_text("a 13 of 25 · b 5 of 9")
    expect(page.locator("[data-common] [data-scrubber]")).to_have_value("12")
    opened(page, "/compare?a=/conv2d&b=/conv2d%3Fflip%3Dtrue")
    expect(page.locator("[data-common] [data-position]")).to_have_text("a 13 of 25 · b 13 of 25")


def test_the_scrubber_leads_both(page: Page) -> None:
    opened(page, FLIPPED)
    page.locator("[data-common] [data-scrubber]").fill("12")
    expect(page.locator("[data-common] [data-position]")).to_have_text("a 13 of 25 · b 13 of 25")
    equations = page.locator("conv-stage [data-equation] .output.result")
    expect(equations.nth(0)).to_have_text("31")
    expect(equations.nth(1)).to_have_text("−31")


def test_playing_moves_both_and_can_be_paused(page: Page) -> None:
    opened(page, FLIPPED)
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    expect(page.locator("[data-common] [data-play-word]")).to_have_text("Pause")
    expect(page.locator("[data-common] [data-position]")).to_have_text(re.compile(r"a (?!1 )\d+ of 25"))
    page.keyboard.press("Space")
    expect(page.locator("[data-common] [data-play-word]")).to_have_text("Play")


def test_after_a_click_on_a_button_the_keys_still_lead_both(page: Page) -> None:
    opened(page, "/compare")
    page.locator("[data-common]").get_by_role("button", name="First step").click()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-common] [data-position]")).to_have_text("a 2 of 25 · b 1 of 9")
    page.locator('[data-plane="w.0"]').first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("PageDown")
    expect(page.locator("[data-common] [data-position]")).to_have_text("a 3 of 25 · b 2 of 9")


def test_the_question_mark_lists_the_keys_once(page: Page) -> None:
    opened(page, "/compare")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_have_count(1)


def test_a_click_on_an_output_of_one_leads_the_other_to_the_same_place(page: Page) -> None:
    opened(page, "/compare")
    page.locator('section:nth-child(2) [data-plane="y.0"] .cells > g:nth-child(2) > g:nth-child(2)').click()
    expect(page.locator("[data-common] [data-position]")).to_have_text(re.compile("a 1[345] of 25 · b 5 of 9"))


def test_cells_that_differ_carry_a_mark_and_the_verdict_counts_them(page: Page) -> None:
    opened(page, FLIPPED)
    expect(page.locator("[data-verdict]")).to_contain_text("numbers of the output differ")
    expect(page.locator("svg .differs")).to_have_count(2)


def test_axe_finds_nothing_on_a_comparison(page: Page, complaints: list[str]) -> None:
    opened(page, FLIPPED)
    assert violations(page) == ""


def test_on_a_phone_nothing_is_wider_than_the_screen(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, "/compare")
    is_no_wider(page, 390)
    expect(page.locator("[data-common]").get_by_role("button", name="Play")).to_be_visible()
