"""The scatter as a student uses it: a number lifts, its stamp lands, overlaps add up; and zero insertion beside it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stage import Stage, block, moving
from tests.browser.test_accessibility import violations
from tests.browser.waiting import becomes

STEPS = 9
AT_FOUR = "/conv_transpose2d?step=4"
CUT = "/conv_transpose2d?padding=1&output_padding=1"


def test_each_step_stamps_the_kernel_a_stride_further(stage: Stage, page: Page) -> None:
    stage.open(AT_FOUR)
    page.keyboard.press("Home")
    stage.at(1, STEPS)
    stage.outlines("x.0", {(0, 0)})
    stage.outlines("y.0", block(0, 0))
    stage.shows_row("y.0", 0, ["2", "4", "0", "", "", "", ""])
    page.keyboard.press("ArrowRight")
    stage.outlines("y.0", block(0, 2))
    stage.shows("p.0", [["1", "2", "0"], ["0", "3", "1"], ["2", "0", "1"]])
    expect(stage.cell("y.0", 0, 2)).to_have_text("1")


def test_an_overlap_is_written_as_a_sum(stage: Stage, page: Page) -> None:
    stage.open(AT_FOUR)
    expect(stage.equation).to_contain_text("x1,1·w=2·w=(2,4,0,0,6,2,4,0,2),y2,2:4+2=6,y2,3:0+4=4,y2,4:7+0=7,…")
    expect(stage.cell("y.0", 2, 2)).to_have_text("6")


def test_the_end_is_y_without_its_rim(stage: Stage, page: Page) -> None:
    stage.open(CUT + "&step=0")
    becomes(lambda: stage.numbers("y.0")[0][:3], ["2", "4", "0"])  # the first stamp reaches into the rim
    page.keyboard.press("End")
    stage.at(STEPS, STEPS)
    expect(stage.cell("y.0", 0, 0)).to_have_text("")
    y = page.request.get(CUT.replace("?", ".json?")).json()["y"]["values"][0]
    stage.shows("y.0", [[""] * 7, *(["", *map(str, row)] for row in y)])


def test_pointing_at_an_output_lists_whose_stamps_made_it(stage: Stage) -> None:
    stage.open(AT_FOUR)
    stage.cell("y.0", 2, 2).hover()
    expect(stage.hint).to_have_text("y[2, 2] = 2·1 + 1·2 + 0·0 + 2·1 = 6 · from 4 stamps")
    stage.outlines("x.0", block(0, 0, 2, 2))
    stage.outlines("w.0", {(0, 0), (0, 2), (2, 0), (2, 2)})


def test_pointing_at_an_input_shows_its_stamp_and_leaves_the_output_as_it_is(stage: Stage) -> None:
    stage.open(AT_FOUR)
    before = stage.numbers("y.0")
    stage.cell("x.0", 2, 2).hover()
    expect(stage.hint).to_have_text("x[2, 2] = 2 · its stamp lands on 9 cells")
    stage.outlines("y.0", block(4, 4))
    stage.shows("y.0", before)
    stage.page.get_by_role("heading", level=1).hover()
    stage.outlines("y.0", block(2, 2))


def test_pointing_at_a_weight_shows_every_cell_on_which_it_lands(stage: Stage) -> None:
    stage.open(AT_FOUR)
    stage.cell("w.0", 0, 0).hover()
    stage.outlines("y.0", {(row, col) for row in (0, 2, 4) for col in (0, 2, 4)})
    expect(stage.hint).to_have_text("w[0, 0] = 1 · lands on 9 cells, once for each number")


def test_the_rim_names_itself(stage: Stage) -> None:
    stage.open(CUT)
    stage.cell("y.0", 0, 0).hover()
    expect(stage.hint).to_have_text("outside y: what 1 stamp left here is cut off")


def test_a_click_on_an_input_goes_to_its_step_and_chooses_it_for_the_keys(stage: Stage, page: Page) -> None:
    stage.open(AT_FOUR)
    stage.cell("x.0", 0, 1).click()
    stage.at(2, STEPS)
    expect(page.locator(".cell-field")).to_have_count(0)
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"x=2,5,3"))
    expect(stage.cell("p.0", 0, 1)).to_have_text("10")
    stage.shows_row("p.0", 0, ["5", "10", "0"])
    stage.at(2, STEPS)


def test_a_weight_is_edited_and_every_stamp_follows(stage: Stage, page: Page) -> None:
    stage.open(AT_FOUR)
    stage.edit("w.0", 0, 0, "9")
    expect(page).to_have_url(re.compile(r"w=9,2,0"))
    expect(stage.cell("p.0", 0, 0)).to_have_text("18")


def test_a_click_on_an_output_goes_to_the_stamp_that_completes_it(stage: Stage) -> None:
    stage.open("/conv_transpose2d?step=0")
    stage.cell("y.0", 6, 6).click()
    stage.at(9, STEPS)


def test_the_keyboard_walks_the_input_types_and_seeks(stage: Stage, page: Page) -> None:
    stage.open(AT_FOUR)
    stage.plane("x.0").focus()
    page.keyboard.press("ArrowRight")
    expect(stage.hint).to_have_text("x[0, 1] = 1 · its stamp lands on 9 cells")
    page.keyboard.press("Enter")
    stage.at(2, STEPS)
    page.keyboard.press("7")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"x=2,7,3"))


def test_every_step_is_announced_in_words(stage: Stage, page: Page) -> None:
    stage.open(AT_FOUR)
    page.keyboard.press("ArrowRight")
    expect(stage.spoken).to_have_text("Step 6 of 9. x[1, 2] = 1 lands on 9 cells. It meets earlier stamps in 5 cells.")


@moving
def test_the_stamp_flies_to_where_it_lands(stage: Stage, page: Page) -> None:
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    stage.open("/conv_transpose2d?step=0")
    stage.button("Step forward").click()
    stage.at(2, STEPS)
    stage.button("Play").click()
    tiles = stage.root.locator(".flight rect")
    found = []
    for _ in range(40):
        page.clock.run_for(100)
        found.append(tiles.count())
    assert 9 in found, "all nine cells of a stamp fly"
    assert 0 in found, "and then have landed"


def test_playing_to_the_end_shows_all_of_y(stage: Stage, page: Page) -> None:
    stage.open("/conv_transpose1d?step=0&speed=10")
    stage.button("Play").click()
    expect(stage.position).to_have_text("3 of 3")
    expect(stage.cell("y.0", 0, 6)).to_have_text("9")


def test_the_checkerboard_can_be_counted(stage: Stage, page: Page) -> None:
    stage.open("/conv_transpose2d?x=ones:4x4&w=ones:3x3&stride=2&reads=true")
    counts = stage.plane("y.0").locator(".heat text")
    becomes(lambda: counts.all_text_contents()[18:27], ["2", "2", "4", "2", "4", "2", "4", "2", "2"])


def test_a_convolution_can_be_shown_by_its_inputs_and_again_by_its_windows(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    page.get_by_role("link", name="scatter").click()
    expect(stage.root).to_have_attribute("view", "scatter")
    stage.at(13, 49)
    stage.cell("x.0", 3, 3).click()
    stage.at(25, 49)
    stage.outlines("y.0", block(3, 3))
    page.get_by_role("link", name="gather").click()
    expect(stage.root).not_to_have_attribute("view", "scatter")
    stage.at(25)
    stage.cell("y.0", 1, 2).click()
    stage.at(8)
    stage.outlines("x.0", block(1, 2))


def test_a_channel_that_is_folded_away_comes_forward(stage: Stage, page: Page) -> None:
    stage.open("/conv_transpose2d?x=random:8x2x2:1&w=random:8x1x2x2:2&step=3")
    expect(stage.plane("x.7")).to_have_count(0)
    stage.scrubber.fill("31")
    expect(stage.plane("x.7")).to_be_visible()
    stage.at(32, 32)
    stage.outlines("x.7", {(1, 1)})


def test_the_winner_of_a_pooling_is_ringed_in_x(stage: Stage) -> None:
    stage.open("/max_pool2d_input?step=0")
    expect(stage.plane("v.0").locator(".crown")).to_have_count(1)
    stage.cell("v.0", 1, 1).hover()
    expect(stage.hint).to_have_text("x[1, 1] = 6 · won 1 window")
    stage.outlines("x.0", {(0, 0)})


def test_zero_insertion_lights_the_same_numbers_on_the_board(stage: Stage, page: Page) -> None:
    stage.open("/conv_transpose2d?view=zero-insertion&step=16")
    stage.outlines("y.0", {(2, 2)})
    stage.outlines("x.0", block(2, 2))
    stage.outlines("o.0", block(0, 0, 2, 2))
    stage.outlines("k.0", {(0, 0), (0, 2), (2, 0), (2, 2)})
    expect(stage.result).to_have_text("6")
    stage.cell("o.0", 1, 1).hover()
    stage.outlines("y.0", block(2, 2))
    stage.cell("k.0", 0, 0).hover()
    stage.outlines("w.0", {(2, 2)})


def test_the_number_on_the_board_can_be_edited(stage: Stage, page: Page) -> None:
    stage.open("/conv_transpose2d?view=zero-insertion&step=16")
    stage.edit("o.0", 0, 1, "8")
    expect(page).to_have_url(re.compile(r"x=2,8,3"))
    expect(stage.cell("x.0", 2, 4)).to_have_text("8")


@pytest.mark.parametrize(
    "address",
    [
        CUT + "&reads=true&step=5",
        "/conv2d?view=scatter",
        "/conv1d?view=scatter",
        "/conv_transpose2d?x=random:2x3x3:1&w=random:2x2x3x3:2&b=1,2",
        "/conv_transpose2d?view=zero-insertion",
        "/embed/conv_transpose2d",
    ],
)
def test_axe_finds_nothing_on(stage: Stage, page: Page, complaints: list[str], address: str) -> None:
    stage.open(address)
    assert violations(page) == ""


def test_a_zero_that_was_put_in_is_no_padding(stage: Stage) -> None:
    stage.open("/conv_transpose2d?view=zero-insertion")
    stage.cell("x.0", 3, 3).hover()
    expect(stage.hint).to_have_text("a zero that was put in")
