"""The front page: a stage that introduces itself once, a pen, an eraser and kernels, and the way on with all of it."""

import re
from functools import partial

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.stage import Stage, block, foot, moving, place
from tests.browser.test_fits import SCREENS, fits, phone
from tests.browser.test_weight import MOST, Wire, wire  # noqa: F401
from tests.browser.waiting import becomes

SEVEN = ["0", "17", "31", "−13", "−31"]
"""The middle row of the seven under sobel-x."""
MILLISECONDS_OF_A_ROW = 20_000
"""More than the first row takes."""


@pytest.fixture
def front(page: Page, stage: Stage) -> Stage:
    page.goto("/")
    return stage.lives()


WHOLE = ("y.0", 2, SEVEN)


def chip(page: Page, name: str) -> Locator:
    return page.locator("#panel").get_by_role("link", name=name)


class TestIntroduction:
    @moving
    def test_a_first_visit_begins_empty_plays_a_row_and_then_shows_all(self, page: Page, stage: Stage) -> None:
        page.clock.install(time=0)
        page.clock.pause_at(1000)  # no time passes by itself, however slow the machine is
        page.goto("/")
        stage.lives()
        stage.shows_row("y.0", 2, [""] * 5)
        expect(page.get_by_role("heading", name="Draw on the blue paper")).to_be_hidden()
        page.clock.run_for(MILLISECONDS_OF_A_ROW)
        expect(stage.result).to_have_text("31")
        stage.shows_row(*WHOLE)
        expect(page.get_by_role("heading", name="Draw on the blue paper")).to_be_visible()

    @moving
    @pytest.mark.parametrize("touch", ["pointer", "key"])
    def test_any_touch_ends_it_at_once(self, page: Page, stage: Stage, touch: str) -> None:
        page.goto("/")
        stage.lives()
        page.mouse.click(2, 400) if touch == "pointer" else page.keyboard.press("Shift")
        expect(stage.root).not_to_have_attribute("intro", "")
        expect(stage.result).to_have_text("31")
        stage.shows_row(*WHOLE)
        expect(stage.button("Play")).to_be_visible()

    @moving
    def test_a_touch_before_the_stage_lives_forgoes_it(self, page: Page, stage: Stage) -> None:
        page.route("**/conv2d.events*", lambda route: (page.keyboard.press("Shift"), route.continue_()))
        page.goto("/")
        stage.lives()
        stage.shows_row(*WHOLE)

    @moving
    def test_who_comes_again_finds_it_whole(self, page: Page, stage: Stage) -> None:
        page.goto("/")
        stage.lives()
        page.reload()
        stage.lives()
        stage.shows_row(*WHOLE)
        expect(stage.button("Play")).to_be_visible()

    def test_with_reduced_motion_it_is_whole(self, front: Stage) -> None:
        front.shows_row(*WHOLE)
        expect(front.button("Play")).to_be_visible()


class TestPaper:
    def test_the_pen_writes_nine_and_the_eraser_nothing(self, page: Page, front: Stage) -> None:
        front.cell("x.0", 0, 0).click()
        expect(front.cell("x.0", 0, 0)).to_have_text("9")
        becomes(lambda: front.numbers("y.0")[0][0], "9")
        page.get_by_role("button", name="Eraser").click()
        front.cell("x.0", 1, 2).click()
        expect(front.cell("x.0", 1, 2)).to_have_text("0")
        becomes(lambda: front.numbers("y.0")[0][0], "−9")

    def test_a_drag_draws_a_line(self, page: Page, front: Stage) -> None:
        front.cell("x.0", 5, 0).drag_to(front.cell("x.0", 5, 2), steps=8)
        becomes(lambda: front.numbers("x.0")[5][:4], ["9", "9", "9", "9"])
        expect(page.get_by_role("link", name="Open this scene")).to_have_attribute(
            "href", re.compile(r"^/conv2d\?x=seven!5\.0:9!5\.1:9!5\.2:9$")
        )

    def test_what_was_drawn_goes_on_to_the_scenes_own_page(self, page: Page, front: Stage) -> None:
        front.cell("x.0", 0, 0).click()
        chip(page, "Edges").click()
        link = page.get_by_role("link", name="Open this scene")
        expect(link).to_have_attribute("href", "/conv2d?x=seven!0.0:9&w=edge")
        numbers = front.numbers("y.0")
        link.click()
        expect(page).to_have_url("/conv2d?x=seven!0.0:9&w=edge")
        front.lives()
        front.shows("y.0", numbers)

    def test_clearing_leaves_paper_and_undo_brings_the_drawing_back(self, page: Page, front: Stage) -> None:
        chip(page, "Clear").click()
        front.shows("x.0", [["0"] * 7] * 7)
        front.button("Undo the last edit").click()
        front.shows_row(*WHOLE)
        front.button("Redo the edit that was undone").click()
        front.shows_row("y.0", 2, ["0"] * 5)


