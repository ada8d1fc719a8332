"""Flip as a student uses it: the kernel turns, both lanes step together, and what differs is marked."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stage import Stage, block, moving
from tests.browser.test_accessibility import violations

SIX = 6
LINE = "/conv1d?view=flip"


def test_the_panel_leads_there_and_a_sentence_says_what_turning_does(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?step=0")
    page.get_by_role("link", name="flip", exact=True).click()
    expect(stage.root.locator(".verdict")).to_contain_text("sobel-x is not symmetric: turned by 180°, every sign turns")
    expect(stage.plane("w.0.other")).to_be_visible()
    stage.shows("w.0.other", [["1", "0", "−1"], ["2", "0", "−2"], ["1", "0", "−1"]])
    page.get_by_role("link", name="blur", exact=True).click()
    expect(stage.root.locator(".verdict")).to_contain_text("gaussian is symmetric: turned by 180°, nothing changes")
    expect(stage.root.locator(".differences path")).to_have_count(0)


def test_both_lanes_step_together(stage: Stage, page: Page) -> None:
    stage.open(LINE)
    page.keyboard.press("Home")
    stage.at(1, SIX)
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    stage.at(4, SIX)
    stage.shows("y.0", [["−3", "−5", "−7", "−9", "", ""]])
    stage.shows("y.0.other", [["3", "5", "7", "9", "", ""]])
    stage.shows("p.0", [["6", "0", "−15"]])
    stage.shows("p.0.other", [["−6", "0", "15"]])
    expect(stage.equation.locator(".output.result")).to_have_text(["−9", "9"])
    expect(stage.spoken).to_have_text("Step 4 of 6, y[3]. As it is: −9. Turned: 9.")


def test_marks_appear_with_the_numbers_that_they_mark(stage: Stage, page: Page) -> None:
    stage.open(LINE)
    marks = stage.plane("y.0").locator(".differences path")
    expect(marks).to_have_count(5)
    page.keyboard.press("Home")
    expect(marks.nth(0)).to_be_visible()
    expect(marks.nth(1)).to_be_hidden()


@moving
def test_play_turns_the_kernel_first(stage: Stage, page: Page) -> None:
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    stage.open(LINE)
    turned = stage.plane("w.0.other").locator(".cells")
    stage.button("Play").click()
    page.clock.run_for(300)
    stage.at(1, SIX)
    expect(turned).to_have_attribute("style", re.compile(r"rotate\(-"))
    page.clock.run_for(2300)
    expect(turned).not_to_have_attribute("style", re.compile("rotate"))
    page.clock.run_for(2000 + 2000 + 5 * 800)
    stage.at(SIX, SIX)
    stage.shows("y.0.other", [["3", "5", "7", "9", "5", "0"]])


@moving
def test_the_kernel_turns_when_it_is_asked_to(stage: Stage, page: Page) -> None:
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    stage.open("/conv2d?view=flip")
    turned = stage.plane("w.0.other").locator(".cells")
    page.get_by_role("button", name="Turn the kernel").click()
    page.clock.run_for(400)
    expect(turned).to_have_attribute("style", re.compile(r"rotate\(-"))
    page.clock.run_for(1200)
    expect(turned).not_to_have_attribute("style", re.compile("rotate"))


def test_pointing_at_a_weight_shows_where_it_lies_when_turned(stage: Stage) -> None:
    stage.open("/conv2d?view=flip")
    stage.cell("w.0", 0, 2).hover()
    stage.outlines("w.0", {(0, 2)})
    stage.outlines("w.0.other", {(2, 0)})
    expect(stage.hint).to_have_text("w[0, 2] = 1 · used 25 times")


def test_pointing_at_an_output_of_either_lane_shows_both(stage: Stage) -> None:
    stage.open("/conv2d?view=flip")
    stage.cell("y.0.other", 2, 3).hover()
    stage.outlines("x.0", block(2, 3))
    stage.outlines("y.0", {(2, 3)})
    stage.outlines("y.0.other", {(2, 3)})


def test_editing_the_turned_kernel_edits_the_kernel(stage: Stage) -> None:
    stage.open("/conv2d?view=flip")
    stage.edit("w.0.other", 0, 0, "7")
    expect(stage.cell("w.0", 2, 2)).to_have_text("7")
    expect(stage.cell("w.0.other", 0, 0)).to_have_text("7")
    expect(stage.root.locator(".verdict")).to_contain_text("This kernel is not symmetric")


def test_a_true_convolution_comes_first_when_it_is_the_scene(stage: Stage) -> None:
    stage.open(f"{LINE}&flip=true")
    stage.shows("y.0", [["3", "5", "7", "9", "5", "0"]])
    stage.shows("y.0.other", [["−3", "−5", "−7", "−9", "−5", "0"]])


def test_the_keyboard_reaches_every_cell(stage: Stage, page: Page) -> None:
    stage.open(LINE)
    stage.plane("y.0.other").focus()
    page.keyboard.press("ArrowRight")
    stage.outlines("y.0", {(0, 1)})
    page.keyboard.press("Enter")
    stage.at(2, SIX)


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_scripts_both_lanes_are_complete(page: Page) -> None:
    page.goto("/conv2d?view=flip")
    expect(page.locator('[data-plane="y.0.other"] .cells text').first).to_have_text("−18")
    expect(page.get_by_role("button", name="Turn the kernel")).to_be_hidden()


@pytest.mark.parametrize("address", ["/conv2d?view=flip", LINE, "/embed/conv2d?view=flip"])
def test_axe_finds_nothing(stage: Stage, page: Page, address: str) -> None:
    stage.open(address)
    assert violations(page) == ""
