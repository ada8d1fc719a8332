"""The offline file in a browser without a network: from disk, and in the sandbox of a course page."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from app.layout.box import CELL
from app.operations import OPERATIONS
from app.pages.exports.offline import html
from app.pages.exports.options import Options
from app.settings import Limits
from app.views.table import read_view


def written(folder: Path, **raw: str) -> Path:
    path = folder / "scene.html"
    path.write_bytes(html(read_view(OPERATIONS["conv2d"], dict(raw), Limits()), Options()))
    return path


@pytest.mark.parametrize("sandboxed", [False, True])
def test_it_plays_to_its_end_steps_and_explains_a_cell(browser: Browser, tmp_path: Path, sandboxed: bool) -> None:
    path = written(tmp_path, x="1,2,3;4,5,6;7,8,9", w="100,200;300,400", speed="10")
    context = browser.new_context(offline=True)
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    if sandboxed:
        (tmp_path / "course.html").write_text(
            '<iframe sandbox="allow-scripts" src="scene.html" width="1000" height="600">'
        )
        page.goto((tmp_path / "course.html").as_uri())
        seen = page.frame_locator("iframe")
    else:
        page.goto(path.as_uri())
        seen = page  # type: ignore[assignment]
    seen.locator("[data-do=play]").click()
    expect(seen.locator("[data-position]")).to_have_text("4 of 4")
    expect(seen.locator(".result")).to_have_text("7700")
    seen.locator("[data-do=back]").click()
    expect(seen.locator(".result")).to_have_text("6700")
    seen.locator("[data-plane='y.0'] .cells g g").first.hover()
    expect(seen.locator(".result")).to_have_text("3700")
    assert errors == []
    context.close()


def test_cells_that_are_too_small_for_their_numbers_keep_their_colours(browser: Browser, tmp_path: Path) -> None:
    path = written(tmp_path, x="digit:3", w="sobel-x", step="0")
    context = browser.new_context(offline=True, viewport={"width": 390, "height": 844})
    page, errors = context.new_page(), []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(path.as_uri())
    colours = page.locator("[data-plane='x.0'] .colours")
    expect(colours).to_have_attribute("width", str(28 * CELL))
    expect(colours).to_have_attribute("href", re.compile("^data:image/png"))
    assert errors == []
    context.close()
