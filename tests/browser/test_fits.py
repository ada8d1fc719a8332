"""It fits: planes, equation and player are seen whole and unscrolled on every screen, in every view."""

import pytest
from playwright.sync_api import Page

from app.operations import OPERATIONS
from app.pages.networks.catalogue import catalogue
from app.pages.networks.pages import field_address
from tests.browser.stage import Stage
from tests.browser.waiting import becomes

phone = pytest.mark.browser_context_args(
    viewport={"width": 390, "height": 844}, device_scale_factor=2, has_touch=True, is_mobile=True
)

SCENES = [
    f"/{name}" if view == operation.own_view else f"/{name}?view={view}"
    for name, operation in OPERATIONS.items()
    for view in operation.views
]
LARGER = [
    "/conv2d?x=digit:7",
    "/conv2d?x=random:1x128x128:1",
    "/conv2d?x=random:3x7x7:1&w=random:2x3x3x3:1&b=1,2&activation=relu",
    "/conv2d?x=random:16x5x5:1&w=random:1x16x3x3:1",
    "/conv2d?x=random:1x8x8:1&w=random:40x1x3x3:1",
    "/conv2d?x=random:4x5x5:1&w=random:4x1x3x3:1&groups=4",
    "/conv_transpose2d?x=random:2x3x3:1&w=random:2x2x3x3:2&b=1,2",
    "/conv1d?x=random:1x40:1",
    "/conv2d?predict=true",
    "/max_pool2d_input?activation=relu",
]
SCREENS = {"laptop": (1366, 650), "desktop": (1280, 800), "projector": (1920, 1080)}
PHONE = (390, 844)
PAGES = [
    *("/compare", "/there-and-back", "/receptive-field", "/linear-classifier", "/softmax", "/backprop", "/valley"),
    *("/networks/lenet5", "/networks/vgg16", "/networks/unet", "/networks/lenet5/live"),
    *("/networks/compare", "/networks/compare?a=lenet5&b=alexnet", "/networks/compare?a=fcn8s&b=googlenet"),
    *("/train", "/train/signs", "/pictures", "/pictures?w=sobel-x"),
]
"""Of every kind that has a picture, beside scenes, lessons and boards, which have more to be seen."""
PAGES += [field_address(catalogue()["resnet50"])]
"""What a unit of ResNet-50 sees: blocks are folded, and lie close."""
LISTS = ["/networks", "/lectures"]
LEAST_TEXT = 7.95
"""Pixels of the smallest number or word: eight, but for rounding."""

FAULTS = """
({ least, root, PARTS, WORDS }) => {
  const stage = document.querySelector(root)
  const VISIBLE = { opacityProperty: true, visibilityProperty: true }
  const isShown = (part) => part.checkVisibility(VISIBLE) && part.getBoundingClientRect().width > 0
  const find = (selector) => [...stage.querySelectorAll(selector)].filter(isShown)
  const parts = find(Object.values(PARTS).join())
  const owner = (part) => part.closest(Object.values(PARTS).map((each) => each.split(" ")[0]).join())
  const name = (part) => part.dataset.plane ?? owner(part).getAttribute("class")

  // What lies over a part at a point: another part, or something on the page that takes the pointer.
  const covers = (hit, part) => {
    if (!hit) return true
    if (part.contains(hit) || hit.contains(part)) return false
    if (owner(hit)) return owner(hit) !== owner(part)
    return !hit.closest(`${root} svg`) && getComputedStyle(hit).pointerEvents !== "none"
  }
  const isSeen = (part, x, y) =>
    x >= 0 && y >= 0 && x < innerWidth && y < innerHeight && !covers(document.elementFromPoint(x, y), part)
  const SHARES = Array.from({ length: 12 }, (_, i) => (i + 0.5) / 12)
  const seen = (part) => {
    const { left, top, width, height } = part.getBoundingClientRect()
    const places = SHARES.flatMap((across) => SHARES.map((down) => [left + width * across, top + height * down]))
    return places.filter(([x, y]) => isSeen(part, x, y)).length / places.length
  }
  const height = (word) => {
    const { b = 0, d = 1 } = word.getScreenCTM?.() ?? {}
    return parseFloat(getComputedStyle(word).fontSize) * Math.hypot(b, d)
  }
  const words = find(WORDS).filter((word) => word.textContent.trim() && !word.children.length)
  const tooWide = document.documentElement.scrollWidth - innerWidth
  return [
    ...Object.keys(PARTS).filter((kind) => !find(PARTS[kind]).length).map((kind) => `no ${kind} is seen`),
    ...parts.filter((part) => seen(part) < 0.99).map((part) => `${name(part)} is seen to ${seen(part).toFixed(2)}`),
    ...words.filter((word) => height(word) < least).map((word) => `${word.textContent} is ${height(word)} pixels high`),
    ...(tooWide > 0 ? [`the page is ${tooWide} pixels too wide`] : []),
  ]
}
"""
"""Asks the page, as it stands before anybody scrolls, what is cut off, covered, too small or too wide."""


