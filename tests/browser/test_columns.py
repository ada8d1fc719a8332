"""Windows as columns, as a student meets them: unfold, fold, and a convolution as one product of matrices."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stage import Stage, block, is_across, is_no_wider, moving
from tests.browser.test_accessibility import violations
from tests.browser.waiting import becomes

PAGES = (
    "/unfold?x=random:2x4x4:1&kernel_size=3&padding=1",
    "/unfold?x=seven&kernel_size=3",
    "/fold?x=random:4x20:1&padding=1&step=7",
    "/conv2d?x=random:2x4x4:1&w=random:2x2x3x3:1&view=im2col",
    "/conv1d?view=im2col",
)
phone = pytest.mark.browser_context_args(
    viewport={"width": 390, "height": 844}, device_scale_factor=2, has_touch=True, is_mobile=True
)
without_scripts = pytest.mark.browser_context_args(java_script_enabled=False)


def column(number: int, rows: int = 4) -> list[tuple[int, int]]:
    return [(row, number) for row in range(rows)]


def test_each_step_writes_one_window_as_a_column(stage: Stage, page: Page) -> None:
    stage.open("/unfold?step=0")
    stage.outlines("x.0", block(0, 0, 2, 2))
    stage.outlines("y.0", column(0))
    becomes(lambda: [row[:2] for row in stage.numbers("y.0")], [["1", ""], ["2", ""], ["5", ""], ["6", ""]])
    page.keyboard.press("ArrowRight")
    stage.outlines("x.0", block(0, 1, 2, 2))
    stage.outlines("y.0", column(1))
    expect(stage.cell("y.0", 3, 1)).to_have_text("7")
    expect(stage.spoken).to_have_text("Step 2 of 6. Window 1 becomes column 1: 2, 3, 6, 7.")
    page.keyboard.press("End")
    stage.at(6, 6)
    becomes(lambda: all(all(row) for row in stage.numbers("y.0")), True)


def test_the_equation_is_the_column(stage: Stage, page: Page) -> None:
    stage.open("/unfold")
    expect(stage.equation).to_contain_text("y:,4=(6,7,10,11)T")
    page.keyboard.press("Home")
    expect(stage.equation).to_contain_text("y:,0=(1,2,5,6)T")


@moving
def test_playing_copies_all_windows(stage: Stage, page: Page) -> None:
    stage.open("/unfold?speed=10")
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    stage.at(6, 6)
    expect(stage.cell("y.0", 3, 5)).to_have_text("12")
    expect(page.locator(".flight > *")).to_have_count(0)


@moving
def test_numbers_fly_from_the_column_to_where_they_land(stage: Stage, page: Page) -> None:
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    stage.open("/fold?speed=0.1")
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    page.clock.run_for(6000)
    expect(page.locator(".flight > g")).to_have_count(4)
    stage.shows("y.0", [["1", "2", "", ""], ["5", "6", "", ""], ["", "", "", ""]])


@moving
def test_in_a_small_frame_too_the_numbers_that_fly_can_be_read(stage: Stage, page: Page) -> None:
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    page.set_viewport_size({"width": 400, "height": 300})
    stage.open("/embed/fold?speed=0.1")
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    page.clock.run_for(6000)
    numbers = page.locator(".flight text")
    expect(numbers).to_have_count(4)
    height = "(number) => parseFloat(getComputedStyle(number).fontSize) * number.getScreenCTM().a"
    assert numbers.first.evaluate(height) >= 8


def test_pointing_at_an_entry_rings_the_number_that_it_copies(stage: Stage) -> None:
    stage.open("/unfold")
    stage.cell("y.0", 0, 5).hover()
    expect(stage.hint).to_have_text("y[0, 5] = x[1, 2] = 7")
    stage.outlines("x.0", block(1, 2, 2, 2))
    stage.outlines("y.0", [(0, 5)])
    expect(stage.plane("x.0").locator(".crown")).to_have_count(1)


def test_pointing_at_a_number_lights_all_its_copies(stage: Stage) -> None:
    stage.open("/unfold")
    stage.cell("x.0", 1, 1).hover()
    expect(stage.hint).to_have_text("x[1, 1] = 6 · stands in 4 columns")
    stage.outlines("y.0", [(3, 0), (2, 1), (1, 3), (0, 4)])


def test_an_edited_number_changes_in_all_its_columns(stage: Stage, page: Page) -> None:
    stage.open("/unfold")
    stage.edit("x.0", 1, 1, "50")
    expect(page).to_have_url(re.compile("x="))
    for row, col in [(3, 0), (2, 1), (1, 3), (0, 4)]:
        expect(stage.cell("y.0", row, col)).to_have_text("50")


def test_a_click_on_an_entry_leads_to_its_column(stage: Stage) -> None:
    stage.open("/unfold")
    stage.cell("y.0", 2, 1).click()
    stage.at(2, 6)


def test_a_column_lands_where_its_window_was_and_adds_up(stage: Stage, page: Page) -> None:
    stage.open("/fold?step=0")
    stage.shows_row("y.0", 0, ["1", "2", "", ""])
    page.keyboard.press("ArrowRight")
    stage.outlines("x.0", column(1))
    stage.outlines("y.0", block(0, 1, 2, 2))
    stage.shows("y.0", [["1", "4", "3", ""], ["5", "12", "7", ""], ["", "", "", ""]])
    expect(stage.equation).to_contain_text("x:,1=(2,3,6,7)T,y0,1:2+2=4,y1,1:6+6=12")
    expect(stage.spoken).to_contain_text("It adds to 2 cells that earlier columns have reached.")


def test_what_lies_beside_the_matrix_is_not_dimmed_with_it(stage: Stage) -> None:
    stage.open("/fold")
    veil = stage.plane("x.0").locator(".veil")
    rows, cols = (int(stage.plane("x.0").get_attribute(f"data-{side}") or "") for side in ("rows", "cols"))
    expect(stage.plane("x.0").locator(".overlay")).to_be_visible()
    box = "veil => { const { x, y, width, height } = veil.getBBox(); return [x, y, width, height] }"
    becomes(lambda: veil.evaluate(box), [0, 0, 40 * cols, 40 * rows])


def test_a_sum_says_what_adds_up_in_it(stage: Stage) -> None:
    stage.open("/fold")
    stage.cell("y.0", 1, 1).hover()
    expect(stage.hint).to_have_text("y[1, 1] = 6 + 6 + 6 + 6 = 24 · from 4 columns")
    stage.outlines("x.0", [(3, 0), (2, 1), (1, 3), (0, 4)])


def test_the_rim_is_cut_off_at_the_end(stage: Stage, page: Page) -> None:
    stage.open("/fold?x=ones:4x20&padding=1&step=0")
    becomes(lambda: stage.numbers("y.0")[0][0], "1")
    page.keyboard.press("End")
    expect(stage.cell("y.0", 1, 1)).to_have_text("4")
    expect(stage.cell("y.0", 0, 0)).to_have_text("")


def test_what_unfold_made_is_folded_and_counted_by_its_links(stage: Stage, page: Page) -> None:
    stage.open("/unfold")
    page.get_by_role("link", name="Fold it back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fold: columns back to a picture")
    stage.lives()
    expect(stage.cell("y.0", 1, 1)).to_have_text("24")
    page.get_by_role("link", name="Count the overlaps").click()
    expect(stage.cell("y.0", 1, 1)).to_have_text("4")
    expect(page.get_by_text("counts how many windows")).to_be_visible()


def test_all_of_it_works_from_the_keyboard(stage: Stage, page: Page) -> None:
    stage.open("/unfold")
    stage.plane("y.0").focus()
    page.keyboard.press("ArrowRight")
    expect(stage.hint).to_have_text("y[0, 1] = x[0, 1] = 2")
    page.keyboard.press("Enter")
    stage.at(2, 6)
    stage.plane("x.0").focus()
    page.keyboard.press("7")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"x=7,2"))


def test_a_row_of_w_and_a_column_of_x_light_with_their_number(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?x=ramp:4x5&view=im2col&step=0")
    stage.outlines("W.0", [(0, tap) for tap in range(9)])
    stage.outlines("X.0", column(0, 9))
    stage.outlines("Y.0", [(0, 0)])
    page.keyboard.press("ArrowRight")
    stage.outlines("X.0", column(1, 9))
    stage.outlines("x.0", block(0, 1))
    expect(stage.equation).to_contain_text("=8")
    becomes(lambda: stage.numbers("Y.0")[0][:3], ["8", "8", ""])


def test_matrices_and_grids_are_linked_both_ways(stage: Stage) -> None:
    stage.open("/conv2d?x=ramp:4x5&view=im2col")
    stage.cell("X.0", 4, 3).hover()
    expect(stage.hint).to_have_text("X[4, 3] = x[2, 1] = 11")
    stage.outlines("W.0", [(0, 4)])
    stage.cell("W.0", 0, 2).hover()
    expect(stage.hint).to_have_text("W[0, 2] = w[0, 2] = 1 · multiplies row 2 of X")
    stage.outlines("X.0", [(2, col) for col in range(6)])
    stage.outlines("w.0", [(0, 2)])
    stage.cell("x.0", 0, 0).hover()
    stage.outlines("X.0", [(0, 0)])
    stage.cell("w.0", 1, 0).hover()
    stage.outlines("W.0", [(0, 3)])


def test_an_entry_of_x_is_edited_as_the_number_that_it_copies(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?x=ramp:4x5&view=im2col")
    stage.edit("X.0", 4, 3, "99")
    expect(page).to_have_url(re.compile("x="))
    expect(stage.cell("x.0", 2, 1)).to_have_text("99")


def test_an_output_that_is_asked_for_is_hidden_in_the_matrix_too(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?x=random:4x4:1&w=random:2x1x3x3:1&view=im2col&predict=true&step=5")
    expect(page.get_by_label("What is y[1, 0, 1]?")).to_be_visible()
    becomes(lambda: [bool(number) for number in stage.numbers("Y.0")[1][:2]], [True, False])
    becomes(lambda: stage.numbers("y.1")[0][1], "")


def test_the_view_is_left_for_unfold_by_its_link(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?view=im2col")
    page.get_by_role("link", name="X alone, with unfold").click()
    expect(page).to_have_url(re.compile(r"/unfold\?x=seven&kernel_size=3$"))
    expect(stage.plane("y.0")).to_have_attribute("data-cols", "25")


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(stage: Stage, page: Page, complaints: list[str], address: str) -> None:
    stage.open(address)
    assert violations(page) == ""


@phone
@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_wider_than_a_phone(stage: Stage, page: Page, address: str) -> None:
    stage.open(address)
    is_no_wider(page, 390)
    matrix = "X.0" if "im2col" in address else "x.0" if "fold" in address and "un" not in address else "y.0"
    becomes(lambda: is_across(stage.plane(matrix), 390), True)


@without_scripts
@pytest.mark.parametrize("address", ["/unfold", "/fold", "/conv2d?view=im2col"])
def test_without_scripts_the_complete_picture_is_there(page: Page, address: str) -> None:
    page.goto(address)
    cells = page.locator(".plane.output text")
    expect(cells.first).to_be_visible()
    expect(page.locator(".equation math").first).to_be_visible()
    expect(page.locator(".plane .overlay").first).to_be_visible()


def test_a_matrix_too_large_for_numbers_shows_its_first_columns(stage: Stage, page: Page) -> None:
    stage.open("/unfold?x=digit:7&kernel_size=3&step=300")
    clip = "(image) => image.style.clipPath.replaceAll(' ', '')"
    becomes(lambda: f"H{301 * 40}" in stage.plane("y.0").locator(".picture").evaluate(clip), True)
    page.keyboard.press("Home")
    stage.outlines("y.0", column(0, 9))
