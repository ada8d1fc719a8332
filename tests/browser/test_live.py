"""The network that runs, in a browser: draw a digit, see the answer, drill down to a sum and come back."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from app.operations import OPERATIONS
from app.pages.lenet.drawing import PATH
from tests.browser.stage import Stage, foot, is_no_wider, letters_are_there, place
from tests.browser.test_accessibility import violations
from tests.browser.waiting import Held, becomes

BLANK = f"{PATH}?x=zeros:28x28"
SEVEN = [(0.3, 0.22), (0.7, 0.22), (0.5, 0.82)]
ONE = [(0.5, 0.2), (0.5, 0.8)]
Points = list[tuple[float, float]]


@pytest.fixture
def live(page: Page) -> "Live":
    return Live(page)


class Live:
    """The page as a reader sees it and touches it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pad = page.locator("[data-pad]")
        self.readout = page.locator("[data-readout]")
        self.link = page.get_by_role("link", name="Open this sum")

    def open(self, address: str = PATH) -> "Live":
        """Go there, and wait until both networks have answered."""
        self.page.goto(address)
        letters_are_there(self.page)
        return self.answered()

    def answered(self) -> "Live":
        expect(self.page.locator(".live.alive[aria-busy=false]")).to_be_attached()
        return self

    def digit(self, network: str) -> Locator:
        return self.page.locator(f'[data-verdict="{network}"] [data-digit]')

    def sure(self, network: str) -> Locator:
        return self.page.locator(f'[data-verdict="{network}"] [data-sure]')

    def map(self, name: str) -> Locator:
        return self.page.get_by_label(name, exact=True)

    def draw(self, points: Points) -> None:
        """One stroke with the mouse, in parts of the pad's side."""
        self.pad.scroll_into_view_if_needed()
        box = place(self.pad)
        spots = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
        self.page.mouse.move(*spots[0])
        self.page.mouse.down()
        for spot in spots[1:]:
            self.page.mouse.move(*spot, steps=10)
        self.page.mouse.up()

    @property
    def cell(self) -> float:
        """Pixels from one cell of the pad to the next."""
        box = place(self.pad)
        return box["width"] / 28

    def point(self, name: str, row: int, col: int) -> None:
        """Point at a unit of a map."""
        self.map(name).hover(position=self.middle(name, row, col))

    def middle(self, name: str, row: int, col: int) -> dict[str, float]:
        chosen = self.map(name)
        box = place(chosen)
        rows, cols = (int(chosen.get_attribute(f"data-{side}") or 0) for side in ("rows", "cols"))
        return {"x": (col + 0.5) * box["width"] / cols, "y": (row + 0.5) * box["height"] / rows}


@pytest.fixture
def unhurried(live: Live) -> Live:
    """The page while time stands still: a mouse is on its way however slow the machine is."""
    live.page.clock.install(time=0)
    live.page.clock.pause_at(1000)
    return live


def readout(name: str, row: int, col: int) -> re.Pattern[str]:
    """What is said of a unit: the place in its map, or of a layer of single numbers, its number."""
    layer = name.split(",")[0]
    if "map" in name:
        return re.compile(rf"^{layer}\[{name.split()[-1]}, {row}, {col}\] = ")
    return re.compile(rf"^{layer}\[{12 * row + col}\] = ")


def test_a_drawn_seven_is_read_as_a_seven(live: Live, page: Page) -> None:
    live.open(BLANK)
    expect(live.digit("lenet5")).to_have_text("?")
    expect(page.get_by_text("Draw a digit here")).to_be_visible()
    live.draw(SEVEN)
    expect(live.digit("lenet5")).to_have_text("7")
    expect(page.get_by_text("Draw a digit here")).to_be_hidden()
    expect(page).to_have_url(re.compile(r"live\?x=u8:28x28:"))


