"""Boards in a real browser: pages whose grids play under one playhead, and answer in place."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_accessibility import violations
from tests.browser.test_fits import fits

SCREENS = ((1366, 650), (1280, 800), (1920, 1080), (390, 844))
BOARDS = (
    "/laws",
    "/laws?law=linear",
    "/laws?law=associative",
    "/laws?law=shift",
    "/networks/flatten-linear",
    "/networks/two-convolutions",
    "/residual",
    "/inception",
    "/gap",
)

PARTS = {"plane": "[data-plane]", "lines": "[data-lines] p", "player": "[data-player]"}


def opened(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("conv-board.alive [data-player]")).to_be_visible()


def position(page: Page) -> Locator:
    return page.locator("conv-board [data-position]")


def value(page: Page, plane: str, cell: int) -> Locator:
    return page.locator(f'svg [data-plane="{plane}"] .cells > g > g').nth(cell).locator("text")


@pytest.mark.parametrize("address", BOARDS)
def test_a_board_is_seen_whole_at_every_size(page: Page, address: str) -> None:
    opened(page, address)
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        fits(page, "conv-board", PARTS)


def test_a_newcomer_plays_edits_and_drags_the_laws(page: Page, complaints: list[str]) -> None:
    opened(page, "/laws")
    assert violations(page) == ""
    page.keyboard.press("Home")
    expect(position(page)).to_have_text("1 of 16")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-lines] p").first).to_have_text("(a ∗ b)[0, 1] = 1·2 + 2·1 = 4")
    expect(page.locator("[data-lines] p").last).to_have_text("(b ∗ a)[0, 1] = 1·2 + 2·1 = 4")
    page.locator('svg [data-plane="x"] .cells > g > g').first.click()
    page.locator(".cell-field").fill("5")
    page.keyboard.press("Enter")
    expect(value(page, "z", 0)).to_have_text("5")
    expect(value(page, "h", 8)).to_have_text("5")
    expect(page).to_have_url("/laws?a=5,2,0;0,1,3;2,2,1")
    page.get_by_role("link", name="Sums may wait").click()
    expect(page.locator("conv-board.alive")).to_be_visible()
    page.get_by_role("slider", name="λ₁").fill("2")
    expect(page.locator("[data-said=verdict]")).to_have_text("Both sides are equal: all 9 numbers.")
    expect(page).to_have_url("/laws?law=linear&lambda1=2")
    page.get_by_role("checkbox").check()
    expect(page.locator("[data-said=verdict]")).to_contain_text("A ReLU cuts off")
    assert page.locator('svg [data-plane="z"] .differs').get_attribute("d")


def test_two_convolutions_stay_one_whatever_is_edited_until_the_relu(page: Page) -> None:
    opened(page, "/networks/two-convolutions")
    assert violations(page) == ""
    expect(page.locator("[data-lines] p").first).to_contain_text("= −60, and at once −60")
    expect(page.locator("[data-lines] p").last).to_have_text("with ReLU: y[0, 4] = 0")
    page.locator('svg [data-plane="k"] .cells > g > g').first.click()
    page.locator(".cell-field").fill("3")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"w1=sobel-x!0\.0:3"))
    for cell in (0, 4, 9):
        expect(value(page, "z", cell)).to_have_text(value(page, "y", cell).text_content() or "nothing")
    expect(page.locator("[data-said=verdict]")).to_contain_text("the same, to the last digit")
    page.get_by_role("link", name="at once").click()
    expect(page.locator("conv-stage")).to_be_visible()


def test_a_residual_block_lets_x_and_its_gradient_pass_when_w2_is_dragged_to_nothing(page: Page) -> None:
    opened(page, "/residual")
    assert violations(page) == ""
    assert [value(page, plane, 17).text_content() for plane in "fxyphe"] == ["9", "1", "10", "9", "2", "1"]
    page.keyboard.press("End")
    expect(page.locator("[data-lines] p").first).to_have_text("The gradient of x[3, 2] is 1 + 1 = 2")
    page.get_by_role("slider", name="w₂ × g").fill("0")
    expect(value(page, "y", 17)).to_have_text("1")
    assert [value(page, plane, 17).text_content() for plane in "fph"] == ["0", "0", "1"]
    expect(value(page, "e", 17)).to_have_text("0")
    expect(page.locator("[data-said=verdict]")).to_contain_text("the block lets x pass")
    expect(page).to_have_url("/residual?g=0")


def test_the_lanes_of_an_inception_block_play_together_and_slide_into_one_stack(page: Page) -> None:
    opened(page, "/inception")
    assert violations(page) == ""
    expect(page.locator("conv-board")).to_contain_text("128 + 192 + 96 + 256 = 672")
    page.keyboard.press("Home")
    seen = page.locator('svg [data-plane="m.5"] .cells > g > g:not(.unseen)')
    expect(seen).to_have_count(1)
    page.keyboard.press("ArrowRight")
    expect(seen).to_have_count(2)
    expect(page.locator('svg [data-plane="s.0"] .cells > g > g:not(.unseen)')).to_have_count(0)
    page.keyboard.press("End")
    expect(page.locator('svg [data-plane="s.5"] .cells > g > g:not(.unseen)')).to_have_count(25)
    expect(page.locator("[data-lines]")).to_contain_text("1 + 2 + 1 + 2 = 6")
    page.get_by_text("Which lane can never make it thinner?").click()
    expect(page.get_by_text("Pooling has no filters")).to_be_visible()


def test_both_heads_of_one_map_answer_an_edit(page: Page) -> None:
    opened(page, "/gap")
    assert violations(page) == ""
    page.locator('svg [data-plane="x.1"] .cells > g > g').nth(4).click()
    page.locator(".cell-field").fill("14")
    page.keyboard.press("Enter")
    expect(value(page, "f", 13)).to_have_text("14")
    expect(value(page, "p", 1)).to_have_text("6")
    expect(value(page, "z", 1)).to_have_text("11")
    expect(page).to_have_url(re.compile(r"/gap\?x=9,0,0;0,9,0;0,0,9~1,2,3;4,14,6"))