class TestKernels:
    def test_a_chip_changes_the_stage_in_place(self, page: Page, front: Stage) -> None:
        expect(chip(page, "Sobel x")).to_have_attribute("aria-current", "true")
        chip(page, "Sobel y").click()
        front.shows("w.0", [["−1", "−2", "−1"], ["0", "0", "0"], ["1", "2", "1"]])
        expect(chip(page, "Sobel y")).to_have_attribute("aria-current", "true")
        expect(chip(page, "Sobel x")).to_have_attribute("aria-current", "false")
        expect(page.locator("[data-shows]")).to_contain_text("Below minus above")
        expect(page).to_have_url("/")

    def test_a_chip_is_pressed_by_keyboard(self, page: Page, front: Stage) -> None:
        chip(page, "Identity").focus()
        page.keyboard.press("Enter")
        becomes(lambda: front.numbers("y.0")[0], ["9", "9", "9", "9", "9"])

    def test_colours_end_at_the_largest_number_that_there_is(self, page: Page, front: Stage) -> None:
        darkest = front.cell("y.0", 0, 0).locator("rect")
        chip(page, "Identity").click()
        expect(darkest).to_have_attribute("fill-opacity", "0.52")

    def test_a_weight_of_ones_own_is_no_kernel_with_a_name(self, page: Page, front: Stage) -> None:
        front.plane("w.0").focus()
        page.keyboard.press("5")
        page.keyboard.press("Enter")
        expect(page.locator("[data-shows]")).to_have_text("A kernel of your own.")
        expect(page.locator('#panel [data-grid="w"][aria-current="true"]')).to_have_count(0)


@pytest.mark.parametrize("screen", SCREENS)
def test_the_stage_is_seen_whole_with_a_line_of_what_follows(page: Page, stage: Stage, screen: str) -> None:
    width, height = SCREENS[screen]
    page.set_viewport_size({"width": width, "height": height})
    page.goto("/")
    stage.lives()
    fits(page)
    expect(page.get_by_role("heading", name="Where to go from here")).to_be_in_viewport(ratio=0.3)


def is_under(part: Locator, other: Locator) -> bool:
    """Whether it stands under another one, and on the screen of a phone."""
    return foot(other) <= place(part)["y"] and foot(part) <= 844


@phone
class TestPhone:
    def test_paper_and_result_stand_side_by_side_with_the_kernels_under_them(self, page: Page, front: Stage) -> None:
        paper, result = (front.plane(name) for name in ("x.0", "y.0"))
        becomes(lambda: place(paper)["x"] + place(paper)["width"] <= place(result)["x"], True)
        becomes(lambda: place(paper)["y"] < foot(result) <= foot(paper) + 1, True)
        for kernel in (chip(page, "Sobel x"), chip(page, "Identity")):
            becomes(partial(is_under, kernel, paper), True)

    def test_equation_player_kernel_and_products_are_not_above_the_fold(self, page: Page, front: Stage) -> None:
        for name in ("w.0", "p.0"):
            expect(front.plane(name)).to_be_hidden()
        for part in (front.equation, front.button("Play")):
            expect(part).not_to_be_in_viewport()
        front.button("Play").scroll_into_view_if_needed()
        for part in (front.equation, front.button("Play")):
            expect(part).to_be_in_viewport()

    def test_a_finger_draws(self, page: Page, front: Stage) -> None:
        front.cell("x.0", 6, 6).tap()
        expect(front.cell("x.0", 6, 6)).to_have_text("9")
        expect(page.locator(".cell-field")).to_have_count(0)
        becomes(lambda: front.numbers("y.0")[4][4], "5")

    def test_every_page_is_in_the_menu(self, page: Page) -> None:
        page.goto("/")
        page.get_by_role("button", name="Menu").tap()
        page.get_by_role("navigation", name="Menu").get_by_role("link", name="LeNet live").tap()
        expect(page).to_have_url("/networks/lenet5/live")


@moving
def test_the_first_visit_weighs_no_more_than_a_scenes(page: Page, stage: Stage, wire: Wire) -> None:  # noqa: F811
    page.goto("/")
    stage.lives()
    page.wait_for_load_state("networkidle")
    assert any("front.js" in url for url in wire.rest)
    assert sum(wire.rest.values()) <= MOST, sorted(wire.rest.items(), key=lambda item: -item[1])


def test_a_cell_of_the_result_says_where_it_comes_from(front: Stage) -> None:
    front.cell("y.0", 1, 1).hover()
    front.outlines("x.0", block(1, 1))