def test_a_drawing_is_in_the_address_and_one_step_of_the_history(live: Live, page: Page) -> None:
    live.open(BLANK).draw(ONE)
    expect(live.digit("lenet5")).to_have_text("1")
    live.answered()
    page.reload()
    expect(live.digit("lenet5")).to_have_text("1")
    live.answered()
    page.go_back()
    expect(page).to_have_url(BLANK)
    expect(live.digit("lenet5")).to_have_text("?")


def test_a_failure_is_announced_and_what_was_there_stays(live: Live, page: Page, complaints: list[str]) -> None:
    live.open()
    page.route("**/live.events*", lambda route: route.fulfill(status=500))
    page.get_by_label("A handwritten 3").click()
    expect(live.readout).to_have_text("The answer did not come. Draw on, or reload the page.")
    expect(live.digit("lenet5")).to_have_text("9")
    complaints.clear()


def test_a_finger_draws_too(live: Live, page: Page) -> None:
    live.open(BLANK)
    live.pad.evaluate(
        """(pad, points) => {
          const { left, top, width, height } = pad.getBoundingClientRect()
          pad.setPointerCapture = () => {}
          points.forEach(([x, y], k) => pad.dispatchEvent(new PointerEvent(k ? "pointermove" : "pointerdown",
            { pointerId: 7, pointerType: "touch", clientX: left + x * width, clientY: top + y * height })))
          pad.dispatchEvent(new PointerEvent("pointerup", { pointerId: 7 }))
        }""",
        SEVEN,
    )
    expect(live.digit("lenet5")).to_have_text("7")


def test_a_digit_can_be_drawn_with_the_keyboard(live: Live, page: Page) -> None:
    live.open(BLANK)
    live.pad.focus()
    for key in ["ArrowUp"] * 9 + ["Space"] + ["ArrowDown"] * 17 + ["Space"]:
        page.keyboard.press(key)
    expect(live.digit("lenet5")).to_have_text("1")
    expect(live.readout).to_have_text("Row 22, column 14. The pen is up.")


def test_the_eraser_takes_ink_away(live: Live, page: Page) -> None:
    live.open(BLANK).draw(ONE)
    expect(live.digit("lenet5")).to_have_text("1")
    page.get_by_role("button", name="Eraser").click()
    for shift in (-0.05, 0, 0.05):
        live.draw([(x + shift, y) for x, y in [(0.5, 0.1), (0.5, 0.9)]])
    expect(live.digit("lenet5")).to_have_text("?")


def test_a_shipped_digit_is_taken_and_cleared(live: Live, page: Page) -> None:
    live.open().page.get_by_label("A handwritten 3").click()
    expect(page).to_have_url(f"{PATH}?x=digit:3")
    expect(live.digit("lenet5")).to_have_text("3")
    expect(page.get_by_label("A handwritten 3")).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="Clear").click()
    expect(live.digit("lenet5")).to_have_text("?")


def test_one_press_up_changes_the_mind_of_the_fully_connected_network_only(live: Live, page: Page) -> None:
    live.open()
    expect(live.digit("dense")).to_have_text("9")
    page.get_by_label("One cell up").click()
    expect(page).to_have_url(f"{PATH}?shift=-1,0")
    expect(live.digit("dense")).to_have_text("4")
    expect(live.sure("dense")).to_have_text(re.compile(r"^63\s% sure$"))
    expect(live.digit("lenet5")).to_have_text("9")
    expect(live.sure("lenet5")).to_have_text(re.compile(r"^>99\s% sure$"))
    expect(page.locator('[data-row="c1"] [data-kept]')).to_have_text(re.compile(r"\d\s% like before"))
    page.get_by_role("link", name="As it was").click()
    expect(page).to_have_url(PATH)
    expect(page.locator('[data-row="c1"] [data-kept]')).to_be_empty()


def test_pointing_at_a_unit_tells_its_number_and_shows_what_it_sees(live: Live) -> None:
    live.open().point("C3, map 4", 2, 3)
    expect(live.readout).to_have_text(re.compile(r"^C3\[4, 2, 3\] = −?[\d.]+, (negative|positive): ReLU"))
    sight = live.pad.locator(".sight")
    expect(sight).to_be_visible()
    assert [float(sight.get_attribute(name) or 0) for name in ("x", "y", "width")] == [4.225, 2.225, 13.55]
    live.page.mouse.move(0, 0)
    expect(sight).to_be_hidden()


