"""On a phone, 390 points wide: nothing overflows, a finger does all that a mouse does."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.stage import Stage, block, foot, is_across, is_no_wider, place
from tests.browser.test_channels import VOLUME
from tests.browser.waiting import becomes

pytestmark = pytest.mark.browser_context_args(
    viewport={"width": 390, "height": 844}, device_scale_factor=2, has_touch=True, is_mobile=True
)

PAGES = {
    "the front page": "/",
    "the lectures": "/lectures",
    "the first scene": "/conv2d",
    "one dimension": "/conv1d",
    "the volume demo": VOLUME,
    "a digit": "/conv2d?x=digit:7",
    "a picture": "/conv2d?x=random:1x128x128:1",
    "many filters": "/conv2d?x=random:1x8x8:1&w=random:40x1x3x3:1",
    "an embedded stage": "/embed/conv2d",
    "what lecturers need": "/for-lecturers",
}


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_nothing_overflows_to_the_side(page: Page, address: str) -> None:
    page.goto(address)
    is_no_wider(page, 390)


def test_nothing_overflows_with_more_and_share_open(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    page.locator("#more > summary").tap()
    page.get_by_role("link", name="Share").tap()
    expect(page.locator("#share-panel")).to_be_visible()
    is_no_wider(page, 390)
    becomes(lambda: is_across(page.locator("#share"), 390), True)


def test_a_tap_explains_a_number_and_opens_its_field(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    stage.cell("x.0", 3, 3).tap()
    stage.outlines("y.0", block(1, 1))
    expect(stage.hint).to_have_text("x[3, 3] = 4 · read by 9 outputs")
    page.locator(".cell-field").fill("5")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"x=seven!3\.3:5$"))
    expect(stage.cell("x.0", 3, 3)).to_have_text("5")


def test_a_tap_on_an_output_goes_there(stage: Stage) -> None:
    stage.open("/conv2d")
    stage.cell("y.0", 1, 1).tap()
    stage.at(7)
    expect(stage.result).to_have_text("4")


def test_the_weights_are_written_in_the_window(stage: Stage) -> None:
    stage.open("/conv2d?step=12")
    weights = stage.plane("x.0").locator(".weights text")
    expect(weights.first).to_be_visible()
    expect(weights).to_have_text([f"×{weight}" for weight in ("−1", "0", "1", "−2", "0", "2", "−1", "0", "1")])


def test_input_equation_and_player_are_on_the_screen_together(stage: Stage) -> None:
    stage.open("/conv2d")
    for part in (stage.plane("x.0"), stage.equation, stage.button("Play")):
        expect(part).to_be_in_viewport(ratio=1)
    becomes(lambda: overlap(stage.plane("x.0"), stage.equation), False)


def overlap(one: Locator, other: Locator) -> bool:
    return place(one)["y"] < foot(other) and place(other)["y"] < foot(one)


def test_one_filter_is_shown_at_a_time(stage: Stage) -> None:
    stage.open(VOLUME + "&step=0")
    expect(stage.plane("y.0")).to_be_visible()
    expect(stage.plane("y.1")).to_be_hidden()
    stage.scrubber.fill("9")
    expect(stage.plane("y.1")).to_be_visible()
    expect(stage.plane("y.0")).to_be_hidden()


def test_a_large_grid_gets_a_loupe(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?x=digit:7")
    page.touchscreen.tap(*stage.place("x.0", 10, 10))
    expect(page.locator(".loupe")).to_be_visible()
    expect(page.locator(".loupe .chosen")).to_have_text(stage.cell("x.0", 10, 10).text_content() or "")


def test_buttons_are_large_enough_for_a_finger(stage: Stage) -> None:
    stage.open("/conv2d")
    for button in stage.root.locator(".player button:visible").all():
        box = place(button)
        assert min(box["width"], box["height"]) >= 32, button.get_attribute("aria-label")


def test_the_scrubber_has_a_line_for_itself_and_no_button_without_use_stands_under_it(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?x=digit:7")
    becomes(lambda: place(stage.scrubber)["width"] > 200, True)
    expect(stage.button("Redo the edit that was undone")).to_be_hidden()
    rows = "(buttons) => new Set(buttons.map((button) => button.getBoundingClientRect().top)).size"
    becomes(lambda: page.locator("[data-player] button:visible").evaluate_all(rows), 1)


def test_a_wide_equation_still_shows_its_result(stage: Stage) -> None:
    stage.open("/conv2d?x=digit:7")
    expect(stage.result).to_have_text("−1010")
    becomes(lambda: stage.equation.evaluate("element => element.scrollWidth <= element.clientWidth"), True)


def test_the_matrix_carries_no_weights_of_a_window(stage: Stage) -> None:
    stage.open("/conv1d?view=matrix")
    expect(stage.plane("X.0").locator(".weights")).to_be_hidden()


def test_the_gradient_of_a_kernel_stands_clear_of_its_products(stage: Stage) -> None:
    stage.open("/conv2d_weight")
    products, gradient = stage.plane("p.0"), stage.plane("y.0")

    def is_clear() -> bool:
        left, right = place(products), place(gradient)
        return foot(products) <= right["y"] or left["x"] + left["width"] <= right["x"]

    becomes(is_clear, True)
