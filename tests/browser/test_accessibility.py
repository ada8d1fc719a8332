"""For everyone: axe finds nothing on any page, light and dark; every step is announced, every control has a name."""

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from tests.browser.stage import Stage
from tests.browser.test_channels import VOLUME

PAGES = {
    "the front page": "/",
    "the lectures": "/lectures",
    "the first scene": "/conv2d",
    "one dimension": "/conv1d",
    "the volume demo": VOLUME,
    "depthwise": "/conv2d?x=random:3x6x6:1&w=sobel-x~~edge~~identity&groups=3",
    "many filters": "/conv2d?x=random:1x8x8:1&w=random:40x1x3x3:1",
    "a picture": "/conv2d?x=random:1x128x128:1",
    "a question": "/conv2d?predict=true",
    "everything shown": "/conv2d?reads=true&centres=true&letters=true&activation=relu&b=1&padding=1&dilation=2",
    "scores and a loss": "/softmax",
    "a linear classifier": "/linear-classifier",
    "a valley": "/valley",
    "two new signs": "/train/signs",
    "an embedded stage": "/embed/conv2d",
    "a lesson in a frame": "/embed/learn",
    "a picture on a wall": "/present/conv2d",
    "what is shared": "/share?url=http://127.0.0.1/conv2d",
    "what lecturers need": "/for-lecturers",
    "a refusal": "/conv2d?stride=0",
    "nothing here": "/conv9d",
}


EVERYTHING = {"resultTypes": ["violations"]}
COLOURS = {**EVERYTHING, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The rules that a theme may break; all others have been asked in the light."""


def violations(page: Page) -> str:
    """What axe finds in the light and in the dark, one line for each element."""
    found = []
    for theme, options in (("light", EVERYTHING), ("dark", COLOURS)):
        page.emulate_media(color_scheme=theme)
        rules = Axe().run(page, options=options).response["violations"]
        found += [f"{theme}: {rule['id']}: {node['html'][:160]}" for rule in rules for node in rule["nodes"]]
    return "\n".join(found)


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_axe_finds_nothing_on(page: Page, complaints: list[str], address: str) -> None:
    page.goto(address)
    if page.locator("conv-stage").count():
        Stage(page).lives()
    assert violations(page) == ""
    complaints[:] = [complaint for complaint in complaints if "status of 4" not in complaint]


def test_axe_finds_nothing_with_everything_unfolded(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    for summary in ("#more", "#more-kernels", "#more-inputs"):
        page.locator(f"{summary} > summary").click()
    page.get_by_role("link", name="Share").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == ""


def test_axe_finds_nothing_in_the_list_of_keys(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == ""


@pytest.mark.usefixtures("refusals")
def test_axe_finds_nothing_beside_a_refused_value(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    page.get_by_role("textbox", name="Stride").fill("0")
    page.keyboard.press("Enter")
    expect(page.locator("#error-stride")).not_to_be_empty()
    expect(page.get_by_role("textbox", name="Stride")).to_have_accessible_description(
        page.locator("#error-stride").text_content() or ""
    )
    assert violations(page) == ""


def test_axe_finds_nothing_while_a_cell_is_edited(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    stage.cell("x.0", 1, 1).click()
    page.keyboard.press("5")
    expect(page.locator(".cell-field")).to_be_visible()
    assert violations(page) == ""


def test_every_step_is_announced_in_words(stage: Stage) -> None:
    stage.open("/conv2d?step=0")
    expect(stage.spoken).to_have_text("Step 1 of 25. y[0, 0] is 18.")
    stage.button("Step forward").click()
    expect(stage.spoken).to_have_text("Step 2 of 25. y[0, 1] is 0.")
    stage.scrubber.fill("24")
    expect(stage.spoken).to_have_text("Step 25 of 25. y[4, 4] is −4.")
    expect(stage.spoken).to_have_attribute("aria-live", "polite")


def test_an_edited_cell_is_announced_with_its_new_value(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?step=12")
    stage.plane("x.0").focus()
    page.keyboard.press("5")
    page.keyboard.press("Enter")
    expect(stage.spoken).to_have_text("x[0, 0] = 5 · read by 1 output")
    expect(stage.hint).to_have_text("x[0, 0] = 5 · read by 1 output")


UNNAMED = """
(controls) => controls
  .filter((control) => !control.closest("[hidden]"))
  .filter(({ ariaLabel, labels, textContent, title }) => !(ariaLabel || labels?.length || textContent.trim() || title))
  .map((control) => control.outerHTML)
"""


@pytest.mark.parametrize(
    "address", ["/", "/conv2d", VOLUME, "/embed/conv2d"], ids=["/", "/conv2d", "channels", "/embed"]
)
def test_every_control_has_a_name(page: Page, address: str) -> None:
    page.goto(address)
    controls = page.locator("button, a, input:not([type=hidden]), select, textarea, [role=grid], summary")
    assert controls.evaluate_all(UNNAMED) == []


def test_planes_are_grids_whose_cells_can_be_read(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    grid = page.get_by_role("grid", name="kernel, 3 by 3")
    expect(grid.get_by_role("row")).to_have_count(3)
    assert grid.get_by_role("gridcell").all_text_contents() == ["−1", "0", "1", "−2", "0", "2", "−1", "0", "1"]


def test_a_large_picture_says_what_it_is(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?x=random:1x128x128:1")
    expect(page.get_by_role("img", name="input, 128 by 128")).to_be_visible()


def test_what_no_window_reads_is_hatched_named_and_readable(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?stride=3")
    expect(stage.root.get_by_text("(7 − 3) / 3 + 1 = 2.33 does not fit")).to_be_visible()
    expect(stage.root.get_by_text("no window reads it")).to_be_visible()
    expect(stage.plane("x.0").locator(".unread")).to_be_visible()
    stage.cell("x.0", 6, 6).hover()
    expect(stage.spoken).to_contain_text("read by 0 outputs")
    assert not violations(page)
