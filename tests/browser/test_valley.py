"""Down the valley, and ten templates: by mouse, keys and finger, and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stage import is_no_wider, moving
from tests.browser.test_accessibility import violations

phone = pytest.mark.browser_context_args(
    viewport={"width": 390, "height": 844}, device_scale_factor=2, has_touch=True, is_mobile=True
)
plain = pytest.mark.browser_context_args(java_script_enabled=False)


@moving
def test_the_way_down_plays_by_itself_and_another_rate_leaves_the_valley(page: Page) -> None:
    page.clock.install(time=0)
    page.clock.pause_at(1000)  # no time passes by itself, however slow the machine is
    page.goto("/valley")
    expect(page.locator("[data-play-word]")).to_have_text("Pause")
    page.clock.resume()
    expect(page.locator("[data-known='2']")).to_be_visible()
    page.get_by_role("link", name="too large").click()
    expect(page).to_have_url(re.compile(r"learning_rate=0\.17$"))
    page.keyboard.press("End")
    expect(page.locator("[data-equation]:visible")).to_contain_text("It has left the valley")


def test_keys_go_down_step_by_step(page: Page, refusals: None) -> None:
    page.goto("/valley?step=0")
    expect(page.locator("[data-known='1']")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-known='1']")).to_be_visible()
    expect(page.locator("[data-position]")).to_have_text("step 1 of 30")
    page.keyboard.press("End")
    expect(page.locator("[data-equation]:visible")).to_contain_text("Step 30:")
    page.get_by_label("momentum").fill("2")
    page.keyboard.press("Enter")
    expect(page.locator("#errors")).to_contain_text("momentum")


@phone
def test_a_finger_chooses_a_way_and_steps(page: Page) -> None:
    page.goto("/valley")
    page.get_by_role("link", name="with momentum").tap()
    expect(page).to_have_url(re.compile(r"momentum=0\.8"))
    page.get_by_role("button", name="Step back").tap()
    expect(page.locator("[data-position]")).to_have_text("step 29 of 30")
    is_no_wider(page, 390)


@plain
def test_without_scripts_the_whole_way_is_there_and_so_is_every_template(page: Page) -> None:
    page.goto("/valley?learning_rate=0.17")
    expect(page.locator("[data-known='30']")).to_be_visible()
    expect(page.locator("[data-equation]:visible")).to_contain_text("It has left the valley")
    page.goto("/linear-classifier?x=digit:3")
    expect(page.get_by_text("It reads 3.")).to_be_visible()
    page.get_by_role("link", name="template of 8").click()
    expect(page.locator("figcaption").nth(1)).to_have_text("template of 8")


def test_a_template_is_chosen_by_keyboard_and_a_digit_that_moves_is_lost(page: Page) -> None:
    page.goto("/linear-classifier?x=digit:4")
    template = page.get_by_role("link", name="template of 1,")
    template.focus()
    page.keyboard.press("Enter")
    expect(page.locator("figcaption").nth(1)).to_have_text("template of 1")
    page.get_by_role("link", name="Move it four cells to the right").click()
    expect(page.locator(".score")).not_to_contain_text("It reads 4.")
    page.get_by_role("link", name="These ten scores on their way to a loss").click()
    expect(page).to_have_url(re.compile(r"/softmax\?scores="))
    expect(page.locator("step-stage")).to_be_visible()


@phone
def test_a_finger_moves_the_digit_over_its_template(page: Page) -> None:
    page.goto("/linear-classifier")
    page.get_by_role("navigation", name="Move it").get_by_role("link").first.tap()
    expect(page).to_have_url(re.compile(r"shift="))
    is_no_wider(page, 390)


@pytest.mark.parametrize("address", ["/valley", "/linear-classifier"])
def test_both_pages_are_open_to_everybody(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("[data-picture]")).to_be_visible()
    assert violations(page) == ""