def test_a_click_opens_the_unit_s_own_sum_and_back_leads_to_the_drawing(live: Live, page: Page, stage: Stage) -> None:
    live.open(BLANK).draw(SEVEN)
    expect(live.digit("lenet5")).to_have_text("7")
    live.answered()
    drawn = page.url
    live.point("C1, map 2", 7, 14)
    expect(live.readout).to_have_text(readout("C1, map 2", 7, 14))
    number = live.readout.inner_text().split(" = ")[1].split(",")[0]
    live.map("C1, map 2").click(position=live.middle("C1, map 2", 7, 14))  # type: ignore[arg-type]
    expect(page).to_have_url(re.compile(r"/conv2d\?x=.*&padding=2&activation=relu&step=210$"))
    expect(stage.lives().cell("y.0", 7, 14).locator("text")).to_have_text(number)
    page.go_back()
    expect(page).to_have_url(drawn)
    expect(live.digit("lenet5")).to_have_text("7")


def test_the_scene_of_a_unit_has_a_link_that_leads_back(live: Live, page: Page, stage: Stage) -> None:
    live.open(f"{PATH}?x=digit:3")
    live.map("C1, map 2").click(position=live.middle("C1, map 2", 7, 14))  # type: ignore[arg-type]
    stage.lives()
    page.get_by_role("link", name="← back").click()
    expect(page).to_have_url(re.compile(r"/networks/lenet5/live\?x=digit:3$"))
    page.goto("/conv2d")
    expect(page.locator("[data-back]")).to_be_hidden()


def test_a_unit_is_reached_and_opened_with_the_keyboard(live: Live, page: Page, stage: Stage) -> None:
    live.open()
    page.get_by_label("Kernel of C1, map 0: its weights").focus()
    page.keyboard.press("Tab")
    expect(live.map("C1, map 0")).to_be_focused()
    expect(live.readout).to_have_text(re.compile(r"^C1\[0, "))
    before = live.readout.inner_text()
    page.keyboard.press("ArrowRight")
    expect(live.readout).not_to_have_text(before)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/conv2d\?x=.*&padding=2"))
    stage.lives()


def test_a_bar_opens_the_sum_behind_its_share(live: Live, page: Page, stage: Stage) -> None:
    live.open()
    bar = page.locator('[data-unit="7"]')
    bar.hover()
    expect(live.readout).to_contain_text("Output[7] = ")
    number = live.readout.inner_text().split(" = ")[1].split(":")[0]
    bar.click()
    stage.lives()
    expect(stage.cell("y.0", 0, 0).locator("text")).to_have_text(number)


@pytest.mark.skipif("max_pool2d" not in OPERATIONS, reason="there is no max pooling on the stage yet")
def test_a_unit_of_a_pooling_opens_its_pooling(live: Live, page: Page, stage: Stage) -> None:
    live.open().map("S4, map 3").click()
    expect(page).to_have_url(re.compile(r"/max_pool2d\?x="))
    stage.lives()


TOUCH = pytest.mark.browser_context_args(viewport={"width": 820, "height": 1180}, has_touch=True)


@TOUCH
@pytest.mark.parametrize(
    ("name", "row", "col", "scene"),
    [
        ("C1, map 2", 7, 14, r"/conv2d\?x=.*&step=210$"),
        ("C3, map 1", 2, 3, r"/conv2d\?x=f32:6x5x5:"),
        ("S4, map 3", 1, 1, r"/max_pool2d\?x="),
        ("F6, 84 numbers", 1, 2, r"/conv2d\?"),
    ],
)
def test_a_finger_chooses_first_and_opens_with_the_link(
    live: Live, page: Page, name: str, row: int, col: int, scene: str
) -> None:
    live.open()
    live.map(name).tap(position=live.middle(name, row, col))  # type: ignore[arg-type]
    expect(live.readout).to_have_text(readout(name, row, col))
    expect(page).to_have_url(PATH)
    live.link.tap()
    expect(page).to_have_url(re.compile(scene))


