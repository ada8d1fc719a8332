"""Each input channel has a row, one filter is seen at a time, and the sums of the channels add up to each output."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.stage import Stage, block, place
from tests.browser.waiting import becomes

pytestmark = pytest.mark.browser_context_args(viewport={"width": 1920, "height": 1080})

VOLUME = (
    "/conv2d?x=2,0,2,0,1;0,1,1,1,0;2,2,0,0,1;2,0,0,2,0;2,2,2,2,2~2,1,2,0,0;1,0,2,0,1;0,1,2,2,1;2,0,1,1,1;2,1,1,2,1"
    "~1,2,2,1,2;2,2,1,2,2;1,1,0,0,1;2,1,1,2,1;2,2,0,1,0&w=1,-1,0;0,1,1;1,1,0~-1,1,0;0,0,1;0,0,0~0,0,1;0,0,1;0,1,-1"
    "~~0,-1,1;-1,-1,1;1,1,1~0,1,1;0,-1,0;-1,0,-1~-1,0,0;0,0,1;0,0,0&b=1,0&stride=2&padding=1"
)
"""The volume demo: three channels, two filters; its outputs are cases.json's rgb-two-filters."""
tall = pytest.mark.browser_context_args(viewport={"width": 1024, "height": 1366})
"""Marks a test of a window in which one channel is large, and the others small beside it."""
OUTPUTS = [
    [["6", "5", "5"], ["13", "6", "7"], ["9", "11", "5"]],
    [["−1", "0", "0"], ["5", "−3", "−2"], ["0", "1", "−6"]],
]


def subtotals(stage: Stage) -> list[str]:
    sums = stage.root.locator(".sheet .subtotal")
    return [text.removeprefix("Σ = ") for text in sums.all_text_contents()]


def choice(stage: Stage, filter: int) -> Locator:
    """The small picture of a filter."""
    return stage.root.get_by_role("navigation", name="Filters").get_by_role("link", name=str(filter), exact=True)


def whole(text: str) -> int:
    return int(text.replace("−", "-"))


def test_a_filter_spans_all_channels_and_two_filters_make_two_maps(stage: Stage) -> None:
    stage.open(VOLUME)
    becomes(lambda: [stage.numbers("y.0"), stage.numbers("y.1")], OUTPUTS)
    for channel in range(3):
        for plane in (f"x.{channel}", f"w.{channel}", f"p.{channel}"):
            expect(stage.plane(plane)).to_be_visible()
    expect(stage.root.get_by_role("navigation", name="Filters").locator("img")).to_have_count(2)


