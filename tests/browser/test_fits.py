"""It fits: planes, equation and player are seen whole and unscrolled, on every screen, with every operation, in every view."""

import pytest
from playwright.sync_api import Page

from app.operations import OPERATIONS
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
SCREENS = {"laptop": (1366, 650), "desktop": (1280, 800), "projector": (1920, 1080)}
LEAST_TEXT = 8
"""Pixels of the smallest number or word on a stage."""

FAULTS = """
(least) => {
  const stage = document.querySelector("conv-stage")
  const shown = (part) => part.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && part.getBoundingClientRect().width > 0
  const PARTS = "[data-plane], [data-equation], [data-player]"
  const name = (part) => part.dataset.plane ?? (part.closest("[data-equation]") ? "the equation" : "the player")
  const parts = [...stage.querySelectorAll("[data-plane], [data-equation] math, [data-player]")].filter(shown)

  // What lies over a part at a point: another part, or something on the page that takes the pointer.
  const isCovered = (part, x, y) => {
    const hit = document.elementFromPoint(x, y)
    if (!hit) return true
    if (part.contains(hit) || hit.contains(part)) return false
    const other = hit.closest(PARTS)
    return other ? other !== part.closest(PARTS) : !hit.closest("conv-stage svg") && getComputedStyle(hit).pointerEvents !== "none"
  }
  const share = (part) => {
    const { left, top, width, height } = part.getBoundingClientRect()
    const places = Array.from({ length: 144 }, (_, i) => [left + (width * ((i % 12) + 0.5)) / 12, top + (height * (Math.floor(i / 12) + 0.5)) / 12])
    const seen = places.filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight && !isCovered(part, x, y))
    return seen.length / places.length
  }
  const height = (text) => {
    const matrix = text.getScreenCTM?.()
    return parseFloat(getComputedStyle(text).fontSize) * (matrix ? Math.hypot(matrix.b, matrix.d) : 1)
  }
  const hidden = parts.map((part) => [part, share(part)]).filter(([, seen]) => seen < 0.99).map(([part, seen]) => `${name(part)} is seen to ${Math.round(100 * seen)} %`)
  const words = [...stage.querySelectorAll("text, mn, mi, mo, [data-hint]")].filter((word) => word.textContent.trim() && !word.children.length && shown(word))
  const small = words.filter((word) => height(word) < least - 0.05).map((word) => `“${word.textContent.trim()}” is ${height(word).toFixed(1)} pixels high`)
  const wide = document.documentElement.scrollWidth - innerWidth
  const missing = ["plane", "equation", "player"].filter((kind) => !parts.some((part) => part.closest(`[data-${kind}]`))).map((kind) => `no ${kind}`)
  return [...missing, ...hidden, ...small.slice(0, 3), ...(wide > 0 ? [`the page is ${wide} pixels too wide`] : [])]
}
"""
"""Asks the page, as it stands before anybody scrolls, what is cut off, covered, too small or too wide."""


def fits(page: Page) -> None:
    becomes(lambda: page.evaluate(FAULTS, LEAST_TEXT), [])


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("scene", SCENES)
def test_a_stage_is_seen_whole_without_scrolling(stage: Stage, page: Page, scene: str, screen: str) -> None:
    width, height = SCREENS[screen]
    page.set_viewport_size({"width": width, "height": height})
    stage.open(scene)
    fits(page)


@phone
@pytest.mark.parametrize("scene", SCENES)
def test_a_stage_is_seen_whole_on_a_phone(stage: Stage, page: Page, scene: str) -> None:
    stage.open(scene)
    fits(page)