@TOUCH
def test_what_a_finger_chose_is_announced_again_of_a_moved_digit_until_the_finger_draws(live: Live, page: Page) -> None:
    live.open().map("C1, map 2").tap(position=live.middle("C1, map 2", 7, 14))  # type: ignore[arg-type]
    expect(live.readout).to_have_text(readout("C1, map 2", 7, 14))
    before = live.readout.inner_text()
    page.get_by_label("One cell up").tap()
    expect(live.readout).not_to_have_text(before)
    expect(live.readout).to_have_text(readout("C1, map 2", 7, 14))
    expect(live.pad.locator(".sight")).to_be_visible()
    live.pad.tap()
    expect(live.pad.locator(".sight")).to_be_hidden()
    expect(live.link).to_be_hidden()


WAYS = [("C1, map 2", 7, 14), ("C1, map 0", 27, 0), ("S2, map 5", 3, 3), ("C3, map 1", 2, 3), ("F6, 84 numbers", 1, 2)]


@pytest.mark.parametrize(("name", "row", "col"), WAYS)
def test_a_mouse_reaches_the_link_past_other_maps(unhurried: Live, page: Page, name: str, row: int, col: int) -> None:
    link, said = unhurried.link, unhurried.readout
    unhurried.open().point(name, row, col)
    expect(said).to_have_text(readout(name, row, col))
    chosen = said.inner_text()
    box = place(link)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=25)
    expect(said).to_have_text(chosen)
    address = link.get_attribute("href")
    assert address
    page.mouse.down()
    page.mouse.up()
    expect(page).to_have_url(page.request.get(address).url)


def test_a_mouse_reaches_the_link_from_a_bar_of_the_verdict(unhurried: Live, page: Page) -> None:
    unhurried.open()
    page.locator('[data-unit="3"]').hover()
    expect(unhurried.readout).to_contain_text("Output[3] = ")
    box = place(unhurried.link)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=25)
    expect(unhurried.readout).to_contain_text("Output[3] = ")
    unhurried.link.click()
    expect(page).to_have_url(re.compile("/conv2d"))


def test_a_mouse_that_goes_elsewhere_or_stops_on_its_way_chooses_what_it_is_on(live: Live) -> None:
    live.open().point("C1, map 2", 27, 14)
    live.point("C1, map 3", 27, 14)
    expect(live.readout).to_have_text(readout("C1, map 3", 27, 14))
    live.point("C1, map 5", 27, 14)
    live.point("C3, map 15", 5, 5)
    expect(live.readout).to_have_text(readout("C3, map 15", 5, 5))


def test_the_keyboard_reaches_the_link_behind_the_last_map(live: Live, page: Page) -> None:
    live.open().map("F6, 84 numbers").focus()
    page.keyboard.press("Tab")
    expect(live.readout).to_have_text(re.compile(r"^Hidden\["))
    page.keyboard.press("ArrowRight")
    address = live.map("Hidden, 78 numbers").get_attribute("href")
    assert address
    page.keyboard.press("Tab")
    expect(live.link).to_be_focused()
    page.mouse.move(5, 5)
    page.keyboard.press("Enter")
    expect(page).to_have_url(page.request.get(address).url)


def test_every_map_carries_its_number(live: Live) -> None:
    live.open()
    for layer, maps in {"c1": 6, "s2": 6, "c3": 16, "s4": 16, "c5": 1, "f6": 1, "hidden": 1}.items():
        found = live.page.locator(f'[data-row="{layer}"] .map')
        assert found.evaluate_all("(maps) => maps.map(({ dataset }) => dataset.map)") == [str(n) for n in range(maps)]


