"""Hide, predict, reveal in a browser: the whole page is searched for results that nobody has answered yet."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from app.text.format import exact
from tests.app.predicted import GRIDS, MANY, found, fractions, raw_of
from tests.browser.stage import Stage
from tests.browser.waiting import Held, becomes

LARGE = {"x": fractions((1, 60), 1.0), "w": fractions((1, 1, 3), 0.9)}
"""An output too large for numbers, and cells so small that a loupe comes; no product looks like a later result."""

ASKED = {
    "gather": ("/conv2d", raw_of("conv2d")),
    "channels": ("/conv2d", MANY),
    "flip": ("/conv2d", raw_of("conv2d") | {"view": "flip"}),
    "shift": ("/conv2d", raw_of("conv2d") | {"view": "shift"}),
    "matrix": ("/conv2d", raw_of("conv2d") | {"view": "matrix"}),
    "im2col": ("/conv2d", MANY | {"view": "im2col"}),
    "connections": ("/conv1d", raw_of("conv1d") | {"view": "connections"}),
    "zero insertion": ("/conv_transpose2d", raw_of("conv_transpose2d") | {"view": "zero-insertion"}),
    "mean": ("/avg_pool2d", raw_of("avg_pool2d")),
    "embedded": ("/embed/conv2d", raw_of("conv2d")),
    "picture": ("/conv1d", LARGE),
}
"""Scenes whose stage asks for one result after the other."""

WITHHELD = {
    "scatter": ("/conv_transpose2d", raw_of("conv_transpose2d")),
    "shares": ("/avg_pool2d_input", raw_of("avg_pool2d_input")),
    "columns": ("/fold", raw_of("fold")),
}
"""Scenes that have no single number to ask for."""

WALK = """
() => {
  const said = []
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) said.push(node.data)
    for (const { value } of node.attributes ?? []) if (!value.startsWith("data:")) said.push(value)
    if (node.value !== undefined) said.push(String(node.value))
    for (const child of [...node.childNodes, ...(node.content?.childNodes ?? [])]) walk(child)
  }
  walk(document)
  return said.join("\\n")
}
"""
"""Everything that the page holds: texts, attributes, values of fields, templates. Images have tests of their own."""

WATCH = """
() => {
  const seen = new Set()
  window.everSaid = seen
  new MutationObserver((changes) => {
    for (const { target, addedNodes, type, attributeName } of changes) {
      if (type === "characterData") seen.add(target.data)
      if (type === "attributes") seen.add(target.getAttribute(attributeName) ?? "")
      for (const node of addedNodes) seen.add(node.outerHTML ?? node.data ?? "")
    }
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true })
}
"""
"""Keeps all that the page holds even for a moment."""


class Search:
    """The results of a scene, and where the page says one that it should not."""

    def __init__(self, page: Page, path: str, raw: dict[str, str]) -> None:
        self.page = page
        address = f"{path.removeprefix('/embed')}.json?{urlencode(raw)}"
        document = page.request.get(address).json()
        grids = {name: flat(grid["values"]) for name, grid in document.items() if name in GRIDS and grid}
        self.y, self.a = grids.pop("y"), grids.pop("a", [])
        self.data = [value for values in grids.values() for value in values]

    def secrets(self, answered: int) -> list[float]:
        return self.y[answered:] + self.a[answered:]

    def answers(self, answered: int) -> dict[str, str]:
        """The results that are said now, or were said for a moment since the last look, but for the answered ones;
        each with what stands around it."""
        text = self.page.evaluate(WALK) + "\n" + self.page.evaluate("() => [...everSaid].join('\\n')")
        self.page.evaluate("() => everSaid.clear()")
        known = self.data + self.y[:answered] + self.a[:answered]
        text = re.sub(r"data:image[^\"\s]*", "", text)
        return {form: around(form, text) for form in found(text, self.secrets(answered), known)}


def around(form: str, text: str) -> str:
    place = text.index(form)
    return text[max(place - 80, 0) : place + 40]


def flat(values: object) -> list[float]:
    if not isinstance(values, list):
        return [float(str(values))]
    return [number for part in values for number in flat(part)]


def open_watched(page: Page, stage: Stage, path: str, raw: dict[str, str]) -> Search:
    page.add_init_script(f"({WATCH})()")
    stage.open(f"{path}?{urlencode(raw | {'predict': 'true'})}")
    return Search(page, path, raw)


def touch_everything(page: Page, stage: Stage) -> None:
    """Point at every plane, and walk into it by keyboard."""
    for plane in stage.root.locator(".plane:visible").all():
        stage.point(plane.get_attribute("data-plane") or "", 0, 0)
        plane.focus()
        for key in ("ArrowRight", "ArrowDown", "ArrowRight"):
            page.keyboard.press(key)
    page.mouse.move(1, 1)


def guess(page: Page, text: str) -> None:
    page.locator(".predict input").fill(text)
    page.get_by_role("button", name="Check").click()


@pytest.mark.parametrize("name", ASKED)
def test_a_result_is_nowhere_in_the_page_until_it_is_answered(stage: Stage, page: Page, name: str) -> None:
    path, raw = ASKED[name]
    search = open_watched(page, stage, path, raw)
    asked = page.locator(".predict input")
    expect(asked).to_be_focused()
    touch_everything(page, stage)
    assert search.answers(0) == {}

    guess(page, "77")
    expect(asked).to_have_count(0)
    touch_everything(page, stage)
    assert search.answers(1) == {}

    stage.button("Step forward").click()
    expect(asked).to_be_focused()
    assert search.answers(1) == {}
    guess(page, exact(asked_for(stage, 1)))
    expect(stage.hint).to_have_text("Right.")
    touch_everything(page, stage)
    assert search.answers(2) == {}

    stage.scrubber.focus()
    page.keyboard.press("End")
    expect(asked).to_be_visible()
    touch_everything(page, stage)
    assert search.answers(2) == {}


def asked_for(stage: Stage, step: int) -> float:
    """The number that a step asks for, as the stream sent it to the stage."""
    number: float = stage.root.evaluate("(stage, step) => stage.moment.frame(step).equation.y", step)
    return number


@pytest.mark.parametrize("name", WITHHELD)
def test_where_nothing_is_asked_no_result_is_shown_until_all_are(stage: Stage, page: Page, name: str) -> None:
    path, raw = WITHHELD[name]
    search = open_watched(page, stage, path, raw)
    expect(stage.hint).to_be_empty()
    for key in ("Home", "ArrowRight", "End"):
        page.keyboard.press(key)
        touch_everything(page, stage)
    assert search.answers(0) == {}
    page.get_by_role("link", name="Show all results").click()
    expect(page).not_to_have_url(re.compile("predict"))
    stage.lives()
    becomes(lambda: search.answers(0) != {}, True)


def test_two_scenes_beside_each_other_say_no_result_either(stage: Stage, page: Page) -> None:
    raw = raw_of("conv2d")
    page.add_init_script(f"({WATCH})()")
    asking, plain = (f"/conv2d?{urlencode(raw | more)}" for more in ({"predict": "true"}, {"stride": "2"}))
    page.goto(f"/compare?{urlencode({'a': asking, 'b': plain})}")
    expect(page.locator(".together")).to_be_visible()
    for key in ("Home", "ArrowRight", "End"):
        page.keyboard.press(key)
    for plane in ("x.0", "y.0"):
        for side in page.locator(f'[data-plane="{plane}"]').all():
            side.hover()
    assert Search(page, "/conv2d", raw).answers(0) == {}


def test_a_step_that_was_passed_over_stays_hidden(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?predict=true&step=2")
    page.get_by_role("button", name="Reveal").click()
    stage.shows_row("y.0", 0, ["18", "0", "9", "", ""])
    stage.scrubber.focus()
    page.keyboard.press("End")
    expect(page.get_by_text("What is y[4, 4]?", exact=True)).to_be_visible()
    stage.shows("y.0", [["18", "0", "9", "", ""], *[[""] * 5] * 4])


def test_another_kernel_asks_again_and_leaves_the_focus_where_it_is(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?predict=true")
    page.get_by_role("button", name="Reveal").click()
    expect(stage.result).to_have_text("18")
    stage.edit("w.0", 1, 2, "5")
    expect(page).to_have_url(re.compile("w="))
    expect(page.get_by_text("What is y[0, 0]?", exact=True)).to_be_visible()
    expect(page.locator(".predict input")).not_to_be_focused()
    becomes(lambda: stage.numbers("y.0"), [[""] * 5] * 5)
    guess(page, "45")
    expect(stage.hint).to_have_text("Right.")


def test_what_is_typed_stays_when_the_page_of_the_edit_comes_after_it(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?predict=true")
    held = Held(page, re.compile(r"/conv2d\?"))
    stage.edit("w.0", 1, 2, "5")
    held.comes()
    asked = page.locator(".predict input")
    asked.fill("45")
    held.let_go()
    expect(page.locator("#scene")).to_have_attribute("data-address", re.compile("w="))
    expect(asked).to_have_value("45")
    expect(asked).to_be_focused()
    asked.press("Enter")
    expect(stage.hint).to_have_text("Right.")


def test_what_was_said_of_an_answer_stays_when_the_page_of_the_edit_comes_after_it(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?predict=true")
    held = Held(page, re.compile(r"/conv2d\?"))
    stage.edit("w.0", 1, 2, "5")
    held.comes()
    guess(page, "45")
    expect(stage.hint).to_have_text("Right.")
    held.let_go()
    expect(page.locator("#scene")).to_have_attribute("data-address", re.compile("w="))
    expect(stage.hint).to_have_text("Right.")


def test_a_question_that_is_switched_on_hides_what_was_there(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    expect(stage.result).to_have_text("31")
    page.locator("#more > summary").click()
    page.get_by_label("Hide, predict, reveal").check()
    expect(page.locator(".predict")).to_be_visible()
    expect(stage.result).to_have_count(0)
    stage.shows("y.0", [[""] * 5] * 5)
    page.get_by_label("Hide, predict, reveal").uncheck()
    expect(page.locator(".predict")).to_have_count(0)
    expect(stage.result).to_have_text("31")


SHADES = """
(image) => {
  const drawn = new Image()
  return new Promise((done) => {
    drawn.onload = () => {
      const canvas = Object.assign(document.createElement("canvas"), { width: drawn.width, height: drawn.height })
      const context = canvas.getContext("2d")
      context.drawImage(drawn, 0, 0)
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
      done([...data].flatMap((shade, i) => (i % 4 === 3 && shade ? [(i - 3) / 4] : [])))
    }
    drawn.src = image.getAttribute("href")
  })
}
"""
"""Which pixels of an image can be seen."""


def test_a_result_too_large_for_numbers_fills_pixel_by_pixel(stage: Stage, page: Page) -> None:
    stage.open(f"/conv1d?{urlencode(LARGE)}&predict=true&step=3")
    picture = stage.plane("y.0").locator(".picture")
    becomes(lambda: picture.evaluate(SHADES), [0, 1, 2])
    page.get_by_role("button", name="Reveal").click()
    becomes(lambda: picture.evaluate(SHADES), [0, 1, 2, 3])