STAGE = {"plane": "[data-plane]", "equation": "[data-equation] math", "player": "[data-player]"}
LESSON = {
    "plane": "[data-plane]",
    "chart": "[data-chart]",
    "rates": ".rates",
    "verdict": "[data-outcome]",
    "player": "[data-player]",
}
"""What is to be seen of a stage, and of a lesson."""
WORDS = "text, mn, mi, mo, [data-hint]"
"""What is read in a picture."""


def fits(page: Page, root: str = "conv-stage", parts: dict[str, str] = STAGE, words: str = WORDS) -> None:
    asked = {"least": LEAST_TEXT, "root": root, "PARTS": parts, "WORDS": words}
    becomes(lambda: page.evaluate(FAULTS, asked), [])


@pytest.mark.parametrize("scene", SCENES + LARGER)
def test_a_stage_is_seen_whole_without_scrolling_however_large_its_window_becomes(
    stage: Stage, page: Page, scene: str
) -> None:
    width, height = SCREENS["laptop"]
    page.set_viewport_size({"width": width, "height": height})
    stage.open(scene)
    for width, height in SCREENS.values():
        page.set_viewport_size({"width": width, "height": height})
        fits(page)


@phone
@pytest.mark.parametrize("scene", SCENES + LARGER)
def test_a_stage_is_seen_whole_on_a_phone(stage: Stage, page: Page, scene: str) -> None:
    stage.open(scene)
    fits(page)


@pytest.mark.parametrize("screen", SCREENS)
def test_a_lesson_is_seen_whole_without_scrolling(page: Page, screen: str) -> None:
    width, height = SCREENS[screen]
    page.set_viewport_size({"width": width, "height": height})
    page.goto("/learn")
    fits(page, "learn-stage", LESSON)


@phone
def test_on_a_phone_a_lesson_scrolls_between_its_grids_and_its_player(page: Page) -> None:
    page.goto("/learn")
    forward = {"plane": "[aria-labelledby=forward] [data-plane]", "player": "[data-player]"}
    fits(page, "learn-stage", forward)
    page.locator("[data-outcome]").evaluate("(verdict) => verdict.scrollIntoView({ block: 'center' })")
    fits(page, "learn-stage", forward | {"verdict": "[data-outcome]"})


@pytest.mark.parametrize("address", PAGES + LISTS)
def test_the_picture_of_a_page_is_seen_whole_at_four_sizes_and_all_words_can_be_read(page: Page, address: str) -> None:
    page.goto(address)
    parts = {"heading": "h1"} if address in LISTS else {"picture": "[data-picture]"}
    for width, height in (*SCREENS.values(), PHONE):
        page.set_viewport_size({"width": width, "height": height})
        fits(page, "main", parts, words="*")
