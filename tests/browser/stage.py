"""The stage of a page as a reader sees it and touches it."""

import re
from collections.abc import Iterable

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.waiting import becomes

Cell = tuple[int, int]

moving = pytest.mark.browser_context_args(reduced_motion="no-preference")
"""Marks a test that is about motion."""

OUTLINED = """
(plane) => {
  const drawing = document.querySelector(`.plane[data-plane="${plane}"]`)
  const overlay = drawing?.querySelector(".overlay")
  if (!overlay || overlay.style.display === "none") return []
  const [taps, frame] = [overlay.querySelector(".taps"), overlay.querySelector("rect")]
  const shape = taps?.getAttribute("d") ? taps : frame
  const [dx, dy] = (shape.parentNode.style.transform.match(/-?[\\d.]+/g) ?? [0, 0]).map(Number)
  const found = []
  for (let row = 0; row < drawing.dataset.rows; row++)
    for (let col = 0; col < drawing.dataset.cols; col++)
      if (shape.isPointInFill(new DOMPoint(col * 40 + 20 - dx, row * 40 + 20 - dy))) found.push([row, col])
  return found
}
"""
"""Asks the outline itself which cells' centres lie within it."""

PLACE = """
(plane, [row, col]) => {
  const { x, y } = new DOMPoint(40 * col + 20, 40 * row + 20).matrixTransform(plane.getScreenCTM())
  return [x, y]
}
"""

READ = """
(rows) => rows.map((row) => [...row.children].map(({ lastElementChild: label }) =>
  getComputedStyle(label).visibility === "hidden" ? "" : label.textContent))
"""


class Stage:
    """Finds things by what they are; waits until the page shows what is expected."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.locator("conv-stage")
        self.equation = self.root.locator("[data-equation]")
        self.result = self.equation.locator(".output.result").last
        self.position = self.root.locator("[data-position]")
        self.hint = self.root.locator("[data-hint]")
        self.spoken = self.root.locator("[data-announce]")
        self.scrubber = self.root.get_by_label("Step", exact=True)

    def open(self, address: str) -> "Stage":
        """Go to a scene, and wait until its stage lives."""
        self.page.goto(address)
        return self.lives()

    def lives(self) -> "Stage":
        expect(self.root).to_have_class(re.compile(r"\balive\b"))
        letters_are_there(self.page)
        return self

    def plane(self, name: str) -> Locator:
        return self.root.locator(f'[data-plane="{name}"]')

    def sheet(self, name: str) -> Locator:
        """A plane with its title and its shape."""
        return self.root.locator(".sheet").filter(has=self.page.locator(f'[data-plane="{name}"]'))

    def cell(self, plane: str, row: int, col: int) -> Locator:
        return self.plane(plane).locator(".cells > g").nth(row).locator("> g").nth(col)

    def numbers(self, plane: str) -> list[list[str]]:
        """The numbers that can be read on a plane, "" where none is seen."""
        found: list[list[str]] = self.plane(plane).locator(".cells > g").evaluate_all(READ)
        return found

    def shows(self, plane: str, numbers: list[list[str]]) -> None:
        """Wait until these numbers, and no others, can be read on a plane."""
        becomes(lambda: self.numbers(plane), numbers)

    def shows_row(self, plane: str, row: int, numbers: list[str]) -> None:
        """Wait until these numbers can be read in a row of a plane."""
        becomes(lambda: self.numbers(plane)[row : row + 1], [numbers])

    def place(self, plane: str, row: int, col: int) -> tuple[float, float]:
        """Where in the window the middle of a cell lies, which may be without a number, or a pixel of a picture."""
        x, y = self.plane(plane).evaluate(PLACE, [row, col])
        return x, y

    def point(self, plane: str, row: int, col: int) -> None:
        """Move the mouse to a cell, or to a pixel of a picture."""
        self.page.mouse.move(*self.place(plane, row, col))

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=name, exact=True)

    def at(self, step: int, steps: int = 25) -> None:
        """The playhead is at a step, counted from 1 as the page counts."""
        expect(self.position).to_have_text(f"{step} of {steps}")

    def outlined(self, plane: str) -> set[Cell]:
        return {(row, col) for row, col in self.page.evaluate(OUTLINED, plane)}

    def outlines(self, plane: str, cells: Iterable[Cell]) -> None:
        """Wait until exactly these cells are outlined."""
        becomes(lambda: self.outlined(plane), set(cells))

    def edit(self, plane: str, row: int, col: int, text: str) -> None:
        """Click a cell, type another number, and press Enter."""
        self.cell(plane, row, col).click()
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")


def block(row: int, col: int, rows: int = 3, cols: int = 3) -> set[Cell]:
    """The cells of a rectangle, named by its first one."""
    return {(r, c) for r in range(row, row + rows) for c in range(col, col + cols)}


def letters_are_there(page: Page) -> None:
    """Wait until they are: of another width, they would move what is under the mouse."""
    page.evaluate("document.fonts.ready.then(() => {})")


def is_no_wider(page: Page, width: int) -> None:
    """Wait until nothing of a page lies beyond this width."""
    becomes(lambda: page.evaluate("document.documentElement.scrollWidth") <= width, True)


def place(found: Locator) -> FloatRect:
    """Where something stands; while the page is morphed it may be replaced, and stands nowhere for a moment."""
    box: FloatRect | None = None

    def stands() -> bool:
        nonlocal box
        box = found.bounding_box()
        return box is not None

    becomes(stands, True)
    assert box
    return box


def foot(found: Locator) -> float:
    """How far down something ends."""
    box = place(found)
    return box["y"] + box["height"]


def is_across(found: Locator, width: int) -> bool:
    """Whether nothing of it lies beyond either side of a window of this width."""
    box = place(found)
    return box["x"] >= 0 and box["x"] + box["width"] <= width


def drag(page: Page, start: Locator, by: float) -> None:
    """Press on something, move so many pixels to the right, and let go."""
    start.hover()
    box = place(start)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by, y, steps=4)
    page.mouse.up()
