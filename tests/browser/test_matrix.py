"""The matrix view as a student uses it: rows light with their outputs; pointing links matrix and grids."""

import re

from playwright.sync_api import Page, expect

from tests.browser.stage import Stage
from tests.browser.test_accessibility import violations

SMALL = "/conv2d?x=ramp:4x4&view=matrix"


def test_each_step_lights_a_row_of_the_matrix(stage: Stage, page: Page) -> None:
    stage.open(SMALL)
    page.keyboard.press("Home")
    stage.outlines("F.0", [(0, col) for col in range(16)])
    page.keyboard.press("ArrowRight")
    stage.outlines("F.0", [(1, col) for col in range(16)])
    stage.outlines("Y.0", [(1, 0)])


def test_pointing_at_an_entry_shows_what_it_multiplies(stage: Stage) -> None:
    stage.open(SMALL)
    stage.cell("F.0", 2, 6).hover()
    expect(stage.hint).to_have_text("F[y[1, 0], x[1, 2]] = 1")
    stage.outlines("w.0", [(0, 2)])
    stage.outlines("x.0", [(1, 2)])
    stage.outlines("y.0", [(1, 0)])


def test_pointing_at_an_input_lights_its_column(stage: Stage) -> None:
    stage.open(SMALL)
    stage.cell("x.0", 1, 1).hover()
    stage.outlines("F.0", [(row, 5) for row in range(4)])


def test_an_entry_is_edited_as_the_weight_that_it_is(stage: Stage, page: Page) -> None:
    stage.open(SMALL)
    stage.edit("F.0", 0, 2, "7")
    expect(page).to_have_url(re.compile("w="))
    expect(stage.cell("F.0", 3, 7)).to_have_text("7")


def test_the_matrix_can_be_reached_and_left_by_its_chip(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?x=ramp:4x4")
    page.get_by_role("link", name="matrix").click()
    expect(stage.plane("F.0")).to_be_visible()
    page.get_by_role("link", name="gather").click()
    expect(stage.plane("F.0")).to_have_count(0)
    expect(stage.plane("p.0")).to_be_visible()


def test_axe_finds_nothing_on_the_matrix(stage: Stage, page: Page, complaints: list[str]) -> None:
    stage.open(SMALL)
    assert violations(page) == ""
