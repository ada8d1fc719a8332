"""Whether every number that a stage shows is the one that `.json` says of the page's address."""

import re
from typing import Any

from playwright.sync_api import Page

from app.text.format import short
from tests.browser.stage import Stage
from tests.browser.waiting import becomes

SHOWN = """
(root) => [...root.querySelectorAll("[data-plane]")].map((plane) => ({
  id: plane.dataset.plane,
  grid: plane.dataset.grid ?? plane.dataset.plane[0],
  margin: (plane.dataset.margin ?? "0,0,0,0").split(",").map((side) => Math.max(Number(side), 0)),
  turned: plane.hasAttribute("data-turned"),
  rows: [...plane.querySelectorAll(".cells > g")].map((row) => [...row.children].map(({ lastElementChild: label }) =>
    getComputedStyle(label).visibility === "hidden" ? "" : label.textContent)),
}))
"""
DRAWN = r"[xwbya]\.\d+(\.\d+)?"
"""The planes that show a grid cell by cell; the others show steps, or a scene beside this one."""


def agrees(stage: Stage) -> None:
    """Wait until it is so, and the results are no longer marked as those of older numbers."""
    becomes(lambda: differences(stage), [])


def differences(stage: Stage) -> list[str]:
    """The planes whose numbers are others, each with what it shows and what it should."""
    if stage.root.get_attribute("data-stale") is not None:
        return ["stale"]
    said = document(stage.page)
    found = stage.root.evaluate(SHOWN)
    drawn = [plane for plane in found if plane["rows"] and re.fullmatch(DRAWN, plane["id"])]
    compared = [(plane["id"], inside(plane, said), wanted(plane, said)) for plane in drawn]
    return [f"{id} shows {shown}, not {numbers}" for id, shown, numbers in compared if shown != numbers]


def document(page: Page) -> dict[str, Any]:
    path, _, query = page.url.partition("?")
    answer: dict[str, Any] = page.request.get(f"{path}.json?{query}").json()
    return answer


def inside(plane: dict[str, Any], said: dict[str, Any]) -> list[str]:
    """The texts of a plane without its padding, a rim that is cut off, or zeros between, in the grid's order."""
    top, right, bottom, left = plane["margin"]
    rows = [row[left : len(row) - right] for row in plane["rows"][top : len(plane["rows"]) - bottom]]
    *_, height, width = 1, *said[plane["grid"]]["shape"]
    down, across = spread(len(rows), height), spread(len(rows[0]), width)
    texts = [text for row in rows[::down] for text in row[::across]]
    return texts[::-1] if plane["turned"] else texts


def spread(drawn: int, stored: int) -> int:
    """How far apart the numbers of a grid are drawn along an axis."""
    return (drawn - 1) // (stored - 1) if drawn > stored > 1 else 1


def wanted(plane: dict[str, Any], said: dict[str, Any]) -> list[str]:
    """The numbers of the grid that the plane has to show: so many, beginning with those of the planes before it."""
    numbers = flat(said[plane["grid"]]["values"])
    size = len(inside(plane, said))
    first = int(plane["id"].split(".")[1]) * size
    return [short(float(number)) for number in numbers[first : first + size]]


def flat(values: Any) -> list[float]:
    return [number for each in values for number in flat(each)] if isinstance(values, list) else [values]
