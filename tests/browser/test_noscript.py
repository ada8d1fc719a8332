"""Without scripts: the complete picture with its numbers, and a panel of links and a form."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stage import Stage
from tests.browser.test_boards import BOARDS
from tests.browser.test_fits import PAGES
from tests.browser.waiting import becomes

pytestmark = pytest.mark.browser_context_args(java_script_enabled=False)


def drawn(stage: Stage, plane: str) -> list[list[str]]:
    """The numbers of a plane, read without running anything in the page."""
    rows = stage.plane(plane).locator(".cells > g").all()
    return [row.locator("text").all_text_contents() for row in rows]


def test_the_picture_is_complete(stage: Stage, page: Page) -> None:
    page.goto("/conv2d")
    assert drawn(stage, "y.0")[2] == ["0", "17", "31", "−13", "−31"]
    expect(stage.cell("y.0", 4, 4).locator("text")).to_be_visible()
    expect(stage.result).to_have_text("31")
    expect(stage.plane("x.0").locator(".overlay")).to_be_attached()
    expect(page.get_by_role("heading", name="Why 5 × 5?")).to_be_visible()


def test_the_picture_of_every_kind_of_page_is_there(page: Page) -> None:
    for address in (*PAGES, *BOARDS, "/learn"):
        page.goto(address)
        expect(page.get_by_role("heading", level=1), address).to_be_in_viewport()
        expect(page.locator("[data-picture]").first, address).to_be_in_viewport(ratio=0.5)


def test_what_needs_a_script_is_not_offered(stage: Stage, page: Page) -> None:
    page.goto("/conv2d")
    expect(stage.root.get_by_role("button")).to_have_count(0)
    expect(stage.hint).to_be_hidden()
    page.get_by_role("link", name="Share").click()
    expect(page.get_by_label("Link to this page")).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)


def test_steppers_and_chips_are_links(stage: Stage, page: Page) -> None:
    page.goto("/conv2d")
    page.get_by_role("link", name="Stride: one more").click()
    expect(page).to_have_url("/conv2d?stride=2")
    becomes(lambda: drawn(stage, "y.0"), [["18", "9", "−27"], ["0", "31", "−31"], ["0", "4", "−4"]])
    page.get_by_role("link", name="edges", exact=True).click()
    becomes(lambda: drawn(stage, "w.0")[1], ["−1", "4", "−1"])
    expect(page.get_by_role("textbox", name="Stride")).to_have_value("2")


def test_the_form_is_sent_with_enter_and_with_its_button(stage: Stage, page: Page) -> None:
    page.goto("/conv2d")
    page.get_by_role("textbox", name="Padding").fill("1")
    page.keyboard.press("Enter")
    expect(stage.plane("y.0")).to_have_attribute("aria-label", "output, 7 by 7")
    page.locator("#more > summary").click()
    page.get_by_label("Kernel w").fill("edge")
    page.get_by_role("button", name="Apply").click()
    becomes(lambda: drawn(stage, "w.0")[1], ["−1", "4", "−1"])
    expect(stage.plane("y.0")).to_have_attribute("aria-label", "output, 7 by 7")


def test_a_refusal_is_a_page_with_the_form_kept(page: Page, refusals: None) -> None:
    page.goto("/conv2d?w=edge&stride=0")
    expect(page.get_by_role("alert")).to_contain_text("A stride of 0 would never move the window")
    expect(page.get_by_label("w", exact=True)).to_have_value("edge")
    page.get_by_label("stride", exact=True).fill("2")
    page.get_by_role("button", name="Show this scene").click()
    expect(page).to_have_url("/conv2d?stride=2&w=edge")


def test_share_shows_a_link_and_a_snippet(page: Page) -> None:
    page.goto("/conv2d?stride=2")
    page.get_by_role("link", name="Share").click()
    expect(page.get_by_label("Link to this page")).to_have_value("/conv2d?stride=2")
    page.get_by_text("Documents").click()
    expect(page.get_by_label("Web page")).to_contain_text("/embed/conv2d?stride=2")


def test_a_link_that_names_a_step_shows_what_was_computed_by_then(stage: Stage, page: Page) -> None:
    page.goto("/conv2d?step=1")
    expect(stage.cell("y.0", 0, 1).locator("text")).to_be_visible()
    expect(stage.cell("y.0", 0, 2).locator("text")).to_be_hidden()


def test_the_front_page_is_whole_and_leads_on(page: Page, stage: Stage) -> None:
    page.goto("/")
    assert drawn(stage, "y.0")[2] == ["0", "17", "31", "−13", "−31"]
    expect(stage.cell("y.0", 2, 2).locator("text")).to_be_visible()
    expect(page.get_by_role("heading", name="Draw on the blue paper")).to_be_hidden()
    page.get_by_role("link", name="Stride 2").click()
    expect(page).to_have_url("/conv2d?stride=2")
    page.goto("/")
    page.get_by_role("link", name="Sharpen").click()
    expect(page).to_have_url("/conv2d?w=sharpen")