def test_answers_are_there_at_once_and_nothing_fades_in(live: Live, page: Page) -> None:
    """As the server has drawn them, before the stream has said a word."""
    page.route("**/live.events*", lambda route: None)
    page.goto(PATH)
    expect(page.locator(".live.alive")).to_be_attached()
    expect(live.digit("dense")).to_have_text("9")
    shown = (
        "(parts) => parts.every((part) => part.checkVisibility({ opacityProperty: true, visibilityProperty: true }))"
    )
    assert page.locator(".map, .says, .bars, .kernel").evaluate_all(shown)
    assert page.evaluate("document.getAnimations().length") == 0


SCREENS = {"laptop": (1366, 650), "desktop": (1280, 800), "projector": (1920, 1080), "phone": (390, 844)}
FAULTS = """
(least) => {
  const pictures = [...document.querySelectorAll("[data-picture]")]
  const SHARES = Array.from({ length: 16 }, (_, i) => (i + 0.5) / 16)
  const isSeen = (part, x, y) =>
    x >= 0 && y >= 0 && x < innerWidth && y < innerHeight && part.contains(document.elementFromPoint(x, y))
  const seen = (part) => {
    const { left, top, width, height } = part.getBoundingClientRect()
    return SHARES.every((across) => SHARES.every((down) => isSeen(part, left + width * across, top + height * down)))
  }
  const find = (selector) => [...document.querySelectorAll(selector)].filter((part) => part.checkVisibility())
  const words = find("main *").filter((word) => !word.children.length && word.textContent.trim())
  const targets = find(".flow a, .flow button, .flow input")
  const size = (each) => Math.min(each.getBoundingClientRect().width, each.getBoundingClientRect().height)
  const pixels = (word) => parseFloat(getComputedStyle(word).fontSize)
  const name = (each) => each.getAttribute("aria-label") ?? each.textContent.trim()
  const tooWide = document.documentElement.scrollWidth - innerWidth
  return [
    ...(pictures.length < 3 ? ["a picture is not marked"] : []),
    ...pictures.filter((part) => !seen(part)).map((part) => `${part.className} is not seen whole`),
    ...words.filter((word) => pixels(word) < least).map((word) => `${word.textContent} is too small`),
    ...targets.filter((each) => size(each) < 23.9).map((each) => `${name(each)} is ${size(each)} pixels small`),
    ...(tooWide > 0 ? [`the page is ${tooWide} pixels too wide`] : []),
  ]
}
"""
"""What is cut off or covered, too small to read or to touch, or too wide, before anybody scrolls."""


FILLED = """(part) => {
  const canvas = part.querySelector("canvas")
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
  return data.filter((shade, place) => place % 4 === 3 && shade > 0).length
}"""
"""How many cells of a picture are not clear."""


@pytest.mark.parametrize("screen", SCREENS)
def test_the_picture_is_seen_whole(live: Live, page: Page, screen: str) -> None:
    width, height = SCREENS[screen]
    page.set_viewport_size({"width": width, "height": height})
    live.open(f"{PATH}?shift=-1,0&cover=8,9&edit=c1.3")
    becomes(lambda: page.evaluate(FAULTS, 8), [])


def test_a_click_before_the_answer_goes_on_from_what_was_asked(live: Live, page: Page) -> None:
    live.open(f"{PATH}?edit=c3.5")
    held = Held(page, lambda url: "kernel=" in url)
    page.get_by_role("link", name="All zero").click()
    held.comes()
    page.get_by_role("link", name="Close").click()
    held.let_go()
    expect(page).to_have_url(f"{PATH}?c3=learned!5:0")


def test_a_kernel_opens_beside_the_digit_that_is_there_now(live: Live, page: Page) -> None:
    live.open()
    page.get_by_label("A handwritten 3").click()
    expect(page).to_have_url(f"{PATH}?x=digit:3")
    page.get_by_label("Kernel of C1, map 2: its weights").click()
    expect(page).to_have_url(f"{PATH}?x=digit:3&edit=c1.2")


