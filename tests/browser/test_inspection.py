"""Pointing at things: what does an output read, where does an input go, where is a weight used?"""

from playwright.sync_api import Page, expect

from tests.browser.stage import Stage, block
from tests.browser.waiting import becomes

WHOLE_KERNEL = block(0, 0)


def test_an_output_shows_its_window_its_products_and_its_equation(stage: Stage) -> None:
    stage.open("/conv2d")
    stage.cell("y.0", 1, 2).hover()
    stage.outlines("y.0", {(1, 2)})
    stage.outlines("x.0", block(1, 2))
    stage.outlines("w.0", WHOLE_KERNEL)
    stage.shows("p.0", [["−9", "0", "9"], ["0", "0", "18"], ["0", "0", "9"]])
    expect(stage.result).to_have_text("27")
    expect(stage.hint).to_have_text("y[1, 2] = 27")


def test_an_output_that_is_still_to_come_can_be_looked_at_too(stage: Stage) -> None:
    stage.open("/conv2d?step=0")
    stage.cell("y.0", 4, 4).hover()
    stage.outlines("x.0", block(4, 4))
    expect(stage.result).to_have_text("−4")


def test_letting_go_brings_the_playhead_back(stage: Stage) -> None:
    stage.open("/conv2d")
    stage.cell("y.0", 0, 0).hover()
    expect(stage.result).to_have_text("18")
    stage.page.get_by_role("heading", level=1).hover()
    expect(stage.result).to_have_text("31")
    stage.outlines("x.0", block(2, 2))
    stage.at(13)


def test_an_input_shows_every_output_that_reads_it(stage: Stage) -> None:
    stage.open("/conv2d")
    stage.cell("x.0", 0, 0).hover()
    stage.outlines("y.0", {(0, 0)})
    expect(stage.hint).to_have_text("x[0, 0] = 0 · read by 1 output")
    stage.cell("x.0", 3, 3).hover()
    stage.outlines("y.0", block(1, 1))
    expect(stage.hint).to_have_text("x[3, 3] = 4 · read by 9 outputs")


def test_an_input_says_through_which_weight_it_reaches_each_output(stage: Stage) -> None:
    stage.open("/conv2d?w=1,2,3;4,5,6;7,8,9&stride=2")
    stage.cell("x.0", 1, 1).hover()
    stage.outlines("y.0", {(0, 0)})
    becomes(lambda: weights_on(stage), ["×5"])
    stage.cell("x.0", 2, 2).hover()
    stage.outlines("y.0", block(0, 0, 2, 2))
    becomes(lambda: weights_on(stage), ["×9", "×7", "×3", "×1"])
    stage.outlines("w.0", set())
    stage.shows("p.0", [[""] * 3] * 3)
    assert all(text for row in stage.numbers("y.0") for text in row)


def weights_on(stage: Stage) -> list[str]:
    """What is written on the outputs that are reached, in reading order."""
    return stage.plane("y.0").locator(".weights text").all_text_contents()


def test_an_input_that_no_window_reads_says_so(stage: Stage) -> None:
    stage.open("/conv2d?stride=3")
    stage.cell("x.0", 6, 6).hover()
    stage.outlines("y.0", set())
    expect(stage.hint).to_have_text("x[6, 6] = 0 · read by 0 outputs")


def test_a_weight_shows_every_place_it_is_used(stage: Stage) -> None:
    stage.open("/conv2d")
    stage.cell("w.0", 0, 2).hover()
    stage.outlines("w.0", {(0, 2)})
    stage.outlines("x.0", block(0, 2, 5, 5))
    expect(stage.hint).to_have_text("w[0, 2] = 1 · used 25 times")


def test_a_weight_of_a_true_convolution_meets_the_turned_places(stage: Stage) -> None:
    stage.open("/conv2d?flip=true")
    stage.shows("w.0", [["1", "0", "−1"], ["2", "0", "−2"], ["1", "0", "−1"]])
    stage.cell("w.0", 0, 0).hover()
    stage.outlines("x.0", block(0, 0, 5, 5))
    expect(stage.hint).to_have_text("w[2, 2] = 1 · used 25 times")


def test_a_product_shows_its_two_factors(stage: Stage) -> None:
    stage.open("/conv2d")
    stage.cell("p.0", 1, 2).hover()
    stage.outlines("x.0", {(3, 4)})
    stage.outlines("w.0", {(1, 2)})
    expect(stage.hint).to_have_text("9 · 2 = 18")


def test_the_padding_is_there_to_touch_and_names_itself(stage: Stage) -> None:
    stage.open("/conv2d?padding=1")
    stage.cell("x.0", 0, 2).hover()
    expect(stage.hint).to_have_text("padding (zeros): 0 · read by 3 outputs")


def test_dilation_leaves_gaps_in_the_window(stage: Stage) -> None:
    stage.open("/conv2d?dilation=2&step=0")
    stage.outlines("x.0", {(row, col) for row in (0, 2, 4) for col in (0, 2, 4)})


def test_one_dimension_is_inspected_alike(stage: Stage) -> None:
    stage.open("/conv1d?x=1,2,4,8,16&w=1,0,-1")
    stage.cell("y.0", 0, 1).hover()
    stage.outlines("x.0", {(0, 1), (0, 2), (0, 3)})
    expect(stage.hint).to_have_text("y[1] = −6")
    stage.cell("x.0", 0, 4).hover()
    stage.outlines("y.0", {(0, 2)})


def test_the_page_invites_to_the_next_thing_once_the_last_is_done(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    stage.cell("y.0", 1, 1).click()
    stage.at(7)
    page.get_by_role("heading", level=1).hover()
    expect(stage.hint).to_have_text("Touch a blue cell: which outputs does it reach?")
    stage.cell("x.0", 1, 1).hover()
    page.get_by_role("heading", level=1).hover()
    expect(stage.hint).to_have_text("Click a blue cell and type another number.")
    stage.edit("x.0", 1, 1, "0")
    page.get_by_role("heading", level=1).hover()
    expect(stage.hint).to_have_text("Now click a weight of the kernel, and change it.")
