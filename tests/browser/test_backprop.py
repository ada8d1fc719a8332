"""A graph and its scores in a real browser: forward and back, a question, numbers that change under the hand."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stage import is_no_wider, moving, place
from tests.browser.test_accessibility import violations
from tests.browser.waiting import becomes

phone = pytest.mark.browser_context_args(
    viewport={"width": 390, "height": 844}, device_scale_factor=2, has_touch=True, is_mobile=True
)
CONVNET = "/backprop?graph=h=conv1d(x,w);L=sum(relu(h))&x=1,2,0&w=1,-1"

SMALLEST = """
() => Math.min(...[...document.querySelectorAll("[data-picture] svg text")]
  .filter((text) => text.checkVisibility({ visibilityProperty: true }) && text.getBoundingClientRect().height > 0)
  .map((text) => text.getBoundingClientRect().height))
"""


@moving
def test_a_newcomer_watches_answers_changes_a_weight_and_takes_a_step(page: Page) -> None:
    page.clock.install(time=0)
    page.clock.pause_at(1000)  # no time passes by itself, however slow the machine is
    page.goto("/backprop")
    expect(page.locator("[data-play-word]")).to_have_text("Pause")
    page.clock.resume()
    question = page.locator("[data-question]")
    expect(question).to_be_visible()
    expect(page.locator('.wide [data-gradient="y"]')).to_be_visible()
    expect(page.locator('.wide [data-gradient="w"]')).to_be_hidden()
    answer = question.get_by_label("Your answer")
    answer.fill("2")
    answer.press("Enter")
    expect(question).to_contain_text("∂y/∂w is 2")
    answer.fill("−1,46")
    answer.press("Enter")
    expect(question).to_be_hidden()
    expect(page.locator('.wide [data-gradient="w"]')).to_have_text("−1.462")
    weight = page.locator('.wide [data-value="w"] .entry')
    weight.hover(trial=True)  # it stands still
    box = place(weight)
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 12, box["y"] + 5, steps=3)
    page.mouse.up()
    expect(page.locator("[data-outcome]")).to_have_text(
        "w went from 0.5 to 0.6, and L falls by 0.142; the gradient said 0.146."
    )
    expect(page).to_have_url(re.compile(r"w=0\.6&was=w:0\.5"))
    page.get_by_role("link", name="Reset").click()
    expect(weight).to_have_text("0.5")
    page.get_by_role("link", name="One step, rate 1").click()
    expect(weight).to_have_text("1.962")
    expect(page.locator('.wide [data-value="L"]')).to_have_text("0.068")


def test_keys_step_change_a_value_and_open_its_field(page: Page) -> None:
    page.goto("/backprop?step=0")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.locator('.wide [data-value="L"]')).to_be_visible()
    expect(page.locator('.wide [data-gradient="L"]')).to_be_hidden()
    page.keyboard.press("End")
    expect(page.locator('.wide [data-gradient="x"]')).to_have_text("−0.366")
    page.locator('.wide [data-value="w"] .entry').focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator('.wide [data-value="y"]')).to_have_text("−0.8")
    page.locator('.wide [data-value="b"] .entry').focus()
    page.keyboard.press("3")
    expect(page.locator("#value-b")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator('.wide [data-value="y"]')).to_have_text("4.2")


def test_a_convolution_opens_as_a_scene_and_leads_back(page: Page) -> None:
    page.goto(CONVNET)
    page.locator(".wide a[data-scene]").click()
    expect(page).to_have_url(re.compile(r"/conv1d\?x=1,2,0&w=1,-1$"))
    page.locator("[data-back]").click()
    expect(page.locator("graph-stage [data-player]")).to_be_visible()
    page.locator('.wide [data-gradient="w"]').click()
    page.locator(".entry-of:not([hidden]) a[data-scene]").click()
    expect(page).to_have_url(re.compile(r"/conv1d_weight\?"))


def test_what_cannot_be_read_is_refused_beside_the_form_which_is_kept(page: Page, refusals: None) -> None:
    page.goto("/backprop")
    page.locator("#more summary").click()
    page.locator("#field-graph").fill("L = 9**9**9 + x")
    page.get_by_role("button", name="Compute").click()
    expect(page.locator("#errors")).to_contain_text("not finite")
    expect(page.locator("#field-graph")).to_have_value("L = 9**9**9 + x")


@phone
def test_on_a_phone_the_graph_runs_down_and_a_finger_changes_a_value(page: Page) -> None:
    page.goto("/backprop")
    page.locator("[data-show]").tap()
    page.keyboard.press("End")
    expect(page.locator('.tall [data-gradient="w"]')).to_have_text("−1.462")
    becomes(lambda: page.evaluate(SMALLEST) >= 8, True)
    is_no_wider(page, 390)
    entry = place(page.locator('.tall [data-value="w"] .entry'))
    x, y = entry["x"] + 5, entry["y"] + 5
    touch = page.context.new_cdp_session(page)
    for kind, points in (("Start", [{"x": x, "y": y}]), ("Move", [{"x": x + 7, "y": y}]), ("End", [])):
        touch.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})
    expect(page.locator('.tall [data-value="w"]')).to_have_text("0.6")


@moving
def test_scores_fly_once_and_a_dragged_one_makes_the_pushes_shrink(page: Page) -> None:
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    page.goto("/softmax")
    page.clock.run_for(600)
    expect(page.locator("[data-flying] text").first).to_be_attached()
    page.clock.resume()
    expect(page.locator("[data-position]")).to_have_text("step 5 of 5")
    dog = page.locator('.wide [data-entry="1"]')
    dog.focus()
    for _ in range(20):
        page.keyboard.press("ArrowUp")
    expect(dog).to_have_text("3")
    expect(page.locator(".wide")).to_contain_text("−ln 0.703 = 0.353")


@pytest.mark.parametrize("address", ["/backprop", "/softmax", CONVNET])
def test_both_pages_are_open_to_everybody(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("End")
    assert violations(page) == ""
