"""Dragging paints data, scrubs weights and the numbers of the panel, and seeks results. A drag is one edit to undo."""

import re

from playwright.sync_api import Page, expect

from tests.browser.agreement import agrees
from tests.browser.stage import Stage, drag, moving, place
from tests.browser.waiting import Held

STEP = 8
"""Pixels of a drag that make one step of a number."""


def test_dragging_scrubs_a_weight_by_ones(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    drag(page, stage.cell("w.0", 1, 1), 3.5 * STEP)
    expect(stage.cell("w.0", 1, 1)).to_have_text("3")
    expect(page).to_have_url(re.compile(r"w=sobel-x!1\.1:3$"))
    drag(page, stage.cell("w.0", 1, 1), -5.5 * STEP)
    expect(page).to_have_url(re.compile(r"w=sobel-x!1\.1:-2$"))
    agrees(stage)


def test_with_shift_a_weight_is_scrubbed_by_tenths(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?b=1")
    page.keyboard.down("Shift")
    drag(page, stage.cell("b.0", 0, 0), 3.5 * STEP)
    page.keyboard.up("Shift")
    expect(page).to_have_url(re.compile(r"b=1\.3$|b=1!0:1\.3$"))
    agrees(stage)


def test_a_drag_is_one_edit_to_undo_and_to_redo(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    stage.edit("x.0", 2, 2, "5")
    drag(page, stage.cell("w.0", 1, 1), 4.5 * STEP)
    expect(page).to_have_url(re.compile(r"x=seven!2\.2:5&w=sobel-x!1\.1:4$"))
    page.keyboard.press("Control+z")
    expect(page).to_have_url(re.compile(r"x=seven!2\.2:5$"))
    stage.button("Undo the last edit").click()
    expect(page).to_have_url(re.compile("/conv2d$"))
    expect(stage.button("Undo the last edit")).to_be_disabled()
    page.keyboard.press("Control+Shift+z")
    expect(page).to_have_url(re.compile(r"x=seven!2\.2:5$"))
    stage.button("Redo the edit that was undone").click()
    expect(page).to_have_url(re.compile(r"w=sobel-x!1\.1:4$"))
    expect(stage.button("Redo the edit that was undone")).to_be_disabled()
    agrees(stage)


def test_chips_and_steppers_are_undone_too(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    page.get_by_role("link", name="Stride: one more").click()
    expect(page).to_have_url(re.compile(r"/conv2d\?stride=2$"))
    page.get_by_role("link", name="ramp", exact=True).click()
    expect(page).to_have_url(re.compile(r"x=ramp:6x6&stride=2$"))
    page.keyboard.press("Control+z")
    expect(page).to_have_url(re.compile(r"/conv2d\?stride=2$"))
    page.keyboard.press("Control+z")
    expect(page).to_have_url(re.compile("/conv2d$"))
    page.keyboard.press("Control+y")
    expect(page).to_have_url(re.compile(r"/conv2d\?stride=2$"))
    agrees(stage)


@moving
def test_painting_and_scrubbing_do_not_stop_what_plays(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?speed=0.1")
    stage.button("Play").click()
    drag(page, stage.cell("x.0", 0, 0), 60)
    drag(page, stage.cell("w.0", 0, 0), 3 * STEP)
    page.get_by_role("link", name="Padding: one more").click()
    expect(page).to_have_url(re.compile("padding=1"))
    expect(stage.button("Pause")).to_be_visible()
    agrees(stage)


@moving
def test_touching_a_result_pauses_there(stage: Stage) -> None:
    stage.open("/conv2d?speed=0.1")
    stage.button("Play").click()
    stage.cell("y.0", 2, 1).click()
    stage.at(12)
    expect(stage.button("Play")).to_be_visible()


def test_dragging_over_the_results_seeks(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?step=0")
    box = place(stage.cell("y.0", 1, 0))
    drag(page, stage.cell("y.0", 1, 0), 3 * box["width"])
    stage.at(5 + 4)
    expect(page).to_have_url(re.compile("step=0$"))


def test_the_number_of_a_stepper_is_dragged(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    drag(page, page.get_by_role("textbox", name="Padding"), 2.5 * STEP)
    expect(page).to_have_url(re.compile("padding=2$"))
    expect(page.get_by_role("textbox", name="Padding")).to_have_value("2")
    agrees(stage)
    page.keyboard.press("Control+z")
    expect(page).to_have_url(re.compile("/conv2d$"))


def test_a_number_that_is_dragged_before_the_scripts_are_there_moves_then(stage: Stage, page: Page) -> None:
    held = Held(page, "**/js/changes.js")
    stage.open("/conv2d")
    drag(page, page.get_by_role("textbox", name="Padding"), 2.5 * STEP)
    held.comes()
    held.let_go()
    expect(page).to_have_url(re.compile("padding=2$"))
    page.mouse.move(5, 5)
    expect(page.get_by_role("textbox", name="Padding")).to_have_value("2")


def test_a_number_that_follows_from_a_grid_is_dragged_step_by_step_and_not_below_its_least(
    stage: Stage, page: Page
) -> None:
    stage.open("/conv2d")
    size = page.get_by_role("group", name="Kernel size").locator("output")
    drag(page, size, 2.5 * STEP)
    expect(size).to_have_text("5")
    drag(page, size, -6.5 * STEP)
    expect(size).to_have_text("1")
    agrees(stage)


def test_buttons_of_a_stepper_that_are_pressed_faster_than_the_server_answers_all_count(
    stage: Stage, page: Page
) -> None:
    stage.open("/conv2d")
    more = page.get_by_role("link", name="Padding: one more")
    more.hover()
    for _ in range(3):
        page.mouse.down()
        page.mouse.up()
    expect(page).to_have_url(re.compile("padding=3$"))
    agrees(stage)
