"""In every operation, however a number is changed, at rest and while it plays: the stage shows what `.json` says."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from app.operations import OPERATIONS
from tests.browser.agreement import agrees
from tests.browser.stage import Stage, drag, moving, place


@pytest.mark.parametrize("operation", OPERATIONS)
def test_after_every_kind_of_edit_the_stage_shows_what_json_says(stage: Stage, page: Page, operation: str) -> None:
    stage.open(f"/{operation}")
    agrees_after(stage, lambda: stage.edit("x.0", 0, 1, "7.5"))
    agrees_after(stage, lambda: page.keyboard.press("Delete"))
    agrees_after(stage, lambda: paint(stage))
    if stage.plane("w.0").count():
        agrees_after(stage, lambda: drag(page, stage.cell("w.0", 0, 0), 28))
    if chips(page).count():
        agrees_after(stage, chips(page).first.click)
    agrees_after(stage, page.get_by_role("link", name=re.compile(": one more$")).first.click)
    agrees_after(stage, lambda: page.keyboard.press("Control+z"))


@moving
@pytest.mark.parametrize("operation", OPERATIONS)
def test_edits_while_it_plays_do_not_stop_it_and_the_stage_shows_what_json_says(
    stage: Stage, page: Page, operation: str
) -> None:
    stage.open(f"/{operation}?speed=0.1")
    stage.button("Play").click()
    agrees_after(stage, lambda: stage.edit("x.0", 0, 1, "7.5"))
    agrees_after(stage, lambda: paint(stage))
    agrees_after(stage, page.get_by_role("link", name=re.compile(": one more$")).first.click)
    expect(stage.button("Pause")).to_be_visible()
    expect(stage.button("Speed 0.1×")).to_be_visible()


def agrees_after(stage: Stage, act: Callable[[], None]) -> None:
    """Another number makes another address; then all that is drawn belongs to it."""
    before = stage.page.url
    act()
    expect(stage.page).not_to_have_url(before)
    agrees(stage)


def paint(stage: Stage) -> None:
    """Along the last two cells of the first row."""
    row = stage.plane("x.0").locator(".cells > g").first.locator("> g")
    expect(row.nth(1)).to_be_visible()
    last = row.nth(row.count() - 2)
    box = place(last)
    drag(stage.page, last, box["width"])


def chips(page: Page) -> Locator:
    """Other inputs and kernels, of the same operation."""
    return page.locator(
        "#panel .chips > a.chip:not(.chosen)[href*='x='], #panel .chips > a.chip:not(.chosen)[href*='w=']"
    )
