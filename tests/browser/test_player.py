"""Watching: play, pause, step, seek, speed, gear, loop. Time is the test's, so nothing waits for a clock on a wall."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.stage import Stage, block, moving
from tests.browser.waiting import becomes

STEP = 800  # milliseconds that one step takes at speed 1, in the gear of sums
SEVEN = [
    ["18", "0", "9", "4", "−27"],
    ["9", "4", "27", "4", "−36"],
    ["0", "17", "31", "−13", "−31"],
    ["0", "31", "17", "−31", "−17"],
    ["0", "27", "4", "−27", "−4"],
]  # cases.json, seven-stride-1
UNSEEN = [""] * 5


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """A stage on which time stands still until `passes` is called."""
    stage.page.clock.install(time=0)
    stage.page.clock.pause_at(1000)
    return stage


def passes(page: Page, steps: float, speed: float = 1) -> None:
    page.clock.run_for(round(steps * STEP / speed))


@moving
def test_a_first_visit_plays_one_row_and_rests_on_the_31_in_the_middle(stage: Stage) -> None:
    stage.open("/conv2d")
    stage.page.clock.run_for(4000 + 2000 + 300)
    stage.at(3)
    stage.shows("y.0", [["18", "0", "", "", ""], UNSEEN, UNSEEN, UNSEEN, UNSEEN])
    stage.page.clock.run_for(3 * 800)
    stage.at(13)
    expect(stage.cell("y.0", 2, 2)).to_have_text("31")
    expect(stage.result).to_have_text("31")
    expect(stage.hint).to_have_text("Touch any green cell to see where it comes from.")
    stage.page.clock.run_for(10_000)
    stage.at(13)


@moving
def test_any_other_link_opens_complete_and_at_rest(stage: Stage) -> None:
    stage.open("/conv2d?w=sobel-x&x=seven!0.0:0&padding=1")
    passes(stage.page, 3)
    becomes(lambda: [all(row) for row in stage.numbers("y.0")], [True] * 7)
    expect(stage.button("Play")).to_be_visible()


@moving
def test_play_runs_to_the_end_and_every_output_is_there(stage: Stage) -> None:
    stage.open("/conv2d?speed=5&pace=sum")
    stage.button("Play").click()
    stage.at(1)
    passes(stage.page, 12.5, speed=5)
    stage.shows("y.0", [*SEVEN[:2], ["0", "17", "", "", ""], UNSEEN, UNSEEN])
    passes(stage.page, 14, speed=5)
    stage.at(25)
    stage.shows("y.0", SEVEN)
    expect(stage.button("Play")).to_be_visible()


@moving
def test_pause_stops_where_it_is(stage: Stage) -> None:
    stage.open("/conv2d?step=0&pace=sum")
    stage.button("Play").click()
    passes(stage.page, 2.5)
    stage.button("Pause").click()
    passes(stage.page, 5)
    stage.at(4)
    expect(stage.cell("y.0", 0, 3)).to_have_text("4")
    stage.shows_row("y.0", 0, ["18", "0", "9", "4", ""])


@moving
def test_the_window_glides_the_products_light_up_in_reading_order_and_the_sum_flies_over(stage: Stage) -> None:
    stage.open("/conv2d?step=0&pace=sum")
    stage.button("Play").click()
    passes(stage.page, 0.1)
    becomes(lambda: 0 < translation(stage) < 40, True)  # the window lies between two places
    passes(stage.page, 0.33)
    becomes(lambda: [lit(stage, place) for place in range(9)], [True] * 5 + [False] * 4)
    stage.shows_row("y.0", 0, ["18", "", "", "", ""])
    passes(stage.page, 0.47)
    expect(stage.root.locator(".flying")).to_have_text("0")
    expect(stage.root.locator(".flying")).to_be_visible()
    passes(stage.page, 0.2)
    stage.at(3)
    stage.shows_row("y.0", 0, ["18", "0", "", "", ""])


def translation(stage: Stage) -> float:
    moved = "drawing => Number(drawing.querySelector('.overlay > g').style.transform.match(/[\\d.]+/)[0])"
    pixels: float = stage.plane("x.0").evaluate(moved)
    return pixels


def lit(stage: Stage, place: int) -> bool:
    return "unlit" not in (stage.cell("p.0", *divmod(place, 3)).get_attribute("class") or "")


def test_with_reduced_motion_it_steps_and_nothing_flies(stage: Stage) -> None:
    stage.open("/conv2d?step=0&pace=sum")
    stage.button("Play").click()
    passes(stage.page, 0.8)
    stage.at(2)
    expect(stage.root.locator(".flying")).to_be_hidden()
    stage.outlines("x.0", block(0, 1))


def test_the_arrows_step_both_ways(stage: Stage) -> None:
    stage.open("/conv2d")
    stage.button("Step back").click()
    stage.at(12)
    stage.outlines("x.0", block(2, 1))
    expect(stage.result).to_have_text("17")
    stage.shows_row("y.0", 2, ["0", "17", "", "", ""])
    stage.button("Step forward").click()
    stage.button("Step forward").click()
    stage.at(14)
    stage.shows_row("y.0", 2, ["0", "17", "31", "−13", ""])
    stage.button("First step").click()
    stage.at(1)
    stage.outlines("y.0", {(0, 0)})


def test_stepping_stops_at_both_ends(stage: Stage) -> None:
    stage.open("/conv2d?step=0&pace=sum")
    stage.button("Step back").click()
    stage.at(1)
    stage.scrubber.fill("24")
    stage.button("Step forward").click()
    stage.at(25)


def test_the_scrubber_seeks(stage: Stage) -> None:
    stage.open("/conv2d")
    stage.scrubber.fill("8")
    stage.at(9)
    stage.outlines("x.0", block(1, 3))
    expect(stage.result).to_have_text("4")


@moving
def test_at_twice_the_speed_twice_as_many_steps_pass(stage: Stage) -> None:
    stage.open("/conv2d?step=0&pace=sum")
    stage.button("Speed 1×").click()
    expect(stage.button("Speed 2×")).to_be_visible()
    stage.button("Play").click()
    passes(stage.page, 4.25)
    stage.at(10)


@moving
def test_a_loop_starts_again_after_the_end(stage: Stage) -> None:
    stage.open("/conv2d?step=23&speed=2&pace=sum")
    stage.button("Loop").click()
    expect(stage.button("Loop")).to_have_attribute("aria-pressed", "true")
    stage.button("Play").click()
    passes(stage.page, 3.5, speed=2)
    stage.at(3)
    expect(stage.button("Pause")).to_be_visible()


def test_a_link_opens_at_its_step_with_the_rest_still_to_come(stage: Stage) -> None:
    stage.open("/conv2d?step=7")
    stage.at(8)
    stage.shows("y.0", [SEVEN[0], ["9", "4", "27", "", ""], UNSEEN, UNSEEN, UNSEEN])


@moving
def test_a_link_may_start_by_itself_and_go_round(stage: Stage) -> None:
    stage.open("/conv2d?autoplay=true&loop=true&speed=5&pace=sum")
    passes(stage.page, 26.5, speed=5)
    stage.at(2)


def test_a_pace_takes_no_step_by_itself_and_is_auto_unless_a_link_says_otherwise(stage: Stage) -> None:
    stage.open("/conv2d")
    expect(pace(stage)).to_have_value("auto")
    stage.open("/conv2d?pace=row&step=7")
    expect(pace(stage)).to_have_value("row")
    stage.at(8)


@moving
def test_auto_shifts_by_itself_and_names_its_gear(stage: Stage) -> None:
    stage.open("/conv2d?step=0")
    stage.button("First step").click()
    stage.button("Play").click()
    for milliseconds, step, gear in [(1900, 2, "product"), (500, 3, "sum"), (2600, 11, "row")]:
        stage.page.clock.run_for(milliseconds)
        stage.at(step)
        expect(pace(stage).locator("option:checked")).to_have_text(f"Auto · {gear}")
    stage.page.clock.run_for(2000)
    stage.at(25)
    stage.shows("y.0", SEVEN)


@moving
def test_a_gear_chosen_by_hand_stays_through_pauses_edits_and_other_scenes(stage: Stage) -> None:
    stage.open("/conv2d?step=0")
    pace(stage).select_option("Each row")
    stage.button("Play").click()
    stage.page.clock.run_for(550)
    stage.at(7)
    stage.button("Pause").click()
    stage.edit("x.0", 0, 0, "5")
    expect(stage.page).to_have_url(re.compile("x="))
    stage.page.get_by_role("link", name="Padding: one more").click()
    stage.at(7, 49)
    expect(pace(stage)).to_have_value("row")
    stage.button("Play").click()
    stage.page.clock.run_for(500)
    stage.at(14, 49)


def test_g_goes_through_the_gears_and_the_list_of_keys_says_so(stage: Stage) -> None:
    stage.open("/conv2d")
    for gear in ("product", "sum", "row", "auto"):
        stage.page.keyboard.press("g")
        expect(pace(stage)).to_have_value(gear)
    stage.page.keyboard.press("?")
    expect(stage.page.get_by_role("dialog")).to_contain_text("each product, each sum, each row, or auto")


@moving
def test_the_gear_survives_an_edit_while_it_plays_and_so_does_the_playing(stage: Stage) -> None:
    stage.open("/conv2d?step=0&pace=sum")
    stage.button("Play").click()
    passes(stage.page, 2.5)
    stage.at(4)
    stage.page.get_by_role("link", name="Padding: one more").click()
    stage.at(4, 49)
    expect(stage.button("Pause")).to_be_visible()
    passes(stage.page, 2)
    stage.at(6, 49)


@moving
def test_a_digit_plays_to_its_end_within_forty_seconds(stage: Stage) -> None:
    stage.open("/conv2d?x=digit:7&step=0")
    stage.button("Play").click()
    stage.page.clock.run_for(40_000)
    stage.at(676, 676)
    expect(stage.button("Play")).to_be_visible()


def pace(stage: Stage) -> Locator:
    return stage.root.get_by_label("Pace")