def test_the_ledger_adds_up_at_every_step(stage: Stage) -> None:
    stage.open(VOLUME)
    for step in range(18):
        stage.scrubber.fill(str(step))
        stage.at(step + 1, 18)
        filter, place = divmod(step, 9)
        sums = [whole(text) for text in subtotals(stage)]
        bias = whole(stage.cell(f"b.{filter}", 0, 0).text_content() or "")
        assert sum(sums) + bias == whole(OUTPUTS[filter][place // 3][place % 3])
        expect(stage.result).to_have_text(OUTPUTS[filter][place // 3][place % 3])


def test_of_the_filters_the_step_s_own_is_seen(stage: Stage) -> None:
    stage.open(VOLUME + "&step=9")
    expect(choice(stage, 1)).to_have_attribute("aria-current", "true")
    expect(stage.plane("w.5")).to_be_visible()
    expect(stage.plane("w.0")).to_be_hidden()
    stage.outlines("w.3", block(0, 0))
    stage.button("Step back").click()
    expect(choice(stage, 0)).to_have_attribute("aria-current", "true")
    expect(choice(stage, 1)).not_to_have_attribute("aria-current", "true")
    expect(stage.plane("w.0")).to_be_visible()
    expect(stage.plane("w.3")).to_be_hidden()
    stage.outlines("w.0", block(0, 0))


def test_a_filter_is_chosen_by_its_picture_and_the_playhead_stays_at_its_place(stage: Stage) -> None:
    stage.open(VOLUME + "&step=4")
    choice(stage, 1).click()
    stage.at(14, 18)
    expect(stage.plane("y.1")).to_be_visible()
    expect(stage.plane("y.0")).to_be_hidden()
    expect(stage.result).to_have_text("−3")


def test_the_equation_is_the_ledger_of_the_channels(stage: Stage) -> None:
    stage.open(VOLUME + "&step=0")
    expect(stage.equation).to_have_text(re.compile(r"^\s*y0,0,0=s0\+s1\+s2\+b=2\+1\+2\+1=6\s*$"))


def test_an_output_of_the_other_filter_can_be_looked_at(stage: Stage) -> None:
    stage.open(VOLUME)
    choice(stage, 1).click()
    stage.cell("y.1", 2, 2).hover()
    stage.outlines("x.2", block(4, 4))
    expect(stage.hint).to_have_text("y[1, 2, 2] = −6")
    expect(stage.result).to_have_text("−6")


def test_an_input_cell_reaches_both_filters(stage: Stage) -> None:
    stage.open(VOLUME)
    stage.cell("x.1", 1, 1).hover()
    stage.outlines("y.0", {(0, 0)})
    stage.outlines("y.1", {(0, 0)})
    expect(stage.hint).to_have_text("x[1, 0, 0] = 2 · read by 1 output")


def test_pointing_at_a_weight_or_a_product_leaves_its_filter_in_sight(stage: Stage) -> None:
    stage.open(VOLUME + "&step=0")
    for plane in ("w.1", "p.1"):
        stage.cell(plane, 1, 1).hover()
        stage.outlines(plane, {(1, 1)})
        expect(stage.plane("y.0")).to_be_visible()


@tall
def test_pointing_at_a_small_channel_leaves_it_where_it_is(stage: Stage) -> None:
    stage.open(VOLUME + "&step=0")
    cell = stage.cell("x.1", 3, 3)
    cell.hover(trial=True)  # it stands still
    before = place(cell)
    cell.hover()
    stage.outlines("x.1", {(3, 3)})
    becomes(lambda: place(cell), before)


def test_one_weight_of_many_is_edited_alone(stage: Stage, page: Page) -> None:
    stage.open(VOLUME + "&step=9")
    stage.edit("w.5", 1, 1, "5")
    expect(stage.cell("w.5", 1, 1)).to_have_text("5")
    expect(stage.result).to_have_text("4")
    expect(stage.cell("w.2", 1, 1)).to_have_text("0")
    stage.at(10, 18)


def test_one_bias_of_many_is_edited_alone(stage: Stage, page: Page) -> None:
    stage.open(VOLUME + "&step=9")
    stage.edit("b.1", 0, 0, "10")
    expect(stage.result).to_have_text("9")
    expect(stage.cell("y.0", 0, 0)).to_have_text("6")


def test_an_activation_has_a_plane_of_its_own(stage: Stage) -> None:
    stage.open(VOLUME + "&activation=relu&step=17")
    stage.shows("a.1", [["0", "0", "0"], ["5", "0", "0"], ["0", "1", "0"]])
    stage.shows("y.1", OUTPUTS[1])
    expect(stage.equation).to_contain_text(re.compile(r"relu\(−6\)=0", re.IGNORECASE))


def test_a_group_s_filters_have_slices_in_the_rows_of_its_channels_alone(stage: Stage) -> None:
    stage.open("/conv2d?x=random:4x4x4:1&w=random:4x2x2x2:1&groups=2&step=0")
    slices = ".sheet[data-channel='{}'][data-filter='{}'] .tap"
    drawn = [[stage.root.locator(slices.format(c, o)).count() == 1 for o in range(4)] for c in range(4)]
    assert drawn == [[True, True, False, False]] * 2 + [[False, False, True, True]] * 2
    stage.outlines("x.0", block(0, 0, 2, 2))
    stage.outlines("x.2", set())
    stage.scrubber.fill("18")
    stage.outlines("x.0", set())
    stage.outlines("x.3", block(0, 0, 2, 2))


def test_depthwise_each_filter_reads_its_own_channel(stage: Stage) -> None:
    stage.open("/conv2d?x=random:3x4x4:1&w=sobel-x~~edge~~identity&groups=3&step=0")
    slices = stage.root.locator(".sheet[data-channel][data-filter]")
    expect(slices).to_have_count(3)
    assert slices.evaluate_all("each => each.every(({ dataset }) => dataset.channel === dataset.filter)")
    choice(stage, 1).click()
    stage.cell("w.1", 0, 1).hover()
    stage.outlines("x.1", block(0, 1, 2, 2))
    choice(stage, 2).click()
    stage.edit("w.2", 1, 1, "3")
    expect(stage.cell("w.2", 1, 1)).to_have_text("3")
    stage.scrubber.fill("8")
    expect(stage.result).to_have_text(str(3 * int(stage.cell("x.2", 1, 1).text_content() or "")))


def test_one_by_one_is_a_table_of_numbers(stage: Stage) -> None:
    stage.open("/conv2d?x=1,2;3,4~5,6;7,8&w=1~-1~~0~2&step=0")
    for weight, number in enumerate(["1", "−1", "0", "2"]):
        stage.shows(f"w.{weight}", [[number]])
    expect(stage.result).to_have_text("−4")
    stage.scrubber.fill("7")
    expect(stage.result).to_have_text("16")


def test_a_folded_filter_comes_forward_when_the_playhead_enters_it(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?x=random:1x8x8:1&w=random:40x1x3x3:1&step=0")
    folds = page.get_by_role("navigation", name="Filters")
    drawn = folds.locator("[aria-current]").count()
    assert 0 < drawn < 40
    last = drawn * 36 - 1
    stage.scrubber.fill(str(last))
    stage.at(last + 1, 1440)
    length = page.evaluate("history.length")
    stage.button("Step forward").click()
    expect(stage.plane(f"y.{drawn}")).to_be_visible()
    stage.at(last + 2, 1440)
    stage.outlines(f"y.{drawn}", {(0, 0)})
    assert page.evaluate("history.length") == length


def test_a_folded_filter_is_brought_forward_by_its_link(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?x=random:1x8x8:1&w=random:40x1x3x3:1")
    page.get_by_role("navigation", name="Filters").get_by_role("link", name="39", exact=True).click()
    expect(stage.plane("y.39")).to_be_visible()
    expect(page).to_have_url(re.compile("filter=39"))