def test_the_weights_of_a_kernel_are_edited_until_the_digit_fails(live: Live, page: Page) -> None:
    live.open()
    page.get_by_label("Kernel of C1, map 2: its weights").click()
    expect(page).to_have_url(f"{PATH}?edit=c1.2")
    weight = page.get_by_label("Weight in row 0, column 3")
    weight.fill("5")
    weight.press("Enter")
    expect(live.digit("lenet5")).not_to_have_text("9")
    expect(page).to_have_url(f"{PATH}?c1=learned!2.0.0.3:5&edit=c1.2")
    expect(weight).to_be_focused()
    expect(live.digit("dense")).to_have_text("9")
    page.get_by_role("link", name="As learned").click()
    expect(live.digit("lenet5")).to_have_text("9")
    page.get_by_label("Kernel of C3, map 5: its weights").click()
    page.get_by_role("button", name="Channel 4").click()
    page.get_by_label("Weight in row 4, column 4").fill("three")
    page.get_by_label("Weight in row 4, column 4").press("Enter")
    expect(page.get_by_label("Weight in row 4, column 4")).to_have_attribute("aria-invalid", "true")
    page.get_by_role("link", name="All zero").click()
    expect(page).to_have_url(f"{PATH}?c3=learned!5:0&edit=c3.5")
    page.get_by_role("link", name="Close").click()
    expect(page.locator("[data-editor]")).to_have_count(0)
    expect(page).to_have_url(f"{PATH}?c3=learned!5:0")


def test_a_patch_is_laid_on_the_digit_until_it_is_no_longer_a_nine(live: Live, page: Page) -> None:
    live.open()
    expect(page.get_by_text("Cover something, so that it is no longer a 9.")).to_be_visible()
    page.get_by_label("A patch of paper").drag_to(
        live.pad, target_position={"x": live.cell * 14, "y": live.cell * 14}, steps=12
    )
    expect(page).to_have_url(f"{PATH}?cover=12,12")
    live.answered()
    live.draw([(14 / 28, 14 / 28), (11.5 / 28, 10.5 / 28)])
    expect(page).to_have_url(f"{PATH}?cover=8,9")
    expect(live.digit("lenet5")).to_have_text("7")
    live.answered()
    heat = page.locator("[data-heat=lenet5]")
    some = heat.evaluate(FILLED)
    page.get_by_role("link", name="All places").click()
    expect(page).to_have_url(f"{PATH}?cover=8,9&why=occlusion")
    becomes(lambda: heat.evaluate(FILLED) > some, True)
    box = place(heat)
    heat.click(position={"x": box["width"] * 13.5 / 24, "y": box["height"] * 4.5 / 24})
    expect(page).to_have_url(f"{PATH}?cover=4,13&why=occlusion")
    expect(live.digit("lenet5")).to_have_text("4")
    live.pad.focus()
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(f"{PATH}?cover=5,13&why=occlusion")
    expect(live.readout).to_have_text("The patch lies at row 5, column 13.")
    live.answered()
    page.mouse.move(5, 5)
    heat.focus()
    page.keyboard.press("ArrowLeft")
    expect(live.readout).to_contain_text("A patch at row 8, column 8")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{PATH}?cover=8,8&why=occlusion")


def test_a_gradient_opens_as_the_sum_that_it_is_and_leads_back(live: Live, page: Page, stage: Stage) -> None:
    live.open()
    page.get_by_role("link", name="Gradient").click()
    heat = page.locator("[data-heat=lenet5]")
    expect(heat.locator("canvas[data-signed]")).to_be_visible()
    box = place(heat)
    heat.hover(position={"x": box["width"] * 12.5 / 28, "y": box["height"] * 8.5 / 28})
    expect(live.readout).to_have_text("Ink in row 8, column 12 moves the score of 9 by 1.21")
    heat.click(position={"x": box["width"] * 12.5 / 28, "y": box["height"] * 8.5 / 28})
    expect(page.get_by_role("heading", level=1)).to_have_text("Gradient[9,8,12] of LeNet-5, of a score by a pixel")
    stage.lives()
    page.get_by_role("link", name="← back").click()
    expect(page).to_have_url(re.compile(r"why=saliency$"))


