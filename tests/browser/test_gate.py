"""A gradient behind an activation: its slope is a grid of its own, and a gate that a student opens and closes."""

import re

from playwright.sync_api import Page, expect

from tests.browser.stage import Stage
from tests.browser.test_accessibility import violations

HERE = "/conv2d_input?activation=relu"


def test_a_student_opens_a_gate_and_the_gradient_comes_through(stage: Stage, page: Page) -> None:
    stage.open(HERE)
    stage.shows("s.0", [["0", "0", "0"], ["0", "0", "1"], ["1", "1", "1"]])
    stage.edit("z.0", 0, 0, "5")
    expect(page).to_have_url(re.compile(r"z=!0\.0:5"))
    stage.shows("s.0", [["1", "0", "0"], ["0", "0", "1"], ["1", "1", "1"]])
    stage.shows("x.0", [["1", "0", "0"], ["0", "0", "1"], ["1", "1", "1"]])
    stage.point("s.0", 0, 1)
    expect(stage.hint).to_have_text("grad_z[0, 1] = 1 · ξ′(−3) = 1 · 0 = 0")
    assert violations(page) == ""


def test_what_is_made_of_other_grids_cannot_be_typed_into(stage: Stage, page: Page) -> None:
    stage.open("/conv2d_weight?activation=sigmoid&kernel_size=2")
    stage.cell("s.0", 0, 0).click()
    page.keyboard.type("5")
    expect(page.locator(".cell-field")).to_have_count(0)
    page.keyboard.press("Escape")
    stage.edit("g.0", 1, 1, "4")
    expect(page).to_have_url(re.compile(r"grad_output=!1\.1:4"))
    stage.shows("w.0", [["0.018", "0.045", "0.105"], ["0.197", "1", "0.197"], ["0.105", "0.045", "0.018"]])
