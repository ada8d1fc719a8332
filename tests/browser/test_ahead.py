"""What lies ahead of the playhead: whole, waiting, or shown in numbers without their fill."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.agreement import agrees
from tests.browser.stage import Stage, moving
from tests.browser.waiting import becomes

FILLS = """
(plane) => [...plane.querySelectorAll(".cells > g > g")].map(({ firstElementChild: box }) =>
  Number(getComputedStyle(box).fillOpacity) > 0)
"""


def filled(stage: Stage, plane: str = "y.0") -> list[bool]:
    found: list[bool] = stage.plane(plane).evaluate(FILLS)
    return found


def seen(stage: Stage, plane: str = "y.0") -> list[bool]:
    """Which cells can be read, in reading order."""
    return [text != "" for row in stage.numbers(plane) for text in row]


ALL, FIRST_EIGHT = [True] * 25, [True] * 8 + [False] * 17
ADDRESS = "/conv2d?x=ramp:7x7&w=box:3"
"""No result of it is zero, which has no fill."""


def test_a_scene_without_a_step_is_whole_and_waits_once_it_is_stepped_through(stage: Stage) -> None:
    stage.open(ADDRESS)
    becomes(lambda: (seen(stage), filled(stage)), (ALL, ALL))
    stage.scrubber.fill("7")
    becomes(lambda: (seen(stage), filled(stage)), (FIRST_EIGHT, FIRST_EIGHT))


@pytest.mark.parametrize("way", ["edit", "delete", "chip", "stepper", "eye", "h", "address"])
def test_what_lies_ahead_is_shown_without_its_fill(stage: Stage, page: Page, way: str) -> None:
    stage.open(f"{ADDRESS}&step=7" + ("&ahead=shown" if way == "address" else ""))
    if way == "edit":
        stage.edit("x.0", 0, 0, "5")
    elif way == "delete":
        stage.cell("x.0", 0, 1).click()
        page.keyboard.press("Delete")
    elif way == "chip":
        page.get_by_role("link", name="blur", exact=True).click()
    elif way == "stepper":
        page.get_by_role("link", name="Padding: one more").click()
        page.get_by_role("link", name="Padding: one less").click()
    elif way == "eye":
        stage.button("Show all results").click()
    elif way == "h":
        page.keyboard.press("h")
    becomes(lambda: (seen(stage), filled(stage)), (ALL, FIRST_EIGHT))
    expect(stage.button("Show all results")).to_have_attribute("aria-pressed", "true")
    stage.scrubber.fill("7")
    stage.button("Step forward").click()
    becomes(lambda: filled(stage), [True] * 9 + [False] * 16)


def test_the_eye_hides_again_what_lies_ahead(stage: Stage, page: Page) -> None:
    stage.open(f"{ADDRESS}&step=7")
    stage.edit("x.0", 0, 0, "5")
    becomes(lambda: seen(stage), ALL)
    stage.button("Show all results").click()
    becomes(lambda: seen(stage), FIRST_EIGHT)
    expect(stage.button("Show all results")).to_have_attribute("aria-pressed", "false")


def test_after_the_end_nothing_waits_any_more(stage: Stage, page: Page) -> None:
    stage.open(f"{ADDRESS}&step=7")
    page.keyboard.press("End")
    stage.at(25)
    page.keyboard.press("Home")
    stage.at(1)
    becomes(lambda: (seen(stage), filled(stage)), (ALL, [True] + [False] * 24))


def test_stamps_fill_the_final_numbers_as_the_last_of_them_lands(stage: Stage, page: Page) -> None:
    stage.open("/conv_transpose2d?x=1,2;3,4&w=1,1;1,1&step=0")
    stage.edit("x.0", 0, 0, "5")
    stage.shows("y.0", [["5", "7", "2"], ["8", "14", "6"], ["3", "7", "4"]])
    becomes(lambda: filled(stage), [True] + [False] * 8)
    stage.button("Step forward").click()
    becomes(lambda: filled(stage), [True, True, True] + [False] * 6)
    stage.button("Show all results").click()
    stage.shows("y.0", [["5", "7", "2"], ["5", "7", "2"], ["", "", ""]])


def test_columns_are_filled_as_they_are_copied(stage: Stage, page: Page) -> None:
    stage.open("/unfold?step=0&ahead=shown")
    agrees(stage)
    columns = len(stage.numbers("y.0")[0])
    becomes(lambda: any(filled(stage)[1::columns]), False)
    becomes(lambda: all(seen(stage)), True)


def test_nothing_of_what_is_to_be_predicted_is_shown(stage: Stage, page: Page) -> None:
    stage.open(f"{ADDRESS}&predict=true")
    stage.edit("x.0", 0, 0, "5")
    expect(page).to_have_url(re.compile("x=ramp:7x7!0.0:5"))
    page.keyboard.press("Escape")
    page.keyboard.press("h")
    becomes(lambda: seen(stage), [False] * 25)


@moving
def test_what_an_edit_changes_flashes_and_nothing_else_does(stage: Stage, page: Page) -> None:
    stage.open(ADDRESS)
    stage.cell("x.0", 0, 0).hover()
    page.evaluate(
        """() => {
          window.flashed = new Set()
          const animate = Element.prototype.animate
          Element.prototype.animate = function (...given) {
            const plane = this.closest("[data-plane]")
            const cells = plane ? [...plane.querySelectorAll(".cells > g > g")] : []
            if (cells.includes(this.parentNode)) flashed.add(`${plane.dataset.plane}/${cells.indexOf(this.parentNode)}`)
            return animate.apply(this, given)
          }
        }"""
    )
    stage.edit("x.0", 0, 0, "5")
    agrees(stage)
    becomes(lambda: sorted(page.evaluate("[...flashed]")), ["x.0/0", "y.0/0"])
