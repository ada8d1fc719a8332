"""The equation under the stage: one line that fits, with all its terms on demand."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stage import Stage, becomes

FITS = """
(element) => element.scrollWidth <= element.clientWidth
  && element.querySelector("math").getBoundingClientRect().height <= element.clientHeight
  && [...element.querySelectorAll("mn, mi, mo, mtext")]
    .every((part) => parseFloat(getComputedStyle(part).fontSize) >= 8)
"""
LARGE = "/conv2d?x=random:15x15:1&w=random:15x15:1"
CHANNELS = "x=random:3x7x7:1&w=random:2x3x3x3:1&b=1,2&activation=relu"

SCENES = (
    "/conv2d",
    f"/conv2d?{CHANNELS}",
    f"/conv2d?{CHANNELS}&view=flip",
    "/conv2d?view=shift",
    "/conv2d?x=random:16x3x3:1&w=random:1x16x3x3:1&b=0.125&activation=sigmoid",
    "/conv_transpose2d",
    "/max_pool2d?kernel_size=3&stride=1",
    "/lp_pool2d?norm_type=3",
    "/fold",
    LARGE,
)


@pytest.mark.parametrize("address", SCENES)
def test_the_equation_is_one_line_that_fits_on_a_laptop_and_on_a_phone(stage: Stage, page: Page, address: str) -> None:
    heights = set()
    for width, height in ((1366, 650), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        stage.open(address)
        becomes(lambda: fits(stage), True)
        heights.add(stage.equation.evaluate("({ clientHeight }) => clientHeight"))
    assert len(heights) == 1


def fits(stage: Stage) -> bool:
    """Whether nothing is cut off, and no letter is under eight pixels."""
    return bool(stage.equation.evaluate(FITS))


def test_a_narrower_window_shows_fewer_terms_and_a_wider_one_all_of_them(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?step=12")
    expect(stage.equation).to_contain_text("y2,2=0·−1+0·0+9·1+0·−2+4·0+9·2+0·−1+9·0+4·1=31")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(stage.equation).to_contain_text("y2,2=0·−1+0·0+9·1+… 9 terms=31")
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(stage.equation).to_contain_text("+9·0+4·1=31")


def test_all_terms_open_over_the_stage_when_they_are_asked_for(stage: Stage, page: Page) -> None:
    stage.open(LARGE)
    expect(stage.equation).to_contain_text("… 225 terms=1023")
    terms = page.get_by_role("dialog", name="All terms")
    expect(terms).to_have_count(0)
    page.get_by_role("button", name="All terms").click()
    expect(terms.locator("tr")).to_have_count(15)
    expect(terms.locator("td")).to_have_count(225)
    expect(terms.locator("td").nth(3)).to_have_text("9·2")
    expect(terms.locator("caption")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(terms).to_have_count(0)


@pytest.mark.parametrize(
    ("address", "rows", "first"),
    [
        ("/conv2d?x=random:10x2x2:1&w=random:1x10x1x1:1&step=0", 10, "s0=0"),
        ("/conv2d?view=flip&step=0", 6, "0·−1"),
        ("/conv_transpose2d?x=2&w=random:4x5:1", 4, "0"),
        ("/unfold?x=random:2x4x4:1&kernel_size=3&step=0", 6, "4"),
    ],
)
def test_all_terms_are_laid_out_as_their_window_is(
    stage: Stage, page: Page, address: str, rows: int, first: str
) -> None:
    stage.open(address)
    page.get_by_role("button", name="All terms").click()
    terms = page.get_by_role("dialog", name="All terms")
    expect(terms.locator("tr")).to_have_count(rows)
    expect(terms.locator("td").first).to_have_text(first)
    terms.get_by_role("button", name="Close").click()
    expect(terms).to_have_count(0)


def test_a_sum_that_is_written_out_offers_no_further_terms(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    expect(stage.equation.locator("math")).to_be_visible()
    expect(page.get_by_role("button", name="All terms")).to_have_count(0)
