"""Shift as a student uses it: the input is moved, by hand, keys or links, and the output follows, or does not."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stage import Stage, block, place
from tests.browser.test_accessibility import violations

HERE = "/conv2d?view=shift"


def verdict(stage: Stage, text: str) -> None:
    expect(stage.root.locator(".verdict")).to_contain_text(text)


def test_the_panel_leads_there_and_the_arrows_move_the_input(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?step=0")
    page.get_by_role("link", name="shift", exact=True).click()
    verdict(stage, "The input moved by 1 cell right, and the output with it.")
    page.get_by_role("link", name="One cell down").click()
    expect(page).to_have_url(f"{HERE}&shift=1,1")
    verdict(stage, "The input moved by 1 cell down and 1 cell right, and the output with it.")
    expect(stage.cell("x.0.other", 2, 2)).to_have_text("9")
    page.get_by_role("link", name="not at all").click()
    verdict(stage, "Nothing has moved yet")


def test_each_step_reads_at_both_places(stage: Stage, page: Page) -> None:
    stage.open(HERE + "&step=13")
    stage.outlines("x.0", block(2, 2))
    stage.outlines("x.0.other", block(2, 3))
    stage.outlines("y.0", {(2, 2)})
    for plane in ("y.0.other", "t.0", "d.0"):
        stage.outlines(plane, {(2, 3)})
    expect(stage.cell("y.0.other", 2, 3)).to_have_text("31")
    expect(stage.cell("t.0", 2, 3)).to_have_text("31")
    expect(stage.cell("d.0", 2, 3)).to_have_text("0")
    expect(stage.equation.locator(".output.result")).to_have_text(["31", "31"])
    expect(stage.spoken).to_have_text("Step 14 of 25. y\N{PRIME}[2, 3] is 31. y[2, 2] is 31.")
    page.keyboard.press("ArrowRight")
    stage.outlines("x.0", block(2, 3))
    stage.outlines("x.0.other", block(2, 4))


def test_play_tells_every_output(stage: Stage, page: Page) -> None:
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    stage.open("/conv1d?view=shift")
    stage.button("Play").click()
    page.clock.run_for(200)
    stage.at(1, 6)
    stage.shows_row("y.0", 0, ["−3", "−5", "−7", "−9", "−5", "0"])
    page.clock.run_for(4000 + 2000 + 5 * 800)
    stage.at(6, 6)
    stage.shows_row("y.0.other", 0, ["−1", "−3", "−5", "−7", "−9", "−5"])
    stage.shows_row("t.0", 0, ["0", "−3", "−5", "−7", "−9", "−5"])
    stage.shows_row("d.0", 0, ["−1", "0", "0", "0", "0", "0"])


def test_what_differs_at_the_border_is_marked_and_said(stage: Stage) -> None:
    stage.open(HERE)
    expect(stage.plane("d.0").locator(".differences path")).to_have_count(2)
    stage.cell("d.0", 0, 0).hover()
    expect(stage.hint).to_have_text(
        "y\N{PRIME}[0, 0] = 18, nothing came from outside: 0 · they differ by 18: its window meets the border"
    )


def test_half_a_stride_breaks_it_and_a_whole_one_does_not(stage: Stage, page: Page) -> None:
    stage.open(HERE + "&stride=2")
    verdict(stage, "windows begin only at every second cell: the output would have to move by 1/2 of a cell")
    stage.cell("d.0", 0, 1).hover()
    expect(stage.hint).to_contain_text("no window of x began where it looks")
    page.get_by_role("link", name="by a stride").click()
    verdict(stage, "The input moved by 2 cells right, the output by 1 cell right.")


def test_pooling_forgives_what_stays_in_its_window(stage: Stage) -> None:
    stage.open("/max_pool2d?x=0,0,0,0;5,0,7,0;0,0,0,0;3,0,9,0&view=shift")
    verdict(stage, "4 of 4 outputs stay, where the largest number is still in its window. Pooling forgives that.")
    stage.shows("y.0.other", [["5", "7"], ["3", "9"]])


def test_the_moved_input_is_dragged(stage: Stage, page: Page) -> None:
    stage.open(HERE)
    stage.cell("x.0.other", 3, 3).hover(trial=True)  # it stands still
    start = place(stage.cell("x.0.other", 3, 3))
    x, y, size = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2, start["width"]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + size, y)
    expect(page).to_have_url(f"{HERE}&shift=0,2")
    page.mouse.move(x + size, y + 2 * size, steps=4)
    expect(page).to_have_url(f"{HERE}&shift=2,2")
    page.mouse.up()
    verdict(stage, "The input moved by 2 cells down and 2 cells right")
    page.go_back()
    expect(page).to_have_url(HERE)


def test_shift_and_an_arrow_move_it_too(stage: Stage, page: Page) -> None:
    stage.open(HERE)
    stage.plane("x.0.other").focus()
    page.keyboard.press("Shift+ArrowUp")
    expect(page).to_have_url(f"{HERE}&shift=-1,1")
    expect(stage.plane("x.0.other")).to_be_focused()
    page.keyboard.press("Shift+ArrowLeft")
    expect(page).to_have_url(f"{HERE}&shift=-1,0")
    stage.plane("x.0.other").focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(f"{HERE}&shift=-1,0")


def test_an_arrow_alone_still_steps_and_walks(stage: Stage, page: Page) -> None:
    stage.open("/conv1d?view=shift")
    stage.plane("x.0.other").focus()
    page.keyboard.press("ArrowRight")
    stage.outlines("x.0.other", {(0, 1)})
    stage.outlines("x.0", {(0, 0)})


def test_pointing_at_a_number_shows_where_it_went(stage: Stage) -> None:
    stage.open(HERE + "&shift=1,2")
    stage.cell("x.0", 1, 1).hover()
    stage.outlines("x.0.other", {(2, 3)})
    stage.cell("x.0", 0, 6).hover()
    expect(stage.hint).to_have_text("x[0, 6] = 0 · moved out")


def test_editing_x_moves_what_was_edited(stage: Stage) -> None:
    stage.open(HERE)
    stage.edit("x.0", 4, 1, "6")
    expect(stage.cell("x.0.other", 4, 2)).to_have_text("6")


def test_in_a_frame_the_arrows_lead_on(stage: Stage, page: Page) -> None:
    stage.open("/embed/conv2d?view=shift")
    page.get_by_role("link", name="One cell left").click()
    expect(page).to_have_url(re.compile(r"/embed/conv2d\?view=shift&shift=0,0"))


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_scripts_the_arrows_are_links(page: Page) -> None:
    page.goto(HERE)
    page.get_by_role("link", name="One cell right").click()
    expect(page.locator(".verdict")).to_contain_text("The input moved by 2 cells right")


@pytest.mark.parametrize(
    "address", [HERE, "/max_pool1d?view=shift", "/conv2d?view=shift&stride=2", "/embed/conv1d?view=shift"]
)
def test_axe_finds_nothing(stage: Stage, page: Page, address: str) -> None:
    stage.open(address)
    assert violations(page) == ""