def test_nine_patches_show_what_a_unit_looks_for(live: Live, page: Page) -> None:
    live.open().point("C3, map 4", 2, 3)
    patches = page.locator("[data-patches] a")
    expect(patches).to_have_count(9)
    expect(patches.first).to_have_attribute("title", re.compile(r"^C3\[4,\d,\d\] of LeNet-5, 6 channels$"))
    live.map("C3, map 4").focus()
    patches.first.click()
    expect(page).to_have_url(re.compile(r"live\?x=u8:28x28:"))


def test_struck_out_units_noise_and_size_are_answered_by_both(live: Live, page: Page) -> None:
    live.open()
    page.get_by_label("Strike out more units of F6").click()
    expect(page).to_have_url(f"{PATH}?dropout=0.1")
    expect(page.locator(".struck path")).to_have_attribute("d", re.compile(r"^(M\d+ \d+l1-1){2,}$"))
    live.answered()
    page.get_by_label("More noise").click()
    expect(page).to_have_url(f"{PATH}?noise=30&dropout=0.1")
    live.answered()
    page.get_by_label("Throw the dice again").first.click()
    expect(page).to_have_url(f"{PATH}?noise=30&dropout=0.1&seed=1")
    live.answered()
    page.get_by_label("Smaller").click()
    expect(page).to_have_url(f"{PATH}?scale=0.9&noise=30&dropout=0.1&seed=1")
    expect(page.locator("[data-value=scale]")).to_have_text("0.9×")


def test_empty_paper_says_draw_and_nothing_else(live: Live, page: Page) -> None:
    live.open().page.get_by_role("link", name="Clear").click()
    for network in ("lenet5", "dense"):
        expect(live.sure(network)).to_have_text("draw")
    assert set(page.locator("[data-percent]").all_inner_texts()) == {""}
    filled = f"(canvases) => canvases.reduce((sum, each) => sum + ({FILLED})(each.parentElement), 0)"
    becomes(lambda: page.locator(".map canvas").evaluate_all(filled), 0)


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_scripts_a_shipped_digit_is_read_moved_and_opened(live: Live, page: Page) -> None:
    page.goto(f"{PATH}?x=digit:2")
    expect(live.digit("lenet5")).to_have_text("2")
    page.get_by_label("One cell up").click()
    expect(page).to_have_url(f"{PATH}?x=digit:2&shift=-1,0")
    expect(live.map("C1, map 3").locator("svg")).to_be_visible()
    page.get_by_label("Kernel of C1, map 3: its weights").click()
    page.get_by_label("Its weights", exact=True).fill("zeros:5x5")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile(r"edit=c1.3&kernel=zeros"))
    page.get_by_role("link", name="All places").click()
    expect(page.locator(".heat svg")).to_have_count(2)
    live.map("C3, map 2").click()
    expect(page).to_have_url(re.compile(r"/conv2d\?x=f32:6x5x5:"))


@pytest.mark.parametrize("address", [PATH, BLANK, f"{PATH}?shift=0,6&rotate=15&edit=c3.5&why=saliency&dropout=0.5"])
def test_axe_finds_nothing_on_the_network_that_runs(live: Live, page: Page, address: str) -> None:
    live.open(address)
    assert violations(page) == ""


@pytest.mark.browser_context_args(viewport={"width": 390, "height": 844}, has_touch=True)
def test_a_phone_shows_it_all_without_scrolling_sideways(live: Live, page: Page) -> None:
    live.open(f"{PATH}?shift=0,6&rotate=15")
    is_no_wider(page, 390)
    assert violations(page) == ""


@pytest.mark.browser_context_args(viewport={"width": 390, "height": 844}, has_touch=True)
def test_on_a_phone_what_is_said_of_a_unit_covers_no_map(live: Live, page: Page) -> None:
    live.open()
    page.locator(".f6 [data-map]").tap()
    expect(live.link).to_be_in_viewport(ratio=1)
    said, layers = page.locator(".said"), page.locator(".layers")
    becomes(lambda: foot(said) <= place(layers)["y"] and foot(layers) <= 844, True)
