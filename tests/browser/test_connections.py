"""Connections as a student uses them: fewer lines, then shared ones; each line says whose weight it has."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stage import Stage
from tests.browser.test_accessibility import violations

HERE = "/conv1d?view=connections"
SIX = 6


def point_at_line(stage: Stage, number: int) -> None:
    """Move the mouse to the line, a little below where it begins: there it crosses no other."""
    line = stage.root.locator(f'[data-edge="{number}"] .hit')
    x, y = line.evaluate(
        "(path) => { const at = path.getPointAtLength(path.getTotalLength() * 0.3);"
        " const { x, y } = at.matrixTransform(path.getScreenCTM()); return [x, y] }"
    )
    stage.page.mouse.move(x, y)


def lit(stage: Stage, count: int) -> None:
    expect(stage.root.locator(".edge.lit")).to_have_count(count)


def test_the_same_drawing_with_fewer_lines_then_with_shared_ones(stage: Stage, page: Page) -> None:
    stage.open(HERE + "&connections=full")
    lines = stage.root.locator(".edge")
    expect(lines).to_have_count(48)
    lit(stage, 8)
    page.get_by_role("link", name="locally connected").click()
    expect(page).to_have_url(f"{HERE}&connections=local")
    expect(lines).to_have_count(18)
    lit(stage, 3)
    expect(stage.root.locator(".edge[data-tap]")).to_have_count(0)
    page.get_by_role("link", name="convolutional").click()
    expect(page).to_have_url(HERE)
    expect(stage.root.locator(".edge[data-tap]")).to_have_count(18)


def test_the_counts_follow_the_scene(stage: Stage, page: Page) -> None:
    stage.open(HERE)
    row = stage.root.locator(".ways .chosen td")
    expect(row).to_have_text(["6 · 3 = 18", "3"])
    page.get_by_role("link", name="Stride: one more").click()
    expect(row).to_have_text(["3 · 3 = 9", "3"])
    page.get_by_role("link", name="Padding: one more").click()
    expect(row).to_have_text(["4 · 3 − 1 = 11", "3"])


def test_each_step_lights_the_lines_of_one_output_and_counts_them(stage: Stage, page: Page) -> None:
    stage.open(HERE)
    page.keyboard.press("Home")
    stage.at(1, SIX)
    lit(stage, 3)
    expect(stage.root.locator("[data-so-far]")).to_have_text("So far: 3 connections, 3 weights.")
    page.keyboard.press("ArrowRight")
    stage.outlines("x.0", {(0, 1), (0, 2), (0, 3)})
    expect(stage.root.locator("[data-so-far]")).to_have_text("So far: 6 connections, 3 weights.")
    expect(stage.spoken).to_have_text("Step 2 of 6. 3 connections reach y[1], which is −5.")
    page.keyboard.press("End")
    expect(stage.root.locator("[data-so-far]")).to_be_empty()


def test_play_runs_to_the_last_output(stage: Stage, page: Page) -> None:
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    stage.open(HERE)
    stage.button("Play").click()
    page.clock.run_for(300)
    stage.at(1, SIX)
    expect(stage.root.locator(".edge.waiting")).to_have_count(15)
    page.clock.run_for(4000 + 2000 + 5 * 800)
    stage.at(SIX, SIX)
    stage.shows("y.0", [["−3", "−5", "−7", "−9", "−5", "0"]])


def test_pointing_at_a_line_lights_all_that_share_its_weight(stage: Stage) -> None:
    stage.open(HERE)
    point_at_line(stage, 10)
    lit(stage, 6)
    stage.outlines("w.0", {(0, 1)})
    expect(stage.hint).to_have_text("b = 0 · one weight, shared by 6 connections")
    stage.page.mouse.move(2, 2)
    lit(stage, 3)


def test_pointing_at_a_line_with_a_weight_of_its_own_lights_it_alone(stage: Stage) -> None:
    stage.open(HERE + "&connections=local")
    point_at_line(stage, 10)
    lit(stage, 1)
    expect(stage.hint).to_have_text("from x[2] to y[1] · a weight of its own")


def test_pointing_at_a_weight_or_at_an_input_lights_its_lines(stage: Stage) -> None:
    stage.open(HERE)
    stage.cell("w.0", 0, 2).hover()
    lit(stage, 6)
    expect(stage.hint).to_have_text("c = −1 · one weight, shared by 6 connections")
    stage.cell("x.0", 0, 1).hover()
    lit(stage, 2)
    expect(stage.hint).to_have_text("x[1] = 1 · 2 connections")


def test_outputs_can_be_pointed_at_under_their_lines(stage: Stage) -> None:
    stage.open(HERE)
    stage.cell("y.0", 0, 0).hover()
    stage.outlines("x.0", {(0, 0), (0, 1), (0, 2)})
    lit(stage, 3)
    stage.cell("y.0", 0, 5).click()
    stage.at(SIX, SIX)


def test_the_keyboard_points_as_well(stage: Stage, page: Page) -> None:
    stage.open(HERE)
    stage.plane("w.0").focus()
    page.keyboard.press("ArrowRight")
    expect(stage.hint).to_have_text("b = 0 · one weight, shared by 6 connections")
    lit(stage, 6)


def test_editing_an_input_keeps_the_lines(stage: Stage) -> None:
    stage.open(HERE)
    stage.edit("x.0", 0, 0, "9")
    expect(stage.cell("y.0", 0, 0)).to_have_text("6")
    expect(stage.root.locator(".edge")).to_have_count(18)


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_scripts_the_lines_are_drawn(page: Page) -> None:
    page.goto(HERE)
    expect(page.locator(".edge")).to_have_count(18)
    expect(page.locator(".edge.lit .letter")).to_have_text(["a", "b", "c"])


@pytest.mark.parametrize("address", [HERE, HERE + "&connections=full&padding=1", "/embed/conv1d?view=connections"])
def test_axe_finds_nothing(stage: Stage, page: Page, address: str) -> None:
    stage.open(address)
    assert violations(page) == ""


def test_backward_a_number_from_above_is_changed_and_flows_back_over_the_lines(stage: Stage, page: Page) -> None:
    stage.open(HERE + "&direction=backward&upstream=1,0,-2,1,1,3")
    stage.edit("u.0", 0, 1, "2")
    expect(page).to_have_url(f"{HERE}&direction=backward&upstream=1,2,-2,1,1,3")
    stage.point("x.0", 0, 3)
    expect(stage.hint).to_contain_text("back to x[3]: (−1)·2 + 0·(−2) + 1·1 = −1")
    lit(stage, 3)
    assert violations(page) == ""
